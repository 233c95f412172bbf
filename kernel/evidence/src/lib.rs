//! 存证: the cell's transparency log over its journal, and the verifier that trusts nothing but
//! what is stored and one key.

mod notary;
mod tables;
mod verify;

pub use notary::{CHECKPOINT_EVERY_MS, Evidence, Proof, SignedCheckpoint};
pub use tables::SIDE_TABLES;
pub use verify::{Finding, Report, verify};
