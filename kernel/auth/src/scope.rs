//! What an actor may see: matters in which one of his posts or units takes part.

use lingnan_base::{PostId, UnitId};
use lingnan_journal::{Column, Datum, MatterId, Row, Table};
use std::collections::BTreeSet;

/// Who takes part in which matter; every list is scoped by it.
pub static PARTS: Table = Table {
    name: "matter_part",
    version: 1,
    columns: &[Column::text("matter"), Column::text("holder")],
    key_columns: 2,
    indexes: &["(holder, matter)"],
};

/// A post or unit that takes part in a matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A post.
    Post(PostId),
    /// Everyone in a unit.
    Unit(UnitId),
}

impl Holder {
    fn text(&self) -> String {
        match self {
            Self::Post(post) => format!("post:{post}"),
            Self::Unit(unit) => format!("unit:{unit}"),
        }
    }
}

/// The row that lets `holder` see `matter`.
#[must_use]
pub fn part_row(matter: &MatterId, holder: &Holder) -> Row {
    let values = vec![Datum::text(matter.as_str()), Datum::Text(holder.text())];
    Row { table: &PARTS, values }
}

/// The posts and units in whose name an actor may look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope(BTreeSet<Holder>);

impl Scope {
    /// The scope of someone with these posts, each with its unit.
    #[must_use]
    pub fn new(posts: impl IntoIterator<Item = (PostId, UnitId)>) -> Self {
        let both = posts.into_iter().flat_map(|(p, u)| [Holder::Post(p), Holder::Unit(u)]);
        Self(both.collect())
    }

    /// This scope and that of everyone in `units`: what a unit took over is its own to see.
    #[must_use]
    pub fn with_units(mut self, units: impl IntoIterator<Item = UnitId>) -> Self {
        self.0.extend(units.into_iter().map(Holder::Unit));
        self
    }

    /// The posts alone.
    pub fn posts(&self) -> impl Iterator<Item = &PostId> {
        self.0.iter().filter_map(|holder| match holder {
            Holder::Post(post) => Some(post),
            Holder::Unit(_) => None,
        })
    }

    /// `holder` as it stands in [`PARTS`], is it in scope?
    #[must_use]
    pub fn contains(&self, holder: &Holder) -> bool {
        self.0.contains(holder)
    }

    /// An SQL condition that `column` names a matter in scope. Its values are appended to
    /// `values`, so the text must come after those already there.
    #[must_use]
    pub fn condition(&self, column: &str, values: &mut Vec<Datum>) -> String {
        if self.0.is_empty() {
            return "1 = 0".to_owned();
        }
        let mut holes = Vec::with_capacity(self.0.len());
        for holder in &self.0 {
            values.push(Datum::Text(holder.text()));
            holes.push(format!("${}", values.len()));
        }
        let holes = holes.join(", ");
        format!(
            "exists (select 1 from matter_part scope where scope.matter = {column} \
             and scope.holder in ({holes}))"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn someone_without_a_post_sees_nothing() {
        let mut values = Vec::new();
        assert_eq!(Scope::new([]).condition("d.matter", &mut values), "1 = 0");
        assert!(values.is_empty());
    }

    #[test]
    fn a_condition_binds_every_post_and_unit() {
        let post = PostId::parse("u1.ws").unwrap();
        let scope = Scope::new([(post, UnitId::parse("u1").unwrap())]);
        let mut values = vec![Datum::Int(1)];
        let text = scope.condition("d.matter", &mut values);
        assert!(text.contains("($2, $3)"), "{text}");
        assert_eq!(values.len(), 3);
    }
}
