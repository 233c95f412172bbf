//! The two engines: each written natively, behind the same two calls.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use crate::Statement;
use lingnan_journal::{Datum, Fault};

/// Rows as the engine returns them.
pub(crate) type Rows = Vec<Vec<Datum>>;

/// Why an engine did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Another process wrote first: a key is taken or an expected row has moved on.
    Conflict(String),
    /// The engine failed.
    Fault(Fault),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Trouble {
    /// The same as a fault, for callers to whom a conflict is one.
    pub(crate) fn into_fault(self) -> Fault {
        match self {
            Self::Conflict(what) => Fault::Engine(what),
            Self::Fault(fault) => fault,
        }
    }
}

/// A connection that the writer owns.
pub(crate) trait Engine: Send {
    /// Carries out all statements in one durable transaction, or none.
    fn commit(&mut self, statements: &[Statement]) -> Result<Vec<u64>, Trouble>;
    /// Reads with several texts at once, each with its values; rows for each.
    fn query_all(&mut self, queries: &[(&str, &[Datum])]) -> Result<Vec<Rows>, Trouble>;
    /// Reads.
    fn query(&mut self, sql: &str, values: &[Datum]) -> Result<Rows, Trouble> {
        Ok(self.query_all(&[(sql, values)])?.pop().unwrap_or_default())
    }
    /// Whether other processes may write while this one serves.
    fn is_shared(&self) -> bool;
    /// Carries out statements that define tables.
    fn define(&mut self, ddl: &str) -> Result<(), Trouble>;
}

/// What stands in a statement that defines tables, and what it is on an engine.
pub(crate) struct Dialect {
    /// `{blob}`: bytes.
    blob: &'static str,
    /// `{position}`: whole numbers that grow from row to row.
    position: &'static str,
    /// `{by_key}`: has rows stand in the order of their key, without a second tree for it.
    by_key: &'static str,
}

impl Dialect {
    fn say(&self, ddl: &str) -> String {
        let ddl = ddl.replace("{blob}", self.blob).replace("{position}", self.position);
        ddl.replace("{by_key}", self.by_key)
    }
}

/// Opens the writer's connection to `url`.
pub(crate) fn open(url: &str) -> Result<Box<dyn Engine>, Fault> {
    if is_postgres(url) {
        Ok(Box::new(postgres::Postgres::open(url)?))
    } else {
        Ok(Box::new(sqlite::Sqlite::open(url)?))
    }
}

/// Opens a connection to `url` that only reads.
pub(crate) fn open_reader(url: &str) -> Result<Box<dyn Engine>, Fault> {
    if is_postgres(url) {
        Ok(Box::new(postgres::Postgres::open(url)?))
    } else {
        Ok(Box::new(sqlite::Sqlite::open_reader(url)?))
    }
}

/// Whether `url` names a PostgreSQL database.
pub(crate) fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}
