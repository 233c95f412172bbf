//! 办结 as rows: what every module's matters show when they come to their end, so that none is
//! left without an archive; and the parcel by which one that is filed reaches the archives.

use lingnan_journal::{Column, Datum, MatterId, Parcel, Row, Table};

/// Matters that are concluded, one row each.
pub static CLOSINGS: Table = Table {
    name: "matter_closing",
    version: 1,
    columns: &[
        Column::text("matter"),
        Column::text("unit"),
        Column::text("title"),
        Column::text("sort"),
        Column::text("standing"),
        Column::int("ended_ms"),
    ],
    key_columns: 1,
    indexes: &["(standing, ended_ms, matter)", "(unit, standing, ended_ms, matter)"],
};

/// Parcels that name a matter which was put in the archives and needs a packet.
pub const FILING_TOPIC: &str = "filing";

/// Whether a concluded matter is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// 已办结, and nobody has decided yet.
    Undecided,
    /// 已归档
    Kept,
    /// 不归档, by a decision that is on record.
    NotKept,
}

impl Standing {
    /// As stored in rows.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Kept => "kept",
            Self::NotKept => "not_kept",
        }
    }
}

/// A concluded matter, as lists show it.
#[derive(Debug, Clone, Copy)]
pub struct Closing<'a> {
    /// The unit that must keep it.
    pub unit: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What it is: a type of document, the name of a process.
    pub sort: &'a str,
    /// Whether it is kept.
    pub standing: Standing,
    /// When it came to its end.
    pub ended_ms: i64,
}

/// The row of a concluded matter.
#[must_use]
pub fn closing_row(matter: &MatterId, closing: Closing<'_>) -> Row {
    let values = vec![
        Datum::text(matter.as_str()),
        Datum::text(closing.unit),
        Datum::text(closing.title),
        Datum::text(closing.sort),
        Datum::text(closing.standing.as_str()),
        Datum::Int(closing.ended_ms),
    ];
    Row { table: &CLOSINGS, values }
}

/// What is left for the archives by the act that files a matter.
#[must_use]
pub fn filing(matter: &MatterId) -> Parcel {
    Parcel { topic: FILING_TOPIC, body: serde_json::json!(matter.as_str()) }
}
