//! How every step of a process stands in one matter, for whoever draws it.

use crate::definition::{Definition, Place, PlaceKind, Step};
use crate::instance::{Activation, ActivationState, Instance, Status};
use crate::query::NodeStanding;
use crate::run::index;

impl Instance {
    /// Every step in reading order, what the platform does among them. What a choice passed by
    /// is skipped and not ahead; so is what was not reached when the matter ended.
    #[must_use]
    pub fn course<'a>(&self, definition: &'a Definition) -> Vec<(&'a Step, NodeStanding)> {
        let steps = definition.places.iter().enumerate();
        let standing = |(number, place): (usize, &'a Place)| {
            Some((place.step()?, self.standing(definition, number)))
        };
        steps.filter_map(standing).collect()
    }

    fn standing(&self, definition: &Definition, place: usize) -> NodeStanding {
        let over = matches!(self.status, Status::Completed | Status::Rejected | Status::Terminated);
        match self.latest(place).map(|activation| activation.state) {
            Some(ActivationState::Active) => NodeStanding::Active,
            Some(ActivationState::Done | ActivationState::Carried) => NodeStanding::Done,
            Some(ActivationState::Skipped) => NodeStanding::Skipped,
            _ if over || self.is_passed_by(definition, place) => NodeStanding::Skipped,
            Some(ActivationState::Cancelled) => NodeStanding::Cancelled,
            None => NodeStanding::Ahead,
        }
    }

    fn latest(&self, place: usize) -> Option<&Activation> {
        self.activations.iter().rev().find(|activation| index(activation.place) == place)
    }

    /// Whether something around the place is done without it, or a choice took another way.
    fn is_passed_by(&self, definition: &Definition, place: usize) -> bool {
        let mut inner = place;
        while let Some(outer) = definition.place(inner).and_then(|held| held.parent) {
            let around = self.latest(outer);
            if around.is_some_and(|around| {
                around.state.is_finished() || self.chose_another(definition, around, inner)
            }) {
                return true;
            }
            inner = outer;
        }
        false
    }

    fn chose_another(&self, definition: &Definition, around: &Activation, way: usize) -> bool {
        let chooses = definition
            .place(index(around.place))
            .is_some_and(|held| matches!(held.kind, PlaceKind::Choose(_)));
        let mut taken = around.children.iter().filter_map(|child| self.activation(*child));
        chooses
            && around.state == ActivationState::Active
            && !around.children.is_empty()
            && !taken.any(|child| index(child.place) == way)
    }
}
