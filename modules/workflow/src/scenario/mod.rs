//! 场景: a case of a process as a civil servant would tell it, and its rehearsal.

mod fields;
mod parse;
mod rehearse;

pub use parse::{Deed, Line, Mistake, Said, Scenario};
pub use rehearse::{Rehearsal, Transcript};
