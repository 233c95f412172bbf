//! The head of a document: its type, urgency, addressees, files and keeping.

use lingnan_base::{PostId, UnitId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 文种: the fifteen types (党政机关公文处理工作条例 第八条).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentType {
    /// 决议
    Resolution,
    /// 决定
    Decision,
    /// 命令（令）
    Order,
    /// 公报
    Communique,
    /// 公告
    Proclamation,
    /// 通告
    PublicNotice,
    /// 意见
    Opinion,
    /// 通知
    Notice,
    /// 通报
    Circular,
    /// 报告
    Report,
    /// 请示
    RequestForInstruction,
    /// 批复
    ReplyToRequest,
    /// 议案
    Motion,
    /// 函
    Letter,
    /// 纪要
    Minutes,
}

impl DocumentType {
    /// Its Chinese name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resolution => "决议",
            Self::Decision => "决定",
            Self::Order => "命令（令）",
            Self::Communique => "公报",
            Self::Proclamation => "公告",
            Self::PublicNotice => "通告",
            Self::Opinion => "意见",
            Self::Notice => "通知",
            Self::Circular => "通报",
            Self::Report => "报告",
            Self::RequestForInstruction => "请示",
            Self::ReplyToRequest => "批复",
            Self::Motion => "议案",
            Self::Letter => "函",
            Self::Minutes => "纪要",
        }
    }
}

/// 紧急程度 (GB/T 9704-2012 7.2.3)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// 平件
    #[default]
    Ordinary,
    /// 加急
    Urgent,
    /// 特急
    MostUrgent,
}

impl Urgency {
    /// As stored in rows.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Urgent => "urgent",
            Self::MostUrgent => "most_urgent",
        }
    }
}

/// 文头: everything about a document but its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// 标题
    pub title: String,
    /// 文种
    pub document_type: DocumentType,
    /// 紧急程度
    #[serde(default)]
    pub urgency: Urgency,
    /// 主送机关
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub recipients: Vec<UnitId>,
    /// 抄送机关
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub copies: Vec<UnitId>,
    /// 会签单位
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub countersign: Vec<UnitId>,
    /// 签发人的岗位
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub signer: Option<PostId>,
}

/// Most files attached to one document.
pub const ATTACHMENTS_MAX: usize = 50;

/// 保管期限 (国家档案局令第8号)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Retention {
    /// 永久
    Permanent,
    /// 30年
    ThirtyYears,
    /// 10年
    TenYears,
}
