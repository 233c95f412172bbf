//! What can be wrong with what is read or verified.

/// Why a text, bytes or a proof is not accepted. Each variant is one reason a verifier can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A key is not written exactly as one, or is of a kind this crate does not know.
    #[error("the key does not read")]
    Key,
    /// The text is not a signed note.
    #[error("the text is not a signed note")]
    Note,
    /// The note's text is not three lines of a checkpoint.
    #[error("the note is not a checkpoint")]
    Checkpoint,
    /// A known key's signature is wrong: the whole note is refused.
    #[error("the signature of a known key is wrong")]
    Signature,
    /// No known key signed.
    #[error("no known key signed the note")]
    Unsigned,
    /// The checkpoint is of another log than the key's.
    #[error("the checkpoint is of another log")]
    Origin,
    /// A witness claims to have signed later than it is now.
    #[error("a cosignature is from the future")]
    Future,
    /// The text is not a proof bundle.
    #[error("the text is not a proof bundle")]
    Bundle,
    /// The path does not lead from the entry to the root.
    #[error("the entry is not in the log at that place")]
    NotIncluded,
    /// The text is not an entry.
    #[error("the text is not a log entry")]
    Entry,
    /// Entries are too many or too long for their tile, or their lengths do not fit.
    #[error("the bytes are not a tile of entries")]
    Entries,
    /// The bytes are not a compact range.
    #[error("the bytes are not a compact range")]
    Range,
    /// The path or the bytes are not a tile's.
    #[error("the path or bytes are not those of a tile")]
    Tile,
    /// One key or witness stands twice, or the quorum cannot be met.
    #[error("the policy counts a key twice or asks for more operators than it names")]
    Policy,
}
