//! Acts: every change of a document comes in here.

use super::{pictures, print};
use crate::body::Body;
use crate::decide::{Begin, Handle, HandleIncoming, OpenBook};
use crate::incoming::{Incoming, IncomingRequest};
use crate::model::{Document, Head, Request};
use axum::Json;
use axum::extract::State;
use lingnan_api::{Done, JsonBody, Kit, Problem, ProblemBody, Segment, SignedIn, act_id, uploads};
use lingnan_auth::Action;
use lingnan_base::{PostId, UnitId};
use lingnan_journal::{Datum, Matter, MatterId, Refusal};
use serde::Deserialize;
use utoipa::ToSchema;

/// 起草
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeginAct {
    /// The client's id of the act.
    act_id: String,
    /// From which post.
    as_post: String,
    /// The head.
    head: Head,
    /// The text.
    body: Body,
    /// 密级: must be empty.
    #[serde(default)]
    secrecy: String,
}

/// An act on a document.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentAct {
    /// The client's id of the act.
    act_id: String,
    /// From which post.
    as_post: String,
    /// The version the actor saw.
    seen: Option<u64>,
    /// What is asked.
    request: Request,
}

/// An act on a received document.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IncomingAct {
    /// The client's id of the act.
    act_id: String,
    /// From which post.
    as_post: String,
    /// The version the actor saw.
    seen: Option<u64>,
    /// What is asked.
    request: IncomingRequest,
}

/// 启用发文字号簿
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenBookAct {
    /// The client's id of the act.
    act_id: String,
    /// From which post.
    as_post: String,
    /// The book's key.
    key: String,
    /// Whose.
    unit: String,
    /// 机关代字
    code: String,
}

pub(super) fn post(text: &str) -> Result<PostId, Problem> {
    PostId::parse(text).map_err(|_| Refusal::missing().into())
}

/// 起草公文
#[utoipa::path(post, path = "/documents", request_body = BeginAct, responses(
    (status = 200, description = "Begun", body = Done),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "The post does not draft", body = ProblemBody),
    (status = 422, description = "A rule is broken", body = ProblemBody)))]
pub(crate) async fn begin(
    State(kit): State<Kit>,
    asker: SignedIn,
    body: JsonBody<BeginAct>,
) -> Result<Json<Done>, Problem> {
    let JsonBody(act) = body;
    let acting = asker.acting(&post(&act.as_post)?, Action::HandleDocuments)?;
    let pictures = pictures::uploaded(&kit, &asker, &act.body, None).await?;
    let attached: Vec<String> = pictures.iter().map(|file| file.digest.clone()).collect();
    let BeginAct { act_id: id, head, body, secrecy, .. } = act;
    let command = Begin { head, body, secrecy, pictures, setting: kit.setting() };
    let done = kit.store.submit(act_id(&id)?, acting.actor, command).await?;
    for digest in attached {
        uploads::attached(&kit.store, &asker.person, &digest).await?;
    }
    Ok(Json(done.into()))
}

/// 办理公文
#[utoipa::path(post, path = "/documents/{id}/acts", params(("id" = String, Path)),
    request_body = DocumentAct, responses(
    (status = 200, description = "Done", body = Done),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody),
    (status = 409, description = "The matter has moved on", body = ProblemBody),
    (status = 422, description = "A rule is broken", body = ProblemBody)))]
pub(crate) async fn handle(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
    body: JsonBody<DocumentAct>,
) -> Result<Json<Done>, Problem> {
    let JsonBody(act) = body;
    let matter = MatterId::new(Document::KIND, &id.0).map_err(|_| Refusal::missing())?;
    asker.must_see(&matter).await?;
    let acting = asker.acting(&post(&act.as_post)?, Action::HandleDocuments)?;
    let book = match &act.request {
        Request::Number { book: Some(book), .. } => Some(book.clone()),
        Request::Number { book: None, .. } => first_book(&kit, &acting.capacity.unit).await?,
        _ => None,
    };
    let upload = uploaded(&kit, &asker, act.request.upload()).await?;
    let printed = match &act.request {
        Request::Distribute { .. } => print::keep(&kit, &asker, &matter).await?,
        _ => None,
    };
    let pictures = match act.request.text() {
        Some(text) => pictures::uploaded(&kit, &asker, text, Some(&matter)).await?,
        None => Vec::new(),
    };
    let files = printed.iter().flat_map(|printed| [&printed.pdf, &printed.ofd]);
    let files = files.chain(&upload).chain(&pictures);
    let attached: Vec<String> = files.map(|file| file.digest.clone()).collect();
    let (key, seen, request) = (id.0, act.seen, act.request);
    let setting = kit.setting();
    let command = Handle { key, seen, request, book, upload, pictures, printed, setting };
    let done = kit.store.submit(act_id(&act.act_id)?, acting.actor, command).await?;
    for digest in attached {
        uploads::attached(&kit.store, &asker.person, &digest).await?;
    }
    Ok(Json(done.into()))
}

/// 办理收文
#[utoipa::path(post, path = "/incoming/{id}/acts", params(("id" = String, Path)),
    request_body = IncomingAct, responses(
    (status = 200, description = "Done", body = Done),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody),
    (status = 409, description = "The matter has moved on", body = ProblemBody),
    (status = 422, description = "A rule is broken", body = ProblemBody)))]
pub(crate) async fn handle_incoming(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
    body: JsonBody<IncomingAct>,
) -> Result<Json<Done>, Problem> {
    let JsonBody(act) = body;
    let matter = MatterId::new(Incoming::KIND, &id.0).map_err(|_| Refusal::missing())?;
    asker.must_see(&matter).await?;
    let acting = asker.acting(&post(&act.as_post)?, Action::HandleDocuments)?;
    let (key, seen, request) = (id.0, act.seen, act.request);
    let upload = uploaded(&kit, &asker, request.upload()).await?;
    let digest = upload.as_ref().map(|file| file.digest.clone());
    let command = HandleIncoming { key, seen, request, upload, setting: kit.setting() };
    let done = kit.store.submit(act_id(&act.act_id)?, acting.actor, command).await?;
    if let Some(digest) = digest {
        uploads::attached(&kit.store, &asker.person, &digest).await?;
    }
    Ok(Json(done.into()))
}

/// The file that an act is about, as its actor uploaded it.
async fn uploaded(
    kit: &Kit,
    asker: &SignedIn,
    digest: Option<&str>,
) -> Result<Option<lingnan_api::Attachment>, Problem> {
    let Some(digest) = digest else { return Ok(None) };
    Ok(uploads::find(&kit.store, &asker.person, digest).await?)
}

/// 启用发文字号簿
#[utoipa::path(post, path = "/number-books", request_body = OpenBookAct, responses(
    (status = 200, description = "Opened", body = Done),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Not the system administrator", body = ProblemBody),
    (status = 409, description = "Open already", body = ProblemBody)))]
pub(crate) async fn open_book(
    State(kit): State<Kit>,
    asker: SignedIn,
    body: JsonBody<OpenBookAct>,
) -> Result<Json<Done>, Problem> {
    let JsonBody(act) = body;
    let acting = asker.acting(&post(&act.as_post)?, Action::ManageNumberBooks)?;
    let unit = UnitId::parse(&act.unit).map_err(|_| Refusal::missing())?;
    if kit.with_directory(|directory| directory.unit(&unit).is_none()) {
        return Err(Refusal::missing().into());
    }
    let command = OpenBook { key: act.key, unit, code: act.code };
    Ok(Json(kit.store.submit(act_id(&act.act_id)?, acting.actor, command).await?.into()))
}

async fn first_book(kit: &Kit, unit: &UnitId) -> Result<Option<MatterId>, Problem> {
    let sql = "select book from number_book where unit = $1 order by book limit 1";
    let rows = kit.store.query(sql, vec![Datum::text(unit.as_str())]).await?;
    Ok(match rows.first().map(Vec::as_slice) {
        Some([Datum::Text(book)]) => MatterId::parse(book).ok(),
        _ => None,
    })
}
