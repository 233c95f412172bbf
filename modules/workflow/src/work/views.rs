//! Read tables of matters: rows as a function of a matter's state.

use super::model::{Kept, State, Work};
use lingnan_auth::{Holder, part_row};
use lingnan_base::PostId;
use lingnan_flow::closing::{Closing, Standing, closing_row};
use lingnan_flow::inbox::{self, Line, Showing};
use lingnan_flow::{Clock, Instance};
use lingnan_journal::{Column, Datum, MatterId, Row, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Matters, one row each.
pub static WORKS: Table = Table {
    name: "work",
    version: 2,
    columns: &[
        Column::text("matter"),
        Column::text("code"),
        Column::int("version"),
        Column::text("process_name"),
        Column::text("title"),
        Column::text("number"),
        Column::text("unit"),
        Column::text("unit_name"),
        Column::text("state"),
        Column::text("step"),
        Column::text("light"),
        Column::text("proposed"),
        Column::int("kept"),
        Column::int("started_ms"),
        Column::int("touched_ms"),
        Column::int("due_ms"),
        Column::int("reckoned_to"),
    ],
    key_columns: 1,
    indexes: &[
        "(unit, touched_ms, matter)",
        "(code, state, touched_ms, matter)",
        "(proposed)",
        "(reckoned_to, matter)",
    ],
};

/// Where running matters stand, one row an open ticket; says nothing of what they are about.
pub static STANDING: Table = Table {
    name: "work_standing",
    version: 1,
    columns: &[
        Column::text("matter"),
        Column::int("ticket"),
        Column::text("code"),
        Column::text("step"),
        Column::text("name"),
        Column::text("unit"),
        Column::text("post"),
        Column::text("light"),
        Column::int("opened_ms"),
    ],
    key_columns: 2,
    indexes: &["(code, step)", "(unit)", "(post)"],
};

pub(super) fn rows(work: &Work, id: &MatterId) -> Vec<Row> {
    let (Some(course), Some(unit), Some(starter)) = (&work.course, &work.unit, &work.starter)
    else {
        return Vec::new();
    };
    let step =
        work.flow.as_ref().filter(|_| !work.state.is_over()).map(steps_now).unwrap_or_default();
    let flow = work.flow.as_ref();
    let light = flow.map_or("", |flow| light(flow));
    let reckoned = flow.filter(|_| !work.state.is_over()).and_then(Instance::reckoned_to);
    let proposed = work.proposed.as_ref().map_or("", |p| p.intervention.name());
    let mut rows = vec![Row {
        table: &WORKS,
        values: vec![
            Datum::text(id.as_str()),
            Datum::text(course.code.as_str()),
            Datum::Int(course.version.into()),
            Datum::text(course.name.as_str()),
            Datum::text(work.title.as_str()),
            Datum::optional_text(work.number.as_deref()),
            Datum::text(unit.as_str()),
            Datum::text(work.unit_name.as_str()),
            Datum::text(work.state.as_str()),
            Datum::text(step.as_str()),
            Datum::text(light),
            Datum::text(proposed),
            Datum::Int(work.kept.is_some().into()),
            Datum::Int(work.started.0),
            Datum::Int(work.touched.0),
            Datum::Int(
                flow.and_then(|flow| flow.clock().due).map_or(inbox::NO_DUE_MS, |due| due.0),
            ),
            reckoned.map_or(Datum::Null, |year| Datum::Int(year.into())),
        ],
    }];
    let mut parts = BTreeSet::from([Holder::Post(starter.clone())]);
    let showing = Showing { title: &work.title, unit: &work.unit_name, urgency: "ordinary" };
    if let Some(flow) = flow {
        if work.state != State::Suspended {
            rows.extend(inbox::ticket_rows(id, flow, showing));
            rows.extend(extension_rows(work, id, showing));
        }
        rows.extend(inbox::notice_rows(id, flow, showing));
        rows.extend(work.alarm.map(|at| lingnan_flow::timer::timer_row(id, at)));
        rows.extend(standing_rows(flow, id, &course.code));
        parts.extend(flow_parts(flow));
    }
    let approvers = work.extensions.iter().flat_map(|(_, approvers)| approvers);
    parts.extend(approvers.cloned().map(Holder::Post));
    if work.state != State::Draft {
        parts.insert(Holder::Unit(unit.clone()));
    }
    rows.extend(parts.iter().map(|holder| part_row(id, holder)));
    let line = |time_ms| Line { showing, step: &step, state: work.state.as_str(), time_ms };
    rows.push(inbox::begun_row(id, starter.as_str(), line(work.touched.0)));
    let mut last: BTreeMap<&PostId, i64> = BTreeMap::new();
    for opinion in &work.opinions {
        if let Some(seat) = &opinion.seat {
            last.insert(&seat.post, opinion.time.0);
        }
    }
    rows.extend(
        last.into_iter().map(|(post, time)| inbox::handled_row(id, post.as_str(), line(time))),
    );
    rows.extend(work.messages.rows(id, id, showing));
    if work.state.is_over() {
        rows.push(closing(work, id, (unit.as_str(), &course.name)));
    }
    rows.extend(work.caller.iter().map(|(caller, _)| lingnan_api::echo_row(id, caller)));
    rows
}

fn closing(work: &Work, id: &MatterId, (unit, sort): (&str, &str)) -> Row {
    let standing = match &work.kept {
        None => Standing::Undecided,
        Some(Kept::Archived { .. }) => Standing::Kept,
        Some(Kept::Not { .. }) => Standing::NotKept,
    };
    let (title, ended_ms) = (&*work.title, work.touched.0);
    closing_row(id, Closing { unit, title, sort, standing, ended_ms })
}

/// 延期审批 in the inbox of whoever can grant it; numbered below 0, where there are no tickets.
fn extension_rows(work: &Work, id: &MatterId, showing: Showing<'_>) -> Vec<Row> {
    let each = work.open_extensions().flat_map(|(_, ticket, approvers)| {
        approvers.iter().map(move |approver| (ticket, approver))
    });
    let row = |(number, (ticket, approver)): (i64, (&lingnan_flow::Ticket, &PostId))| {
        let step = work.flow.as_ref()?.step_of(ticket)?;
        let asked = ticket.clock.extension.as_ref()?;
        Some(inbox::asked_row(
            id,
            -number,
            showing,
            inbox::Asked {
                holder: approver.as_str(),
                node: &step.id,
                step: &format!("延期审批（{}）", step.name),
                opened_ms: asked.asked.0,
                due_ms: ticket.due().map_or(inbox::NO_DUE_MS, |due| due.0),
                due_provisional: ticket.clock.is_provisional(),
            },
        ))
    };
    (1_i64..).zip(each).filter_map(row).collect()
}

/// Names of the steps being handled, for lists.
pub(crate) fn steps_now(flow: &Instance) -> String {
    let open = flow.open_tickets().chain(flow.waiting_tickets());
    let mut names: Vec<&str> =
        open.filter_map(|(_, ticket)| flow.step_of(ticket).map(|step| &*step.name)).collect();
    names.dedup();
    names.join("、")
}

/// The worst light that any running clock shows: 红牌, 黄牌, a warning.
pub(crate) fn light(flow: &Instance) -> &'static str {
    let open = flow.open_tickets().map(|(_, ticket)| &ticket.clock);
    open.chain(std::iter::once(flow.clock())).map(light_of).max().unwrap_or((0, "")).1
}

/// A clock's light with how bad it is.
pub(crate) fn light_of(clock: &Clock) -> (u8, &'static str) {
    match clock {
        Clock { red: Some(_), .. } => (3, "red"),
        Clock { yellow: Some(_), .. } => (2, "yellow"),
        Clock { warned: Some(_), .. } => (1, "warned"),
        _ => (0, ""),
    }
}

fn standing_rows<'a>(
    flow: &'a Instance,
    id: &'a MatterId,
    code: &'a str,
) -> impl Iterator<Item = Row> + 'a {
    flow.open_tickets().map(move |(number, ticket)| {
        let step = flow.step_of(ticket);
        let post = ticket.holder.0.as_ref();
        // A post's id is its unit's, a dot and a key.
        let unit = post.rsplit_once('.').map_or("", |(unit, _)| unit);
        Row {
            table: &STANDING,
            values: vec![
                Datum::text(id.as_str()),
                Datum::Int(number.0.into()),
                Datum::text(code),
                Datum::text(step.map_or("", |step| &*step.id)),
                Datum::text(step.map_or("", |step| &*step.name)),
                Datum::text(unit),
                Datum::text(post),
                Datum::text(light_of(&ticket.clock).1),
                Datum::Int(ticket.opened().0),
            ],
        }
    })
}

/// Whoever has or had a ticket or a notice takes part.
fn flow_parts(flow: &Instance) -> impl Iterator<Item = Holder> + '_ {
    let tickets = flow.tickets().flat_map(|(_, ticket)| [&ticket.holder, &ticket.owner]);
    let notices = flow.notices().iter().map(|notice| &notice.holder);
    tickets.chain(notices).filter_map(|holder| PostId::parse(&holder.0).ok()).map(Holder::Post)
}
