//! What the world must do for an instance now: computed from it, so that nothing is forgotten
//! and nothing is done twice that was answered.

use crate::definition::{Awaited, Definition, Limit, PlaceKind};
use crate::instance::{ActivationState, CallState, Clock, Instance, NoticeState, Status};
use crate::run::index;
use crate::{Holder, Rules};
use lingnan_base::Timestamp;
use std::sync::Arc;

/// Something that the world must do, each answered by an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demand {
    /// Start a sub-process; answered by `ChildStarted`.
    StartChild {
        /// The call's number.
        call: u32,
        /// The code of the process.
        process: Arc<str>,
        /// The entry of the field it is for.
        entry: Option<Arc<str>>,
    },
    /// Cancel a sub-process; answered by `ChildEnded`.
    CancelChild {
        /// The call's number.
        call: u32,
        /// The matter.
        matter: Arc<str>,
    },
    /// Run an automatic step; answered by `Ran`.
    RunAuto {
        /// Its id.
        step: Arc<str>,
        /// `module.command`.
        command: Arc<str>,
    },
    /// Deliver a notice; answered by `Notice`.
    SendNotice {
        /// Its number.
        notice: u32,
        /// To whom.
        holder: Holder,
    },
    /// Something is awaited; answered by `Fire`.
    Await {
        /// Its name.
        event: Arc<str>,
    },
}

impl Instance {
    /// What the world must do now.
    #[must_use]
    pub fn demands(&self, definition: &Definition) -> Vec<Demand> {
        let calls = (0_u32..).zip(&self.calls).filter_map(|(call, held)| match held.state {
            CallState::Wanted => {
                let (process, entry) = (held.process.clone(), held.entry.clone());
                Some(Demand::StartChild { call, process, entry })
            }
            CallState::Unwanted => {
                held.matter.clone().map(|matter| Demand::CancelChild { call, matter })
            }
            _ => None,
        });
        let sent = (0_u32..).zip(&self.notices).filter(|(_, n)| n.state == NoticeState::Sent);
        let notices =
            sent.map(|(notice, n)| Demand::SendNotice { notice, holder: n.holder.clone() });
        let runs = self.status == Status::Running;
        let active = self.activations.iter().filter(|a| a.state == ActivationState::Active);
        let steps =
            active.filter(|a| runs && a.stuck.is_none()).filter_map(|held| {
                match &definition.place(index(held.place))?.kind {
                    PlaceKind::Auto(auto) => {
                        let (step, command) = (auto.step.id.clone(), auto.command.clone());
                        Some(Demand::RunAuto { step, command })
                    }
                    PlaceKind::Wait(wait) => match &wait.what {
                        Awaited::Event(event) => Some(Demand::Await { event: event.clone() }),
                        _ => None,
                    },
                    _ => None,
                }
            });
        calls.chain(notices).chain(steps).collect()
    }

    /// The next moment at which a `Tick` would establish something.
    #[must_use]
    pub fn next_tick(&self, definition: &Definition, rules: &dyn Rules) -> Option<Timestamp> {
        if self.status != Status::Running {
            return None;
        }
        let tickets = self.live.iter().filter_map(|id| self.ticket(*id));
        let clocks = tickets.filter_map(|ticket| {
            let limit = self.node_of(definition, ticket)?.limit.as_ref()?;
            next_mark(limit, &ticket.clock, rules)
        });
        let whole = definition
            .limit
            .as_ref()
            .and_then(|limit| next_mark(&Limit::of(limit.time.clone()), &self.clock, rules));
        let active = self.activations.iter().filter(|a| a.state == ActivationState::Active);
        clocks.chain(whole).chain(active.filter_map(|a| a.until)).min()
    }
}

fn next_mark(limit: &Limit, clock: &Clock, rules: &dyn Rules) -> Option<Timestamp> {
    let due = clock.due.filter(|_| clock.stopped.is_none())?;
    let warn = limit.warn_percent.filter(|_| clock.warned.is_none());
    let warn = warn.map(|percent| rules.share(limit, clock.opened, due, percent));
    let yellow = match &limit.yellow {
        _ if clock.yellow.is_some() => None,
        Some(time) => rules.until(time, due),
        None => Some(due),
    };
    let red = limit.red.as_ref().filter(|_| clock.red.is_none());
    let red = red.and_then(|time| rules.until(time, due));
    warn.into_iter().chain(yellow).chain(red).min()
}
