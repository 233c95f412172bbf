//! Clocks: what time establishes, what stops it, what prolongs it.

use crate::Refusal;
use crate::definition::{Limit, PlaceKind, StopReason};
use crate::instance::{ActivationState, Change, Clock, Mark, Status, TicketId, TicketState};
use crate::run::{Run, index, small};
use lingnan_base::Timestamp;

impl Run<'_> {
    pub(super) fn pause(&mut self, id: TicketId, reason: StopReason) -> Result<(), Refusal> {
        let ticket = self.guard(id, &[TicketState::Open, TicketState::Waiting])?;
        if !self.node(ticket.activation)?.pause.contains(&reason) {
            return Err(Refusal::NoPauseHere);
        }
        if ticket.clock.stopped.is_some() {
            return Err(Refusal::Paused);
        }
        self.put(Change::Stopped { ticket: id, reason, at: self.now });
        Ok(())
    }

    pub(super) fn go_on(&mut self, id: TicketId) -> Result<(), Refusal> {
        let ticket = self.guard(id, &[TicketState::Open, TicketState::Waiting])?;
        let since = ticket.clock.stopped.as_ref().map(|stop| stop.since);
        self.resume_clock(id, since.ok_or(Refusal::NotPaused)?);
        Ok(())
    }

    /// A ticket's clock goes on with the time it had left.
    fn resume_clock(&mut self, id: TicketId, since: Timestamp) {
        let Some(ticket) = self.instance.ticket(id) else { return };
        let (opened, due) = (ticket.clock.opened, ticket.clock.due);
        let node = self.node(ticket.activation).ok();
        let limit = node.and_then(|node| node.limit.as_ref());
        let due = match (limit, due) {
            (Some(limit), Some(due)) => Some(self.rules.resumed(&limit.due, due, since, self.now)),
            (_, due) => due,
        };
        self.put(Change::Timed { ticket: Some(id), opened, due });
    }

    pub(super) fn suspend(&mut self) -> Result<(), Refusal> {
        self.must_run()?;
        self.put(Change::Suspended { since: Some(self.now) });
        Ok(())
    }

    pub(super) fn resume(&mut self) -> Result<(), Refusal> {
        let since = self.instance.suspended.ok_or(Refusal::NotSuspended)?;
        self.put(Change::Suspended { since: None });
        let live: Vec<TicketId> = self.instance.live.iter().copied().collect();
        for id in live {
            let clock = self.instance.ticket(id).map(|ticket| &ticket.clock);
            if clock.is_some_and(|clock| clock.due.is_some() && clock.stopped.is_none()) {
                self.resume_clock(id, since);
            }
        }
        let (opened, due) = (self.instance.clock.opened, self.instance.clock.due);
        if let (Some(limit), Some(due)) = (&self.definition.limit, due) {
            let due = Some(self.rules.resumed(&limit.time, due, since, self.now));
            self.put(Change::Timed { ticket: None, opened, due });
        }
        let late = self.now.0.saturating_sub(since.0);
        for (activation, until) in self.waits() {
            if let Some(until) = until {
                let until = Some(until.plus_ms(late));
                self.put(Change::Awaited { activation, until });
            }
        }
        Ok(())
    }

    /// The waits that are active, and when each is over.
    fn waits(&self) -> Vec<(u32, Option<Timestamp>)> {
        let all = (0_u32..).zip(&self.instance.activations);
        let active = all.filter(|(_, held)| held.state == ActivationState::Active);
        let waits = active.filter(|(_, held)| {
            let place = self.definition.place(index(held.place));
            place.is_some_and(|place| matches!(place.kind, PlaceKind::Wait(_)))
        });
        waits.map(|(number, held)| (number, held.until)).collect()
    }

    fn clock(&self, ticket: Option<TicketId>) -> Result<&Clock, Refusal> {
        match ticket {
            Some(id) => Ok(&self.guard(id, &[TicketState::Open, TicketState::Waiting])?.clock),
            None => self.must_run().map(|()| &self.instance.clock),
        }
    }

    fn prolonged_by(&self, ticket: Option<TicketId>) -> Option<&crate::Time> {
        match ticket.and_then(|id| self.instance.ticket(id)) {
            Some(ticket) => {
                let node = self.node(ticket.activation).ok()?;
                node.limit.as_ref()?.extend.as_ref()
            }
            None => self.definition.limit.as_ref()?.extend.as_ref(),
        }
    }

    pub(super) fn ask_extension(&mut self, ticket: Option<TicketId>) -> Result<(), Refusal> {
        let clock = self.clock(ticket)?;
        let due = clock.due.filter(|_| self.prolonged_by(ticket).is_some());
        let due = due.ok_or(Refusal::NoExtension)?;
        if clock.extension.is_some() {
            return Err(Refusal::NoExtension);
        }
        if self.now > due {
            return Err(Refusal::TooLate);
        }
        self.put(Change::ExtensionAsked { ticket, at: self.now });
        Ok(())
    }

    pub(super) fn answer_extension(
        &mut self,
        ticket: Option<TicketId>,
        granted: bool,
    ) -> Result<(), Refusal> {
        let clock = self.clock(ticket)?;
        let is_open = clock.extension.as_ref().is_some_and(|asked| asked.granted.is_none());
        let due = clock.due.filter(|_| is_open).ok_or(Refusal::NoExtension)?;
        let opened = clock.opened;
        let by = self.prolonged_by(ticket).ok_or(Refusal::NoExtension)?.clone();
        self.put(Change::ExtensionAnswered { ticket, granted });
        if granted {
            let due = Some(self.rules.until(&by, due).unwrap_or(due));
            self.put(Change::Timed { ticket, opened, due });
        }
        Ok(())
    }

    /// Time has passed. What it establishes stays so, whatever happens to the clock later.
    pub(super) fn tick(&mut self) -> Result<(), Refusal> {
        if self.instance.status != Status::Running {
            return Ok(());
        }
        let live: Vec<TicketId> = self.instance.live.iter().copied().collect();
        for id in live {
            let Some(ticket) = self.instance.ticket(id) else { continue };
            let limit = self.node(ticket.activation)?.limit.as_ref();
            let Some(limit) = limit.filter(|_| ticket.state != TicketState::Pending) else {
                continue;
            };
            for mark in self.marks(limit, &ticket.clock) {
                self.put(Change::Marked { ticket: Some(id), mark, at: self.now });
            }
        }
        if let Some(limit) = &self.definition.limit {
            let limit = Limit::of(limit.time.clone());
            for mark in self.marks(&limit, &self.instance.clock) {
                self.put(Change::Marked { ticket: None, mark, at: self.now });
            }
        }
        for (activation, until) in self.waits() {
            let until = until.or_else(|| self.known_by_now(activation));
            if until.is_some_and(|until| until <= self.now) {
                self.complete(activation)?;
            }
        }
        Ok(())
    }

    /// A date that was not known when the wait began may have been filled in since.
    fn known_by_now(&self, activation: u32) -> Option<Timestamp> {
        let place = self.instance.activation(activation)?.place;
        match &self.definition.place(index(place))?.kind {
            PlaceKind::Wait(wait) if matches!(wait.what, crate::Awaited::Date(_)) => {
                self.waits_until(&wait.what)
            }
            _ => None,
        }
    }

    fn marks(&self, limit: &Limit, clock: &Clock) -> Vec<Mark> {
        let Some(due) = clock.due.filter(|_| clock.stopped.is_none()) else { return Vec::new() };
        let passed = |moment: Timestamp| moment <= self.now;
        let warn = limit.warn_percent;
        let warn = warn.map(|percent| self.rules.share(limit, clock.opened, due, percent));
        let yellow = match &limit.yellow {
            Some(time) => self.rules.until(time, due),
            None => Some(due),
        };
        let red = limit.red.as_ref().and_then(|time| self.rules.until(time, due));
        let all = [
            (Mark::Warned, clock.warned, warn),
            (Mark::Yellow, clock.yellow, yellow),
            (Mark::Red, clock.red, red),
        ];
        let new = all
            .into_iter()
            .filter(|(_, marked, moment)| marked.is_none() && moment.is_some_and(passed));
        new.map(|(mark, ..)| mark).collect()
    }

    pub(super) fn fire(&mut self, event: &str) -> Result<(), Refusal> {
        self.must_run()?;
        let waits: Vec<u32> = self.waits().into_iter().map(|(number, _)| number).collect();
        let mut fired = false;
        for number in waits {
            let place = self.instance.activation(number).ok_or(Refusal::Broken)?.place;
            let Some(place) = self.definition.place(index(place)) else { continue };
            if let PlaceKind::Wait(wait) = &place.kind
                && matches!(&wait.what, crate::Awaited::Event(name) if **name == *event)
            {
                fired = true;
                self.complete(number)?;
            }
        }
        if fired { Ok(()) } else { Err(Refusal::NothingWaits) }
    }

    /// The whole matter begins, or begins again.
    pub(super) fn begin(&mut self) -> Result<(), Refusal> {
        let opened = self.now;
        let limit = self.definition.limit.as_ref();
        let due = limit.and_then(|limit| self.rules.until(&limit.time, opened));
        let (code, version) = (self.definition.code.clone(), self.definition.version);
        self.put(Change::Began { code, version, opened, due });
        if self.instance.status != Status::Running {
            self.put(Change::Status { status: Status::Running });
        }
        self.enter(small(0), None, None, &[])?;
        self.follow()
    }
}
