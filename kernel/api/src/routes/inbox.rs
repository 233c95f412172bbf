//! 待办、待阅、已办、我发起的: one inbox over every kind of matter.

use crate::{Cursor, Kit, PAGE_MAX, Page, Params, Problem, ProblemBody, SignedIn, page, text};
use axum::Json;
use axum::extract::State;
use lingnan_journal::{Datum, Kind, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which box, and from where.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// `todo`, `notices`, `done` or `drafted`.
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
    /// The kind of matter: `document`, `incoming`, `work`.
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
    /// Whether that may move when the year's holidays are arranged.
    due_provisional: bool,
}

struct Shelf {
    table: &'static str,
    holder: &'static str,
    time: &'static str,
    columns: &'static str,
    ascending: &'static str,
}

const WAITING: Shelf = Shelf {
    table: "inbox_ticket",
    holder: "holder",
    time: "due_ms",
    columns: "matter, title, step, unit, urgency, '', opened_ms, due_ms, provisional",
    ascending: "asc",
};
const DONE: Shelf = Shelf {
    table: "inbox_handled",
    holder: "post",
    time: "handled_ms",
    columns: "matter, title, step, unit, urgency, state, handled_ms, handled_ms, 0",
    ascending: "desc",
};
const DRAFTED: Shelf = Shelf {
    table: "inbox_begun",
    holder: "post",
    time: "touched_ms",
    columns: "matter, title, step, unit, urgency, state, touched_ms, touched_ms, 0",
    ascending: "desc",
};
/// Notices are newest first; what is done with is not shown.
const NOTICES: Shelf = Shelf {
    table: "inbox_notice",
    holder: "state = 'waiting' and post",
    time: "sent_ms",
    columns: "matter, title, step, unit, 'ordinary', '', sent_ms, sent_ms, 0",
    ascending: "desc",
};

/// 待办、待阅、已办、我发起的
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
        "notices" => NOTICES,
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
        values.push(Datum::Text(text::pattern(words)));
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
    provisional: bool,
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
        Datum::Int(provisional),
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
        provisional: *provisional == 1,
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
        due_provisional: line.provisional,
    }
}
