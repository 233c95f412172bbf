//! Nodes as steps, and what has no place in a tree.

use super::Reading;
use crate::block::{Block, Copies, NotBlock, Step, StepKind, Until};
use crate::model::{DeclaredKind, Event, EventKind, InnerKind, Node, NodeKind, RepeatKind};

impl Reading<'_> {
    /// A node as a step.
    pub(super) fn step(&self, node: &Node, depth: usize) -> Result<Block, NotBlock> {
        let refuse = |reason| refuse(node, reason);
        if node.undoes {
            return refuse("是补偿处理");
        }
        let kind = match &node.kind {
            NodeKind::Task(kind) => StepKind::Task(*kind),
            NodeKind::Call(called) => StepKind::Call(called.clone().unwrap_or_default()),
            NodeKind::Catch => match node.events.as_slice() {
                [event] => StepKind::Wait(self.until(node, event)?),
                _ => return refuse("等待不止一种情况"),
            },
            NodeKind::Inner(InnerKind::Embedded, body) => {
                let place = || Box::new(node.common.place(node.tag()));
                let (begins, blocks) = self.body(body, place, depth + 1)?;
                if begins.is_some() {
                    return refuse("子流程由事件开始");
                }
                StepKind::Inner(blocks)
            }
            NodeKind::Inner(InnerKind::OnEvent, _) => return refuse("是事件子流程"),
            NodeKind::Inner(InnerKind::Transaction, _) => return refuse("是事务"),
            NodeKind::Inner(InnerKind::AdHoc(_), _) => return refuse("是随意顺序的子流程"),
            NodeKind::Boundary(..) => return refuse("是活动边界上的事件"),
            _ => return refuse("会抛出事件"),
        };
        let copies = match node.repeat.as_ref().map(|repeat| &repeat.kind) {
            None => None,
            Some(RepeatKind::Copies { order, cardinality, until }) => Some(Copies {
                order: *order,
                cardinality: cardinality.as_ref().map(|formula| formula.text.clone()),
                until: until.as_ref().map(|formula| formula.text.clone()),
            }),
            Some(RepeatKind::While { .. }) => return refuse("自身循环"),
        };
        Ok(Block::Step(Step {
            id: node.common.id.clone(),
            name: node.common.name.clone().unwrap_or_default(),
            kind,
            copies,
            payload: node.common.extension(self.payload.namespace, "def").map(ToOwned::to_owned),
        }))
    }

    /// What an event waits for.
    pub(super) fn until(&self, node: &Node, event: &Event) -> Result<Until, NotBlock> {
        let name = |kind, reference: &Option<String>| {
            let id = reference.clone().unwrap_or_default();
            let is = |d: &&crate::model::Declared| d.kind == kind && d.common.id == id;
            let found = self.file.declared.iter().find(is);
            found.and_then(|declared| declared.common.name.clone()).unwrap_or(id)
        };
        Ok(match &event.kind {
            EventKind::Message(to) => Until::Message(name(DeclaredKind::Message, to)),
            EventKind::Signal(to) => Until::Signal(name(DeclaredKind::Signal, to)),
            EventKind::Timer(Some((kind, formula))) => Until::Timer(*kind, formula.text.clone()),
            EventKind::Conditional(Some(formula)) => Until::Condition(formula.text.clone()),
            EventKind::Timer(None) => return refuse(node, "没有写明定时"),
            EventKind::Conditional(None) => return refuse(node, "没有写明条件"),
            _ => return refuse(node, "等待的事件在块状流程中没有对应"),
        })
    }
}

/// That a node has no place in a tree.
pub(super) fn refuse<T>(node: &Node, reason: &'static str) -> Result<T, NotBlock> {
    Err(NotBlock { place: Box::new(node.common.place(node.tag())), reason })
}
