//! C2SP transparency log parts that could live alone: the RFC 6962 tree, tiles, signed notes,
//! checkpoints and offline proofs. Pure: no I/O, no clock, no randomness.

mod bundle;
mod entry;
mod hash;
mod note;
mod proof;
mod tiles;

pub use bundle::{Bundle, BundleError};
pub use entry::entry;
pub use hash::Hash;
pub use note::{Checkpoint, NoteError, Signer, Verifier};
pub use proof::{consistency, inclusion, verify_consistency, verify_inclusion};
pub use tiles::{TILE_WIDTH, Tile, Tiles, root_of_tails};
