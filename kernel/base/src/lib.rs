//! Ids, time, chance and the working-day calendar: values that every tier shares, all pure.

pub mod calendar;
mod chance;
mod clock;
pub mod id;
mod statutory;
mod time;

pub use calendar::{Calendar, CalendarError};
pub use chance::Chance;
pub use clock::{Clock, FixedClock};
pub use id::{IdError, PersonId, PostId, UnitId};
pub use time::Timestamp;
