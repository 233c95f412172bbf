//! 换版: which matters run by other editions than the one in use, what going over would do to each.

use crate::library::decide;
use crate::library::migration::{MATTERS_MAX, Met, Migration};
use crate::library::model::{Entry, Parsed};
use crate::work::migration::preview;
use crate::work::model::Work;
use axum::Json;
use axum::extract::State;
use lingnan_api::{
    Cursor, Kit, PAGE_MAX, Page, Params, Problem, ProblemBody, Segment, SignedIn, page,
};
use lingnan_auth::Action;
use lingnan_journal::{Datum, MatterId, Refusal};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// How many matters stand at a step of an edition.
#[derive(Serialize, ToSchema)]
pub(crate) struct StepCount {
    /// The step's id.
    id: String,
    /// The step's name.
    name: String,
    /// How many.
    count: i64,
}

/// How many matters run by an edition.
#[derive(Serialize, ToSchema)]
pub(crate) struct EditionCount {
    /// The edition.
    version: i64,
    /// How many.
    count: i64,
    /// Where they stand.
    steps: Vec<StepCount>,
}

/// How a matter of a 换版 stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct MetView {
    /// Its key.
    id: String,
    /// `waiting`, `moved` or `refused`.
    state: String,
    /// Why it stays, when it does.
    why: String,
}

/// The last 换版.
#[derive(Serialize, ToSchema)]
pub(crate) struct MigrationView {
    /// The edition the matters go over to.
    version: u32,
    /// Why.
    reason: String,
    /// Who proposed it.
    person: String,
    /// When, in milliseconds.
    time_ms: i64,
    /// Who confirmed it.
    confirmed_by: Option<String>,
    /// Matter by matter.
    matters: Vec<MetView>,
}

/// What runs of a process.
#[derive(Serialize, ToSchema)]
pub(crate) struct RunningView {
    /// Its code.
    code: String,
    /// Its name.
    name: String,
    /// The edition in use.
    version: Option<u32>,
    /// Most matters of one 换版.
    matters_max: usize,
    /// Edition by edition, newest first.
    editions: Vec<EditionCount>,
    /// The last 换版.
    migration: Option<MigrationView>,
}

/// Which matters.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Of which edition.
    version: u32,
    /// Where the page begins.
    cursor: Option<String>,
}

/// Where a matter stands, and where it would.
#[derive(Serialize, ToSchema)]
pub(crate) struct StandView {
    /// The step's name.
    from: String,
    /// Its name in the edition in use; nothing when it is not there.
    to: Option<String>,
}

/// What going over would do to a matter; nothing of what it is about.
#[derive(Serialize, ToSchema)]
pub(crate) struct MigrationLine {
    /// Its key.
    id: String,
    /// The unit that started it.
    unit: String,
    /// When, in milliseconds.
    started_ms: i64,
    /// `running` or `suspended`.
    state: String,
    /// Step by step.
    stands: Vec<StandView>,
    /// Names of steps it has been through that are gone.
    lost: Vec<String>,
    /// Promised 直达 that are dropped.
    dropped_returns: usize,
    /// Filled fields that are gone from the form.
    removed: Vec<String>,
    /// Why it cannot go over; empty when it can.
    obstacles: Vec<String>,
}

const EDITIONS: &str = "select version, count(*) from work where code = $1 \
    and state in ('running', 'suspended') group by version order by version desc";
const STEPS: &str = "select w.version, s.step, s.name, count(distinct s.matter) \
    from work_standing s join work w on w.matter = s.matter where s.code = $1 \
    group by w.version, s.step, s.name order by w.version desc, s.step";
const MATTERS: &str = "select matter, unit_name, started_ms, state from work where code = $1 \
    and version = $2 and state in ('running', 'suspended') \
    and (started_ms, matter) > ($3, $4) order by started_ms, matter limit $5";

/// 各版在办
#[utoipa::path(get, path = "/processes/{code}/running", params(("code" = String, Path)),
    responses(
    (status = 200, description = "What runs by which edition", body = RunningView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "No process administrator", body = ProblemBody),
    (status = 404, description = "No such process", body = ProblemBody)))]
pub(crate) async fn running(
    State(kit): State<Kit>,
    asker: SignedIn,
    code: Segment,
) -> Result<Json<RunningView>, Problem> {
    asker.require(Action::ManageProcesses)?;
    let (_, entry) = kit.store.load::<Entry>(&decide::matter(&code.0)?).await?;
    let shown = entry.in_use().or_else(|| entry.editions.last()).ok_or_else(Refusal::missing)?;
    let name = shown.parsed()?.process.name.to_string();
    let counts = kit.store.query(EDITIONS, vec![Datum::text(code.0.as_str())]).await?;
    let steps = kit.store.query(STEPS, vec![Datum::text(code.0.as_str())]).await?;
    let edition = |row: &Vec<Datum>| match row.as_slice() {
        [Datum::Int(version), Datum::Int(count)] => {
            let steps = steps.iter().filter_map(|row| step_count(row, *version)).collect();
            Some(EditionCount { version: *version, count: *count, steps })
        }
        _ => None,
    };
    Ok(Json(RunningView {
        code: code.0,
        name,
        version: entry.current,
        matters_max: MATTERS_MAX,
        editions: counts.iter().filter_map(edition).collect(),
        migration: entry.migration.as_ref().map(view),
    }))
}

fn step_count(row: &[Datum], of: i64) -> Option<StepCount> {
    match row {
        [Datum::Int(version), Datum::Text(id), Datum::Text(name), Datum::Int(count)]
            if *version == of =>
        {
            Some(StepCount { id: id.clone(), name: name.clone(), count: *count })
        }
        _ => None,
    }
}

fn view(migration: &Migration) -> MigrationView {
    let met = |(id, met): (&String, &Met)| {
        let (state, why) = match met {
            Met::Waiting => ("waiting", ""),
            Met::Moved => ("moved", ""),
            Met::Refused(why) => ("refused", why.as_str()),
        };
        MetView { id: id.clone(), state: state.to_owned(), why: why.to_owned() }
    };
    MigrationView {
        version: migration.version,
        reason: migration.reason.clone(),
        person: migration.label.person.clone(),
        time_ms: migration.time.0,
        confirmed_by: migration.confirmed.as_ref().map(|word| word.label.person.clone()),
        matters: migration.matters.iter().map(met).collect(),
    }
}

/// 换版预览
#[utoipa::path(get, path = "/processes/{code}/running/matters",
    params(("code" = String, Path), Which), responses(
    (status = 200, description = "Matter by matter, oldest first", body = Page<MigrationLine>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "No process administrator", body = ProblemBody),
    (status = 404, description = "No such edition", body = ProblemBody)))]
pub(crate) async fn running_matters(
    State(kit): State<Kit>,
    asker: SignedIn,
    code: Segment,
    which: Params<Which>,
) -> Result<Json<Page<MigrationLine>>, Problem> {
    asker.require(Action::ManageProcesses)?;
    let (_, entry) = kit.store.load::<Entry>(&decide::matter(&code.0)?).await?;
    let old = entry.edition(which.0.version).ok_or_else(Refusal::missing)?.parsed()?;
    let new = entry.in_use().ok_or_else(Refusal::missing)?.parsed()?;
    let cursor = Cursor::parse(which.0.cursor.as_deref())?;
    let (number, key) = cursor.map_or((i64::MIN, String::new()), |at| (at.number, at.key));
    let most = i64::try_from(PAGE_MAX.saturating_add(1)).unwrap_or(i64::MAX);
    let values = vec![
        Datum::Text(code.0),
        Datum::Int(which.0.version.into()),
        Datum::Int(number),
        Datum::Text(key),
        Datum::Int(most),
    ];
    let mut lines = Vec::new();
    for row in kit.store.query(MATTERS, values).await? {
        lines.extend(line(&kit, &row, (&old, &new)).await?);
    }
    let at = |line: &MigrationLine| {
        let key = format!("work:{}", line.id);
        Cursor { number: line.started_ms, key }
    };
    Ok(Json(page(lines, at)))
}

async fn line(
    kit: &Kit,
    row: &[Datum],
    (old, new): (&Arc<Parsed>, &Arc<Parsed>),
) -> Result<Option<MigrationLine>, Problem> {
    let [Datum::Text(matter), Datum::Text(unit), Datum::Int(started), Datum::Text(state)] = row
    else {
        return Ok(None);
    };
    let id = MatterId::parse(matter).map_err(|_| Refusal::missing())?;
    let (_, work) = kit.store.load::<Work>(&id).await?;
    let (_, told) = preview(&work, old, new, &kit.setting());
    let stand = |(from, to): &(lingnan_flow::Step, Option<lingnan_flow::Step>)| StandView {
        from: from.name.to_string(),
        to: to.as_ref().map(|step| step.name.to_string()),
    };
    Ok(Some(MigrationLine {
        id: id.key().to_owned(),
        unit: unit.clone(),
        started_ms: *started,
        state: state.clone(),
        stands: told.stands.iter().map(stand).collect(),
        lost: told.lost,
        dropped_returns: told.dropped_returns,
        removed: told.removed,
        obstacles: told.obstacles,
    }))
}
