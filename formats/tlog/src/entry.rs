//! The log's entry: what an outsider sees of an act.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The entry of an act, four lines: format, cell, place, commitment. Nothing personal.
#[must_use]
pub fn entry(cell: &str, seq: u64, commitment: &[u8; 32]) -> String {
    let commitment = STANDARD.encode(commitment);
    format!("govact/v1\ncell {cell}\nseq {seq}\ncommit sha256:{commitment}\n")
}
