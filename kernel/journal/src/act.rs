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
        let payload = self.canonical()?;
        let commitment = commitment(&salt, payload.as_bytes());
        Ok(Sealed { payload, salt, commitment })
    }

    /// The canonical text, written part by part: the facts, which are most of it, are not copied.
    fn canonical(&self) -> Result<String, serde_json::Error> {
        let mut out = String::with_capacity(1_024);
        out.push_str("{\"actor\":");
        canonical::write(&serde_json::to_value(&self.actor)?, &mut out);
        out.push_str(",\"answer\":");
        canonical::write(&self.answer, &mut out);
        out.push_str(",\"cell\":");
        canonical::write_text(&self.cell, &mut out);
        out.push_str(",\"changes\":[");
        for (place, change) in self.changes.iter().enumerate() {
            out.push_str(if place == 0 { "{\"facts\":[" } else { ",{\"facts\":[" });
            for (place, fact) in change.facts.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                canonical::write(fact, &mut out);
            }
            out.push_str("],\"matter\":");
            canonical::write_text(change.matter.as_str(), &mut out);
            out.push_str(&format!(",\"version\":{}}}", change.version));
        }
        out.push_str("],\"command\":");
        canonical::write_text(&self.command, &mut out);
        out.push_str(",\"id\":");
        canonical::write_text(self.id.as_str(), &mut out);
        out.push_str(",\"request\":");
        canonical::write_text(&self.request, &mut out);
        out.push_str(&format!(",\"seq\":{},\"time\":{}}}", self.seq, self.time.0));
        Ok(out)
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_text_written_part_by_part_is_the_canonical_text() {
        let act = Act {
            seq: 7,
            cell: "gd".to_owned(),
            id: ActId::parse("act-7").unwrap(),
            command: "documents.save".to_owned(),
            request: "00".to_owned(),
            actor: Actor::system("import"),
            time: Timestamp(1_795_572_000_000),
            changes: vec![
                Change {
                    matter: MatterId::parse("document:d1").unwrap(),
                    version: 2,
                    facts: vec![json!({"b": 1, "a": "\"行\"\n"}), json!({})],
                },
                Change {
                    matter: MatterId::parse("unit:u1").unwrap(),
                    version: 1,
                    facts: vec![json!([1, null])],
                },
            ],
            answer: json!({"version": 2, "id": "d1"}),
        };
        let whole = canonical::text(&serde_json::to_value(&act).unwrap());
        assert_eq!(act.canonical().unwrap(), whole);
        assert_eq!(serde_json::from_str::<Act>(&whole).unwrap(), act);
    }
}
