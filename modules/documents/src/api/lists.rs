//! Lists: receipts and numbers.

use crate::incoming::Incoming;
use crate::model::Document;
use axum::Json;
use axum::extract::State;
use lingnan_api::{Kit, Problem, ProblemBody, Segment, SignedIn};
use lingnan_auth::Action;
use lingnan_journal::{Datum, Matter, MatterId, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

/// A receiving unit's receipt.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReceiptView {
    /// Key of the received document.
    id: String,
    /// The unit.
    unit: String,
    /// Its short name.
    unit_name: String,
    /// Key of the receipt it was relayed from.
    parent: Option<String>,
    /// Whether it is only copied.
    copy: bool,
    /// How it stands there.
    state: String,
    /// Delivered, in milliseconds.
    delivered_ms: i64,
    /// Acknowledged, in milliseconds.
    acknowledged_ms: Option<i64>,
    /// By whom.
    acknowledged_by: Option<String>,
    /// Why it was sent back.
    return_reason: Option<String>,
}

/// A number that was given.
#[derive(Serialize, ToSchema)]
pub(crate) struct NumberView {
    /// 发文字号
    text: String,
    /// The document.
    document: String,
    /// When, in milliseconds.
    given_ms: i64,
    /// Why it is void.
    void_reason: Option<String>,
}

const SELECT_RECEIPTS: &str = "select matter, unit, unit_name, parent, copy, state, \
    delivered_ms, acknowledged_ms, acknowledged_by, return_reason \
    from document_receipt where document = $1 order by unit";

/// 分发与回执
#[utoipa::path(get, path = "/documents/{id}/receipts", params(("id" = String, Path)), responses(
    (status = 200, description = "One receipt a unit", body = Vec<ReceiptView>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody)))]
pub(crate) async fn receipts(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Json<Vec<ReceiptView>>, Problem> {
    let matter = MatterId::new(Document::KIND, &id.0).map_err(|_| Refusal::missing())?;
    asker.must_see(&matter).await?;
    let rows = kit.store.query(SELECT_RECEIPTS, vec![Datum::text(matter.as_str())]).await?;
    Ok(Json(rows.iter().filter_map(|row| receipt(row)).collect()))
}

const SELECT_RELAYED: &str = "select matter, unit, unit_name, parent, copy, state, \
    delivered_ms, acknowledged_ms, acknowledged_by, return_reason \
    from document_receipt where parent = $1 order by unit";

/// 转发与回执
#[utoipa::path(get, path = "/incoming/{id}/receipts", params(("id" = String, Path)), responses(
    (status = 200, description = "One receipt a unit it was relayed to", body = Vec<ReceiptView>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody)))]
pub(crate) async fn relayed(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Json<Vec<ReceiptView>>, Problem> {
    let matter = MatterId::new(Incoming::KIND, &id.0).map_err(|_| Refusal::missing())?;
    asker.must_see(&matter).await?;
    let rows = kit.store.query(SELECT_RELAYED, vec![Datum::text(matter.as_str())]).await?;
    Ok(Json(rows.iter().filter_map(|row| receipt(row)).collect()))
}

fn key(text: &str) -> String {
    text.split_once(':').map_or_else(String::new, |(_, key)| key.to_owned())
}

fn optional_text(datum: &Datum) -> Option<String> {
    if let Datum::Text(text) = datum { Some(text.clone()) } else { None }
}

fn receipt(row: &[Datum]) -> Option<ReceiptView> {
    let [
        Datum::Text(matter),
        Datum::Text(unit),
        Datum::Text(unit_name),
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
    Some(ReceiptView {
        id: key(matter),
        unit: unit.clone(),
        unit_name: unit_name.clone(),
        parent: optional_text(parent).map(|parent| key(&parent)),
        copy: *copy == 1,
        state: state.clone(),
        delivered_ms: *delivered,
        acknowledged_ms: if let Datum::Int(ms) = acknowledged { Some(*ms) } else { None },
        acknowledged_by: optional_text(by),
        return_reason: optional_text(reason),
    })
}

const SELECT_NUMBERS: &str = "select text, document, given_ms, void_reason \
    from document_number where unit = $1 order by year desc, number desc limit 200";

/// 本单位发文字号
#[utoipa::path(get, path = "/numbers/{unit}", params(("unit" = String, Path)), responses(
    (status = 200, description = "Numbers, newest first; voids stay", body = Vec<NumberView>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "Not one's own unit", body = ProblemBody)))]
pub(crate) async fn numbers(
    State(kit): State<Kit>,
    asker: SignedIn,
    unit: Segment,
) -> Result<Json<Vec<NumberView>>, Problem> {
    asker.require(Action::HandleDocuments)?;
    if !asker.capacities().iter().any(|capacity| capacity.unit.as_str() == unit.0) {
        return Err(Refusal::missing().into());
    }
    let rows = kit.store.query(SELECT_NUMBERS, vec![Datum::Text(unit.0)]).await?;
    let read = |row: &Vec<Datum>| match row.as_slice() {
        [Datum::Text(text), Datum::Text(document), Datum::Int(given), reason] => Some(NumberView {
            text: text.clone(),
            document: key(document),
            given_ms: *given,
            void_reason: optional_text(reason),
        }),
        _ => None,
    };
    Ok(Json(rows.iter().filter_map(read).collect()))
}
