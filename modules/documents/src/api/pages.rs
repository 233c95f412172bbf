//! 版式查看: the pages of a document as it is printed, and of files attached to it.

use super::files::attached;
use super::intake::paper_file;
use super::print::{printed, seen};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use lingnan_api::{Kit, Overview, Problem, ProblemBody, Segment, SignedIn};
use lingnan_journal::Refusal;
use serde::Serialize;
use utoipa::ToSchema;

/// What a picture of a page may do, which comes from anywhere: nothing but show images that are
/// within it.
const POLICY: &str = "default-src 'none'; img-src data:; frame-ancestors 'none'; sandbox";
/// It is asked again each time whether one may still see it, and answered by its digest.
const CACHE: &str = "private, no-cache";

/// The pages of a file in fixed layout.
#[derive(Serialize, ToSchema)]
pub(crate) struct PagesView {
    /// SM3 of the file.
    digest: String,
    /// What it holds.
    #[serde(flatten)]
    overview: Overview,
}

/// 版式页面
#[utoipa::path(get, path = "/documents/{id}/print/pages", params(("id" = String, Path)),
    responses(
    (status = 200, description = "Its pages, their text, fonts and signatures", body = PagesView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody),
    (status = 422, description = "It cannot be printed, and why", body = ProblemBody)))]
pub(crate) async fn of_print(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Json<PagesView>, Problem> {
    let document = seen(&kit, &asker, &id.0).await?;
    overview(&kit, printed(&kit, &document).await?).await
}

/// 版式的一页
#[utoipa::path(get, path = "/documents/{id}/print/pages/{number}",
    params(("id" = String, Path), ("number" = usize, Path, description = "From 1")), responses(
    (status = 200, description = "The page", body = String, content_type = "image/svg+xml"),
    (status = 304, description = "The page has not changed"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such page in scope", body = ProblemBody),
    (status = 422, description = "It cannot be printed, and why", body = ProblemBody)))]
pub(crate) async fn page_of_print(
    State(kit): State<Kit>,
    asker: SignedIn,
    Path((key, number)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let document = seen(&kit, &asker, &key).await?;
    page(&kit, &headers, printed(&kit, &document).await?, &number).await
}

/// 附件页面
#[utoipa::path(get, path = "/documents/{id}/attachments/{digest}/pages",
    params(("id" = String, Path), ("digest" = String, Path)), responses(
    (status = 200, description = "Its pages, their text, fonts and signatures", body = PagesView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such file in scope", body = ProblemBody),
    (status = 422, description = "It cannot be shown, and why", body = ProblemBody)))]
pub(crate) async fn of_attachment(
    State(kit): State<Kit>,
    asker: SignedIn,
    Path((key, digest)): Path<(String, String)>,
) -> Result<Json<PagesView>, Problem> {
    let attachment = attached(&kit, &asker, &key, &digest).await?;
    overview(&kit, lingnan_api::contents(&kit, &attachment).await?).await
}

/// 附件的一页
#[utoipa::path(get, path = "/documents/{id}/attachments/{digest}/pages/{number}",
    params(("id" = String, Path), ("digest" = String, Path),
           ("number" = usize, Path, description = "From 1")), responses(
    (status = 200, description = "The page", body = String, content_type = "image/svg+xml"),
    (status = 304, description = "The page has not changed"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such page in scope", body = ProblemBody),
    (status = 422, description = "It cannot be shown, and why", body = ProblemBody)))]
pub(crate) async fn page_of_attachment(
    State(kit): State<Kit>,
    asker: SignedIn,
    Path((key, digest, number)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let attachment = attached(&kit, &asker, &key, &digest).await?;
    let file = lingnan_api::contents(&kit, &attachment).await?;
    page(&kit, &headers, file, &number).await
}

/// 来文扫描件页面
#[utoipa::path(get, path = "/incoming/{id}/attachments/{digest}/pages",
    params(("id" = String, Path), ("digest" = String, Path)), responses(
    (status = 200, description = "Its pages, their text, fonts and signatures", body = PagesView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such file in scope", body = ProblemBody),
    (status = 422, description = "It cannot be shown, and why", body = ProblemBody)))]
pub(crate) async fn of_paper(
    State(kit): State<Kit>,
    asker: SignedIn,
    Path((key, digest)): Path<(String, String)>,
) -> Result<Json<PagesView>, Problem> {
    let file = paper_file(&kit, &asker, &key, &digest).await?;
    overview(&kit, lingnan_api::contents(&kit, &file).await?).await
}

/// 来文扫描件的一页
#[utoipa::path(get, path = "/incoming/{id}/attachments/{digest}/pages/{number}",
    params(("id" = String, Path), ("digest" = String, Path),
           ("number" = usize, Path, description = "From 1")), responses(
    (status = 200, description = "The page", body = String, content_type = "image/svg+xml"),
    (status = 304, description = "The page has not changed"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such page in scope", body = ProblemBody),
    (status = 422, description = "It cannot be shown, and why", body = ProblemBody)))]
pub(crate) async fn page_of_paper(
    State(kit): State<Kit>,
    asker: SignedIn,
    Path((key, digest, number)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let file = paper_file(&kit, &asker, &key, &digest).await?;
    page(&kit, &headers, lingnan_api::contents(&kit, &file).await?, &number).await
}

async fn overview(kit: &Kit, file: Vec<u8>) -> Result<Json<PagesView>, Problem> {
    let digest = digest(&file);
    Ok(Json(PagesView { digest, overview: kit.viewer.overview(file).await? }))
}

async fn page(
    kit: &Kit,
    asked: &HeaderMap,
    file: Vec<u8>,
    number: &str,
) -> Result<Response, Problem> {
    let number = number.parse().map_err(|_| Refusal::missing())?;
    // Another edition of this program may draw the same file in another way.
    let tag = format!("\"{}-{number}-{}\"", digest(&file), env!("CARGO_PKG_VERSION"));
    let known = asked.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let mut response = if known.is_some_and(|known| known.contains(&tag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        kit.viewer.page(file, number).await?.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    Ok(response)
}

fn digest(file: &[u8]) -> String {
    crate::body::sm3_hex(&[file])
}
