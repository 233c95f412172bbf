//! The crate against expressions with known values, hostile texts, and laws over chance ones.

#![expect(clippy::unwrap_used, reason = "a panic here is a failed test")]

mod conditions;
mod expressions;
mod hostile;
mod models;
mod tck;
