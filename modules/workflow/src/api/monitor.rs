//! 运行监控: where matters stand, by process and unit; never what they are about, never by person.

use super::post;
use crate::Handle;
use crate::work::model::{Request, Work};
use axum::Json;
use axum::extract::State;
use lingnan_api::{
    Cursor, JsonBody, Kit, PAGE_MAX, Page, Params, Problem, ProblemBody, Segment, SignedIn, act_id,
    page,
};
use lingnan_auth::Action;
use lingnan_journal::{Datum, Kind, Matter, MatterId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How many matters stand at a step of a process.
#[derive(Serialize, ToSchema)]
pub(crate) struct StandingCount {
    /// The process's code.
    code: String,
    /// The process's name.
    process: String,
    /// The step's id.
    step: String,
    /// The step's name.
    name: String,
    /// How many matters stand there.
    count: i64,
    /// How many with a yellow light.
    yellow: i64,
    /// How many with a red light.
    red: i64,
    /// Since when the oldest stands there, in milliseconds.
    oldest_ms: i64,
}

/// How many steps wait in a unit.
#[derive(Serialize, ToSchema)]
pub(crate) struct StandingUnit {
    /// The unit.
    unit: String,
    /// Its short name.
    unit_name: String,
    /// How many steps wait there.
    count: i64,
    /// How many with a yellow light.
    yellow: i64,
    /// How many with a red light.
    red: i64,
    /// Since when the oldest waits there, in milliseconds.
    oldest_ms: i64,
}

/// Where the page of units begins.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct UnitsFrom {
    /// As the page before told.
    cursor: Option<String>,
}

/// Which matters.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Of which process.
    code: Option<String>,
    /// At which step.
    step: Option<String>,
    /// At which unit.
    unit: Option<String>,
    /// At which post.
    post: Option<String>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// Where a matter stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct StandingLine {
    /// The matter's key.
    id: String,
    /// The process's code.
    code: String,
    /// The step's id.
    step: String,
    /// The step's name.
    name: String,
    /// At which unit.
    unit: String,
    /// Its short name.
    unit_name: String,
    /// At which post.
    post: String,
    /// What it is called.
    post_name: String,
    /// `red`, `yellow`, `warned` or nothing.
    light: String,
    /// Since when, in milliseconds.
    opened_ms: i64,
    /// An intervention that awaits a second person.
    proposed: String,
    /// How the matter stands as a whole.
    state: String,
}

/// An act of an administrator on a matter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MonitorAct {
    /// The client's id of the act.
    act_id: String,
    /// From which post.
    as_post: String,
    /// What is asked.
    request: Request,
}

/// What the client is told.
#[derive(Serialize, ToSchema)]
pub(crate) struct MonitorDone {
    /// The act's place in the journal.
    seq: Option<u64>,
}

const SELECT_COUNTS: &str = "select s.code, coalesce(p.name, ''), s.step, s.name, count(*), \
    sum(case when s.light = 'yellow' then 1 else 0 end), \
    sum(case when s.light = 'red' then 1 else 0 end), min(s.opened_ms) \
    from work_standing s left join workflow_process p on p.code = s.code \
    group by s.code, p.name, s.step, s.name order by s.code, s.step";

/// 各环节在办
#[utoipa::path(get, path = "/monitor/steps", responses(
    (status = 200, description = "Counts by process and step", body = Vec<StandingCount>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "No process administrator", body = ProblemBody)))]
pub(crate) async fn counts(
    State(kit): State<Kit>,
    asker: SignedIn,
) -> Result<Json<Vec<StandingCount>>, Problem> {
    asker.require(Action::ManageProcesses)?;
    let rows = kit.store.query(SELECT_COUNTS, vec![]).await?;
    let read = |row: &Vec<Datum>| match row.as_slice() {
        [
            Datum::Text(code),
            Datum::Text(process),
            Datum::Text(step),
            Datum::Text(name),
            Datum::Int(count),
            Datum::Int(yellow),
            Datum::Int(red),
            Datum::Int(oldest),
        ] => Some(StandingCount {
            code: code.clone(),
            process: process.clone(),
            step: step.clone(),
            name: name.clone(),
            count: *count,
            yellow: *yellow,
            red: *red,
            oldest_ms: *oldest,
        }),
        _ => None,
    };
    Ok(Json(rows.iter().filter_map(read).collect()))
}

const SELECT_UNITS: &str = "select unit, count(*), \
    sum(case when light = 'yellow' then 1 else 0 end), \
    sum(case when light = 'red' then 1 else 0 end), min(opened_ms) \
    from work_standing where unit > $1 group by unit order by unit limit";

/// 各单位在办
#[utoipa::path(get, path = "/monitor/units", params(UnitsFrom), responses(
    (status = 200, description = "Counts by unit", body = Page<StandingUnit>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "No process administrator", body = ProblemBody)))]
pub(crate) async fn standing_units(
    State(kit): State<Kit>,
    asker: SignedIn,
    from: Params<UnitsFrom>,
) -> Result<Json<Page<StandingUnit>>, Problem> {
    asker.require(Action::ManageProcesses)?;
    let after = Cursor::parse(from.0.cursor.as_deref())?.map_or_else(String::new, |c| c.key);
    let sql = format!("{SELECT_UNITS} {}", PAGE_MAX.saturating_add(1));
    let rows = kit.store.reader().query_text(sql, vec![Datum::Text(after)]).await?;
    let read = |row: &Vec<Datum>| match row.as_slice() {
        [
            Datum::Text(unit),
            Datum::Int(count),
            Datum::Int(yellow),
            Datum::Int(red),
            Datum::Int(oldest),
        ] => Some(StandingUnit {
            unit: unit.clone(),
            unit_name: unit_name(&kit, unit),
            count: *count,
            yellow: *yellow,
            red: *red,
            oldest_ms: *oldest,
        }),
        _ => None,
    };
    let lines = rows.iter().filter_map(read).collect();
    Ok(Json(page(lines, |line| Cursor { number: 0, key: line.unit.clone() })))
}

fn unit_name(kit: &Kit, unit: &str) -> String {
    let id = lingnan_base::UnitId::parse(unit).ok();
    id.map(|id| kit.setting().unit_name(&id)).unwrap_or_default()
}

/// 在办事项
#[utoipa::path(get, path = "/monitor/works", params(Which), responses(
    (status = 200, description = "Where matters stand, oldest first", body = Page<StandingLine>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "No process administrator", body = ProblemBody)))]
pub(crate) async fn standing(
    State(kit): State<Kit>,
    asker: SignedIn,
    which: Params<Which>,
) -> Result<Json<Page<StandingLine>>, Problem> {
    asker.require(Action::ManageProcesses)?;
    let which = which.0;
    let mut values = Vec::new();
    let mut conditions = vec!["w.matter = s.matter".to_owned()];
    let asked =
        [("code", which.code), ("step", which.step), ("unit", which.unit), ("post", which.post)];
    for (column, value) in asked {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            values.push(Datum::Text(value));
            conditions.push(format!("s.{column} = ${}", values.len()));
        }
    }
    if let Some(cursor) = Cursor::parse(which.cursor.as_deref())? {
        values.push(Datum::Int(cursor.number));
        values.push(Datum::Text(cursor.key));
        let (time, key) = (values.len().saturating_sub(1), values.len());
        conditions.push(format!("(s.opened_ms, s.matter) > (${time}, ${key})"));
    }
    let sql = format!(
        "select s.matter, s.code, s.step, s.name, s.unit, s.post, s.light, s.opened_ms, \
         w.proposed, w.state from work_standing s join work w on {} \
         order by s.opened_ms, s.matter limit {}",
        conditions.join(" and "),
        PAGE_MAX.saturating_add(1)
    );
    let rows = kit.store.reader().query_text(sql, values).await?;
    let lines = rows.iter().filter_map(|row| line(&kit, row)).collect();
    let key = |line: &StandingLine| format!("{}:{}", Work::KIND, line.id);
    Ok(Json(page(lines, |line| Cursor { number: line.opened_ms, key: key(line) })))
}

fn line(kit: &Kit, row: &[Datum]) -> Option<StandingLine> {
    let [
        Datum::Text(matter),
        Datum::Text(code),
        Datum::Text(step),
        Datum::Text(name),
        Datum::Text(unit),
        Datum::Text(post),
        Datum::Text(light),
        Datum::Int(opened),
        Datum::Text(proposed),
        Datum::Text(state),
    ] = row
    else {
        return None;
    };
    let post_name = lingnan_base::PostId::parse(post).ok().and_then(|id| {
        kit.with_directory(|d| d.post(&id).map(|(_, content)| content.title.clone()))
    });
    Some(StandingLine {
        id: matter.split_once(':').map_or_else(String::new, |(_, key)| key.to_owned()),
        code: code.clone(),
        step: step.clone(),
        name: name.clone(),
        unit: unit.clone(),
        unit_name: unit_name(kit, unit),
        post: post.clone(),
        post_name: post_name.unwrap_or_default(),
        light: light.clone(),
        opened_ms: *opened,
        proposed: proposed.clone(),
        state: state.clone(),
    })
}

/// 挂起、恢复、终止、跳转、移交
#[utoipa::path(post, path = "/monitor/works/{id}/acts", params(("id" = String, Path)),
    request_body = MonitorAct, responses(
    (status = 200, description = "Done", body = MonitorDone),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "No process administrator, or not the second", body = ProblemBody),
    (status = 404, description = "No such matter", body = ProblemBody),
    (status = 409, description = "The matter has moved on", body = ProblemBody)))]
pub(crate) async fn administer_work(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
    body: JsonBody<MonitorAct>,
) -> Result<Json<MonitorDone>, Problem> {
    let JsonBody(act) = body;
    MatterId::new(Work::KIND, &id.0).map_err(|_| Refusal::missing())?;
    let acting = asker.acting(&post(&act.as_post)?, Action::ManageProcesses)?;
    if !act.request.is_administrative() {
        let message = "管理员不办理业务。";
        return Err(Refusal::new(Kind::Forbidden, "workflow.business", message).into());
    }
    let (key, request, files) = (id.0, act.request, Vec::new());
    let command = Handle { key, seen: None, request, files, setting: kit.setting() };
    let told = kit.store.submit(act_id(&act.act_id)?, acting.actor, command).await?;
    Ok(Json(MonitorDone { seq: told.seq }))
}
