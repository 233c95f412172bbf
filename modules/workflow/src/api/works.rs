//! Acts on matters: starting and handling them.

use super::files::{brought, edition_of, filled, keep};
use super::post;
use crate::library::decide as library;
use crate::library::model::Entry;
use crate::work::model::{Request, Work};
use crate::{Handle, Start, Submission};
use axum::Json;
use axum::extract::State;
use lingnan_api::{Done, JsonBody, Kit, Problem, ProblemBody, Segment, SignedIn, act_id};
use lingnan_auth::Action;
use lingnan_journal::{Kind, Matter, MatterId, Refusal};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// 发起
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StartAct {
    /// The client's id of the act.
    act_id: String,
    /// From which post.
    as_post: String,
    /// The process's code.
    code: String,
    /// What is filled in.
    fields: Map<String, Value>,
    /// Whether it is submitted at once; otherwise it is a draft.
    submit: bool,
    /// What the next is told.
    #[serde(default)]
    opinion: String,
}

/// An act on a matter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkAct {
    /// The client's id of the act.
    act_id: String,
    /// From which post.
    as_post: String,
    /// The version the actor saw.
    seen: Option<u64>,
    /// What is asked.
    request: Request,
}

/// 发起事项
#[utoipa::path(post, path = "/works", request_body = StartAct, responses(
    (status = 200, description = "Begun", body = Done),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "The post does not start this process", body = ProblemBody),
    (status = 404, description = "No such process", body = ProblemBody),
    (status = 422, description = "The form is not right", body = ProblemBody)))]
pub(crate) async fn start_work(
    State(kit): State<Kit>,
    asker: SignedIn,
    body: JsonBody<StartAct>,
) -> Result<Json<Done>, Problem> {
    let JsonBody(act) = body;
    let acting = asker.acting(&post(&act.as_post)?, Action::HandleDocuments)?;
    let submission = if act.submit { Submission::Submit(act.opinion) } else { Submission::Draft };
    let (_, entry) = kit.store.load::<Entry>(&library::matter(&act.code)?).await?;
    let parsed = entry.in_use().ok_or_else(Refusal::missing)?.parsed()?;
    let files = brought((&kit, &asker), &parsed, &act.fields, &[]).await?;
    let kept: Vec<String> = files.iter().map(|file| file.digest.clone()).collect();
    let (code, fields, setting) = (act.code, act.fields, kit.setting());
    let command = Start { code, fields, submission, files, setting };
    let done = kit.store.submit(act_id(&act.act_id)?, acting.actor, command).await?;
    keep(&kit, &asker, &kept).await?;
    Ok(Json(done.into()))
}

/// 办理事项
#[utoipa::path(post, path = "/works/{id}/acts", params(("id" = String, Path)),
    request_body = WorkAct, responses(
    (status = 200, description = "Done", body = Done),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such matter in scope", body = ProblemBody),
    (status = 409, description = "The matter has moved on", body = ProblemBody),
    (status = 422, description = "A rule is broken", body = ProblemBody)))]
pub(crate) async fn handle_work(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
    body: JsonBody<WorkAct>,
) -> Result<Json<Done>, Problem> {
    let JsonBody(act) = body;
    let matter = MatterId::new(Work::KIND, &id.0).map_err(|_| Refusal::missing())?;
    asker.must_see(&matter).await?;
    let acting = asker.acting(&post(&act.as_post)?, Action::HandleDocuments)?;
    if act.request.is_administrative() {
        let message = "这项操作由流程管理员办理。";
        return Err(Refusal::new(Kind::Forbidden, "workflow.administrative", message).into());
    }
    let files = match filled(&act.request).filter(|fields| !fields.is_empty()) {
        Some(fields) => {
            let (_, work) = kit.store.load::<Work>(&matter).await?;
            let parsed = edition_of(&kit, &work).await?;
            brought((&kit, &asker), &parsed, fields, &work.files).await?
        }
        None => Vec::new(),
    };
    let kept: Vec<String> = files.iter().map(|file| file.digest.clone()).collect();
    let (key, seen, request) = (id.0, act.seen, act.request);
    let command = Handle { key, seen, request, files, setting: kit.setting() };
    let done = kit.store.submit(act_id(&act.act_id)?, acting.actor, command).await?;
    keep(&kit, &asker, &kept).await?;
    Ok(Json(done.into()))
}
