//! 待办 as rows: what every module's running matters show in one inbox.

use crate::instance::Instance;
use lingnan_journal::{Column, Datum, MatterId, Row, Table};

/// Open tickets, one row each; the inbox reads nothing else.
pub static TICKETS: Table = Table {
    name: "inbox_ticket",
    version: 2,
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
        Column::int("provisional"),
    ],
    key_columns: 2,
    indexes: &["(holder, due_ms, matter, ticket)"],
};

/// What a post has handled, one row a matter and post.
pub static HANDLED: Table = Table {
    name: "inbox_handled",
    version: 1,
    columns: &[
        Column::text("matter"),
        Column::text("post"),
        Column::text("title"),
        Column::text("unit"),
        Column::text("urgency"),
        Column::text("step"),
        Column::text("state"),
        Column::int("handled_ms"),
    ],
    key_columns: 2,
    indexes: &["(post, handled_ms, matter)"],
};

/// What a post has begun, one row a matter.
pub static BEGUN: Table = Table {
    name: "inbox_begun",
    version: 1,
    columns: &[
        Column::text("matter"),
        Column::text("post"),
        Column::text("title"),
        Column::text("unit"),
        Column::text("urgency"),
        Column::text("step"),
        Column::text("state"),
        Column::int("touched_ms"),
    ],
    key_columns: 1,
    indexes: &["(post, touched_ms, matter)"],
};

/// 传阅、抄送 that wait for their reader, one row each.
pub static NOTICES: Table = Table {
    name: "inbox_notice",
    version: 1,
    columns: &[
        Column::text("matter"),
        Column::int("notice"),
        Column::text("post"),
        Column::text("step"),
        Column::text("title"),
        Column::text("unit"),
        Column::int("receipt"),
        Column::text("state"),
        Column::int("sent_ms"),
    ],
    key_columns: 2,
    indexes: &["(post, state, sent_ms, matter)"],
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

/// A line of what was handled or begun.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The matter.
    pub showing: Showing<'a>,
    /// Where it stands.
    pub step: &'a str,
    /// How it stands as a whole.
    pub state: &'a str,
    /// When it was handled or last touched.
    pub time_ms: i64,
}

/// A row of [`HANDLED`].
#[must_use]
pub fn handled_row(matter: &MatterId, post: &str, line: Line<'_>) -> Row {
    line_row(&HANDLED, matter, post, line)
}

/// A row of [`BEGUN`].
#[must_use]
pub fn begun_row(matter: &MatterId, post: &str, line: Line<'_>) -> Row {
    line_row(&BEGUN, matter, post, line)
}

fn line_row(table: &'static Table, matter: &MatterId, post: &str, line: Line<'_>) -> Row {
    let values = vec![
        Datum::text(matter.as_str()),
        Datum::text(post),
        Datum::text(line.showing.title),
        Datum::text(line.showing.unit),
        Datum::text(line.showing.urgency),
        Datum::text(line.step),
        Datum::text(line.state),
        Datum::Int(line.time_ms),
    ];
    Row { table, values }
}

/// The notices of a process, those that are done with included.
#[must_use]
pub fn notice_rows(matter: &MatterId, instance: &Instance, showing: Showing<'_>) -> Vec<Row> {
    let numbered = (0_i64..).zip(instance.notices());
    numbered
        .map(|(number, notice)| Row {
            table: &NOTICES,
            values: vec![
                Datum::text(matter.as_str()),
                Datum::Int(number),
                Datum::text(notice.holder.0.as_ref()),
                Datum::text(instance.step_of_notice(notice).map_or("", |step| &*step.name)),
                Datum::text(showing.title),
                Datum::text(showing.unit),
                Datum::Int(notice.receipt.into()),
                Datum::text(if notice.is_done() { "done" } else { "waiting" }),
                Datum::Int(notice.at.0),
            ],
        })
        .collect()
}

/// What is asked of somebody, as a row of [`TICKETS`].
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Of which post.
    pub holder: &'a str,
    /// The step's id.
    pub node: &'a str,
    /// What to call it.
    pub step: &'a str,
    /// Since when.
    pub opened_ms: i64,
    /// Until when; [`NO_DUE_MS`] when not limited.
    pub due_ms: i64,
    /// Whether that is reckoned by statute until the year's notice is in.
    pub due_provisional: bool,
}

/// A row of [`TICKETS`]; `number` is the ticket's, or below 0 where none is meant.
#[must_use]
pub fn asked_row(matter: &MatterId, number: i64, showing: Showing<'_>, asked: Asked<'_>) -> Row {
    let values = vec![
        Datum::text(matter.as_str()),
        Datum::Int(number),
        Datum::text(asked.holder),
        Datum::text(asked.node),
        Datum::text(asked.step),
        Datum::text(showing.title),
        Datum::text(showing.unit),
        Datum::text(showing.urgency),
        Datum::Int(asked.opened_ms),
        Datum::Int(asked.due_ms),
        Datum::Int(asked.due_provisional.into()),
    ];
    Row { table: &TICKETS, values }
}

/// The inbox rows of a running process.
#[must_use]
pub fn ticket_rows(matter: &MatterId, instance: &Instance, showing: Showing<'_>) -> Vec<Row> {
    let row = |(id, ticket): (crate::TicketId, &crate::Ticket)| {
        let step = instance.step_of(ticket)?;
        let asked = Asked {
            holder: &ticket.holder.0,
            node: &step.id,
            step: &step.name,
            opened_ms: ticket.opened().0,
            due_ms: ticket.due().map_or(NO_DUE_MS, |due| due.0),
            due_provisional: ticket.clock.is_provisional(),
        };
        Some(asked_row(matter, id.0.into(), showing, asked))
    };
    instance.open_tickets().filter_map(row).collect()
}
