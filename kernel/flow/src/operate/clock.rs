//! Clocks: what time establishes, what stops it, what prolongs it.

use crate::definition::{Limit, PlaceKind, StopReason};
use crate::instance::{ActivationState, Change, Clock, Mark, Status, TicketId, TicketState};
use crate::run::{Due, Run, index, small};
use crate::{Refusal, Time};
use lingnan_base::Timestamp;

impl<'a> Run<'a> {
    pub(super) fn pause(&mut self, id: TicketId, reason: StopReason) -> Result<(), Refusal> {
        let ticket = self.guard(id, &[TicketState::Open, TicketState::Waiting])?;
        if !self.node(ticket.activation)?.pause.contains(&reason) {
            return Err(Refusal::NoPauseHere);
        }
        if ticket.clock.stopped.is_some() {
            return Err(Refusal::Paused);
        }
        self.put(Change::Stopped { ticket: Some(id), reason, at: self.now });
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
        let clock = ticket.clock.clone();
        let by = self.limited_by(Some(id));
        let due = match by {
            Some(by) => self.by_now(by, &clock).map(|d| self.rules.resumed(by, d, since, self.now)),
            None => clock.due,
        };
        self.time(Some(id), clock.opened, Due { by, moment: due });
    }

    /// What the law leaves out of a step's time it leaves out of the whole matter's too
    /// (行政许可法 第四十五条): the matter's clock stands still as long as one of a step does.
    pub(super) fn follow_stops(&mut self) {
        if self.instance.status != Status::Running {
            return;
        }
        let clock = &self.instance.clock;
        let stopped = clock.stopped.as_ref().map(|stop| stop.since);
        if self.definition.limit.is_none() || clock.due.is_none() {
            return;
        }
        match (self.stop_reason(), stopped) {
            (Some(reason), None) => {
                self.put(Change::Stopped { ticket: None, reason, at: self.now });
            }
            (None, Some(since)) => self.resume_whole(since),
            _ => {}
        }
    }

    /// The whole matter's clock goes on with the time it had left.
    fn resume_whole(&mut self, since: Timestamp) {
        let clock = self.instance.clock.clone();
        let Some(limit) = &self.definition.limit else { return };
        let Some(due) = self.by_now(&limit.time, &clock) else { return };
        let moment = Some(self.rules.resumed(&limit.time, due, since, self.now));
        self.time(None, clock.opened, Due { by: Some(&limit.time), moment });
    }

    /// Why the matter's clock must stand still now: a step's does, or a wait says so.
    fn stop_reason(&self) -> Option<StopReason> {
        let live = self.instance.live.iter().filter_map(|id| self.instance.ticket(*id));
        let steps = live.filter_map(|ticket| ticket.clock.stopped.as_ref().map(|s| s.reason));
        let waits = self.waits().into_iter().filter_map(|(activation, _)| {
            let place = self.instance.activation(activation)?.place;
            match &self.definition.place(index(place))?.kind {
                PlaceKind::Wait(wait) => wait.pause,
                _ => None,
            }
        });
        steps.chain(waits).next()
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
        // One that stood still before goes on standing: what passed meanwhile is counted once.
        if self.instance.clock.stopped.is_none() {
            self.resume_whole(since);
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

    /// The length of a ticket's limit, or of the whole matter's.
    fn limited_by(&self, ticket: Option<TicketId>) -> Option<&'a Time> {
        let Some(id) = ticket else {
            return self.definition.limit.as_ref().map(|limit| &limit.time);
        };
        let node = self.node(self.instance.ticket(id)?.activation).ok()?;
        node.limit.as_ref().map(|limit| &limit.due)
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
        let (clock, by) = (clock.clone(), self.prolonged_by(ticket).ok_or(Refusal::NoExtension)?);
        let by = by.clone();
        let limit = self.limited_by(ticket).ok_or(Refusal::NoExtension)?;
        let due = self.by_now(limit, &clock).filter(|_| is_open).ok_or(Refusal::NoExtension)?;
        self.put(Change::ExtensionAnswered { ticket, granted });
        if granted {
            let moment = Some(self.rules.until(&by, due).unwrap_or(due));
            self.time(ticket, clock.opened, Due { by: Some(&by), moment });
        }
        Ok(())
    }

    /// Time has passed. What it establishes stays so, whatever happens to the clock later.
    pub(super) fn tick(&mut self) -> Result<(), Refusal> {
        if self.instance.status != Status::Running {
            return Ok(());
        }
        self.reckon_again();
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

    /// Clocks whose due moment was provisional run to what is known by now. One that stands still
    /// is reckoned when it goes on.
    fn reckon_again(&mut self) {
        let live = self.instance.live.iter().copied().map(Some);
        let tickets: Vec<Option<TicketId>> = live.chain([None]).collect();
        for ticket in tickets {
            let clock = match ticket {
                Some(id) => self.instance.ticket(id).map(|ticket| &ticket.clock),
                None => Some(&self.instance.clock),
            };
            let Some(clock) = clock.filter(|clock| clock.stopped.is_none()) else { continue };
            if let (Some(due), Some(reckoned_to)) = (clock.due, clock.reckoned_to)
                && let Some(by) = self.limited_by(ticket)
                && let Some(due) = self.rules.reckoned_again(by, due, reckoned_to)
            {
                let opened = clock.opened;
                self.time(ticket, opened, Due { by: Some(by), moment: Some(due) });
            }
        }
    }

    /// When a clock is due, as far as working days are arranged by now.
    fn by_now(&self, by: &Time, clock: &Clock) -> Option<Timestamp> {
        let due = clock.due?;
        let again = clock.reckoned_to.and_then(|year| self.rules.reckoned_again(by, due, year));
        Some(again.unwrap_or(due))
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
        self.reckon(None, Due { by: limit.map(|limit| &limit.time), moment: due });
        if self.instance.status != Status::Running {
            self.put(Change::Status { status: Status::Running });
        }
        self.enter(small(0), None, None, &[])?;
        self.follow()
    }
}
