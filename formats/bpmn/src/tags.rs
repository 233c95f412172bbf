//! What elements are called in XML.

use crate::model::{
    DeclaredKind, EventKind, GatewayKind, InnerKind, Node, NodeKind, TaskKind, TimerKind,
};

/// Tasks by name.
pub(crate) const TASKS: [(&str, TaskKind); 8] = [
    ("task", TaskKind::Plain),
    ("userTask", TaskKind::User),
    ("manualTask", TaskKind::Manual),
    ("serviceTask", TaskKind::Service),
    ("scriptTask", TaskKind::Script),
    ("businessRuleTask", TaskKind::Rule),
    ("sendTask", TaskKind::Send),
    ("receiveTask", TaskKind::Receive),
];

/// Gateways by name.
pub(crate) const GATEWAYS: [(&str, GatewayKind); 5] = [
    ("exclusiveGateway", GatewayKind::Exclusive),
    ("parallelGateway", GatewayKind::Parallel),
    ("inclusiveGateway", GatewayKind::Inclusive),
    ("eventBasedGateway", GatewayKind::EventBased),
    ("complexGateway", GatewayKind::Complex),
];

/// Declarations by name.
pub(crate) const DECLARED: [(&str, DeclaredKind); 4] = [
    ("message", DeclaredKind::Message),
    ("signal", DeclaredKind::Signal),
    ("error", DeclaredKind::Error),
    ("escalation", DeclaredKind::Escalation),
];

/// Timers by name.
pub(crate) const TIMERS: [(&str, TimerKind); 3] = [
    ("timeDate", TimerKind::Date),
    ("timeDuration", TimerKind::Duration),
    ("timeCycle", TimerKind::Cycle),
];

/// The other flow nodes.
pub(crate) const OTHERS: [&str; 9] = [
    "startEvent",
    "endEvent",
    "intermediateThrowEvent",
    "intermediateCatchEvent",
    "boundaryEvent",
    "callActivity",
    "subProcess",
    "transaction",
    "adHocSubProcess",
];

/// What stands beside nodes and flows and is kept as text.
pub(crate) const ARTIFACTS: [&str; 7] = [
    "dataObject",
    "dataObjectReference",
    "dataStoreReference",
    "textAnnotation",
    "association",
    "dataAssociation",
    "group",
];

/// The value that belongs to a name, or the name that belongs to a value.
pub(crate) fn find<T: Copy>(table: &[(&'static str, T)], tag: &str) -> Option<T> {
    table.iter().find(|(name, _)| *name == tag).map(|(_, value)| *value)
}

/// The name that belongs to a value.
pub(crate) fn name<T: Copy + PartialEq>(table: &[(&'static str, T)], value: T) -> &'static str {
    table.iter().find(|(_, v)| *v == value).map_or("", |(name, _)| name)
}

/// Whether an element is a flow node.
pub(crate) fn is_node(tag: &str) -> bool {
    find(&TASKS, tag).is_some() || find(&GATEWAYS, tag).is_some() || OTHERS.contains(&tag)
}

impl Node {
    /// What it is called in XML.
    pub fn tag(&self) -> &'static str {
        match &self.kind {
            NodeKind::Start(_) => "startEvent",
            NodeKind::End => "endEvent",
            NodeKind::Throw => "intermediateThrowEvent",
            NodeKind::Catch => "intermediateCatchEvent",
            NodeKind::Boundary(..) => "boundaryEvent",
            NodeKind::Task(kind) => name(&TASKS, *kind),
            NodeKind::Call(_) => "callActivity",
            NodeKind::Inner(InnerKind::Embedded | InnerKind::OnEvent, _) => "subProcess",
            NodeKind::Inner(InnerKind::Transaction, _) => "transaction",
            NodeKind::Inner(InnerKind::AdHoc(_), _) => "adHocSubProcess",
            NodeKind::Gateway(kind) => name(&GATEWAYS, *kind),
        }
    }
}

impl EventKind {
    /// What it is called in XML.
    pub fn tag(&self) -> &'static str {
        match self {
            Self::Message(_) => "messageEventDefinition",
            Self::Signal(_) => "signalEventDefinition",
            Self::Error(_) => "errorEventDefinition",
            Self::Escalation(_) => "escalationEventDefinition",
            Self::Timer(_) => "timerEventDefinition",
            Self::Conditional(_) => "conditionalEventDefinition",
            Self::Link(_) => "linkEventDefinition",
            Self::Compensate(_) => "compensateEventDefinition",
            Self::Cancel => "cancelEventDefinition",
            Self::Terminate => "terminateEventDefinition",
        }
    }
}
