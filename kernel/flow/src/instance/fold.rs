//! What each change does to an instance.

use super::{
    Activation, ActivationState, Call, CallState, Change, Clock, Decision, Effect, Extension, Fact,
    Instance, Mark, Notice, NoticeState, Origin, Status, Stop, Tally, Ticket, TicketId,
    TicketState, Urged,
};
use crate::definition::Step;
use lingnan_base::Timestamp;

impl Instance {
    /// The instance after `fact`.
    pub fn fold(&mut self, fact: &Fact) {
        self.begin(&fact.operation, fact.ticket);
        for change in &fact.changes {
            self.apply(change);
        }
        self.end(&fact.operation, fact.ticket);
    }

    pub(crate) fn begin(&mut self, operation: &str, ticket: Option<TicketId>) {
        if matches!(operation, "approve" | "reject") {
            self.capturing = Some(Effect::default());
            let number = self.operations;
            if let Some(ticket) = ticket.and_then(|t| self.tickets.get_mut(t.place())) {
                ticket.decided_at = number;
            }
        }
    }

    pub(crate) fn end(&mut self, operation: &str, ticket: Option<TicketId>) {
        if let Some(effect) = self.capturing.take()
            && let Some(ticket) = ticket.and_then(|t| self.tickets.get_mut(t.place()))
        {
            ticket.effect = Some(effect);
        }
        if operation == "return" {
            self.last_return = Some(self.operations);
        }
        self.operations = self.operations.saturating_add(1);
    }

    pub(crate) fn apply(&mut self, change: &Change) {
        match change {
            Change::Began { code, version, opened, due } => {
                self.process = Some((code.clone(), *version));
                self.clock = Clock { opened: *opened, due: *due, ..Clock::default() };
            }
            Change::Entered { place, parent, state, index, step } => {
                self.enter(*place, *parent, (*state, *index), step.as_ref());
            }
            Change::Moved { activation, state, index } => self.shift(*activation, *state, *index),
            Change::Opened { .. } => self.open(change),
            Change::Ticket { ticket, state, decision } => {
                self.set_ticket(*ticket, *state, *decision);
            }
            Change::Framed { frame } => self.frames.push(frame.clone()),
            Change::Unframed => {
                let popped = self.frames.pop();
                if let (Some(effect), Some(frame)) = (&mut self.capturing, popped) {
                    effect.popped.push(frame);
                }
            }
            Change::Dropped { scope } => self.frames.retain(|frame| frame.scope != *scope),
            Change::Returned => self.last_return = Some(self.operations),
            Change::Status { status } => self.set_status(*status),
            Change::Suspended { since } => {
                self.suspended = *since;
                let stands = since.map_or(Status::Running, |_| Status::Suspended);
                self.status = stands;
            }
            Change::Migrated { version, places, indexes, frames } => {
                if let Some(process) = &mut self.process {
                    process.1 = *version;
                }
                for ((held, place), index) in self.activations.iter_mut().zip(places).zip(indexes) {
                    held.place = place.unwrap_or(u32::MAX);
                    held.index = *index;
                }
                self.frames.clone_from(frames);
                // What was decided on another tree cannot be undone on this one.
                self.tickets.iter_mut().for_each(|ticket| ticket.effect = None);
            }
            _ => self.apply_small(change),
        }
    }

    /// Changes of one ticket, clock, notice, call or activation.
    fn apply_small(&mut self, change: &Change) {
        let number_of_ticket = match change {
            Change::Handed { ticket, .. }
            | Change::Claimed { ticket, .. }
            | Change::Read { ticket }
            | Change::Urged { ticket, .. }
            | Change::Settled { ticket } => Some(*ticket),
            Change::Timed { ticket, .. }
            | Change::Reckoned { ticket, .. }
            | Change::Stopped { ticket, .. }
            | Change::Marked { ticket, .. }
            | Change::ExtensionAsked { ticket, .. }
            | Change::ExtensionAnswered { ticket, .. } => *ticket,
            _ => return self.apply_around(change),
        };
        match number_of_ticket {
            Some(number) => {
                let Some(ticket) = self.tickets.get_mut(number.place()) else { return };
                apply_ticket(ticket, change);
                apply_clock(&mut ticket.clock, change);
            }
            None => apply_clock(&mut self.clock, change),
        }
    }

    fn apply_around(&mut self, change: &Change) {
        match change {
            Change::Picked { activation, holders } => {
                if let Some(held) = self.activation_mut(*activation) {
                    held.picked.clone_from(holders);
                }
            }
            Change::Awaited { activation, until } => {
                if let Some(held) = self.activation_mut(*activation) {
                    held.until = *until;
                }
            }
            Change::Stuck { activation, reason } => {
                if let Some(held) = self.activation_mut(*activation) {
                    held.stuck.clone_from(reason);
                }
            }
            Change::Noticed { activation, holder, receipt, at } => self.notices.push(Notice {
                activation: *activation,
                holder: holder.clone(),
                receipt: *receipt,
                state: NoticeState::Sent,
                at: *at,
            }),
            Change::NoticeMoved { notice, state, at } => {
                let number = usize::try_from(*notice).unwrap_or(usize::MAX);
                if let Some(notice) = self.notices.get_mut(number) {
                    (notice.state, notice.at) = (*state, *at);
                }
            }
            Change::Called { activation, process, entry } => self.calls.push(Call {
                activation: *activation,
                process: process.clone(),
                entry: entry.clone(),
                state: CallState::Wanted,
                matter: None,
            }),
            Change::CallMoved { call, state, matter } => {
                let number = usize::try_from(*call).unwrap_or(usize::MAX);
                if let Some(call) = self.calls.get_mut(number) {
                    call.state = *state;
                    call.matter.clone_from(matter);
                }
            }
            _ => {}
        }
    }

    fn set_status(&mut self, status: Status) {
        self.status = status;
        self.suspended = None;
        if status == Status::Draft {
            self.frames.clear();
        }
    }

    fn enter(
        &mut self,
        place: u32,
        parent: Option<u32>,
        (state, index): (ActivationState, u32),
        step: Option<&Step>,
    ) {
        let number = u32::try_from(self.activations.len()).unwrap_or(u32::MAX);
        self.activations.push(Activation {
            place,
            parent,
            state,
            index,
            children: Vec::new(),
            tickets: Vec::new(),
            step: step.cloned(),
            tally: Tally::default(),
            picked: Vec::new(),
            until: None,
            stuck: None,
        });
        if let Some(parent) = parent.and_then(|p| self.activation_mut(p)) {
            parent.children.push(number);
        }
        if let Some(effect) = &mut self.capturing {
            effect.entered.push(number);
        }
    }

    fn shift(&mut self, activation: u32, state: ActivationState, index: u32) {
        let Some(moved) = self.activation_mut(activation) else { return };
        let before = (activation, moved.state, moved.index, state);
        moved.state = state;
        moved.index = index;
        if let Some(effect) = &mut self.capturing {
            effect.activations.push(before);
        }
    }

    fn open(&mut self, change: &Change) {
        let Change::Opened {
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
        } = change
        else {
            return;
        };
        let number = TicketId(u32::try_from(self.tickets.len()).unwrap_or(u32::MAX));
        let ticket = Ticket {
            activation: *activation,
            holder: holder.clone(),
            owner: holder.clone(),
            delegator: None,
            host: *host,
            origin: *origin,
            group: *group,
            guests: Vec::new(),
            weight: weight.unwrap_or(1),
            veto: *veto,
            claimed: false,
            state: *state,
            decision: None,
            read: false,
            clock: Clock { opened: *opened, due: *due, ..Clock::default() },
            urged: None,
            effect: None,
            decided_at: 0,
        };
        if state.is_live() {
            self.live.insert(number);
        }
        if let Some(host) = host.and_then(|host| self.tickets.get_mut(host.place())) {
            host.guests.push(number);
        }
        if let Some(held) = self.activation_mut(*activation) {
            held.tickets.push(number);
            held.tally.count(&ticket, Count::In);
            if ticket.host.is_none() && matches!(origin, Origin::Resolve | Origin::Auto) {
                held.tally.first = held.tally.first.saturating_add(ticket.weight.into());
            }
        }
        self.tickets.push(ticket);
    }

    fn set_ticket(&mut self, id: TicketId, state: TicketState, decision: Option<Decision>) {
        let Some(ticket) = self.tickets.get_mut(id.place()) else { return };
        let before = (id, ticket.state, ticket.decision);
        let mut tally = Tally::default();
        let held = usize::try_from(ticket.activation).unwrap_or(usize::MAX);
        let held = self.activations.get_mut(held);
        let tally = held.map_or(&mut tally, |held| &mut held.tally);
        tally.count(ticket, Count::Out);
        ticket.state = state;
        ticket.decision = decision;
        tally.count(ticket, Count::In);
        if state.is_live() {
            self.live.insert(id);
        } else {
            self.live.remove(&id);
        }
        if let Some(effect) = &mut self.capturing {
            effect.tickets.push(before);
        }
    }

    fn activation_mut(&mut self, number: u32) -> Option<&mut Activation> {
        self.activations.get_mut(usize::try_from(number).unwrap_or(usize::MAX))
    }
}

fn apply_ticket(ticket: &mut Ticket, change: &Change) {
    match change {
        Change::Handed { holder, owner, delegator, .. } => {
            ticket.holder = holder.clone();
            ticket.owner = owner.clone();
            ticket.delegator.clone_from(delegator);
        }
        Change::Claimed { claimed, .. } => ticket.claimed = *claimed,
        Change::Read { .. } => ticket.read = true,
        Change::Urged { level, at, .. } => {
            ticket.urged = Some(Urged { level: *level, last: *at });
        }
        Change::Settled { .. } => ticket.effect = None,
        _ => {}
    }
}

fn apply_clock(clock: &mut Clock, change: &Change) {
    match change {
        Change::Timed { opened, due, .. } => {
            (clock.opened, clock.due, clock.stopped) = (*opened, *due, None);
            clock.reckoned_to = None;
        }
        Change::Reckoned { arranged_to, .. } => clock.reckoned_to = Some(*arranged_to),
        Change::Marked { mark, at, .. } => {
            let marked: &mut Option<Timestamp> = match mark {
                Mark::Warned => &mut clock.warned,
                Mark::Yellow => &mut clock.yellow,
                Mark::Red => &mut clock.red,
            };
            *marked = Some(*at);
        }
        Change::Stopped { reason, at, .. } => {
            clock.stopped = Some(Stop { reason: *reason, since: *at });
        }
        Change::ExtensionAsked { at, .. } => {
            clock.extension = Some(Extension { asked: *at, granted: None });
        }
        Change::ExtensionAnswered { granted, .. } => {
            if let Some(extension) = &mut clock.extension {
                extension.granted = Some(*granted);
            }
        }
        _ => {}
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Count {
    In,
    Out,
}

impl Tally {
    fn count(&mut self, ticket: &Ticket, way: Count) {
        if ticket.host.is_some() || ticket.state == TicketState::Cancelled {
            return;
        }
        let weight = u64::from(ticket.weight);
        let add = |sum: &mut u64, weight: u64| {
            *sum = match way {
                Count::In => sum.saturating_add(weight),
                Count::Out => sum.saturating_sub(weight),
            };
        };
        add(&mut self.all, weight);
        add(&mut self.asked, 1);
        match ticket.decision.filter(|_| ticket.state == TicketState::Done) {
            Some(Decision::Approve) => {
                add(&mut self.yes, weight);
                add(&mut self.voted, 1);
            }
            Some(Decision::Reject) => {
                add(&mut self.no, weight);
                add(&mut self.voted, 1);
                if ticket.veto {
                    self.vetoes = match way {
                        Count::In => self.vetoes.saturating_add(1),
                        Count::Out => self.vetoes.saturating_sub(1),
                    };
                }
            }
            _ => {}
        }
    }
}
