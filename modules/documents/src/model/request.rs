//! What can be asked of a document.

use super::hand::ByHand;
use super::head::{Head, Retention};
use crate::body::Body;
use lingnan_base::{PostId, UnitId};
use lingnan_journal::MatterId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What can be asked of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// 保存
    Save {
        /// The number of the version that it was written on.
        base: u32,
        /// The head.
        head: Box<Head>,
        /// The text.
        body: Body,
        /// 密级: must be empty; anything else is refused.
        #[serde(default)]
        secrecy: String,
    },
    /// 提交: starts the process.
    Submit {
        /// What is declared of rules that allow it.
        #[serde(default)]
        declarations: Vec<Declared>,
    },
    /// 同意 at a step.
    Approve {
        /// The step.
        node: String,
        /// The opinion.
        opinion: String,
        /// What is given with it by hand or voice.
        #[serde(default, skip_serializing_if = "ByHand::is_none")]
        by_hand: ByHand,
        /// What is declared of rules that allow it.
        #[serde(default)]
        declarations: Vec<Declared>,
    },
    /// 退回 to an earlier step.
    Return {
        /// The step where the actor stands.
        node: String,
        /// The earlier step.
        target: String,
        /// Whether it comes straight back (直达) when done there.
        direct: bool,
        /// Why.
        opinion: String,
    },
    /// 撤回 one's own last approval at a step.
    Withdraw {
        /// The step.
        node: String,
    },
    /// 转办
    Transfer {
        /// The step.
        node: String,
        /// To which post.
        #[schema(value_type = String)]
        to: PostId,
        /// Why.
        opinion: String,
    },
    /// 编号
    Number {
        /// From which book; the unit's first when absent.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        book: Option<MatterId>,
        /// What is declared of rules that allow it.
        #[serde(default)]
        declarations: Vec<Declared>,
    },
    /// 字号作废
    VoidNumber {
        /// Why.
        reason: String,
    },
    /// 分发
    Distribute {
        /// 印制份数: how many paper copies each unit may make; as many as it likes when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        prints: Option<u16>,
        /// What is declared of rules that allow it.
        #[serde(default)]
        declarations: Vec<Declared>,
    },
    /// 撤回 what was sent, before anyone has acknowledged it.
    Recall {
        /// Why.
        reason: String,
    },
    /// 补发 to further units.
    SendFurther {
        /// To which.
        #[schema(value_type = Vec<String>)]
        units: Vec<UnitId>,
        /// Why.
        reason: String,
    },
    /// 办结
    Conclude {
        /// The closing remark.
        opinion: String,
    },
    /// 归档
    Archive {
        /// For how long.
        retention: Retention,
        /// Why not as proposed.
        #[serde(default)]
        reason: String,
    },
    /// Attach a file that the actor uploaded.
    Attach {
        /// Its digest, as the upload told it.
        digest: String,
    },
    /// Take a file off.
    Detach {
        /// Its digest.
        digest: String,
    },
}

/// What is checked one by one: 审核的重点 (条例 第二十条), and what a legality review looks at
/// (国办发〔2018〕115号 二（六）).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewItem {
    /// （一）行文理由和依据
    Grounds,
    /// （二）内容
    Content,
    /// （三）协商
    Consultation,
    /// （四）文种、格式和文字
    Form,
    /// （五）其他
    Rest,
    /// 制定主体合法
    Maker,
    /// 不超越法定职权
    Powers,
    /// 内容符合宪法、法律、法规、规章和国家政策
    Lawful,
    /// 不违法设立许可、处罚、强制、征收、收费
    Licences,
    /// 没有依据不减损权益、不增加义务
    Rights,
    /// 没有依据不增加本单位权力、不减少法定职责
    Duties,
    /// 符合制定程序
    Procedure,
}

impl ReviewItem {
    /// 核稿
    pub const OF_THE_DRAFT: [Self; 5] =
        [Self::Grounds, Self::Content, Self::Consultation, Self::Form, Self::Rest];
    /// 合法性审核
    pub const OF_LEGALITY: [Self; 7] = [
        Self::Maker,
        Self::Powers,
        Self::Lawful,
        Self::Licences,
        Self::Rights,
        Self::Duties,
        Self::Procedure,
    ];
}

/// What one declares so that a document may go on where a rule allows it: why, by which file, or
/// the list that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// The rule.
    pub rule: String,
    /// Why, or what was established.
    #[serde(default)]
    pub reason: String,
    /// Digest of the attached file that shows it.
    #[serde(default)]
    pub attachment: Option<String>,
    /// Items that were checked.
    #[serde(default)]
    pub items: Vec<ReviewItem>,
}

impl Request {
    /// The file that the actor uploaded for it.
    pub(crate) fn upload(&self) -> Option<&str> {
        match self {
            Self::Attach { digest } => Some(digest),
            Self::Approve { by_hand, .. } => by_hand.voice.as_deref(),
            _ => None,
        }
    }

    /// The text that is to be kept.
    pub(crate) const fn text(&self) -> Option<&Body> {
        match self {
            Self::Save { body, .. } => Some(body),
            _ => None,
        }
    }

    /// The step at which the actor does it on a ticket of his own.
    pub(crate) fn own_step(&self) -> Option<&str> {
        match self {
            Self::Approve { node, .. }
            | Self::Return { node, .. }
            | Self::Transfer { node, .. } => Some(node),
            _ => None,
        }
    }
}
