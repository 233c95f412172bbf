//! Import: the units of a province from tables of areas, departments and posts; idempotent.

use crate::unit::{Level, Post, Status, Unit, UnitFact, UnitKind};
use lingnan_base::{PostId, UnitId};
use lingnan_journal::{Answer, Command, Draft, Fault, Matter, MatterId, Stop};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Why a table does not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of {table} does not read: {text}")]
pub struct ImportError {
    /// Which table.
    pub table: &'static str,
    /// Which line, from 1.
    pub line: usize,
    /// What it says.
    pub text: String,
}

/// The units below one parent, to be imported in one act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The parent's id, empty for the province itself.
    pub parent: String,
    /// The units.
    pub units: Vec<(UnitId, Unit)>,
}

/// Imports the units below one parent: new ones are established; known ones take the tables' names
/// and get the posts they do not have yet.
#[derive(Debug, Clone, Serialize)]
pub struct ImportUnits {
    /// The units.
    pub units: Vec<(UnitId, Unit)>,
}

impl Command for ImportUnits {
    fn name(&self) -> &'static str {
        "directory.import"
    }

    fn request(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let (mut created, mut changed, mut unchanged) = (0, 0, 0);
        for (id, unit) in &self.units {
            let matter = MatterId::new(Unit::KIND, id.as_str())
                .map_err(|e| Fault::corrupt(id.as_str(), 0, &e))?;
            let known = draft.read::<Unit>(&matter)?;
            if known.name.is_empty() {
                draft.record::<Unit>(&matter, &[UnitFact::Established { unit: unit.clone() }])?;
                created += 1;
                continue;
            }
            let facts = differences(&known, unit);
            if facts.is_empty() {
                unchanged += 1;
            } else {
                draft.record::<Unit>(&matter, &facts)?;
                changed += 1;
            }
        }
        Ok(json!({ "created": created, "changed": changed, "unchanged": unchanged }))
    }
}

/// What brings a known unit up to the tables: its names, and the posts it does not have yet. Gone
/// units stay as they were, and no post is taken away, for someone may hold it.
fn differences(known: &Unit, unit: &Unit) -> Vec<UnitFact> {
    if known.status != Status::Active {
        return Vec::new();
    }
    let mut facts = Vec::new();
    if known.name != unit.name {
        let (name, short_name) = (unit.name.clone(), unit.short_name.clone());
        facts.push(UnitFact::Renamed { name, short_name });
    }
    let missing = unit.posts.iter().filter(|(post, _)| !known.posts.contains_key(*post));
    facts.extend(missing.map(|(post, content)| UnitFact::PostCreated {
        post: post.clone(),
        content: content.clone(),
    }));
    facts
}

struct Area<'a> {
    code: &'a str,
    name: &'a str,
    level: Level,
    parent: &'a str,
}

type PostTemplates = BTreeMap<String, Vec<(String, Post)>>;
type DepartmentTemplates = BTreeMap<i64, Vec<(String, String, UnitKind)>>;

/// Reads the four tables into one plan, parents before children.
///
/// # Errors
/// [`ImportError`] names the first line that does not read.
pub fn plan(
    areas: &str,
    provincial: &str,
    departments: &str,
    posts: &str,
) -> Result<Vec<Planned>, ImportError> {
    let posts = read_posts(posts)?;
    let departments = read_departments(departments)?;
    let mut groups: BTreeMap<(Level, String), Vec<(UnitId, Unit)>> = BTreeMap::new();
    let mut order: BTreeMap<String, u32> = BTreeMap::new();
    for (line, text) in lines(areas, 1) {
        let bad = || ImportError { table: "areas", line, text: text.to_owned() };
        let area = read_area(text).ok_or_else(bad)?;
        let place = order.entry(area.parent.to_owned()).or_insert(100);
        *place = place.saturating_add(1);
        let government = government(&area, *place, &posts).ok_or_else(bad)?;
        let key = (area.level, area.parent.to_owned());
        groups.entry(key).or_default().push(government);
        let below = departments.get(&area.level.number()).into_iter().flatten();
        for (rank, (key, name, kind)) in (1_u32..).zip(below) {
            let unit = department(&area, key, name, *kind, rank, &posts).ok_or_else(bad)?;
            let level = area.level;
            groups.entry((level, format!("{}/", area.code))).or_default().push(unit);
        }
    }
    for (line, text) in lines(provincial, 1) {
        let bad = || ImportError { table: "provincial units", line, text: text.to_owned() };
        let unit = provincial_unit(text, &posts).ok_or_else(bad)?;
        groups.entry((Level::Province, "440000000000/".to_owned())).or_default().push(unit);
    }
    let planned = |((_, parent), units): ((Level, String), Vec<(UnitId, Unit)>)| Planned {
        parent: parent.trim_end_matches('/').to_owned(),
        units,
    };
    Ok(groups.into_iter().map(planned).collect())
}

pub(crate) fn lines(text: &str, skip: usize) -> impl Iterator<Item = (usize, &str)> {
    (1_usize..)
        .zip(text.lines())
        .skip(skip)
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
}

fn read_area(text: &str) -> Option<Area<'_>> {
    let fields: Vec<&str> = text.split(',').collect();
    let [code, name, level, parent] = fields.as_slice() else { return None };
    let level = Level::from_number(level.parse().ok()?)?;
    (code.len() == 12 && !name.is_empty()).then_some(Area { code, name, level, parent })
}

fn read_posts(text: &str) -> Result<PostTemplates, ImportError> {
    let mut templates = PostTemplates::new();
    for (line, text) in lines(text, 0) {
        let fields: Vec<&str> = text.split('\t').collect();
        let bad = || ImportError { table: "posts", line, text: text.to_owned() };
        let [kind, key, title, rank, duties] = fields.as_slice() else { return Err(bad()) };
        let post = Post {
            title: (*title).to_owned(),
            rank: rank.parse().map_err(|_| bad())?,
            duties: duties.split(',').map(str::to_owned).collect(),
        };
        templates.entry((*kind).to_owned()).or_default().push(((*key).to_owned(), post));
    }
    Ok(templates)
}

fn read_departments(text: &str) -> Result<DepartmentTemplates, ImportError> {
    let mut templates = DepartmentTemplates::new();
    for (line, text) in lines(text, 0) {
        let fields: Vec<&str> = text.split('\t').collect();
        let bad = || ImportError { table: "departments", line, text: text.to_owned() };
        let [level, key, name, kind] = fields.as_slice() else { return Err(bad()) };
        let level: i64 = level.parse().map_err(|_| bad())?;
        let kind = UnitKind::read(kind).ok_or_else(bad)?;
        let template = ((*key).to_owned(), (*name).to_owned(), kind);
        templates.entry(level).or_default().push(template);
    }
    Ok(templates)
}

fn with_posts(unit: &UnitId, templates: Option<&Vec<(String, Post)>>) -> BTreeMap<PostId, Post> {
    let all = templates.into_iter().flatten();
    all.filter_map(|(key, post)| {
        Some((PostId::parse(&format!("{unit}.{key}")).ok()?, post.clone()))
    })
    .collect()
}

fn government(area: &Area<'_>, rank: u32, posts: &PostTemplates) -> Option<(UnitId, Unit)> {
    let id = UnitId::parse(area.code).ok()?;
    let is_street = area.name.ends_with("街道");
    let (name, kind) = match area.level {
        Level::Village => (area.name.to_owned(), UnitKind::Village),
        Level::Town if is_street => (format!("{}办事处", area.name), UnitKind::Government),
        Level::Town if !area.name.ends_with('镇') && !area.name.ends_with('乡') => {
            (area.name.to_owned(), UnitKind::Government)
        }
        _ => (format!("{}人民政府", area.name), UnitKind::Government),
    };
    let short_name = match area.level {
        Level::Province | Level::City | Level::County => format!("{}政府", area.name),
        Level::Town | Level::Village => area.name.to_owned(),
    };
    let unit = Unit {
        posts: with_posts(&id, posts.get(kind.as_str())),
        name,
        short_name,
        level: area.level,
        parent: UnitId::parse(area.parent).ok(),
        area: area.code.to_owned(),
        kind,
        rank,
        shares_data: false,
        status: Status::Active,
    };
    Some((id, unit))
}

fn department(
    area: &Area<'_>,
    key: &str,
    name: &str,
    kind: UnitKind,
    rank: u32,
    posts: &PostTemplates,
) -> Option<(UnitId, Unit)> {
    let prefix = area.code.get(..6)?;
    let id = UnitId::parse(&format!("{prefix}-{key}")).ok()?;
    let is_office = kind == UnitKind::Office;
    let full = if is_office {
        format!("{}人民政府{name}", area.name)
    } else {
        format!("{}{name}", area.name)
    };
    let short_name = match (area.level, is_office) {
        (Level::Province, true) => format!("省政府{name}"),
        (Level::Province, false) => format!("省{name}"),
        _ => format!("{}{name}", area.name),
    };
    let mut all = with_posts(&id, posts.get(kind.as_str()));
    if area.level == Level::Province && key == "zsj" {
        all.extend(with_posts(&id, posts.get("platform")));
    }
    let unit = Unit {
        posts: all,
        name: full,
        short_name,
        level: area.level,
        parent: UnitId::parse(area.code).ok(),
        area: area.code.to_owned(),
        kind,
        rank,
        shares_data: false,
        status: Status::Active,
    };
    Some((id, unit))
}

fn provincial_unit(text: &str, posts: &PostTemplates) -> Option<(UnitId, Unit)> {
    let fields: Vec<&str> = text.split(',').collect();
    let (number, name) = (fields.first()?, fields.get(1)?);
    let number: u32 = number.parse().ok()?;
    let id = UnitId::parse(&format!("440000-{number:02}")).ok()?;
    let unit = Unit {
        posts: with_posts(&id, posts.get(UnitKind::Department.as_str())),
        name: (*name).to_owned(),
        short_name: (*fields.get(2)?).to_owned(),
        level: Level::Province,
        parent: UnitId::parse("440000000000").ok(),
        area: "440000000000".to_owned(),
        kind: UnitKind::Department,
        rank: number.saturating_add(10),
        shares_data: fields.get(5) == Some(&"Y"),
        status: Status::Active,
    };
    Some((id, unit))
}
