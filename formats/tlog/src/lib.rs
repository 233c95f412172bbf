//! C2SP transparency log parts that could live alone: pure, no I/O, no clock, no randomness.
#![doc = include_str!("../README.md")]

mod bundle;
mod checkpoint;
mod cosignature;
mod entries;
mod entry;
mod error;
mod hash;
mod key;
#[cfg(test)]
mod key_vectors;
mod note;
mod policy;
mod proof;
mod range;
mod text;
mod tile;
mod tiles;

pub use bundle::Bundle;
pub use checkpoint::Checkpoint;
pub use cosignature::{Cosigner, Stamp, Witness};
pub use entries::{ENTRY_BYTES_MAX, read_entries, write_entries};
pub use entry::{Entry, commitment, entry};
pub use error::Error;
pub use hash::Hash;
pub use note::{Note, NoteSignature, Signer, Verifier};
pub use policy::{CLOCK_SKEW_SECONDS, Cosigned, Member, Policy, Proved, Verdict};
pub use proof::{consistency, inclusion, verify_consistency, verify_inclusion};
pub use range::{Node, Range, SIZE_MAX};
pub use tile::{TILE_WIDTH, Tile, TileKind, TilePath, node_in_tiles};
pub use tiles::{Tiles, root_of_tails};
