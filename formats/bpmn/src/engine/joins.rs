//! Where tokens meet, and when a process is over.

use super::state::Frame;
use super::{Engine, Job, Rules};
use crate::error::Error;
use crate::model::{Flow, GatewayKind, NodeKind};
use std::collections::{BTreeMap, BTreeSet};

impl<'a, R: Rules> Engine<'a, R> {
    /// A token comes along a flow.
    pub(super) fn arrive(&mut self, frame: u64, flow: &'a Flow) -> Result<(), Error> {
        let spot = self.plan.spot(&flow.target)?;
        let target = spot.node.common.id.as_str();
        let kind = match &spot.node.kind {
            NodeKind::Gateway(kind) if spot.incoming.len() > 1 => Some(*kind),
            _ => None,
        };
        let joins = matches!(kind, Some(GatewayKind::Parallel | GatewayKind::Inclusive));
        if !joins {
            self.agenda.push_back(Job::Enter(frame, target));
            return Ok(());
        }
        let incoming: Vec<&Flow> = spot.incoming.clone();
        self.charge(incoming.len(), target)?;
        let Some(open) = self.state.frames.get_mut(&frame) else { return Ok(()) };
        *open.arrived.entry(flow.common.id.clone()).or_default() += 1;
        let all = incoming.iter().rev().all(|flow| open.arrived.contains_key(&flow.common.id));
        if kind == Some(GatewayKind::Parallel) && all {
            open.take(&incoming);
            self.agenda.push_back(Job::Enter(frame, target));
        }
        Ok(())
    }

    /// Lets an inclusive join go on that no other token can come to any more.
    pub(super) fn join_inclusive(&mut self) -> Result<bool, Error> {
        let (mut looked, mut last, mut found) = (0, "", None);
        if !self.plan.has_inclusive {
            return Ok(false);
        }
        for (number, frame) in &self.state.frames {
            looked += frame.arrived.len();
            for gate in self.gates(frame, GatewayKind::Inclusive)? {
                let (complete, cost) = self.is_complete(*number, frame, gate)?;
                (looked, last) = (looked + cost, gate);
                found = found.or(complete.then_some((*number, gate)));
            }
        }
        self.charge(looked, last)?;
        let Some((number, gate)) = found else { return Ok(false) };
        self.pass(number, gate).map(|()| true)
    }

    fn pass(&mut self, number: u64, gate: &'a str) -> Result<(), Error> {
        let incoming = self.plan.spot(gate)?.incoming.clone();
        if let Some(frame) = self.state.frames.get_mut(&number) {
            frame.take(&incoming);
        }
        self.agenda.push_back(Job::Enter(number, gate));
        Ok(())
    }

    /// Joins of a kind at which tokens wait.
    fn gates(&self, frame: &Frame, kind: GatewayKind) -> Result<BTreeSet<&'a str>, Error> {
        let mut gates = BTreeSet::new();
        for id in self.plan.targets(frame.arrived.keys()) {
            if self.plan.spot(id)?.node.kind == NodeKind::Gateway(kind) {
                gates.insert(id);
            }
        }
        Ok(gates)
    }

    /// As resolved in OMG issue BPMN2-289: no token elsewhere has a way to an empty flow of the
    /// join, unless it has one to a filled flow as well. Also how much was looked at.
    fn is_complete(&self, number: u64, frame: &Frame, gate: &str) -> Result<(bool, usize), Error> {
        let incoming = &self.plan.spot(gate)?.incoming;
        let is_filled = |flow: &&&Flow| frame.arrived.contains_key(&flow.common.id);
        let (filled, empty): (Vec<&&Flow>, Vec<&&Flow>) = incoming.iter().partition(is_filled);
        let mut looked = incoming.len() + frame.arrived.len();
        let under_way = self.state.work.values().filter(|work| work.frame == number);
        let under_way = under_way.map(|work| work.node.as_str());
        let elsewhere = self.plan.targets(frame.arrived.keys()).into_iter();
        let elsewhere = elsewhere.filter(|target| *target != gate);
        for token in under_way.chain(elsewhere) {
            let reached = self.plan.reach(token, gate);
            looked += self.plan.size(&reached);
            let leads =
                |flows: &[&&Flow]| flows.iter().any(|f| reached.contains(f.source.as_str()));
            if leads(&empty) && !leads(&filled) {
                return Ok((false, looked));
            }
        }
        Ok((true, looked))
    }

    /// Closes a process or subprocess in which nothing is left.
    pub(super) fn close_one(&mut self) -> Result<bool, Error> {
        let mut idle = self.state.frames.iter().filter(|(_, frame)| frame.busy == 0);
        let found = idle.next_back().map(|(number, frame)| (*number, frame.clone()));
        let Some((number, frame)) = found else { return Ok(false) };
        if let Some(gate) = self.gates(&frame, GatewayKind::Inclusive)?.first() {
            return self.pass(number, gate).map(|()| true);
        }
        if let Some(gate) = self.gates(&frame, GatewayKind::Parallel)?.first() {
            let place = self.plan.place(gate);
            if let Some(notes) = &mut self.notes {
                notes.insert(format!("{place}：没有等到所有分支，已照样往下办。"));
                return self.pass(number, gate).map(|()| true);
            }
            return Err(Error::Stuck { place });
        }
        self.state.frames.remove(&number);
        if let Some(owner) = frame.owner {
            self.state.inside.entry(owner).or_default().extend(frame.done);
            self.finish(owner)?;
        }
        Ok(true)
    }
}

impl Frame {
    /// Takes one token from each flow that has one.
    fn take(&mut self, flows: &[&Flow]) {
        for flow in flows {
            let left = self.arrived.remove(&flow.common.id).unwrap_or(0);
            let left = BTreeMap::from([(flow.common.id.clone(), left.saturating_sub(1))]);
            self.arrived.extend(left.into_iter().filter(|(_, left)| *left > 0));
        }
    }
}
