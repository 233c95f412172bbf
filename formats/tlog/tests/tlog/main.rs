//! The crate against published vectors, our golden log, and laws over random trees.

#![expect(
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a panic here is a failed test"
)]

mod bundles;
mod golden;
mod laws;
mod notes;
mod strange;
mod tessera;
mod tree;
mod vectors;
