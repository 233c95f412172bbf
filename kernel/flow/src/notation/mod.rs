//! A process as text that a jurist can review: one line a step.
//!
//! ```text
//! process gw00_example "示例"
//! basis "《党政机关公文处理工作条例》第二十五条"
//! step draft "拟稿" by starter
//! par {
//!   seq countersign "会签" by form.countersign due 3wd when form.countersign
//! } and {
//!   vote review "审查" by duty:reviewer 2/3 due 5wd
//! }
//! any number "编号" by duty:clerk due 1wd irreversible
//! end
//! ```

mod parse;
mod print;
#[cfg(test)]
mod tests;
mod token;

use crate::definition::Block;

/// A process as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Its id.
    pub id: String,
    /// Its Chinese name.
    pub name: String,
    /// The law it rests on; a process without one is not accepted.
    pub basis: Vec<String>,
    /// Its tree, ready for [`Definition::new`](crate::Definition::new).
    pub root: Block,
}

impl Process {
    /// Reads a process text.
    ///
    /// # Errors
    /// [`Mistake`] names the first place that does not read.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        parse::process(text)
    }
}

impl std::fmt::Display for Process {
    /// The one canonical text: reading it gives the same process again.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        print::process(self, f)
    }
}

/// Where a process text does not read, for whoever writes it.
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
    fn new(line: usize, column: usize, expected: &str, found: &str) -> Self {
        Self { line, column, expected: expected.to_owned(), found: found.to_owned() }
    }
}
