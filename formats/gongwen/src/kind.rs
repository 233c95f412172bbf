//! 文种, the layout each is set in, and 紧急程度.

use serde::{Deserialize, Serialize};

/// 文种: the fifteen types (党政机关公文处理工作条例 第八条).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
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

impl Kind {
    /// All fifteen, in the regulation's order.
    pub const ALL: [Self; 15] = [
        Self::Resolution,
        Self::Decision,
        Self::Order,
        Self::Communique,
        Self::Proclamation,
        Self::PublicNotice,
        Self::Opinion,
        Self::Notice,
        Self::Circular,
        Self::Report,
        Self::RequestForInstruction,
        Self::ReplyToRequest,
        Self::Motion,
        Self::Letter,
        Self::Minutes,
    ];

    /// Its Chinese name as it ends a title.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resolution => "决议",
            Self::Decision => "决定",
            Self::Order => "命令",
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

    /// The type of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The layout it is set in unless another is chosen (GB/T 9704-2012 第10章).
    #[must_use]
    pub const fn format(self) -> Format {
        match self {
            Self::Letter => Format::Letter,
            Self::Order => Format::Order,
            Self::Minutes => Format::Minutes,
            _ => Format::Document,
        }
    }

    /// Whether it goes up and so names who signed it (条例 第九条（六）).
    #[must_use]
    pub const fn names_signer(self) -> bool {
        matches!(self, Self::Report | Self::RequestForInstruction)
    }
}

/// 版式: the general layout and the three particular ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// 文件格式 (第7章)
    Document,
    /// 信函格式 (10.1)
    Letter,
    /// 命令（令）格式 (10.2)
    Order,
    /// 纪要格式 (10.3)
    Minutes,
}

/// 紧急程度 (7.2.3); an ordinary document has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// 加急
    Urgent,
    /// 特急
    MostUrgent,
}

impl Urgency {
    /// As it is printed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Urgent => "加急",
            Self::MostUrgent => "特急",
        }
    }
}
