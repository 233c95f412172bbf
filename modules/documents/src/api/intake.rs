//! 来文登记: what came on paper is read, and registered once a clerk has confirmed what was read.

use super::acts::post;
use crate::decide::Register;
use crate::incoming::{Incoming, Received};
use crate::paper::{FILES_MAX, MachineReading, Paper, Registration, confirmed, readings};
use axum::Json;
use axum::extract::{Request, State};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt;
use lingnan_api::{
    Attachment, Done, JsonBody, Kit, Problem, ProblemBody, ReadElement, SignedIn, act_id, scanner,
    uploads,
};
use lingnan_auth::Action;
use lingnan_journal::{Datum, Kind, Matter, MatterId, Refusal};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// What was read of a file; nothing of it is kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct ScanView {
    /// How many pages it has.
    count: usize,
    /// Those that were looked at.
    pages: Vec<ScannedPageView>,
    /// What was found on them.
    elements: Vec<ReadElement>,
    /// Why pictures were not read, if they were not.
    unread: Option<String>,
}

/// A page that was looked at.
#[derive(Serialize, ToSchema)]
pub(crate) struct ScannedPageView {
    /// Which, from 1.
    number: usize,
    /// Its width by its height.
    ratio: f32,
    /// Read from the picture, and not from text of the file.
    by_eye: bool,
    /// JPEG as a `data:` address.
    picture: String,
}

/// 登记
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterAct {
    /// The client's id of the act.
    act_id: String,
    /// From which post.
    as_post: String,
    /// What the clerk confirmed.
    registration: Registration,
    /// Its pages: digests of files that he uploaded.
    files: Vec<String>,
}

/// What is known of a document that came on paper.
#[derive(Serialize, ToSchema)]
pub(crate) struct PaperView {
    /// 成文日期
    date: Option<String>,
    /// 份号
    copy_number: String,
    /// 主送机关
    addressees: String,
    /// What was read, beside what was confirmed.
    readings: Vec<ReadingView>,
}

/// What was read as an element, beside what was confirmed.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReadingView {
    /// What was read, and how surely.
    #[serde(flatten)]
    reading: MachineReading,
    /// What was confirmed.
    confirmed: String,
}

impl PaperView {
    pub(super) fn of(received: &Received, paper: &Paper) -> Self {
        let reading = |own: &MachineReading| ReadingView {
            confirmed: confirmed(own.field, received, paper),
            reading: own.clone(),
        };
        Self {
            date: paper.date.map(|date| date.to_string()),
            copy_number: paper.copy_number.clone(),
            addressees: paper.addressees.clone(),
            readings: paper.readings.iter().map(reading).collect(),
        }
    }
}

/// 识别来文
#[utoipa::path(post, path = "/documents/scan",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, description = "What was read; nothing is kept", body = ScanView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 422, description = "It cannot be read, or is a state secret", body = ProblemBody)))]
pub(crate) async fn scan(
    State(kit): State<Kit>,
    asker: SignedIn,
    request: Request,
) -> Result<Json<ScanView>, Problem> {
    asker.require(Action::HandleDocuments)?;
    let file = bytes(request).await?;
    let reading = kit.scanner.read(file).await?;
    let pages = reading.scan.pages.iter().zip(&reading.pictures);
    let page = |(page, picture): (&lingnan_api::ScannedPage, &Vec<u8>)| ScannedPageView {
        number: page.number,
        ratio: page.ratio,
        by_eye: page.by_eye,
        picture: format!("data:image/jpeg;base64,{}", STANDARD.encode(picture)),
    };
    Ok(Json(ScanView {
        count: reading.scan.count,
        pages: pages.map(page).collect(),
        elements: reading.scan.elements.clone(),
        unread: reading.scan.unread.clone(),
    }))
}

async fn bytes(request: Request) -> Result<Vec<u8>, Problem> {
    let mut file = Vec::new();
    let mut chunks = request.into_body().into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| {
            Refusal::new(Kind::Invalid, "files.broken", "上传中断，文件没有识别。")
                .with_next("请检查网络后重新上传。")
        })?;
        file.extend_from_slice(&chunk);
        if scanner::is_too_large(file.len()) {
            return Err(scanner::too_large().into());
        }
    }
    Ok(file)
}

/// 登记来文
#[utoipa::path(post, path = "/documents/incoming", request_body = RegisterAct, responses(
    (status = 200, description = "Registered and acknowledged", body = Done),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "The post is no clerk's", body = ProblemBody),
    (status = 409, description = "The unit has it already", body = ProblemBody),
    (status = 422, description = "A rule is broken", body = ProblemBody)))]
pub(crate) async fn register_paper(
    State(kit): State<Kit>,
    asker: SignedIn,
    body: JsonBody<RegisterAct>,
) -> Result<Json<Done>, Problem> {
    let JsonBody(act) = body;
    let acting = asker.acting(&post(&act.as_post)?, Action::HandleDocuments)?;
    let registration = act.registration.checked()?;
    must_not_have_come(&kit, acting.capacity.unit.as_str(), &registration).await?;
    let mut files = Vec::new();
    for digest in act.files.iter().take(FILES_MAX.saturating_add(1)) {
        let file = uploads::find(&kit.store, &asker.person, digest).await?;
        files.push(file.ok_or_else(Refusal::missing)?);
    }
    let mut read = Vec::new();
    for file in &files {
        read.push(reading(&kit, &asker, file).await?);
    }
    let readings = readings(read.iter().flat_map(|own| &own.scan.elements));
    let setting = kit.setting();
    let command = Register { registration, files: files.clone(), readings, setting };
    let done = kit.store.submit(act_id(&act.act_id)?, acting.actor, command).await?;
    for file in files {
        uploads::attached(&kit.store, &asker.person, &file.digest).await?;
    }
    Ok(Json(done.into()))
}

/// What the machine reads of a file: asked of the machine itself, not of whoever registers. What
/// turns out to be a state secret is not kept.
async fn reading(
    kit: &Kit,
    asker: &SignedIn,
    file: &Attachment,
) -> Result<Arc<lingnan_api::Reading>, Problem> {
    let read = kit.scanner.read(lingnan_api::contents(kit, file).await?).await;
    if read.as_ref().is_err_and(|problem| problem.code() == lingnan_api::secrecy::CODE) {
        uploads::give_up(&kit.store, &kit.blobs, &asker.person, &file.digest).await?;
    }
    read
}

const SELECT_SAME: &str = "select title from document_receipt \
    where unit = $1 and number = $2 and sender = $3 and document is not null limit 1";

/// The same document may have come through this platform before it came on paper.
async fn must_not_have_come(
    kit: &Kit,
    unit: &str,
    registration: &Registration,
) -> Result<(), Problem> {
    let values = [unit, &*registration.number, &*registration.sender].map(Datum::text);
    let rows = kit.store.query(SELECT_SAME, values.to_vec()).await?;
    let Some([Datum::Text(title)]) = rows.first().map(Vec::as_slice) else { return Ok(()) };
    let message = format!("这份来文已从本平台收到：{}《{title}》。", registration.number);
    Err(Refusal::new(Kind::Conflict, "documents.paper_delivered", message)
        .with_next("请在收文中办理已收到的电子来文，不再登记纸质件。")
        .into())
}

/// A file of a document that came on paper, for whoever sees it.
pub(super) async fn paper_file(
    kit: &Kit,
    asker: &SignedIn,
    key: &str,
    digest: &str,
) -> Result<Attachment, Problem> {
    let matter = MatterId::new(Incoming::KIND, key).map_err(|_| Refusal::missing())?;
    asker.must_see(&matter).await?;
    let (_, incoming) = kit.store.load::<Incoming>(&matter).await?;
    let files = incoming.paper.iter().flat_map(|paper| &paper.files);
    let file = files.into_iter().find(|file| file.digest == digest);
    Ok(file.ok_or_else(Refusal::missing)?.clone())
}
