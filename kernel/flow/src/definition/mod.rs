//! What a process is, as the notation says it: a head and steps of blocks.

mod condition;
mod layout;
mod node;
mod policy;
mod process;
mod time;
mod who;

pub use condition::Condition;
pub use layout::{Definition, DefinitionError};
pub(crate) use layout::{Place, PlaceKind};
pub use node::{
    After, Back, BackTarget, BackWay, Dedupe, Node, OnEmpty, OnReject, OnSelf, Rights, StopReason,
};
pub use policy::{Policy, Ratio, Share, Vote};
pub use process::{Archive, Comments, Process, Prolongable, Retention};
pub use time::{Limit, Time};
pub use who::{StartLevel, Who, WhoPlace, Whom};

use std::sync::Arc;

/// Deepest nesting of blocks within blocks; the deepest of the catalogue has three.
pub const DEPTH_MAX: usize = 16;
/// Most lines with an id of one process.
pub const NODES_MAX: usize = 500;
/// Most rounds of a loop: whoever needs more has another process.
pub const ROUNDS_MAX: u32 = 100;

/// One after another, never empty.
pub type Steps = Vec<Block>;

/// A block of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A step that people do.
    Node(Box<Node>),
    /// A step that the platform does.
    Auto(Auto),
    /// 传阅、抄送
    Cc(Cc),
    /// 子流程
    Call(Call),
    /// A time or an event is awaited.
    Wait(Wait),
    /// Branches at once, at least two; done when all are.
    Par(Vec<Steps>),
    /// The first branch whose condition holds.
    Choose(Choose),
    /// Again until a condition holds.
    Loop(Loop),
}

/// A step's id and Chinese name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Step {
    /// For example `sign_off`.
    pub id: Arc<str>,
    /// For example 签发.
    pub name: Arc<str>,
}

impl Step {
    /// A step's id and name.
    #[must_use]
    pub fn new(id: &str, name: &str) -> Self {
        Self { id: id.into(), name: name.into() }
    }
}

/// The platform does it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Auto {
    /// Its id and name.
    pub step: Step,
    /// `module.command`.
    pub command: Arc<str>,
    /// It cannot be undone.
    pub irreversible: bool,
    /// Passed over unless it holds.
    pub when: Option<Condition>,
}

/// A notice to each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cc {
    /// Its id and name.
    pub step: Step,
    /// To whom.
    pub who: Who,
    /// A receipt is asked for.
    pub receipt: bool,
    /// The process waits until all have read it, or given the receipt when one is asked for.
    pub gate: bool,
    /// Passed over unless it holds.
    pub when: Option<Condition>,
}

/// Another process is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its id and name.
    pub step: Step,
    /// The code of the other process.
    pub process: Arc<str>,
    /// One for each entry of this field.
    pub each: Option<Arc<str>>,
    /// The process does not wait for it.
    pub detached: bool,
    /// Passed over unless it holds.
    pub when: Option<Condition>,
}

/// What is awaited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Awaited {
    /// A time to pass.
    Passing(Time),
    /// The date in a field.
    Date(Arc<str>),
    /// Something that happens, by name.
    Event(Arc<str>),
}

/// Nothing is done until what is awaited has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// Its id and name.
    pub step: Step,
    /// What is awaited.
    pub what: Awaited,
    /// Why the matter's clock stands still meanwhile, when it does.
    pub pause: Option<StopReason>,
}

/// One branch of a [`Choose`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// When it is taken.
    pub when: Condition,
    /// What is done then.
    pub steps: Steps,
}

/// The first branch whose condition holds; else the last; else nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choose {
    /// At least one.
    pub branches: Vec<Branch>,
    /// When none holds.
    pub otherwise: Option<Steps>,
}

/// Again until a condition holds, at most so many times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loop {
    /// What is repeated.
    pub steps: Steps,
    /// Asked after each round.
    pub until: Condition,
    /// Most rounds, from 1.
    pub rounds_max: u32,
}
