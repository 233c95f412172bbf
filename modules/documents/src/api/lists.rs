//! Lists: the inbox, what I handled, what I drafted, receipts, numbers.

use crate::incoming::Incoming;
use crate::model::Document;
use axum::Json;
use axum::extract::State;
use lingnan_api::{
    Cursor, Kit, PAGE_MAX, Page, Params, Problem, ProblemBody, Segment, SignedIn, page,
};
use lingnan_auth::Action;
use lingnan_journal::{Datum, Kind, Matter, MatterId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which box, and from where.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// `todo`, `done` or `drafted`.
    #[serde(rename = "box")]
    which: String,
    /// Words in the title.
    q: Option<String>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// A line of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct InboxItem {
    /// `document` or `incoming`.
    kind: String,
    /// The matter's key.
    id: String,
    /// Title.
    title: String,
    /// The step.
    step: String,
    /// The unit it comes from.
    unit: String,
    /// Urgency.
    urgency: String,
    /// How it stands, where the list shows that.
    state: String,
    /// When it came or was last handled, in milliseconds.
    time_ms: i64,
    /// When it is due, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_ms: Option<i64>,
}

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

struct Box {
    table: &'static str,
    holder: &'static str,
    time: &'static str,
    columns: &'static str,
    ascending: &'static str,
}

const WAITING: Box = Box {
    table: "inbox_ticket",
    holder: "holder",
    time: "due_ms",
    columns: "matter, title, step, unit, urgency, '', opened_ms, due_ms",
    ascending: "asc",
};
const DONE: Box = Box {
    table: "document_handled",
    holder: "post",
    time: "handled_ms",
    columns: "matter, title, step, unit_name, urgency, state, handled_ms, handled_ms",
    ascending: "desc",
};
const DRAFTED: Box = Box {
    table: "document",
    holder: "drafter",
    time: "touched_ms",
    columns: "matter, title, step, unit_name, urgency, state, touched_ms, touched_ms",
    ascending: "desc",
};

/// 待办、已办、我起草的
#[utoipa::path(get, path = "/inbox", params(Which), responses(
    (status = 200, description = "A page of the box", body = Page<InboxItem>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 422, description = "No such box", body = ProblemBody)))]
pub(crate) async fn inbox(
    State(kit): State<Kit>,
    asker: SignedIn,
    which: Params<Which>,
) -> Result<Json<Page<InboxItem>>, Problem> {
    let chosen = match which.0.which.as_str() {
        "todo" => WAITING,
        "done" => DONE,
        "drafted" => DRAFTED,
        _ => {
            let message = "没有这个文件夹。";
            return Err(Refusal::new(Kind::Invalid, "documents.box", message).into());
        }
    };
    let scope = asker.scope();
    let mut values: Vec<Datum> = scope.posts().map(|post| Datum::text(post.as_str())).collect();
    if values.is_empty() {
        return Ok(Json(Page { items: Vec::new(), next: None }));
    }
    let holes: Vec<String> = (1..=values.len()).map(|n| format!("${n}")).collect();
    let mut conditions = format!("{} in ({})", chosen.holder, holes.join(", "));
    if let Some(words) = which.0.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        let escaped = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        values.push(Datum::Text(format!("%{escaped}%")));
        conditions.push_str(&format!(" and title like ${} escape '\\'", values.len()));
    }
    if let Some(cursor) = Cursor::parse(which.0.cursor.as_deref())? {
        values.push(Datum::Int(cursor.number));
        values.push(Datum::Text(cursor.key));
        let (time, key) = (values.len().saturating_sub(1), values.len());
        let beyond = if chosen.ascending == "asc" { ">" } else { "<" };
        conditions.push_str(&format!(" and ({}, matter) {beyond} (${time}, ${key})", chosen.time));
    }
    let limit = PAGE_MAX.saturating_add(1);
    let (columns, table, time, order) =
        (chosen.columns, chosen.table, chosen.time, chosen.ascending);
    let sql = format!(
        "select {columns} from {table} where {conditions} \
         order by {time} {order}, matter {order} limit {limit}"
    );
    let rows = kit.store.reader().query_text(sql, values).await?;
    let lines: Vec<Line> = rows.iter().filter_map(|row| line(row)).collect();
    let by_due = chosen.table == "inbox_ticket";
    let page = page(lines, |line| Cursor { number: line.sort, key: line.matter.clone() });
    let items = page.items.into_iter().map(|line| item(line, by_due)).collect();
    Ok(Json(Page { items, next: page.next }))
}

struct Line {
    matter: String,
    title: String,
    step: String,
    unit: String,
    urgency: String,
    state: String,
    time: i64,
    sort: i64,
}

fn line(row: &[Datum]) -> Option<Line> {
    let [
        Datum::Text(matter),
        Datum::Text(title),
        Datum::Text(step),
        Datum::Text(unit),
        Datum::Text(urgency),
        Datum::Text(state),
        Datum::Int(time),
        Datum::Int(sort),
    ] = row
    else {
        return None;
    };
    Some(Line {
        matter: matter.clone(),
        title: title.clone(),
        step: step.clone(),
        unit: unit.clone(),
        urgency: urgency.clone(),
        state: state.clone(),
        time: *time,
        sort: *sort,
    })
}

fn item(line: Line, by_due: bool) -> InboxItem {
    let (kind, id) = line.matter.split_once(':').unwrap_or_default();
    let limited = by_due && line.sort != lingnan_flow::inbox::NO_DUE_MS;
    InboxItem {
        kind: kind.to_owned(),
        id: id.to_owned(),
        title: line.title,
        step: line.step,
        unit: line.unit,
        urgency: line.urgency,
        state: line.state,
        time_ms: line.time,
        due_ms: limited.then_some(line.sort),
    }
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
