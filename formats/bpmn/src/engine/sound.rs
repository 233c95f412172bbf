//! What BPMN forbids and a run would pass over in silence: it is refused before the run begins.

use super::plan::{is_link, link};
use super::{Plan, Rules};
use crate::engine::Engine;
use crate::error::{Error, Problem};
use crate::model::{Body, EventKind, GatewayKind, InnerKind, Node, NodeKind, Process, TaskKind};
use std::collections::{BTreeMap, BTreeSet};

impl<'a, R: Rules> Engine<'a, R> {
    /// Refuses a process, or one that it calls, with the first element that is wrong.
    pub(super) fn sound(&self, process: &'a Process) -> Result<(), Error> {
        let mut open = vec![process];
        let mut seen = BTreeSet::new();
        while let Some(process) = open.pop() {
            if seen.insert(process.common.id.as_str()) {
                self.plan.sound(&process.body, Around::Process, &mut open)?;
            }
        }
        Ok(())
    }
}

/// What is around a body, near or far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Process,
    Transaction,
}

impl<'a> Plan<'a> {
    fn sound(
        &self,
        body: &'a Body,
        around: Around,
        called: &mut Vec<&'a Process>,
    ) -> Result<(), Error> {
        let mut catches: BTreeMap<&str, usize> = BTreeMap::new();
        for name in body.nodes.iter().filter(|n| n.kind == NodeKind::Catch).filter_map(link) {
            *catches.entry(name).or_default() += 1;
        }
        for node in &body.nodes {
            let wrong = wrong_link(node, &catches).or_else(|| self.wrong(node, around));
            if let Some(problem) = wrong {
                return Err(Error::Element { place: self.place(&node.common.id), problem });
            }
            match &node.kind {
                NodeKind::Call(Some(name)) => called.extend(self.called(name)),
                NodeKind::Inner(InnerKind::Transaction, inner) => {
                    self.sound(inner, Around::Transaction, called)?;
                }
                NodeKind::Inner(_, inner) => self.sound(inner, around, called)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn wrong(&self, node: &Node, around: Around) -> Option<Problem> {
        let spot = self.spot(&node.common.id).ok()?;
        let has = |is: fn(&EventKind) -> bool| node.events.iter().any(|event| is(&event.kind));
        let cancels = has(|kind| matches!(kind, EventKind::Cancel));
        let undoes = has(|kind| matches!(kind, EventKind::Compensate(_)));
        let undone = node.events.iter().find_map(|event| match &event.kind {
            EventKind::Compensate(activity) => activity.as_deref(),
            _ => None,
        });
        let said = match &node.kind {
            NodeKind::Gateway(GatewayKind::Complex) if spot.incoming.len() > 1 => {
                "汇聚处的复杂网关暂不支持运行"
            }
            NodeKind::End if !spot.outgoing.is_empty() => "结束事件不能有流出的顺序流",
            NodeKind::End if cancels && around == Around::Process => "取消事件只能用在事务中",
            NodeKind::Boundary(..) if !spot.incoming.is_empty() => "边界事件不能有流入的顺序流",
            NodeKind::Boundary(host, _) if cancels && !self.is_transaction(host) => {
                "取消事件只能附在事务上"
            }
            NodeKind::Boundary(..) if undoes && self.jump(&node.common.id).is_none() => {
                "补偿事件没有用关联（association）连到标为补偿的活动"
            }
            NodeKind::Gateway(GatewayKind::EventBased)
                if !spot.outgoing.iter().all(|flow| self.waits(&flow.target)) =>
            {
                "基于事件的网关之后只能是中间捕获事件或接收任务"
            }
            NodeKind::Throw | NodeKind::End => {
                let target = undone.filter(|activity| self.spot(activity).is_err())?.to_owned();
                return Some(Problem::NoSuch { attribute: "activityRef", target, hint: "" });
            }
            _ => return None,
        };
        Some(Problem::Misplaced(said))
    }

    fn is_transaction(&self, id: &str) -> bool {
        let kind = self.spot(id).map(|spot| &spot.node.kind);
        kind.is_ok_and(|kind| matches!(kind, NodeKind::Inner(InnerKind::Transaction, _)))
    }

    /// Whether something happens at a node that is not done by anybody.
    fn waits(&self, id: &str) -> bool {
        let kind = self.spot(id).map(|spot| &spot.node.kind);
        kind.is_ok_and(|k| matches!(k, NodeKind::Catch | NodeKind::Task(TaskKind::Receive)))
    }
}

/// A link leads to one target of its name in the same body (BPMN 2.0.2 table 10.98).
fn wrong_link(node: &Node, catches: &BTreeMap<&str, usize>) -> Option<Problem> {
    match node.kind {
        _ if !is_link(node) => return None,
        // Nothing comes to one that is not thrown to.
        NodeKind::Catch => return None,
        NodeKind::Throw => {}
        _ => return Some(Problem::Misplaced("链接只能是中间事件")),
    }
    let Some(name) = link(node) else { return Some(Problem::Lacks("name")) };
    match catches.get(name).copied().unwrap_or(0) {
        0 => Some(Problem::NoSuch {
            attribute: "链接",
            target: name.to_owned(),
            hint: "：同一个流程或子流程中没有同名的捕获事件",
        }),
        1 => None,
        _ => Some(Problem::Misplaced("同名的链接捕获事件不止一个，不知转到哪一个")),
    }
}
