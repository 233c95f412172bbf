//! Events, activities, gateways.

use super::body::Ends;
use super::{Attributes, Writer, split};
use crate::model::{
    Common, Effect, Event, EventKind, InnerKind, Node, NodeKind, Order, Repeat, RepeatKind,
};
use crate::tags::{TIMERS, name};

/// What the schema wants last.
const AFTER: [&str; 4] = ["rendering", "script", "completionCondition", "activationCondition"];

impl Writer {
    pub(super) fn node(&mut self, node: &Node, ends: &Ends<'_>) {
        self.open(node.tag(), &node.common, &attributes(node));
        self.documented(&node.common);
        ends.incoming.iter().for_each(|id| self.reference("incoming", id));
        ends.outgoing.iter().for_each(|id| self.reference("outgoing", id));
        let (after, before) = split(&node.common.opaque, &AFTER);
        self.opaque(&before);
        node.events.iter().for_each(|event| self.event(event));
        if let Some(repeat) = &node.repeat {
            self.repeat(repeat);
        }
        if let NodeKind::Inner(_, body) = &node.kind {
            self.body(body);
        }
        self.opaque(&after);
        self.end(node.tag());
    }

    fn event(&mut self, event: &Event) {
        let reference = match &event.kind {
            EventKind::Message(to) => ("messageRef", to),
            EventKind::Signal(to) => ("signalRef", to),
            EventKind::Error(to) => ("errorRef", to),
            EventKind::Escalation(to) => ("escalationRef", to),
            EventKind::Compensate(to) => ("activityRef", to),
            _ => ("", &None),
        };
        let (attribute, to) = reference;
        let attributes: Attributes = to.clone().map(|to| (attribute, to)).into_iter().collect();
        let formula = match &event.kind {
            EventKind::Timer(Some((kind, formula))) => Some((name(&TIMERS, *kind), formula)),
            EventKind::Conditional(Some(formula)) => Some(("condition", formula)),
            _ => None,
        };
        let mut common = event.common.clone();
        if let EventKind::Link(name) = &event.kind {
            common.name.clone_from(name);
        }
        let Some((tag, formula)) = formula else {
            return self.plain(event.kind.tag(), &common, &attributes);
        };
        self.open(event.kind.tag(), &common, &attributes);
        self.documented(&common);
        self.formula(tag, formula);
        self.rest(&common);
        self.end(event.kind.tag());
    }

    fn repeat(&mut self, repeat: &Repeat) {
        let mut attributes = Attributes::new();
        let (tag, first, last) = match &repeat.kind {
            RepeatKind::While { before, max, condition } => {
                attributes.push(("testBefore", before.to_string()));
                attributes.extend(max.map(|max| ("loopMaximum", max.to_string())));
                (
                    "standardLoopCharacteristics",
                    condition.as_ref().map(|c| ("loopCondition", c)),
                    None,
                )
            }
            RepeatKind::Copies { order, cardinality, until } => {
                attributes.push(("isSequential", (*order == Order::OneByOne).to_string()));
                let first = cardinality.as_ref().map(|c| ("loopCardinality", c));
                let last = until.as_ref().map(|c| ("completionCondition", c));
                ("multiInstanceLoopCharacteristics", first, last)
            }
        };
        if first.is_none() && last.is_none() {
            return self.plain(tag, &repeat.common, &attributes);
        }
        self.open(tag, &repeat.common, &attributes);
        self.documented(&repeat.common);
        first.iter().for_each(|(tag, formula)| self.formula(tag, formula));
        self.rest(&repeat.common);
        last.iter().for_each(|(tag, formula)| self.formula(tag, formula));
        self.end(tag);
    }

    fn rest(&mut self, common: &Common) {
        self.opaque(&common.opaque.iter().collect::<Vec<_>>());
    }
}

/// The attributes that come from a node's fields; what is usual is not written.
fn attributes(node: &Node) -> Attributes {
    let mut all = Attributes::new();
    match &node.kind {
        NodeKind::Start(Effect::GoesBeside) => all.push(("isInterrupting", "false".into())),
        NodeKind::Boundary(host, effect) => {
            all.push(("attachedToRef", host.clone()));
            if *effect == Effect::GoesBeside {
                all.push(("cancelActivity", "false".into()));
            }
        }
        NodeKind::Call(called) => all.extend(called.clone().map(|to| ("calledElement", to))),
        NodeKind::Inner(InnerKind::OnEvent, _) => all.push(("triggeredByEvent", "true".into())),
        NodeKind::Inner(InnerKind::AdHoc(Order::OneByOne), _) => {
            all.push(("ordering", "Sequential".into()));
        }
        _ => {}
    }
    all.extend(node.default.clone().map(|id| ("default", id)));
    if node.undoes {
        all.push(("isForCompensation", "true".into()));
    }
    all
}
