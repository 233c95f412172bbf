//! A matter's page: what it is about, where it stands, what I can do, opinions, timeline.

use super::files::visible_files;
use super::parts::{
    CourseStep, NoticeView, WorkAction, WorkOpinion, WorkStage, actions, course as course_of,
    holder_name, notices, opinions, stages,
};
use crate::library::decide as library;
use crate::library::model::{Entry, Parsed};
use crate::work::decide::rights;
use crate::work::model::{Kept, State as Standing, Work};
use crate::work::package as archive;
use axum::Json;
use axum::extract::State;
use lingnan_api::{
    Attachment, Kit, Problem, ProblemBody, Segment, SignedIn, TimelineEntry, timeline,
};
use lingnan_forms::{Values, visible};
use lingnan_journal::{Matter, MatterId, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

/// What an automatic step did.
#[derive(Serialize, ToSchema)]
pub(crate) struct PerformedView {
    /// The step's name.
    step: String,
    /// What came of it.
    result: String,
    /// When, in milliseconds.
    time_ms: i64,
}

/// A matter's page.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkView {
    /// Its key.
    id: String,
    /// Its version, to be sent back with an act.
    version: u64,
    /// The process's code.
    code: String,
    /// The process's name.
    process: String,
    /// The edition by which it runs.
    edition: u32,
    /// Its title.
    title: String,
    /// 登记号
    number: Option<String>,
    /// The unit that started it.
    unit: String,
    /// Who started it.
    starter: String,
    /// How it stands as a whole.
    state: Standing,
    /// The form, a JSON Schema.
    form: serde_json::Value,
    /// What it holds, without what the asker may not see.
    values: serde_json::Value,
    /// Fields that hold something and are not in the form since a 换版.
    removed: Vec<String>,
    /// The files among it.
    files: Vec<Attachment>,
    /// The number of the form's version.
    form_version: u32,
    /// SM3 of it.
    digest: String,
    /// The state line; empty while it is a draft.
    stages: Vec<WorkStage>,
    /// Every step with how it stands; empty while it is a draft.
    course: Vec<CourseStep>,
    /// What the asker can do now.
    actions: Vec<WorkAction>,
    /// Opinions in order of rank.
    opinions: Vec<WorkOpinion>,
    /// 传阅、抄送
    notices: Vec<NoticeView>,
    /// What the platform did.
    performed: Vec<PerformedView>,
    /// Keys of sub-matters.
    called: Vec<String>,
    /// Key of the matter that called it.
    caller: Option<String>,
    /// When the whole is due, in milliseconds.
    due_ms: Option<i64>,
    /// Whether that may move when the year's holidays are arranged.
    due_provisional: bool,
    /// 永久, 30年, 10年, or why nothing is kept.
    kept: Option<String>,
    /// SM3 of the archive's package.
    package: Option<String>,
    /// Acts, oldest first.
    timeline: Vec<TimelineEntry>,
}

fn matter(key: &str) -> Result<MatterId, Problem> {
    MatterId::new(Work::KIND, key).map_err(|_| Refusal::missing().into())
}

/// 事项
#[utoipa::path(get, path = "/works/{id}", params(("id" = String, Path)), responses(
    (status = 200, description = "The matter's page", body = WorkView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such matter in scope", body = ProblemBody)))]
pub(crate) async fn work(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Json<WorkView>, Problem> {
    let matter = matter(&id.0)?;
    asker.must_see(&matter).await?;
    let (version, work) = kit.store.load::<Work>(&matter).await?;
    let course = work.course.clone().ok_or_else(Refusal::missing)?;
    let (_, entry) = kit.store.load::<Entry>(&library::matter(&course.code)?).await?;
    let edition = entry.edition(course.version).ok_or_else(Refusal::missing)?;
    let parsed = edition.parsed()?;
    let flow = work.flow.as_ref();
    let values = seen(&asker, &parsed, &work);
    let (kept, package) = match &work.kept {
        Some(Kept::Archived { retention, digest, .. }) => {
            (Some(retention.clone()), Some(digest.clone()))
        }
        Some(Kept::Not { reason }) => (Some(reason.clone()), None),
        None => (None, None),
    };
    let starter = work.starter.as_ref().map(|post| holder_name(&kit, post.as_str()));
    let performed = work.performed.iter().map(|one| PerformedView {
        step: one.name.clone(),
        result: one.result.clone(),
        time_ms: one.time.0,
    });
    Ok(Json(WorkView {
        id: id.0,
        version,
        code: course.code,
        process: course.name,
        edition: course.version,
        title: work.title.clone(),
        number: work.number.clone(),
        unit: work.unit_name.clone(),
        starter: starter.unwrap_or_default(),
        state: work.state,
        form: serde_json::from_str(&edition.form).unwrap_or_default(),
        files: visible_files(&parsed, &work, &values),
        values: serde_json::to_value(&values).unwrap_or_default(),
        removed: work.removed.clone(),
        form_version: work.version,
        digest: work.digest.clone(),
        stages: flow.map(|flow| stages(&kit, &parsed.definition, flow)).unwrap_or_default(),
        course: flow.map(|flow| course_of(&parsed.definition, flow)).unwrap_or_default(),
        actions: actions(&kit, &asker, &parsed, &work),
        opinions: opinions(&work.opinions),
        notices: flow.map(|flow| notices(&kit, flow)).unwrap_or_default(),
        performed: performed.collect(),
        called: work.called.iter().map(|(_, matter)| matter.key().to_owned()).collect(),
        caller: work.caller.as_ref().map(|(matter, _)| matter.key().to_owned()),
        due_ms: flow.and_then(|flow| flow.clock().due).map(|due| due.0),
        due_provisional: flow.is_some_and(|flow| flow.clock().is_provisional()),
        kept,
        package,
        timeline: timeline(&kit, &matter).await?,
    }))
}

/// What the form holds, without what is hidden at the steps the asker stands at; whoever stands
/// at none sees what no step hides from anybody.
pub(super) fn seen(asker: &SignedIn, parsed: &Parsed, work: &Work) -> Values {
    let capacities = asker.capacities();
    let own = |post: &str| capacities.iter().any(|capacity| capacity.post.as_str() == post);
    if work.starter.as_ref().is_some_and(|starter| own(starter.as_str())) {
        return work.values.clone();
    }
    let flow = work.flow.as_ref();
    let mine = flow.into_iter().flat_map(|flow| {
        let held = flow.tickets().filter(|(_, ticket)| own(&ticket.holder.0));
        held.filter_map(|(_, ticket)| flow.node_of(&parsed.definition, ticket))
    });
    let mine: Vec<_> = mine.collect();
    let nodes: Vec<_> = if mine.is_empty() { parsed.definition.nodes().collect() } else { mine };
    // What an earlier edition may have hidden is the starter's alone.
    let mut values = work.values.clone();
    values.0.retain(|name, _| !work.removed.contains(name));
    for node in nodes {
        values = visible(&values, &rights(&parsed.form, node));
    }
    values
}

/// 归档包
#[utoipa::path(get, path = "/works/{id}/package", params(("id" = String, Path)), responses(
    (status = 200, description = "The package as it was archived", body = serde_json::Value),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such matter in scope, or not archived", body = ProblemBody)))]
pub(crate) async fn work_package(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Json<serde_json::Value>, Problem> {
    let matter = matter(&id.0)?;
    asker.must_see(&matter).await?;
    let (_, work) = kit.store.load::<Work>(&matter).await?;
    let Some(Kept::Archived { digest, .. }) = &work.kept else {
        return Err(Refusal::missing().into());
    };
    let course = work.course.clone().ok_or_else(Refusal::missing)?;
    let (_, entry) = kit.store.load::<Entry>(&library::matter(&course.code)?).await?;
    let edition = entry.edition(course.version).ok_or_else(Refusal::missing)?;
    let package = archive::package(&work, edition, &matter);
    let now = archive::digest(&package);
    Ok(Json(serde_json::json!({ "digest": digest, "matches": now == *digest, "package": package })))
}
