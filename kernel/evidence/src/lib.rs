//! 存证: the cell's transparency log over its journal, and the verifier that trusts nothing but
//! what is stored and one key.

mod copies;
mod elsewhere;
mod notary;
mod rebuild;
mod tables;
mod verify;

pub use copies::COPIES_FILE;
pub use elsewhere::{COPY_TOPIC, carry_to};
pub use notary::{
    CHECKPOINT_EVERY_MS, Content, Elsewhere, Evidence, Opening, Proof, SignedCheckpoint,
};
pub use tables::SIDE_TABLES;
pub use verify::{Audit, Extent, Finding, Report, Running, verify};
