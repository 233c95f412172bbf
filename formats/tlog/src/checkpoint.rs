//! The head of a log in three lines (C2SP tlog-checkpoint), and what may follow what.

use crate::text::decimal;
use crate::{Error, Hash, verify_consistency};

/// The head of a log: origin, size, root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: String,
    /// How many leaves.
    pub size: u64,
    /// Their root.
    pub root: Hash,
}

impl Checkpoint {
    /// The three lines that are signed.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root.base64())
    }

    /// Reads exactly three lines. Extension lines are refused: no witness vouches for them, so
    /// nothing must hang on them.
    ///
    /// # Errors
    /// [`Error::Checkpoint`]
    pub fn parse(text: &str) -> Result<Self, Error> {
        let read = || {
            let mut lines = text.strip_suffix('\n')?.split('\n');
            let origin = lines.next().filter(|line| !line.is_empty())?.to_owned();
            let size = decimal(lines.next()?)?;
            let root = Hash::from_base64(lines.next()?)?;
            let control = origin.contains(|c: char| c < ' ');
            Some(Self { origin, size, root }).filter(|_| !control && lines.next().is_none())
        };
        read().ok_or(Error::Checkpoint)
    }

    /// Whether this head extends an older one of the same log, as a witness decides it.
    ///
    /// Here, unlike in [`verify_consistency`], the empty tree counts: it is a prefix of every
    /// tree, with an empty path (C2SP tlog-witness). Its root must be the hash of nothing.
    #[must_use]
    pub fn follows(&self, older: &Self, path: &[Hash]) -> bool {
        let sound = |head: &Self| head.size > 0 || head.root == Hash::empty();
        if self.origin != older.origin || !sound(self) || !sound(older) {
            return false;
        }
        if older.size == 0 {
            return path.is_empty();
        }
        verify_consistency(older.size, self.size, older.root, self.root, path)
    }
}
