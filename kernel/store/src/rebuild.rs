//! Read tables that changed their version are dropped and computed again from the journal. Their
//! versions are forgotten first and written last: whoever is ended in between begins again.

use crate::engine::{Engine, Trouble};
use crate::load::Acts;
use crate::table_sql::{self, TableSql};
use crate::{FailPoint, Rebuild, Statement};
use lingnan_journal::{Datum, Fault, MatterId, Registry, RowChange, Table};

/// Matters folded per transaction while rebuilding.
const MATTERS_PER_COMMIT: i64 = 500;

const SELECT_VERSION: &str = "select version from view_version where name = $1";
const DELETE_VERSION: &str = "delete from view_version where name = $1";
const INSERT_VERSION: &str = "insert into view_version (name, version) values ($1, $2)";
const SELECT_MATTERS: &str = "select distinct matter from journal_stream \
    where matter > $1 order by matter limit $2";

/// The read tables of a registry.
pub(crate) struct Tables<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) sql: &'a TableSql,
}

impl Tables<'_> {
    /// Brings every read table to its present version; `emptied` is a fail point after each table
    /// that was made anew, `filled` after each page of matters.
    pub(crate) fn renew(
        &self,
        engine: &mut dyn Engine,
        which: Rebuild,
        fail_point: &dyn FailPoint,
    ) -> Result<(), Fault> {
        let stale = self.stale(engine, which)?;
        if stale.is_empty() {
            return Ok(());
        }
        let forget =
            |table: &&'static Table| Statement::new(DELETE_VERSION, vec![Datum::text(table.name)]);
        let forgotten: Vec<_> = stale.iter().map(forget).collect();
        engine.commit(&forgotten).map_err(Trouble::into_fault)?;
        for table in &stale {
            recreate(engine, table)?;
            fail_point.reached("emptied");
        }
        self.fill(engine, &stale, fail_point)?;
        let known = |table: &&'static Table| {
            let values = vec![Datum::text(table.name), Datum::Int(table.version.into())];
            Statement::new(INSERT_VERSION, values)
        };
        let written: Vec<_> = stale.iter().map(known).collect();
        engine.commit(&written).map_err(Trouble::into_fault)?;
        Ok(())
    }

    fn stale(&self, engine: &mut dyn Engine, which: Rebuild) -> Result<Vec<&'static Table>, Fault> {
        let mut stale = self.registry.tables().to_vec();
        if which == Rebuild::All {
            return Ok(stale);
        }
        let mut fresh = Vec::new();
        for table in &stale {
            let name = [Datum::text(table.name)];
            let found = engine.query(SELECT_VERSION, &name).map_err(Trouble::into_fault)?;
            if found == [[Datum::Int(table.version.into())]] {
                fresh.push(table.name);
            }
        }
        stale.retain(|table| !fresh.contains(&table.name));
        Ok(stale)
    }

    fn fill(
        &self,
        engine: &mut dyn Engine,
        stale: &[&'static Table],
        fail_point: &dyn FailPoint,
    ) -> Result<(), Fault> {
        let mut after = String::new();
        let mut done: usize = 0;
        let mut acts = Acts::default();
        loop {
            let page = [Datum::text(after.as_str()), Datum::Int(MATTERS_PER_COMMIT)];
            let matters = engine.query(SELECT_MATTERS, &page).map_err(Trouble::into_fault)?;
            if matters.is_empty() {
                return Ok(());
            }
            let mut statements = Vec::new();
            for row in &matters {
                let [Datum::Text(text)] = row.as_slice() else { continue };
                statements.extend(self.rows(engine, &mut acts, text, stale)?);
                after.clone_from(text);
            }
            engine.commit(&statements).map_err(Trouble::into_fault)?;
            fail_point.reached("filled");
            done = done.saturating_add(matters.len());
            tracing::info!(matters = done, tables = stale.len(), "rebuilding read tables");
        }
    }

    fn rows(
        &self,
        engine: &mut dyn Engine,
        acts: &mut Acts,
        matter: &str,
        stale: &[&'static Table],
    ) -> Result<Vec<Statement>, Fault> {
        let id = MatterId::parse(matter).map_err(|e| Fault::corrupt("journal_stream", 0, &e))?;
        let mut query = |text: &'static str, values: &[Datum]| {
            engine.query(text, values).map_err(Trouble::into_fault)
        };
        let loaded = acts.matter(self.registry, &id, &mut query)?;
        let rows = loaded.state.rows(&id).into_iter();
        let wanted = rows.filter(|row| stale.iter().any(|table| table.name == row.table.name));
        Ok(wanted.map(|row| self.sql.statement(RowChange::Insert(row))).collect())
    }
}

fn recreate(engine: &mut dyn Engine, table: &Table) -> Result<(), Fault> {
    let drop = format!("drop table if exists {}", table.name);
    engine.define(&drop).map_err(Trouble::into_fault)?;
    for ddl in table_sql::create(table) {
        engine.define(&ddl).map_err(Trouble::into_fault)?;
    }
    Ok(())
}
