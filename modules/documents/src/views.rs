//! Read tables of documents and receipts: rows as a function of a matter's state.

use crate::incoming::{Incoming, IncomingState};
use crate::model::{Document, OpinionRecord, State};
use crate::setting;
use lingnan_auth::{Holder, part_row};
use lingnan_base::{PostId, UnitId};
use lingnan_flow::closing::{Closing, Standing, closing_row};
use lingnan_flow::inbox::{self, Line, Showing};
use lingnan_flow::{Definition, Instance};
use lingnan_journal::{Column, Datum, MatterId, Row, Table};
use std::collections::BTreeMap;

/// Documents, one row each.
pub static DOCUMENTS: Table = Table {
    name: "document",
    version: 1,
    columns: &[
        Column::text("matter"),
        Column::text("title"),
        Column::text("document_type"),
        Column::text("urgency"),
        Column::text("unit"),
        Column::text("unit_name"),
        Column::text("drafter"),
        Column::text("state"),
        Column::text("number"),
        Column::text("step"),
        Column::int("touched_ms"),
    ],
    key_columns: 1,
    indexes: &["(drafter, touched_ms, matter)", "(unit, touched_ms, matter)"],
};

/// 废止、失效目录: documents that are in force no more, one row each.
pub static REPEALED: Table = Table {
    name: "document_repealed",
    version: 1,
    columns: &[
        Column::text("matter"),
        Column::text("unit"),
        Column::text("title"),
        Column::text("number"),
        Column::text("way"),
        Column::text("by_document"),
        Column::text("by_number"),
        Column::int("ended_ms"),
    ],
    key_columns: 1,
    indexes: &["(unit, ended_ms, matter)"],
};

/// Who received which document, one row a unit.
pub static RECEIPTS: Table = Table {
    name: "document_receipt",
    version: 2,
    columns: &[
        Column::text("matter"),
        Column::text("document"),
        Column::text("parent"),
        Column::text("unit"),
        Column::text("unit_name"),
        Column::text("title"),
        Column::text("number"),
        Column::text("sender"),
        Column::text("urgency"),
        Column::int("copy"),
        Column::text("state"),
        Column::int("delivered_ms"),
        Column::int("acknowledged_ms"),
        Column::text("acknowledged_by"),
        Column::int("acknowledge_by_ms"),
        Column::int("returned_ms"),
        Column::text("return_reason"),
        Column::int("touched_ms"),
    ],
    key_columns: 1,
    indexes: &["(document, unit)", "(unit, delivered_ms, matter)", "(parent)"],
};

/// Rows of an outgoing document.
pub(crate) fn document_rows(document: &Document, id: &MatterId) -> Vec<Row> {
    let (Some(unit), Some(drafter), Some(head)) =
        (&document.unit, &document.drafter, &document.head)
    else {
        return Vec::new();
    };
    let definition = &setting::outgoing().definition;
    let step = document.flow.as_ref().map(|flow| steps(definition, flow)).unwrap_or_default();
    let number = document.number.as_ref().map(|number| number.text.as_str());
    let mut rows = vec![Row {
        table: &DOCUMENTS,
        values: vec![
            Datum::text(id.as_str()),
            Datum::text(head.title.as_str()),
            Datum::text(head.document_type.name()),
            Datum::text(head.urgency.as_str()),
            Datum::text(unit.as_str()),
            Datum::text(document.unit_name.as_str()),
            Datum::text(drafter.as_str()),
            Datum::text(document.state.as_str()),
            Datum::optional_text(number),
            Datum::text(step.as_str()),
            Datum::Int(document.touched.0),
        ],
    }];
    rows.extend(repealed_row(document, id));
    let mut parts = vec![Holder::Post(drafter.clone())];
    let urgency = head.urgency.as_str();
    let showing = Showing { title: &head.title, unit: &document.unit_name, urgency };
    if let Some(flow) = &document.flow {
        rows.extend(inbox::ticket_rows(id, flow, showing));
        parts.push(Holder::Unit(unit.clone()));
        parts.extend(flow_parts(flow));
    }
    rows.extend(part_rows(id, parts));
    let (state, time_ms) = (document.state.as_str(), document.touched.0);
    let line = Line { showing, step: &step, state, time_ms };
    rows.push(inbox::begun_row(id, drafter.as_str(), line));
    rows.extend(handled_rows(id, &document.opinions, line));
    rows.extend(document.messages.rows(id, id, showing));
    let standing = match document.state {
        State::Draft | State::Running => None,
        State::Concluded => Some(Standing::Undecided),
        State::Archived => Some(Standing::Kept),
    };
    let (unit, title, sort) = (unit.as_str(), &*head.title, head.document_type.name());
    let closing = |standing| Closing { unit, title, sort, standing, ended_ms: time_ms };
    rows.extend(standing.map(|standing| closing_row(id, closing(standing))));
    rows
}

fn repealed_row(document: &Document, id: &MatterId) -> Option<Row> {
    let (unit, ended) = (document.unit.as_ref()?, document.ended?);
    let ways = [("repealed", &document.repealed), ("replaced", &document.replaced)];
    let (way, by) = ways.into_iter().find_map(|(way, by)| Some((way, by.as_ref()?)))?;
    let number = document.number.as_ref().map(|number| number.text.as_str());
    Some(Row {
        table: &REPEALED,
        values: vec![
            Datum::text(id.as_str()),
            Datum::text(unit.as_str()),
            Datum::text(document.title()),
            Datum::text(number.unwrap_or_default()),
            Datum::text(way),
            Datum::text(by.0.as_str()),
            Datum::text(by.1.as_str()),
            Datum::Int(ended.0),
        ],
    })
}

/// Rows of a received document.
pub(crate) fn incoming_rows(incoming: &Incoming, id: &MatterId) -> Vec<Row> {
    let Some(received) = &incoming.received else { return Vec::new() };
    let definition = &setting::incoming().definition;
    let (ack, returned) = (incoming.acknowledged.as_ref(), incoming.returned.as_ref());
    let by = ack.map(|(label, _)| format!("{} {}", label.post, label.person));
    let mut rows = vec![Row {
        table: &RECEIPTS,
        values: vec![
            Datum::text(id.as_str()),
            Datum::optional_text(received.document.as_ref().map(MatterId::as_str)),
            Datum::optional_text(received.parent.as_ref().map(MatterId::as_str)),
            Datum::text(received.unit.as_str()),
            Datum::text(received.unit_name.as_str()),
            Datum::text(received.title.as_str()),
            Datum::text(received.number.as_str()),
            Datum::text(received.sender.as_str()),
            Datum::text(received.urgency.as_str()),
            Datum::Int(received.copy.into()),
            Datum::text(incoming.state.as_str()),
            Datum::Int(incoming.delivered.0),
            Datum::optional_time(ack.map(|(_, time)| *time)),
            Datum::optional_text(by.as_deref()),
            Datum::optional_time(incoming.acknowledge_by()),
            Datum::optional_time(returned.map(|(_, time)| *time)),
            Datum::optional_text(returned.map(|(reason, _)| reason.as_str())),
            Datum::Int(incoming.touched.0),
        ],
    }];
    let mut parts = vec![Holder::Unit(received.unit.clone())];
    let mut step = String::new();
    let urgency = received.urgency.as_str();
    let showing = Showing { title: &received.title, unit: &received.sender, urgency };
    if let Some(flow) = &incoming.flow {
        rows.extend(inbox::ticket_rows(id, flow, showing));
        rows.extend(inbox::notice_rows(id, flow, showing));
        parts.extend(flow_parts(flow));
        step = steps(definition, flow);
    }
    rows.extend(part_rows(id, parts));
    let (state, time_ms) = (incoming.state.as_str(), incoming.touched.0);
    let line = Line { showing, step: &step, state, time_ms };
    rows.extend(handled_rows(id, &incoming.opinions, line));
    let waits = incoming.acknowledge_by().filter(|_| !incoming.late);
    rows.extend(waits.map(|at| lingnan_flow::timer::timer_row(id, at)));
    rows.extend(incoming.messages.rows(id, id, showing));
    let within = received.document.iter().chain(&received.parent);
    rows.extend(within.map(|within| lingnan_api::echo_row(id, within)));
    let standing = match incoming.state {
        IncomingState::Concluded => Some(Standing::Undecided),
        IncomingState::Archived => Some(Standing::Kept),
        IncomingState::Delivered
        | IncomingState::Acknowledged
        | IncomingState::Returned
        | IncomingState::Recalled => None,
    };
    let (unit, title) = (received.unit.as_str(), &*received.title);
    let closing = |standing| Closing { unit, title, sort: "收文", standing, ended_ms: time_ms };
    rows.extend(standing.map(|standing| closing_row(id, closing(standing))));
    rows
}

/// Names of the nodes being handled, for lists.
pub(crate) fn steps(definition: &Definition, flow: &Instance) -> String {
    let line = flow.state_line(definition);
    let active = line.iter().filter(|s| s.standing == lingnan_flow::NodeStanding::Active);
    active.map(|stage| stage.node.name()).collect::<Vec<_>>().join("、")
}

fn flow_parts(flow: &Instance) -> Vec<Holder> {
    let posts = flow.tickets().flat_map(|(_, t)| [&t.holder, &t.owner]);
    let posts = posts.chain(flow.notices().iter().map(|notice| &notice.holder));
    posts.filter_map(|holder| PostId::parse(&holder.0).ok()).map(Holder::Post).collect()
}

fn part_rows(id: &MatterId, parts: Vec<Holder>) -> Vec<Row> {
    let distinct: std::collections::BTreeSet<Holder> = parts.into_iter().collect();
    distinct.iter().map(|holder| part_row(id, holder)).collect()
}

fn handled_rows(id: &MatterId, opinions: &[OpinionRecord], line: Line<'_>) -> Vec<Row> {
    let mut last: BTreeMap<&PostId, i64> = BTreeMap::new();
    for opinion in opinions {
        if let Some(seat) = &opinion.seat {
            last.insert(&seat.post, opinion.time.0);
        }
    }
    let row = |(post, time_ms): (&PostId, i64)| {
        inbox::handled_row(id, post.as_str(), Line { time_ms, ..line })
    };
    last.into_iter().map(row).collect()
}

/// The key of what `unit` receives of a document.
pub(crate) fn receipt_key(document: &MatterId, unit: &UnitId) -> String {
    format!("{}.{unit}", document.key())
}
