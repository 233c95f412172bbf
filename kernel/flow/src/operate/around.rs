//! What the world around answers: notices, sub-processes, automatic steps.

use super::Ran;
use crate::Refusal;
use crate::definition::PlaceKind;
use crate::instance::{Call, CallState, Change, NoticeState, Outcome, Status};
use crate::run::{Run, index};
use std::sync::Arc;

impl Run<'_> {
    /// A notice only goes forward, and also after the matter has ended.
    pub(super) fn move_notice(&mut self, number: u32, state: NoticeState) -> Result<(), Refusal> {
        let notice = self.instance.notices.get(index(number)).ok_or(Refusal::NoSuchNotice)?;
        if state <= notice.state || (state == NoticeState::Receipted && !notice.receipt) {
            return Err(Refusal::NoSuchNotice);
        }
        let activation = notice.activation;
        self.put(Change::NoticeMoved { notice: number, state, at: self.now });
        let waits = self.instance.status == Status::Running && self.is_gate(activation);
        let mut own = self.instance.notices.iter().filter(|n| n.activation == activation);
        if waits && own.all(crate::Notice::is_done) {
            return self.complete(activation);
        }
        Ok(())
    }

    fn is_gate(&self, activation: u32) -> bool {
        let held = self.instance.activation(activation).filter(|_| self.is_active(activation));
        let place = held.and_then(|held| self.definition.place(index(held.place)));
        place.is_some_and(|place| matches!(&place.kind, PlaceKind::Cc(cc) if cc.gate))
    }

    fn call(&self, number: u32) -> Result<&Call, Refusal> {
        self.instance.calls.get(index(number)).ok_or(Refusal::NoSuchCall)
    }

    pub(super) fn child_started(&mut self, call: u32, matter: &Arc<str>) -> Result<(), Refusal> {
        if self.call(call)?.state != CallState::Wanted {
            return Err(Refusal::NoSuchCall);
        }
        let matter = Some(matter.clone());
        self.put(Change::CallMoved { call, state: CallState::Started, matter });
        Ok(())
    }

    pub(super) fn child_ended(&mut self, call: u32, outcome: Outcome) -> Result<(), Refusal> {
        let held = self.call(call)?;
        if !matches!(held.state, CallState::Started | CallState::Unwanted) {
            return Err(Refusal::NoSuchCall);
        }
        let (activation, matter) = (held.activation, held.matter.clone());
        self.put(Change::CallMoved { call, state: CallState::Ended(outcome), matter });
        if self.instance.status != Status::Running || !self.is_active(activation) {
            return Ok(());
        }
        let own = || self.instance.calls.iter().filter(|call| call.activation == activation);
        if !own().all(|call| matches!(call.state, CallState::Ended(_))) {
            return Ok(());
        }
        if own().all(|call| call.state == CallState::Ended(Outcome::Completed)) {
            return self.complete(activation);
        }
        // What a sub-process refused, the matter does not get by another way.
        self.end(Status::Rejected);
        Ok(())
    }

    /// A sub-process sends the matter back to an earlier step of its parent.
    pub(super) fn child_returned(&mut self, call: u32, target: &str) -> Result<(), Refusal> {
        self.must_run()?;
        let held = self.call(call)?;
        let (activation, matter) = (held.activation, held.matter.clone());
        if held.state != CallState::Started || !self.is_active(activation) {
            return Err(Refusal::NoSuchCall);
        }
        let stands = self.instance.activation(activation).ok_or(Refusal::Broken)?.place;
        let place = self.definition.number_of(target).ok_or(Refusal::NotReturnable)?;
        if self.instance.return_scope(self.definition, index(stands), place).is_none() {
            return Err(Refusal::NotReturnable);
        }
        let state = CallState::Ended(Outcome::Terminated);
        self.put(Change::CallMoved { call, state, matter });
        self.send_to(activation, crate::run::small(place))
    }

    fn automatic(&self, step: &str) -> Result<u32, Refusal> {
        let place = self.definition.number_of(step).ok_or(Refusal::NoSuchStep)?;
        let kind = self.definition.place(place).map(|place| &place.kind);
        match kind {
            Some(PlaceKind::Auto(_)) => self.active_at(place).ok_or(Refusal::NotOpen),
            _ => Err(Refusal::NoSuchStep),
        }
    }

    pub(super) fn ran(&mut self, step: &str, ran: &Ran) -> Result<(), Refusal> {
        self.must_run()?;
        let activation = self.automatic(step)?;
        match ran {
            Ran::Done => self.complete(activation),
            Ran::Failed(reason) => {
                self.put(Change::Stuck { activation, reason: Some(reason.clone()) });
                Ok(())
            }
        }
    }

    pub(super) fn retry(&mut self, step: &str) -> Result<(), Refusal> {
        self.must_run()?;
        let activation = self.automatic(step)?;
        self.put(Change::Stuck { activation, reason: None });
        Ok(())
    }
}
