//! Read tables that changed their version are dropped and computed again from the journal.

use crate::engine::{Engine, Trouble};
use crate::table_sql::{self, TableSql};
use crate::{Statement, load};
use lingnan_journal::{Datum, Fault, MatterId, Registry, RowChange, Table};

/// Matters folded per transaction while rebuilding.
const MATTERS_PER_COMMIT: i64 = 500;

const SELECT_VERSION: &str = "select version from view_version where name = $1";
const DELETE_VERSION: &str = "delete from view_version where name = $1";
const INSERT_VERSION: &str = "insert into view_version (name, version) values ($1, $2)";
const SELECT_MATTERS: &str = "select distinct matter from journal_stream \
    where matter > $1 order by matter limit $2";

/// Brings every read table to its present version.
pub(crate) fn stale_tables(
    engine: &mut dyn Engine,
    registry: &Registry,
    sql: &TableSql,
) -> Result<(), Fault> {
    let mut stale = Vec::new();
    for table in registry.tables() {
        let found = engine
            .query(SELECT_VERSION, &[Datum::text(table.name)])
            .map_err(Trouble::into_fault)?;
        if found != [[Datum::Int(table.version.into())]] {
            recreate(engine, table)?;
            stale.push(*table);
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    fill(engine, registry, sql, &stale)?;
    let mut written = Vec::new();
    for table in stale {
        let name = Datum::text(table.name);
        written.push(Statement::new(DELETE_VERSION, vec![name.clone()]));
        let version = Datum::Int(table.version.into());
        written.push(Statement::new(INSERT_VERSION, vec![name, version]));
    }
    engine.commit(&written).map_err(Trouble::into_fault)?;
    Ok(())
}

fn recreate(engine: &mut dyn Engine, table: &Table) -> Result<(), Fault> {
    let drop = format!("drop table if exists {}", table.name);
    engine.define(&drop).map_err(Trouble::into_fault)?;
    for ddl in table_sql::create(table) {
        engine.define(&ddl).map_err(Trouble::into_fault)?;
    }
    Ok(())
}

fn fill(
    engine: &mut dyn Engine,
    registry: &Registry,
    sql: &TableSql,
    stale: &[&'static Table],
) -> Result<(), Fault> {
    let mut after = String::new();
    let mut done: usize = 0;
    loop {
        let page = [Datum::text(after.as_str()), Datum::Int(MATTERS_PER_COMMIT)];
        let matters = engine.query(SELECT_MATTERS, &page).map_err(Trouble::into_fault)?;
        let mut statements = Vec::new();
        for row in &matters {
            let [Datum::Text(text)] = row.as_slice() else { continue };
            let id = MatterId::parse(text).map_err(|e| Fault::corrupt("journal_stream", 0, &e))?;
            let loaded = load::matter(registry, &id, |text, values| {
                engine.query(text, values).map_err(Trouble::into_fault)
            })?;
            let rows = loaded.state.rows(&id).into_iter();
            let wanted = rows.filter(|row| stale.iter().any(|t| t.name == row.table.name));
            statements.extend(wanted.map(|row| sql.statement(RowChange::Insert(row))));
            after.clone_from(text);
        }
        if matters.is_empty() {
            break;
        }
        engine.commit(&statements).map_err(Trouble::into_fault)?;
        done = done.saturating_add(matters.len());
        tracing::info!(matters = done, tables = stale.len(), "rebuilding read tables");
    }
    Ok(())
}
