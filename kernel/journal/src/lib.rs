//! The journal's nouns and rules: acts, matters, facts, drafts and rows; pure, no engine.
//!
//! A command is judged against a [`Draft`]: it reads matters, records facts, and either all of
//! its facts become one [`Act`] or a [`Refusal`] says which rule is broken.
//! What officials see at once (inbox, lists, counters) are [`Row`]s, a pure function of a
//! matter's state; the store writes the difference of a matter's rows before and after an act in
//! the same transaction.

mod act;
mod actor;
pub mod canonical;
mod draft;
mod matter;
mod refusal;
mod registry;
mod row;

pub use act::{Act, ActId, ActIdError, Change, Sealed, commitment};
pub use actor::{Actor, Label, Seat};
pub use draft::{
    Answer, Command, Door, Draft, EmptyDoor, FACTS_MAX, Outcome, Parcel, Stop, StoredFact,
    StoredMatter, StoredSnapshot, request_digest,
};
pub use matter::{Held, Loaded, Matter, MatterId, MatterIdError, Stamp};
pub use refusal::{Fault, Kind, Refusal};
pub use registry::Registry;
pub use row::{Column, ColumnKind, Datum, Row, RowChange, Table, difference};
