//! 待办: what one holder has to do at a node.

use super::{Clock, Effect};
use crate::definition::StopReason;
use lingnan_base::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Who holds a ticket, as text: a post for official work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Holder(pub Arc<str>);

impl Holder {
    /// A holder.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }
}

/// A ticket's number within its instance, from 0 in order of opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TicketId(pub u32);

impl TicketId {
    pub(crate) fn place(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// How a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// Its turn has not come, or another has claimed the work.
    Pending,
    /// To be done now.
    Open,
    /// Waits for those asked before it (前加签).
    Waiting,
    /// Approved, waits for those asked after it (后加签).
    Held,
    /// Decided.
    Done,
    /// No longer needed.
    Cancelled,
}

impl TicketState {
    /// Whether it may still become a decision.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Pending | Self::Open | Self::Waiting | Self::Held)
    }
}

/// What a holder decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// 同意
    Approve,
    /// 不同意
    Reject,
    /// 退回
    Return,
}

/// Why a ticket exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The process named its holder.
    Resolve,
    /// 自动跳过: its holder had approved before.
    Auto,
    /// 前加签
    Before,
    /// 后加签
    After,
    /// 并加签
    Join,
}

/// How a group of added signers is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Everyone is heard.
    #[default]
    All,
    /// The first is enough.
    Any,
    /// One after another.
    Sequential,
}

/// Why and since when a clock stands still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Why.
    pub reason: StopReason,
    /// Since when.
    pub since: Timestamp,
}

/// 延期, asked for before the due moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// When it was asked for.
    pub asked: Timestamp,
    /// Whether it was granted; nothing while it is not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<bool>,
}

/// 催办
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urged {
    /// How often.
    pub level: u32,
    /// When last.
    pub last: Timestamp,
}

/// 待办: what one holder has to do at a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The activation it belongs to.
    pub activation: u32,
    /// 办理人: who has it on the desk.
    pub holder: Holder,
    /// 责任人: whose duty it is.
    pub owner: Holder,
    /// The delegator to whom an advised ticket goes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegator: Option<Holder>,
    /// The ticket whose holder asked for it; `None` for the node's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<TicketId>,
    /// Why it exists.
    pub origin: Origin,
    /// How its group is done, when it has a host.
    #[serde(default)]
    pub group: Group,
    /// The tickets its holder asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guests: Vec<TicketId>,
    /// How much it counts in a vote.
    #[serde(default = "one")]
    pub weight: u32,
    /// Whether its rejection decides alone.
    #[serde(default)]
    pub veto: bool,
    /// Whether its holder has claimed the work (抢办).
    #[serde(default)]
    pub claimed: bool,
    /// How it stands.
    pub state: TicketState,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// Whether its holder has looked at it.
    #[serde(default)]
    pub read: bool,
    /// Its clock.
    pub clock: Clock,
    /// How often its holder was urged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urged: Option<Urged>,
    /// What its decision changed, so that it can be withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) effect: Option<Effect>,
    /// The operation's number at which it was decided.
    #[serde(default)]
    pub(crate) decided_at: u64,
}

const fn one() -> u32 {
    1
}

impl Ticket {
    /// When it was opened.
    #[must_use]
    pub const fn opened(&self) -> Timestamp {
        self.clock.opened
    }

    /// When it is due, if limited.
    #[must_use]
    pub const fn due(&self) -> Option<Timestamp> {
        self.clock.due
    }
}
