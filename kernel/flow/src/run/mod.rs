//! Moving through the tree: entering, completing, cancelling, going back.

mod enter;
mod handlers;
mod vote;

use crate::definition::{Definition, Node, PlaceKind};
use crate::instance::{
    ActivationState, CallState, Carried, Change, Frame, Instance, Status, TicketId, TicketState,
};
use crate::{Refusal, Rules, Time};
use lingnan_base::Timestamp;
use std::collections::VecDeque;

/// Most steps of work that one operation may cause: a process that does more without anybody
/// acting runs in a circle.
const WORK_MAX: usize = 20_000;

/// One operation being worked out.
pub(crate) struct Run<'a> {
    pub(crate) definition: &'a Definition,
    pub(crate) instance: &'a mut Instance,
    pub(crate) rules: &'a dyn Rules,
    pub(crate) now: Timestamp,
    pub(crate) changes: Vec<Change>,
    /// What follows from what was done; a list and not calls, so that depth has no limit.
    agenda: VecDeque<Work>,
    /// Nodes that were completed by this operation.
    completed: Vec<u32>,
}

/// When something is due, and by which length of time.
#[derive(Clone, Copy)]
pub(crate) struct Due<'a> {
    pub(crate) by: Option<&'a Time>,
    pub(crate) moment: Option<Timestamp>,
}

enum Work {
    /// An activation is done, carried or skipped.
    Proceed(u32),
    /// A node's tickets may have decided it.
    Evaluate(u32),
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        definition: &'a Definition,
        instance: &'a mut Instance,
        rules: &'a dyn Rules,
        now: Timestamp,
    ) -> Self {
        let (changes, agenda, completed) = (Vec::new(), VecDeque::new(), Vec::new());
        Self { definition, instance, rules, now, changes, agenda, completed }
    }

    /// Does everything that follows.
    pub(crate) fn follow(&mut self) -> Result<(), Refusal> {
        for _ in 0..WORK_MAX {
            match self.agenda.pop_front() {
                None => return Ok(()),
                Some(Work::Proceed(activation)) => self.proceed(activation)?,
                Some(Work::Evaluate(activation)) => self.evaluate(activation)?,
            }
        }
        Err(Refusal::Endless)
    }

    pub(crate) fn put(&mut self, change: Change) {
        self.instance.apply(&change);
        self.changes.push(change);
    }

    /// A clock runs to its due moment, reckoned by `time` as far as working days are arranged.
    pub(crate) fn time(&mut self, ticket: Option<TicketId>, opened: Timestamp, due: Due<'_>) {
        self.put(Change::Timed { ticket, opened, due: due.moment });
        self.reckon(ticket, due);
    }

    /// Notes what a due moment was reckoned with, when that makes it provisional.
    pub(crate) fn reckon(&mut self, ticket: Option<TicketId>, due: Due<'_>) {
        let Due { by: Some(time), moment: Some(moment) } = due else { return };
        if let Some(arranged_to) = self.rules.reckoned_to(time, moment) {
            self.put(Change::Reckoned { ticket, arranged_to });
        }
    }

    fn kind(&self, place: u32) -> Result<&'a PlaceKind, Refusal> {
        let place = self.definition.place(index(place)).ok_or(Refusal::Broken)?;
        Ok(&place.kind)
    }

    fn children(&self, place: u32) -> &'a [usize] {
        self.definition.place(index(place)).map(|p| p.children.as_slice()).unwrap_or_default()
    }

    /// The node of an activation.
    pub(crate) fn node(&self, activation: u32) -> Result<&'a Node, Refusal> {
        let held = self.instance.activation(activation).ok_or(Refusal::Broken)?;
        let place = self.definition.place(index(held.place));
        place.and_then(crate::definition::Place::node).ok_or(Refusal::Broken)
    }

    pub(crate) fn cancel(&mut self, activation: u32) {
        let Some(held) = self.instance.activation(activation) else { return };
        let (children, tickets) = (held.children.clone(), held.tickets.clone());
        for child in children {
            if self.is_active(child) {
                self.cancel(child);
            }
        }
        self.cancel_tickets(&tickets);
        self.cancel_calls(activation);
        if let Some(held) = self.instance.activation(activation).filter(|a| is_active(a.state)) {
            let index = held.index;
            self.put(Change::Moved { activation, state: ActivationState::Cancelled, index });
        }
    }

    pub(crate) fn cancel_tickets(&mut self, tickets: &[TicketId]) {
        for id in tickets {
            if self.instance.ticket(*id).is_some_and(|t| t.state.is_live()) {
                self.set(*id, TicketState::Cancelled);
            }
        }
    }

    /// Sub-processes for which the process still waits go with the step that called them.
    pub(crate) fn cancel_calls(&mut self, activation: u32) {
        for number in 0..small(self.instance.calls.len()) {
            let Some(call) = self.instance.calls.get(index(number)) else { return };
            if call.activation != activation {
                continue;
            }
            let matter = call.matter.clone();
            let state = match call.state {
                CallState::Wanted => CallState::Dropped,
                CallState::Started => CallState::Unwanted,
                _ => continue,
            };
            self.put(Change::CallMoved { call: number, state, matter });
        }
    }

    /// Gives a ticket another state, its decision as it is.
    pub(crate) fn set(&mut self, ticket: TicketId, state: TicketState) {
        let decision = self.instance.ticket(ticket).and_then(|t| t.decision);
        self.put(Change::Ticket { ticket, state, decision });
    }

    pub(crate) fn is_active(&self, activation: u32) -> bool {
        self.instance.activation(activation).is_some_and(|a| is_active(a.state))
    }

    /// An activation is done; what follows is put on the agenda.
    pub(crate) fn complete(&mut self, activation: u32) -> Result<(), Refusal> {
        let held = self.instance.activation(activation).ok_or(Refusal::Broken)?;
        let (index, place) = (held.index, held.place);
        self.put(Change::Moved { activation, state: ActivationState::Done, index });
        if matches!(self.kind(place)?, PlaceKind::Node(_)) {
            self.completed.push(activation);
        }
        self.agenda.push_back(Work::Proceed(activation));
        Ok(())
    }

    /// Straight back to whoever returned the work to this node (直达), or on to what follows.
    fn proceed(&mut self, activation: u32) -> Result<(), Refusal> {
        if self.is_overtaken(activation) {
            return Ok(());
        }
        let place = self.instance.activation(activation).ok_or(Refusal::Broken)?.place;
        let is_node = matches!(self.kind(place)?, PlaceKind::Node(_));
        let frame = self.instance.frames.last().filter(|f| is_node && f.at == place).cloned();
        if let Some(frame) = frame {
            self.put(Change::Unframed);
            let changed = |field: &std::sync::Arc<str>| self.rules.changed(field, frame.since);
            if self.is_active(frame.scope) && !frame.unless.iter().any(changed) {
                return self.go(frame.scope, frame.to, &frame.carry);
            }
        }
        self.finish(activation)
    }

    /// Whether other work has moved the block above on meanwhile.
    fn is_overtaken(&self, activation: u32) -> bool {
        let Some(held) = self.instance.activation(activation) else { return true };
        let Some(parent) = held.parent else { return !held.state.is_finished() };
        let Some(above) = self.instance.activation(parent) else { return true };
        if !is_active(above.state) || !held.state.is_finished() {
            return true;
        }
        let is_par = matches!(self.kind(above.place), Ok(PlaceKind::Par));
        let mut later = above.children.iter().rev().take_while(|child| **child != activation);
        later.any(|child| {
            let child = self.instance.activation(*child);
            let stands = child.filter(|child| child.state != ActivationState::Cancelled);
            stands.is_some_and(|child| !is_par || child.place == held.place)
        })
    }

    /// What follows when an activation is done, carried or skipped.
    fn finish(&mut self, activation: u32) -> Result<(), Refusal> {
        let held = self.instance.activation(activation).ok_or(Refusal::Broken)?;
        let Some(parent) = held.parent else {
            self.put(Change::Status { status: Status::Completed });
            return Ok(());
        };
        let above = self.instance.activation(parent).ok_or(Refusal::Broken)?;
        let (place, stood) = (above.place, above.index);
        let next = stood.saturating_add(1);
        match self.kind(place)? {
            PlaceKind::Seq if index(next) < self.children(place).len() => {
                self.stand(parent, next, index(next), None, &[])
            }
            PlaceKind::Loop { until, rounds_max } => {
                let over =
                    next >= *rounds_max || self.rules.holds(until).map_err(Refusal::Condition)?;
                if over { self.complete(parent) } else { self.stand(parent, next, 0, None, &[]) }
            }
            PlaceKind::Seq | PlaceKind::Choose(_) => self.complete(parent),
            PlaceKind::Par if self.all_branches_finished(parent) => self.complete(parent),
            _ => Ok(()),
        }
    }

    fn all_branches_finished(&self, par: u32) -> bool {
        let Some(held) = self.instance.activation(par) else { return false };
        let branches = self.children(held.place);
        branches.iter().all(|branch| {
            let latest = held
                .children
                .iter()
                .rev()
                .filter_map(|child| self.instance.activation(*child))
                .find(|child| index(child.place) == *branch);
            latest.is_some_and(|child| child.state.is_finished())
        })
    }

    /// Moves the single token of an active sequence to `target` below it.
    pub(crate) fn go(&mut self, scope: u32, target: u32, carry: &[Carried]) -> Result<(), Refusal> {
        let held = self.instance.activation(scope).ok_or(Refusal::Broken)?;
        let (place, children) = (held.place, held.children.clone());
        for child in children {
            if self.is_active(child) {
                self.cancel(child);
            }
        }
        let child = self.definition.child_holding(index(place), index(target));
        let child = child.ok_or(Refusal::Broken)?;
        self.stand(scope, small(child), child, Some(target), carry)
    }

    pub(crate) fn end(&mut self, status: Status) {
        for number in 0..small(self.instance.activations.len()) {
            if self.is_active(number) {
                self.cancel(number);
            }
        }
        self.put(Change::Status { status });
        self.agenda.clear();
    }

    /// Where the other branches of every parallel block between `from` and `scope` stand.
    pub(crate) fn left_behind(&self, from: u32, scope: u32) -> Vec<Carried> {
        let mut carry = Vec::new();
        let mut at = from;
        while at != scope {
            let Some(held) = self.instance.activation(at) else { break };
            let Some(parent) = held.parent else { break };
            let Some(above) = self.instance.activation(parent) else { break };
            let branches = self.children(above.place);
            let is_par = matches!(self.kind(above.place), Ok(PlaceKind::Par));
            for (number, branch) in branches.iter().copied().enumerate().filter(|_| is_par) {
                if small(branch) == held.place {
                    continue;
                }
                let stood_on = self.standing(&above.children, branch);
                carry.push(Carried { par: above.place, branch: small(number), stood_on });
            }
            at = parent;
        }
        carry
    }

    /// The step on which the latest activation of a branch stands; `None` when it is finished.
    fn standing(&self, children: &[u32], branch: usize) -> Option<u32> {
        let latest = children
            .iter()
            .rev()
            .copied()
            .find(|c| self.instance.activation(*c).is_some_and(|a| index(a.place) == branch))?;
        if self.instance.activation(latest)?.state.is_finished() {
            return None;
        }
        let all = self.instance.activations.iter().zip(0_u32..);
        all.filter(|(a, _)| is_active(a.state) && a.step.is_some())
            .find(|(_, number)| self.is_under(*number, latest))
            .map(|(a, _)| a.place)
    }

    fn is_under(&self, mut inner: u32, outer: u32) -> bool {
        while inner != outer {
            match self.instance.activation(inner).and_then(|a| a.parent) {
                Some(parent) => inner = parent,
                None => return false,
            }
        }
        true
    }

    pub(crate) fn push_frame(&mut self, frame: Frame) {
        self.put(Change::Framed { frame });
    }
}

pub(crate) fn is_active(state: ActivationState) -> bool {
    state == ActivationState::Active
}

/// A number of the instance as a place in a list.
pub(crate) fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A place in a list as a number of the instance; definitions and instances are far smaller.
pub(crate) fn small(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
