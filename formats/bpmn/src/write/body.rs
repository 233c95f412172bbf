//! Processes, lanes and flows.

use super::{Attributes, Writer, split};
use crate::model::{Body, Flow, LaneSet, Process};
use crate::xml::BPMN;

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
        body.nodes.iter().for_each(|node| self.node(node, body));
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
        self.line(&format!("<{tag}>{}</{tag}>", super::escaped_text(id)));
    }
}
