//! The SQL of read tables, made once from their description.

use crate::Statement;
use lingnan_journal::{ColumnKind, Row, RowChange, Table};
use std::collections::BTreeMap;

/// The three statements of a table.
#[derive(Debug, Clone, Copy)]
struct Texts {
    insert: &'static str,
    update: &'static str,
    delete: &'static str,
}

/// Statements for every read table.
#[derive(Debug, Default)]
pub(crate) struct TableSql(BTreeMap<&'static str, Texts>);

impl TableSql {
    /// Prepares the texts of `tables`.
    pub(crate) fn new(tables: &[&'static Table]) -> Self {
        Self(tables.iter().map(|table| (table.name, texts(table))).collect())
    }

    /// The statement that carries out `change`; a row of an unregistered table is a bug.
    pub(crate) fn statement(&self, change: RowChange) -> Statement {
        let row = match &change {
            RowChange::Insert(row) | RowChange::Update(row) | RowChange::Delete(row) => row,
        };
        let texts = self.0.get(row.table.name).copied();
        assert!(texts.is_some(), "read table {} is not registered", row.table.name);
        let texts = texts.unwrap_or(Texts { insert: "", update: "", delete: "" });
        match change {
            RowChange::Insert(row) => Statement::new(texts.insert, row.values),
            RowChange::Update(row) => Statement::new(texts.update, row.values).expecting(1),
            RowChange::Delete(row) => Statement::new(texts.delete, key(row)).expecting(1),
        }
    }
}

fn key(row: Row) -> Vec<lingnan_journal::Datum> {
    let mut values = row.values;
    values.truncate(row.table.key_columns);
    values
}

/// `create table` and its indexes.
pub(crate) fn create(table: &Table) -> Vec<String> {
    let columns: Vec<String> = table
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let kind = match column.kind {
                ColumnKind::Int => "bigint",
                ColumnKind::Text => "text",
                ColumnKind::Blob => "{blob}",
            };
            let null = if place < table.key_columns { " not null" } else { "" };
            format!("{} {kind}{null}", column.name)
        })
        .collect();
    let key: Vec<&str> = table.columns.iter().take(table.key_columns).map(|c| c.name).collect();
    let mut all = vec![format!(
        "create table if not exists {} ({}, primary key ({})){{by_key}}",
        table.name,
        columns.join(", "),
        key.join(", ")
    )];
    for (number, index) in table.indexes.iter().enumerate() {
        let name = table.name;
        all.push(format!("create index if not exists {name}_{number} on {name} {index}"));
    }
    all
}

fn texts(table: &Table) -> Texts {
    let names: Vec<&str> = table.columns.iter().map(|c| c.name).collect();
    let holes: Vec<String> = (1..=names.len()).map(|n| format!("${n}")).collect();
    let pairs: Vec<String> =
        names.iter().zip(&holes).map(|(name, hole)| format!("{name} = {hole}")).collect();
    let (key, rest) = pairs.split_at_checked(table.key_columns).unwrap_or((&pairs, &[]));
    let name = table.name;
    let set = if rest.is_empty() { key } else { rest };
    Texts {
        insert: kept(format!(
            "insert into {name} ({}) values ({})",
            names.join(", "),
            holes.join(", ")
        )),
        update: kept(format!("update {name} set {} where {}", set.join(", "), key.join(" and "))),
        delete: kept(format!("delete from {name} where {}", key.join(" and "))),
    }
}

/// Keeps a text for the life of the process: there are three per table, made once.
fn kept(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}
