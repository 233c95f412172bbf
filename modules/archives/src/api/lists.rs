//! 档案目录: lists of 件, searched, filtered, page by page.

use super::kept_units;
use crate::views::{OPEN, UNDECIDED};
use axum::Json;
use axum::extract::State;
use lingnan_api::{
    Cursor, Kit, PAGE_MAX, Page, Params, Problem, ProblemBody, SignedIn, page, text,
};
use lingnan_auth::Action;
use lingnan_journal::{Datum, Fault};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which 件 to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Where the page begins.
    cursor: Option<String>,
    /// Part of 档号, 题名 or 文件编号.
    q: Option<String>,
    /// 年度
    year: Option<i64>,
    /// 保管期限: `permanent`, `thirty_years`, `ten_years`.
    retention: Option<String>,
    /// `failed`: the last test failed; `asked`: someone asks to read it; `proposed`: to be
    /// destroyed; `ended`: its term is over; `opening`: it is to be opened (档案法 第二十七条);
    /// `open`: it is.
    only: Option<String>,
}

/// A 件 in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArchiveLine {
    /// Its key.
    id: String,
    /// 档号
    number: String,
    /// 题名
    title: String,
    /// 文件编号
    document_number: String,
    /// 责任者
    responsible: String,
    /// 文种
    sort: String,
    /// 年度
    year: i64,
    /// 保管期限
    retention: String,
    /// 日期, in milliseconds.
    formed_ms: i64,
    /// When it got its number, in milliseconds.
    registered_ms: i64,
    /// Whether it has its packet.
    packed: bool,
    /// Whether its last test was passed.
    sound: bool,
    /// Whether it is destroyed.
    destroyed: bool,
}

const COLUMNS: &str = "a.matter, a.number, a.title, a.document_number, a.responsible, a.sort, \
    a.year, a.retention, a.formed_ms, a.registered_ms, a.packed, a.sound, a.destroyed";

/// 档案目录
#[utoipa::path(get, path = "/archives", params(Which), responses(
    (status = 200, description = "件, newest first", body = Page<ArchiveLine>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Not in business", body = ProblemBody),
    (status = 422, description = "No such filter or cursor", body = ProblemBody)))]
pub(crate) async fn archives(
    State(kit): State<Kit>,
    asker: SignedIn,
    which: Params<Which>,
) -> Result<Json<Page<ArchiveLine>>, Problem> {
    asker.require(Action::HandleDocuments)?;
    let (conditions, values) = conditions(&kit, &asker, &which.0)?;
    let limit = PAGE_MAX.saturating_add(1);
    let sql = format!(
        "select {COLUMNS} from archive a where {conditions} \
         order by a.registered_ms desc, a.matter desc limit {limit}"
    );
    let rows = kit.store.reader().query_text(sql, values).await?;
    let lines: Vec<ArchiveLine> = rows.into_iter().map(line).collect::<Result<_, Fault>>()?;
    let cursor = |line: &ArchiveLine| Cursor {
        number: line.registered_ms,
        key: format!("archive:{}", line.id),
    };
    Ok(Json(page(lines, cursor)))
}

fn conditions(kit: &Kit, asker: &SignedIn, which: &Which) -> Result<(String, Vec<Datum>), Problem> {
    let mut values = Vec::new();
    let open = format!("(a.opening = {OPEN} and a.destroyed = 0)");
    let mut all = vec![format!("({open} or {})", own(kit, asker, &mut values))];
    let mut hole = |value: Datum| {
        values.push(value);
        format!("${}", values.len())
    };
    if let Some(cursor) = Cursor::parse(which.cursor.as_deref())? {
        let (time, key) = (hole(Datum::Int(cursor.number)), hole(Datum::Text(cursor.key)));
        all.push(format!("(a.registered_ms, a.matter) < ({time}, {key})"));
    }
    let wanted = text::optional(which.q.as_deref().unwrap_or_default(), "检索词", text::TITLE_MAX)?;
    if !wanted.is_empty() {
        let like = hole(Datum::Text(text::pattern(&wanted)));
        let column = |name: &str| format!("a.{name} like {like} escape '\\'");
        let columns = ["title", "number", "document_number"].map(column);
        all.push(format!("({})", columns.join(" or ")));
    }
    if let Some(year) = which.year {
        all.push(format!("a.year = {}", hole(Datum::Int(year))));
    }
    if let Some(term) = which.retention.as_deref().filter(|term| !term.is_empty()) {
        all.push(format!("a.retention = {}", hole(Datum::text(term))));
    }
    let this_year = i64::from(kit.now().china_date().year());
    match which.only.as_deref().unwrap_or_default() {
        "" => {}
        "failed" => all.push("a.packed = 1 and a.sound = 0 and a.destroyed = 0".to_owned()),
        "asked" => all.push("a.asked = 1".to_owned()),
        "proposed" => all.push("a.proposed = 1 and a.destroyed = 0".to_owned()),
        "ended" => {
            let year = hole(Datum::Int(this_year));
            all.push(format!("a.ends <= {year} and a.destroyed = 0"));
        }
        "open" => all.push(open),
        "opening" => {
            let year = hole(Datum::Int(this_year));
            all.push(format!("a.opens <= {year} and a.destroyed = 0 and a.opening = {UNDECIDED}"));
        }
        _ => {
            let message = "没有这项筛选。";
            let kind = lingnan_journal::Kind::Invalid;
            return Err(lingnan_journal::Refusal::new(kind, "request.query", message).into());
        }
    }
    Ok((all.join(" and "), values))
}

/// What is of the asker's units, or in his keeping.
pub(super) fn own(kit: &Kit, asker: &SignedIn, values: &mut Vec<Datum>) -> String {
    let scope = asker.scope().condition("a.matter", values);
    let kept = kept_units(kit, asker).into_iter().map(|unit| {
        values.push(Datum::text(unit.as_str()));
        format!("${}", values.len())
    });
    let kept: Vec<String> = kept.collect();
    if kept.is_empty() { scope } else { format!("({scope} or a.unit in ({}))", kept.join(", ")) }
}

fn line(row: Vec<Datum>) -> Result<ArchiveLine, Fault> {
    match <[Datum; 13]>::try_from(row) {
        Ok(
            [
                Datum::Text(matter),
                Datum::Text(number),
                Datum::Text(title),
                Datum::Text(document_number),
                Datum::Text(responsible),
                Datum::Text(sort),
                Datum::Int(year),
                Datum::Text(retention),
                Datum::Int(formed_ms),
                Datum::Int(registered_ms),
                Datum::Int(packed),
                Datum::Int(sound),
                Datum::Int(destroyed),
            ],
        ) => Ok(ArchiveLine {
            id: matter.split_once(':').map_or("", |(_, key)| key).to_owned(),
            number,
            title,
            document_number,
            responsible,
            sort,
            year,
            retention,
            formed_ms,
            registered_ms,
            packed: packed == 1,
            sound: sound == 1,
            destroyed: destroyed == 1,
        }),
        _ => Err(Fault::corrupt("archive", 0, &"a row has columns of other types")),
    }
}
