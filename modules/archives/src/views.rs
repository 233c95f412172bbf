//! Read tables of the archives: rows as a function of a 件's state.

use crate::model::{Archive, LoanState};
use lingnan_auth::{Holder, part_row};
use lingnan_flow::inbox::Showing;
use lingnan_journal::{Column, Datum, MatterId, Row, Table};

/// 件, one row each.
pub static ARCHIVES: Table = Table {
    name: "archive",
    version: 2,
    columns: &[
        Column::text("matter"),
        Column::text("source"),
        Column::text("unit"),
        Column::text("number"),
        Column::text("series"),
        Column::int("item"),
        Column::int("year"),
        Column::text("retention"),
        Column::text("title"),
        Column::text("document_number"),
        Column::text("responsible"),
        Column::text("sort"),
        Column::int("formed_ms"),
        Column::int("registered_ms"),
        Column::int("packed"),
        Column::int("tested_ms"),
        Column::int("sound"),
        Column::int("asked"),
        Column::int("proposed"),
        Column::int("opens"),
        Column::int("ends"),
        Column::int("destroyed"),
        Column::int("opening"),
    ],
    key_columns: 1,
    indexes: &[
        "(unit, registered_ms, matter)",
        "(source)",
        "(series, item)",
        "(packed, destroyed, tested_ms, matter)",
    ],
};

/// Not decided whether it is open to all.
pub const UNDECIDED: i64 = 0;
/// It is.
pub const OPEN: i64 = 1;
/// It is not.
const KEPT_BACK: i64 = 2;

/// A year that never comes: what is kept for good does not end.
pub const NEVER: i64 = 9_999;

pub(crate) fn rows(archive: &Archive, id: &MatterId) -> Vec<Row> {
    let Some(title) = &archive.title else { return Vec::new() };
    let number = &title.number;
    let last = archive.tests.last();
    let asked = archive.loans.iter().any(|loan| loan.state == LoanState::Asked);
    let year = |year: Option<i16>| Datum::Int(year.map_or(NEVER, i64::from));
    let row = Row {
        table: &ARCHIVES,
        values: vec![
            Datum::text(id.as_str()),
            Datum::text(title.source.as_str()),
            Datum::text(title.unit.as_str()),
            Datum::text(number.to_string()),
            Datum::text(number.series()),
            Datum::Int(number.item.into()),
            Datum::Int(number.year.into()),
            Datum::text(number.retention.as_str()),
            Datum::text(title.title.as_str()),
            Datum::text(title.document_number.as_str()),
            Datum::text(title.responsible.as_str()),
            Datum::text(title.sort.as_str()),
            Datum::Int(title.formed.0),
            Datum::Int(archive.registered.0),
            Datum::Int(archive.packet.is_some().into()),
            Datum::Int(last.map_or(0, |(time, _)| time.0)),
            Datum::Int(last.is_some_and(|(_, test)| test.passed()).into()),
            Datum::Int(asked.into()),
            Datum::Int(archive.destruction.is_some().into()),
            year(archive.opens()),
            year(archive.ends()),
            Datum::Int(archive.destroyed.is_some().into()),
            Datum::Int(match &archive.opening {
                None => UNDECIDED,
                Some(opening) if opening.open => OPEN,
                Some(_) => KEPT_BACK,
            }),
        ],
    };
    let showing = Showing { title: &title.title, unit: &title.unit_name, urgency: "" };
    let mut rows = vec![row, part_row(id, &Holder::Unit(title.unit.clone()))];
    rows.extend(archive.messages.rows(id, id, showing));
    rows
}
