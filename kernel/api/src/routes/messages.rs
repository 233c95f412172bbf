//! 消息: what concerns one's posts, and what of it one has read.
//!
//! What is told follows from the journal; that it was read is a person's own and no act of
//! government, so it lies in side tables (decision 10).

use crate::{Cursor, JsonBody, Kit, PAGE_MAX, Page, Params, Problem, ProblemBody, SignedIn, page};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lingnan_base::PersonId;
use lingnan_journal::{Datum, Kind, Refusal};
use lingnan_store::{SideTable, Statement};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What a person has read: all up to a moment, and single messages after it.
pub const SIDE_TABLES: [SideTable; 2] = [
    SideTable {
        ddl: "create table if not exists message_read (
        person text not null,
        message text not null,
        primary key (person, message))",
    },
    SideTable {
        ddl: "create table if not exists message_read_until (
        person text not null primary key,
        until_ms bigint not null)",
    },
];

/// Unread messages are counted up to here; the screen then shows 99+.
const COUNT_MAX: usize = 100;
/// Messages marked at once: two pages.
const MARKED_MAX: usize = 100;

const SELECT_UNTIL: &str = "select until_ms from message_read_until where person = $1";
const DELETE_UNTIL: &str = "delete from message_read_until where person = $1";
const INSERT_UNTIL: &str = "insert into message_read_until (person, until_ms) values ($1, $2)";
const DELETE_COVERED: &str = "delete from message_read where person = $1 \
    and message in (select m.message from message m where m.time_ms <= $2)";
const DELETE_ONE: &str = "delete from message_read where person = $1 and message = $2";
const INSERT_ONE: &str = "insert into message_read (person, message) values ($1, $2)";

/// Which messages, and from where.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Only what is not read yet.
    unread: Option<bool>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// A message.
#[derive(Serialize, ToSchema)]
pub(crate) struct MessageView {
    /// Its id.
    id: String,
    /// The kind of matter it is about: `document`, `incoming`, `work`.
    matter_kind: String,
    /// The matter's key.
    matter: String,
    /// What happened: `returned`, `handed`, `asked`, `urged`, `withdrawn`, `warned`, `yellow`,
    /// `red`, `sent_back`, `late`, `receipted`, `concluded`, `rejected` or `terminated`.
    happened: String,
    /// The matter's title.
    title: String,
    /// The unit it comes from.
    unit: String,
    /// At which step; empty when at none.
    step: String,
    /// Who did it; empty when it was the platform.
    teller: String,
    /// What he wrote.
    words: String,
    /// When, in milliseconds.
    time_ms: i64,
    /// Whether the asker has read it.
    read: bool,
}

/// How many messages are not read.
#[derive(Serialize, ToSchema)]
pub(crate) struct UnreadView {
    /// At most 100.
    count: usize,
}

/// Messages that were read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Read {
    /// Their ids.
    messages: Vec<String>,
}

/// Everything up to a moment was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadAll {
    /// The newest message's moment, in milliseconds: what came later was not seen.
    until_ms: i64,
}

/// 消息
#[utoipa::path(get, path = "/messages", params(Which), responses(
    (status = 200, description = "A page of messages, newest first", body = Page<MessageView>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 422, description = "A wrong cursor", body = ProblemBody)))]
pub(crate) async fn messages(
    State(kit): State<Kit>,
    asker: SignedIn,
    which: Params<Which>,
) -> Result<Json<Page<MessageView>>, Problem> {
    let Some(mut own) = Own::of(&kit, &asker).await? else {
        return Ok(Json(Page { items: Vec::new(), next: None }));
    };
    if which.0.unread.unwrap_or_default() {
        own.condition.push_str(&format!(" and {} = 0", own.read));
    }
    if let Some(cursor) = Cursor::parse(which.0.cursor.as_deref())? {
        let (time, key) = (own.bind(Datum::Int(cursor.number)), own.bind(Datum::Text(cursor.key)));
        own.condition.push_str(&format!(" and (m.time_ms, m.message) < ({time}, {key})"));
    }
    let (read, condition, limit) = (&own.read, &own.condition, PAGE_MAX.saturating_add(1));
    let sql = format!(
        "select m.message, m.about, m.kind, m.title, m.unit, m.step, m.teller, m.words, \
         m.time_ms, {read} from message m where {condition} \
         order by m.time_ms desc, m.message desc limit {limit}"
    );
    let rows = kit.store.reader().query_text(sql, own.values).await?;
    let views: Vec<MessageView> = rows.iter().filter_map(|row| view(row)).collect();
    Ok(Json(page(views, |last| Cursor { number: last.time_ms, key: last.id.clone() })))
}

/// 未读消息数
#[utoipa::path(get, path = "/messages/unread", responses(
    (status = 200, description = "How many are not read", body = UnreadView),
    (status = 401, description = "Not signed in", body = ProblemBody)))]
pub(crate) async fn unread(
    State(kit): State<Kit>,
    asker: SignedIn,
) -> Result<Json<UnreadView>, Problem> {
    let Some(own) = Own::of(&kit, &asker).await? else { return Ok(Json(UnreadView { count: 0 })) };
    let (read, condition) = (&own.read, &own.condition);
    let sql = format!(
        "select m.message from message m where {condition} and {read} = 0 limit {COUNT_MAX}"
    );
    let count = kit.store.reader().query_text(sql, own.values).await?.len();
    Ok(Json(UnreadView { count }))
}

/// 标为已读
#[utoipa::path(post, path = "/messages/read", request_body = Read, responses(
    (status = 204, description = "Read; what is not one's own is passed over"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 422, description = "Too many at once", body = ProblemBody)))]
pub(crate) async fn read(
    State(kit): State<Kit>,
    asker: SignedIn,
    body: JsonBody<Read>,
) -> Result<StatusCode, Problem> {
    let JsonBody(Read { messages }) = body;
    if messages.len() > MARKED_MAX {
        let message = format!("一次最多标记{MARKED_MAX}条消息。");
        return Err(Refusal::new(Kind::Invalid, "messages.too_many", message)
            .with_next("请分批标记，或使用“全部已读”。")
            .into());
    }
    let Some(mut own) = Own::of(&kit, &asker).await? else { return Ok(StatusCode::NO_CONTENT) };
    if messages.is_empty() {
        return Ok(StatusCode::NO_CONTENT);
    }
    let holes: Vec<String> = messages.into_iter().map(|id| own.bind(Datum::Text(id))).collect();
    let (read, condition, holes) = (&own.read, &own.condition, holes.join(", "));
    let sql = format!(
        "select m.message from message m where {condition} and {read} = 0 \
         and m.message in ({holes})"
    );
    let found = kit.store.reader().query_text(sql, own.values).await?;
    let mut statements = Vec::new();
    for row in found {
        let [Datum::Text(message)] = row.as_slice() else { continue };
        let key = || vec![person(&asker.person), Datum::text(message.as_str())];
        statements.push(Statement::new(DELETE_ONE, key()));
        statements.push(Statement::new(INSERT_ONE, key()));
    }
    kit.store.execute(statements).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 全部已读
#[utoipa::path(post, path = "/messages/read-all", request_body = ReadAll, responses(
    (status = 204, description = "Everything up to then is read"),
    (status = 401, description = "Not signed in", body = ProblemBody)))]
pub(crate) async fn read_all(
    State(kit): State<Kit>,
    asker: SignedIn,
    body: JsonBody<ReadAll>,
) -> Result<StatusCode, Problem> {
    // A moment to come would hide what nobody has seen.
    let until_ms = body.0.until_ms.min(kit.now().0);
    if until_ms <= read_until(&kit, &asker.person).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    let own = || person(&asker.person);
    let statements = vec![
        Statement::new(DELETE_UNTIL, vec![own()]),
        Statement::new(INSERT_UNTIL, vec![own(), Datum::Int(until_ms)]),
        Statement::new(DELETE_COVERED, vec![own(), Datum::Int(until_ms)]),
    ];
    kit.store.execute(statements).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn person(id: &PersonId) -> Datum {
    Datum::text(id.as_str())
}

async fn read_until(kit: &Kit, id: &PersonId) -> Result<i64, Problem> {
    let rows = kit.store.query(SELECT_UNTIL, vec![person(id)]).await?;
    Ok(match rows.first().map(Vec::as_slice) {
        Some([Datum::Int(until)]) => *until,
        _ => 0,
    })
}

/// One's own messages as SQL: which they are, and whether each was read.
struct Own {
    values: Vec<Datum>,
    condition: String,
    read: String,
}

impl Own {
    /// None for somebody without a post in business: nothing is told him.
    async fn of(kit: &Kit, asker: &SignedIn) -> Result<Option<Self>, Problem> {
        let until = read_until(kit, &asker.person).await?;
        let mut own = Self { values: Vec::new(), condition: String::new(), read: String::new() };
        let scope = asker.scope();
        let posts: Vec<String> =
            scope.posts().map(|post| own.bind(Datum::text(post.as_str()))).collect();
        if posts.is_empty() {
            return Ok(None);
        }
        own.condition = format!("m.post in ({})", posts.join(", "));
        let (who, until) = (own.bind(person(&asker.person)), own.bind(Datum::Int(until)));
        own.read = format!(
            "(case when m.time_ms <= {until} or exists (select 1 from message_read r \
             where r.person = {who} and r.message = m.message) then 1 else 0 end)"
        );
        Ok(Some(own))
    }

    fn bind(&mut self, value: Datum) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }
}

fn view(row: &[Datum]) -> Option<MessageView> {
    let [
        Datum::Text(id),
        Datum::Text(about),
        Datum::Text(happened),
        Datum::Text(title),
        Datum::Text(unit),
        Datum::Text(step),
        Datum::Text(teller),
        Datum::Text(words),
        Datum::Int(time_ms),
        Datum::Int(read),
    ] = row
    else {
        return None;
    };
    let (matter_kind, matter) = about.split_once(':')?;
    Some(MessageView {
        id: id.clone(),
        matter_kind: matter_kind.to_owned(),
        matter: matter.to_owned(),
        happened: happened.clone(),
        title: title.clone(),
        unit: unit.clone(),
        step: step.clone(),
        teller: teller.clone(),
        words: words.clone(),
        time_ms: *time_ms,
        read: *read == 1,
    })
}
