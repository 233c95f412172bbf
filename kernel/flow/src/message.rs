//! 消息: what concerns a post and is no work of its own: told once, kept with the matter that
//! tells it.

use crate::inbox::Showing;
use crate::instance::{Change, Fact, Holder, Instance, Mark, Origin, TicketId, TicketState};
use lingnan_base::Timestamp;
use lingnan_journal::{Column, Datum, MatterId, Row, Stamp, Table};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, VecDeque};

/// Messages to posts, one row each; whether they were read is not of the journal.
pub static MESSAGES: Table = Table {
    name: "message",
    version: 1,
    columns: &[
        Column::text("message"),
        Column::text("post"),
        Column::text("about"),
        Column::text("kind"),
        Column::text("title"),
        Column::text("unit"),
        Column::text("step"),
        Column::text("teller"),
        Column::text("words"),
        Column::int("time_ms"),
    ],
    key_columns: 1,
    indexes: &["(post, time_ms, message)"],
};

/// Most messages kept of one matter, the newest: more than any matter has in a year's work.
const KEPT_MAX: usize = 200;

/// What happened that concerns somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// 退回: it is back with him.
    Returned,
    /// 转办、委派: it was given into his hands.
    Handed,
    /// 加签: he is asked for his view.
    Asked,
    /// 待批: he is to decide what another asks for.
    Wanted,
    /// 批复: what he asked for was decided.
    Answered,
    /// 催办
    Urged,
    /// 撤回: what he had in hand was taken back.
    Withdrawn,
    /// It is soon due.
    Warned,
    /// 黄牌
    Yellow,
    /// 红牌
    Red,
    /// 退文: a unit sent back what it received.
    SentBack,
    /// 超时未签收
    Late,
    /// Every unit it was sent to has answered.
    Receipted,
    /// 办结
    Concluded,
    /// 不同意
    Rejected,
    /// 终止
    Terminated,
}

impl Happened {
    /// As stored in rows.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Returned => "returned",
            Self::Handed => "handed",
            Self::Asked => "asked",
            Self::Wanted => "wanted",
            Self::Answered => "answered",
            Self::Urged => "urged",
            Self::Withdrawn => "withdrawn",
            Self::Warned => "warned",
            Self::Yellow => "yellow",
            Self::Red => "red",
            Self::SentBack => "sent_back",
            Self::Late => "late",
            Self::Receipted => "receipted",
            Self::Concluded => "concluded",
            Self::Rejected => "rejected",
            Self::Terminated => "terminated",
        }
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    number: u32,
    to: Holder,
    what: Happened,
    step: String,
    teller: String,
    words: String,
    time: Timestamp,
}

/// What one matter has told, the newest last.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Messages {
    told: u32,
    kept: VecDeque<Message>,
    /// What was last written, in which act.
    said: Option<(u64, String)>,
}

impl Messages {
    /// Notes what is written in an act: what the act then moves is told with these words.
    pub fn say(&mut self, words: &str, stamp: &Stamp) {
        self.said = Some((stamp.seq, words.to_owned()));
    }

    /// What was written in this act; empty when nothing was.
    #[must_use]
    pub fn said(&self, stamp: &Stamp) -> String {
        let said = self.said.as_ref().filter(|(seq, _)| *seq == stamp.seq);
        said.map(|(_, words)| words.clone()).unwrap_or_default()
    }

    /// Tells `to`, unless he did it himself.
    pub fn tell(&mut self, to: Holder, what: Happened, step: &str, words: &str, stamp: &Stamp) {
        let own = stamp.actor.seat().is_some_and(|seat| seat.post.as_str() == &*to.0);
        if own {
            return;
        }
        let label = stamp.actor.label();
        let by_person = stamp.actor.seat().is_some();
        self.kept.push_back(Message {
            number: self.told,
            to,
            what,
            step: step.to_owned(),
            teller: if by_person {
                format!("{} {}", label.unit, label.person)
            } else {
                String::new()
            },
            words: words.to_owned(),
            time: stamp.time,
        });
        self.told = self.told.saturating_add(1);
        if self.kept.len() > KEPT_MAX {
            self.kept.pop_front();
        }
    }

    /// Tells whom a move of the process concerns; `flow` stands as after it.
    pub fn follow(&mut self, flow: &Instance, fact: &Fact, stamp: &Stamp) {
        let words = fact.reason.as_deref().map_or_else(|| self.said(stamp), str::to_owned);
        let mut told = BTreeSet::new();
        for (ticket, what) in concerns(flow, fact) {
            let Some(ticket) = flow.ticket(ticket) else { continue };
            if told.insert(ticket.holder.clone()) {
                let step = flow.step_of(ticket).map_or("", |step| &*step.name);
                self.tell(ticket.holder.clone(), what, step, &words, stamp);
            }
        }
    }

    /// The rows of what was told; `about` is the matter to look at.
    #[must_use]
    pub fn rows(&self, source: &MatterId, about: &MatterId, showing: Showing<'_>) -> Vec<Row> {
        let row = |one: &Message| Row {
            table: &MESSAGES,
            values: vec![
                Datum::Text(format!("{source}#{:06}", one.number)),
                Datum::text(&*one.to.0),
                Datum::text(about.as_str()),
                Datum::text(one.what.as_str()),
                Datum::text(showing.title),
                Datum::text(showing.unit),
                Datum::text(one.step.as_str()),
                Datum::text(one.teller.as_str()),
                Datum::text(one.words.as_str()),
                Datum::Int(one.time.0),
            ],
        };
        self.kept.iter().map(row).collect()
    }
}

/// The tickets whose holders a fact concerns, and why; `flow` stands as after it.
fn concerns(flow: &Instance, fact: &Fact) -> Vec<(TicketId, Happened)> {
    let opened = fact.changes.iter().filter(|c| matches!(c, Change::Opened { .. })).count();
    let first = flow.tickets().count().saturating_sub(opened);
    let mut next = u32::try_from(first).unwrap_or(u32::MAX);
    let mut all = Vec::new();
    for change in &fact.changes {
        if let Change::Opened { .. } = change {
            all.extend(on_opening(&fact.operation, change).map(|what| (TicketId(next), what)));
            next = next.saturating_add(1);
        } else {
            all.extend(on_change(flow, &fact.operation, change));
        }
    }
    all
}

fn on_opening(operation: &str, change: &Change) -> Option<Happened> {
    let Change::Opened { origin, state: TicketState::Open, .. } = change else { return None };
    match (operation, origin) {
        ("return" | "child_returned", Origin::Resolve) => Some(Happened::Returned),
        ("jump", Origin::Resolve) => Some(Happened::Handed),
        (_, Origin::Before | Origin::After | Origin::Join) => Some(Happened::Asked),
        _ => None,
    }
}

fn on_change(flow: &Instance, operation: &str, change: &Change) -> Vec<(TicketId, Happened)> {
    match change {
        Change::Handed { ticket, .. } if operation != "withdraw" => {
            vec![(*ticket, Happened::Handed)]
        }
        Change::Urged { ticket, .. } => vec![(*ticket, Happened::Urged)],
        Change::Ticket { ticket, state: TicketState::Cancelled, .. }
            if matches!(operation, "withdraw" | "revoke" | "terminate") =>
        {
            vec![(*ticket, Happened::Withdrawn)]
        }
        Change::Marked { ticket: Some(ticket), mark, .. } => vec![(*ticket, marked(*mark))],
        Change::Marked { ticket: None, mark, .. } => {
            flow.open_tickets().map(|(ticket, _)| (ticket, marked(*mark))).collect()
        }
        _ => Vec::new(),
    }
}

const fn marked(mark: Mark) -> Happened {
    match mark {
        Mark::Warned => Happened::Warned,
        Mark::Yellow => Happened::Yellow,
        Mark::Red => Happened::Red,
    }
}
