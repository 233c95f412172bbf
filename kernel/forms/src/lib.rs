//! Forms: a small subset of JSON Schema (draft 2020-12) that says what a matter asks to be filled
//! in, how it is laid out, and what of it a step may write, must fill and cannot see; pure.

mod check;
mod form;
mod identity;
mod json;
mod print;
mod read;
mod rights;
mod scope;
mod single;
mod values;

pub use check::{Known, Problem, fill, missing, validate};
pub use form::{Counts, Field, Form, Integers, Kind, Numbers, Reference, Section};
pub use json::Mistake;
pub use rights::{Rights, Write, visible};
pub use scope::{Term, scope, yuan};
pub use values::Values;
