//! 加签 and 减签: signers asked before, after or beside a ticket, and their groups.

use crate::Refusal;
use crate::instance::{
    Change, Decision, Group, Holder, Origin, Status, Ticket, TicketId, TicketState,
};
use crate::run::{Due, Run, small};
use std::collections::BTreeSet;

impl Run<'_> {
    /// The added signers of one kind of a ticket that were not taken away.
    fn group(&self, host: TicketId, origin: Origin) -> Vec<(TicketId, &Ticket)> {
        let guests = self.instance.ticket(host).map(|t| t.guests.as_slice()).unwrap_or_default();
        let all = guests.iter().filter_map(|id| Some((*id, self.instance.ticket(*id)?)));
        all.filter(|(_, t)| t.origin == origin && t.state != TicketState::Cancelled).collect()
    }

    /// Approves what has signers to be asked after it: they are asked now.
    pub(super) fn hold(&mut self, id: TicketId) {
        let group = self.group(id, Origin::After);
        let in_turn = group.first().is_some_and(|(_, t)| t.group == Group::Sequential);
        let asked: Vec<TicketId> = group.iter().map(|(guest, _)| *guest).collect();
        for guest in asked.into_iter().take(if in_turn { 1 } else { usize::MAX }) {
            self.set(guest, TicketState::Open);
        }
    }

    pub(super) fn after_signers(&self, id: TicketId) -> Vec<TicketId> {
        self.group(id, Origin::After).iter().map(|(guest, _)| *guest).collect()
    }

    /// A ticket has its final decision: tell its host, or let the node's policy judge.
    pub(super) fn settle(&mut self, id: TicketId) -> Result<(), Refusal> {
        let ticket = self.ticket(id)?;
        let (activation, origin) = (ticket.activation, ticket.origin);
        let Some(host) = ticket.host else { return self.evaluate(activation) };
        if self.is_group_open(host, origin) {
            return Ok(());
        }
        let host_state = self.ticket(host)?.state;
        if origin == Origin::Before {
            self.set(host, TicketState::Open);
        } else if host_state == TicketState::Held {
            let group = self.group(host, origin);
            let any = group.first().is_some_and(|(_, t)| t.group == Group::Any);
            let is = |wanted| group.iter().any(|(_, t)| t.decision == Some(wanted));
            let against = is(Decision::Reject) && !(any && is(Decision::Approve));
            let decision = Some(if against { Decision::Reject } else { Decision::Approve });
            self.put(Change::Ticket { ticket: host, state: TicketState::Done, decision });
            return self.settle(host);
        }
        Ok(())
    }

    /// Whether a group is still asked; one of which the first is enough is closed, and one in
    /// turn goes on to the next.
    fn is_group_open(&mut self, host: TicketId, origin: Origin) -> bool {
        let group = self.group(host, origin);
        let live: Vec<TicketId> =
            group.iter().filter(|(_, t)| t.state.is_live()).map(|(id, _)| *id).collect();
        let kind = group.first().map_or(Group::All, |(_, t)| t.group);
        let is = |wanted| group.iter().any(|(_, t)| t.decision == Some(wanted));
        match kind {
            Group::Any if is(Decision::Approve) || live.is_empty() => {
                self.cancel_tickets(&live);
                false
            }
            Group::Sequential if is(Decision::Reject) => {
                self.cancel_tickets(&live);
                false
            }
            Group::Sequential => {
                let next = live.first().copied();
                let waits = next.and_then(|next| self.instance.ticket(next)).map(|t| t.state);
                if let (Some(next), Some(TicketState::Pending)) = (next, waits) {
                    self.set(next, TicketState::Open);
                }
                next.is_some()
            }
            _ => !live.is_empty(),
        }
    }

    pub(super) fn add_signers(
        &mut self,
        id: TicketId,
        origin: Origin,
        holders: &[Holder],
        group: Group,
    ) -> Result<(), Refusal> {
        let ticket = self.guard(id, &[TicketState::Open])?;
        let activation = ticket.activation;
        let mut busy = self.busy(activation);
        let fresh: Vec<Holder> =
            holders.iter().filter(|holder| busy.insert((*holder).clone())).cloned().collect();
        if fresh.is_empty() {
            return Err(Refusal::AlreadyHolders);
        }
        if ticket.delegator.is_some() {
            return Err(Refusal::OnlyAdvise);
        }
        let node = self.node(activation)?;
        if node.no_adding {
            return Err(Refusal::NoAddingHere);
        }
        if origin == Origin::Join {
            if !node.policy.may_join() || ticket.host.is_some() {
                return Err(Refusal::NoJoinHere);
            }
        } else if self.has_live_guests(id) {
            return Err(Refusal::GroupOpen);
        }
        let host = (origin != Origin::Join).then_some(id);
        let (opened, due) = (self.now, ticket.clock.due);
        let limit = node.limit.as_ref().map(|limit| &limit.due);
        for (number, holder) in fresh.into_iter().enumerate() {
            let in_turn = group == Group::Sequential && number > 0;
            let pending = origin == Origin::After || in_turn;
            let state = if pending { TicketState::Pending } else { TicketState::Open };
            let joins = origin == Origin::Join;
            let ticket = TicketId(small(self.instance.tickets.len()));
            let (weight, veto) = if joins { self.voice(node, &holder) } else { (None, false) };
            self.put(Change::Opened {
                activation,
                holder,
                host,
                origin,
                state,
                opened,
                due,
                weight,
                veto,
                group,
            });
            self.reckon(Some(ticket), Due { by: limit, moment: due });
        }
        if origin == Origin::Before {
            self.set(id, TicketState::Waiting);
        }
        Ok(())
    }

    fn has_live_guests(&self, id: TicketId) -> bool {
        let guests = self.instance.ticket(id).map(|t| t.guests.as_slice()).unwrap_or_default();
        let mut guests = guests.iter().filter_map(|guest| self.instance.ticket(*guest));
        guests.any(|guest| guest.state.is_live())
    }

    /// Everyone who has a live ticket of an activation, delegators included (T3).
    pub(super) fn busy(&self, activation: u32) -> BTreeSet<Holder> {
        let tickets = self.instance.activation(activation).map(|a| a.tickets.as_slice());
        let all = tickets.unwrap_or_default().iter().filter_map(|id| self.instance.ticket(*id));
        let live = all.filter(|t| t.state.is_live());
        live.flat_map(|t| std::iter::once(&t.holder).chain(&t.delegator)).cloned().collect()
    }

    pub(super) fn reduce(&mut self, id: TicketId) -> Result<(), Refusal> {
        let ticket = self.ticket(id)?.clone();
        if self.instance.status != Status::Running || !self.is_active(ticket.activation) {
            return Err(Refusal::NotRunning);
        }
        if matches!(ticket.origin, Origin::Resolve | Origin::Auto) {
            return Err(Refusal::NotAdded);
        }
        if !ticket.state.is_live() || ticket.state == TicketState::Held {
            return Err(Refusal::Decided);
        }
        self.strike(id);
        let Some(host) = ticket.host else { return self.evaluate(ticket.activation) };
        if self.is_group_open(host, ticket.origin) {
            return Ok(());
        }
        let last = self.group(host, ticket.origin).last().map(|(last, _)| *last);
        if ticket.origin == Origin::Before {
            self.set(host, TicketState::Open);
        } else if self.ticket(host)?.state == TicketState::Held {
            if let Some(last) = last {
                return self.settle(last);
            }
            let decision = Some(Decision::Approve);
            self.put(Change::Ticket { ticket: host, state: TicketState::Done, decision });
            return self.settle(host);
        }
        Ok(())
    }

    fn strike(&mut self, id: TicketId) {
        let guests = self.instance.ticket(id).map(|t| t.guests.clone()).unwrap_or_default();
        for guest in guests {
            if self.instance.ticket(guest).is_some_and(|t| t.state.is_live()) {
                self.strike(guest);
            }
        }
        self.set(id, TicketState::Cancelled);
    }
}
