//! 件: one archived matter: its number, its packet, how it was tested, who borrowed it, and its end.

use crate::number::Number;
use crate::test::Test;
use lingnan_api::Attachment;
use lingnan_base::{PersonId, PostId, Timestamp, UnitId};
use lingnan_flow::Holder;
use lingnan_flow::message::{Happened, Messages};
use lingnan_journal::{Label, Matter, MatterId, Row, Stamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Who must have agreed before a packet is destroyed, besides whoever proposed it.
pub const APPROVERS: usize = 2;
/// After how many years what is kept is to be opened (档案法 第二十七条).
pub const OPENED_YEARS: i16 = 25;
/// Tests that are kept with a 件: the first, and the last ones.
const TESTS_MAX: usize = 10;

/// What a 件 is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// The matter it was made of.
    pub source: MatterId,
    /// 立档单位
    pub unit: UnitId,
    /// Its short name then.
    pub unit_name: String,
    /// 档号
    pub number: Number,
    /// 题名
    pub title: String,
    /// 文件编号
    pub document_number: String,
    /// 责任者
    pub responsible: String,
    /// 文种, or the name of the process.
    pub sort: String,
    /// 日期
    pub formed: Timestamp,
}

/// A file of a packet, as lists show it. Its digest has a name of its own: it is kept within the
/// packet and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PacketFile {
    /// 原文, 定稿, 处理单, 附件, 元数据, 办理记录, 证明
    pub group: String,
    /// Where it lies in the packet.
    pub path: String,
    /// What people call it.
    pub label: String,
    /// Its media type.
    pub media: String,
    /// Its size in bytes.
    pub size: u64,
    /// SM3 in hex.
    pub sm3: String,
}

/// How a loan stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LoanState {
    /// 待批
    Asked,
    /// 已准, until then.
    Granted {
        /// Until when.
        until: Timestamp,
        /// By whom.
        by: Label,
    },
    /// 未准
    Refused {
        /// Why.
        reason: String,
    },
}

/// 借阅
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loan {
    /// Who.
    pub person: PersonId,
    /// From which post.
    pub post: PostId,
    /// By name and post as they were.
    pub label: Label,
    /// What for.
    pub purpose: String,
    /// When he asked.
    pub asked: Timestamp,
    /// How it stands.
    pub state: LoanState,
    /// When he read what, newest last.
    pub read: Vec<(Timestamp, String)>,
}

impl Loan {
    /// Whether he may read now.
    #[must_use]
    pub fn runs(&self, now: Timestamp) -> bool {
        matches!(self.state, LoanState::Granted { until, .. } if now < until)
    }
}

/// 销毁鉴定
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destruction {
    /// Why it need not be kept any longer.
    pub reason: String,
    /// Who proposed it.
    pub by: PersonId,
    /// From which post.
    pub post: PostId,
    /// By name and post as they were.
    pub label: Label,
    /// Who agreed.
    pub approved: Vec<(PersonId, Label)>,
}

/// 开放审核 (档案法 第二十七条)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Whether everyone may read it; otherwise it is kept back past its years.
    pub open: bool,
    /// Why; may be empty where the law needs none.
    pub reason: String,
    /// By whom.
    pub label: Label,
    /// When.
    pub time: Timestamp,
}

/// A 件.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Archive {
    /// What it is called; none before the first fact.
    pub title: Option<Title>,
    /// When it got its number.
    pub registered: Timestamp,
    /// Its packet, once it was made; named still when it is destroyed.
    pub packet: Option<Attachment>,
    /// What is in it.
    pub files: Vec<PacketFile>,
    /// How it was tested, oldest first.
    pub tests: Vec<(Timestamp, Test)>,
    /// Who borrowed it.
    pub loans: Vec<Loan>,
    /// The proposal to destroy it.
    pub destruction: Option<Destruction>,
    /// When it was destroyed.
    pub destroyed: Option<Timestamp>,
    /// Whether it is open to all; none until that was decided.
    pub opening: Option<Opening>,
    /// What was told of it.
    pub messages: Messages,
}

/// What can be recorded of a 件.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fact {
    /// It got its number.
    Registered {
        /// What it is called.
        title: Box<Title>,
    },
    /// Its packet was made.
    Packed {
        /// The packet.
        packet: Attachment,
        /// What is in it.
        files: Vec<PacketFile>,
    },
    /// It was tested.
    Tested {
        /// How.
        test: Test,
    },
    /// Someone asked to read it.
    LoanAsked {
        /// What for.
        purpose: String,
    },
    /// He may.
    LoanGranted {
        /// Which loan.
        loan: usize,
        /// Until when.
        until: Timestamp,
    },
    /// He may not.
    LoanRefused {
        /// Which loan.
        loan: usize,
        /// Why.
        reason: String,
    },
    /// He read a file of it.
    Read {
        /// Which loan.
        loan: usize,
        /// Which file.
        path: String,
    },
    /// Its destruction was proposed.
    DestructionProposed {
        /// Why it need not be kept any longer.
        reason: String,
    },
    /// Someone agreed.
    DestructionApproved,
    /// Someone did not, or it was withdrawn.
    DestructionRefused {
        /// Why.
        reason: String,
    },
    /// Its packet is no more; this is what is left of it.
    Destroyed {
        /// SM3 of the packet.
        gone: String,
    },
    /// It came from another cell.
    Received {
        /// Which.
        cell: String,
    },
    /// Those who decide what was asked for in the same act are told of it.
    Wanted {
        /// Their posts.
        posts: BTreeSet<PostId>,
    },
    /// It is open to all.
    Opened {
        /// Why before its years are over; else perhaps empty.
        reason: String,
    },
    /// It is not, even when its years are over.
    KeptBack {
        /// Why.
        reason: String,
    },
}

/// What can be asked of a 件.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = ArchiveRequest)]
pub enum Request {
    /// 检测
    Test {},
    /// 申请借阅
    AskLoan {
        /// What for.
        purpose: String,
    },
    /// 准予借阅
    GrantLoan {
        /// Which loan.
        loan: usize,
        /// For how many days.
        days: u16,
    },
    /// 不予借阅
    RefuseLoan {
        /// Which loan.
        loan: usize,
        /// Why.
        reason: String,
    },
    /// 提请销毁
    ProposeDestruction {
        /// Why it need not be kept any longer.
        reason: String,
    },
    /// 同意销毁
    ApproveDestruction {},
    /// 不同意销毁
    RefuseDestruction {
        /// Why.
        reason: String,
    },
    /// 开放
    Open {
        /// Why before its years are over; else it may be empty.
        reason: String,
    },
    /// 延期开放
    KeepBack {
        /// Why.
        reason: String,
    },
}

impl Archive {
    /// The year from which it may be destroyed; none when it is kept for good. A term begins with
    /// the year after the one it belongs to.
    #[must_use]
    pub fn ends(&self) -> Option<i16> {
        let number = &self.title.as_ref()?.number;
        number.retention.years().map(|years| number.year.saturating_add(years).saturating_add(1))
    }

    /// Whether everyone may read it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.destroyed.is_none() && self.opening.as_ref().is_some_and(|opening| opening.open)
    }

    /// The year from which it is to be opened.
    #[must_use]
    pub fn opens(&self) -> Option<i16> {
        self.title.as_ref().map(|title| title.number.year.saturating_add(OPENED_YEARS))
    }
}

impl Matter for Archive {
    const KIND: &'static str = "archive";
    const FOLD_VERSION: u32 = 2;
    type Fact = Fact;

    fn unwritten() -> Self {
        Self::default()
    }

    fn fold(&mut self, fact: &Fact, stamp: &Stamp) {
        match fact {
            Fact::Registered { title } => {
                self.title = Some(title.as_ref().clone());
                self.registered = stamp.time;
            }
            Fact::Packed { packet, files } => {
                self.packet = Some(packet.clone());
                self.files.clone_from(files);
            }
            Fact::Tested { test } => {
                self.tests.push((stamp.time, test.clone()));
                if self.tests.len() > TESTS_MAX {
                    self.tests.remove(1);
                }
            }
            Fact::LoanAsked { purpose } => self.ask(purpose, stamp),
            Fact::LoanGranted { loan, until } => {
                let by = stamp.actor.label();
                self.stand(*loan, LoanState::Granted { until: *until, by });
                self.tell_borrower(*loan, &format!("准予借阅至{}。", until.china_date()), stamp);
            }
            Fact::LoanRefused { loan, reason } => {
                self.stand(*loan, LoanState::Refused { reason: reason.clone() });
                self.tell_borrower(*loan, &format!("不予借阅：{reason}"), stamp);
            }
            Fact::Read { loan, path } => {
                if let Some(loan) = self.loans.get_mut(*loan) {
                    loan.read.push((stamp.time, path.clone()));
                }
            }
            Fact::DestructionProposed { reason } => self.propose(reason, stamp),
            Fact::DestructionApproved => {
                if let (Some(destruction), Some(seat)) = (&mut self.destruction, stamp.actor.seat())
                {
                    destruction.approved.push((seat.person.clone(), stamp.actor.label()));
                }
            }
            Fact::DestructionRefused { reason } => {
                self.tell_proposer(&format!("不同意销毁：{reason}"), stamp);
                self.destruction = None;
            }
            Fact::Destroyed { .. } => {
                self.tell_proposer("两人同意，已经销毁。", stamp);
                self.destroyed = Some(stamp.time);
            }
            Fact::Wanted { posts } => {
                let words = self.messages.said(stamp);
                for post in posts {
                    let holder = Holder::new(post.as_str());
                    self.messages.tell(holder, Happened::Wanted, "", &words, stamp);
                }
            }
            Fact::Opened { reason } => self.decide_opening(true, reason, stamp),
            Fact::KeptBack { reason } => self.decide_opening(false, reason, stamp),
            Fact::Received { .. } => {}
        }
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        crate::views::rows(self, id)
    }
}

impl Archive {
    fn stand(&mut self, loan: usize, state: LoanState) {
        if let Some(loan) = self.loans.get_mut(loan) {
            loan.state = state;
        }
    }

    fn ask(&mut self, purpose: &str, stamp: &Stamp) {
        self.messages.say(&format!("申请借阅：{purpose}"), stamp);
        self.loans.extend(stamp.actor.seat().map(|seat| Loan {
            person: seat.person.clone(),
            post: seat.post.clone(),
            label: stamp.actor.label(),
            purpose: purpose.to_owned(),
            asked: stamp.time,
            state: LoanState::Asked,
            read: Vec::new(),
        }));
    }

    fn propose(&mut self, reason: &str, stamp: &Stamp) {
        self.messages.say(&format!("提请销毁，须两人同意：{reason}"), stamp);
        self.destruction = stamp.actor.seat().map(|seat| Destruction {
            reason: reason.to_owned(),
            by: seat.person.clone(),
            post: seat.post.clone(),
            label: stamp.actor.label(),
            approved: Vec::new(),
        });
    }

    fn decide_opening(&mut self, open: bool, reason: &str, stamp: &Stamp) {
        let (label, reason) = (stamp.actor.label(), reason.to_owned());
        self.opening = Some(Opening { open, reason, label, time: stamp.time });
    }

    fn tell_borrower(&mut self, loan: usize, words: &str, stamp: &Stamp) {
        let post = self.loans.get(loan).map(|loan| loan.post.clone());
        self.answer(post, words, stamp);
    }

    fn tell_proposer(&mut self, words: &str, stamp: &Stamp) {
        let post = self.destruction.as_ref().map(|proposed| proposed.post.clone());
        self.answer(post, words, stamp);
    }

    fn answer(&mut self, post: Option<PostId>, words: &str, stamp: &Stamp) {
        if let Some(post) = post {
            let holder = Holder::new(post.as_str());
            self.messages.tell(holder, Happened::Answered, "", words, stamp);
        }
    }
}
