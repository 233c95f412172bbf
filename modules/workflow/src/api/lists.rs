//! Lists of matters.

use axum::Json;
use axum::extract::State;
use lingnan_api::{Cursor, Kit, PAGE_MAX, Page, Params, Problem, ProblemBody, SignedIn, page};
use lingnan_auth::Action;
use lingnan_journal::Datum;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which matters.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Words in the title or the number.
    q: Option<String>,
    /// Of which process.
    code: Option<String>,
    /// How it stands: `draft`, `running`, `suspended`, `concluded`, `rejected`, `terminated`.
    state: Option<String>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// A matter in the list.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkLine {
    /// Its key.
    id: String,
    /// The process's code.
    code: String,
    /// The process's name.
    process: String,
    /// Its title.
    title: String,
    /// 登记号
    number: Option<String>,
    /// The unit that started it.
    unit: String,
    /// How it stands as a whole.
    state: String,
    /// The steps being handled.
    step: String,
    /// `red`, `yellow`, `warned` or nothing.
    light: String,
    /// When anything last happened, in milliseconds.
    touched_ms: i64,
}

/// 事项
#[utoipa::path(get, path = "/works", params(Which), responses(
    (status = 200, description = "Matters in scope, newest first", body = Page<WorkLine>),
    (status = 401, description = "Not signed in", body = ProblemBody)))]
pub(crate) async fn works(
    State(kit): State<Kit>,
    asker: SignedIn,
    which: Params<Which>,
) -> Result<Json<Page<WorkLine>>, Problem> {
    asker.require(Action::HandleDocuments)?;
    let which = which.0;
    let mut values = Vec::new();
    let mut conditions = Vec::new();
    if let Some(words) = which.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        values.push(Datum::Text(lingnan_api::text::pattern(words)));
        conditions.push("(w.title like $1 escape '\\' or w.number like $1 escape '\\')".to_owned());
    }
    for (column, value) in [("code", which.code), ("state", which.state)] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            values.push(Datum::Text(value));
            conditions.push(format!("w.{column} = ${}", values.len()));
        }
    }
    if let Some(cursor) = Cursor::parse(which.cursor.as_deref())? {
        values.push(Datum::Int(cursor.number));
        values.push(Datum::Text(cursor.key));
        let (time, key) = (values.len().saturating_sub(1), values.len());
        conditions.push(format!("(w.touched_ms, w.matter) < (${time}, ${key})"));
    }
    conditions.push(asker.scope().condition("w.matter", &mut values));
    let sql = format!(
        "select w.matter, w.code, w.process_name, w.title, w.number, w.unit_name, w.state, \
         w.step, w.light, w.touched_ms from work w where {} \
         order by w.touched_ms desc, w.matter desc limit {}",
        conditions.join(" and "),
        PAGE_MAX.saturating_add(1)
    );
    let rows = kit.store.reader().query_text(sql, values).await?;
    let lines = rows.iter().filter_map(|row| line(row)).collect();
    let key = |line: &WorkLine| format!("work:{}", line.id);
    Ok(Json(page(lines, |line| Cursor { number: line.touched_ms, key: key(line) })))
}

fn line(row: &[Datum]) -> Option<WorkLine> {
    let [
        Datum::Text(matter),
        Datum::Text(code),
        Datum::Text(process),
        Datum::Text(title),
        number,
        Datum::Text(unit),
        Datum::Text(state),
        Datum::Text(step),
        Datum::Text(light),
        Datum::Int(touched),
    ] = row
    else {
        return None;
    };
    Some(WorkLine {
        id: matter.split_once(':').map_or_else(String::new, |(_, key)| key.to_owned()),
        code: code.clone(),
        process: process.clone(),
        title: title.clone(),
        number: if let Datum::Text(number) = number { Some(number.clone()) } else { None },
        unit: unit.clone(),
        state: state.clone(),
        step: step.clone(),
        light: light.clone(),
        touched_ms: *touched,
    })
}
