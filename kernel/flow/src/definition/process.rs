//! A process as it is written down: head, steps and comments.

use super::{Dedupe, StartLevel, Steps, Time, Who};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Lines of comment, each with its `#`, by the line of the canonical text above which they stand;
/// lines are counted from 0 without comments.
pub type Comments = BTreeMap<u32, Vec<Arc<str>>>;

/// A process as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Its code, for example `gw01`.
    pub code: Arc<str>,
    /// Its Chinese name.
    pub name: Arc<str>,
    /// Its version, from 1.
    pub version: u32,
    /// Its domain, as its folder.
    pub domain: Arc<str>,
    /// The law it rests on; at least one.
    pub basis: Vec<Arc<str>>,
    /// The whole matter's limit.
    pub limit: Option<Prolongable>,
    /// Its calendar of working days.
    pub calendar: Arc<str>,
    /// What is kept of it, if said.
    pub archive: Option<Archive>,
    /// 自动跳过
    pub dedupe: Dedupe,
    /// Who may start it.
    pub start: Who,
    /// At which levels of government; at any when empty.
    pub start_at: Vec<StartLevel>,
    /// What is done.
    pub root: Steps,
    /// What is remarked.
    pub comments: Comments,
}

impl Process {
    /// The calendar of a process that names none.
    pub const CALENDAR: &str = "cn";
}

/// A limit that may be prolonged before it is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prolongable {
    /// How long.
    pub time: Time,
    /// By how much more.
    pub extend: Option<Time>,
}

/// What is kept of a concluded matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Archive {
    /// It is archived for this time.
    Kept(Retention),
    /// Nothing is archived, for this reason.
    Nothing(Arc<str>),
}

/// How long the archive is kept (国家档案局令第8号).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// 永久
    Permanent,
    /// 30年
    ThirtyYears,
    /// 10年
    TenYears,
    /// As the document's type says.
    ByType,
}
