//! A body as a graph of ways between gateways. A task is a gateway that nothing parts or meets at.

use super::Reading;
use super::node::refuse;
use crate::block::{Block, Guard, NotBlock, words};
use crate::error::Place;
use crate::limits::DEPTH_MAX;
use crate::model::{Body, Flow, GatewayKind, Node, NodeKind};
use std::collections::{BTreeMap, BTreeSet};

/// Ways and where they meet and part.
pub(super) struct Graph<'a> {
    pub(super) points: BTreeMap<usize, Point<'a>>,
    pub(super) ways: BTreeMap<usize, Way>,
    start: usize,
    pub(super) end: usize,
    next: usize,
}

/// Where ways meet, then part.
pub(super) struct Point<'a> {
    /// The node; none for the end of all.
    pub(super) node: Option<&'a Node>,
    /// What is done there, once ways are joined through it.
    pub(super) block: Option<Block>,
    pub(super) kind: Kind,
    pub(super) ins: BTreeSet<usize>,
    /// In their order: numbers only grow where a way is split, and a folded way keeps its number.
    pub(super) outs: BTreeSet<usize>,
}

/// How ways meet and part at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One of them.
    Exclusive,
    /// All that hold.
    Inclusive,
    /// All of them.
    Parallel,
    /// The end, where all meet in any manner.
    End,
}

/// A way, with what is done on it.
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) guard: Guard,
    pub(super) name: String,
    pub(super) blocks: Vec<Block>,
    /// How deep blocks stand within each other on it.
    pub(super) depth: usize,
}

/// How many flows come in at a node and go out, and whether one out has a condition.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    ins: usize,
    outs: usize,
    asks: bool,
}

impl<'a> Graph<'a> {
    pub(super) fn new(
        reading: &Reading<'_>,
        body: &'a Body,
        start: &'a Node,
        depth: usize,
    ) -> Result<Self, NotBlock> {
        let (points, ways) = (BTreeMap::new(), BTreeMap::new());
        let mut graph = Self { points, ways, start: 0, end: 0, next: 0 };
        graph.end = graph.point(None, None, Kind::End);
        // Where ways come in at a node, and where they go out.
        let mut doors: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut flows: BTreeMap<&str, Ends> = BTreeMap::new();
        for flow in &body.flows {
            flows.entry(&flow.target).or_default().ins += 1;
            let ends = flows.entry(&flow.source).or_default();
            ends.outs += 1;
            ends.asks |= flow.condition.is_some();
        }
        let mut defaults: BTreeMap<&str, &str> = BTreeMap::new();
        for node in &body.nodes {
            let id = node.common.id.as_str();
            let ends = flows.get(id).copied().unwrap_or_default();
            doors.insert(id, graph.node(reading, node, ends, depth)?);
            defaults.extend(node.default.as_deref().map(|default| (id, default)));
        }
        for flow in &body.flows {
            let from = doors.get(flow.source.as_str()).map(|(_, out)| *out);
            let to = doors.get(flow.target.as_str()).map(|(enter, _)| *enter);
            let Some((from, to)) = from.zip(to) else { continue };
            let default = defaults.get(flow.source.as_str()).copied();
            let (guard, name) = said(flow, default);
            graph.way(from, to, guard, name);
        }
        graph.start = doors.get(start.common.id.as_str()).map_or(0, |(enter, _)| *enter);
        Ok(graph)
    }

    /// A node as one point, or as two where it both joins and parts ways.
    fn node(
        &mut self,
        reading: &Reading<'_>,
        node: &'a Node,
        ends: Ends,
        depth: usize,
    ) -> Result<(usize, usize), NotBlock> {
        let kind = match &node.kind {
            NodeKind::Gateway(GatewayKind::Exclusive) => Some(Kind::Exclusive),
            NodeKind::Gateway(GatewayKind::Inclusive) => Some(Kind::Inclusive),
            NodeKind::Gateway(GatewayKind::Parallel) => Some(Kind::Parallel),
            NodeKind::Gateway(GatewayKind::EventBased) => return refuse(node, "按事件选择分支"),
            NodeKind::Gateway(GatewayKind::Complex) => return refuse(node, "是复杂网关"),
            _ => None,
        };
        if node.kind == NodeKind::End && !node.events.is_empty() {
            return refuse(node, "结束时会抛出事件");
        }
        if depth > DEPTH_MAX / 2 {
            return refuse(node, "嵌套过深");
        }
        let is_end = node.kind == NodeKind::End;
        let plain = kind.is_some() || is_end || matches!(node.kind, NodeKind::Start(_));
        let block = if plain { None } else { Some(reading.step(node, depth)?) };
        if ends.ins == 0 && !matches!(node.kind, NodeKind::Start(_)) {
            return refuse(node, "没有流入的顺序流");
        }
        let meets = kind.unwrap_or(Kind::Exclusive);
        let asks = ends.asks || node.default.is_some();
        let parts = kind.unwrap_or(if asks { Kind::Inclusive } else { Kind::Parallel });
        let enter = self.point(Some(node), None, meets);
        let mut out = enter;
        if block.is_some() {
            out = self.point(Some(node), block, Kind::Exclusive);
            self.way(enter, out, Guard::Free, String::new());
        }
        if ends.outs > 1 && (ends.ins > 1 || kind.is_none()) {
            let part = self.point(Some(node), None, parts);
            self.way(out, part, Guard::Free, String::new());
            out = part;
        }
        if ends.outs == 0 {
            self.way(out, self.end, Guard::Free, String::new());
        }
        Ok((enter, out))
    }

    fn point(&mut self, node: Option<&'a Node>, block: Option<Block>, kind: Kind) -> usize {
        let (ins, outs) = (BTreeSet::new(), BTreeSet::new());
        self.next += 1;
        self.points.insert(self.next, Point { node, block, kind, ins, outs });
        self.next
    }

    fn way(&mut self, from: usize, to: usize, guard: Guard, name: String) {
        self.next += 1;
        let way = Way { from, to, guard, name, blocks: Vec::new(), depth: 0 };
        self.attach(self.next, way);
    }

    /// Puts a way in its place.
    pub(super) fn attach(&mut self, number: usize, way: Way) {
        if let Some(point) = self.points.get_mut(&way.from) {
            point.outs.insert(number);
        }
        if let Some(point) = self.points.get_mut(&way.to) {
            point.ins.insert(number);
        }
        self.ways.insert(number, way);
    }

    /// Takes a way out.
    pub(super) fn detach(&mut self, number: usize) -> Option<Way> {
        let way = self.ways.remove(&number)?;
        if let Some(point) = self.points.get_mut(&way.from) {
            point.outs.remove(&number);
        }
        if let Some(point) = self.points.get_mut(&way.to) {
            point.ins.remove(&number);
        }
        Some(way)
    }

    /// The one way that is left, or the first point that keeps others from being folded.
    pub(super) fn result(mut self, place: impl Fn() -> Box<Place>) -> Result<Vec<Block>, NotBlock> {
        let numbers: Vec<usize> = self.ways.keys().copied().collect();
        if let [number] = numbers.as_slice()
            && let Some(way) = self.detach(*number)
            && way.from == self.start
            && way.to == self.end
        {
            return Ok(way.blocks);
        }
        let left = self.points.values().filter_map(|point| Some((point, point.node?)));
        let mut parting = left.filter(|(point, _)| point.outs.len() > 1);
        match parting.next() {
            Some((_, node)) => refuse(node, "从这里分出的各支没有在同一处汇合"),
            None => Err(NotBlock { place: place(), reason: "有走不到结束的环节" }),
        }
    }
}

/// What a flow says; the words that the drawing added are taken away again.
fn said(flow: &Flow, default: Option<&str>) -> (Guard, String) {
    let name = flow.common.name.clone().unwrap_or_default();
    let (guard, added) = match &flow.condition {
        _ if default == Some(flow.common.id.as_str()) => (Guard::Otherwise, words::OTHERWISE),
        Some(condition) => (Guard::When(condition.text.clone()), condition.text.as_str()),
        None => (Guard::Free, ""),
    };
    let name = if name == added { String::new() } else { name };
    (guard, name)
}
