//! What deciding needs to know besides the matter: the directory, the calendar, the processes.

use lingnan_base::{Calendar, PostId, Timestamp, UnitId};
use lingnan_directory::{Directory, UnitKind, duty};
use lingnan_flow::{Condition, Definition, Holder, Rules, Time, WhoPlace, Whom};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// A process of the catalogue, ready to run.
#[derive(Debug, Clone)]
pub struct Process {
    /// As it is written down.
    pub text: lingnan_flow::Process,
    /// Laid out.
    pub definition: Definition,
}

const OUTGOING: &str =
    include_str!("../../../catalogue/processes/official_documents/gw01-outgoing-document.flow");
const INCOMING: &str =
    include_str!("../../../catalogue/processes/official_documents/gw02-incoming-document.flow");

/// 发文办理
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

/// Read once; a catalogue that does not read is a bug that the first test finds.
#[expect(clippy::panic, reason = "a built-in process that does not read is a bug")]
fn built_in(text: &str) -> Process {
    let text = lingnan_flow::Process::parse(text).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let definition = Definition::new(&text).unwrap_or_else(|error| panic!("{error}"));
    Process { text, definition }
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
    fn posts(&self, whom: &Whom) -> Vec<Holder> {
        match whom {
            Whom::Starter => self.starter.clone().into_iter().collect(),
            Whom::Duty(duty, WhoPlace::Own) => self.posts_with(duty),
            Whom::Field(field) => self.fields.get(&**field).cloned().unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// The documents' processes ask only whether a field is filled.
    fn holds(&self, condition: &Condition) -> Result<bool, String> {
        let asked = condition.as_str();
        let field = asked.strip_prefix("form.").and_then(|rest| rest.strip_suffix(" != null"));
        let field = field.ok_or_else(|| format!("公文没有“{asked}”这样的条件。"))?;
        Ok(self.fields.get(field).is_some_and(|posts| !posts.is_empty()))
    }

    fn until(&self, time: &Time, from: Timestamp) -> Option<Timestamp> {
        match time {
            Time::WorkingDays(days) => self.setting.calendar.due(from, *days).ok(),
            _ => None,
        }
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
