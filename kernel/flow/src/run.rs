//! Moving through the tree: entering, completing, cancelling, going back, evaluating votes.

use crate::definition::{Definition, PlaceKind, Policy};
use crate::instance::{
    ActivationState, Carried, Change, Decision, Frame, Holder, Instance, Origin, Status, TicketId,
    TicketState,
};
use crate::{Refusal, Rules};
use lingnan_base::Timestamp;

/// One operation being worked out.
pub(crate) struct Run<'a> {
    pub(crate) definition: &'a Definition,
    pub(crate) instance: &'a mut Instance,
    pub(crate) rules: &'a dyn Rules,
    pub(crate) now: Timestamp,
    pub(crate) changes: Vec<Change>,
}

impl<'a> Run<'a> {
    pub(crate) fn put(&mut self, change: Change) {
        self.instance.apply(&change);
        self.changes.push(change);
    }

    fn kind(&self, place: u32) -> Result<&'a PlaceKind, Refusal> {
        let place = self.definition.place(index(place)).ok_or(Refusal::Broken)?;
        Ok(&place.kind)
    }

    fn children(&self, place: u32) -> &'a [usize] {
        self.definition.place(index(place)).map(|p| p.children.as_slice()).unwrap_or_default()
    }

    fn add(&mut self, place: u32, parent: Option<u32>, state: ActivationState) -> u32 {
        self.add_at(place, parent, state, 0)
    }

    fn add_at(
        &mut self,
        place: u32,
        parent: Option<u32>,
        state: ActivationState,
        index: u32,
    ) -> u32 {
        let number = small(self.instance.activations.len());
        self.put(Change::Entered { place, parent, state, index });
        number
    }

    /// Enters a block; `at` positions it on the node of that place; `carry` tells where the
    /// branches left behind stood.
    pub(crate) fn enter(
        &mut self,
        place: u32,
        parent: Option<u32>,
        at: Option<u32>,
        carry: &[Carried],
    ) -> Result<(), Refusal> {
        match self.kind(place)? {
            PlaceKind::Node(_) => self.enter_node(place, parent, at.is_some()),
            PlaceKind::Seq => {
                let child =
                    at.and_then(|at| self.definition.child_holding(index(place), index(at)));
                let at = at.filter(|_| child.is_some());
                let child = child.unwrap_or(0);
                let active = ActivationState::Active;
                let activation = self.add_at(place, parent, active, small(child));
                self.enter_child(activation, child, at, carry)
            }
            PlaceKind::Par => self.enter_par(place, parent, at, carry),
            _ => Err(Refusal::Broken),
        }
    }

    fn enter_par(
        &mut self,
        place: u32,
        parent: Option<u32>,
        at: Option<u32>,
        carry: &[Carried],
    ) -> Result<(), Refusal> {
        let activation = self.add(place, parent, ActivationState::Active);
        let positioned = at.is_some();
        for (branch, child) in self.children(place).iter().copied().enumerate() {
            // A branch that was passed over may have sent the work on, out of this block.
            if !self.is_active(activation) {
                return Ok(());
            }
            let at = at.filter(|at| self.definition.holds(child, index(*at))).or_else(|| {
                at.and(carry.iter().find(|c| c.par == place && c.branch == small(branch)))
                    .and_then(|left| left.stood_on)
            });
            if at.is_some() || !positioned {
                self.enter(small(child), Some(activation), at, carry)?;
            } else {
                self.add(small(child), Some(activation), ActivationState::Carried);
            }
        }
        // The branch worked on may have been passed over before the others were carried.
        if self.is_active(activation) && self.all_branches_finished(activation) {
            return self.complete(activation);
        }
        Ok(())
    }

    /// Puts a sequence on its child number `child` and enters that child.
    fn stand(
        &mut self,
        activation: u32,
        child: usize,
        at: Option<u32>,
        carry: &[Carried],
    ) -> Result<(), Refusal> {
        let (state, index) = (ActivationState::Active, small(child));
        self.put(Change::Moved { activation, state, index });
        self.enter_child(activation, child, at, carry)
    }

    fn enter_child(
        &mut self,
        activation: u32,
        child: usize,
        at: Option<u32>,
        carry: &[Carried],
    ) -> Result<(), Refusal> {
        let place = self.instance.activation(activation).ok_or(Refusal::Broken)?.place;
        let next = self.children(place).get(child).copied().ok_or(Refusal::Broken)?;
        self.enter(small(next), Some(activation), at, carry)
    }

    fn enter_node(
        &mut self,
        place: u32,
        parent: Option<u32>,
        returned: bool,
    ) -> Result<(), Refusal> {
        let PlaceKind::Node(node) = self.kind(place)? else { return Err(Refusal::Broken) };
        let previous = if returned && node.after == crate::After::Same {
            self.previous_owners(place)
        } else {
            Vec::new()
        };
        let holds = node.when.as_ref().map_or(Ok(true), |when| self.rules.holds(when));
        if !holds.map_err(Refusal::Condition)? {
            let activation = self.add(place, parent, ActivationState::Skipped);
            return self.proceed(activation);
        }
        let mut holders = if previous.is_empty() {
            node.who.0.iter().flat_map(|whom| self.rules.posts(whom)).collect()
        } else {
            previous
        };
        let mut seen = std::collections::BTreeSet::new();
        holders.retain(|holder| seen.insert(holder.clone()));
        if holders.is_empty() {
            return Err(Refusal::Nobody(node.name().to_owned()));
        }
        let activation = self.add(place, parent, ActivationState::Active);
        let limit = node.limit.as_ref();
        let due = limit.and_then(|limit| self.rules.until(&limit.due, self.now));
        for (number, holder) in holders.into_iter().enumerate() {
            let pending = node.policy == Policy::Sequential && number > 0;
            let state = if pending { TicketState::Pending } else { TicketState::Open };
            let opened = self.now;
            self.put(Change::Opened {
                activation,
                holder,
                host: None,
                origin: Origin::Resolve,
                state,
                opened,
                due,
            });
        }
        Ok(())
    }

    /// Owners of the node's own tickets when it was last active: a return goes back to those who
    /// handled it (R5).
    fn previous_owners(&self, place: u32) -> Vec<Holder> {
        let last = self.instance.activations.iter().rev().find(|a| a.place == place);
        let tickets = last.map(|a| a.tickets.as_slice()).unwrap_or_default();
        let own = tickets.iter().filter_map(|id| self.instance.ticket(*id));
        own.filter(|t| t.host.is_none()).map(|t| t.owner.clone()).collect()
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

    /// Gives a ticket another state, its decision as it is.
    pub(crate) fn set(&mut self, ticket: TicketId, state: TicketState) {
        let decision = self.instance.ticket(ticket).and_then(|t| t.decision);
        self.put(Change::Ticket { ticket, state, decision });
    }

    pub(crate) fn is_active(&self, activation: u32) -> bool {
        self.instance.activation(activation).is_some_and(|a| is_active(a.state))
    }

    fn complete(&mut self, activation: u32) -> Result<(), Refusal> {
        let held = self.instance.activation(activation).ok_or(Refusal::Broken)?;
        let index = held.index;
        self.put(Change::Moved { activation, state: ActivationState::Done, index });
        self.proceed(activation)
    }

    /// Straight back to whoever returned the work to this node (直达), or on to what follows.
    fn proceed(&mut self, activation: u32) -> Result<(), Refusal> {
        let place = self.instance.activation(activation).ok_or(Refusal::Broken)?.place;
        let is_node = matches!(self.kind(place)?, PlaceKind::Node(_));
        let frame = self.instance.frames.last().filter(|f| is_node && f.at == place).cloned();
        if let Some(frame) = frame {
            self.put(Change::Unframed);
            if self.is_active(frame.scope) {
                return self.go(frame.scope, frame.to, &frame.carry);
            }
        }
        self.finish(activation)
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
        match self.kind(place)? {
            PlaceKind::Seq => {
                let next = stood.saturating_add(1);
                if index(next) < self.children(place).len() {
                    self.stand(parent, index(next), None, &[])
                } else {
                    self.complete(parent)
                }
            }
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
        self.stand(scope, child.ok_or(Refusal::Broken)?, Some(target), carry)
    }

    /// Whether the node's tickets decide it now, and what follows.
    pub(crate) fn evaluate(&mut self, activation: u32) -> Result<(), Refusal> {
        if !self.is_active(activation) {
            return Ok(());
        }
        let held = self.instance.activation(activation).ok_or(Refusal::Broken)?;
        let PlaceKind::Node(node) = self.kind(held.place)? else { return Err(Refusal::Broken) };
        let tickets = held.tickets.clone();
        match self.verdict(&node.policy, &tickets) {
            Some(Decision::Approve) => {
                self.cancel_tickets(&tickets);
                self.complete(activation)
            }
            Some(_) => {
                self.cancel_tickets(&tickets);
                self.end(Status::Rejected);
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn verdict(&mut self, policy: &Policy, tickets: &[TicketId]) -> Option<Decision> {
        let own = |id: &&TicketId| {
            self.instance
                .ticket(**id)
                .is_some_and(|t| t.host.is_none() && t.state != TicketState::Cancelled)
        };
        let main: Vec<TicketId> = tickets.iter().filter(own).copied().collect();
        let count = |wanted: Decision| {
            let done = main.iter().filter_map(|id| self.instance.ticket(*id));
            done.filter(|t| t.state == TicketState::Done && t.decision == Some(wanted)).count()
        };
        let (all, yes, no) = (main.len(), count(Decision::Approve), count(Decision::Reject));
        let unanimous =
            if no > 0 { Some(Decision::Reject) } else { (yes == all).then_some(Decision::Approve) };
        match policy {
            Policy::All => unanimous,
            Policy::Any if yes > 0 => Some(Decision::Approve),
            Policy::Any => (no == all).then_some(Decision::Reject),
            Policy::First if yes > 0 => Some(Decision::Approve),
            Policy::First => (no > 0).then_some(Decision::Reject),
            Policy::Sequential => {
                if unanimous.is_none() {
                    self.open_next(&main);
                }
                unanimous
            }
            Policy::Claim => unanimous,
            Policy::Vote(vote) => {
                let crate::Share::AtLeast(ratio) = vote.share else { return unanimous };
                let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
                let needed = ratio.needed(count(all));
                if count(yes) >= needed {
                    Some(Decision::Approve)
                } else {
                    (count(all.saturating_sub(no)) < needed).then_some(Decision::Reject)
                }
            }
        }
    }

    fn open_next(&mut self, main: &[TicketId]) {
        let next = main
            .iter()
            .filter_map(|id| self.instance.ticket(*id).map(|t| (*id, t.state)))
            .find(|(_, state)| *state != TicketState::Done);
        if let Some((id, TicketState::Pending)) = next {
            self.set(id, TicketState::Open);
        }
    }

    pub(crate) fn end(&mut self, status: Status) {
        for number in 0..small(self.instance.activations.len()) {
            if self.is_active(number) {
                self.cancel(number);
            }
        }
        self.put(Change::Status { status });
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

    /// The node on which the latest activation of a branch stands; `None` when it is finished.
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
        all.filter(|(a, _)| is_active(a.state))
            .filter(|(a, _)| matches!(self.kind(a.place), Ok(PlaceKind::Node(_))))
            .find(|(_, number)| self.is_under(*number, latest))
            .map(|(a, _)| a.place)
    }

    pub(crate) fn is_under(&self, mut inner: u32, outer: u32) -> bool {
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

fn is_active(state: ActivationState) -> bool {
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
