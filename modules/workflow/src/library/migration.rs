//! 换版: running matters that go over to the edition in use; two people agree on which, then each
//! goes in an act of its own.

use super::decide::{matter, note};
use super::model::{Entry, Fact};
use crate::work::model::Work;
use lingnan_base::{PersonId, PostId, Timestamp};
use lingnan_journal::{Answer, Command, Draft, Kind, Label, Refusal, Stamp, Stop};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Most matters of one 换版: what can be looked through before it is done, and is done in seconds.
pub const MATTERS_MAX: usize = 500;

/// How a matter of a 换版 stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// Its turn has not come.
    Waiting,
    /// It goes on by the new edition.
    Moved,
    /// It stays by its own, for this reason.
    Refused(String),
}

/// Who gave the second word, from which post, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// By name and post as they were.
    pub label: Label,
    /// The post.
    pub post: Option<PostId>,
    /// When.
    pub time: Timestamp,
}

/// A 换版.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Migration {
    /// The act that proposed it.
    pub seq: u64,
    /// The edition they are to go on by.
    pub version: u32,
    /// Why.
    pub reason: String,
    /// Who proposed it; he cannot confirm it.
    pub by: Option<PersonId>,
    /// By name and post as they were.
    pub label: Label,
    /// When.
    pub time: Timestamp,
    /// The second person's word, once it is given.
    pub confirmed: Option<Confirmed>,
    /// The matters by key.
    pub matters: BTreeMap<String, Met>,
}

impl Migration {
    pub(super) fn new(version: u32, matters: &[String], reason: &str, stamp: &Stamp) -> Self {
        Self {
            seq: stamp.seq,
            version,
            reason: reason.to_owned(),
            by: stamp.actor.seat().map(|seat| seat.person.clone()),
            label: stamp.actor.label(),
            time: stamp.time,
            confirmed: None,
            matters: matters.iter().map(|key| (key.clone(), Met::Waiting)).collect(),
        }
    }

    pub(super) fn confirm(&mut self, stamp: &Stamp) {
        self.confirmed = Some(Confirmed {
            label: stamp.actor.label(),
            post: stamp.actor.seat().map(|seat| seat.post.clone()),
            time: stamp.time,
        });
    }

    pub(super) fn meet(&mut self, matter: &str, refused: Option<&str>) {
        let met = refused.map_or(Met::Moved, |why| Met::Refused(why.to_owned()));
        self.matters.insert(matter.to_owned(), met);
    }

    /// The matters whose turn has not come.
    pub fn waiting(&self) -> impl Iterator<Item = &str> {
        self.matters.iter().filter(|(_, met)| **met == Met::Waiting).map(|(key, _)| key.as_str())
    }

    /// Whether nothing more is to be done about it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.confirmed.is_some() && self.waiting().next().is_none()
    }
}

/// What two people do about a 换版.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// 提请换版 of these matters, for a reason.
    Propose {
        /// Their keys.
        matters: Vec<String>,
        /// Why.
        reason: String,
    },
    /// 确认换版, by another.
    Confirm {
        /// The edition that was looked at.
        version: u32,
    },
    /// 不予换版, or 撤回提请.
    Dismiss {
        /// Why.
        reason: String,
    },
}

/// An act of an administrator about a 换版.
pub struct Arrange {
    /// The process's code.
    pub code: String,
    /// What he does.
    pub step: Step,
}

impl Command for Arrange {
    fn name(&self) -> &'static str {
        match self.step {
            Step::Propose { .. } => "workflow.propose_migration",
            Step::Confirm { .. } => "workflow.confirm_migration",
            Step::Dismiss { .. } => "workflow.dismiss_migration",
        }
    }

    fn request(&self) -> Value {
        let step = match &self.step {
            Step::Propose { matters, reason } => json!([matters, reason]),
            Step::Confirm { version } => json!(version),
            Step::Dismiss { reason } => json!(reason),
        };
        json!({ "code": self.code, "step": step })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = matter(&self.code)?;
        let entry = draft.read::<Entry>(&id)?;
        let fact = match &self.step {
            Step::Propose { matters, reason } => {
                let fact = proposed(&entry, matters, reason)?;
                for key in matters {
                    must_be_elsewhere(draft, &entry, &self.code, key)?;
                }
                fact
            }
            Step::Confirm { version } => confirmed(draft, &entry, *version)?,
            Step::Dismiss { reason } => {
                open(&entry)?;
                Fact::MigrationDismissed { reason: note(reason)? }
            }
        };
        draft.record::<Entry>(&id, &[fact])?;
        Ok(json!({ "code": self.code }))
    }
}

fn proposed(entry: &Entry, matters: &[String], reason: &str) -> Result<Fact, Refusal> {
    let version = entry.current.ok_or_else(Refusal::missing)?;
    if entry.migration.as_ref().is_some_and(|last| !last.is_over()) {
        let message = "该流程已有一次换版待确认或正在进行。";
        return Err(Refusal::new(Kind::Conflict, "workflow.migration_open", message)
            .with_next("请先由另一位管理员确认，或不予确认后再提请。"));
    }
    let distinct: std::collections::BTreeSet<_> = matters.iter().collect();
    if matters.is_empty() || matters.len() > MATTERS_MAX || distinct.len() < matters.len() {
        let message = format!("请选择要换版的事项，每次不超过{MATTERS_MAX}件，不能重复。");
        return Err(Refusal::new(Kind::Invalid, "workflow.migration_matters", message));
    }
    let (matters, reason) = (matters.to_vec(), note(reason)?);
    Ok(Fact::MigrationProposed { version, matters, reason })
}

/// Refused as missing when there is no such running matter of the process.
fn must_be_elsewhere(
    draft: &mut Draft<'_>,
    entry: &Entry,
    code: &str,
    key: &str,
) -> Result<(), Stop> {
    let work = draft.read::<Work>(&crate::work::decide::matter(key)?)?;
    let course = work.course.as_ref().filter(|course| course.code == code);
    let course = course.ok_or_else(Refusal::missing)?;
    if entry.current == Some(course.version) || work.state.is_over() {
        let message = format!("所选事项“{key}”已按现行版本办理，或已办结。");
        return Err(Refusal::new(Kind::Conflict, "workflow.migration_matters", message)
            .with_next("请刷新后重新选择。")
            .into());
    }
    Ok(())
}

/// The 换版 that awaits the second person.
fn open(entry: &Entry) -> Result<&Migration, Refusal> {
    let open = entry.migration.as_ref().filter(|open| open.confirmed.is_none());
    open.ok_or_else(|| {
        let message = "该流程没有待确认的换版，可能已被确认或撤回。";
        Refusal::new(Kind::Conflict, "workflow.no_migration", message).with_next("请刷新后再看。")
    })
}

fn confirmed(draft: &Draft<'_>, entry: &Entry, version: u32) -> Result<Fact, Refusal> {
    let open = open(entry)?;
    if draft.actor().seat().map(|seat| &seat.person) == open.by.as_ref() {
        let message = "提请换版的人不能自己确认。";
        return Err(Refusal::new(Kind::Forbidden, "workflow.second_person", message)
            .with_next("请由另一位管理员确认。"));
    }
    if open.version != version || entry.current != Some(version) {
        let message = "提请之后现行版本已经改变，不能按原提请换版。";
        return Err(Refusal::new(Kind::Conflict, "workflow.migration_stale", message)
            .with_next("请不予确认，再按现行版本重新提请。"));
    }
    Ok(Fact::MigrationConfirmed {})
}
