//! The matter: the thing being handled; one stream of facts, folded into a state.

use crate::{Actor, Fault, Row};
use lingnan_base::{Timestamp, id};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::any::Any;
use std::sync::Arc;

/// Why a text is not a matter id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MatterIdError {
    /// No colon between kind and key.
    #[error("a matter id is written kind:key")]
    Shape,
    /// Kind or key breaks the rules of an id.
    #[error(transparent)]
    Part(#[from] id::IdError),
}

/// Names a matter: its kind and a key that is unique within the kind, written `kind:key`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MatterId(Arc<str>);

impl MatterId {
    /// Reads `kind:key`.
    ///
    /// # Errors
    /// [`MatterIdError`] when either part is missing or holds a character an id may not.
    pub fn parse(text: &str) -> Result<Self, MatterIdError> {
        let (kind, key) = text.split_once(':').ok_or(MatterIdError::Shape)?;
        Self::new(kind, key)
    }

    /// The matter `key` of `kind`.
    ///
    /// # Errors
    /// [`MatterIdError`] as for [`MatterId::parse`].
    pub fn new(kind: &str, key: &str) -> Result<Self, MatterIdError> {
        id::check(kind)?;
        id::check(key)?;
        Ok(Self(format!("{kind}:{key}").into()))
    }

    /// The part before the colon.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.0.split_once(':').map_or("", |(kind, _)| kind)
    }

    /// The part after the colon.
    #[must_use]
    pub fn key(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, key)| key)
    }

    /// The whole id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MatterId {
    type Error = MatterIdError;
    fn try_from(text: String) -> Result<Self, MatterIdError> {
        Self::parse(&text)
    }
}

impl From<MatterId> for String {
    fn from(id: MatterId) -> Self {
        id.0.as_ref().to_owned()
    }
}

impl std::fmt::Display for MatterId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// When and by whom the facts being folded were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The act's place in the journal.
    pub seq: u64,
    /// The act's time.
    pub time: Timestamp,
    /// The act's actor.
    pub actor: Actor,
}

/// A kind of matter: how its facts fold into a state, and which rows that state shows.
pub trait Matter: Any + Send + Sync + Clone + Serialize + DeserializeOwned {
    /// The kind in [`MatterId`].
    const KIND: &'static str;
    /// Raised when [`Matter::fold`] or the state's shape changes, so old snapshots are not used.
    const FOLD_VERSION: u32;
    /// What can be recorded of this kind of matter.
    type Fact: Serialize + DeserializeOwned + Send;

    /// The state before any fact.
    fn unwritten() -> Self;
    /// The state after `fact`. Never fails: a recorded fact is so.
    fn fold(&mut self, fact: &Self::Fact, stamp: &Stamp);
    /// The rows that this state shows in read tables.
    fn rows(&self, id: &MatterId) -> Vec<Row>;
}

/// A state of some kind of matter, its kind forgotten.
pub trait Held: Send + Sync {
    /// The state as `Any`, to be given its kind back.
    fn into_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync>;
    /// See [`Matter::rows`].
    fn rows(&self, id: &MatterId) -> Vec<Row>;
    /// The state as JSON, for a snapshot.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] when the state cannot be written.
    fn snapshot(&self) -> Result<serde_json::Value, Fault>;
    /// The kind's [`Matter::FOLD_VERSION`].
    fn fold_version(&self) -> u32;
}

impl<M: Matter> Held for M {
    fn into_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        Matter::rows(self, id)
    }

    fn snapshot(&self) -> Result<serde_json::Value, Fault> {
        serde_json::to_value(self).map_err(|e| Fault::corrupt(M::KIND, 0, &e))
    }

    fn fold_version(&self) -> u32 {
        M::FOLD_VERSION
    }
}

/// A matter as it stands: version 0 is one that has no facts yet.
#[derive(Clone)]
pub struct Loaded {
    /// How many facts it has.
    pub version: u64,
    /// Its state.
    pub state: Arc<dyn Held>,
}
