//! Whether work on a graph may go back to an earlier node. On a tree this is plain; on a graph a
//! return may leave a token that later upsets a join, so that it is refused unless it cannot.

use crate::engine::Plan;
use crate::error::Place;
use crate::model::{Definitions, Effect, GatewayKind, NodeKind};
use std::collections::BTreeSet;

/// Why one may not go back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("不能退回：{place}{reason}")]
pub struct NoReturn {
    /// The element at which it shows.
    pub place: Box<Place>,
    /// What is so there.
    pub reason: &'static str,
}

/// Whether a token may go back from one node to another: every way to `from` has passed `to`, and
/// between them no branch leads out that would go on meanwhile, and none leads in to a join.
///
/// # Errors
/// Why not, with the element.
pub fn may_return(file: &Definitions, from: &str, to: &str) -> Result<(), NoReturn> {
    let plan = Plan::new(file);
    let refuse = |id: &str, reason| Err(NoReturn { place: plan.place(id), reason });
    let Some(starts) = plan.starts_around(from) else {
        return refuse(from, "流程中没有这个环节");
    };
    if from == to || !plan.is_beside(from, to) {
        return refuse(to, "与当前环节不在同一个流程或子流程中");
    }
    let after = plan.reach(to, "");
    if !after.contains(from) {
        return refuse(to, "不在当前环节之前");
    }
    if starts.iter().any(|start| plan.reach(start, to).contains(from)) {
        return refuse(to, "不是到当前环节的必经环节");
    }
    // What lies between, with both ends; ways beyond `from` do not count.
    let before_from = plan.reach(to, from);
    let leads = |id: &&str| **id == *from || plan.reach(id, "").contains(from);
    let mut between: BTreeSet<&str> = before_from.iter().copied().filter(leads).collect();
    between.insert(from);
    for id in between.iter().copied().filter(|id| *id != from) {
        if plan.leaves_some(id, &between) {
            return refuse(id, "分出的其他分支还会继续办理");
        }
    }
    for id in between.iter().copied().filter(|id| *id != to) {
        if plan.is_join(id) && plan.sources(id).iter().any(|source| !between.contains(source)) {
            return refuse(id, "还会有退回范围之外的分支到达");
        }
    }
    Ok(())
}

impl<'a> Plan<'a> {
    /// Where tokens begin in the body of a node.
    fn starts_around(&self, id: &str) -> Option<Vec<&'a str>> {
        self.spot(id).ok()?;
        Some(self.body_of(id).map(|body| self.starts(body)).unwrap_or_default())
    }

    /// Whether two nodes are in the same body.
    fn is_beside(&self, one: &str, other: &str) -> bool {
        let holds = |body: &&crate::model::Body| body.nodes.iter().any(|n| n.common.id == other);
        self.body_of(one).filter(holds).is_some()
    }

    /// Whether several tokens leave a node, and one of them leads elsewhere.
    fn leaves_some(&self, id: &str, between: &BTreeSet<&str>) -> bool {
        let Ok(spot) = self.spot(id) else { return false };
        let beside = spot.boundaries.iter().any(|node| {
            let goes_on = matches!(node.kind, NodeKind::Boundary(_, Effect::GoesBeside));
            goes_on && !between.contains(node.common.id.as_str())
        });
        let one = [GatewayKind::Exclusive, GatewayKind::EventBased];
        let one = one.into_iter().any(|kind| spot.node.kind == NodeKind::Gateway(kind));
        let elsewhere = spot.outgoing.iter().any(|flow| !between.contains(flow.target.as_str()));
        beside || (!one && spot.outgoing.len() > 1 && elsewhere)
    }

    /// Whether tokens wait for each other at a node.
    fn is_join(&self, id: &str) -> bool {
        let joins = [GatewayKind::Parallel, GatewayKind::Inclusive, GatewayKind::Complex];
        let joins = |kind: &NodeKind| joins.into_iter().any(|k| *kind == NodeKind::Gateway(k));
        self.spot(id).is_ok_and(|spot| spot.incoming.len() > 1 && joins(&spot.node.kind))
    }

    fn sources(&self, id: &str) -> Vec<&'a str> {
        let incoming = self.spot(id).map(|spot| spot.incoming.clone()).unwrap_or_default();
        incoming.into_iter().map(|flow| flow.source.as_str()).collect()
    }
}
