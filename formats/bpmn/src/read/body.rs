//! What is in a process or subprocess.

use super::common::{Reader, is_bpmn, reference};
use crate::error::Error;
use crate::model::{Body, Flow, Lane, LaneSet};
use crate::tags::{ARTIFACTS, is_node};
use roxmltree::Node as Xml;

/// Whether a child of a process has a field in its body.
pub(super) fn is_in_body(tag: &str) -> bool {
    is_node(tag) || ARTIFACTS.contains(&tag) || ["sequenceFlow", "laneSet"].contains(&tag)
}

impl Reader<'_> {
    pub(super) fn body(&mut self, node: Xml<'_, '_>) -> Result<Body, Error> {
        let mut body = Body::default();
        for child in node.children().filter(|child| is_bpmn(*child)) {
            match child.tag_name().name() {
                "sequenceFlow" => body.flows.push(self.flow(child)?),
                "laneSet" => body.lanes.push(self.lane_set(child)),
                tag if is_node(tag) => body.nodes.push(self.node(child)?),
                tag if ARTIFACTS.contains(&tag) => body.artifacts.push(self.opaque(child)),
                _ => {}
            }
        }
        Ok(body)
    }

    fn flow(&mut self, node: Xml<'_, '_>) -> Result<Flow, Error> {
        let typed = |tag: &str| tag == "conditionExpression";
        let common = self.common(node, &["sourceRef", "targetRef"], typed);
        let source = self.required(node, "sourceRef")?;
        let target = self.required(node, "targetRef")?;
        let condition = self.expression(node, "conditionExpression");
        // An empty condition is what modellers leave behind.
        let condition = condition.filter(|c| !c.text.trim().is_empty() || !c.attributes.is_empty());
        Ok(Flow { common, source, target, condition })
    }

    fn lane_set(&mut self, node: Xml<'_, '_>) -> LaneSet {
        let common = self.common(node, &[], |tag| tag == "lane");
        let lanes = node.children().filter(|c| is_bpmn(*c) && c.tag_name().name() == "lane");
        LaneSet { common, lanes: lanes.map(|lane| self.lane(lane)).collect() }
    }

    fn lane(&mut self, node: Xml<'_, '_>) -> Lane {
        let typed = |tag: &str| ["flowNodeRef", "childLaneSet"].contains(&tag);
        let common = self.common(node, &[], typed);
        let named = |tag| {
            let is = move |c: &Xml<'_, '_>| is_bpmn(*c) && c.tag_name().name() == tag;
            node.children().filter(is)
        };
        let nodes = named("flowNodeRef").filter_map(|c| c.text()).map(reference).collect();
        let inner = named("childLaneSet").next().map(|set| Box::new(self.lane_set(set)));
        Lane { common, nodes, inner }
    }
}
