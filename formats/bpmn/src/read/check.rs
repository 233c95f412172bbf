//! What holds between elements: ids are unique, and references lead somewhere.

use crate::error::{Error, Place, Problem};
use crate::model::{Body, Common, Definitions, Flow, LaneSet, Node, NodeKind, Opaque};
use crate::tags::{DECLARED, name};
use std::collections::{BTreeMap, BTreeSet};

/// Where each id stands.
#[derive(Default)]
struct Ids(BTreeMap<String, u32>);

pub(crate) fn whole(definitions: &Definitions) -> Result<(), Error> {
    let mut ids = Ids::default();
    ids.common(&definitions.common, "definitions")?;
    for declared in &definitions.declared {
        ids.common(&declared.common, name(&DECLARED, declared.kind))?;
    }
    for collaboration in &definitions.collaborations {
        ids.common(&collaboration.common, "collaboration")?;
        for participant in &collaboration.participants {
            ids.common(&participant.common, "participant")?;
        }
        for message in &collaboration.messages {
            ids.common(&message.common, "messageFlow")?;
        }
    }
    for process in &definitions.processes {
        ids.common(&process.common, "process")?;
        ids.body(&process.body)?;
    }
    Ok(())
}

impl Ids {
    fn add(&mut self, id: &str, place: impl FnOnce() -> Place) -> Result<(), Error> {
        match self.0.get(id) {
            Some(first) => Err(Error::element(place(), Problem::DuplicateId { first: *first })),
            None => {
                self.0.insert(id.to_owned(), place().line);
                Ok(())
            }
        }
    }

    fn common(&mut self, common: &Common, tag: &str) -> Result<(), Error> {
        self.add(&common.id, || common.place(tag))?;
        common.opaque.iter().try_for_each(|opaque| self.opaque(opaque, common))
    }

    fn opaque(&mut self, opaque: &Opaque, around: &Common) -> Result<(), Error> {
        let Some(id) = &opaque.id else { return Ok(()) };
        self.add(id, || Place {
            tag: opaque.name.clone(),
            id: id.clone(),
            name: String::new(),
            line: around.line,
        })
    }

    fn body(&mut self, body: &Body) -> Result<(), Error> {
        for node in &body.nodes {
            self.node(node)?;
        }
        for flow in &body.flows {
            self.common(&flow.common, "sequenceFlow")?;
        }
        for set in &body.lanes {
            self.lanes(set)?;
        }
        let nothing = Common::default();
        body.artifacts.iter().try_for_each(|artifact| self.opaque(artifact, &nothing))?;
        references(body)
    }

    fn node(&mut self, node: &Node) -> Result<(), Error> {
        self.common(&node.common, node.tag())?;
        for event in &node.events {
            self.common(&event.common, event.kind.tag())?;
        }
        if let Some(repeat) = &node.repeat {
            self.common(&repeat.common, "loopCharacteristics")?;
        }
        match &node.kind {
            NodeKind::Inner(_, body) => self.body(body),
            _ => Ok(()),
        }
    }

    fn lanes(&mut self, set: &LaneSet) -> Result<(), Error> {
        self.common(&set.common, "laneSet")?;
        for lane in &set.lanes {
            self.common(&lane.common, "lane")?;
            if let Some(inner) = &lane.inner {
                self.lanes(inner)?;
            }
        }
        Ok(())
    }
}

/// Flows lead from a node to a node of the same body; defaults and hosts are there.
fn references(body: &Body) -> Result<(), Error> {
    let nodes: BTreeMap<&str, &Node> =
        body.nodes.iter().map(|node| (node.common.id.as_str(), node)).collect();
    for flow in &body.flows {
        for (attribute, target) in [("sourceRef", &flow.source), ("targetRef", &flow.target)] {
            if !nodes.contains_key(target.as_str()) {
                return Err(missing(flow, attribute, target));
            }
        }
    }
    let flows: BTreeSet<(&str, &str)> =
        body.flows.iter().map(|flow| (flow.source.as_str(), flow.common.id.as_str())).collect();
    for node in &body.nodes {
        let id = node.common.id.as_str();
        let wrong = |attribute, target: &str, hint| {
            let target = target.to_owned();
            let problem = Problem::NoSuch { attribute, target, hint };
            Err(Error::element(node.common.place(node.tag()), problem))
        };
        if let Some(default) = &node.default
            && !flows.contains(&(id, default.as_str()))
        {
            return wrong("default", default, "，或不是从这里出去的顺序流");
        }
        if let NodeKind::Boundary(host, _) = &node.kind {
            let found = nodes.get(host.as_str());
            let is_activity = |host: &&&Node| {
                matches!(host.kind, NodeKind::Task(_) | NodeKind::Call(_) | NodeKind::Inner(..))
            };
            if found.filter(is_activity).is_none() {
                return wrong("attachedToRef", host, "，或不是同一流程中的活动");
            }
        }
    }
    Ok(())
}

fn missing(flow: &Flow, attribute: &'static str, target: &str) -> Error {
    let hint = "，或不在同一个流程或子流程中";
    let problem = Problem::NoSuch { attribute, target: target.to_owned(), hint };
    Error::element(flow.common.place("sequenceFlow"), problem)
}
