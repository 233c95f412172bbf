//! One SQL statement with its values; the text is the same for both engines.

use lingnan_journal::Datum;
use std::borrow::Cow;

/// A statement that changes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its text, with `$1`, `$2`… for values.
    pub sql: Cow<'static, str>,
    /// The values, in order.
    pub values: Vec<Datum>,
    /// How many rows it must touch; any other number rolls the whole commit back.
    pub expect: Option<u64>,
}

impl Statement {
    /// A statement that may touch any number of rows.
    #[must_use]
    pub fn new(sql: impl Into<Cow<'static, str>>, values: Vec<Datum>) -> Self {
        Self { sql: sql.into(), values, expect: None }
    }

    /// The same, which must touch exactly `rows` rows.
    #[must_use]
    pub const fn expecting(mut self, rows: u64) -> Self {
        self.expect = Some(rows);
        self
    }
}
