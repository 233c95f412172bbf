//! Files of a matter: brought by whoever fills the form in, for whoever may see the field.

use super::show::seen;
use crate::library::decide as library;
use crate::library::model::{Entry, Parsed};
use crate::work::model::{Request, Work};
use axum::extract::{Path, State};
use axum::response::Response;
use lingnan_api::{Attachment, Kit, Problem, ProblemBody, SignedIn, uploads};
use lingnan_forms::Values;
use lingnan_journal::{Kind, Matter, MatterId, Refusal};
use serde_json::{Map, Value};
use std::sync::Arc;

/// 下载表单附件
#[utoipa::path(get, path = "/works/{id}/files/{digest}",
    params(("id" = String, Path), ("digest" = String, Path)), responses(
    (status = 200, description = "The file", body = Vec<u8>,
     content_type = "application/octet-stream"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such file in scope", body = ProblemBody)))]
pub(crate) async fn work_file(
    State(kit): State<Kit>,
    asker: SignedIn,
    path: Path<(String, String)>,
) -> Result<Response, Problem> {
    let Path((key, digest)) = path;
    let matter = MatterId::new(Work::KIND, &key).map_err(|_| Refusal::missing())?;
    asker.must_see(&matter).await?;
    let (_, work) = kit.store.load::<Work>(&matter).await?;
    let parsed = edition_of(&kit, &work).await?;
    let files = visible_files(&parsed, &work, &seen(&asker, &parsed, &work));
    let file = files.iter().find(|file| file.digest == digest).ok_or_else(Refusal::missing)?;
    lingnan_api::download(&kit, file).await
}

/// The files that these values hold.
pub(super) fn visible_files(parsed: &Parsed, work: &Work, values: &Values) -> Vec<Attachment> {
    let held = parsed.form.files(values);
    work.files.iter().filter(|file| held.contains(file.digest.as_str())).cloned().collect()
}

/// The edition by which a matter runs.
pub(super) async fn edition_of(kit: &Kit, work: &Work) -> Result<Arc<Parsed>, Problem> {
    let course = work.course.as_ref().ok_or_else(Refusal::missing)?;
    let (_, entry) = kit.store.load::<Entry>(&library::matter(&course.code)?).await?;
    Ok(entry.edition(course.version).ok_or_else(Refusal::missing)?.parsed()?)
}

/// What a request fills in.
pub(super) fn filled(request: &Request) -> Option<&Map<String, Value>> {
    match request {
        Request::Fill { fields, .. }
        | Request::Submit { fields, .. }
        | Request::Approve { fields, .. } => Some(fields),
        _ => None,
    }
}

/// The files among `fields` that the asker has uploaded; refused when one is neither his nor the
/// matter's already.
pub(super) async fn brought(
    (kit, asker): (&Kit, &SignedIn),
    parsed: &Parsed,
    fields: &Map<String, Value>,
    known: &[Attachment],
) -> Result<Vec<Attachment>, Problem> {
    let values = Values(fields.clone());
    let mut files = Vec::new();
    for digest in parsed.form.files(&values) {
        if known.iter().any(|file| file.digest == *digest) {
            continue;
        }
        let found = uploads::find(&kit.store, &asker.person, digest).await?;
        files.push(found.ok_or_else(|| {
            Refusal::new(Kind::Invalid, "workflow.no_such_file", "附件不是您上传的，或已被清除。")
                .with_next("请重新上传后再提交。")
        })?);
    }
    Ok(files)
}

/// What is in a matter is kept for good.
pub(super) async fn keep(kit: &Kit, asker: &SignedIn, files: &[String]) -> Result<(), Problem> {
    for digest in files {
        uploads::attached(&kit.store, &asker.person, digest).await?;
    }
    Ok(())
}
