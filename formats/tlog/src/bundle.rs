//! An offline proof (C2SP tlog-proof): salt, place, path and signed checkpoint in one text.

use crate::text::{decimal, decode, encode};
use crate::{Checkpoint, Error, Hash, Note, Verifier, verify_inclusion};

const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// Longest path: a tree of 2⁶³ leaves.
const PATH_MAX: usize = 63;
/// Bytes of the longest extra data; a salt has 32.
const EXTRA_BYTES_MAX: usize = 65_536;

/// A proof that an entry is in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Data that is not proved: for an act, its salt. Empty when there is none.
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
            text.push_str(&format!("extra {}\n", encode(&self.extra)));
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

    /// Reads a bundle; only what [`Bundle::text`] writes is accepted. The note within is not
    /// looked into.
    ///
    /// # Errors
    /// [`Error::Bundle`]
    pub fn parse(text: &str) -> Result<Self, Error> {
        let read = || {
            let (head, note) = text.split_once("\n\n")?;
            let lines = head.strip_prefix(HEADER)?.strip_prefix('\n')?;
            let mut lines = lines.split('\n').peekable();
            let mut extra = Vec::new();
            if let Some(encoded) = lines.peek()?.strip_prefix("extra ") {
                extra = decode(encoded).filter(|extra| is_extra(extra))?;
                lines.next();
            }
            let index = decimal(lines.next()?.strip_prefix("index ")?)?;
            let path: Vec<Hash> = lines.map(Hash::from_base64).collect::<Option<_>>()?;
            let bundle = Self { extra, index, path, note: note.to_owned() };
            Some(bundle).filter(|bundle| bundle.path.len() <= PATH_MAX && !note.is_empty())
        };
        read().ok_or(Error::Bundle)
    }

    /// Checks that `entry` is in the log whose key is `verifier`. Who else vouches for the log's
    /// head is a matter of [`crate::Policy`].
    ///
    /// # Errors
    /// [`Error`] says what does not fit.
    pub fn verify(&self, entry: &[u8], verifier: &Verifier) -> Result<Checkpoint, Error> {
        // Everything is read before any signature is looked at, so that what is malformed is
        // called so.
        let note = Note::parse(&self.note)?;
        let checkpoint = Checkpoint::parse(note.text())?;
        verifier.check(&note)?;
        if checkpoint.origin != verifier.name() {
            return Err(Error::Origin);
        }
        let leaf = Hash::leaf(entry);
        if verify_inclusion(self.index, checkpoint.size, leaf, &self.path, checkpoint.root) {
            Ok(checkpoint)
        } else {
            Err(Error::NotIncluded)
        }
    }
}

const fn is_extra(extra: &[u8]) -> bool {
    !extra.is_empty() && extra.len() <= EXTRA_BYTES_MAX
}
