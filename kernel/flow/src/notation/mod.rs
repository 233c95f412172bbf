//! A process as text that a jurist can review: one line a step. `docs/process-notation.md` is
//! the whole of it.

mod body;
mod clause;
mod head;
mod line;
mod mistake;
mod print;
#[cfg(test)]
mod tests;
mod who;
mod word;

pub use mistake::{Mistake, Mistakes};

use crate::definition::Process;

impl Process {
    /// Reads a process text.
    ///
    /// # Errors
    /// [`Mistakes`] name the places that do not read, the first of them first.
    pub fn parse(text: &str) -> Result<Self, Mistakes> {
        head::process(text)
    }
}

impl std::fmt::Display for Process {
    /// The one canonical text: reading it gives the same process again.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        print::process(self, f)
    }
}
