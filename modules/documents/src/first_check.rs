//! 初审: what a unit checks of a received document before it is handled (条例 第二十四条（三）).

use lingnan_base::Timestamp;
use lingnan_journal::{Kind, Label, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const ARTICLE: &str = "《党政机关公文处理工作条例》第二十四条（三）";

/// 初审的重点
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FirstCheckItem {
    /// 是否应当由本机关办理
    Competence,
    /// 是否符合行文规则
    Route,
    /// 文种、格式是否符合要求
    Form,
    /// 涉及其他地区或者部门职权范围内的事项是否已经协商、会签
    Consultation,
    /// 是否符合公文起草的其他要求
    Drafting,
}

impl FirstCheckItem {
    /// All, in the order of the article.
    pub const ALL: [Self; 5] =
        [Self::Competence, Self::Route, Self::Form, Self::Consultation, Self::Drafting];

    /// What is so when the item is met.
    #[must_use]
    pub const fn met(self) -> &'static str {
        match self {
            Self::Competence => "应当由本机关办理",
            Self::Route => "符合行文规则",
            Self::Form => "文种、格式符合要求",
            Self::Consultation => "涉及其他地区或者部门职权的事项已协商、会签",
            Self::Drafting => "符合公文起草的其他要求",
        }
    }

    /// What is so when it is not.
    const fn failed(self) -> &'static str {
        match self {
            Self::Competence => "不应当由本机关办理",
            Self::Route => "不符合行文规则",
            Self::Form => "文种、格式不符合要求",
            Self::Consultation => "涉及其他地区或者部门职权的事项未协商、会签",
            Self::Drafting => "不符合公文起草的其他要求",
        }
    }
}

/// Who checked it, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstCheck {
    /// What was found to be met.
    pub items: Vec<FirstCheckItem>,
    /// By whom.
    pub label: Label,
    /// When.
    pub time: Timestamp,
}

/// What stands in the way of handling it: the first item that was not confirmed.
pub(crate) fn complete(items: &[FirstCheckItem]) -> Result<(), Refusal> {
    let Some(open) = FirstCheckItem::ALL.into_iter().find(|item| !items.contains(item)) else {
        return Ok(());
    };
    let message = format!("来文未经初审，不能拟办：尚未确认“{}”。", open.met());
    Err(Refusal::new(Kind::Invalid, "documents.not_first_checked", message)
        .with_rule(ARTICLE)
        .with_next("请逐项初审后再拟办；经初审不符合规定的，请退文并说明理由。"))
}

/// The reason of a return after 初审, which names what failed.
pub(crate) fn reason(failed: &[FirstCheckItem], reason: &str) -> Result<String, Refusal> {
    if failed.is_empty() {
        let message = "退文须说明初审哪一项不符合规定。";
        return Err(Refusal::new(Kind::Invalid, "documents.no_failed_item", message)
            .with_rule(ARTICLE)
            .with_next("请选择不符合规定的初审项。"));
    }
    let named = FirstCheckItem::ALL.into_iter().filter(|item| failed.contains(item));
    let named: Vec<&str> = named.map(FirstCheckItem::failed).collect();
    Ok(format!("初审：{}。{reason}", named.join("；")))
}
