//! Why the interpreter does not do what is asked.

/// The rule that says no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The process has ended or is not running.
    NotRunning,
    /// The ticket is not to be done now.
    NotOpen,
    /// There is no such ticket.
    NoTicket,
    /// The ticket is another's.
    NotHolder,
    /// 委派 gives the right to advise only.
    OnlyAdvise,
    /// The ticket was not delegated.
    NotDelegated,
    /// Everyone named already has a ticket at this node.
    AlreadyHolders,
    /// 并加签 is for parallel policies and the node's own tickets only.
    NoJoinHere,
    /// One open group of added signers per ticket.
    GroupOpen,
    /// 减签 takes away added signers only.
    NotAdded,
    /// The added signer has decided already.
    Decided,
    /// The step cannot be returned to from here.
    NotReturnable,
    /// Nothing was decided that could be withdrawn.
    NothingToWithdraw,
    /// Later work stands on it.
    MovedOn,
    /// The next handler has already looked at it or acted.
    SuccessorTouched,
    /// A step that cannot be undone came after it.
    Irreversible,
    /// Nobody is there to handle the step of this name.
    Nobody(String),
    /// A condition cannot be told, for this reason.
    Condition(String),
    /// The definition does not fit the instance.
    Broken,
}

impl Refusal {
    /// A stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotRunning => "flow.not_running",
            Self::NotOpen => "flow.not_open",
            Self::NoTicket => "flow.no_ticket",
            Self::NotHolder => "flow.not_holder",
            Self::OnlyAdvise => "flow.only_advise",
            Self::NotDelegated => "flow.not_delegated",
            Self::AlreadyHolders => "flow.already_holders",
            Self::NoJoinHere => "flow.no_join_here",
            Self::GroupOpen => "flow.group_open",
            Self::NotAdded => "flow.not_added",
            Self::Decided => "flow.decided",
            Self::NotReturnable => "flow.not_returnable",
            Self::NothingToWithdraw => "flow.nothing_to_withdraw",
            Self::MovedOn => "flow.moved_on",
            Self::SuccessorTouched => "flow.successor_touched",
            Self::Irreversible => "flow.irreversible",
            Self::Nobody(_) => "flow.nobody",
            Self::Condition(_) => "flow.condition",
            Self::Broken => "flow.broken",
        }
    }

    /// One Chinese sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::NotRunning => "该事项已不在办理中。",
            Self::NotOpen => "该环节现在不需要您办理，可能已由他人办结或已退回。",
            Self::NoTicket => "没有找到这项待办。",
            Self::NotHolder => "这项待办不在您的名下。",
            Self::OnlyAdvise => "该待办是委派给您的，只能提出意见后交回。",
            Self::NotDelegated => "该待办不是委派的，无需交回。",
            Self::AlreadyHolders => "所选人员在本环节已有待办。",
            Self::NoJoinHere => "本环节不能并行加签。",
            Self::GroupOpen => "上一次加签尚未办完，不能再次加签。",
            Self::NotAdded => "只能减去加签的人员。",
            Self::Decided => "该加签人员已经办理，不能减签。",
            Self::NotReturnable => "不能退回到所选环节。",
            Self::NothingToWithdraw => "没有可以撤回的办理。",
            Self::MovedOn => "后续环节已经办理，不能撤回。",
            Self::SuccessorTouched => "下一环节已经查看或办理，不能撤回。",
            Self::Irreversible => "其后已编号或分发，不能撤回。",
            Self::Nobody(step) => return format!("“{step}”环节没有可办理的岗位。"),
            Self::Condition(why) => return format!("流程中的条件无法判断：{why}"),
            Self::Broken => "流程定义与事项不符。",
        }
        .to_owned()
    }

    /// What to do next.
    #[must_use]
    pub const fn next(&self) -> &'static str {
        match self {
            Self::NotOpen | Self::NotRunning | Self::MovedOn | Self::SuccessorTouched => {
                "请刷新查看最新情况；确需更改的，可请现办理人退回。"
            }
            Self::Nobody(_) => "请联系系统管理员为该单位设置相应岗位后再提交。",
            Self::OnlyAdvise => "请填写意见并交回委派人。",
            Self::NotReturnable => "请选择列表中可退回的环节。",
            Self::Irreversible => "请改为办理更正或作废。",
            _ => "请刷新页面后重新选择。",
        }
    }
}
