//! What deciding needs to know besides the matter: the directory, the calendar, the processes.

use lingnan_base::{Calendar, PostId, Timestamp, UnitId};
use lingnan_directory::{Directory, UnitKind, duty};
use lingnan_flow::{Block, Definition, Holder, Node, Rules, Who};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// A process of the catalogue.
#[derive(Debug, Clone)]
pub struct Process {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The law it rests on.
    pub basis: String,
    /// Its tree.
    pub definition: Definition,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProcessFile {
    id: String,
    name: String,
    basis: String,
    root: Block,
}

impl Process {
    /// Reads a process file.
    ///
    /// # Errors
    /// A sentence naming what does not read.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: ProcessFile = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let definition = Definition::new(&file.root).map_err(|e| e.to_string())?;
        Ok(Self { id: file.id, name: file.name, basis: file.basis, definition })
    }
}

const OUTGOING: &str =
    include_str!("../../../catalogue/processes/official_documents/gw01-outgoing.json");
const INCOMING: &str =
    include_str!("../../../catalogue/processes/official_documents/gw02-incoming.json");

/// 发文办理. Read once; a catalogue that does not read is a bug that the first test finds.
#[must_use]
pub fn outgoing() -> &'static Process {
    static PROCESS: OnceLock<Process> = OnceLock::new();
    PROCESS.get_or_init(|| built_in(OUTGOING))
}

/// 收文办理
#[must_use]
pub fn incoming() -> &'static Process {
    static PROCESS: OnceLock<Process> = OnceLock::new();
    PROCESS.get_or_init(|| built_in(INCOMING))
}

fn built_in(text: &str) -> Process {
    let read = Process::parse(text);
    assert!(read.is_ok(), "a built-in process does not read: {:?}", read.as_ref().err());
    read.unwrap_or_else(|_| Process {
        id: String::new(),
        name: String::new(),
        basis: String::new(),
        definition: Definition::default(),
    })
}

/// The world around a document.
#[derive(Clone)]
pub struct Setting {
    /// Units, posts and people, as they are now.
    pub directory: Arc<RwLock<Directory>>,
    /// Working days.
    pub calendar: Arc<Calendar>,
}

impl Setting {
    /// Looks something up in the directory.
    pub fn with_directory<T>(&self, look: impl FnOnce(&Directory) -> T) -> T {
        look(&self.directory.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Short name of a unit, or its id when it is unknown.
    #[must_use]
    pub fn unit_name(&self, unit: &UnitId) -> String {
        self.with_directory(|directory| {
            directory.unit(unit).map_or_else(|| unit.to_string(), |u| u.short_name.clone())
        })
    }
}

/// Who handles the nodes of one matter.
pub(crate) struct Handlers<'a> {
    pub(crate) setting: &'a Setting,
    pub(crate) unit: Option<&'a UnitId>,
    pub(crate) starter: Option<Holder>,
    pub(crate) fields: BTreeMap<&'static str, Vec<Holder>>,
}

impl Rules for Handlers<'_> {
    fn holders(&self, node: &Node, previous: &[Holder]) -> Option<Vec<Holder>> {
        if let Some(field) = &node.when
            && self.fields.get(field.as_str()).is_none_or(Vec::is_empty)
        {
            return None;
        }
        // A return goes back to those who handled it before.
        if !previous.is_empty() && node.who != Who::Field("countersign".to_owned()) {
            return Some(previous.to_vec());
        }
        Some(match &node.who {
            Who::Starter => self.starter.clone().into_iter().collect(),
            Who::Duty(duty) => self.posts_with(duty),
            Who::Field(field) => self.fields.get(field.as_str()).cloned().unwrap_or_default(),
        })
    }

    fn due(&self, node: &Node, opened: Timestamp) -> Option<Timestamp> {
        // A limit that reaches into a year without an arrangement has no date until the
        // arrangement is known.
        node.limit_days.and_then(|days| self.setting.calendar.due(opened, days).ok())
    }
}

impl Handlers<'_> {
    /// Posts with a duty in the matter's unit, those with people when any has; a government
    /// without such a post of its own is served by its office.
    fn posts_with(&self, duty: &str) -> Vec<Holder> {
        let Some(unit) = self.unit else { return Vec::new() };
        let posts = self.setting.with_directory(|directory| {
            let unit = directory.successor(unit);
            let mut posts = directory.posts_with(unit, duty);
            if posts.is_empty() && duty != duty::HEAD {
                let office = directory.children(Some(unit)).into_iter().find(|(_, child)| {
                    child.kind == UnitKind::Office && child.area == unit.as_str()
                });
                posts = office.map(|(id, _)| directory.posts_with(id, duty)).unwrap_or_default();
            }
            let is_manned = |post: &PostId| !directory.holders(post).is_empty();
            if posts.iter().any(is_manned) {
                posts.retain(is_manned);
            }
            posts
        });
        posts.iter().map(|post| Holder::new(post.as_str())).collect()
    }
}
