//! 登记簿: the numbers that matters of one process get in one unit, year by year, without gaps.

use lingnan_journal::{Matter, MatterId, Row, Stamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The automatic step that gives a number.
pub const COMMAND: &str = "workflow.register";

/// A register.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Register {
    /// The last number of each year.
    last: BTreeMap<i16, u32>,
}

/// What can be recorded of a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fact {
    /// A number was given.
    Given {
        /// The year.
        year: i16,
        /// The number.
        number: u32,
        /// To which matter.
        matter: MatterId,
    },
}

impl Register {
    /// The next number of a year, from 1.
    #[must_use]
    pub fn next(&self, year: i16) -> u32 {
        self.last.get(&year).copied().unwrap_or(0).saturating_add(1)
    }
}

impl Matter for Register {
    const KIND: &'static str = "register";
    const FOLD_VERSION: u32 = 1;
    type Fact = Fact;

    fn unwritten() -> Self {
        Self::default()
    }

    fn fold(&mut self, fact: &Fact, _: &Stamp) {
        let Fact::Given { year, number, .. } = fact;
        self.last.insert(*year, *number);
    }

    fn rows(&self, _: &MatterId) -> Vec<Row> {
        Vec::new()
    }
}
