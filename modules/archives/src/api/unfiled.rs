//! 未归档检查: what is concluded and has no packet, and on whose desk it lies.

use super::kept_units;
use axum::Json;
use axum::extract::State;
use lingnan_api::{Kit, Problem, ProblemBody, SignedIn};
use lingnan_auth::Action;
use lingnan_base::UnitId;
use lingnan_directory::duty;
use lingnan_journal::Datum;
use serde::Serialize;
use utoipa::ToSchema;

/// Most lines that are listed; the list should be empty.
const LINES_MAX: usize = 500;

/// A concluded matter without a packet.
#[derive(Serialize, ToSchema)]
pub(crate) struct UnfiledLine {
    /// The matter: `document`, `incoming` or `work`.
    kind: String,
    /// Its key.
    id: String,
    /// 题名
    title: String,
    /// 文种, or the name of the process.
    sort: String,
    /// The unit.
    unit_name: String,
    /// When it came to its end, in milliseconds.
    ended_ms: i64,
    /// `undecided`: nobody has archived it; `kept`: it was, and its packet is being made.
    standing: String,
    /// On whose desk it lies.
    desk: String,
}

/// 未归档检查
#[utoipa::path(get, path = "/archives/unfiled", responses(
    (status = 200, description = "Concluded matters without a packet, oldest first",
     body = Vec<UnfiledLine>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Not in business", body = ProblemBody)))]
pub(crate) async fn unfiled(
    State(kit): State<Kit>,
    asker: SignedIn,
) -> Result<Json<Vec<UnfiledLine>>, Problem> {
    asker.require(Action::HandleDocuments)?;
    let mut values = Vec::new();
    let mut holes = Vec::new();
    for unit in kept_units(&kit, &asker) {
        values.push(Datum::text(unit.as_str()));
        holes.push(format!("${}", values.len()));
    }
    if holes.is_empty() {
        return Ok(Json(Vec::new()));
    }
    let sql = format!(
        "select c.matter, c.unit, c.title, c.sort, c.standing, c.ended_ms from matter_closing c \
         where c.unit in ({}) and c.standing in ('undecided', 'kept') and not exists \
         (select 1 from archive a where a.source = c.matter and a.packed = 1) \
         order by c.ended_ms, c.matter limit {LINES_MAX}",
        holes.join(", ")
    );
    let rows = kit.store.reader().query_text(sql, values).await?;
    Ok(Json(rows.iter().filter_map(|row| line(&kit, row)).collect()))
}

fn line(kit: &Kit, row: &[Datum]) -> Option<UnfiledLine> {
    let [
        Datum::Text(matter),
        Datum::Text(unit),
        Datum::Text(title),
        Datum::Text(sort),
        Datum::Text(standing),
        Datum::Int(ended_ms),
    ] = row
    else {
        return None;
    };
    let (kind, id) = matter.split_once(':')?;
    let unit = UnitId::parse(unit).ok()?;
    Some(UnfiledLine {
        kind: kind.to_owned(),
        id: id.to_owned(),
        title: title.clone(),
        sort: sort.clone(),
        unit_name: kit.setting().unit_name(&unit),
        ended_ms: *ended_ms,
        standing: standing.clone(),
        desk: if standing == "kept" {
            "平台（打包中）".to_owned()
        } else {
            desk(kit, &unit)
        },
    })
}

/// The clerks of the unit: `文书 周雯`.
fn desk(kit: &Kit, unit: &UnitId) -> String {
    kit.with_directory(|directory| {
        let posts = directory.posts_with(unit, duty::CLERK);
        let named = posts.iter().filter_map(|post| {
            let (_, content) = directory.post(post)?;
            let people: Vec<&str> =
                directory.holders(post).iter().map(|(_, person)| person.name.as_str()).collect();
            let people =
                if people.is_empty() { "（暂缺）".to_owned() } else { people.join("、") };
            Some(format!("{} {people}", content.title))
        });
        let named: Vec<String> = named.collect();
        if named.is_empty() { "本单位没有文书岗位".to_owned() } else { named.join("，") }
    })
}
