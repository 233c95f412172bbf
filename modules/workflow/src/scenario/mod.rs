//! 场景: a case of a process as a civil servant would tell it, and its rehearsal.

mod fields;
mod limits;
mod moments;
mod parse;
mod rehearse;

pub use limits::Limited;
pub use moments::{Moment, moments};
pub use parse::{Deed, Line, Mistake, Said, Scenario};
pub use rehearse::{Rehearsal, Transcript};
