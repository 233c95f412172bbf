//! The crate against expressions with known values, hostile texts, and laws over chance ones.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a panic here is a failed test")]

mod bulk;
mod conditions;
mod expressions;
mod hostile;
mod models;
mod tck;
