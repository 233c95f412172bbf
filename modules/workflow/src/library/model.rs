//! A process of the library: its editions, which of them is used, and what awaits confirmation.

use super::migration::Migration;
use lingnan_base::{PersonId, Timestamp};
use lingnan_flow::{Definition, Process};
use lingnan_forms::Form;
use lingnan_journal::{Label, Matter, MatterId, Refusal, Row, Stamp};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, OnceLock};

/// A process and its form as they read, ready to be run.
#[derive(Debug)]
pub struct Parsed {
    /// The process.
    pub process: Process,
    /// The process laid out for running.
    pub definition: Definition,
    /// Its form.
    pub form: Form,
}

/// A memo of what a text reads as: a function of the text, so it is no part of the state.
#[derive(Debug, Clone, Default)]
struct Memo(OnceLock<Arc<Parsed>>);

impl PartialEq for Memo {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// 版次: one text of a process, which never changes once matters run by it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// Its number, as the text says.
    pub version: u32,
    /// The process.
    pub flow: Arc<str>,
    /// Its form, a JSON Schema.
    pub form: Arc<str>,
    /// Who brought it.
    pub label: Label,
    /// When.
    pub time: Timestamp,
    #[serde(skip)]
    memo: Memo,
}

impl Edition {
    /// The edition as it reads.
    ///
    /// # Errors
    /// The sentence of the first mistake; an edition in the library was read before it came in.
    pub fn parsed(&self) -> Result<Arc<Parsed>, Refusal> {
        if let Some(parsed) = self.memo.0.get() {
            return Ok(Arc::clone(parsed));
        }
        let parsed = Arc::new(super::decide::read(&self.flow, &self.form)?);
        Ok(Arc::clone(self.memo.0.get_or_init(|| parsed)))
    }
}

/// What awaits a second person's confirmation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The edition that would be used.
    pub version: u32,
    /// Why.
    pub note: String,
    /// Who proposed it; he cannot confirm it.
    pub by: Option<PersonId>,
    /// By name and post as they were.
    pub label: Label,
    /// When.
    pub time: Timestamp,
}

/// A process of the library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its editions, oldest first.
    pub editions: Vec<Edition>,
    /// The edition by which new matters run; none before the first release.
    pub current: Option<u32>,
    /// What awaits confirmation.
    pub proposal: Option<Proposal>,
    /// The last 换版 of running matters, whether it awaits confirmation, goes on or is over.
    pub migration: Option<Migration>,
}

/// What can be recorded of a process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fact {
    /// An edition came in.
    Added {
        /// Its number.
        version: u32,
        /// The process.
        flow: Arc<str>,
        /// Its form.
        form: Arc<str>,
    },
    /// An edition was proposed for use, a new one or an old one.
    Proposed {
        /// Its number.
        version: u32,
        /// Why.
        note: String,
    },
    /// The proposal was taken back or not confirmed.
    Dismissed {
        /// Why.
        reason: String,
    },
    /// From now on new matters run by this edition.
    Released {
        /// Its number.
        version: u32,
    },
    /// 换版 of running matters was proposed.
    MigrationProposed {
        /// The edition they are to go on by.
        version: u32,
        /// Their keys.
        matters: Vec<String>,
        /// Why.
        reason: String,
    },
    /// It was taken back or not confirmed.
    MigrationDismissed {
        /// Why.
        reason: String,
    },
    /// Another confirmed it: matter by matter goes over.
    MigrationConfirmed {},
    /// A matter went over, or stays by its edition.
    MigrationMet {
        /// Its key.
        matter: String,
        /// Why it stays, in Chinese.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refused: Option<String>,
    },
}

impl Entry {
    /// An edition by number.
    #[must_use]
    pub fn edition(&self, version: u32) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.version == version)
    }

    /// The edition by which new matters run.
    #[must_use]
    pub fn in_use(&self) -> Option<&Edition> {
        self.edition(self.current?)
    }
}

impl Matter for Entry {
    const KIND: &'static str = "process";
    const FOLD_VERSION: u32 = 2;
    type Fact = Fact;

    fn unwritten() -> Self {
        Self { editions: Vec::new(), current: None, proposal: None, migration: None }
    }

    fn fold(&mut self, fact: &Fact, stamp: &Stamp) {
        match fact {
            Fact::Added { version, flow, form } => self.editions.push(Edition {
                version: *version,
                flow: Arc::clone(flow),
                form: Arc::clone(form),
                label: stamp.actor.label(),
                time: stamp.time,
                memo: Memo::default(),
            }),
            Fact::Proposed { version, note } => {
                self.proposal = Some(Proposal {
                    version: *version,
                    note: note.clone(),
                    by: stamp.actor.seat().map(|seat| seat.person.clone()),
                    label: stamp.actor.label(),
                    time: stamp.time,
                });
            }
            Fact::Dismissed { .. } => self.proposal = None,
            Fact::Released { version } => {
                self.current = Some(*version);
                self.proposal = None;
            }
            Fact::MigrationProposed { version, matters, reason } => {
                self.migration = Some(Migration::new(*version, matters, reason, stamp));
            }
            Fact::MigrationDismissed { .. } => self.migration = None,
            Fact::MigrationConfirmed {} => {
                self.migration.iter_mut().for_each(|open| open.confirm(stamp));
            }
            Fact::MigrationMet { matter, refused } => {
                self.migration.iter_mut().for_each(|open| open.meet(matter, refused.as_deref()));
            }
        }
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        super::views::rows(self, id)
    }
}
