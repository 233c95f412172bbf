//! The files of a document, for whoever sees it and for the units that received it.

use super::intake::paper_file;
use crate::model::Document;
use axum::extract::{Path, State};
use axum::response::Response;
use lingnan_api::{Attachment, Kit, Problem, ProblemBody, SignedIn};
use lingnan_journal::{Datum, Matter, MatterId, Refusal};

/// 下载附件
#[utoipa::path(get, path = "/documents/{id}/attachments/{digest}",
    params(("id" = String, Path), ("digest" = String, Path)), responses(
    (status = 200, description = "The file", body = Vec<u8>,
     content_type = "application/octet-stream"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such file in scope", body = ProblemBody)))]
pub(crate) async fn download(
    State(kit): State<Kit>,
    asker: SignedIn,
    path: Path<(String, String)>,
) -> Result<Response, Problem> {
    let Path((key, digest)) = path;
    let attachment = attached(&kit, &asker, &key, &digest).await?;
    lingnan_api::download(&kit, &attachment).await
}

/// 下载来文扫描件
#[utoipa::path(get, path = "/incoming/{id}/attachments/{digest}",
    params(("id" = String, Path), ("digest" = String, Path)), responses(
    (status = 200, description = "The file", body = Vec<u8>,
     content_type = "application/octet-stream"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such file in scope", body = ProblemBody)))]
pub(crate) async fn download_of_paper(
    State(kit): State<Kit>,
    asker: SignedIn,
    path: Path<(String, String)>,
) -> Result<Response, Problem> {
    let Path((key, digest)) = path;
    let file = paper_file(&kit, &asker, &key, &digest).await?;
    lingnan_api::download(&kit, &file).await
}

/// A file of a document that the asker may see, or that his unit received.
pub(super) async fn attached(
    kit: &Kit,
    asker: &SignedIn,
    key: &str,
    digest: &str,
) -> Result<Attachment, Problem> {
    let matter = MatterId::new(Document::KIND, key).map_err(|_| Refusal::missing())?;
    must_see_or_have_received(kit, asker, &matter).await?;
    let (_, document) = kit.store.load::<Document>(&matter).await?;
    let file = document.attachments.iter().find(|file| file.digest == digest);
    let file = file.ok_or_else(Refusal::missing)?;
    if document.proofs.contains(digest) {
        asker.must_see(&matter).await?;
    }
    Ok(file.clone())
}

const SELECT_RECEIVED: &str = "select matter from document_receipt where document = $1";

/// A unit that received the document may have its files.
pub(super) async fn must_see_or_have_received(
    kit: &Kit,
    asker: &SignedIn,
    document: &MatterId,
) -> Result<(), Problem> {
    if asker.must_see(document).await.is_ok() {
        return Ok(());
    }
    let received = receipts(kit, asker, document).await?;
    if received.is_empty() { Err(Refusal::missing().into()) } else { Ok(()) }
}

/// The receipts of a document that the asker may see.
pub(super) async fn receipts(
    kit: &Kit,
    asker: &SignedIn,
    document: &MatterId,
) -> Result<Vec<MatterId>, Problem> {
    let mut values = vec![Datum::text(document.as_str())];
    let condition = asker.scope().condition("document_receipt.matter", &mut values);
    let sql = format!("{SELECT_RECEIVED} and {condition}");
    let rows = kit.store.reader().query_text(sql, values).await?;
    let matters = rows.iter().filter_map(|row| match row.as_slice() {
        [Datum::Text(matter)] => MatterId::parse(matter).ok(),
        _ => None,
    });
    Ok(matters.collect())
}
