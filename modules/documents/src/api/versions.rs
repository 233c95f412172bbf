//! Versions of a text: read one, compare two, or one with what is not saved yet.

use crate::body::Body;
use crate::compare::{self, ComparedLine, compare};
use crate::model::{Document, Fact, Head};
use crate::picture::Picture;
use axum::Json;
use axum::extract::{Path, State};
use lingnan_api::{JsonBody, Kit, Params, Problem, ProblemBody, Segment, SignedIn};
use lingnan_journal::{Act, Datum, Fault, Matter, MatterId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A version's text.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionText {
    /// Its number.
    number: u32,
    /// The head then.
    head: Head,
    /// The text then.
    body: Body,
}

/// Which versions to compare.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Between {
    /// The earlier.
    from: u32,
    /// The later.
    to: u32,
}

/// A text that is not saved, to be compared with one that is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unsaved {
    /// Its title.
    title: String,
    /// Its text.
    body: Body,
}

pub(super) fn document_id(key: &str) -> Result<MatterId, Problem> {
    MatterId::new(Document::KIND, key).map_err(|_| Refusal::missing().into())
}

/// 某一稿
#[utoipa::path(get, path = "/documents/{id}/versions/{number}",
    params(("id" = String, Path), ("number" = u32, Path)), responses(
    (status = 200, description = "The text of a version", body = VersionText),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such version in scope", body = ProblemBody)))]
pub(crate) async fn version(
    State(kit): State<Kit>,
    asker: SignedIn,
    path: Path<(String, u32)>,
) -> Result<Json<VersionText>, Problem> {
    let Path((key, number)) = path;
    let matter = document_id(&key)?;
    asker.must_see(&matter).await?;
    let (_, document) = kit.store.load::<Document>(&matter).await?;
    let (head, body) = saved(&kit, &matter, &document, number).await?;
    Ok(Json(VersionText { number, head, body }))
}

/// 比较两稿
#[utoipa::path(get, path = "/documents/{id}/compare", params(("id" = String, Path), Between),
    responses(
    (status = 200, description = "What changed, line by line", body = Vec<ComparedLine>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such versions in scope", body = ProblemBody)))]
pub(crate) async fn compared(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
    between: Params<Between>,
) -> Result<Json<Vec<ComparedLine>>, Problem> {
    let matter = document_id(&id.0)?;
    asker.must_see(&matter).await?;
    let (_, document) = kit.store.load::<Document>(&matter).await?;
    let earlier = saved(&kit, &matter, &document, between.0.from).await?;
    let later = saved(&kit, &matter, &document, between.0.to).await?;
    line_by_line(lines(earlier.0.title, &earlier.1), lines(later.0.title, &later.1)).await
}

/// 与未保存的文稿比较
#[utoipa::path(post, path = "/documents/{id}/versions/{number}/compare",
    params(("id" = String, Path), ("number" = u32, Path)), request_body = Unsaved, responses(
    (status = 200, description = "What the unsaved text changes", body = Vec<ComparedLine>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such version in scope", body = ProblemBody),
    (status = 422, description = "The text cannot be kept", body = ProblemBody)))]
pub(crate) async fn compared_unsaved(
    State(kit): State<Kit>,
    asker: SignedIn,
    path: Path<(String, u32)>,
    unsaved: JsonBody<Unsaved>,
) -> Result<Json<Vec<ComparedLine>>, Problem> {
    let Path((key, number)) = path;
    let matter = document_id(&key)?;
    asker.must_see(&matter).await?;
    let JsonBody(Unsaved { title, body }) = unsaved;
    body.check().map_err(crate::decide::body_refusal)?;
    let (_, document) = kit.store.load::<Document>(&matter).await?;
    let earlier = saved(&kit, &matter, &document, number).await?;
    line_by_line(lines(earlier.0.title, &earlier.1), lines(title, &body)).await
}

fn lines(title: String, body: &Body) -> Vec<String> {
    let picture = |one: &Picture| compare::whole_line(&one.line(), &one.digest);
    std::iter::once(title).chain(body.lines_with(picture)).collect()
}

/// Long texts take their time, which others need not wait for.
async fn line_by_line(
    earlier: Vec<String>,
    later: Vec<String>,
) -> Result<Json<Vec<ComparedLine>>, Problem> {
    let compared = tokio::task::spawn_blocking(move || compare(&earlier, &later)).await;
    Ok(Json(compared.map_err(|e| Fault::Engine(e.to_string()))?))
}

const SELECT_ACT: &str = "select payload from journal_act where seq = $1";

/// A saved version, read from the act that saved it.
async fn saved(
    kit: &Kit,
    matter: &MatterId,
    document: &Document,
    number: u32,
) -> Result<(Head, Body), Problem> {
    let version = document.versions.iter().find(|version| version.number == number);
    let version = version.ok_or_else(Refusal::missing)?;
    let rows = kit.store.query(SELECT_ACT, vec![Datum::count(version.seq)]).await?;
    let Some([Datum::Text(payload)]) = rows.first().map(Vec::as_slice) else {
        return Err(Fault::corrupt("journal_act", version.seq, &"the act is missing").into());
    };
    let act: Act = serde_json::from_str(payload)
        .map_err(|e| Fault::corrupt("journal_act", version.seq, &e))?;
    let changes = act.changes.into_iter().filter(|change| change.matter == *matter);
    let facts = changes.flat_map(|change| change.facts);
    let found =
        facts.filter_map(|fact| serde_json::from_value::<Fact>(fact).ok()).find_map(|fact| {
            match fact {
                Fact::Saved { head, body, digest, .. } if digest == version.digest => {
                    Some((*head, body.as_ref().clone()))
                }
                _ => None,
            }
        });
    Ok(found.ok_or_else(|| Fault::corrupt("journal_act", version.seq, &"no such version"))?)
}

/// The text that was issued, whatever was saved since.
pub(super) async fn text_as_issued(
    kit: &Kit,
    matter: &MatterId,
    document: &Document,
    digest: &str,
) -> Result<Body, Problem> {
    if document.digest() == digest {
        return Ok(document.body.as_ref().clone());
    }
    let issued = document.versions.iter().find(|version| version.digest == digest);
    let issued = issued.ok_or_else(Refusal::missing)?;
    Ok(saved(kit, matter, document, issued.number).await?.1)
}
