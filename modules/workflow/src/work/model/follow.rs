//! What facts change in a matter beside its form.

use super::{Fact, Opinion, Performed, State, Work};
use lingnan_base::PostId;
use lingnan_flow::message::Happened;
use lingnan_flow::{Fact as FlowFact, Holder, Ticket, TicketId};
use lingnan_journal::Stamp;

impl Work {
    pub(super) fn follow(&mut self, flow: &FlowFact, stamp: &Stamp) {
        let instance = self.flow.get_or_insert_default();
        instance.fold(flow);
        self.messages.follow(instance, flow, stamp);
        self.sight.follow(instance);
    }

    pub(super) fn tell_starter(&mut self, stamp: &Stamp) {
        let what = match self.state {
            State::Concluded => Happened::Concluded,
            State::Rejected => Happened::Rejected,
            State::Terminated => Happened::Terminated,
            State::Draft | State::Running | State::Suspended => return,
        };
        if let Some(starter) = &self.starter {
            let words = self.messages.said(stamp);
            self.messages.tell(Holder::new(starter.as_str()), what, "", &words, stamp);
        }
    }

    /// 延期 that await an answer: on which ticket, and who can give it.
    pub fn open_extensions(&self) -> impl Iterator<Item = (TicketId, &Ticket, &[PostId])> {
        self.extensions.iter().filter_map(|(id, approvers)| {
            let ticket = self.flow.as_ref()?.ticket(*id)?;
            let asked = ticket.clock.extension.as_ref()?;
            let waits = ticket.state.is_live() && asked.granted.is_none();
            waits.then_some((*id, ticket, approvers.as_slice()))
        })
    }

    pub(super) fn perform(&mut self, fact: &Fact, stamp: &Stamp) {
        let Fact::Performed { step, name, command, result, number } = fact else { return };
        self.performed.push(Performed {
            step: step.clone(),
            name: name.clone(),
            command: command.clone(),
            result: result.clone(),
            time: stamp.time,
        });
        if number.is_some() {
            self.number.clone_from(number);
        }
    }

    pub(super) fn opine(&mut self, fact: &Fact, stamp: &Stamp) {
        let Fact::Opined { step, name, decision, text, version, digest, .. } = fact else {
            return;
        };
        self.messages.say(text, stamp);
        self.sight.opined();
        self.opinions.push(Opinion {
            step: step.clone(),
            name: name.clone(),
            decision: decision.clone(),
            text: text.clone(),
            version: *version,
            digest: digest.clone(),
            label: stamp.actor.label(),
            seat: stamp.actor.seat().cloned(),
            time: stamp.time,
        });
    }
}
