//! A process as a tree: what is drawn with paired gateways, and what such a drawing is read to.

use crate::error::{Error, Place};
use crate::model::{Order, TaskKind, TimerKind};

/// A process as a tree of blocks, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chart {
    /// Its id.
    pub id: String,
    /// What people read.
    pub name: String,
    /// What begins it, when an event does.
    pub begins: Option<Until>,
    /// The caller's own text, kept to the letter.
    pub head: Option<String>,
    /// What is done, in order.
    pub blocks: Vec<Block>,
}

/// What is done at one place of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// One node.
    Step(Step),
    /// Ways that part and meet again.
    Fork(Fork),
    /// A way back.
    Loop(Loop),
}

/// One node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id.
    pub id: String,
    /// What people read.
    pub name: String,
    /// What it is.
    pub kind: StepKind,
    /// When it is done more than once at a visit.
    pub copies: Option<Copies>,
    /// The caller's own text, kept to the letter.
    pub payload: Option<String>,
}

/// What a step is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// Work.
    Task(TaskKind),
    /// Another process, by id.
    Call(String),
    /// Nothing until something happens.
    Wait(Until),
    /// A tree within the tree.
    Inner(Vec<Block>),
}

/// What is waited for; messages and signals by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Until {
    /// A timer, as ISO 8601 writes it.
    Timer(TimerKind, String),
    /// A message.
    Message(String),
    /// A signal.
    Signal(String),
    /// A condition.
    Condition(String),
}

/// So many copies of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copies {
    /// Their order.
    pub order: Order,
    /// How many.
    pub cardinality: Option<String>,
    /// When the remaining copies are no longer needed.
    pub until: Option<String>,
}

/// Ways that part and meet again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// The id of the gateway at which they part.
    pub id: String,
    /// What people read: the question that is asked.
    pub name: String,
    /// How many of them are gone.
    pub kind: ForkKind,
    /// The ways: two or more.
    pub branches: Vec<Branch>,
}

/// How many ways are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForkKind {
    /// One.
    Exclusive,
    /// All that hold.
    Inclusive,
    /// All.
    Parallel,
}

/// One way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// What people read: the answer.
    pub name: String,
    /// When it is gone.
    pub guard: Guard,
    /// What is done on it; it may be nothing.
    pub blocks: Vec<Block>,
}

/// When a way is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guard {
    /// Nothing is said.
    Free,
    /// When a condition holds.
    When(String),
    /// When no other is.
    Otherwise,
}

/// A way back: `body`, then either on, or `again` and `body` once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loop {
    /// The id of the gateway at which it is asked.
    pub id: String,
    /// What people read: the question that is asked.
    pub name: String,
    /// What is done at least once.
    pub body: Vec<Block>,
    /// The answer that leads on.
    pub exit: Exit,
    /// The way back.
    pub again: Branch,
}

/// The answer that leads on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exit {
    /// What people read.
    pub name: String,
    /// When it is gone.
    pub guard: Guard,
}

/// The caller's namespace: a step's text stands in `def`, the head in `head`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payload<'a> {
    /// The prefix to write.
    pub prefix: &'a str,
    /// The namespace.
    pub namespace: &'a str,
}

/// Why a process is no tree of blocks: it can be shown and run, but not edited as one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}：{reason}，不能转为块状流程")]
pub struct NotBlock {
    /// The element at which it shows.
    pub place: Box<Place>,
    /// What is so there.
    pub reason: &'static str,
}

impl From<NotBlock> for Error {
    fn from(not: NotBlock) -> Self {
        Self::Element { place: not.place, problem: crate::error::Problem::Misplaced(not.reason) }
    }
}

/// What stands on a drawing where the tree says nothing, since linters want every label.
pub(crate) mod words {
    /// On an event that begins.
    pub(crate) const START: &str = "开始";
    /// On an event that ends.
    pub(crate) const END: &str = "结束";
    /// On a gateway that asks.
    pub(crate) const CHOICE: &str = "选择";
    /// On a gateway that leads back.
    pub(crate) const AGAIN: &str = "是否重做";
    /// On a default flow.
    pub(crate) const OTHERWISE: &str = "否则";
}
