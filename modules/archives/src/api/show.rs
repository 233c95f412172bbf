//! The page of a 件: what it is called, what is in it, how it was tested, who borrowed it.

use super::{Seen, seen};
use crate::decide::{JUDGES, has, serves};
use crate::model::{LoanState, PacketFile};
use crate::test::Test;
use axum::Json;
use axum::extract::State;
use lingnan_api::{Kit, Problem, ProblemBody, Segment, SignedIn, TimelineEntry, timeline};
use lingnan_journal::{Label, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

/// A test, with when it was done.
#[derive(Serialize, ToSchema)]
pub(crate) struct TestView {
    /// When, in milliseconds.
    time_ms: i64,
    /// Whether nothing failed.
    passed: bool,
    /// Its items.
    test: Test,
}

/// A loan.
#[derive(Serialize, ToSchema)]
pub(crate) struct LoanView {
    /// Its number, to be named when it is decided.
    loan: usize,
    /// Who.
    who: String,
    /// Whether it is the asker's own.
    own: bool,
    /// What for.
    purpose: String,
    /// When he asked, in milliseconds.
    asked_ms: i64,
    /// `asked`, `granted`, `ended` or `refused`.
    state: String,
    /// Until when he may read, in milliseconds.
    until_ms: Option<i64>,
    /// Why he may not.
    reason: Option<String>,
    /// How often he read.
    read: usize,
}

/// A proposal to destroy it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DestructionView {
    /// Why it need not be kept any longer.
    reason: String,
    /// Who proposed it.
    by: String,
    /// Who agreed.
    approved: Vec<String>,
}

/// Whether it is open to all.
#[derive(Serialize, ToSchema)]
pub(crate) struct OpeningView {
    /// It is; otherwise it is kept back past its years.
    open: bool,
    /// Why.
    reason: String,
    /// Who decided so.
    by: String,
    /// When, in milliseconds.
    time_ms: i64,
}

/// An act that the asker may do now.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArchiveAction {
    /// Its name in a request (`do`).
    name: String,
    /// From which post.
    post: String,
}

/// The page of a 件.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArchiveView {
    /// Its key.
    id: String,
    /// Its version, to be sent back with an act.
    version: u64,
    /// 档号
    number: String,
    /// 题名
    title: String,
    /// 文件编号
    document_number: String,
    /// 责任者
    responsible: String,
    /// 文种
    sort: String,
    /// 立档单位
    unit_name: String,
    /// 年度
    year: i16,
    /// 保管期限
    retention: crate::number::Retention,
    /// 日期, in milliseconds.
    formed_ms: i64,
    /// When it got its number, in milliseconds.
    registered_ms: i64,
    /// The kind of matter it was made of.
    source_kind: String,
    /// That matter's key.
    source: String,
    /// SM3 of the packet; none until it is made.
    digest: Option<String>,
    /// Bytes of the packet.
    size: Option<u64>,
    /// What is in it, by places from 1.
    files: Vec<PacketFile>,
    /// Tests, newest first.
    tests: Vec<TestView>,
    /// Loans, newest first: all for whoever keeps it, his own for another.
    loans: Vec<LoanView>,
    /// A proposal to destroy it.
    destruction: Option<DestructionView>,
    /// When it was destroyed, in milliseconds.
    destroyed_ms: Option<i64>,
    /// The year from which it may be destroyed; none when it is kept for good.
    ends: Option<i16>,
    /// The year from which it is to be opened.
    opens: Option<i16>,
    /// Whether it is; none until that was decided.
    opening: Option<OpeningView>,
    /// Whether the asker may read its files now.
    readable: bool,
    /// What the asker may do now.
    actions: Vec<ArchiveAction>,
    /// Acts, oldest first.
    timeline: Vec<TimelineEntry>,
}

/// 件
#[utoipa::path(get, path = "/archives/{id}", params(("id" = String, Path)), responses(
    (status = 200, description = "The page of a 件", body = ArchiveView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such 件 in scope", body = ProblemBody)))]
pub(crate) async fn archive(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Json<ArchiveView>, Problem> {
    let seen = seen(&kit, &asker, &id.0).await?;
    let archive = &seen.archive;
    let title = archive.title.clone().ok_or_else(Refusal::missing)?;
    let loans = loans(&kit, &asker, &seen);
    let borrowed = archive.loans.iter().any(|l| l.person == asker.person && l.runs(kit.now()));
    let tests = archive.tests.iter().rev().map(|(time, test)| TestView {
        time_ms: time.0,
        passed: test.passed(),
        test: test.clone(),
    });
    Ok(Json(ArchiveView {
        id: id.0,
        version: seen.version,
        number: title.number.to_string(),
        title: title.title,
        document_number: title.document_number,
        responsible: title.responsible,
        sort: title.sort,
        unit_name: title.unit_name,
        year: title.number.year,
        retention: title.number.retention,
        formed_ms: title.formed.0,
        registered_ms: archive.registered.0,
        source_kind: title.source.kind().to_owned(),
        source: title.source.key().to_owned(),
        digest: archive.packet.as_ref().map(|packet| packet.digest.clone()),
        size: archive.packet.as_ref().map(|packet| packet.size),
        files: archive.files.clone(),
        tests: tests.collect(),
        loans,
        destruction: archive.destruction.as_ref().map(|proposed| DestructionView {
            reason: proposed.reason.clone(),
            by: who(&proposed.label),
            approved: proposed.approved.iter().map(|(_, label)| who(label)).collect(),
        }),
        destroyed_ms: archive.destroyed.map(|time| time.0),
        ends: archive.ends(),
        opens: archive.opens(),
        opening: archive.opening.as_ref().map(|opening| OpeningView {
            open: opening.open,
            reason: opening.reason.clone(),
            by: who(&opening.label),
            time_ms: opening.time.0,
        }),
        readable: archive.destroyed.is_none()
            && archive.packet.is_some()
            && (seen.keeper.is_some() || borrowed || archive.is_open()),
        actions: actions(&kit, &asker, &seen),
        timeline: timeline(&kit, &seen.id).await?,
    }))
}

pub(super) fn who(label: &Label) -> String {
    format!("{} {} {}", label.unit, label.post, label.person)
}

fn loans(kit: &Kit, asker: &SignedIn, seen: &Seen) -> Vec<LoanView> {
    let shown = |own: bool| own || seen.keeper.is_some();
    let all = seen.archive.loans.iter().enumerate().rev();
    let mine = all.filter(|(_, loan)| shown(loan.person == asker.person));
    mine.map(|(place, loan)| {
        let (state, until_ms, reason) = match &loan.state {
            LoanState::Asked => ("asked", None, None),
            LoanState::Granted { until, .. } if loan.runs(kit.now()) => {
                ("granted", Some(until.0), None)
            }
            LoanState::Granted { until, .. } => ("ended", Some(until.0), None),
            LoanState::Refused { reason } => ("refused", None, Some(reason.clone())),
        };
        LoanView {
            loan: place,
            who: who(&loan.label),
            own: loan.person == asker.person,
            purpose: loan.purpose.clone(),
            asked_ms: loan.asked.0,
            state: state.to_owned(),
            until_ms,
            reason,
            read: loan.read.len(),
        }
    })
    .collect()
}

/// What may be done, each act from the first post that may do it.
fn actions(kit: &Kit, asker: &SignedIn, seen: &Seen) -> Vec<ArchiveAction> {
    let archive = &seen.archive;
    let (None, Some(title)) = (archive.destroyed, &archive.title) else { return Vec::new() };
    let mut all = Vec::new();
    let mut add = |name: &str, post: &lingnan_base::PostId| {
        all.push(ArchiveAction { name: name.to_owned(), post: post.to_string() });
    };
    let year = kit.now().china_date().year();
    if let Some(post) = &seen.keeper {
        if archive.packet.is_some() {
            add("test", post);
        }
        if archive.loans.iter().any(|loan| loan.state == LoanState::Asked) {
            add("grant_loan", post);
            add("refuse_loan", post);
        }
        if archive.destruction.is_none() && archive.ends().is_some_and(|ends| ends <= year) {
            add("propose_destruction", post);
        }
        if archive.packet.is_some() && !archive.is_open() {
            add("open", post);
        }
        let due = archive.opening.is_none() && archive.opens().is_some_and(|opens| opens <= year);
        if due || archive.is_open() {
            add("keep_back", post);
        }
    }
    let mut capacities = asker.capacities().into_iter().map(|capacity| capacity.post);
    let own = archive.loans.iter().filter(|loan| loan.person == asker.person);
    let open = own.into_iter().any(|l| l.state == LoanState::Asked || l.runs(kit.now()));
    if seen.keeper.is_none()
        && archive.packet.is_some()
        && !archive.is_open()
        && !open
        && let Some(post) = capacities.next()
    {
        add("ask_loan", &post);
    }
    if let Some(proposed) = &archive.destruction {
        let judge = asker.capacities().into_iter().map(|capacity| capacity.post).find(|post| {
            kit.with_directory(|directory| {
                serves(directory, post, &title.unit) && has(directory, post, &JUDGES)
            })
        });
        let took_part = proposed.by == asker.person
            || proposed.approved.iter().any(|(person, _)| *person == asker.person);
        if let (Some(post), false) = (&judge, took_part) {
            add("approve_destruction", post);
        }
        if let Some(post) = judge.as_ref().or(seen.keeper.as_ref()) {
            add("refuse_destruction", post);
        }
    }
    all
}
