//! 时限 as rows: when the platform must look at a matter again.

use lingnan_base::Timestamp;
use lingnan_journal::{Column, Datum, MatterId, Row, Table};

/// Matters that wait for a moment, one row each: a limit, a warning, a wait, an acknowledgement.
pub static TIMERS: Table = Table {
    name: "work_timer",
    version: 1,
    columns: &[Column::text("matter"), Column::int("at_ms")],
    key_columns: 1,
    indexes: &["(at_ms, matter)"],
};

/// The row of a matter that is to be looked at again.
#[must_use]
pub fn timer_row(id: &MatterId, at: Timestamp) -> Row {
    Row { table: &TIMERS, values: vec![Datum::text(id.as_str()), Datum::Int(at.0)] }
}
