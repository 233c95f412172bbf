//! SQLite in the process: WAL, `synchronous=FULL`, one writer.

use super::{Dialect, Engine, Rows, Trouble};
use crate::Statement;
use lingnan_journal::{Datum, Fault};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::collections::BTreeMap;

/// The oldest SQLite without the WAL-reset fault (3.7.0 to 3.51.2 can corrupt a database whose
/// two connections write and checkpoint at once).
const VERSION_MIN: i32 = 3_051_003;
const DIALECT: Dialect = Dialect { blob: "blob", position: "integer", by_key: " without rowid" };
/// Prepared statements kept per connection; more than all our texts.
const STATEMENTS_KEPT: usize = 256;

/// The writer's connection.
pub(crate) struct Sqlite {
    connection: Connection,
    numbered: BTreeMap<String, String>,
}

impl Sqlite {
    /// Opens or creates the file at `path`.
    pub(crate) fn open(path: &str) -> Result<Self, Fault> {
        if rusqlite::version_number() < VERSION_MIN {
            let found = rusqlite::version();
            return Err(Fault::Engine(format!("SQLite {found} is older than 3.51.3")));
        }
        let connection = Connection::open(path).map_err(|e| fault(&e))?;
        connection
            .execute_batch(
                "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = off;
                 pragma busy_timeout = 5000; pragma cache_size = -65536;
                 pragma wal_autocheckpoint = 16000; pragma journal_size_limit = 67108864;
                 pragma temp_store = memory; pragma secure_delete = on;",
            )
            .map_err(|e| fault(&e))?;
        Self::prepared(connection)
    }

    /// Opens the file at `path` for reading only.
    pub(crate) fn open_reader(path: &str) -> Result<Self, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|e| fault(&e))?;
        connection
            .execute_batch(
                "pragma query_only = 1; pragma busy_timeout = 5000; pragma cache_size = -16384;
                 pragma temp_store = memory; pragma mmap_size = 268435456;",
            )
            .map_err(|e| fault(&e))?;
        Self::prepared(connection)
    }

    fn prepared(connection: Connection) -> Result<Self, Fault> {
        connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        // Without it a text is planned anew whenever its values differ.
        let stable = DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG;
        connection.set_db_config(stable, true).map_err(|e| fault(&e))?;
        Ok(Self { connection, numbered: BTreeMap::new() })
    }

    /// Copies what the write-ahead log holds into the file, as far as readers allow.
    pub(crate) fn checkpoint(&self) -> Result<(), Fault> {
        self.connection
            .query_row("pragma wal_checkpoint(passive)", [], |_| Ok(()))
            .map_err(|e| fault(&e))
    }

    fn text(&mut self, sql: &str) -> String {
        // `$1` is a name to SQLite and binds by order of appearance; `?1` binds by number.
        if let Some(known) = self.numbered.get(sql) {
            return known.clone();
        }
        let numbered = sql.replace('$', "?");
        self.numbered.insert(sql.to_owned(), numbered.clone());
        numbered
    }

    fn execute(&mut self, statement: &Statement) -> Result<u64, Trouble> {
        let text = self.text(&statement.sql);
        let mut prepared = self.connection.prepare_cached(&text).map_err(|e| trouble(&e))?;
        let values = statement.values.iter().map(Bound);
        let touched =
            prepared.execute(rusqlite::params_from_iter(values)).map_err(|e| trouble(&e))?;
        let touched = u64::try_from(touched).unwrap_or(u64::MAX);
        match statement.expect {
            Some(expected) if expected != touched => {
                Err(Trouble::Conflict(format!("expected {expected} rows, touched {touched}")))
            }
            _ => Ok(touched),
        }
    }

    fn read(&mut self, sql: &str, values: &[Datum]) -> Result<Rows, Trouble> {
        let text = self.text(sql);
        let mut prepared = self.connection.prepare_cached(&text).map_err(|e| trouble(&e))?;
        let columns = prepared.column_count();
        let bound = rusqlite::params_from_iter(values.iter().map(Bound));
        let mut found = prepared.query(bound).map_err(|e| trouble(&e))?;
        let mut rows = Rows::new();
        while let Some(row) = found.next().map_err(|e| trouble(&e))? {
            let mut out = Vec::with_capacity(columns);
            for column in 0..columns {
                out.push(datum(row.get_ref(column).map_err(|e| trouble(&e))?));
            }
            rows.push(out);
        }
        Ok(rows)
    }
}

impl Engine for Sqlite {
    fn commit(&mut self, statements: &[Statement]) -> Result<Vec<u64>, Trouble> {
        self.connection.execute_batch("begin immediate").map_err(|e| trouble(&e))?;
        let mut touched = Vec::with_capacity(statements.len());
        for statement in statements {
            match self.execute(statement) {
                Ok(rows) => touched.push(rows),
                Err(error) => {
                    // A full disk has rolled back by itself; then this one only says so again.
                    let _ = self.connection.execute_batch("rollback");
                    return Err(error);
                }
            }
        }
        if let Err(error) = self.connection.execute_batch("commit") {
            let _ = self.connection.execute_batch("rollback");
            return Err(trouble(&error));
        }
        Ok(touched)
    }

    fn query_all(&mut self, queries: &[(&str, &[Datum])]) -> Result<Vec<Rows>, Trouble> {
        // One transaction keeps the pages at hand that the texts have in common.
        let together = queries.len() > 1 && self.connection.is_autocommit();
        if together {
            self.connection.execute_batch("begin").map_err(|e| trouble(&e))?;
        }
        let found = queries.iter().map(|(sql, values)| self.read(sql, values)).collect();
        if together {
            self.connection.execute_batch("commit").map_err(|e| trouble(&e))?;
        }
        found
    }

    fn is_shared(&self) -> bool {
        false
    }

    fn define(&mut self, ddl: &str) -> Result<(), Trouble> {
        self.connection.execute_batch(&DIALECT.say(ddl)).map_err(|e| trouble(&e))
    }
}

struct Bound<'a>(&'a Datum);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Datum::Null => ToSqlOutput::Owned(Value::Null),
            Datum::Int(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Datum::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Datum::Blob(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

fn datum(value: ValueRef<'_>) -> Datum {
    match value {
        ValueRef::Null => Datum::Null,
        ValueRef::Integer(number) => Datum::Int(number),
        // No table of ours holds fractions; an average in a report is rounded.
        ValueRef::Real(real) => Datum::Text(real.to_string()),
        ValueRef::Text(bytes) => Datum::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Datum::Blob(bytes.to_vec()),
    }
}

fn trouble(error: &rusqlite::Error) -> Trouble {
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => Trouble::Conflict(error.to_string()),
        _ => Trouble::Fault(fault(error)),
    }
}

fn fault(error: &rusqlite::Error) -> Fault {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Fault::Full,
        Some(ErrorCode::SystemIoFailure) => stop_on_io_failure(error),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::CannotOpen) => {
            Fault::Unavailable(error.to_string())
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            Fault::corrupt("database file", 0, error)
        }
        _ => Fault::Engine(error.to_string()),
    }
}

/// After a failed fsync the kernel may have dropped the dirty pages: what the next fsync says is
/// worth nothing, so the process stops and recovers from the log at the next start. Only a write
/// refused for want of space (the file-size limit of the process included) is survivable.
fn stop_on_io_failure(error: &rusqlite::Error) -> Fault {
    let extended = error.sqlite_error().map_or(0, |e| e.extended_code);
    let fsync = [rusqlite::ffi::SQLITE_IOERR_FSYNC, rusqlite::ffi::SQLITE_IOERR_DIR_FSYNC];
    if fsync.contains(&extended) {
        tracing::error!(%error, "fsync failed: stopping, because durability is unknown");
        std::process::abort();
    }
    if extended == rusqlite::ffi::SQLITE_IOERR_WRITE {
        return Fault::Full;
    }
    Fault::Engine(error.to_string())
}
