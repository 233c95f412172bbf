//! The draft: what one command reads and records before it becomes an act.

use crate::{Act, ActId, Actor, Change, Fault, Loaded, Matter, MatterId, Refusal, Registry, Stamp};
use lingnan_base::{Chance, Timestamp};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Most facts one act may record: an issue to every one of Guangdong's 26,842 villages fits.
pub const FACTS_MAX: usize = 200_000;

/// What the client is told when its command is accepted.
pub type Answer = Value;

/// Why a command did not become an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// A rule says no.
    Refused(Refusal),
    /// The world failed.
    Failed(Fault),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

/// 请求: what is asked. Judged inside the journal's one writer, against matters as they are now.
pub trait Command: Send + 'static {
    /// Its published name, for example `documents.sign_off`.
    fn name(&self) -> &'static str;
    /// What was asked, as JSON: a retry must ask the same.
    fn request(&self) -> Value;
    /// Reads, judges and records. May run more than once; only the last run counts.
    ///
    /// # Errors
    /// [`Stop`] when a rule says no or storage fails; nothing that was recorded is kept.
    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop>;
}

/// A fact as it stands in the journal.
#[derive(Debug, Clone)]
pub struct StoredFact {
    /// The matter's version after it.
    pub version: u64,
    /// When and by whom.
    pub stamp: Stamp,
    /// The fact.
    pub fact: Value,
}

/// A folded state kept so that a long matter need not be read from its beginning.
#[derive(Debug, Clone)]
pub struct StoredSnapshot {
    /// The matter's version then.
    pub version: u64,
    /// The state.
    pub state: Value,
}

/// Everything stored of a matter: perhaps a snapshot, and the facts after it.
#[derive(Debug, Clone, Default)]
pub struct StoredMatter {
    /// The newest snapshot, made by the present fold.
    pub snapshot: Option<StoredSnapshot>,
    /// Facts in order of version.
    pub facts: Vec<StoredFact>,
}

/// The door to storage: all that deciding needs of an engine.
pub trait Door {
    /// Everything stored of a matter; empty when there is nothing.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails or a row does not read.
    fn load(&mut self, id: &MatterId) -> Result<Loaded, Fault>;
}

/// Work to be done after the act is durable, at least once: a rendering, a delivery, a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Who takes it, for example `notice`.
    pub topic: &'static str,
    /// What it needs to know.
    pub body: Value,
}

struct Touched {
    before: Loaded,
    now: Loaded,
    facts: Vec<Value>,
}

/// A command's working paper: matters as they are, and what it records of them.
pub struct Draft<'a> {
    door: &'a mut dyn Door,
    stamp: Stamp,
    chance: Chance,
    order: Vec<MatterId>,
    touched: BTreeMap<MatterId, Touched>,
    parcels: Vec<Parcel>,
}

/// What a judged command leaves: the act, the matters it changed, and work for afterwards.
pub struct Outcome {
    /// The act.
    pub act: Act,
    /// Each changed matter before and after.
    pub moved: Vec<(MatterId, Loaded, Loaded)>,
    /// Work for afterwards.
    pub parcels: Vec<Parcel>,
}

impl<'a> Draft<'a> {
    /// An empty draft of an act at `stamp`.
    #[must_use]
    pub fn new(door: &'a mut dyn Door, stamp: Stamp, chance: Chance) -> Self {
        Self {
            door,
            stamp,
            chance,
            order: Vec::new(),
            touched: BTreeMap::new(),
            parcels: Vec::new(),
        }
    }

    /// The moment of the act.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.stamp.time
    }

    /// Who acts.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.stamp.actor
    }

    /// When, where in the journal and by whom.
    #[must_use]
    pub const fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// A key no other matter has.
    pub fn fresh_key(&mut self) -> String {
        self.chance.key(self.stamp.time)
    }

    /// The state of a matter, with what this draft has recorded; unwritten when there is none.
    ///
    /// # Errors
    /// [`Stop::Failed`] when storage fails or the matter is of another kind than `M`.
    pub fn read<M: Matter>(&mut self, id: &MatterId) -> Result<Arc<M>, Stop> {
        let held = self.hold(id)?.state;
        held.into_any()
            .downcast::<M>()
            .map_err(|_| Fault::corrupt(id.as_str(), 0, &"the matter is of another kind").into())
    }

    /// How many facts a matter has, with those of this draft; 0 when it is unwritten.
    ///
    /// # Errors
    /// [`Stop::Failed`] when storage fails.
    pub fn version(&mut self, id: &MatterId) -> Result<u64, Stop> {
        Ok(self.hold(id)?.version)
    }

    /// Refuses when the matter has moved on since the actor looked at version `seen`.
    ///
    /// # Errors
    /// [`Refusal::stale`], or [`Stop::Failed`] when storage fails.
    pub fn expect(&mut self, id: &MatterId, seen: u64) -> Result<(), Stop> {
        let now = self.version(id)?;
        if now == seen { Ok(()) } else { Err(Refusal::stale(seen, now).into()) }
    }

    /// Records facts of a matter, in order.
    ///
    /// # Errors
    /// [`Stop::Failed`] when storage fails or a fact cannot be written; a refusal when the act
    /// would hold more than [`FACTS_MAX`] facts.
    pub fn record<M: Matter>(&mut self, id: &MatterId, facts: &[M::Fact]) -> Result<(), Stop> {
        if facts.is_empty() {
            return Ok(());
        }
        let mut state = self.read::<M>(id)?;
        let stamp = self.stamp.clone();
        let total: usize = self.touched.values().map(|t| t.facts.len()).sum();
        if total.saturating_add(facts.len()) > FACTS_MAX {
            let message = format!("一次办理最多记录{FACTS_MAX}项事实。");
            let refusal = Refusal::new(crate::Kind::Invalid, "act_too_large", message);
            return Err(refusal.with_next("请分批办理。").into());
        }
        let touched = self
            .touched
            .get_mut(id)
            .ok_or_else(|| Fault::corrupt(id.as_str(), 0, &"the matter was not read"))?;
        if touched.facts.is_empty() {
            self.order.push(id.clone());
        }
        let owned = Arc::make_mut(&mut state);
        for fact in facts {
            let written = serde_json::to_value(fact)
                .map_err(|e| Fault::corrupt(id.as_str(), touched.now.version, &e))?;
            owned.fold(fact, &stamp);
            touched.facts.push(written);
            touched.now.version = touched.now.version.saturating_add(1);
        }
        touched.now.state = state;
        Ok(())
    }

    /// Leaves work for after the act is durable.
    pub fn post(&mut self, parcel: Parcel) {
        self.parcels.push(parcel);
    }

    /// Whether anything was recorded.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Closes the draft into an act.
    #[must_use]
    pub fn close(
        mut self,
        cell: &str,
        id: ActId,
        command: &dyn Command,
        answer: Answer,
    ) -> Outcome {
        let mut changes = Vec::new();
        let mut moved = Vec::new();
        for matter in self.order {
            if let Some(touched) = self.touched.remove(&matter) {
                let version = touched.now.version;
                changes.push(Change { matter: matter.clone(), version, facts: touched.facts });
                moved.push((matter, touched.before, touched.now));
            }
        }
        let act = Act {
            seq: self.stamp.seq,
            cell: cell.to_owned(),
            id,
            command: command.name().to_owned(),
            request: request_digest(command),
            actor: self.stamp.actor,
            time: self.stamp.time,
            changes,
            answer,
        };
        Outcome { act, moved, parcels: self.parcels }
    }

    fn hold(&mut self, id: &MatterId) -> Result<Loaded, Stop> {
        if let Some(touched) = self.touched.get(id) {
            return Ok(touched.now.clone());
        }
        let loaded = self.door.load(id)?;
        let touched = Touched { before: loaded.clone(), now: loaded.clone(), facts: Vec::new() };
        self.touched.insert(id.clone(), touched);
        Ok(loaded)
    }
}

/// SHA-256 over the command's name and canonical request, in hex.
#[must_use]
pub fn request_digest(command: &dyn Command) -> String {
    let text = crate::canonical::text(&command.request());
    let digest = Sha256::new()
        .chain_update(command.name())
        .chain_update(b"\0")
        .chain_update(text.as_bytes())
        .finalize();
    hex::encode(digest)
}

/// A door without storage: every matter is unwritten. For rehearsals and tests.
pub struct EmptyDoor<'a>(pub &'a Registry);

impl Door for EmptyDoor<'_> {
    fn load(&mut self, id: &MatterId) -> Result<Loaded, Fault> {
        self.0.restore(id.kind(), &StoredMatter::default())
    }
}
