//! 行文规则: what the regulation asks of a document, judged while it is drafted, submitted,
//! reviewed and issued.
//!
//! [`RULES`] is the whole of it, one entry a rule; a check is a plain function of a
//! [`Situation`].

mod content;
mod form;
mod relation;
mod review;
mod route;
mod situation;
mod table;
mod words;

#[cfg(test)]
mod tests;

pub use relation::{Party, PartyKind, Relation, Skipped};
pub use situation::{Paper, Signer, Since, Situation};
pub use table::RULES;
pub use words::alike;

use crate::model::{Declaration, ReviewItem};
use lingnan_journal::{Kind, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// When a document is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 起草: nothing is stopped.
    Draft,
    /// 提交
    Submit,
    /// 核稿
    Review,
    /// 合法性审核
    Legality,
    /// 签发
    SignOff,
    /// 复核编号 and 分发
    Issue,
}

/// What becomes of a document that a rule finds fault with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// It must be mended.
    Mend,
    /// It may go on with a written reason.
    Reason,
    /// It may go on with a file that shows what the rule asks for.
    Attachment,
    /// It may go on with such a file, or a written reason why none is needed.
    AttachmentOrReason,
    /// It may go on once every item of the rule's list is checked.
    Checklist,
    /// It goes on; the drafter is only told.
    Hint,
}

/// A rule of the table.
pub struct Rule {
    /// Stable, for example `15.1`.
    pub id: &'static str,
    /// The article, as it is cited.
    pub article: &'static str,
    /// What follows.
    pub way: Way,
    /// When it is looked at.
    pub at: &'static [Stage],
    /// What is wrong with this document, if anything is.
    pub check: fn(&Situation) -> Option<Finding>,
}

/// What is wrong with a document, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// One sentence that names the unit or the words.
    pub sentence: String,
    /// The next step.
    pub next: String,
}

impl Finding {
    /// A finding.
    pub(crate) fn new(sentence: impl Into<String>, next: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), next: next.into() }
    }
}

impl Rule {
    /// What is to be checked one by one, where that is what the rule asks.
    #[must_use]
    pub fn items(&self) -> &'static [ReviewItem] {
        match self.id {
            table::REVIEW => &ReviewItem::OF_THE_DRAFT,
            table::LEGALITY_ITEMS => &ReviewItem::OF_LEGALITY,
            _ => &[],
        }
    }
}

/// Every rule that finds fault with a document at a stage, in the table's order.
pub fn judge(situation: &Situation, stage: Stage) -> Vec<(&'static Rule, Finding)> {
    let looked_at = RULES.iter().filter(|rule| rule.at.contains(&stage));
    looked_at.filter_map(|rule| Some((rule, (rule.check)(situation)?))).collect()
}

/// Whether what was declared settles it: for the same rule and, word for word, the same fault.
#[must_use]
pub fn settled(rule: &Rule, finding: &Finding, declared: &[Declaration]) -> bool {
    rule.way == Way::Hint
        || declared.iter().any(|one| one.rule == rule.id && one.about == finding.sentence)
}

/// The refusal of a document that breaks a rule.
#[must_use]
pub fn refusal(rule: &Rule, finding: &Finding) -> Refusal {
    Refusal::new(Kind::Invalid, &format!("documents.rule.{}", rule.id), finding.sentence.as_str())
        .with_rule(rule.article)
        .with_next(finding.next.as_str())
}
