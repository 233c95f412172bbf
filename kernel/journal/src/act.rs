//! The act: one accepted command by one actor at one moment, with the facts it produced.

use crate::{Actor, MatterId, canonical};
use lingnan_base::{Timestamp, id};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Why a text is not an act id.
pub type ActIdError = id::IdError;

/// Given by the client, so that a retry returns the first answer instead of acting twice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ActId(String);

impl ActId {
    /// Reads an act id.
    ///
    /// # Errors
    /// [`ActIdError`] when it is empty, too long or holds other characters than an id may.
    pub fn parse(text: &str) -> Result<Self, ActIdError> {
        id::check(text)?;
        Ok(Self(text.to_owned()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ActId {
    type Error = ActIdError;
    fn try_from(text: String) -> Result<Self, ActIdError> {
        Self::parse(&text)
    }
}

impl From<ActId> for String {
    fn from(id: ActId) -> Self {
        id.0
    }
}

/// What an act did to one matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The matter.
    pub matter: MatterId,
    /// The matter's version after the last of `facts`; each fact raises it by one.
    pub version: u64,
    /// The facts, as their kind of matter writes them.
    pub facts: Vec<Value>,
}

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Position in the cell's journal, from 0 without gaps; also the leaf index in the log.
    pub seq: u64,
    /// The cell whose journal this is.
    pub cell: String,
    /// The client's id.
    pub id: ActId,
    /// Which command, for example `documents.sign_off`.
    pub command: String,
    /// SHA-256 of the canonical request, in hex; tells a retry from another use of the same id.
    pub request: String,
    /// Who, in what capacity.
    pub actor: Actor,
    /// When, by the server's clock.
    pub time: Timestamp,
    /// What it did, the command's own matter first.
    pub changes: Vec<Change>,
    /// What the client was told.
    pub answer: Value,
}

/// An act as it is stored: its canonical text, the salt, and the commitment over both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// RFC 8785 text of the act.
    pub payload: String,
    /// 32 secret bytes; destroying them makes the commitment say nothing about the payload.
    pub salt: [u8; 32],
    /// See [`commitment`].
    pub commitment: [u8; 32],
}

impl Act {
    /// The act's canonical text with its commitment under `salt`.
    ///
    /// # Errors
    /// `serde_json::Error` when a fact cannot be written as JSON.
    pub fn seal(&self, salt: [u8; 32]) -> Result<Sealed, serde_json::Error> {
        let payload = canonical::text(&serde_json::to_value(self)?);
        let commitment = commitment(&salt, payload.as_bytes());
        Ok(Sealed { payload, salt, commitment })
    }
}

/// `SHA-256("govact-commit/v1\0" ‖ salt ‖ payload)`: binds the log's leaf to an act without
/// telling anything about it.
#[must_use]
pub fn commitment(salt: &[u8; 32], payload: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"govact-commit/v1\0")
        .chain_update(salt)
        .chain_update(payload)
        .finalize()
        .into()
}
