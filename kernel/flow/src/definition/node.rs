//! A step that people do, with everything that may be said of it.

use super::{Condition, Limit, Policy, Step, Who};
use std::sync::Arc;

/// A step that people do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its id and name.
    pub step: Step,
    /// How its tickets decide it.
    pub policy: Policy,
    /// Who handles it.
    pub who: Who,
    /// 回避: who is left out.
    pub except: Option<Who>,
    /// 时限
    pub limit: Option<Limit>,
    /// What may stop its clock.
    pub pause: Vec<StopReason>,
    /// Where work may be returned to from here.
    pub back: Back,
    /// What a rejection does.
    pub on_reject: OnReject,
    /// What happens when a handler is the starter.
    pub on_self: OnSelf,
    /// What happens when nobody is found.
    pub on_empty: OnEmpty,
    /// Handlers when it comes back in a return.
    pub after: After,
    /// 自动跳过, instead of the process's.
    pub dedupe: Option<Dedupe>,
    /// Rights to fields.
    pub rights: Rights,
    /// No 加签.
    pub no_adding: bool,
    /// No 委托代理.
    pub no_stand_in: bool,
    /// It must be signed.
    pub sign: bool,
    /// It can be neither jumped nor skipped.
    pub mandatory: bool,
    /// It cannot be undone: nothing before it can be withdrawn or revoked.
    pub irreversible: bool,
    /// Passed over unless it holds.
    pub when: Option<Condition>,
}

impl Node {
    /// A 会签 of which nothing more is said.
    #[must_use]
    pub fn new(id: &str, name: &str, who: Who) -> Self {
        Self {
            step: Step::new(id, name),
            policy: Policy::All,
            who,
            except: None,
            limit: None,
            pause: Vec::new(),
            back: Back::AnyEarlier,
            on_reject: OnReject::End,
            on_self: OnSelf::Allowed,
            on_empty: OnEmpty::Refuse,
            after: After::Same,
            dedupe: None,
            rights: Rights::default(),
            no_adding: false,
            no_stand_in: false,
            sign: false,
            mandatory: false,
            irreversible: false,
            when: None,
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.step.id
    }

    /// Its Chinese name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.step.name
    }
}

/// Why the clock of a step may stand still.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// 补正
    Correction,
    /// 听证 (行政许可法第四十五条, as those that follow)
    Hearing,
    /// 招标
    Tender,
    /// 拍卖
    Auction,
    /// 检验
    Inspection,
    /// 检测
    Testing,
    /// 检疫
    Quarantine,
    /// 鉴定
    Appraisal,
    /// 专家评审
    ExpertReview,
}

impl StopReason {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Correction,
        Self::Hearing,
        Self::Tender,
        Self::Auction,
        Self::Inspection,
        Self::Testing,
        Self::Quarantine,
        Self::Appraisal,
        Self::ExpertReview,
    ];

    /// Its word in law.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Correction => "补正",
            Self::Hearing => "听证",
            Self::Tender => "招标",
            Self::Auction => "拍卖",
            Self::Inspection => "检验",
            Self::Testing => "检测",
            Self::Quarantine => "检疫",
            Self::Appraisal => "鉴定",
            Self::ExpertReview => "专家评审",
        }
    }
}

/// 退回: where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Back {
    /// Any legal earlier step.
    AnyEarlier,
    /// Nowhere.
    Nowhere,
    /// To one of these.
    To(Vec<BackTarget>),
}

/// A step to which work may be returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackTarget {
    /// Its id.
    pub step: Arc<str>,
    /// How work comes back.
    pub way: BackWay,
}

/// How work comes back from a return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackWay {
    /// As the handler chooses.
    Either,
    /// 重走
    Redo,
    /// 直达, unless one of these fields was changed meanwhile.
    Direct(Vec<Arc<str>>),
}

/// What a rejection does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnReject {
    /// The matter ends.
    End,
    /// The next step follows.
    Next,
    /// The matter goes back to that step.
    To(Arc<str>),
}

/// What happens when a handler is the starter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnSelf {
    /// He handles it.
    Allowed,
    /// He is passed over.
    Skip,
    /// The leader of the unit above handles it.
    Up,
    /// The head of his unit handles it.
    Head,
}

/// What happens when nobody is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnEmpty {
    /// Whatever would enter the step is refused.
    Refuse,
    /// The unit above handles it.
    Up,
    /// The system administrator sees to it.
    Administrator,
    /// It is passed over on this basis.
    Pass(Arc<str>),
}

/// Handlers of a step that comes back in a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Those who handled it.
    Same,
    /// Resolved again.
    Fresh,
}

/// 自动跳过: whose approval is not asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dedupe {
    /// Everyone is asked.
    None,
    /// Not whoever approved the step before.
    Adjacent,
    /// Not whoever approved any step since the last return.
    Any,
}

/// Rights to fields; what is not named is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rights {
    /// May be filled.
    pub write: Vec<Arc<str>>,
    /// Must be filled.
    pub require: Vec<Arc<str>>,
    /// Not shown.
    pub hide: Vec<Arc<str>>,
}
