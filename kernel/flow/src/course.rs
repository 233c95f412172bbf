//! How every step of a process stands in one matter, for whoever draws it.

use crate::definition::{Definition, Place, Step};
use crate::instance::Instance;
use crate::query::NodeStanding;

impl Instance {
    /// Every step in reading order, what the platform does among them.
    #[must_use]
    pub fn course<'a>(&self, definition: &'a Definition) -> Vec<(&'a Step, NodeStanding)> {
        let steps = definition.places.iter().enumerate();
        let standing = |(number, place): (usize, &'a Place)| {
            Some((place.step()?, self.standing(definition, number)))
        };
        steps.filter_map(standing).collect()
    }
}
