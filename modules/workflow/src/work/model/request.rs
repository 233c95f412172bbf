//! What can be asked of a matter.

use super::Intervention;
use lingnan_base::PostId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// How work comes back after a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnWay {
    /// 重走
    Redo,
    /// 直达
    Direct,
}

/// What can be asked of a matter. `step` is the id of the step at which the actor has a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = WorkRequest)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// 保存 the form without deciding.
    Fill {
        /// The step.
        step: String,
        /// The fields that change.
        fields: Map<String, Value>,
    },
    /// 提交 a draft.
    Submit {
        /// The fields that change.
        #[serde(default)]
        fields: Map<String, Value>,
        /// What the next is told.
        #[serde(default)]
        opinion: String,
    },
    /// 同意
    Approve {
        /// The step.
        step: String,
        /// The opinion.
        opinion: String,
        /// The fields that change with it.
        #[serde(default)]
        fields: Map<String, Value>,
        /// Who handles a step that says `pick`.
        #[serde(default)]
        #[schema(value_type = Vec<String>)]
        pick: Vec<PostId>,
    },
    /// 不同意
    Reject {
        /// The step.
        step: String,
        /// Why.
        opinion: String,
    },
    /// 退回
    Return {
        /// The step where the actor stands.
        step: String,
        /// The earlier step.
        target: String,
        /// How it comes back.
        way: ReturnWay,
        /// Why.
        opinion: String,
    },
    /// 撤回 one's own last approval at a step.
    Withdraw {
        /// The step.
        step: String,
    },
    /// 转办
    Transfer {
        /// The step.
        step: String,
        /// To which post.
        #[schema(value_type = String)]
        to: PostId,
        /// Why.
        opinion: String,
    },
    /// 委派
    Delegate {
        /// The step.
        step: String,
        /// Who advises.
        #[schema(value_type = String)]
        to: PostId,
        /// What is asked.
        opinion: String,
    },
    /// 交回 with advice.
    Advise {
        /// The step.
        step: String,
        /// The advice.
        opinion: String,
    },
    /// 前加签
    AddBefore {
        /// The step.
        step: String,
        /// Whom.
        #[schema(value_type = Vec<String>)]
        posts: Vec<PostId>,
        /// Why.
        opinion: String,
    },
    /// 后加签
    AddAfter {
        /// The step.
        step: String,
        /// Whom.
        #[schema(value_type = Vec<String>)]
        posts: Vec<PostId>,
        /// Why.
        opinion: String,
    },
    /// 并加签
    Join {
        /// The step.
        step: String,
        /// Whom.
        #[schema(value_type = Vec<String>)]
        posts: Vec<PostId>,
        /// Why.
        opinion: String,
    },
    /// 减签
    Reduce {
        /// The step.
        step: String,
        /// Whom.
        #[schema(value_type = String)]
        post: PostId,
    },
    /// 认领
    Claim {
        /// The step.
        step: String,
    },
    /// 退还认领
    Unclaim {
        /// The step.
        step: String,
    },
    /// 催办, by whoever takes part, of everyone at a step.
    Urge {
        /// The step.
        step: String,
        /// What is said.
        text: String,
    },
    /// 阅知 or 签收 a notice.
    Acknowledge {
        /// The step.
        step: String,
    },
    /// 申请延期
    AskExtension {
        /// The step.
        step: String,
        /// Why.
        reason: String,
    },
    /// 批准 or 不批准延期
    AnswerExtension {
        /// The step.
        step: String,
        /// Whose ticket.
        #[schema(value_type = String)]
        post: PostId,
        /// Whether it is granted.
        granted: bool,
    },
    /// 停止计时
    StopClock {
        /// The step.
        step: String,
        /// The cause, as in the process: 补正, 听证…
        cause: String,
        /// What it is about.
        note: String,
    },
    /// 恢复计时
    ResumeClock {
        /// The step.
        step: String,
    },
    /// 撤销 by the starter: back to a draft.
    Revoke {
        /// Why.
        reason: String,
    },
    /// What a `wait … event` waits for has happened.
    Happen {
        /// The event.
        event: String,
        /// What is known of it.
        note: String,
    },
    /// 挂起
    Suspend {
        /// Why.
        reason: String,
    },
    /// 恢复
    Resume {},
    /// 终止
    Terminate {
        /// Why.
        reason: String,
    },
    /// 提请跳转
    Intervene {
        /// What.
        intervention: Intervention,
        /// Why.
        reason: String,
    },
    /// 确认 it, by another.
    ConfirmIntervention {},
    /// 不予确认 or 撤回提请
    DismissIntervention {},
    /// 移交 a leaver's tickets.
    HandOver {
        /// From which post.
        #[schema(value_type = String)]
        from: PostId,
        /// To which post.
        #[schema(value_type = String)]
        to: PostId,
        /// Why.
        reason: String,
    },
}

impl Request {
    /// Its published name.
    #[must_use]
    pub const fn command(&self) -> &'static str {
        match self {
            Self::Fill { .. } => "workflow.fill",
            Self::Submit { .. } => "workflow.submit",
            Self::Approve { .. } => "workflow.approve",
            Self::Reject { .. } => "workflow.reject",
            Self::Return { .. } => "workflow.return",
            Self::Withdraw { .. } => "workflow.withdraw",
            Self::Transfer { .. } => "workflow.transfer",
            Self::Delegate { .. } => "workflow.delegate",
            Self::Advise { .. } => "workflow.advise",
            Self::AddBefore { .. } => "workflow.add_before",
            Self::AddAfter { .. } => "workflow.add_after",
            Self::Join { .. } => "workflow.join",
            Self::Reduce { .. } => "workflow.reduce",
            Self::Claim { .. } => "workflow.claim",
            Self::Unclaim { .. } => "workflow.unclaim",
            Self::Urge { .. } => "workflow.urge",
            Self::Acknowledge { .. } => "workflow.acknowledge",
            Self::AskExtension { .. } => "workflow.ask_extension",
            Self::AnswerExtension { .. } => "workflow.answer_extension",
            Self::StopClock { .. } => "workflow.stop_clock",
            Self::ResumeClock { .. } => "workflow.resume_clock",
            Self::Revoke { .. } => "workflow.revoke",
            Self::Happen { .. } => "workflow.happen",
            Self::Suspend { .. } => "workflow.suspend",
            Self::Resume {} => "workflow.resume",
            Self::Terminate { .. } => "workflow.terminate",
            Self::Intervene { .. } => "workflow.intervene",
            Self::ConfirmIntervention {} => "workflow.confirm_intervention",
            Self::DismissIntervention {} => "workflow.dismiss_intervention",
            Self::HandOver { .. } => "workflow.hand_over",
        }
    }

    /// Whether it binds its writer to the version he saw.
    #[must_use]
    pub const fn binds(&self) -> bool {
        matches!(self, Self::Approve { .. } | Self::Reject { .. } | Self::Return { .. })
    }

    /// Whether it means the same whatever else has happened to the matter.
    #[must_use]
    pub const fn stands_alone(&self) -> bool {
        matches!(self, Self::Acknowledge { .. } | Self::Urge { .. })
    }

    /// The step at which the actor does it on a ticket of his own.
    #[must_use]
    pub fn own_step(&self) -> Option<&str> {
        match self {
            Self::Fill { step, .. }
            | Self::Approve { step, .. }
            | Self::Reject { step, .. }
            | Self::Return { step, .. }
            | Self::Transfer { step, .. }
            | Self::Delegate { step, .. }
            | Self::Advise { step, .. }
            | Self::AddBefore { step, .. }
            | Self::AddAfter { step, .. }
            | Self::Join { step, .. }
            | Self::Claim { step }
            | Self::Unclaim { step }
            | Self::AskExtension { step, .. }
            | Self::StopClock { step, .. }
            | Self::ResumeClock { step } => Some(step),
            _ => None,
        }
    }

    /// Whether it is an administrator's to ask.
    #[must_use]
    pub const fn is_administrative(&self) -> bool {
        matches!(
            self,
            Self::Suspend { .. }
                | Self::Resume {}
                | Self::Terminate { .. }
                | Self::Intervene { .. }
                | Self::ConfirmIntervention {}
                | Self::DismissIntervention {}
                | Self::HandOver { .. }
        )
    }
}
