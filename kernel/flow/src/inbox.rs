//! 待办 as rows: what every module's running matters show in one inbox.

use crate::instance::Instance;
use lingnan_journal::{Column, Datum, MatterId, Row, Table};

/// Open tickets, one row each; the inbox reads nothing else.
pub static TICKETS: Table = Table {
    name: "inbox_ticket",
    version: 1,
    columns: &[
        Column::text("matter"),
        Column::int("ticket"),
        Column::text("holder"),
        Column::text("node"),
        Column::text("step"),
        Column::text("title"),
        Column::text("unit"),
        Column::text("urgency"),
        Column::int("opened_ms"),
        Column::int("due_ms"),
    ],
    key_columns: 2,
    indexes: &["(holder, due_ms, matter, ticket)"],
};

/// A due time for tickets without a limit, so that one index sorts them after the others.
pub const NO_DUE_MS: i64 = i64::MAX;

/// What a matter shows of itself in the inbox.
#[derive(Debug, Clone, Copy)]
pub struct Showing<'a> {
    /// Its title.
    pub title: &'a str,
    /// Short name of the unit it comes from.
    pub unit: &'a str,
    /// Its urgency, as text.
    pub urgency: &'a str,
}

/// The inbox rows of a running process.
#[must_use]
pub fn ticket_rows(matter: &MatterId, instance: &Instance, showing: Showing<'_>) -> Vec<Row> {
    let row = |(id, ticket): (crate::TicketId, &crate::Ticket)| {
        let step = instance.step_of(ticket)?;
        Some(Row {
            table: &TICKETS,
            values: vec![
                Datum::text(matter.as_str()),
                Datum::Int(id.0.into()),
                Datum::text(ticket.holder.0.as_ref()),
                Datum::text(&*step.id),
                Datum::text(&*step.name),
                Datum::text(showing.title),
                Datum::text(showing.unit),
                Datum::text(showing.urgency),
                Datum::Int(ticket.opened().0),
                Datum::Int(ticket.due().map_or(NO_DUE_MS, |due| due.0)),
            ],
        })
    };
    instance.open_tickets().filter_map(row).collect()
}
