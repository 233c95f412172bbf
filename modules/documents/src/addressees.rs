//! 主送 and 抄送 as the page names them: a unit by its short name, a whole class of units by the
//! name of the class (GB/T 9704-2012 7.3.2: 全称、规范化简称或者同类型机关统称).

use lingnan_base::UnitId;
use lingnan_directory::{Directory, Level, Status, UnitKind};
use std::collections::BTreeMap;

/// Fewer than these are named one by one.
const CLASS_MIN: usize = 3;

/// Units of one sort below the government that issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// Governments of a level below, or committees of villages.
    Below(Level),
    /// Its own departments.
    Departments,
}

/// Governments first, then departments, as addressees are usually grouped. A class stands for its
/// units only when every one of them is addressed.
pub(crate) fn groups(directory: &Directory, issuer: &UnitId, units: &[UnitId]) -> Vec<Vec<String>> {
    let line = directory.line(issuer);
    let top = line.into_iter().find(|unit| kind(directory, unit) == Some(UnitKind::Government));
    let class = |unit: &UnitId| class(directory, top?, unit);
    let addressed = count(units.iter().filter_map(class));
    let many = addressed.iter().filter(|(_, count)| **count >= CLASS_MIN);
    let deepest = many.map(|(class, _)| class.depth()).max();
    let all = top.zip(deepest).map(|(top, deepest)| below(directory, top, deepest));
    let all = count(all.unwrap_or_default().into_iter().filter_map(class));
    let whole = |class: &Class| {
        all.get(class).is_some_and(|all| *all >= CLASS_MIN && addressed.get(class) == Some(all))
    };
    let mut classes: BTreeMap<Class, String> = BTreeMap::new();
    let (mut governments, mut others) = (Vec::new(), Vec::new());
    for unit in units {
        if let Some(class) = class(unit).filter(whole) {
            classes.entry(class).or_insert_with(|| name(directory, top, class));
        } else if kind(directory, unit) == Some(UnitKind::Government) {
            governments.push(short_name(directory, unit));
        } else {
            others.push(short_name(directory, unit));
        }
    }
    let departments = classes.remove(&Class::Departments);
    let below = classes.into_values().map(|name| vec![name]);
    let groups = below.chain([governments]).chain(departments.map(|name| vec![name]));
    groups.chain([others]).filter(|group| !group.is_empty()).collect()
}

fn count(classes: impl Iterator<Item = Class>) -> BTreeMap<Class, usize> {
    let mut counts = BTreeMap::new();
    for class in classes {
        let count: &mut usize = counts.entry(class).or_default();
        *count = count.saturating_add(1);
    }
    counts
}

impl Class {
    /// How many levels down its units are looked for.
    const fn depth(self) -> Level {
        match self {
            Self::Below(level) => level,
            Self::Departments => Level::Province,
        }
    }
}

/// The units below a government, and below those of its governments that lie above `deepest`: an
/// act waits for this, so not all of a province is walked for its cities.
fn below<'a>(directory: &'a Directory, top: &'a UnitId, deepest: Level) -> Vec<&'a UnitId> {
    let (mut found, mut open) = (Vec::new(), vec![top]);
    while let Some(parent) = open.pop() {
        for (id, unit) in directory.children(Some(parent)) {
            found.push(id);
            if unit.kind == UnitKind::Government && unit.level < deepest {
                open.push(id);
            }
        }
    }
    found
}

fn kind(directory: &Directory, unit: &UnitId) -> Option<UnitKind> {
    directory.unit(unit).map(|unit| unit.kind)
}

fn short_name(directory: &Directory, unit: &UnitId) -> String {
    directory.unit(unit).map_or_else(|| unit.to_string(), |known| known.short_name.clone())
}

/// Organs of the Party are no departments of a government.
fn class(directory: &Directory, top: &UnitId, id: &UnitId) -> Option<Class> {
    let unit = directory.unit(id).filter(|unit| unit.status == Status::Active)?;
    match unit.kind {
        UnitKind::Government | UnitKind::Village => {
            let below = id != top && directory.line(id).contains(&top);
            below.then_some(Class::Below(unit.level))
        }
        UnitKind::Department => {
            let own = unit.parent.as_ref() == Some(top) && !unit.name.starts_with("中共");
            own.then_some(Class::Departments)
        }
        UnitKind::Office => None,
    }
}

fn name(directory: &Directory, top: Option<&UnitId>, class: Class) -> String {
    match class {
        Class::Below(Level::Province | Level::City) => "各地级以上市人民政府".to_owned(),
        Class::Below(Level::County) => "各县（市、区）人民政府".to_owned(),
        Class::Below(Level::Town) => "各镇人民政府、街道办事处".to_owned(),
        Class::Below(Level::Village) => "各村（居）民委员会".to_owned(),
        Class::Departments => {
            let name = top.and_then(|top| directory.unit(top)).map(|unit| unit.name.as_str());
            let area = name.and_then(|name| name.strip_suffix("人民政府")?.chars().next_back());
            let area = area.map(String::from).unwrap_or_default();
            format!("{area}政府各部门、各直属机构")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lingnan_directory::Unit;
    use lingnan_journal::Matter;

    fn province() -> Directory {
        let mut directory = Directory::default();
        let mut put = |id: &str, parent: &str, name: &str, level: Level, kind: UnitKind| {
            let short = name.replace("人民政府", "政府");
            let parent = (!parent.is_empty()).then(|| UnitId::parse(parent).unwrap());
            let unit = Unit {
                name: name.to_owned(),
                short_name: short,
                level,
                parent,
                kind,
                ..Unit::unwritten()
            };
            directory.put_unit(UnitId::parse(id).unwrap(), unit);
        };
        let (government, department) = (UnitKind::Government, UnitKind::Department);
        put("44", "", "广东省人民政府", Level::Province, government);
        put("44-bgt", "44", "广东省人民政府办公厅", Level::Province, UnitKind::Office);
        for (id, name) in [("4401", "广州市"), ("4403", "深圳市"), ("4407", "江门市")] {
            put(id, "44", &format!("{name}人民政府"), Level::City, government);
            put(&format!("{id}-jy"), id, &format!("{name}教育局"), Level::City, department);
        }
        for (id, name) in [("44-jy", "教育厅"), ("44-cz", "财政厅"), ("44-sf", "司法厅")] {
            put(id, "44", name, Level::Province, department);
        }
        put("44-xcb", "44", "中共广东省委宣传部", Level::Province, department);
        directory
    }

    fn named(units: &[&str]) -> String {
        let units: Vec<UnitId> = units.iter().map(|id| UnitId::parse(id).unwrap()).collect();
        let issuer = UnitId::parse("44-bgt").unwrap();
        let groups = groups(&province(), &issuer, &units);
        let groups: Vec<String> = groups.iter().map(|group| group.join("、")).collect();
        groups.join("，")
    }

    #[test]
    fn a_class_is_named_as_one_only_when_all_of_it_is_addressed() {
        let all = ["44-jy", "4401", "4403", "4407", "44-cz", "44-sf"];
        assert_eq!(named(&all), "各地级以上市人民政府，省政府各部门、各直属机构");
        assert_eq!(named(&["44-jy", "4401", "4403"]), "广州市政府、深圳市政府，教育厅");
        let party = ["44-xcb", "44-jy", "44-cz", "44-sf", "4401-jy"];
        assert_eq!(
            named(&party),
            "省政府各部门、各直属机构，中共广东省委宣传部、广州市教育局",
            "neither the Party's organs nor a city's bureaus are the province's departments"
        );
    }
}
