//! Events, activities, gateways.

use super::body::is_in_body;
use super::common::{Reader, is_bpmn, is_true, reference};
use crate::error::{Error, Problem};
use crate::limits::COPIES_MAX;
use crate::model::{
    Effect, Event, EventKind, Expression, InnerKind, Node, NodeKind, Order, Repeat, RepeatKind,
};
use crate::tags::{GATEWAYS, TASKS, TIMERS, find};
use crate::xml::ZEEBE;
use roxmltree::Node as Xml;

const ATTRIBUTES: [&str; 8] = [
    "default",
    "isForCompensation",
    "attachedToRef",
    "cancelActivity",
    "isInterrupting",
    "triggeredByEvent",
    "calledElement",
    "ordering",
];

const EVENTS: [&str; 10] = [
    "messageEventDefinition",
    "signalEventDefinition",
    "errorEventDefinition",
    "escalationEventDefinition",
    "timerEventDefinition",
    "conditionalEventDefinition",
    "linkEventDefinition",
    "compensateEventDefinition",
    "cancelEventDefinition",
    "terminateEventDefinition",
];

const REPEATS: [&str; 2] = ["standardLoopCharacteristics", "multiInstanceLoopCharacteristics"];

impl Reader<'_> {
    pub(super) fn node(&mut self, node: Xml<'_, '_>) -> Result<Node, Error> {
        let tag = node.tag_name().name();
        let is_inner = ["subProcess", "transaction", "adHocSubProcess"].contains(&tag);
        let typed = |child: &str| {
            EVENTS.contains(&child) || REPEATS.contains(&child) || (is_inner && is_in_body(child))
        };
        let common = self.common(node, &ATTRIBUTES, typed);
        let kind = self.kind(node)?;
        let default = node.attribute("default").map(reference).filter(|id| !id.is_empty());
        let undoes = is_true(node, "isForCompensation").unwrap_or(false);
        let mut read = Node { common, kind, default, events: Vec::new(), repeat: None, undoes };
        for child in node.children().filter(|child| is_bpmn(*child)) {
            let tag = child.tag_name().name();
            if EVENTS.contains(&tag) {
                read.events.push(self.event(child));
            } else if REPEATS.contains(&tag) {
                read.repeat = Some(self.repeat(child)?);
            }
        }
        Ok(read)
    }

    fn kind(&mut self, node: Xml<'_, '_>) -> Result<NodeKind, Error> {
        let tag = node.tag_name().name();
        let effect = |attribute| match is_true(node, attribute) {
            Some(false) => Effect::GoesBeside,
            _ => Effect::Interrupts,
        };
        if let Some(kind) = find(&TASKS, tag) {
            return Ok(NodeKind::Task(kind));
        }
        if let Some(kind) = find(&GATEWAYS, tag) {
            return Ok(NodeKind::Gateway(kind));
        }
        Ok(match tag {
            "startEvent" => NodeKind::Start(effect("isInterrupting")),
            "endEvent" => NodeKind::End,
            "intermediateThrowEvent" => NodeKind::Throw,
            "intermediateCatchEvent" => NodeKind::Catch,
            "boundaryEvent" => {
                let host = self.required(node, "attachedToRef")?;
                NodeKind::Boundary(host, effect("cancelActivity"))
            }
            "callActivity" => {
                let called = node.attribute("calledElement").or_else(|| zeebe_called(node));
                let called = called.map(str::trim).filter(|called| !called.is_empty());
                NodeKind::Call(called.map(ToOwned::to_owned))
            }
            _ => NodeKind::Inner(inner_kind(node), Box::new(self.body(node)?)),
        })
    }

    fn event(&mut self, node: Xml<'_, '_>) -> Event {
        let refers = |attribute| {
            let value = node.attribute(attribute).map(reference);
            value.filter(|value: &String| !value.is_empty())
        };
        let timer = || {
            let read = |(tag, kind)| self.expression(node, tag).map(|formula| (kind, formula));
            TIMERS.into_iter().find_map(read)
        };
        let (kind, attribute) = match node.tag_name().name() {
            "messageEventDefinition" => (EventKind::Message(refers("messageRef")), "messageRef"),
            "signalEventDefinition" => (EventKind::Signal(refers("signalRef")), "signalRef"),
            "errorEventDefinition" => (EventKind::Error(refers("errorRef")), "errorRef"),
            "escalationEventDefinition" => {
                (EventKind::Escalation(refers("escalationRef")), "escalationRef")
            }
            "timerEventDefinition" => (EventKind::Timer(timer()), ""),
            "conditionalEventDefinition" => {
                (EventKind::Conditional(self.expression(node, "condition")), "")
            }
            // A link is known by its name.
            "linkEventDefinition" => (EventKind::Link(node.attribute("name").map(Into::into)), ""),
            "compensateEventDefinition" => {
                (EventKind::Compensate(refers("activityRef")), "activityRef")
            }
            "cancelEventDefinition" => (EventKind::Cancel, ""),
            _ => (EventKind::Terminate, ""),
        };
        let typed = |tag: &str| tag == "condition" || find(&TIMERS, tag).is_some();
        Event { common: self.common(node, &[attribute], typed), kind }
    }

    /// A number of copies that stands there is one that can be made; a formula is asked later.
    fn countable(&self, node: Xml<'_, '_>, formula: &Expression) -> Result<(), Error> {
        let value = formula.bare();
        let is_number = value.chars().any(|c| c.is_ascii_digit())
            && value.chars().all(|c| c.is_ascii_digit() || ['-', '+', '.', ','].contains(&c));
        if !is_number || value.parse().is_ok_and(|copies: u32| copies <= COPIES_MAX) {
            return Ok(());
        }
        let (attribute, value) = ("loopCardinality", value.to_owned());
        let problem = Problem::NotWithin { attribute, value, max: COPIES_MAX };
        Err(self.wrong(node.parent_element().unwrap_or(node), problem))
    }

    fn repeat(&mut self, node: Xml<'_, '_>) -> Result<Repeat, Error> {
        let children = ["loopCondition", "loopCardinality", "completionCondition"];
        let attributes = ["testBefore", "loopMaximum", "isSequential"];
        let kind = if node.tag_name().name() == "standardLoopCharacteristics" {
            let given = node.attribute("loopMaximum").map(str::trim).filter(|m| !m.is_empty());
            let max = given.map(|value| {
                value.parse().map_err(|_| {
                    let value = value.to_owned();
                    self.wrong(node, Problem::BadValue { attribute: "loopMaximum", value })
                })
            });
            let before = is_true(node, "testBefore").unwrap_or(false);
            let condition = self.expression(node, "loopCondition");
            RepeatKind::While { before, max: max.transpose()?, condition }
        } else {
            let cardinality = self.expression(node, "loopCardinality");
            if let Some(formula) = &cardinality {
                self.countable(node, formula)?;
            }
            let until = self.expression(node, "completionCondition");
            RepeatKind::Copies { order: order(is_true(node, "isSequential")), cardinality, until }
        };
        let common = self.common(node, &attributes, |tag| children.contains(&tag));
        Ok(Repeat { common, kind })
    }
}

/// Zeebe names the called process in an extension.
fn zeebe_called<'a>(node: Xml<'a, '_>) -> Option<&'a str> {
    let mut inner = node.descendants();
    let called = inner.find(|e| e.has_tag_name((ZEEBE, "calledElement")))?;
    called.attribute("processId")
}

fn order(is_sequential: Option<bool>) -> Order {
    if is_sequential == Some(true) { Order::OneByOne } else { Order::Together }
}

fn inner_kind(node: Xml<'_, '_>) -> InnerKind {
    match node.tag_name().name() {
        "transaction" => InnerKind::Transaction,
        "adHocSubProcess" => {
            let ordering = node.attribute("ordering").map(|ordering| ordering == "Sequential");
            InnerKind::AdHoc(order(ordering))
        }
        _ if is_true(node, "triggeredByEvent") == Some(true) => InnerKind::OnEvent,
        _ => InnerKind::Embedded,
    }
}
