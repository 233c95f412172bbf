//! 公文交换: what a unit has to send, has sent and has received, and how each stands.

use axum::Json;
use axum::extract::State;
use lingnan_api::{
    Cursor, Kit, PAGE_MAX, Page, Params, Problem, ProblemBody, SignedIn, page, text,
};
use lingnan_auth::Action;
use lingnan_journal::{Datum, Kind, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which of the desk's lists, and what of it.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// `pending`, `sent` or `received`.
    list: String,
    /// `waiting`, `late`, `acknowledged`, `returned` or `recalled`; all when absent.
    state: Option<String>,
    /// Words of title, number or unit.
    q: Option<String>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// A document that is exchanged.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExchangeLine {
    /// Key of the document, or of the receipt.
    id: String,
    /// Title.
    title: String,
    /// 发文字号; empty before it has one.
    number: String,
    /// Urgency.
    urgency: String,
    /// Who sent it; of what is sent, the drafting unit.
    unit: String,
    /// How a receipt stands; where a document stands.
    state: String,
    /// When it was delivered, or last touched while it waits to be sent, in milliseconds.
    time_ms: i64,
    /// Until when it is to be acknowledged, or sent, while it is not.
    by_ms: Option<i64>,
    /// How many units it was sent to.
    units: i64,
    /// How many of them acknowledged it.
    acknowledged: i64,
    /// How many sent it back.
    returned: i64,
    /// How many did not acknowledge it in time; 1 of what was not sent in time.
    late: i64,
}

/// Asks one list: its columns are those of [`ExchangeLine`].
struct List {
    select: &'static str,
    unit: &'static str,
    matter: &'static str,
    /// What holds of every line.
    always: &'static str,
    words: [&'static str; 3],
    /// After the conditions, before those on groups.
    grouped: &'static str,
    time: &'static str,
}

/// Sums over what was sent: of each receipt that came from the document itself. What is published
/// to whom it may concern has none; it is out when it is to be concluded.
const SENT: List = List {
    select: "select d.matter, d.title, d.number, d.urgency, d.unit_name, \
        case when sum(case when r.state = 'recalled' then 1 else 0 end) > 0 then 'recalled' \
        else 'sent' end, coalesce(min(r.delivered_ms), d.touched_ms), min(r.acknowledge_by_ms), \
        count(r.matter), \
        sum(case when r.acknowledged_ms is not null and r.state <> 'returned' then 1 else 0 end), \
        sum(case when r.state = 'returned' then 1 else 0 end), \
        sum(case when r.acknowledge_by_ms < $1 then 1 else 0 end) \
        from document d \
        left join document_receipt r on r.document = d.matter and r.parent is null",
    always: "(r.matter is not null or d.step = '办结' or d.state in ('concluded', 'archived'))",
    unit: "d.unit",
    matter: "d.matter",
    words: ["d.title", "d.number", "d.unit_name"],
    grouped: "group by d.matter, d.title, d.number, d.urgency, d.unit_name, d.touched_ms",
    time: "coalesce(min(r.delivered_ms), d.touched_ms)",
};

const RECEIVED: List = List {
    select: "select r.matter, r.title, r.number, r.urgency, r.sender, r.state, r.delivered_ms, \
        r.acknowledge_by_ms, cast(1 as bigint), \
        cast(case when r.acknowledged_ms is null then 0 else 1 end as bigint), \
        cast(case when r.state = 'returned' then 1 else 0 end as bigint), \
        cast(case when r.acknowledge_by_ms < $1 then 1 else 0 end as bigint) \
        from document_receipt r",
    unit: "r.unit",
    matter: "r.matter",
    always: "1 = 1",
    words: ["r.title", "r.number", "r.sender"],
    grouped: "",
    time: "r.delivered_ms",
};

/// What is signed, or numbered, and has not gone out.
const PENDING: List = List {
    select: "select d.matter, d.title, d.number, d.urgency, d.unit_name, d.step, d.touched_ms, \
        t.due_ms, cast(0 as bigint), cast(0 as bigint), cast(0 as bigint), \
        cast(case when t.due_ms < $1 then 1 else 0 end as bigint) from document d \
        join inbox_ticket t on t.matter = d.matter and t.node in ('number', 'distribute')",
    always: "1 = 1",
    unit: "d.unit",
    matter: "d.matter",
    words: ["d.title", "d.number", "d.unit_name"],
    grouped: "",
    time: "d.touched_ms",
};

/// 交换清单
#[utoipa::path(get, path = "/exchange", params(Which), responses(
    (status = 200, description = "Newest first", body = Page<ExchangeLine>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Handles no business", body = ProblemBody),
    (status = 422, description = "No such list, state or cursor", body = ProblemBody)))]
pub(crate) async fn exchange(
    State(kit): State<Kit>,
    asker: SignedIn,
    which: Params<Which>,
) -> Result<Json<Page<ExchangeLine>>, Problem> {
    asker.require(Action::HandleDocuments)?;
    let list = match which.0.list.as_str() {
        "pending" => &PENDING,
        "sent" => &SENT,
        "received" => &RECEIVED,
        _ => return Err(unknown("清单").into()),
    };
    let mut values = vec![Datum::Int(kit.now().0)];
    let mut conditions = vec![list.always.to_owned(), own(&asker, list.unit, &mut values)];
    conditions.push(asker.scope().condition(list.matter, &mut values));
    let wanted =
        text::optional(which.0.q.as_deref().unwrap_or_default(), "检索词", text::TITLE_MAX)?;
    if !wanted.is_empty() {
        conditions.push(containing(&wanted, &list.words, &mut values));
    }
    let mut having = Vec::new();
    let standing = standing(which.0.state.as_deref().unwrap_or_default(), &which.0.list)?;
    let grouped = !list.grouped.is_empty();
    if grouped { &mut having } else { &mut conditions }.extend(standing);
    if let Some(cursor) = Cursor::parse(which.0.cursor.as_deref())? {
        values.extend([Datum::Int(cursor.number), Datum::Text(cursor.key)]);
        let (time, key) = (values.len().saturating_sub(1), values.len());
        let before = format!("({}, {}) < (${time}, ${key})", list.time, list.matter);
        if grouped { &mut having } else { &mut conditions }.push(before);
    }
    let having =
        if having.is_empty() { String::new() } else { format!("having {}", having.join(" and ")) };
    let limit = PAGE_MAX.saturating_add(1);
    let sql = format!(
        "{} where {} {} {having} order by {} desc, {} desc limit {limit}",
        list.select,
        conditions.join(" and "),
        list.grouped,
        list.time,
        list.matter
    );
    let rows = kit.store.reader().query_text(sql, values).await?;
    let lines = rows.iter().filter_map(|row| line(row)).collect();
    let page = page(lines, |(_, cursor)| cursor.clone());
    let items = page.items.into_iter().map(|(line, _)| line).collect();
    Ok(Json(Page { items, next: page.next }))
}

fn unknown(what: &str) -> Refusal {
    Refusal::new(Kind::Invalid, "request.unknown", format!("没有这种{what}。"))
        .with_next("请从页面上的选项中选择。")
}

/// The units that the asker acts for.
pub(super) fn own(asker: &SignedIn, column: &str, values: &mut Vec<Datum>) -> String {
    let mut holes = Vec::new();
    for capacity in asker.capacities() {
        values.push(Datum::text(capacity.unit.as_str()));
        holes.push(format!("${}", values.len()));
    }
    if holes.is_empty() {
        "1 = 0".to_owned()
    } else {
        format!("{column} in ({})", holes.join(", "))
    }
}

fn containing(wanted: &str, columns: &[&str], values: &mut Vec<Datum>) -> String {
    values.push(Datum::Text(text::pattern(wanted)));
    let hole = values.len();
    let all: Vec<String> =
        columns.iter().map(|column| format!("{column} like ${hole} escape '\\'")).collect();
    format!("({})", all.join(" or "))
}

/// What a state asks of a row, or of the receipts of one document together.
fn standing(state: &str, list: &str) -> Result<Option<String>, Refusal> {
    let wanted = match state {
        "" => return Ok(None),
        "waiting" => "r.state = 'delivered'",
        "late" => "r.acknowledge_by_ms < $1",
        "acknowledged" => "r.state in ('acknowledged', 'concluded', 'archived')",
        "returned" => "r.state = 'returned'",
        "recalled" => "r.state = 'recalled'",
        _ => return Err(unknown("状态")),
    };
    match list {
        "received" => Ok(Some(wanted.to_owned())),
        // Of what was sent, one such unit is enough; all must have acknowledged it.
        "sent" if state == "acknowledged" => Ok(Some(
            "sum(case when r.acknowledged_ms is not null and r.state <> 'returned' then 1 \
             else 0 end) = count(*) and count(r.matter) > 0"
                .to_owned(),
        )),
        "sent" => Ok(Some(format!("sum(case when {wanted} then 1 else 0 end) > 0"))),
        _ => Err(unknown("状态")),
    }
}

fn line(row: &[Datum]) -> Option<(ExchangeLine, Cursor)> {
    let [
        Datum::Text(matter),
        Datum::Text(title),
        number,
        Datum::Text(urgency),
        Datum::Text(unit),
        Datum::Text(state),
        Datum::Int(time),
        by,
        Datum::Int(units),
        Datum::Int(acknowledged),
        Datum::Int(returned),
        Datum::Int(late),
    ] = row
    else {
        return None;
    };
    let line = ExchangeLine {
        id: matter.split_once(':').map_or_else(String::new, |(_, key)| key.to_owned()),
        title: title.clone(),
        number: if let Datum::Text(number) = number { number.clone() } else { String::new() },
        urgency: urgency.clone(),
        unit: unit.clone(),
        state: state.clone(),
        time_ms: *time,
        by_ms: if let Datum::Int(by) = by { Some(*by) } else { None },
        units: *units,
        acknowledged: *acknowledged,
        returned: *returned,
        late: *late,
    };
    Some((line, Cursor { number: *time, key: matter.clone() }))
}
