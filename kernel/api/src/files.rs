//! Attached files of any matter: streamed in and out, named only for people, never for paths.

use crate::{Kit, Params, Problem, ProblemBody, Segment, SignedIn, secrecy, text, uploads, viewer};
use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use lingnan_auth::Action;
use lingnan_base::Chance;
use lingnan_journal::{Fault, Kind, Refusal};
use lingnan_store::BlobError;
use serde::{Deserialize, Serialize};
use tokio::io::AsyncReadExt;
use utoipa::{IntoParams, ToSchema};

/// 附件: a file in the blob store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// SM3 of its bytes in hex, which is also where it is kept.
    pub digest: String,
    /// Its file name, without any path.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its media type, as found by looking at its bytes.
    pub media: String,
}

/// Longest file name, in characters.
const NAME_MAX: usize = 120;
/// Programs are not attachments, whatever they are called.
const REFUSED_MEDIA: [&str; 2] = ["application/x-msdownload", "application/x-executable"];
/// What a file of a name must begin as.
const EXPECTED: [(&str, &str); 7] = [
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("docx", "application/zip"),
    ("xlsx", "application/zip"),
    ("ofd", "application/zip"),
];

/// The file's name.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Named {
    /// As its owner calls it.
    name: String,
}

/// 上传附件
#[utoipa::path(post, path = "/attachments", params(Named),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 200, description = "Kept; attach it by an act", body = Attachment),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 422, description = "The name or the file is refused", body = ProblemBody)))]
pub(crate) async fn upload(
    State(kit): State<Kit>,
    asker: SignedIn,
    named: Params<Named>,
    request: Request,
) -> Result<Json<Attachment>, Problem> {
    asker.require(Action::HandleDocuments)?;
    let name = file_name(&named.0.name)?;
    if uploads::waiting(&kit.store, &asker.person).await? >= uploads::WAITING_MAX {
        let message = format!("您有{}个文件已上传而未添加。", uploads::WAITING_MAX);
        return Err(Refusal::new(Kind::Invalid, "files.waiting", message)
            .with_next("请先把已上传的文件添加到公文或事项；未添加的一天后清除。")
            .into());
    }
    let unique = format!("{}-{}", asker.session.id, kit.now().0);
    let mut chance = Chance::new(seed(&unique, &name));
    let mut writer = kit.blobs.begin(&chance.key(kit.now())).await.map_err(|e| blob_problem(&e))?;
    let mut bytes = request.into_body().into_data_stream();
    while let Some(chunk) = bytes.next().await {
        let chunk = chunk.map_err(|_| {
            Refusal::new(Kind::Invalid, "files.broken", "上传中断，附件没有保存。")
                .with_next("请检查网络后重新上传。")
        })?;
        writer.write(&chunk).await.map_err(|e| blob_problem(&e))?;
    }
    let stored = writer.finish().await.map_err(|e| blob_problem(&e))?;
    let media = stored.media.to_owned();
    let file = Attachment { digest: stored.digest, name, size: stored.size, media };
    if let Err(problem) = check_media(&file.name, &file.media) {
        // Another may have brought the same bytes under a name that does not lie.
        if uploads::find(&kit.store, &asker.person, &file.digest).await?.is_none() && stored.new {
            kit.blobs.remove(&file.digest).await.map_err(|e| blob_problem(&e))?;
        }
        return Err(problem);
    }
    uploads::note(&kit.store, &asker.person, &file).await?;
    Ok(Json(file))
}

/// A seed for an unfinished file's name: unique, not secret.
fn seed(unique: &str, name: &str) -> [u8; 32] {
    use sm3::Digest;
    sm3::Sm3::new().chain_update(unique).chain_update(name).finalize().into()
}

/// A file name without any path, as people may read it.
fn file_name(name: &str) -> Result<String, Problem> {
    let name = text::required(name, "文件名", NAME_MAX)?;
    let tricky = name.contains(['/', '\\', ':', '\0', '<', '>', '|', '"', '?', '*'])
        || name.starts_with('.')
        || name.chars().any(|c| ('\u{202a}'..='\u{202e}').contains(&c));
    if tricky {
        let message = "文件名含有路径或特殊字符，附件没有保存。";
        return Err(Refusal::new(Kind::Invalid, "files.name", message)
            .with_next("请改用普通文件名后重新上传。")
            .into());
    }
    if let Some(marking) = secrecy::marking(&[&name], &[]) {
        return Err(secrecy::refusal(&marking).into());
    }
    Ok(name)
}

fn check_media(name: &str, media: &str) -> Result<(), Problem> {
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
    let lies = EXPECTED.iter().any(|(known, expected)| extension == *known && media != *expected);
    if lies || REFUSED_MEDIA.contains(&media) {
        let message = format!("文件内容与扩展名“{extension}”不符，或是程序文件，不能作为附件。");
        return Err(Refusal::new(Kind::Invalid, "files.type", message)
            .with_next("请核对文件后重新上传。")
            .into());
    }
    Ok(())
}

fn blob_problem(error: &BlobError) -> Problem {
    match error {
        BlobError::TooLarge => Refusal::new(Kind::Invalid, "files.too_large", "附件最大200 MB。")
            .with_next("请压缩或拆分后重新上传。")
            .into(),
        BlobError::Full => Fault::Full.into(),
        BlobError::Io(cause) => Fault::Engine(format!("{error}: {cause}")).into(),
    }
}

/// The bytes of a file that a matter holds, to be shown. Whether the asker may have it is asked
/// before.
///
/// # Errors
/// A problem when the file is not there, cannot be read or is too large to be shown.
pub async fn contents(kit: &Kit, attachment: &Attachment) -> Result<Vec<u8>, Problem> {
    if attachment.size > viewer::FILE_MAX {
        return Err(viewer::too_large().into());
    }
    let opened = kit.blobs.open(&attachment.digest).await.map_err(|e| blob_problem(&e))?;
    let mut file = opened.ok_or_else(Refusal::missing)?;
    let mut bytes = Vec::new();
    let read = file.read_to_end(&mut bytes).await;
    read.map_err(|error| Fault::Engine(format!("reading a file of the store: {error}")))?;
    Ok(bytes)
}

/// The bytes of a file that a matter holds, as a download under its own name. Whether the asker
/// may have it is asked before.
///
/// # Errors
/// A problem when the file is not there or cannot be read.
pub async fn download(kit: &Kit, attachment: &Attachment) -> Result<Response, Problem> {
    let opened = kit.blobs.open(&attachment.digest).await.map_err(|e| blob_problem(&e))?;
    let file = opened.ok_or_else(Refusal::missing)?;
    let stream = futures_util::stream::unfold(file, |mut file| async move {
        let mut buffer = vec![0; 64 * 1024];
        match file.read(&mut buffer).await {
            Ok(0) => None,
            Ok(count) => {
                buffer.truncate(count);
                Some((Ok::<_, std::io::Error>(buffer), file))
            }
            Err(error) => Some((Err(error), file)),
        }
    });
    // Whoever compresses the answer asks once more after its end.
    Ok(file_response(
        Body::from_stream(stream.fuse()),
        &attachment.name,
        "application/octet-stream",
    ))
}

/// What a picture may do, which comes from anywhere: nothing.
const PICTURE_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";
/// Whether one may still see it is asked again; its address is its digest, so it never changes.
const PICTURE_CACHE: &str = "private, max-age=300, immutable";
/// What is shown as a picture, as its bytes say.
const PICTURES: [&str; 2] = ["image/png", "image/jpeg"];

/// The bytes of a picture that a matter holds, to be shown within a page. Whether the asker may
/// have it is asked before.
///
/// # Errors
/// A problem when it is no picture, not there or cannot be read.
pub async fn shown(kit: &Kit, picture: &Attachment) -> Result<Response, Problem> {
    if !PICTURES.contains(&picture.media.as_str()) {
        return Err(Refusal::missing().into());
    }
    let mut response = contents(kit, picture).await?.into_response();
    let headers = response.headers_mut();
    let media = HeaderValue::from_str(&picture.media).map_err(|_| Refusal::missing())?;
    headers.insert(header::CONTENT_TYPE, media);
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PICTURE_POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(PICTURE_CACHE));
    Ok(response)
}

/// 自己上传的图片
#[utoipa::path(get, path = "/attachments/{digest}", params(("digest" = String, Path)), responses(
    (status = 200, description = "The picture", body = Vec<u8>, content_type = "image/*"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "The asker uploaded no such picture", body = ProblemBody)))]
pub(crate) async fn own_picture(
    State(kit): State<Kit>,
    asker: SignedIn,
    digest: Segment,
) -> Result<Response, Problem> {
    let own = uploads::find(&kit.store, &asker.person, &digest.0).await?;
    shown(&kit, &own.ok_or_else(Refusal::missing)?).await
}

/// A file to be taken away under its own name (RFC 6266, RFC 8187).
pub fn file_response(bytes: impl Into<Body>, name: &str, media: &str) -> Response {
    let mut response = bytes.into().into_response();
    let headers = response.headers_mut();
    let plain = HeaderValue::from_static("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(media).unwrap_or(plain));
    let encoded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{encoded}")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
