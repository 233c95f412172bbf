//! Lists: receipts and numbers.

use crate::incoming::Incoming;
use crate::model::Document;
use axum::Json;
use axum::extract::State;
use lingnan_api::{
    Cursor, Kit, PAGE_MAX, Page, Params, Problem, ProblemBody, Segment, SignedIn, page,
};
use lingnan_auth::Action;
use lingnan_journal::{Datum, Matter, MatterId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

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
    /// What the document is about; to whom it is not for, nothing.
    title: Option<String>,
    /// When, in milliseconds.
    given_ms: i64,
    /// Why it is void.
    void_reason: Option<String>,
}

const SELECT_RECEIPTS: &str = "select matter, unit, unit_name, parent, copy, state, \
    delivered_ms, acknowledged_ms, acknowledged_by, return_reason \
    from document_receipt where document = $1 order by copy, unit";

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

const SELECT_NUMBERS: &str = "select n.text, n.document, d.title, n.given_ms, n.void_reason, \
    n.year, n.number, n.book \
    from document_number n left join document d on d.matter = n.document";

/// Where a page of numbers begins.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichPage {
    /// Where the page before said that this one begins.
    cursor: Option<String>,
}

/// 本单位发文字号
#[utoipa::path(get, path = "/numbers/{unit}", params(("unit" = String, Path), WhichPage),
    responses(
    (status = 200, description = "Numbers, newest first; voids stay", body = Page<NumberView>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "Not one's own unit", body = ProblemBody),
    (status = 422, description = "No such cursor", body = ProblemBody)))]
pub(crate) async fn numbers(
    State(kit): State<Kit>,
    asker: SignedIn,
    unit: Segment,
    which: Params<WhichPage>,
) -> Result<Json<Page<NumberView>>, Problem> {
    asker.require(Action::HandleDocuments)?;
    if !asker.capacities().iter().any(|capacity| capacity.unit.as_str() == unit.0) {
        return Err(Refusal::missing().into());
    }
    let mut values = vec![Datum::Text(unit.0)];
    let beyond = match Cursor::parse(which.0.cursor.as_deref())? {
        Some(cursor) => {
            values.extend(place(&cursor).ok_or_else(Cursor::wrong)?);
            "and (n.year, n.number, n.book) < ($2, $3, $4)"
        }
        None => "",
    };
    let readable = asker.scope().condition("d.matter", &mut values);
    let limit = PAGE_MAX.saturating_add(1);
    let sql = format!(
        "{SELECT_NUMBERS} and {readable} where n.unit = $1 {beyond} \
         order by n.year desc, n.number desc, n.book desc limit {limit}"
    );
    let rows = kit.store.reader().query_text(sql, values).await?;
    let lines = rows.iter().filter_map(|row| number(row)).collect();
    let page = page(lines, |(_, cursor)| cursor.clone());
    Ok(Json(Page {
        items: page.items.into_iter().map(|(view, _)| view).collect(),
        next: page.next,
    }))
}

/// A cursor is the year, then the number and the book.
fn place(cursor: &Cursor) -> Option<[Datum; 3]> {
    let (number, book) = cursor.key.split_once(' ')?;
    Some([Datum::Int(cursor.number), Datum::Int(number.parse().ok()?), Datum::text(book)])
}

fn number(row: &[Datum]) -> Option<(NumberView, Cursor)> {
    let [
        Datum::Text(text),
        Datum::Text(document),
        title,
        Datum::Int(given),
        reason,
        Datum::Int(year),
        Datum::Int(number),
        Datum::Text(book),
    ] = row
    else {
        return None;
    };
    let view = NumberView {
        text: text.clone(),
        document: key(document),
        title: optional_text(title),
        given_ms: *given,
        void_reason: optional_text(reason),
    };
    Some((view, Cursor { number: *year, key: format!("{number} {book}") }))
}
