//! Who handles a step of a process, and until when: the who-grammar and the times of the notation,
//! answered from the directory, the working calendar and the matter's form.
//!
#![doc = include_str!("../README.md")]

mod place;
mod setting;
mod times;
mod who;

pub use setting::Setting;
pub use who::{Handlers, may_start};
