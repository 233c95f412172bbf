//! 行文关系: how another unit stands to the one that issues (条例 第十四条), from the directory.

use lingnan_base::UnitId;
use lingnan_directory::{Directory, Unit, UnitKind};

/// A unit as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Which.
    pub id: UnitId,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// What sort.
    pub kind: PartyKind,
    /// How it stands to the issuer.
    pub relation: Relation,
}

/// What sort of unit it is, as far as the rules ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartyKind {
    /// 人民政府
    Government,
    /// 党委
    PartyCommittee,
    /// 部门
    Department,
    /// 办公厅（室）
    Office,
    /// 内设机构
    Internal,
    /// 村（居）民委员会
    Village,
}

/// How a unit stands to the issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relation {
    /// It is the issuer.
    Own,
    /// 上级
    Superior(Vec<Skipped>),
    /// 下级
    Subordinate(Vec<Skipped>),
    /// 平级 or 不相隶属
    Beside,
}

/// A unit between two others, which is passed over when one writes to the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Any of these being written to as well is enough.
    pub ids: Vec<UnitId>,
    /// Its name.
    pub name: String,
}

impl Party {
    /// The unit as it stands to `issuer`.
    #[must_use]
    pub fn of(directory: &Directory, issuer: &UnitId, id: &UnitId) -> Self {
        let known = directory.unit(id);
        Self {
            id: id.clone(),
            name: known.map_or_else(|| id.to_string(), |unit| unit.name.clone()),
            short_name: known.map_or_else(|| id.to_string(), |unit| unit.short_name.clone()),
            kind: known.map_or(PartyKind::Department, |unit| kind(directory, unit)),
            relation: relation(directory, issuer, id),
        }
    }

    /// Whether it stands above the issuer.
    #[must_use]
    pub const fn is_superior(&self) -> bool {
        matches!(self.relation, Relation::Superior(_))
    }

    /// Whether it stands below the issuer.
    #[must_use]
    pub const fn is_subordinate(&self) -> bool {
        matches!(self.relation, Relation::Subordinate(_))
    }

    /// Whom writing to it passes over.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        match &self.relation {
            Relation::Superior(skipped) | Relation::Subordinate(skipped) => skipped,
            Relation::Own | Relation::Beside => &[],
        }
    }
}

fn kind(directory: &Directory, unit: &Unit) -> PartyKind {
    let above = unit.parent.as_ref().and_then(|parent| directory.unit(parent));
    let within = above.is_some_and(|above| {
        matches!(above.kind, UnitKind::Department | UnitKind::Office | UnitKind::Village)
    });
    let is_committee = unit.name.starts_with("中共") && unit.name.ends_with("委员会");
    match unit.kind {
        UnitKind::Department if within => PartyKind::Internal,
        UnitKind::Government | UnitKind::Department if is_committee => PartyKind::PartyCommittee,
        UnitKind::Government => PartyKind::Government,
        UnitKind::Department => PartyKind::Department,
        UnitKind::Office => PartyKind::Office,
        UnitKind::Village => PartyKind::Village,
    }
}

/// How `id` stands to `issuer`. A department writes up to its own government and to the department
/// of the same line above it, and stands beside the rest; an office stands where its government
/// does, but for that government itself.
fn relation(directory: &Directory, issuer: &UnitId, id: &UnitId) -> Relation {
    let (issuer, id) = (directory.successor(issuer), directory.successor(id));
    if issuer == id {
        return Relation::Own;
    }
    let (own, other) = (organs(directory, issuer), organs(directory, id));
    let (Some(own_first), Some(other_first)) = (own.first(), other.first()) else {
        return Relation::Beside;
    };
    if own_first == other_first {
        return within_one(directory, issuer, id);
    }
    let up = own.iter().position(|organ| organ == other_first);
    let down = other.iter().position(|organ| organ == own_first);
    match (up, down) {
        (Some(_), _) => {
            let between = between(&own, other_first);
            apart(directory, (issuer, id), &between).map_or(Relation::Beside, Relation::Superior)
        }
        (_, Some(_)) => {
            let between = self::between(&other, own_first);
            let apart = apart(directory, (id, issuer), &between);
            // A department is no superior of a government, but orders to it are forbidden as
            // orders downward (条例 第十六条（二）).
            let below = apart.or_else(|| is_government(directory, id).then(Vec::new));
            below.map_or(Relation::Beside, Relation::Subordinate)
        }
        _ => Relation::Beside,
    }
}

/// The governments that a unit is of, nearest first; a village committee counts as one.
fn organs<'a>(directory: &'a Directory, unit: &'a UnitId) -> Vec<&'a UnitId> {
    let governs = |id: &&UnitId| {
        let kind = directory.unit(id).map(|unit| unit.kind);
        matches!(kind, Some(UnitKind::Government | UnitKind::Village))
    };
    directory.line(unit).into_iter().filter(governs).collect()
}

fn is_government(directory: &Directory, id: &UnitId) -> bool {
    directory.unit(id).is_some_and(|unit| unit.kind == UnitKind::Government)
}

/// Two units of one government.
fn within_one(directory: &Directory, issuer: &UnitId, id: &UnitId) -> Relation {
    if directory.line(issuer).contains(&id) {
        Relation::Superior(Vec::new())
    } else if directory.line(id).contains(&issuer) {
        Relation::Subordinate(Vec::new())
    } else {
        Relation::Beside
    }
}

/// The governments on the line of the lower one, below the upper one and above its own.
fn between<'a>(line: &[&'a UnitId], upper: &UnitId) -> Vec<&'a UnitId> {
    line.iter().skip(1).take_while(|organ| **organ != upper).copied().collect()
}

/// Who is passed over between a lower and an upper unit of two governments, of which one is below
/// the other; none when neither is the other's superior.
fn apart(
    directory: &Directory,
    (lower, upper): (&UnitId, &UnitId),
    between: &[&UnitId],
) -> Option<Vec<Skipped>> {
    let is_department =
        |id: &UnitId| directory.unit(id).is_some_and(|unit| unit.kind == UnitKind::Department);
    let own = organs(directory, lower).first().copied();
    match (is_department(lower), is_department(upper)) {
        (true, true) => {
            let line = line_of(directory, lower)?;
            if line_of(directory, upper)? != line {
                return None;
            }
            let same = |organ: &&UnitId| passed(directory, organ, Some(&line));
            Some(between.iter().map(same).collect())
        }
        (true, false) => {
            let all = own.into_iter().chain(between.iter().copied());
            Some(all.map(|organ| passed(directory, organ, None)).collect())
        }
        // A government stands beside a department of the government above it.
        (false, true) => None,
        (false, false) => {
            Some(between.iter().map(|organ| passed(directory, organ, None)).collect())
        }
    }
}

/// A government that is passed over: it, its office or, in a line, its department of that line.
fn passed(directory: &Directory, organ: &UnitId, line: Option<&str>) -> Skipped {
    let below = directory.children(Some(organ));
    let of_line = line.and_then(|line| {
        below.iter().find(|(id, unit)| {
            unit.kind == UnitKind::Department && line_of(directory, id).as_deref() == Some(line)
        })
    });
    let offices = below.iter().filter(|(_, unit)| unit.kind == UnitKind::Office);
    let mut ids: Vec<UnitId> = offices.map(|(id, _)| (*id).clone()).collect();
    ids.push(organ.clone());
    ids.extend(of_line.map(|(id, _)| (*id).clone()));
    let name = of_line.map(|(_, unit)| unit.name.clone());
    let name = name.or_else(|| directory.unit(organ).map(|unit| unit.name.clone()));
    Skipped { ids, name: name.unwrap_or_else(|| organ.to_string()) }
}

/// What a department deals with, as its name says: 财政 of 江门市财政局 and 广东省财政厅.
fn line_of(directory: &Directory, department: &UnitId) -> Option<String> {
    let unit = directory.unit(department)?;
    let organ = organs(directory, department).first().and_then(|organ| directory.unit(organ))?;
    let place = organ.name.trim_end_matches("人民政府");
    let name = unit.name.strip_prefix(place).unwrap_or(&unit.name);
    let endings = ["管理委员会", "委员会", "厅", "局", "委"];
    let line = endings.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    Some(line.to_owned())
}
