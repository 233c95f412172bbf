//! Why the interpreter does not do what is asked.

/// The rule that says no.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant's sentence below says what it means")]
pub enum Refusal {
    NotRunning,
    Suspended,
    NotSuspended,
    NotDraft,
    NotOpen,
    NoTicket,
    NotHolder,
    OnlyAdvise,
    NotDelegated,
    AlreadyHolders,
    NoStandIn,
    ClaimFirst,
    NothingToClaim,
    NoAddingHere,
    NoJoinHere,
    GroupOpen,
    NotAdded,
    Decided,
    NotReturnable,
    OnlyRedo,
    OnlyDirect,
    NothingToWithdraw,
    MovedOn,
    SuccessorTouched,
    Irreversible,
    Mandatory,
    NoSuchStep,
    UrgedLately,
    NoPauseHere,
    Paused,
    NotPaused,
    NoExtension,
    TooLate,
    NothingWaits,
    NothingToHandOver,
    NoSuchNotice,
    NoSuchCall,
    /// Nobody is there to handle the step of this name.
    Nobody(String),
    /// A condition cannot be told, for this reason.
    Condition(String),
    /// The process runs in a circle without anybody acting.
    Endless,
    /// The definition does not fit the instance.
    Broken,
}

impl Refusal {
    /// A stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.words().0
    }

    /// One Chinese sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Nobody(step) => format!("“{step}”环节没有可办理的岗位。"),
            Self::Condition(why) => format!("流程中的条件无法判断：{why}"),
            other => other.words().1.to_owned(),
        }
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
            Self::OnlyRedo => "请选择“重走”后再退回。",
            Self::OnlyDirect => "请选择“直达”后再退回。",
            Self::Irreversible => "请改为办理更正或作废。",
            Self::Suspended => "请待恢复后再办理。",
            Self::ClaimFirst => "请先认领，再办理。",
            Self::NoStandIn => "请由本岗位人员办理。",
            Self::UrgedLately => "请稍后再催办，或直接与办理人联系。",
            Self::TooLate => "请说明超期原因，由负责人处理。",
            Self::Condition(_) | Self::Endless | Self::Broken => "请联系流程管理员检查流程和表单。",
            _ => "请刷新页面后重新选择。",
        }
    }

    const fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotRunning => ("flow.not_running", "该事项已不在办理中。"),
            Self::Suspended => ("flow.suspended", "该事项已挂起，暂不能办理。"),
            Self::NotSuspended => ("flow.not_suspended", "该事项没有挂起，无需恢复。"),
            Self::NotDraft => ("flow.not_draft", "该事项不是草稿，不能再次提交。"),
            Self::NotOpen => {
                ("flow.not_open", "该环节现在不需要您办理，可能已由他人办结或已退回。")
            }
            Self::NoTicket => ("flow.no_ticket", "没有找到这项待办。"),
            Self::NotHolder => ("flow.not_holder", "这项待办不在您的名下。"),
            Self::OnlyAdvise => ("flow.only_advise", "该待办是委派给您的，只能提出意见后交回。"),
            Self::NotDelegated => ("flow.not_delegated", "该待办不是委派的，无需交回。"),
            Self::AlreadyHolders => ("flow.already_holders", "所选人员在本环节已有待办。"),
            Self::NoStandIn => ("flow.no_stand_in", "本环节不能委托他人代办。"),
            Self::ClaimFirst => ("flow.claim_first", "这项工作还没有认领。"),
            Self::NothingToClaim => ("flow.nothing_to_claim", "这项待办现在不能认领或退领。"),
            Self::NoAddingHere => ("flow.no_adding_here", "本环节不能加签。"),
            Self::NoJoinHere => ("flow.no_join_here", "本环节不能并行加签。"),
            Self::GroupOpen => ("flow.group_open", "上一次加签尚未办完，不能再次加签。"),
            Self::NotAdded => ("flow.not_added", "只能减去加签的人员。"),
            Self::Decided => ("flow.decided", "该加签人员已经办理，不能减签。"),
            Self::NotReturnable => ("flow.not_returnable", "不能退回到所选环节。"),
            Self::OnlyRedo => ("flow.only_redo", "退回到该环节后必须逐步重走。"),
            Self::OnlyDirect => ("flow.only_direct", "退回到该环节后应直接送回。"),
            Self::NothingToWithdraw => ("flow.nothing_to_withdraw", "没有可以撤回的办理。"),
            Self::MovedOn => ("flow.moved_on", "后续环节已经办理，不能撤回。"),
            Self::SuccessorTouched => {
                ("flow.successor_touched", "下一环节已经查看或办理，不能撤回。")
            }
            Self::Irreversible => ("flow.irreversible", "其后已有不可逆的办理，不能撤回。"),
            Self::Mandatory => ("flow.mandatory", "中间有必须办理的环节，不能跳过。"),
            Self::NoSuchStep => ("flow.no_such_step", "流程中没有这个环节。"),
            Self::UrgedLately => ("flow.urged_lately", "不久前已经催办过。"),
            Self::NoPauseHere => ("flow.no_pause_here", "本环节的时限不能因此暂停计算。"),
            Self::Paused => ("flow.paused", "本环节的时限已经暂停计算。"),
            Self::NotPaused => ("flow.not_paused", "本环节的时限没有暂停。"),
            Self::NoExtension => ("flow.no_extension", "没有可以申请或答复的延期。"),
            Self::TooLate => ("flow.too_late", "延期应当在到期以前申请。"),
            Self::NothingWaits => ("flow.nothing_waits", "没有环节在等待这件事。"),
            Self::NothingToHandOver => {
                ("flow.nothing_to_hand_over", "没有可以移交给所选岗位的待办。")
            }
            Self::NoSuchNotice => ("flow.no_such_notice", "没有可以这样处理的传阅件。"),
            Self::NoSuchCall => ("flow.no_such_call", "没有可以这样处理的子流程。"),
            Self::Nobody(_) => ("flow.nobody", "环节没有可办理的岗位。"),
            Self::Condition(_) => ("flow.condition", "流程中的条件无法判断。"),
            Self::Endless => ("flow.endless", "流程在无人办理时循环不止，已停下。"),
            Self::Broken => ("flow.broken", "流程定义与事项不符。"),
        }
    }
}
