//! What can be asked of a running process.

use crate::definition::StopReason;
use crate::instance::{Group, Holder, NoticeState, Outcome, TicketId};
use std::sync::Arc;

/// How work comes back after a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnMode {
    /// 重走: every step again.
    Redo,
    /// 直达: straight to the one who returned it.
    Direct,
}

/// How an automatic step went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ran {
    /// It is done.
    Done,
    /// It could not be done; it is not tried again before [`Operation::Retry`].
    Failed(Arc<str>),
}

/// What is asked, of which ticket, by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The ticket; `None` when it is asked of the whole.
    pub ticket: Option<TicketId>,
    /// Who does it for the ticket's holder (委托代理), if not the holder.
    pub stand_in: Option<Holder>,
    /// What.
    pub operation: Operation,
}

impl Asked {
    /// Of a ticket, by its holder.
    #[must_use]
    pub const fn on(ticket: TicketId, operation: Operation) -> Self {
        Self { ticket: Some(ticket), stand_in: None, operation }
    }

    /// Of the whole.
    #[must_use]
    pub const fn whole(operation: Operation) -> Self {
        Self { ticket: None, stand_in: None, operation }
    }

    /// By another for the holder.
    #[must_use]
    pub fn by(self, stand_in: Holder) -> Self {
        Self { stand_in: Some(stand_in), ..self }
    }
}

/// What can be asked. Those above [`Operation::Terminate`] are asked of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// 同意
    Approve,
    /// 同意, and these handle the step that says `pick`.
    ApprovePicking(Vec<Holder>),
    /// 不同意
    Reject,
    /// 退回 to an earlier node.
    Return {
        /// Its id.
        target: String,
        /// How it comes back.
        mode: ReturnMode,
    },
    /// 撤回 one's own approval.
    Withdraw,
    /// 转办: another takes it over.
    Transfer(Holder),
    /// 委派: another advises.
    Delegate(Holder),
    /// A delegate gives it back with advice.
    Advise,
    /// 前加签
    AddBefore(Vec<Holder>, Group),
    /// 后加签
    AddAfter(Vec<Holder>, Group),
    /// 并加签
    Join(Vec<Holder>),
    /// 减签
    Reduce,
    /// 认领
    Claim,
    /// A claimed ticket is given back to all.
    Unclaim,
    /// The holder has looked at it.
    Read,
    /// 催办
    Urge,
    /// 传阅: others are told; with a receipt or without.
    Circulate {
        /// Who.
        to: Vec<Holder>,
        /// Whether a receipt is asked for.
        receipt: bool,
    },
    /// The clock stands still for this reason.
    Pause(StopReason),
    /// The clock goes on.
    Continue,
    /// 延期 is asked for, of a ticket or of the whole, before it is due.
    AskExtension,
    /// 延期 is answered.
    AnswerExtension {
        /// How.
        granted: bool,
    },
    /// 终止 the whole.
    Terminate {
        /// Why.
        reason: Arc<str>,
    },
    /// 挂起
    Suspend {
        /// Why.
        reason: Arc<str>,
    },
    /// 恢复
    Resume,
    /// 撤销: the starter takes it back to a draft.
    Revoke,
    /// A draft is submitted again.
    Resubmit,
    /// 跳转: from one step to any other.
    Jump {
        /// The step it stands on.
        from: String,
        /// Where it goes.
        target: String,
        /// Why.
        reason: Arc<str>,
        /// Who confirmed it as the second.
        confirmer: Holder,
    },
    /// A leaver's tickets go to another.
    HandOver {
        /// Who leaves.
        from: Holder,
        /// Who takes over.
        to: Holder,
        /// Why.
        reason: Arc<str>,
    },
    /// A notice goes forward.
    Notice {
        /// Its number.
        notice: u32,
        /// How it stands now.
        state: NoticeState,
    },
    /// A sub-process was started.
    ChildStarted {
        /// The call's number.
        call: u32,
        /// The matter.
        matter: Arc<str>,
    },
    /// A sub-process ended.
    ChildEnded {
        /// The call's number.
        call: u32,
        /// How.
        outcome: Outcome,
    },
    /// A sub-process sent the matter back to a step of its parent.
    ChildReturned {
        /// The call's number.
        call: u32,
        /// The step.
        target: String,
    },
    /// The platform ran an automatic step.
    Ran {
        /// Its id.
        step: String,
        /// How it went.
        ran: Ran,
    },
    /// A step that failed is tried again.
    Retry {
        /// Its id.
        step: String,
    },
    /// Something happened for which steps wait.
    Fire {
        /// Its name.
        event: String,
    },
    /// Time has passed: waits end, clocks are warned, yellow, red.
    Tick,
}

impl Operation {
    /// Its name in a [`Fact`](crate::Fact).
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Approve | Self::ApprovePicking(_) => "approve",
            Self::Reject => "reject",
            Self::Return { .. } => "return",
            Self::Withdraw => "withdraw",
            Self::Transfer(_) => "transfer",
            Self::Delegate(_) => "delegate",
            Self::Advise => "advise",
            Self::AddBefore(..) => "add_before",
            Self::AddAfter(..) => "add_after",
            Self::Join(_) => "join",
            Self::Reduce => "reduce",
            Self::Claim => "claim",
            Self::Unclaim => "unclaim",
            Self::Read => "read",
            Self::Urge => "urge",
            Self::Circulate { .. } => "circulate",
            Self::Pause(_) => "pause",
            Self::Continue => "continue",
            Self::AskExtension => "ask_extension",
            Self::AnswerExtension { .. } => "answer_extension",
            Self::Terminate { .. } => "terminate",
            Self::Suspend { .. } => "suspend",
            Self::Resume => "resume",
            Self::Revoke => "revoke",
            Self::Resubmit => "resubmit",
            Self::Jump { .. } => "jump",
            Self::HandOver { .. } => "hand_over",
            Self::Notice { .. } => "notice",
            Self::ChildStarted { .. } => "child_started",
            Self::ChildEnded { .. } => "child_ended",
            Self::ChildReturned { .. } => "child_returned",
            Self::Ran { .. } => "ran",
            Self::Retry { .. } => "retry",
            Self::Fire { .. } => "fire",
            Self::Tick => "tick",
        }
    }

    /// The reason and the second confirmer that it carries.
    pub(super) fn grounds(&self) -> (Option<Arc<str>>, Option<Holder>) {
        match self {
            Self::Terminate { reason } | Self::Suspend { reason } => (Some(reason.clone()), None),
            Self::HandOver { reason, .. } => (Some(reason.clone()), None),
            Self::Jump { reason, confirmer, .. } => (Some(reason.clone()), Some(confirmer.clone())),
            _ => (None, None),
        }
    }
}
