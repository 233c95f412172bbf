//! Word: a file read into a draft that is not kept, and a document taken away as one.

use super::parts::{self, NamedUnit};
use super::pictures;
use super::print::{must_be_its_own, seen};
use crate::body::{Body, BodyFault};
use crate::model::{DocumentType, Format, Meeting, Openness, Urgency};
use crate::picture::PictureFault;
use crate::word::{Brought, Draft, Issuing, draft};
use axum::Json;
use axum::extract::{Request, State};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lingnan_api::{Kit, Params, Problem, ProblemBody, Segment, SignedIn, file_response, secrecy};
use lingnan_auth::Action;
use lingnan_base::{PostId, UnitId};
use lingnan_gongwen::Annex;
use lingnan_journal::{Fault, Kind, Refusal};
use lingnan_word::Imported;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Bytes of a file that is read; a text of 400 pages with a picture on each tenth has 15 MB.
const FILE_MAX: usize = 20 << 20;

/// From which post it is drafted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Drafting {
    /// The drafting unit.
    unit: String,
}

/// A Word document as a draft; nothing of it is kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct WordDraft {
    /// 标题
    title: String,
    /// 文种, when it was recognised.
    document_type: Option<DocumentType>,
    /// 公文格式, when it is not that of the type.
    format: Option<Format>,
    /// 紧急程度
    urgency: Urgency,
    /// 主送机关 that are in the directory.
    recipients: Vec<NamedUnit>,
    /// 抄送机关 that are in the directory.
    copies: Vec<NamedUnit>,
    /// 发文机关, when it is recognised and not the drafting unit.
    issuer: Option<NamedUnit>,
    /// 联合发文机关 that are in the directory, besides the own.
    joint: Vec<NamedUnit>,
    /// 签发人, when exactly one post can be meant.
    signer: Option<NamedPost>,
    /// 附注
    note: String,
    /// 公开属性, when 附注 tells it.
    openness: Option<Openness>,
    /// Of which meeting it tells.
    meeting: Option<Meeting>,
    /// The text.
    body: Body,
    /// The pictures of the text, to be uploaded by whoever takes the draft.
    pictures: Vec<PictureFile>,
    /// Annexes whose text is in the file, each as a file of its own.
    annexes: Vec<AnnexFile>,
    /// Every element that was recognised.
    found: Vec<FoundElement>,
    /// What was dropped or changed, a sentence each.
    dropped: Vec<String>,
}

/// A post with whoever holds it.
#[derive(Serialize, ToSchema)]
pub(crate) struct NamedPost {
    /// Its id.
    id: String,
    /// Unit, title and holder.
    name: String,
}

/// An annex as a file that can be attached.
#[derive(Serialize, ToSchema)]
pub(crate) struct AnnexFile {
    /// The file's name: that of the annex.
    name: String,
    /// The Word file, in base64.
    data: String,
}

/// A picture of the text as a file that can be uploaded.
#[derive(Serialize, ToSchema)]
pub(crate) struct PictureFile {
    /// SM3 of its bytes, as the text names it.
    digest: String,
    /// The file's name.
    name: String,
    /// The file, in base64.
    data: String,
}

/// An element of a document that was recognised.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundElement {
    /// Its name.
    name: String,
    /// What it says.
    text: String,
}

/// 导入 Word
#[utoipa::path(post, path = "/documents/import", params(Drafting),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, description = "What was recognised and what was dropped; nothing is kept",
     body = WordDraft),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 422, description = "It cannot be read, and why", body = ProblemBody)))]
pub(crate) async fn import(
    State(kit): State<Kit>,
    asker: SignedIn,
    drafting: Params<Drafting>,
    request: Request,
) -> Result<Json<WordDraft>, Problem> {
    asker.require(Action::HandleDocuments)?;
    let bytes = axum::body::to_bytes(request.into_body(), FILE_MAX).await.map_err(|_| large())?;
    let read = kit.viewer.word(bytes.to_vec()).await?;
    let imported: Imported = serde_json::from_slice(&read)
        .map_err(|error| Fault::Engine(format!("reading what a Word file holds: {error}")))?;
    if let Some(marking) = secrecy::marking(&[&imported.found.title], &imported.lines) {
        return Err(secrecy::refusal(&marking).into());
    }
    let unit = UnitId::parse(&drafting.0.unit).map_err(|_| Refusal::missing())?;
    let mut drafted = kit.with_directory(|directory| draft(imported, directory, &unit));
    drafted.body.check().map_err(refused)?;
    let annexes = std::mem::take(&mut drafted.annexes);
    let files = written(move || annexes.iter().map(annex_file).collect()).await?;
    Ok(Json(view(&kit, drafted, files)))
}

/// What a thread of its own writes as Word.
async fn written<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, lingnan_word::Error> + Send + 'static,
) -> Result<T, Problem> {
    let written = tokio::task::spawn_blocking(work).await;
    let written = written.map_err(|error| Fault::Engine(format!("writing Word: {error}")))?;
    Ok(written.map_err(|error| {
        Refusal::new(Kind::Invalid, "documents.word_unwritable", format!("{error}。"))
            .with_next("请删减正文中的图片后再试。")
    })?)
}

fn annex_file(annex: &Annex) -> Result<AnnexFile, lingnan_word::Error> {
    let data = STANDARD.encode(lingnan_word::export_annex(annex)?);
    Ok(AnnexFile { name: file_name(&annex.name), data })
}

fn file_name(title: &str) -> String {
    format!("{}.docx", title.replace(['\n', '/', '\\'], ""))
}

fn view(kit: &Kit, draft: Draft, annexes: Vec<AnnexFile>) -> WordDraft {
    let Issuing { issuer, joint, signer } = draft.issuing;
    let post = |post: PostId| NamedPost {
        name: parts::holder_name(kit, post.as_str()),
        id: post.to_string(),
    };
    let element = |(name, text): (&str, String)| FoundElement { name: name.to_owned(), text };
    let picture = |(nth, one): (usize, Brought)| PictureFile {
        digest: one.digest,
        name: format!("图片{nth}.{}", one.ending),
        data: one.data,
    };
    WordDraft {
        pictures: (1..).zip(draft.pictures).map(picture).collect(),
        recipients: parts::names(kit, &draft.recipients),
        copies: parts::names(kit, &draft.copies),
        issuer: parts::names(kit, issuer.as_slice()).pop(),
        joint: parts::names(kit, &joint),
        signer: signer.map(post),
        annexes,
        title: draft.title,
        document_type: draft.document_type,
        format: draft.format,
        urgency: draft.urgency,
        note: draft.note,
        openness: draft.openness,
        meeting: draft.meeting,
        body: draft.body,
        found: draft.found.into_iter().map(element).collect(),
        dropped: draft.dropped,
    }
}

fn large() -> Refusal {
    let message = format!("文件超过{} MB，或上传中断，没有导入。", FILE_MAX >> 20);
    Refusal::new(Kind::Invalid, "documents.word_large", message)
        .with_next("请压缩文档中的图片，或将附件另存后再导入。")
}

fn refused(fault: BodyFault) -> Refusal {
    let message = match fault {
        BodyFault::TooLong => "文档正文过长，没有导入。",
        BodyFault::Picture(PictureFault::TooMany) => "文档中的图片超过50幅，没有导入。",
        BodyFault::HeadingLevel
        | BodyFault::NestedTable
        | BodyFault::ControlCharacter
        | BodyFault::Picture(_) => "文档正文含有不能处理的内容，没有导入。",
    };
    Refusal::new(Kind::Invalid, "documents.word_body", message.to_owned())
        .with_next("请将过长的附件另存为文件上传，正文只保留公文本身。")
}

/// 下载 Word
#[utoipa::path(get, path = "/documents/{id}/word", params(("id" = String, Path)), responses(
    (status = 200, description = "The file", body = Vec<u8>,
     content_type = "application/octet-stream"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody),
    (status = 422, description = "There is nothing to write yet", body = ProblemBody)))]
pub(crate) async fn export(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Response, Problem> {
    /// As registered with IANA.
    const MEDIA: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let document = seen(&kit, &asker, &id.0).await?;
    if document.prints.is_some() {
        must_be_its_own(&asker, &id.0).await?;
    }
    let value = crate::print::as_printed(&document, &kit.setting(), kit.now())?;
    let value = pictures::filled(&kit, &document, value).await?;
    let name = file_name(&value.title);
    let bytes = written(move || lingnan_word::export(&value)).await?;
    Ok(file_response(bytes, &name, MEDIA))
}
