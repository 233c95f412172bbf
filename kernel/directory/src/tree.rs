//! The tree of units: below, above, and who has taken over; a gone unit's children go with it.

use crate::Directory;
use crate::unit::{Status, Unit};
use lingnan_base::UnitId;

/// Longest chain of successors and deepest line followed: neither comes near it.
const STEPS_MAX: usize = 16;

impl Directory {
    /// The units below `parent` in order, those it took over last; the province when there is no
    /// parent.
    #[must_use]
    pub fn children(&self, parent: Option<&UnitId>) -> Vec<(&UnitId, &Unit)> {
        let Some(parent) = parent else {
            return self.units.iter().filter(|(_, unit)| unit.parent.is_none()).collect();
        };
        let parents = self.taken_over(parent).into_iter();
        let below = parents.flat_map(|one| self.children.get(one).into_iter().flatten());
        below.filter_map(|(_, id)| self.units.get_key_value(id)).collect()
    }

    /// Whether anything is below `unit`.
    #[must_use]
    pub fn has_children(&self, unit: &UnitId) -> bool {
        let has = |one: &UnitId| self.children.get(one).is_some_and(|below| !below.is_empty());
        self.taken_over(unit).into_iter().any(has)
    }

    /// The unit and those above it as they are now, nearest first.
    #[must_use]
    pub fn line(&self, id: &UnitId) -> Vec<&UnitId> {
        let mut line = Vec::new();
        let mut at = self.units.get_key_value(id);
        while let Some((id, unit)) = at {
            line.push(id);
            if line.len() > STEPS_MAX {
                break;
            }
            let above = unit.parent.as_ref().map(|parent| self.successor(parent));
            at = above.and_then(|parent| self.units.get_key_value(parent));
        }
        line
    }

    /// The unit that has taken over, the unit itself when it is in being.
    #[must_use]
    pub fn successor<'a>(&'a self, id: &'a UnitId) -> &'a UnitId {
        let mut at = id;
        for _ in 0..STEPS_MAX {
            match self.units.get(at).map(|unit| &unit.status) {
                Some(Status::Succeeded(by)) => at = by,
                _ => break,
            }
        }
        at
    }

    /// `unit`, then every gone unit that it is the successor of. Nothing is taken over twice: a
    /// gone unit has one successor, which was in being then.
    #[must_use]
    pub fn taken_over<'a>(&'a self, unit: &'a UnitId) -> Vec<&'a UnitId> {
        let mut all = vec![unit];
        let mut next = 0;
        while let Some(one) = all.get(next).copied() {
            all.extend(self.predecessors.get(one).into_iter().flatten());
            next += 1;
        }
        all
    }
}
