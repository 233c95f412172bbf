//! Where a process text does not read, for whoever writes it.

use std::fmt::{Display, Formatter, Result};

/// Most mistakes told at once; whoever has more begins with these.
pub(super) const MISTAKES_MAX: usize = 20;

/// One place that does not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("第{line}行第{column}列：应为{expected}，实为{found}。")]
pub struct Mistake {
    /// Its line, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
    /// What could stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

impl Mistake {
    pub(super) fn new(line: usize, column: usize, expected: &str, found: &str) -> Self {
        Self { line, column, expected: expected.to_owned(), found: found.to_owned() }
    }
}

/// All places that do not read, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl Display for Mistakes {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (number, mistake) in self.0.iter().enumerate() {
            let between = if number == 0 { "" } else { "\n" };
            write!(f, "{between}{mistake}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

impl From<Mistake> for Mistakes {
    fn from(mistake: Mistake) -> Self {
        Self(vec![mistake])
    }
}
