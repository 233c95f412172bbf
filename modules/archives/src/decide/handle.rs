//! What people do to a 件: 借阅 and 销毁鉴定.

use super::{DESTROY_TOPIC, has, keeps, matter, serves, serving};
use crate::model::{APPROVERS, Archive, Fact, Loan, LoanState, Request, Title};
use lingnan_api::text;
use lingnan_base::{PersonId, UnitId};
use lingnan_directory::duty;
use lingnan_handlers::Setting;
use lingnan_journal::{Answer, Command, Draft, Kind, Parcel, Refusal, Seat, Stop};
use serde_json::{Value, json};

/// Most loans of one 件, granted or not.
const LOANS_MAX: usize = 500;
/// Longest loan, in days.
const DAYS_MAX: u16 = 30;
const DAY_MS: i64 = 86_400_000;
/// Duties of those who judge what is to be destroyed.
pub const JUDGES: [&str; 2] = [duty::LEADER, duty::REVIEWER];
/// 档案法 on what is opened, and when.
const OPENING: &str = "《档案法》第二十七条";

/// An act on a 件.
pub struct Handle {
    /// Its key.
    pub key: String,
    /// The version the actor saw.
    pub seen: u64,
    /// What he asks.
    pub request: Request,
    /// The world around it.
    pub setting: Setting,
}

struct Desk<'a> {
    archive: &'a Archive,
    title: &'a Title,
    seat: Seat,
    setting: &'a Setting,
}

impl Command for Handle {
    fn name(&self) -> &'static str {
        match &self.request {
            Request::Test {} => "archives.test",
            Request::AskLoan { .. } => "archives.ask_loan",
            Request::GrantLoan { .. } => "archives.grant_loan",
            Request::RefuseLoan { .. } => "archives.refuse_loan",
            Request::ProposeDestruction { .. } => "archives.propose_destruction",
            Request::ApproveDestruction {} => "archives.approve_destruction",
            Request::RefuseDestruction { .. } => "archives.refuse_destruction",
            Request::Open { .. } => "archives.open",
            Request::KeepBack { .. } => "archives.keep_back",
        }
    }

    fn request(&self) -> Value {
        json!({ "key": self.key, "request": self.request })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = matter(&self.key)?;
        let archive = draft.read::<Archive>(&id)?;
        let title = archive.title.as_ref().ok_or_else(Refusal::missing)?;
        let seat = draft.actor().seat().cloned().ok_or_else(Refusal::missing)?;
        draft.expect(&id, self.seen)?;
        if archive.destroyed.is_some() {
            let message = "这一件已经销毁，只留记录。";
            return Err(Refusal::new(Kind::Conflict, "archives.destroyed", message).into());
        }
        let desk = Desk { archive: &archive, title, seat, setting: &self.setting };
        let facts = match &self.request {
            Request::Test {} => return Err(Refusal::missing().into()),
            Request::AskLoan { purpose } => {
                vec![desk.ask(purpose, draft)?, desk.wanted(&[duty::CLERK])]
            }
            Request::GrantLoan { loan, days } => vec![desk.grant(*loan, *days, draft)?],
            Request::RefuseLoan { loan, reason } => vec![desk.refuse_loan(*loan, reason)?],
            Request::ProposeDestruction { reason } => {
                vec![desk.propose(reason, draft)?, desk.wanted(&JUDGES)]
            }
            Request::ApproveDestruction {} => desk.approve()?,
            Request::RefuseDestruction { reason } => vec![desk.refuse(reason)?],
            Request::Open { reason } => vec![desk.open(reason, draft)?],
            Request::KeepBack { reason } => vec![desk.keep_back(reason)?],
        };
        for fact in &facts {
            if let Fact::Destroyed { gone } = fact {
                draft.post(Parcel { topic: DESTROY_TOPIC, body: json!(gone) });
            }
        }
        draft.record::<Archive>(&id, &facts)?;
        Ok(json!({ "id": self.key, "version": draft.version(&id)? }))
    }
}

impl Desk<'_> {
    fn unit(&self) -> &UnitId {
        &self.title.unit
    }

    fn must_keep(&self) -> Result<(), Refusal> {
        if keeps(self.setting, &self.seat.post, self.unit()) {
            return Ok(());
        }
        let message = "档案的借阅审批和销毁鉴定由本单位档案员（文书）办理。";
        Err(Refusal::new(Kind::Forbidden, "archives.not_keeper", message)
            .with_next("请切换到文书岗位，或请本单位文书办理。"))
    }

    fn ask(&self, purpose: &str, draft: &Draft<'_>) -> Result<Fact, Refusal> {
        let purpose = text::required(purpose, "借阅用途", text::REASON_MAX)?;
        let mine = self.archive.loans.iter().filter(|loan| loan.person == self.seat.person);
        let open = |loan: &Loan| loan.state == LoanState::Asked || loan.runs(draft.now());
        if mine.clone().any(open) || self.archive.loans.len() >= LOANS_MAX {
            let message = "您已申请借阅这一件，或正在借阅。";
            return Err(Refusal::new(Kind::Conflict, "archives.loan_open", message)
                .with_next("请等待档案员批准；期满后可再次申请。"));
        }
        Ok(Fact::LoanAsked { purpose })
    }

    fn asked(&self, loan: usize) -> Result<(), Refusal> {
        self.must_keep()?;
        match self.archive.loans.get(loan).map(|loan| &loan.state) {
            Some(LoanState::Asked) => Ok(()),
            Some(_) => {
                let message = "这项借阅申请已经办过。";
                Err(Refusal::new(Kind::Conflict, "archives.loan_decided", message))
            }
            None => Err(Refusal::missing()),
        }
    }

    fn grant(&self, loan: usize, days: u16, draft: &Draft<'_>) -> Result<Fact, Refusal> {
        self.asked(loan)?;
        if days == 0 || days > DAYS_MAX {
            let message = format!("借阅期限为1至{DAYS_MAX}天。");
            return Err(Refusal::new(Kind::Invalid, "archives.days", message));
        }
        let until = draft.now().plus_ms(i64::from(days).saturating_mul(DAY_MS));
        Ok(Fact::LoanGranted { loan, until })
    }

    fn refuse_loan(&self, loan: usize, reason: &str) -> Result<Fact, Refusal> {
        self.asked(loan)?;
        let reason = text::required(reason, "不予借阅的理由", text::REASON_MAX)?;
        Ok(Fact::LoanRefused { loan, reason })
    }

    fn propose(&self, reason: &str, draft: &Draft<'_>) -> Result<Fact, Refusal> {
        self.must_keep()?;
        let year = draft.now().china_date().year();
        let Some(ends) = self.archive.ends() else {
            let message = "永久保管的档案不得销毁。";
            return Err(Refusal::new(Kind::Conflict, "archives.permanent", message)
                .with_rule("《档案法》第二十一条；8号令第六条"));
        };
        if year < ends {
            let term = self.title.number.retention.name();
            let message = format!("保管期限{term}未满，{ends}年起才可鉴定销毁。");
            return Err(Refusal::new(Kind::Conflict, "archives.term_runs", message)
                .with_rule("《档案法》第二十一条"));
        }
        if self.archive.destruction.is_some() {
            let message = "这一件已提请销毁，正在等待同意。";
            return Err(Refusal::new(Kind::Conflict, "archives.proposed", message));
        }
        let reason = text::required(reason, "鉴定意见", text::REASON_MAX)?;
        Ok(Fact::DestructionProposed { reason })
    }

    /// Those who decide it are told.
    fn wanted(&self, duties: &[&str]) -> Fact {
        let posts =
            self.setting.with_directory(|directory| serving(directory, self.unit(), duties));
        Fact::Wanted { posts }
    }

    /// 开放: after its years as the law has it, before them with a reason.
    fn open(&self, reason: &str, draft: &Draft<'_>) -> Result<Fact, Refusal> {
        self.must_keep()?;
        if self.archive.packet.is_none() {
            let message = "归档信息包尚未做成，不能开放。";
            return Err(Refusal::new(Kind::Conflict, "archives.no_packet", message));
        }
        if self.archive.is_open() {
            let message = "这一件已经开放。";
            return Err(Refusal::new(Kind::Conflict, "archives.open", message));
        }
        let reason = text::optional(reason, "开放理由", text::REASON_MAX)?;
        let year = draft.now().china_date().year();
        match self.archive.opens().filter(|opens| reason.is_empty() && year < *opens) {
            None => Ok(Fact::Opened { reason }),
            Some(opens) => {
                let message = format!("{opens}年起才应开放，提前开放须说明理由。");
                Err(Refusal::new(Kind::Invalid, "archives.open_early", message)
                    .with_rule(OPENING)
                    .with_next("经济、教育、科技、文化等类档案可以提前开放，请写明属于哪一类。"))
            }
        }
    }

    /// 延期开放
    fn keep_back(&self, reason: &str) -> Result<Fact, Refusal> {
        self.must_keep()?;
        let reason = text::optional(reason, "延期开放的理由", text::REASON_MAX)?;
        if reason.is_empty() {
            let message = "请写明为何不宜开放。";
            return Err(Refusal::new(Kind::Invalid, "archives.keep_back", message)
                .with_rule(OPENING)
                .with_next("涉及国家安全或者重大利益以及其他到期不宜开放的，可以延期。"));
        }
        Ok(Fact::KeptBack { reason })
    }

    /// Two besides whoever proposed it.
    fn approve(&self) -> Result<Vec<Fact>, Refusal> {
        let proposed = self.archive.destruction.as_ref().ok_or_else(Self::not_proposed)?;
        self.must_judge()?;
        let seen = |person: &PersonId| *person == self.seat.person;
        if seen(&proposed.by) || proposed.approved.iter().any(|(person, _)| seen(person)) {
            let message = "提请人和已同意的人不能再同意：销毁须另有两人同意。";
            return Err(Refusal::new(Kind::Conflict, "archives.same_person", message)
                .with_rule("《档案法》第二十一条"));
        }
        let mut facts = vec![Fact::DestructionApproved];
        if proposed.approved.len().saturating_add(1) >= APPROVERS {
            let packet = self.archive.packet.as_ref();
            let gone = packet.map(|packet| packet.digest.clone()).unwrap_or_default();
            facts.push(Fact::Destroyed { gone });
        }
        Ok(facts)
    }

    fn refuse(&self, reason: &str) -> Result<Fact, Refusal> {
        let proposed = self.archive.destruction.as_ref().ok_or_else(Self::not_proposed)?;
        if proposed.by != self.seat.person {
            self.must_judge()?;
        }
        let reason = text::required(reason, "不同意销毁的理由", text::REASON_MAX)?;
        Ok(Fact::DestructionRefused { reason })
    }

    /// 鉴定 is for leaders and reviewers of the unit.
    fn must_judge(&self) -> Result<(), Refusal> {
        let judges = self.setting.with_directory(|directory| {
            serves(directory, &self.seat.post, self.unit())
                && has(directory, &self.seat.post, &JUDGES)
        });
        if judges {
            return Ok(());
        }
        let message = "销毁须由本单位负责人或核稿人员鉴定同意。";
        Err(Refusal::new(Kind::Forbidden, "archives.not_judge", message)
            .with_rule("《档案法》第二十一条")
            .with_next("请由两位有此职责的人员分别同意。"))
    }

    fn not_proposed() -> Refusal {
        let message = "这一件没有提请销毁。";
        Refusal::new(Kind::Conflict, "archives.not_proposed", message)
    }
}

/// 查阅: a file of a 件 is read under a loan.
pub struct ReadFile {
    /// The 件.
    pub key: String,
    /// Who reads.
    pub person: PersonId,
    /// Which file.
    pub path: String,
}

impl Command for ReadFile {
    fn name(&self) -> &'static str {
        "archives.read"
    }

    fn request(&self) -> Value {
        json!({ "key": self.key, "path": self.path })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = matter(&self.key)?;
        let archive = draft.read::<Archive>(&id)?;
        let now = draft.now();
        let runs = |loan: &Loan| loan.person == self.person && loan.runs(now);
        let Some(loan) = archive.loans.iter().position(runs) else {
            let message = "借阅未获批准，或已期满。";
            return Err(Refusal::new(Kind::Forbidden, "archives.no_loan", message)
                .with_next("请在件的页面申请借阅。")
                .into());
        };
        let path = self.path.clone();
        draft.record::<Archive>(&id, &[Fact::Read { loan, path }])?;
        Ok(json!({ "id": self.key }))
    }
}
