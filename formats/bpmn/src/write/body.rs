//! Processes, lanes and flows.

use super::{Attributes, Writer, split};
use crate::model::{Body, Flow, LaneSet, Process};
use crate::xml::BPMN;
use std::collections::BTreeMap;

/// What the schema wants before lanes and nodes.
const BEFORE: [&str; 8] = [
    "supportedInterfaceRef",
    "ioSpecification",
    "ioBinding",
    "auditing",
    "monitoring",
    "property",
    "dataInputAssociation",
    "dataOutputAssociation",
];

/// Artifacts that count as parts of the flow.
const DATA: [&str; 3] = ["dataObject", "dataObjectReference", "dataStoreReference"];

/// The flows of a node, by id.
#[derive(Default)]
pub(super) struct Ends<'a> {
    pub(super) incoming: Vec<&'a str>,
    pub(super) outgoing: Vec<&'a str>,
}

impl Writer {
    pub(super) fn process(&mut self, process: &Process) {
        let executable = vec![("isExecutable", process.executable.to_string())];
        self.open("process", &process.common, &executable);
        let (before, after) = split(&process.common.opaque, &BEFORE);
        self.documented(&process.common);
        self.opaque(&before);
        self.body(&process.body);
        self.opaque(&after);
        self.end("process");
    }

    pub(super) fn body(&mut self, body: &Body) {
        body.lanes.iter().for_each(|set| self.lanes("laneSet", set));
        let mut ends: BTreeMap<&str, Ends<'_>> = BTreeMap::new();
        for flow in &body.flows {
            ends.entry(&flow.target).or_default().incoming.push(&flow.common.id);
            ends.entry(&flow.source).or_default().outgoing.push(&flow.common.id);
        }
        for node in &body.nodes {
            let ends = ends.remove(node.common.id.as_str()).unwrap_or_default();
            self.node(node, &ends);
        }
        body.flows.iter().for_each(|flow| self.flow(flow));
        let (data, others) = split(&body.artifacts, &DATA);
        self.opaque(&data);
        self.opaque(&others);
    }

    fn lanes(&mut self, tag: &str, set: &LaneSet) {
        self.open(tag, &set.common, &[]);
        self.documented(&set.common);
        for lane in &set.lanes {
            self.open("lane", &lane.common, &[]);
            self.documented(&lane.common);
            self.opaque(&lane.common.opaque.iter().collect::<Vec<_>>());
            lane.nodes.iter().for_each(|id| self.reference("flowNodeRef", id));
            if let Some(inner) = &lane.inner {
                self.lanes("childLaneSet", inner);
            }
            self.end("lane");
        }
        self.end(tag);
    }

    fn flow(&mut self, flow: &Flow) {
        let ends: Attributes =
            vec![("sourceRef", flow.source.clone()), ("targetRef", flow.target.clone())];
        let Some(condition) = &flow.condition else {
            return self.plain("sequenceFlow", &flow.common, &ends);
        };
        self.open("sequenceFlow", &flow.common, &ends);
        self.documented(&flow.common);
        self.formula("conditionExpression", condition);
        self.opaque(&flow.common.opaque.iter().collect::<Vec<_>>());
        self.end("sequenceFlow");
    }

    pub(super) fn reference(&mut self, tag: &str, id: &str) {
        let tag = self.tag(BPMN, tag);
        self.line(&format!("<{tag}>{}</{tag}>", lingnan_xml::escaped_text(id)));
    }
}
