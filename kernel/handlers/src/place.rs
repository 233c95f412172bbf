//! PLACE: which units a process means, seen from the starter's.

use lingnan_base::UnitId;
use lingnan_directory::{Directory, Unit, UnitKind};
use lingnan_flow::WhoPlace;
use lingnan_forms::Values;

/// The units that `place` names, seen from `own`; none when there is no such unit.
pub(crate) fn units(
    directory: &Directory,
    own: &UnitId,
    values: &Values,
    place: &WhoPlace,
) -> Vec<UnitId> {
    let own = directory.successor(own);
    let above = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    let one = |unit: Option<&UnitId>| unit.into_iter().cloned().collect();
    match place {
        WhoPlace::Own => vec![own.clone()],
        WhoPlace::Above(count) => one(directory.line(own).get(above(*count)).copied()),
        WhoPlace::Government(count) => one(governments(directory, own).get(above(*count)).copied()),
        WhoPlace::Office(count) => {
            let government = governments(directory, own).get(above(*count)).copied();
            one(government.and_then(|government| office(directory, government)))
        }
        WhoPlace::Department(name) => one(department(directory, own, name)),
        WhoPlace::System(count) => one(in_system(directory, own, above(*count))),
        WhoPlace::Below => {
            let government = governments(directory, own).first().copied();
            let children = government.map(|government| directory.children(Some(government)));
            let children = children.unwrap_or_default().into_iter();
            let governs =
                |unit: &Unit| matches!(unit.kind, UnitKind::Government | UnitKind::Village);
            children.filter(|(_, unit)| governs(unit)).map(|(id, _)| id.clone()).collect()
        }
        WhoPlace::Field(field) => {
            let named = values.texts(field).into_iter().filter_map(|id| UnitId::parse(id).ok());
            named.map(|unit| directory.successor(&unit).clone()).collect()
        }
        WhoPlace::Unit(id) => {
            let unit = UnitId::parse(id).ok();
            unit.map(|unit| directory.successor(&unit).clone()).into_iter().collect()
        }
    }
}

/// The government that `unit` belongs to, itself when it is one, and those above; a
/// village belongs to its town's.
fn governments<'a>(directory: &'a Directory, unit: &UnitId) -> Vec<&'a UnitId> {
    let line = directory.line(unit).into_iter();
    line.filter(|id| directory.unit(id).is_some_and(|unit| unit.kind == UnitKind::Government))
        .collect()
}

/// 办公厅、办公室 of a government.
pub(crate) fn office<'a>(directory: &'a Directory, government: &UnitId) -> Option<&'a UnitId> {
    let children = directory.children(Some(government)).into_iter();
    let mut offices = children
        .filter(|(_, unit)| unit.kind == UnitKind::Office && unit.area == government.as_str());
    offices.next().map(|(id, _)| id)
}

/// 上级同系统部门: the department of the same name in the government `count` levels above the
/// unit's own; none where that government has no such department.
fn in_system<'a>(directory: &'a Directory, own: &UnitId, count: usize) -> Option<&'a UnitId> {
    let governments = governments(directory, own);
    let (nearest, above) = (*governments.first()?, *governments.get(count)?);
    if directory.unit(own)?.kind == UnitKind::Office {
        return office(directory, above);
    }
    let wanted = stem(directory, nearest, directory.unit(own)?)?;
    let children = directory.children(Some(above)).into_iter();
    let mut departments = children.filter(|(_, unit)| unit.kind == UnitKind::Department);
    let found = departments.find(|(_, unit)| stem(directory, above, unit) == Some(wanted));
    found.map(|(id, _)| id)
}

/// What a department is for: its name without its area and without 局, 厅, 委.
fn stem<'a>(directory: &Directory, government: &UnitId, unit: &'a Unit) -> Option<&'a str> {
    let area = directory.unit(government)?.name.trim_end_matches("人民政府");
    let bare = unit.name.strip_prefix(area)?;
    let stem = bare.trim_end_matches("委员会").trim_end_matches(['局', '厅', '委']);
    (!stem.is_empty()).then_some(stem)
}

/// The department of the nearest government whose name holds `name`: one that is called just so
/// comes before one that merely mentions it.
fn department<'a>(directory: &'a Directory, own: &UnitId, name: &str) -> Option<&'a UnitId> {
    let fit = |unit: &Unit| {
        let stem = unit.short_name.trim_end_matches(['局', '厅', '委', '办']);
        let exact = stem == name || stem.trim_start_matches('省') == name;
        let ends = stem.ends_with(name);
        unit.name.contains(name).then_some((!exact, !ends, unit.rank))
    };
    governments(directory, own).into_iter().find_map(|government| {
        let children = directory.children(Some(government)).into_iter();
        let departments = children
            .filter(|(_, unit)| matches!(unit.kind, UnitKind::Department | UnitKind::Office));
        let found = departments.filter_map(|(id, unit)| Some((fit(unit)?, id)));
        found.min_by_key(|(order, _)| *order).map(|(_, id)| id)
    })
}
