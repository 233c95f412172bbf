//! The three ways to fold: one after the other, beside each other, and back again.

use super::graph::{Graph, Kind, Way};
use super::node::refuse;
use crate::block::{Block, Branch, Exit, Fork, ForkKind, Guard, Loop, NotBlock, words};
use crate::limits::DEPTH_MAX;
use crate::model::Node;
use std::collections::BTreeSet;

/// How deep blocks may stand within each other: a drawing of them must be readable, too.
const BLOCKS_DEEP: usize = DEPTH_MAX / 2;

/// The points between which ways were folded, or nothing.
type Folded = Option<[usize; 2]>;

impl Graph<'_> {
    /// Folds until nothing can be folded any more.
    pub(super) fn fold(&mut self) -> Result<(), NotBlock> {
        let mut open: BTreeSet<usize> = self.points.keys().copied().collect();
        // Where many ways part, all are folded before it is asked whether they meet.
        let mut later = open.clone();
        loop {
            while let Some(number) = open.pop_first() {
                open.extend(self.series(number)?.into_iter().flatten());
                later.insert(number);
            }
            let Some(number) = later.pop_first() else { return Ok(()) };
            let mut folded = self.fork(number)?;
            if folded.is_none() {
                folded = self.again(number)?;
            }
            open.extend(folded.into_iter().flatten());
        }
    }

    /// One way in, one way out: they are one way.
    fn series(&mut self, number: usize) -> Result<Folded, NotBlock> {
        let Some(point) = self.points.get(&number) else { return Ok(None) };
        let only = |ways: &BTreeSet<usize>| ways.first().copied().filter(|_| ways.len() == 1);
        let Some((before, after)) = only(&point.ins).zip(only(&point.outs)) else {
            return Ok(None);
        };
        if before == after {
            return Ok(None);
        }
        let block = self.points.remove(&number).and_then(|point| point.block);
        let Some((mut way, next)) = self.detach(before).zip(self.detach(after)) else {
            return Ok(None);
        };
        way.blocks.extend(block);
        way.blocks.extend(next.blocks);
        way.depth = way.depth.max(next.depth);
        way.to = next.to;
        let ends = [way.from, way.to];
        self.attach(before, way);
        Ok(Some(ends))
    }

    /// All ways out lead to one point: they are one way with a fork on it.
    fn fork(&mut self, number: usize) -> Result<Folded, NotBlock> {
        let Some(point) = self.points.get(&number) else { return Ok(None) };
        let numbers: Vec<usize> = point.outs.iter().copied().collect();
        let targets: BTreeSet<usize> =
            numbers.iter().filter_map(|way| self.ways.get(way)).map(|way| way.to).collect();
        let (Some(node), Some(target)) = (point.node, targets.first().copied()) else {
            return Ok(None);
        };
        if targets.len() != 1 || numbers.len() < 2 || target == number {
            return Ok(None);
        }
        let parts = point.kind;
        let Some(meets) = self.points.get(&target) else { return Ok(None) };
        let whole = meets.ins.len() == numbers.len();
        match (parts, meets.kind) {
            (_, Kind::End) => {}
            (Kind::Exclusive, Kind::Exclusive) | (Kind::Parallel, Kind::Parallel) => {}
            (Kind::Inclusive, Kind::Inclusive) if whole => {}
            (Kind::Inclusive, Kind::Inclusive) => return Ok(None),
            _ => return refuse(node, "分开的方式与汇合的方式不同"),
        }
        let ways: Vec<Way> = numbers.iter().filter_map(|way| self.detach(*way)).collect();
        let depth = ways.iter().map(|way| way.depth).max().unwrap_or(0) + 1;
        if depth > BLOCKS_DEEP {
            return refuse(node, "嵌套过深");
        }
        let block = Block::Fork(Fork {
            id: node.common.id.clone(),
            name: name(node, words::CHOICE, parts != Kind::Parallel),
            kind: match parts {
                Kind::Parallel => ForkKind::Parallel,
                Kind::Inclusive => ForkKind::Inclusive,
                Kind::Exclusive | Kind::End => ForkKind::Exclusive,
            },
            branches: ways.into_iter().map(branch).collect(),
        });
        let first = numbers.first().copied().unwrap_or(0);
        let (guard, name, blocks) = (Guard::Free, String::new(), vec![block]);
        self.attach(first, Way { from: number, to: target, guard, name, blocks, depth });
        Ok(Some([number, target]))
    }

    /// One way on, from a point where one of two leads back: they are one way with a loop on it.
    fn again(&mut self, number: usize) -> Result<Folded, NotBlock> {
        let Some(merge) = self.points.get(&number) else { return Ok(None) };
        let Some(body) = merge.outs.first().copied().filter(|_| merge.outs.len() == 1) else {
            return Ok(None);
        };
        let Some(asks) = self.ways.get(&body).map(|way| way.to) else { return Ok(None) };
        let Some(split) = self.points.get(&asks) else { return Ok(None) };
        let outs: Vec<usize> = split.outs.iter().copied().collect();
        let leads_back = |way: &&usize| self.ways.get(way).is_some_and(|way| way.to == number);
        let back: Vec<usize> = outs.iter().filter(leads_back).copied().collect();
        let (Some(node), [back], [first, second]) = (split.node, back.as_slice(), outs.as_slice())
        else {
            return Ok(None);
        };
        let choices = merge.kind == Kind::Exclusive && split.kind == Kind::Exclusive;
        if asks == number || split.ins.len() != 1 || !choices {
            return Ok(None);
        }
        let exit = if first == back { *second } else { *first };
        let ways = (self.detach(body), self.detach(*back), self.detach(exit));
        let (Some(body_way), Some(back), Some(on)) = ways else { return Ok(None) };
        let depth = body_way.depth.max(back.depth) + 1;
        if depth > BLOCKS_DEEP {
            return refuse(node, "嵌套过深");
        }
        let again = Block::Loop(Loop {
            id: node.common.id.clone(),
            name: name(node, words::AGAIN, true),
            body: body_way.blocks,
            exit: Exit { name: on.name, guard: on.guard },
            again: branch(back),
        });
        self.points.remove(&asks);
        let blocks = std::iter::once(again).chain(on.blocks).collect();
        let (guard, name, depth) = (body_way.guard, body_way.name, depth.max(on.depth));
        self.attach(body, Way { from: number, to: on.to, guard, name, blocks, depth });
        Ok(Some([number, on.to]))
    }
}

/// A gateway's name; the word that the drawing added is taken away again.
fn name(node: &Node, added: &str, may_be_added: bool) -> String {
    let name = node.common.name.clone().unwrap_or_default();
    if may_be_added && name == added { String::new() } else { name }
}

fn branch(way: Way) -> Branch {
    Branch { name: way.name, guard: way.guard, blocks: way.blocks }
}
