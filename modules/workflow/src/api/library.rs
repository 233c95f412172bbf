//! 流程库: finding a process, reading it, trying it, and releasing another edition.

use crate::library::decide;
use crate::library::model::Entry;
use crate::library::views::retention;
use axum::Json;
use axum::extract::{Path, State};
use lingnan_api::{
    Cursor, Kit, PAGE_MAX, Page, Params, Problem, ProblemBody, Segment, SignedIn, page,
};
use lingnan_auth::Action;
use lingnan_handlers::may_start;
use lingnan_journal::{Datum, Refusal, Seat};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which processes.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Words in the name, or the code.
    q: Option<String>,
    /// The domain, as its folder.
    domain: Option<String>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// A process in the list.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProcessLine {
    /// Its code.
    code: String,
    /// Its name.
    name: String,
    /// Its domain.
    domain: String,
    /// The edition in use; 0 before the first release.
    version: i64,
    /// The whole matter's limit, as the notation says it.
    limit: String,
    /// The law it rests on.
    basis: String,
    /// How long what is concluded is kept.
    retention: String,
    /// How many steps it has.
    steps: i64,
    /// The edition that awaits confirmation; 0 when none does.
    proposed: i64,
    /// How many matters run by it now.
    running: i64,
}

/// A step, for whoever reads a process.
#[derive(Serialize, ToSchema)]
pub(crate) struct StepView {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// Who handles it, as the notation says it.
    who: String,
    /// When it is due, as the notation says it.
    limit: String,
}

/// An edition in the list of a process.
#[derive(Serialize, ToSchema)]
pub(crate) struct EditionLine {
    /// Its number.
    version: u32,
    /// Who brought it.
    person: String,
    /// When, in milliseconds.
    time_ms: i64,
}

/// An edition that awaits a second person.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProposalView {
    /// The edition.
    version: u32,
    /// Why.
    note: String,
    /// Who proposed it.
    person: String,
    /// When, in milliseconds.
    time_ms: i64,
}

/// A process's page.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProcessView {
    /// Its code.
    code: String,
    /// Its name.
    name: String,
    /// Its domain.
    domain: String,
    /// The edition in use.
    version: Option<u32>,
    /// Its text.
    flow: String,
    /// Its form, a JSON Schema.
    form: serde_json::Value,
    /// The law it rests on.
    basis: Vec<String>,
    /// The whole matter's limit.
    limit: String,
    /// How long what is concluded is kept.
    retention: String,
    /// Who may start it, as the notation says it.
    start: String,
    /// At which levels of government; at any when empty.
    start_at: Vec<String>,
    /// Its steps in reading order.
    steps: Vec<StepView>,
    /// From which of the asker's posts it may be started.
    posts: Vec<String>,
    /// Its editions, newest first.
    editions: Vec<EditionLine>,
    /// What awaits confirmation.
    proposal: Option<ProposalView>,
}

/// The texts of an edition.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Texts {
    /// The process.
    pub(super) flow: String,
    /// Its form.
    pub(super) form: String,
}

const SELECT: &str = "select p.code, p.name, p.domain, p.version, p.limit_text, p.basis, \
    p.retention, p.steps, p.proposed, (select count(*) from work w where w.code = p.code \
    and w.state in ('running', 'suspended')) from workflow_process p where p.code > $1";

/// 流程目录
#[utoipa::path(get, path = "/processes", params(Which), responses(
    (status = 200, description = "A page of processes by code", body = Page<ProcessLine>),
    (status = 401, description = "Not signed in", body = ProblemBody)))]
pub(crate) async fn processes(
    State(kit): State<Kit>,
    asker: SignedIn,
    which: Params<Which>,
) -> Result<Json<Page<ProcessLine>>, Problem> {
    asker.require(Action::ReadDirectory)?;
    let cursor = Cursor::parse(which.0.cursor.as_deref())?;
    let mut values = vec![Datum::Text(cursor.map(|cursor| cursor.key).unwrap_or_default())];
    let mut sql = SELECT.to_owned();
    if let Some(words) = which.0.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        values.push(Datum::Text(lingnan_api::text::pattern(words)));
        values.push(Datum::Text(words.to_lowercase()));
        sql.push_str(" and (p.name like $2 escape '\\' or p.code = $3)");
    }
    if let Some(domain) = which.0.domain.filter(|domain| !domain.is_empty()) {
        values.push(Datum::Text(domain));
        sql.push_str(&format!(" and p.domain = ${}", values.len()));
    }
    sql.push_str(&format!(" order by p.code limit {}", PAGE_MAX.saturating_add(1)));
    let rows = kit.store.reader().query_text(sql, values).await?;
    let lines: Vec<ProcessLine> = rows.iter().filter_map(|row| line(row)).collect();
    Ok(Json(page(lines, |line| Cursor { number: 0, key: line.code.clone() })))
}

fn line(row: &[Datum]) -> Option<ProcessLine> {
    let [
        Datum::Text(code),
        Datum::Text(name),
        Datum::Text(domain),
        Datum::Int(version),
        Datum::Text(limit),
        Datum::Text(basis),
        Datum::Text(retention),
        Datum::Int(steps),
        Datum::Int(proposed),
        Datum::Int(running),
    ] = row
    else {
        return None;
    };
    Some(ProcessLine {
        code: code.clone(),
        name: name.clone(),
        domain: domain.clone(),
        version: *version,
        limit: limit.clone(),
        basis: basis.clone(),
        retention: retention.clone(),
        steps: *steps,
        proposed: *proposed,
        running: *running,
    })
}

/// 流程
#[utoipa::path(get, path = "/processes/{code}", params(("code" = String, Path)), responses(
    (status = 200, description = "The process's page", body = ProcessView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such process", body = ProblemBody)))]
pub(crate) async fn process(
    State(kit): State<Kit>,
    asker: SignedIn,
    code: Segment,
) -> Result<Json<ProcessView>, Problem> {
    asker.require(Action::ReadDirectory)?;
    let id = decide::matter(&code.0)?;
    let (_, entry) = kit.store.load::<Entry>(&id).await?;
    let shown = entry.in_use().or_else(|| entry.editions.last()).ok_or_else(Refusal::missing)?;
    let parsed = shown.parsed()?;
    let process = &parsed.process;
    let posts = asker.capacities().into_iter().filter(|capacity| {
        let person = asker.person.clone();
        let seat = Seat { person, post: capacity.post.clone(), unit: capacity.unit.clone() };
        kit.with_directory(|directory| may_start(directory, process, &seat))
    });
    let step = |node: &lingnan_flow::Node| StepView {
        id: node.id().to_owned(),
        name: node.name().to_owned(),
        who: node.who.to_string(),
        limit: node.limit.as_ref().map(|limit| limit.due.to_string()).unwrap_or_default(),
    };
    let edition = |edition: &crate::library::Edition| EditionLine {
        version: edition.version,
        person: edition.label.person.clone(),
        time_ms: edition.time.0,
    };
    Ok(Json(ProcessView {
        code: code.0,
        name: process.name.to_string(),
        domain: process.domain.to_string(),
        version: entry.current,
        flow: shown.flow.to_string(),
        form: serde_json::from_str(&shown.form).unwrap_or_default(),
        basis: process.basis.iter().map(ToString::to_string).collect(),
        limit: process.limit.as_ref().map(|limit| limit.time.to_string()).unwrap_or_default(),
        retention: retention(process.archive.as_ref()).to_owned(),
        start: process.start.to_string(),
        start_at: process.start_at.iter().map(|level| level.chinese().to_owned()).collect(),
        steps: parsed.definition.nodes().map(step).collect(),
        posts: posts.map(|capacity| capacity.post.to_string()).collect(),
        editions: entry.editions.iter().rev().map(edition).collect(),
        proposal: entry.proposal.as_ref().map(|proposal| ProposalView {
            version: proposal.version,
            note: proposal.note.clone(),
            person: proposal.label.person.clone(),
            time_ms: proposal.time.0,
        }),
    }))
}

/// 某一版流程
#[utoipa::path(get, path = "/processes/{code}/editions/{version}",
    params(("code" = String, Path), ("version" = u32, Path)), responses(
    (status = 200, description = "Its texts", body = Texts),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such edition", body = ProblemBody)))]
pub(crate) async fn process_edition(
    State(kit): State<Kit>,
    asker: SignedIn,
    path: Path<(String, u32)>,
) -> Result<Json<Texts>, Problem> {
    asker.require(Action::ReadDirectory)?;
    let Path((code, version)) = path;
    let (_, entry) = kit.store.load::<Entry>(&decide::matter(&code)?).await?;
    let edition = entry.edition(version).ok_or_else(Refusal::missing)?;
    Ok(Json(Texts { flow: edition.flow.to_string(), form: edition.form.to_string() }))
}
