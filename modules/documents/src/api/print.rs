//! 版式: the printed page of a document, as it would be now or as it was sent.

use super::files::must_see_or_have_received;
use super::pictures;
use crate::model::{Document, Printed};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use lingnan_api::{
    Attachment, Kit, Print, Problem, ProblemBody, Segment, SignedIn, file_response, uploads,
};
use lingnan_base::Chance;
use lingnan_gongwen::Gongwen;
use lingnan_journal::{Kind, Matter, MatterId, Refusal};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What the printed page is like.
#[derive(Serialize, ToSchema)]
pub(crate) struct PrintView {
    /// Whether it is the page that was sent; otherwise a proof of the present text.
    sent: bool,
    /// How many pages it has.
    pages: usize,
    /// The font families really used.
    families: Vec<String>,
    /// Characters set in another face than their neighbours, and its family.
    substituted: Vec<SubstitutedView>,
    /// Characters that no font has.
    missing: Vec<String>,
    /// What the rules want and could not be had.
    remarks: Vec<String>,
}

/// A character set in another face than its neighbours.
#[derive(Serialize, ToSchema)]
pub(crate) struct SubstitutedView {
    /// The character.
    character: String,
    /// The family that has it.
    family: String,
}

/// 版式概况
#[utoipa::path(get, path = "/documents/{id}/print", params(("id" = String, Path)), responses(
    (status = 200, description = "What the printed page is like", body = PrintView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody),
    (status = 422, description = "It cannot be printed, and why", body = ProblemBody)))]
pub(crate) async fn show(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Json<PrintView>, Problem> {
    let document = seen(&kit, &asker, &id.0).await?;
    let kept = document.printed.as_ref().and_then(|printed| printed.report.clone());
    let report = match kept {
        Some(report) => report,
        None => proof(&kit, &document).await?.report.clone(),
    };
    Ok(Json(PrintView {
        sent: document.printed.is_some(),
        pages: report.pages,
        families: report.families.into_iter().collect(),
        substituted: report
            .substituted
            .iter()
            .map(|one| SubstitutedView {
                character: one.character.to_string(),
                family: one.family.clone(),
            })
            .collect(),
        missing: report.missing.iter().map(char::to_string).collect(),
        remarks: report.remarks,
    }))
}

/// 下载版式文件
#[utoipa::path(get, path = "/documents/{id}/print/{kind}",
    params(("id" = String, Path), ("kind" = String, Path, description = "`pdf` or `ofd`")),
    responses(
    (status = 200, description = "The file", body = Vec<u8>,
     content_type = "application/octet-stream"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody),
    (status = 422, description = "It cannot be printed, and why", body = ProblemBody)))]
pub(crate) async fn file(
    State(kit): State<Kit>,
    asker: SignedIn,
    path: Path<(String, String)>,
) -> Result<Response, Problem> {
    let Path((key, kind)) = path;
    let document = seen(&kit, &asker, &key).await?;
    if document.prints.is_some() {
        must_be_its_own(&asker, &key).await?;
    }
    if let Some(printed) = &document.printed {
        let kept = match kind.as_str() {
            "pdf" => &printed.pdf,
            "ofd" => &printed.ofd,
            _ => return Err(Refusal::missing().into()),
        };
        return lingnan_api::download(&kit, kept).await;
    }
    let print = proof(&kit, &document).await?;
    let (bytes, media) = match kind.as_str() {
        "pdf" => (print.pdf.clone(), "application/pdf"),
        "ofd" => (print.ofd.clone(), "application/ofd"),
        _ => return Err(Refusal::missing().into()),
    };
    Ok(file_response(bytes, &format!("{}（校样）.{kind}", document.title()), media))
}

/// What may be copied so many times is not taken away as a file by those who received it.
pub(super) async fn must_be_its_own(asker: &SignedIn, key: &str) -> Result<(), Problem> {
    let matter = MatterId::new(Document::KIND, key).map_err(|_| Refusal::missing())?;
    if asker.must_see(&matter).await.is_ok() {
        return Ok(());
    }
    let message = "发文机关限定了打印份数，不能下载文件。";
    Err(Refusal::new(Kind::Forbidden, "documents.print_quota", message)
        .with_next("请在版式页面中在线阅看，或用“打印”按份数打印。")
        .into())
}

/// The OFD of a document: as it was sent, or as it is now.
pub(super) async fn printed(kit: &Kit, document: &Document) -> Result<Vec<u8>, Problem> {
    match &document.printed {
        Some(printed) => lingnan_api::contents(kit, &printed.ofd).await,
        None => Ok(proof(kit, document).await?.ofd.clone()),
    }
}

/// A document that the asker may see, or that his unit received.
pub(super) async fn seen(kit: &Kit, asker: &SignedIn, key: &str) -> Result<Arc<Document>, Problem> {
    let matter = MatterId::new(Document::KIND, key).map_err(|_| Refusal::missing())?;
    must_see_or_have_received(kit, asker, &matter).await?;
    let (_, document) = kit.store.load::<Document>(&matter).await?;
    Ok(document)
}

/// The document in print as it is now; what was sent stays as it was.
async fn proof(kit: &Kit, document: &Document) -> Result<Arc<Print>, Problem> {
    set(kit, document, &crate::print::value(document, &kit.setting(), kit.now())?).await
}

/// Has a document's value set, with its pictures.
async fn set(kit: &Kit, document: &Document, value: &Gongwen) -> Result<Arc<Print>, Problem> {
    if let Some(print) = kit.press.recent(value) {
        return Ok(print);
    }
    let filled = pictures::filled(kit, document, value.clone()).await?;
    kit.press.print(value.clone(), filled).await
}

/// Sets the document before it is sent and keeps both files, as the act will name them.
pub(super) async fn keep(
    kit: &Kit,
    asker: &SignedIn,
    matter: &MatterId,
) -> Result<Option<Printed>, Problem> {
    let (_, document) = kit.store.load::<Document>(matter).await?;
    if document.head.is_none() {
        return Ok(None);
    }
    let value = crate::print::value(&document, &kit.setting(), kit.now())?;
    let print = set(kit, &document, &value).await?;
    if !print.report.missing.is_empty() {
        let all = print.report.missing.iter().map(|c| format!("“{c}”（U+{:04X}）", u32::from(*c)));
        let message = format!("{}没有字体可用，不能印出正本。", all.collect::<Vec<_>>().join("、"));
        return Err(Refusal::new(Kind::Invalid, "documents.no_glyph", message)
            .with_rule("ISO 19005-2 6.2.11.8；GB/T 9704-2012 5.2.2")
            .with_next("请核对是否误用了私用字符；确为人名、地名用字的，请管理员安装含此字的字体。")
            .into());
    }
    let name = document.number.as_ref().map_or_else(|| value.title.clone(), |n| n.text.clone());
    Ok(Some(Printed {
        value: crate::print::digest(&value),
        pdf: keep_one(kit, asker, &print.pdf, format!("{name}.pdf")).await?,
        ofd: keep_one(kit, asker, &print.ofd, format!("{name}.ofd")).await?,
        families: print.report.families.iter().cloned().collect(),
        report: Some(print.report.clone()),
    }))
}

/// Kept as an upload of whoever sends it: swept away when the act is refused.
async fn keep_one(
    kit: &Kit,
    asker: &SignedIn,
    bytes: &[u8],
    name: String,
) -> Result<Attachment, Problem> {
    let fault = |error: lingnan_store::BlobError| {
        Problem::from(lingnan_journal::Fault::Engine(error.to_string()))
    };
    let seed = format!("{}-{name}-{}", asker.session.id, kit.now().0);
    let mut chance = Chance::new(crate::body::sm3(&[seed.as_bytes()]));
    let mut writer = kit.blobs.begin(&chance.key(kit.now())).await.map_err(fault)?;
    writer.write(bytes).await.map_err(fault)?;
    let stored = writer.finish().await.map_err(fault)?;
    let media = stored.media.to_owned();
    let file = Attachment { digest: stored.digest, name, size: stored.size, media };
    uploads::note(&kit.store, &asker.person, &file).await?;
    Ok(file)
}
