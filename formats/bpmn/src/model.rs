//! What stands in a BPMN file. What does not matter for running it is kept as text.

use crate::diagram::Diagram;
use crate::error::Place;

/// A file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Definitions {
    /// What every element may carry; `attributes` holds the target namespace too.
    pub common: Common,
    /// Prefixes that are declared at the root.
    pub namespaces: Vec<Namespace>,
    /// Messages, signals, errors and escalations that events refer to.
    pub declared: Vec<Declared>,
    /// Pools and what passes between them.
    pub collaborations: Vec<Collaboration>,
    /// Processes.
    pub processes: Vec<Process>,
    /// Where everything is drawn.
    pub diagrams: Vec<Diagram>,
}

/// What every element may carry.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Common {
    /// Unique in the file; made from the line when the file gives none.
    pub id: String,
    /// What people read.
    pub name: Option<String>,
    /// The line it was read from, or 0.
    pub line: u32,
    /// Attributes that have no field.
    pub attributes: Vec<Attribute>,
    /// `documentation`.
    pub documentation: Vec<Opaque>,
    /// What stands in `extensionElements`.
    pub extensions: Vec<Opaque>,
    /// Other children, in their order.
    pub opaque: Vec<Opaque>,
}

impl Common {
    /// With an id and a name; an empty name is none.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        let name = name.into();
        let name = (!name.is_empty()).then_some(name);
        Self { id: id.into(), name, ..Self::default() }
    }

    /// The text of an extension element.
    pub fn extension(&self, namespace: &str, name: &str) -> Option<&str> {
        let is = |e: &&Opaque| e.name == name && e.namespace.as_deref() == Some(namespace);
        self.extensions.iter().find(is).map(|extension| extension.text.as_str())
    }

    /// The value of an attribute that has no field, whatever its namespace.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|a| a.name == name).map(|a| a.value.as_str())
    }

    /// Where it is found again: `tag` is what it is called in XML.
    #[must_use]
    pub fn place(&self, tag: &str) -> Place {
        let name = self.name.clone().unwrap_or_default();
        Place { tag: tag.to_owned(), id: self.id.clone(), name, line: self.line }
    }
}

/// A prefix and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namespace {
    /// Empty for the default namespace.
    pub prefix: String,
    /// The namespace.
    pub uri: String,
}

/// An attribute that has no field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its namespace and the prefix it came with.
    pub namespace: Option<Namespace>,
    /// Its name without prefix.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// An element that is kept as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opaque {
    /// Its namespace.
    pub namespace: Option<String>,
    /// Its name without prefix.
    pub name: String,
    /// Its id, which no other element may have.
    pub id: Option<String>,
    /// All text in it, without markup.
    pub text: String,
    /// What an association joins.
    pub ends: Option<(String, String)>,
    /// The element as it is written.
    pub xml: String,
}

/// The kinds of declarations that events share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeclaredKind {
    /// `message`
    Message,
    /// `signal`
    Signal,
    /// `error`
    Error,
    /// `escalation`
    Escalation,
}

/// A message, signal, error or escalation.
#[derive(Debug, Clone, PartialEq)]
pub struct Declared {
    /// What every element may carry.
    pub common: Common,
    /// Which.
    pub kind: DeclaredKind,
    /// `errorCode` or `escalationCode`.
    pub code: Option<String>,
}

/// Pools and what passes between them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Collaboration {
    /// What every element may carry; text annotations and groups are opaque in it.
    pub common: Common,
    /// Pools.
    pub participants: Vec<Participant>,
    /// Flows between pools.
    pub messages: Vec<MessageFlow>,
}

/// A pool.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Participant {
    /// What every element may carry.
    pub common: Common,
    /// The process in it, or none when it is not shown.
    pub process: Option<String>,
}

/// A flow between pools.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MessageFlow {
    /// What every element may carry.
    pub common: Common,
    /// From which element.
    pub source: String,
    /// To which element.
    pub target: String,
}

/// A process.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Process {
    /// What every element may carry.
    pub common: Common,
    /// Whether its maker means it to be run.
    pub executable: bool,
    /// What is in it.
    pub body: Body,
}

/// What is in a process or subprocess.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Body {
    /// Lanes, by set.
    pub lanes: Vec<LaneSet>,
    /// Nodes, in their order.
    pub nodes: Vec<Node>,
    /// Flows, in their order: gateways ask them in it.
    pub flows: Vec<Flow>,
    /// Data objects, data stores, annotations, associations, groups.
    pub artifacts: Vec<Opaque>,
}

/// Lanes that divide a pool or a lane.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LaneSet {
    /// What every element may carry.
    pub common: Common,
    /// The lanes.
    pub lanes: Vec<Lane>,
}

/// A lane.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lane {
    /// What every element may carry.
    pub common: Common,
    /// Ids of the nodes in it.
    pub nodes: Vec<String>,
    /// Lanes in it.
    pub inner: Option<Box<LaneSet>>,
}

/// A way from one node to another.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flow {
    /// What every element may carry.
    pub common: Common,
    /// From which node.
    pub source: String,
    /// To which node.
    pub target: String,
    /// When it is taken.
    pub condition: Option<Expression>,
}

/// A formula in whatever language; it is kept, never evaluated here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expression {
    /// The formula.
    pub text: String,
    /// The language and whatever else stands with it.
    pub attributes: Vec<Attribute>,
}

impl Expression {
    /// Without the marks that engines put around it.
    pub(crate) fn bare(&self) -> &str {
        let text = self.text.trim();
        let marked = text.strip_prefix("${").or(text.strip_prefix("#{"));
        let inner = marked.and_then(|text| text.strip_suffix('}'));
        inner.or(text.strip_prefix('=')).unwrap_or(text).trim()
    }
}

impl From<&str> for Expression {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), attributes: Vec::new() }
    }
}

/// An event, an activity or a gateway.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What every element may carry.
    pub common: Common,
    /// What it is.
    pub kind: NodeKind,
    /// The flow that is taken when no condition holds.
    pub default: Option<String>,
    /// What the event waits for or causes; empty for what is not an event.
    pub events: Vec<Event>,
    /// Whether the activity is done more than once.
    pub repeat: Option<Repeat>,
    /// It is done only to undo another activity.
    pub undoes: bool,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// `startEvent`; of an event subprocess, whether it stops what is around it.
    Start(Effect),
    /// `endEvent`
    End,
    /// `intermediateThrowEvent`
    Throw,
    /// `intermediateCatchEvent`
    Catch,
    /// `boundaryEvent`: on which activity, and whether it stops it.
    Boundary(String, Effect),
    /// Work.
    Task(TaskKind),
    /// `callActivity` and what it calls.
    Call(Option<String>),
    /// A process within the process.
    Inner(InnerKind, Box<Body>),
    /// Where ways part and meet.
    Gateway(GatewayKind),
}

/// Whether an event stops the activity it is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It does.
    Interrupts,
    /// It goes on beside.
    GoesBeside,
}

/// Kinds of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaskKind {
    /// `task`
    Plain,
    /// `userTask`
    User,
    /// `manualTask`
    Manual,
    /// `serviceTask`
    Service,
    /// `scriptTask`
    Script,
    /// `businessRuleTask`
    Rule,
    /// `sendTask`
    Send,
    /// `receiveTask`
    Receive,
}

/// Kinds of subprocess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InnerKind {
    /// `subProcess`
    Embedded,
    /// `subProcess` that an event begins.
    OnEvent,
    /// `transaction`
    Transaction,
    /// `adHocSubProcess`; its parts are done in any order, or one after the other.
    AdHoc(Order),
}

/// In what order the copies or the parts of an activity are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// All at once.
    Together,
    /// One after the other.
    OneByOne,
}

/// Kinds of gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GatewayKind {
    /// `exclusiveGateway`
    Exclusive,
    /// `parallelGateway`
    Parallel,
    /// `inclusiveGateway`
    Inclusive,
    /// `eventBasedGateway`
    EventBased,
    /// `complexGateway`
    Complex,
}

/// What an event waits for or causes.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What every element may carry.
    pub common: Common,
    /// Which.
    pub kind: EventKind,
}

/// Kinds of event; a reference is an id, or a name where the file declares nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum EventKind {
    /// A message arrives or is sent.
    Message(Option<String>),
    /// A signal is given to all.
    Signal(Option<String>),
    /// An error goes up to whoever catches it.
    Error(Option<String>),
    /// An escalation goes up, and the work goes on.
    Escalation(Option<String>),
    /// A moment, a time from now, or again and again.
    Timer(Option<(TimerKind, Expression)>),
    /// A condition becomes true.
    Conditional(Option<Expression>),
    /// A jump to the catching event of the same name.
    Link(Option<String>),
    /// What an activity did is undone; of all activities when none is named.
    Compensate(Option<String>),
    /// A transaction is cancelled.
    Cancel,
    /// Everything around it ends at once.
    Terminate,
}

/// How a timer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimerKind {
    /// `timeDate`
    Date,
    /// `timeDuration`
    Duration,
    /// `timeCycle`
    Cycle,
}

/// An activity is done more than once.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeat {
    /// What every element may carry.
    pub common: Common,
    /// How.
    pub kind: RepeatKind,
}

/// How an activity is done more than once.
#[derive(Debug, Clone, PartialEq)]
pub enum RepeatKind {
    /// While a condition holds, asked before or after; never more often than `max`.
    While {
        /// Asked before the first time, so that it may not be done at all.
        before: bool,
        /// How often at most.
        max: Option<u32>,
        /// The condition.
        condition: Option<Expression>,
    },
    /// So many copies.
    Copies {
        /// Their order.
        order: Order,
        /// How many.
        cardinality: Option<Expression>,
        /// When the remaining copies are no longer needed.
        until: Option<Expression>,
    },
}
