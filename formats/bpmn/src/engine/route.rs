//! Where a token goes from a node.

use super::{Engine, Job, Rules};
use crate::error::Error;
use crate::model::{Expression, Flow, GatewayKind, NodeKind};

impl<'a, R: Rules> Engine<'a, R> {
    /// Whether a condition holds: a plain truth is read here, all else is asked of the rules.
    pub(super) fn holds(&mut self, condition: &Expression) -> Option<bool> {
        match condition.bare() {
            "true" | "True" => Some(true),
            "false" | "False" => Some(false),
            _ => self.rules.holds(condition),
        }
    }

    /// A token leaves a node by the flows that its kind and the conditions allow.
    pub(super) fn leave(&mut self, frame: u64, id: &str) -> Result<(), Error> {
        let spot = self.plan.spot(id)?;
        let (node, outgoing) = (spot.node, spot.outgoing.clone());
        if node.kind == NodeKind::Throw
            && let Some(target) = self.plan.jump(id)
        {
            self.agenda.push_back(Job::Enter(frame, target));
            return Ok(());
        }
        let default = node.default.as_deref();
        let taken = match &node.kind {
            NodeKind::Gateway(GatewayKind::Parallel) => outgoing,
            NodeKind::Gateway(GatewayKind::Exclusive) => self.first(&outgoing, default),
            _ => self.all(&outgoing, default),
        };
        for flow in taken {
            *self.state.taken.entry(flow.common.id.clone()).or_default() += 1;
            self.agenda.push_back(Job::Arrive(frame, flow));
        }
        Ok(())
    }

    /// The first flow whose condition holds; else one without condition; else the default; else,
    /// of what cannot be told, one. Of several alike the one that was taken least, so that a
    /// loop is left at some time.
    fn first(&mut self, flows: &[&'a Flow], default: Option<&str>) -> Vec<&'a Flow> {
        let mut free = Vec::new();
        for flow in flows.iter().copied().filter(|flow| !is(flow, default)) {
            match &flow.condition {
                Some(condition) if self.holds(condition) == Some(true) => return vec![flow],
                Some(_) => {}
                None => free.push(flow),
            }
        }
        if free.is_empty() { self.otherwise(flows, default) } else { self.least(free) }
    }

    /// All flows that hold; else the default; else as above.
    fn all(&mut self, flows: &[&'a Flow], default: Option<&str>) -> Vec<&'a Flow> {
        let mut taken = Vec::new();
        for flow in flows.iter().copied().filter(|flow| !is(flow, default)) {
            if flow.condition.as_ref().is_none_or(|c| self.holds(c) == Some(true)) {
                taken.push(flow);
            }
        }
        if taken.is_empty() { self.otherwise(flows, default) } else { taken }
    }

    fn otherwise(&mut self, flows: &[&'a Flow], default: Option<&str>) -> Vec<&'a Flow> {
        if let Some(flow) = flows.iter().copied().find(|flow| is(flow, default)) {
            return vec![flow];
        }
        let mut open = Vec::new();
        for flow in flows.iter().copied() {
            if flow.condition.as_ref().is_some_and(|c| self.holds(c).is_none()) {
                open.push(flow);
            }
        }
        // When all conditions are known to be false the first is taken: a token is never lost.
        self.least(if open.is_empty() { flows.to_vec() } else { open })
    }

    fn least(&self, flows: Vec<&'a Flow>) -> Vec<&'a Flow> {
        let count = |flow: &&Flow| self.state.taken.get(&flow.common.id).copied().unwrap_or(0);
        flows.into_iter().min_by_key(count).into_iter().collect()
    }
}

fn is(flow: &Flow, default: Option<&str>) -> bool {
    default == Some(flow.common.id.as_str())
}
