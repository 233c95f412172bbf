//! An offline proof (C2SP tlog-proof): salt, place, path and signed checkpoint in one text.

use crate::{Checkpoint, Hash, NoteError, Verifier, verify_inclusion};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// Longest path: a tree of 2⁶⁴ leaves.
const PATH_MAX: usize = 64;

/// Why a bundle proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// The text is not a proof bundle.
    #[error("the text is not a proof bundle")]
    Bundle,
    /// The checkpoint is not accepted.
    #[error("the checkpoint is not accepted")]
    Note(#[from] NoteError),
    /// The checkpoint is of another log than the key's.
    #[error("the checkpoint is of another log")]
    Origin,
    /// The path does not lead from the entry to the root.
    #[error("the entry is not in the log at that place")]
    NotIncluded,
}

/// A proof that an entry is in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Data that is not proved: for an act, its salt.
    pub extra: Vec<u8>,
    /// The entry's place.
    pub index: u64,
    /// The inclusion path.
    pub path: Vec<Hash>,
    /// The signed checkpoint.
    pub note: String,
}

impl Bundle {
    /// The bundle as text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        if !self.extra.is_empty() {
            text.push_str(&format!("extra {}\n", STANDARD.encode(&self.extra)));
        }
        text.push_str(&format!("index {}\n", self.index));
        for hash in &self.path {
            text.push_str(&hash.base64());
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&self.note);
        text
    }

    /// Reads a bundle.
    ///
    /// # Errors
    /// [`BundleError::Bundle`]
    pub fn parse(text: &str) -> Result<Self, BundleError> {
        let read = || {
            let (head, note) = text.split_once("\n\n")?;
            let mut lines = head.lines().peekable();
            if lines.next()? != HEADER {
                return None;
            }
            let mut extra = Vec::new();
            if let Some(encoded) = lines.peek()?.strip_prefix("extra ") {
                extra = STANDARD.decode(encoded).ok()?;
                lines.next();
            }
            let index = lines.next()?.strip_prefix("index ")?;
            let canonical = index == "0" || !index.starts_with(['0', '+', '-']);
            let index = index.parse().ok().filter(|_| canonical)?;
            let path: Option<Vec<Hash>> = lines.map(Hash::from_base64).collect();
            let path = path.filter(|path| path.len() <= PATH_MAX)?;
            Some(Self { extra, index, path, note: note.to_owned() })
        };
        read().ok_or(BundleError::Bundle)
    }

    /// Checks that `entry` is in the log whose key is `verifier`.
    ///
    /// # Errors
    /// [`BundleError`] says what does not fit.
    pub fn verify(&self, entry: &[u8], verifier: &Verifier) -> Result<Checkpoint, BundleError> {
        let checkpoint = Checkpoint::parse(verifier.open(&self.note)?)?;
        if checkpoint.origin != verifier.name() {
            return Err(BundleError::Origin);
        }
        let leaf = Hash::leaf(entry);
        if verify_inclusion(self.index, checkpoint.size, leaf, &self.path, checkpoint.root) {
            Ok(checkpoint)
        } else {
            Err(BundleError::NotIncluded)
        }
    }
}
