//! A running process: activations, tickets, notices, calls; changed only by [`Change`]s.

mod change;
mod fold;
mod parts;
mod ticket;

pub use change::{Change, Fact, Mark};
pub(crate) use parts::{Activation, Carried, Effect, Tally};
pub use parts::{ActivationState, Call, CallState, Frame, Notice, NoticeState, Outcome, Status};
pub use ticket::{
    Decision, Extension, Group, Holder, Origin, Stop, Ticket, TicketId, TicketState, Urged,
};

use lingnan_base::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A running process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    pub(crate) status: Status,
    /// Code and version of the definition it runs on.
    #[serde(default)]
    pub(crate) process: Option<(Arc<str>, u32)>,
    pub(crate) activations: Vec<Activation>,
    pub(crate) tickets: Vec<Ticket>,
    /// The tickets that may still become decisions.
    #[serde(default)]
    pub(crate) live: BTreeSet<TicketId>,
    pub(crate) frames: Vec<Frame>,
    #[serde(default)]
    pub(crate) notices: Vec<Notice>,
    #[serde(default)]
    pub(crate) calls: Vec<Call>,
    /// The whole matter's clock.
    #[serde(default)]
    pub(crate) clock: Clock,
    /// Since when it is suspended.
    #[serde(default)]
    pub(crate) suspended: Option<Timestamp>,
    /// Operations so far.
    pub(crate) operations: u64,
    /// The number of the last return, if any.
    pub(crate) last_return: Option<u64>,
    #[serde(skip)]
    pub(crate) capturing: Option<Effect>,
}

/// When something is due, and what was established about it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Clock {
    /// When it began to run.
    pub opened: Timestamp,
    /// When it is due, if limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// The last year whose working days were arranged when it was reckoned, while that makes it
    /// provisional.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reckoned_to: Option<i16>,
    /// When it was warned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warned: Option<Timestamp>,
    /// 黄牌
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yellow: Option<Timestamp>,
    /// 红牌
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub red: Option<Timestamp>,
    /// Why and since when it stands still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stop>,
    /// Whether it was asked to be prolonged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
}

impl Clock {
    /// Whether its due moment may move when the working days of a year are arranged.
    #[must_use]
    pub const fn is_provisional(&self) -> bool {
        self.reckoned_to.is_some()
    }
}

impl Default for Instance {
    fn default() -> Self {
        Self {
            status: Status::Running,
            process: None,
            activations: Vec::new(),
            tickets: Vec::new(),
            live: BTreeSet::new(),
            frames: Vec::new(),
            notices: Vec::new(),
            calls: Vec::new(),
            clock: Clock::default(),
            suspended: None,
            operations: 0,
            last_return: None,
            capturing: None,
        }
    }
}

impl Instance {
    pub(crate) fn activation(&self, number: u32) -> Option<&Activation> {
        self.activations.get(usize::try_from(number).unwrap_or(usize::MAX))
    }

    /// A ticket by number.
    #[must_use]
    pub fn ticket(&self, id: TicketId) -> Option<&Ticket> {
        self.tickets.get(id.place())
    }

    /// How the whole stands.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.status
    }

    /// Code and version of the definition it runs on; `None` for those started before versions.
    #[must_use]
    pub fn process(&self) -> Option<(&str, u32)> {
        self.process.as_ref().map(|(code, version)| (&**code, *version))
    }

    /// 传阅、抄送 so far, by number.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// 子流程 so far, by number.
    #[must_use]
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// The whole matter's clock.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }
}
