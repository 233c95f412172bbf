//! Read tables of the library: one row a process, one row an edition.

use super::model::{Edition, Entry};
use lingnan_flow::{Archive, Retention};
use lingnan_journal::{Column, Datum, MatterId, Row, Table};

/// Processes, one row each.
pub static PROCESSES: Table = Table {
    name: "workflow_process",
    version: 1,
    columns: &[
        Column::text("code"),
        Column::text("name"),
        Column::text("domain"),
        Column::int("version"),
        Column::text("limit_text"),
        Column::text("basis"),
        Column::text("retention"),
        Column::int("steps"),
        Column::int("editions"),
        Column::int("proposed"),
        Column::int("touched_ms"),
    ],
    key_columns: 1,
    indexes: &["(domain, code)"],
};

/// Editions, one row each.
pub static EDITIONS: Table = Table {
    name: "workflow_edition",
    version: 1,
    columns: &[
        Column::text("code"),
        Column::int("version"),
        Column::text("by_name"),
        Column::int("added_ms"),
    ],
    key_columns: 2,
    indexes: &[],
};

/// Matters whose turn in a confirmed 换版 has not come: what is left when the platform stops in
/// the midst of one.
pub static MIGRATIONS: Table = Table {
    name: "workflow_migration",
    version: 1,
    columns: &[Column::text("code"), Column::text("matter")],
    key_columns: 2,
    indexes: &[],
};

pub(super) fn rows(entry: &Entry, id: &MatterId) -> Vec<Row> {
    let mut rows: Vec<Row> =
        entry.editions.iter().map(|edition| edition_row(edition, id)).collect();
    rows.extend(process_row(entry, id));
    let confirmed = entry.migration.as_ref().filter(|open| open.confirmed.is_some());
    rows.extend(confirmed.into_iter().flat_map(|open| open.waiting()).map(|key| Row {
        table: &MIGRATIONS,
        values: vec![Datum::text(id.key()), Datum::text(key)],
    }));
    rows
}

fn edition_row(edition: &Edition, id: &MatterId) -> Row {
    Row {
        table: &EDITIONS,
        values: vec![
            Datum::text(id.key()),
            Datum::Int(edition.version.into()),
            Datum::text(edition.label.person.as_str()),
            Datum::Int(edition.time.0),
        ],
    }
}

/// How long what is concluded is kept, in words.
#[must_use]
pub fn retention(archive: Option<&Archive>) -> &'static str {
    match archive {
        Some(Archive::Kept(Retention::Permanent)) => "永久",
        Some(Archive::Kept(Retention::ThirtyYears | Retention::ByType)) | None => "30年",
        Some(Archive::Kept(Retention::TenYears)) => "10年",
        Some(Archive::Nothing(_)) => "不归档",
    }
}

/// The edition in use, or the newest while none is.
fn process_row(entry: &Entry, id: &MatterId) -> Option<Row> {
    let shown = entry.in_use().or_else(|| entry.editions.last())?;
    let parsed = shown.parsed().ok()?;
    let process = &parsed.process;
    let count = |count: usize| Datum::Int(i64::try_from(count).unwrap_or(i64::MAX));
    Some(Row {
        table: &PROCESSES,
        values: vec![
            Datum::text(id.key()),
            Datum::text(&*process.name),
            Datum::text(&*process.domain),
            Datum::Int(entry.current.unwrap_or(0).into()),
            Datum::Text(process.limit.as_ref().map(|l| l.time.to_string()).unwrap_or_default()),
            Datum::Text(process.basis.join("；")),
            Datum::text(retention(process.archive.as_ref())),
            count(parsed.definition.steps().count()),
            count(entry.editions.len()),
            Datum::Int(entry.proposal.as_ref().map_or(0, |p| p.version.into())),
            Datum::Int(entry.editions.last().map_or(0, |edition| edition.time.0)),
        ],
    })
}
