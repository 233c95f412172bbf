//! 发文稿纸、文件处理单 and 语音: what the unit that handles a document has of its handling.

use crate::incoming::Incoming;
use crate::model::{Document, OpinionRecord};
use crate::sheet::{self, Arrival};
use axum::extract::{Path, State};
use axum::response::Response;
use lingnan_api::{Attachment, Kit, Problem, ProblemBody, Segment, SignedIn, file_response};
use lingnan_base::Timestamp;
use lingnan_journal::{Datum, Matter, MatterId, Refusal};
use std::sync::Arc;

/// A matter that the asker handles or sees, not one that his unit only received.
async fn handled<M: Matter>(
    kit: &Kit,
    asker: &SignedIn,
    key: &str,
) -> Result<(MatterId, Arc<M>), Problem> {
    let matter = MatterId::new(M::KIND, key).map_err(|_| Refusal::missing())?;
    asker.must_see(&matter).await?;
    let (_, loaded) = kit.store.load::<M>(&matter).await?;
    Ok((matter, loaded))
}

/// 发文稿纸
#[utoipa::path(get, path = "/documents/{id}/sheet", params(("id" = String, Path)), responses(
    (status = 200, description = "PDF/A-2u", body = Vec<u8>, content_type = "application/pdf"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody)))]
pub(crate) async fn of_outgoing(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Response, Problem> {
    let (_, document) = handled::<Document>(&kit, &asker, &id.0).await?;
    let slip = sheet::of_outgoing(&document, &kit.setting(), kit.now())?;
    let name = format!("发文稿纸-{}.pdf", document.title());
    Ok(file_response(kit.press.print_slip(slip).await?, &name, "application/pdf"))
}

const ARRIVALS: &str = "select unit_name, parent, copy, state, delivered_ms, acknowledged_ms, \
    acknowledged_by, return_reason from document_receipt where document = $1 \
    order by delivered_ms, copy, unit";

/// 公文分送清单
#[utoipa::path(get, path = "/documents/{id}/dispatch", params(("id" = String, Path)), responses(
    (status = 200, description = "PDF/A-2u", body = Vec<u8>, content_type = "application/pdf"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody)))]
pub(crate) async fn of_dispatch(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Response, Problem> {
    let (matter, document) = handled::<Document>(&kit, &asker, &id.0).await?;
    let rows = kit.store.query(ARRIVALS, vec![Datum::text(matter.as_str())]).await?;
    let arrivals: Vec<Arrival> = rows.iter().filter_map(|row| arrival(row)).collect();
    let slip = sheet::of_dispatch(&document, &arrivals, &kit.setting(), kit.now())?;
    let name = format!("公文分送清单-{}.pdf", document.title());
    Ok(file_response(kit.press.print_slip(slip).await?, &name, "application/pdf"))
}

fn arrival(row: &[Datum]) -> Option<Arrival> {
    let [
        Datum::Text(unit),
        parent,
        Datum::Int(copy),
        Datum::Text(state),
        Datum::Int(delivered),
        acknowledged,
        by,
        reason,
    ] = row
    else {
        return None;
    };
    let way = match (parent, copy) {
        (Datum::Text(_), _) => "转发",
        (_, 1) => "抄送",
        _ => "主送",
    };
    let standing = match (state.as_str(), acknowledged, by, reason) {
        ("recalled", ..) => "已撤回".to_owned(),
        ("returned", _, _, Datum::Text(reason)) => format!("退文：{reason}"),
        (_, Datum::Int(time), Datum::Text(by), _) => {
            let time = Timestamp(*time).china_datetime().strftime("%-m月%-d日%H:%M");
            format!("{by} {time}签收")
        }
        _ => "未签收".to_owned(),
    };
    Some(Arrival { unit: unit.clone(), way, delivered: Timestamp(*delivered), standing })
}

/// 文件处理单
#[utoipa::path(get, path = "/incoming/{id}/sheet", params(("id" = String, Path)), responses(
    (status = 200, description = "PDF/A-2u", body = Vec<u8>, content_type = "application/pdf"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody)))]
pub(crate) async fn of_received(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Response, Problem> {
    let (_, incoming) = handled::<Incoming>(&kit, &asker, &id.0).await?;
    let slip = sheet::of_received(&incoming, &kit.setting(), kit.now())?;
    let title = incoming.received.as_ref().map_or("", |received| received.title.as_str());
    let name = format!("文件处理单-{title}.pdf");
    Ok(file_response(kit.press.print_slip(slip).await?, &name, "application/pdf"))
}

/// 语音意见
#[utoipa::path(get, path = "/documents/{id}/voices/{digest}",
    params(("id" = String, Path), ("digest" = String, Path)), responses(
    (status = 200, description = "The recording", body = Vec<u8>,
     content_type = "application/octet-stream"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such recording in scope", body = ProblemBody)))]
pub(crate) async fn voice_of_outgoing(
    State(kit): State<Kit>,
    asker: SignedIn,
    Path((key, digest)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (_, document) = handled::<Document>(&kit, &asker, &key).await?;
    spoken(&kit, &document.opinions, &digest).await
}

/// 语音意见
#[utoipa::path(get, path = "/incoming/{id}/voices/{digest}",
    params(("id" = String, Path), ("digest" = String, Path)), responses(
    (status = 200, description = "The recording", body = Vec<u8>,
     content_type = "application/octet-stream"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such recording in scope", body = ProblemBody)))]
pub(crate) async fn voice_of_received(
    State(kit): State<Kit>,
    asker: SignedIn,
    Path((key, digest)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (_, incoming) = handled::<Incoming>(&kit, &asker, &key).await?;
    spoken(&kit, &incoming.opinions, &digest).await
}

/// A recording is played, so it bears its own type: it is one of those that were let in.
async fn spoken(kit: &Kit, opinions: &[OpinionRecord], digest: &str) -> Result<Response, Problem> {
    let mut voices = opinions.iter().filter_map(|opinion| opinion.by_hand.voice.as_ref());
    let voice: &Attachment =
        voices.find(|voice| voice.digest == digest).ok_or_else(Refusal::missing)?;
    let bytes = lingnan_api::contents(kit, voice).await?;
    Ok(file_response(bytes, &voice.name, &voice.media))
}
