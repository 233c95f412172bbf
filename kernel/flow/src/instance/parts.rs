//! What an instance is made of besides tickets.

use super::{Decision, Holder, TicketId, TicketState};
use crate::definition::Step;
use lingnan_base::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How the whole process stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not submitted, or revoked by the starter (撤销).
    Draft,
    /// 办理中
    Running,
    /// 挂起
    Suspended,
    /// 办结
    Completed,
    /// 不同意，终止
    Rejected,
    /// 终止
    Terminated,
}

/// How an activation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivationState {
    /// Being worked on.
    Active,
    /// Finished.
    Done,
    /// Given up, by a return, a rejection or a withdrawal.
    Cancelled,
    /// A branch whose result of an earlier round stays good.
    Carried,
    /// Passed over because its condition did not hold, nobody was needed, or it was jumped.
    Skipped,
}

impl ActivationState {
    pub(crate) const fn is_finished(self) -> bool {
        matches!(self, Self::Done | Self::Carried | Self::Skipped)
    }
}

/// One entered block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Activation {
    pub(crate) place: u32,
    pub(crate) parent: Option<u32>,
    pub(crate) state: ActivationState,
    /// For a sequence or choice, which child it stands on; for a loop, rounds done.
    pub(crate) index: u32,
    pub(crate) children: Vec<u32>,
    pub(crate) tickets: Vec<TicketId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) step: Option<Step>,
    #[serde(default)]
    pub(crate) tally: Tally,
    /// Whom its handler chose for a later step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) picked: Vec<Holder>,
    /// When a wait is over, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<Timestamp>,
    /// Why the platform could not do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) stuck: Option<Arc<str>>,
}

/// The node's own votes, counted by weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub(crate) all: u64,
    pub(crate) yes: u64,
    pub(crate) no: u64,
    /// Rejections that decide alone.
    pub(crate) vetoes: u32,
    /// Of those asked at first.
    pub(crate) first: u64,
    /// How many are asked, by heads.
    #[serde(default)]
    pub(crate) asked: u64,
    /// How many of them have voted.
    #[serde(default)]
    pub(crate) voted: u64,
}

/// A pending 直达: when `at` is approved, work goes straight on at `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    pub(crate) at: u32,
    pub(crate) to: u32,
    pub(crate) scope: u32,
    /// Per parallel branch left behind: the place it stood on, or nothing when it was done.
    pub(crate) carry: Vec<Carried>,
    /// Every step again when one of these fields was changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) unless: Vec<Arc<str>>,
    #[serde(default)]
    pub(crate) since: Timestamp,
}

/// Where a branch of a parallel block stood when work was returned out of the block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Carried {
    pub(crate) par: u32,
    pub(crate) branch: u32,
    pub(crate) stood_on: Option<u32>,
}

/// What a decision changed, with what was there before.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Effect {
    pub(crate) activations: Vec<(u32, ActivationState, u32, ActivationState)>,
    pub(crate) entered: Vec<u32>,
    pub(crate) tickets: Vec<(TicketId, TicketState, Option<Decision>)>,
    pub(crate) popped: Vec<Frame>,
}

/// 传阅、抄送: what somebody is told; no cancellation or return touches it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The activation or ticket's activation it comes from.
    pub(crate) activation: u32,
    /// Who is told.
    pub holder: Holder,
    /// Whether a receipt is asked for.
    pub receipt: bool,
    /// How it stands.
    pub state: NoticeState,
    /// When it came to stand so.
    pub at: Timestamp,
}

/// How a notice stands; it only goes forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeState {
    /// To be delivered.
    Sent,
    /// In the inbox.
    Delivered,
    /// Looked at.
    Read,
    /// Receipt given.
    Receipted,
}

impl Notice {
    /// Whether nothing more is expected of its holder.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.state >= if self.receipt { NoticeState::Receipted } else { NoticeState::Read }
    }
}

/// 子流程 as its parent sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    pub(crate) activation: u32,
    /// The code of the other process.
    pub process: Arc<str>,
    /// The entry of the field it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<Arc<str>>,
    /// How it stands.
    pub state: CallState,
    /// The matter that was started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<Arc<str>>,
}

/// How a sub-process stands for its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// To be started.
    Wanted,
    /// Started.
    Started,
    /// To be cancelled, because the parent no longer needs it.
    Unwanted,
    /// Ended so.
    Ended(Outcome),
    /// Given up before it was started.
    Dropped,
}

/// How a sub-process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 办结
    Completed,
    /// 不同意
    Rejected,
    /// 终止
    Terminated,
}
