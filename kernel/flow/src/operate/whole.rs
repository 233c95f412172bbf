//! What is asked of the whole matter.

use super::Operation;
use crate::Refusal;
use crate::instance::{ActivationState, Change, Holder, Status, TicketId};
use crate::run::{Run, index};

impl Run<'_> {
    pub(super) fn perform_on_whole(&mut self, operation: &Operation) -> Result<(), Refusal> {
        match operation {
            Operation::Terminate { .. } => {
                if !matches!(self.instance.status, Status::Running | Status::Suspended) {
                    return Err(Refusal::NotRunning);
                }
                self.end(Status::Terminated);
                Ok(())
            }
            Operation::Suspend { .. } => self.suspend(),
            Operation::Resume => self.resume(),
            Operation::Revoke => self.revoke(),
            Operation::Resubmit => {
                if self.instance.status != Status::Draft {
                    return Err(Refusal::NotDraft);
                }
                self.begin()
            }
            Operation::Jump { from, target, .. } => self.jump(from, target),
            Operation::HandOver { from, to, .. } => self.hand_over(from, to),
            Operation::AskExtension => self.ask_extension(None),
            Operation::AnswerExtension { granted } => self.answer_extension(None, *granted),
            Operation::Notice { notice, state } => self.move_notice(*notice, *state),
            Operation::ChildStarted { call, matter } => self.child_started(*call, matter),
            Operation::ChildEnded { call, outcome } => self.child_ended(*call, *outcome),
            Operation::ChildReturned { call, target } => self.child_returned(*call, target),
            Operation::Ran { step, ran } => self.ran(step, ran),
            Operation::Retry { step } => self.retry(step),
            Operation::Fire { event } => self.fire(event),
            Operation::Tick => self.tick(),
            _ => Err(Refusal::NoTicket),
        }
    }

    /// 撤销: back to a draft, as long as nothing irreversible was done.
    fn revoke(&mut self) -> Result<(), Refusal> {
        self.must_run()?;
        let done = self.instance.activations.iter().any(|held| {
            let place = self.definition.place(index(held.place));
            held.state == ActivationState::Done
                && place.is_some_and(crate::definition::Place::is_irreversible)
        });
        if done {
            return Err(Refusal::Irreversible);
        }
        self.end(Status::Draft);
        self.put(Change::Returned);
        Ok(())
    }

    /// A leaver's tickets go to another, except where the other has one already: there the
    /// leaver's must be dealt with by itself.
    fn hand_over(&mut self, from: &Holder, to: &Holder) -> Result<(), Refusal> {
        self.must_run()?;
        let live: Vec<TicketId> = self.instance.live.iter().copied().collect();
        let mut handed = false;
        for id in live {
            let ticket = self.ticket(id)?;
            let concerned = ticket.holder == *from || ticket.delegator.as_ref() == Some(from);
            if !concerned || self.busy(ticket.activation).contains(to) {
                continue;
            }
            let swap = |holder: &Holder| if holder == from { to.clone() } else { holder.clone() };
            let (holder, owner) = (swap(&ticket.holder), swap(&ticket.owner));
            let delegator = ticket.delegator.as_ref().map(swap);
            self.put(Change::Handed { ticket: id, holder, owner, delegator });
            handed = true;
        }
        if handed { Ok(()) } else { Err(Refusal::NothingToHandOver) }
    }
}
