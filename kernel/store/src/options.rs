//! What a store needs to open: where, which kinds of matter, whose time and chance.

use lingnan_base::{Chance, Clock};
use lingnan_journal::{Act, Registry};
use std::sync::Arc;

/// A table that is not computed from the journal: secrets that must be erasable, positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SideTable {
    /// `create table if not exists …` or `create index if not exists …`; `{blob}` stands for the
    /// engine's type of bytes, `{by_key}` at the end for rows in the order of their key.
    pub ddl: &'static str,
}

/// Told of every act in order on the writer's own thread, after it is durable: keeps views in
/// memory in step. Own acts come before they are acknowledged, those of other processes within a
/// second. It begins at the end of the journal as it was when the store was opened.
pub trait Observer: Send {
    /// `act` is durable.
    fn committed(&mut self, act: &Act);
}

/// A named place where tests may end the process: between two steps that belong together.
pub trait FailPoint: Send + Sync {
    /// The work has come to `name`.
    fn reached(&self, name: &'static str);
}

/// Nothing happens at any fail point.
#[derive(Debug, Clone, Copy)]
pub struct NoFailPoints;

impl FailPoint for NoFailPoints {
    fn reached(&self, _: &'static str) {}
}

/// Which read tables are computed again when the store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rebuild {
    /// Those whose shape changed, and those left unfinished.
    Stale,
    /// All: somebody changed rows from outside.
    All,
}

/// How to open a store.
pub struct Options {
    /// A path of a SQLite file, or `postgres://…`.
    pub url: String,
    /// The cell's name, written into every act.
    pub cell: String,
    /// The kinds of matter and their read tables.
    pub registry: Registry,
    /// Tables beside the journal.
    pub side_tables: Vec<SideTable>,
    /// Whose time.
    pub clock: Arc<dyn Clock>,
    /// Whose chance: salts and keys come from it.
    pub chance: Chance,
    /// Views in memory.
    pub observers: Vec<Box<dyn Observer>>,
    /// Where the process may be ended, in tests.
    pub fail_point: Arc<dyn FailPoint>,
    /// Which read tables are computed again.
    pub rebuild: Rebuild,
}

impl Options {
    /// Options for `url` with no side tables, observers or fail points; stale tables are rebuilt.
    #[must_use]
    pub fn new(
        url: &str,
        cell: &str,
        registry: Registry,
        clock: Arc<dyn Clock>,
        chance: Chance,
    ) -> Self {
        Self {
            url: url.to_owned(),
            cell: cell.to_owned(),
            registry,
            side_tables: Vec::new(),
            clock,
            chance,
            observers: Vec::new(),
            fail_point: Arc::new(NoFailPoints),
            rebuild: Rebuild::Stale,
        }
    }
}
