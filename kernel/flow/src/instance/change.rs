//! The smallest things that can be so of an instance, and the facts made of them.

use super::{
    ActivationState, CallState, Decision, Frame, Group, Holder, NoticeState, Origin, Status,
    TicketId, TicketState,
};
use crate::definition::{Step, StopReason};
use lingnan_base::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What was established about a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Warned before it was due.
    Warned,
    /// 黄牌
    Yellow,
    /// 红牌
    Red,
}

/// The smallest thing that can be so of an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "the names of fields and variants say what they hold")]
pub enum Change {
    /// It runs on this definition.
    Began { code: Arc<str>, version: u32, opened: Timestamp, due: Option<Timestamp> },
    /// A block was entered.
    Entered {
        place: u32,
        parent: Option<u32>,
        state: ActivationState,
        index: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<Step>,
    },
    /// An activation stands otherwise.
    Moved { activation: u32, state: ActivationState, index: u32 },
    /// A ticket was opened.
    Opened {
        activation: u32,
        holder: Holder,
        host: Option<TicketId>,
        origin: Origin,
        state: TicketState,
        opened: Timestamp,
        due: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        weight: Option<u32>,
        #[serde(default, skip_serializing_if = "is_false")]
        veto: bool,
        #[serde(default, skip_serializing_if = "is_all")]
        group: Group,
    },
    /// A ticket stands otherwise.
    Ticket { ticket: TicketId, state: TicketState, decision: Option<Decision> },
    /// A ticket changed hands.
    Handed { ticket: TicketId, holder: Holder, owner: Holder, delegator: Option<Holder> },
    /// A ticket was claimed, or given back.
    Claimed { ticket: TicketId, claimed: bool },
    /// A ticket was looked at.
    Read { ticket: TicketId },
    /// 催办
    Urged { ticket: TicketId, level: u32, at: Timestamp },
    /// A clock began or goes on, due otherwise; the matter's own without a ticket.
    Timed { ticket: Option<TicketId>, opened: Timestamp, due: Option<Timestamp> },
    /// When a clock is due was reckoned while working days were arranged only to this year, which
    /// it lies beyond: it is provisional.
    Reckoned { ticket: Option<TicketId>, arranged_to: i16 },
    /// Something was established about a clock.
    Marked { ticket: Option<TicketId>, mark: Mark, at: Timestamp },
    /// A clock stands still; the matter's own without a ticket.
    Stopped { ticket: Option<TicketId>, reason: StopReason, at: Timestamp },
    /// 延期 was asked for.
    ExtensionAsked { ticket: Option<TicketId>, at: Timestamp },
    /// 延期 was answered.
    ExtensionAnswered { ticket: Option<TicketId>, granted: bool },
    /// A handler chose others for a later step.
    Picked { activation: u32, holders: Vec<Holder> },
    /// A 直达 was promised.
    Framed { frame: Frame },
    /// The newest promise was kept.
    Unframed,
    /// Promises of a scope were dropped.
    Dropped { scope: u32 },
    /// Work went back or was moved: approvals before it no longer count.
    Returned,
    /// Somebody is told.
    Noticed { activation: u32, holder: Holder, receipt: bool, at: Timestamp },
    /// A notice stands otherwise.
    NoticeMoved { notice: u32, state: NoticeState, at: Timestamp },
    /// A sub-process is wanted.
    Called { activation: u32, process: Arc<str>, entry: Option<Arc<str>> },
    /// A sub-process stands otherwise.
    CallMoved { call: u32, state: CallState, matter: Option<Arc<str>> },
    /// A wait is over at this moment.
    Awaited { activation: u32, until: Option<Timestamp> },
    /// The platform could not do a step, or may try again.
    Stuck { activation: u32, reason: Option<Arc<str>> },
    /// Everything stands still since this moment, or no longer.
    Suspended { since: Option<Timestamp> },
    /// The whole stands otherwise.
    Status { status: Status },
    /// A ticket's decision can no longer be withdrawn.
    Settled { ticket: TicketId },
    /// Every activation stands at another place, or at none, of another version.
    Migrated { version: u32, places: Vec<Option<u32>>, indexes: Vec<u32>, frames: Vec<Frame> },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
const fn is_all(group: &Group) -> bool {
    matches!(group, Group::All)
}

/// One operation, as it stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Its name, for example `approve`.
    pub operation: String,
    /// The ticket it was done on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    /// Who did it for the ticket's holder (委托代理).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<Holder>,
    /// Why, where a reason must be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Arc<str>>,
    /// Who confirmed it as the second, where two are needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmer: Option<Holder>,
    /// What it changed, in order.
    pub changes: Vec<Change>,
}
