//! Moving a running matter to another version of its process: told before it is done.

use crate::definition::{Definition, Node, Place, PlaceKind, Policy, Step};
use crate::instance::{ActivationState, Change, Fact, Frame, Instance, Status};
use crate::run::{index, small};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a migration does, or why it cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MigrationReport {
    /// The steps that are in both versions, by id.
    pub kept: Vec<Arc<str>>,
    /// Where the matter stands now, and where in the new version; nowhere is an obstacle.
    pub stands: Vec<(Step, Option<Step>)>,
    /// Steps the matter has been through that the new version has not: their opinions stay, the
    /// state line no longer shows them.
    pub lost: Vec<Arc<str>>,
    /// Promised 直达 that are dropped, because one end is gone.
    pub dropped_returns: usize,
    /// Why it cannot be done, in Chinese; empty when it can.
    pub obstacles: Vec<String>,
}

/// Works out the migration of `instance` from `old` to `new`. Nothing is done yet: folding the
/// fact does it.
///
/// # Errors
/// The report, when an active step is gone or stands in other blocks.
pub fn migrate(
    old: &Definition,
    new: &Definition,
    instance: &Instance,
) -> Result<(Fact, MigrationReport), MigrationReport> {
    let mut mapping =
        Mapping { old, new, places: BTreeMap::new(), report: MigrationReport::default() };
    if !matches!(instance.status, Status::Running | Status::Suspended) {
        mapping.report.obstacles.push("该事项不在办理中，不能换用新版流程。".to_owned());
        return Err(mapping.report);
    }
    mapping.history(instance);
    mapping.active(instance);
    if !mapping.report.obstacles.is_empty() {
        return Err(mapping.report);
    }
    mapping.rest(instance);
    let mut indexes = Vec::with_capacity(instance.activations.len());
    let mut places = Vec::with_capacity(instance.activations.len());
    for held in &instance.activations {
        let place = mapping.places.get(&index(held.place)).copied();
        places.push(place.map(small));
        indexes.push(mapping.index(held.place, place, held.index));
    }
    let frames: Vec<Frame> = instance.frames.iter().filter_map(|f| mapping.frame(f)).collect();
    mapping.report.dropped_returns = instance.frames.len().saturating_sub(frames.len());
    let change = Change::Migrated { version: new.version, places, indexes, frames };
    let fact = Fact {
        operation: "migrate".to_owned(),
        ticket: None,
        stand_in: None,
        reason: None,
        confirmer: None,
        changes: vec![change],
    };
    Ok((fact, mapping.report))
}

struct Mapping<'a> {
    old: &'a Definition,
    new: &'a Definition,
    places: BTreeMap<usize, usize>,
    report: MigrationReport,
}

impl Mapping<'_> {
    /// Steps go to the step of the same id and kind; blocks follow from what stands in them.
    fn history(&mut self, instance: &Instance) {
        for (number, place) in self.old.places.iter().enumerate() {
            let Some(step) = place.step() else { continue };
            let there = self.new.number_of(&step.id);
            let same_kind = |there: &usize| {
                let kind = self.new.place(*there).map(|held| std::mem::discriminant(&held.kind));
                kind == Some(std::mem::discriminant(&place.kind))
            };
            match there.filter(same_kind) {
                Some(there) => {
                    self.places.insert(number, there);
                    self.report.kept.push(step.id.clone());
                }
                None if instance.activations.iter().any(|a| index(a.place) == number) => {
                    self.report.lost.push(step.id.clone());
                }
                None => {}
            }
        }
    }

    /// Every active step must be there, in blocks of the same kinds; parallel blocks must have
    /// the same branches, for what each of them is waiting for must not change.
    fn active(&mut self, instance: &Instance) {
        let is_active = |held: &&crate::instance::Activation| held.state == ActivationState::Active;
        let active: Vec<_> = instance.activations.iter().filter(is_active).cloned().collect();
        for held in active {
            let Some(step) = held.step else { continue };
            let there = self.places.get(&index(held.place)).copied();
            let new = there.and_then(|there| self.new.place(there)).and_then(Place::step).cloned();
            self.report.stands.push((step.clone(), new));
            let obstacle = match there {
                None => "没有了",
                Some(there) if self.blocks(index(held.place), there).is_none() => "位于别的分支",
                Some(there) if !self.decides_alike(index(held.place), there) => "换了办理方式",
                Some(_) => continue,
            };
            let told = format!("正在办理的“{}”环节在新版中{obstacle}。", step.name);
            self.report.obstacles.push(told);
        }
    }

    /// Tickets that wait their turn, or for whoever claims first, cannot be asked all at once.
    fn decides_alike(&self, old: usize, new: usize) -> bool {
        let policy = |node: &Node| match node.policy {
            Policy::Sequential => 1,
            Policy::Claim => 2,
            _ => 0,
        };
        let of = |definition: &Definition, place| {
            definition.place(place).and_then(Place::node).map(policy)
        };
        of(self.old, old) == of(self.new, new)
    }

    /// Maps the blocks around a step, pair by pair, outwards; all of them or none.
    fn blocks(&mut self, old: usize, new: usize) -> Option<()> {
        let (mut here, mut there) = (old, new);
        let mut pairs = Vec::new();
        loop {
            let parents = (self.old.place(here)?.parent, self.new.place(there)?.parent);
            let (Some(above), Some(there_above)) = parents else {
                self.places.extend(pairs);
                return (parents == (None, None)).then_some(());
            };
            let (block, other) = (self.old.place(above)?, self.new.place(there_above)?);
            let same = match (&block.kind, &other.kind) {
                (PlaceKind::Seq, PlaceKind::Seq)
                | (PlaceKind::Choose(_), PlaceKind::Choose(_))
                | (PlaceKind::Loop { .. }, PlaceKind::Loop { .. }) => true,
                (PlaceKind::Par, PlaceKind::Par) => {
                    self.matches(&block.children, &other.children)
                        && self.branches_fit(&block.children, &other.children, &mut pairs)
                }
                _ => false,
            };
            if !same || !self.fits(above, there_above) {
                return None;
            }
            pairs.push((above, there_above));
            (here, there) = (above, there_above);
        }
    }

    /// Whether a block is not mapped to another already.
    fn fits(&self, old: usize, new: usize) -> bool {
        self.places.get(&old).is_none_or(|known| *known == new)
    }

    fn branches_fit(&self, old: &[usize], new: &[usize], pairs: &mut Vec<(usize, usize)>) -> bool {
        let mut both = old.iter().copied().zip(new.iter().copied());
        pairs.extend(both.clone());
        both.all(|(here, there)| self.fits(here, there))
    }

    /// Branches match in order, each holding a step that both versions have.
    fn matches(&self, old: &[usize], new: &[usize]) -> bool {
        old.len() == new.len()
            && old.iter().zip(new).all(|(here, there)| {
                let inside = self.places.iter().filter(|(place, _)| self.old.holds(*here, **place));
                let mut steps = inside.filter(|(place, _)| {
                    self.old.place(**place).is_some_and(|held| held.step().is_some())
                });
                steps.any(|(_, to)| self.new.holds(*there, *to))
            })
    }

    /// The blocks to which work is promised to come back, and those it has left, follow from
    /// their steps too, as far as they can.
    fn rest(&mut self, instance: &Instance) {
        let promised = instance.frames.iter().flat_map(|frame| {
            let left = frame.carry.iter().filter_map(|left| left.stood_on);
            std::iter::once(frame.to).chain(left)
        });
        let been = instance.activations.iter().filter(|a| a.step.is_some()).map(|a| a.place);
        let places: Vec<usize> = promised.chain(been).map(index).collect();
        for place in places {
            if let Some(there) = self.places.get(&place).copied() {
                // What fits nowhere is lost, and was told as such.
                self.blocks(place, there).unwrap_or_default();
            }
        }
        self.empty(instance);
    }

    /// Blocks that were entered without any of their steps, such as a choice none of whose cases
    /// held, follow from the first step in them that both versions have.
    fn empty(&mut self, instance: &Instance) {
        for entered in instance.activations.iter().filter(|a| a.step.is_none()) {
            let block = index(entered.place);
            if self.places.contains_key(&block) {
                continue;
            }
            let inside = self.places.iter().find(|(place, _)| self.old.holds(block, **place));
            if let Some((place, there)) = inside.map(|(place, there)| (*place, *there)) {
                self.blocks(place, there).unwrap_or_default();
            }
        }
    }

    /// On which child a block stands in the new version.
    fn index(&self, old: u32, new: Option<usize>, stood: u32) -> u32 {
        let Some(new) = new else { return stood };
        let place = self.old.place(index(old));
        let moves = place.is_some_and(|p| matches!(p.kind, PlaceKind::Seq | PlaceKind::Choose(_)));
        let child = place.filter(|_| moves).and_then(|p| p.children.get(index(stood)));
        let to = child.and_then(|child| self.places.get(child));
        let to = to.and_then(|to| self.new.child_holding(new, *to));
        to.map_or(stood, small)
    }

    fn frame(&self, frame: &Frame) -> Option<Frame> {
        let place = |old: u32| self.places.get(&index(old)).map(|new| small(*new));
        let mut moved = frame.clone();
        (moved.at, moved.to) = (place(frame.at)?, place(frame.to)?);
        for left in &mut moved.carry {
            left.par = place(left.par)?;
            left.stood_on = match left.stood_on {
                Some(stood) => Some(place(stood)?),
                None => None,
            };
        }
        Some(moved)
    }
}
