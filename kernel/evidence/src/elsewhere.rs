//! The checkpoints a third time, in a folder on another disk or machine: each is left in the
//! outbox with the commit that logs it, and carried there as soon as the folder can be written.

use crate::copies::{self, COPIES_FILE};
use lingnan_journal::{Datum, Fault};
use lingnan_store::{Carry, Delivery, Statement};
use std::path::PathBuf;
use std::sync::Arc;

/// The topic of parcels that hold a signed checkpoint.
pub const COPY_TOPIC: &str = "checkpoint_copy";

/// A checkpoint's number among the parcels of the last act it covers: acts count theirs from 0.
const NUMBER: i64 = 1 << 32;
const DELETE: &str = "delete from outbox where seq = $1 and number = $2";
const INSERT: &str =
    "insert into outbox (seq, number, topic, body, attempts) values ($1, $2, $3, $4, 0)";

/// Leaves the checkpoint of `size` acts for the courier, in place of one that is still there from
/// a database that has lost the checkpoint itself.
pub(crate) fn parcel(size: u64, note: &str) -> [Statement; 2] {
    let place = vec![Datum::count(size.saturating_sub(1)), Datum::Int(NUMBER)];
    let body = Datum::Text(serde_json::Value::from(note).to_string());
    let mut values = place.clone();
    values.extend([Datum::text(COPY_TOPIC), body]);
    [Statement::new(DELETE, place), Statement::new(INSERT, values)]
}

/// Carries checkpoints to the file in `folder`. The folder is not made: a disk that is not there
/// must not be mistaken for one that is.
#[must_use]
pub fn carry_to(folder: PathBuf) -> Arc<Carry> {
    Arc::new(move |delivery: &Delivery| {
        let path = folder.join(COPIES_FILE);
        let note = delivery.body.as_str();
        let note = note.ok_or_else(|| Fault::corrupt("outbox", delivery.seq, &"no note"));
        let note = note.map_err(|fault| fault.to_string())?;
        copies::append(&path, note).map_err(|error| format!("{}: {error}", path.display()))
    })
}
