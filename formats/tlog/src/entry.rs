//! The log's entry: what an outsider sees of an act, and how its commitment is opened.

use crate::text::{decimal, decode, encode};
use crate::{Error, Hash};
use sha2::{Digest, Sha256};

const HEADER: &str = "govact/v1";
/// Keeps commitments apart from every other use of SHA-256.
const COMMIT_LABEL: &[u8] = b"govact-commit/v1\0";

/// The entry of an act: nothing personal, nothing but its place and a commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The cell that did the act.
    pub cell: String,
    /// The act's place in the cell's journal.
    pub seq: u64,
    /// The salted commitment to what was done.
    pub commitment: [u8; 32],
}

impl Entry {
    /// The four lines that are hashed.
    #[must_use]
    pub fn text(&self) -> String {
        entry(&self.cell, self.seq, &self.commitment)
    }

    /// The leaf hash of the four lines.
    #[must_use]
    pub fn leaf(&self) -> Hash {
        Hash::leaf(self.text().as_bytes())
    }

    /// Reads an entry; only the exact four lines are accepted.
    ///
    /// # Errors
    /// [`Error::Entry`]
    pub fn parse(text: &str) -> Result<Self, Error> {
        let read = || {
            let mut lines = text.split('\n');
            lines.next().filter(|line| *line == HEADER)?;
            let cell = lines.next()?.strip_prefix("cell ")?.to_owned();
            let seq = decimal(lines.next()?.strip_prefix("seq ")?)?;
            let commitment = decode(lines.next()?.strip_prefix("commit sha256:")?)?;
            let plain = !cell.is_empty() && !cell.contains(|c: char| c.is_whitespace() || c < ' ');
            let entry = Self { cell, seq, commitment: commitment.try_into().ok()? };
            Some(entry).filter(|entry| plain && entry.text() == text)
        };
        read().ok_or(Error::Entry)
    }

    /// Whether salt and payload are what the entry commits to.
    #[must_use]
    pub fn opens_with(&self, salt: &[u8; 32], payload: &[u8]) -> bool {
        commitment(salt, payload) == self.commitment
    }
}

/// The entry of an act, four lines: format, cell, place, commitment. Nothing personal.
#[must_use]
pub fn entry(cell: &str, seq: u64, commitment: &[u8; 32]) -> String {
    let commitment = encode(commitment);
    format!("{HEADER}\ncell {cell}\nseq {seq}\ncommit sha256:{commitment}\n")
}

/// `SHA-256("govact-commit/v1\0" ‖ salt ‖ payload)`: binds to the payload, and hides it for as
/// long as the salt is secret; destroying the salt erases.
#[must_use]
pub fn commitment(salt: &[u8; 32], payload: &[u8]) -> [u8; 32] {
    let hasher = Sha256::new().chain_update(COMMIT_LABEL).chain_update(salt);
    hasher.chain_update(payload).finalize().into()
}
