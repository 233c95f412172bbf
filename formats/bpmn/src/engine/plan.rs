//! A file made ready to be run: nodes by id, with their flows and the events on them.

use crate::error::{Error, Place};
use crate::model::{
    Body, Definitions, EventKind, Flow, GatewayKind, InnerKind, Node, NodeKind, Opaque, Process,
};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that can be run, by id.
pub(crate) struct Plan<'a> {
    pub(super) file: &'a Definitions,
    /// Whether any inclusive join has to be watched.
    pub(super) has_inclusive: bool,
    spots: BTreeMap<&'a str, Spot<'a>>,
    bodies: BTreeMap<&'a str, &'a Body>,
    flows: BTreeMap<&'a str, &'a Flow>,
}

/// A node and what is around it.
pub(crate) struct Spot<'a> {
    pub(crate) node: &'a Node,
    pub(crate) incoming: Vec<&'a Flow>,
    pub(crate) outgoing: Vec<&'a Flow>,
    /// Boundary events on it.
    pub(crate) boundaries: Vec<&'a Node>,
    /// Where a thrown link leads, or what a compensation event is joined with.
    jump: Option<&'a str>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(file: &'a Definitions) -> Self {
        let mut plan = Self {
            file,
            has_inclusive: false,
            spots: BTreeMap::new(),
            bodies: BTreeMap::new(),
            flows: BTreeMap::new(),
        };
        let joined = joined(file);
        for process in &file.processes {
            plan.add(&process.common.id, &process.body, &joined);
        }
        plan
    }

    fn add(&mut self, id: &'a str, body: &'a Body, joined: &BTreeMap<&str, Vec<&'a str>>) {
        self.bodies.insert(id, body);
        let caught = catches(body);
        let undoing: BTreeSet<&str> =
            body.nodes.iter().filter(|node| node.undoes).map(|n| n.common.id.as_str()).collect();
        for node in &body.nodes {
            self.has_inclusive |= node.kind == NodeKind::Gateway(GatewayKind::Inclusive);
            let jump = jump(node, &caught, &undoing, joined);
            let (incoming, outgoing, boundaries) = (Vec::new(), Vec::new(), Vec::new());
            let spot = Spot { node, incoming, outgoing, boundaries, jump };
            self.spots.insert(&node.common.id, spot);
            if let NodeKind::Inner(_, inner) = &node.kind {
                self.add(&node.common.id, inner, joined);
            }
        }
        for flow in &body.flows {
            self.flows.insert(&flow.common.id, flow);
            if let Some(spot) = self.spots.get_mut(flow.source.as_str()) {
                spot.outgoing.push(flow);
            }
            if let Some(spot) = self.spots.get_mut(flow.target.as_str()) {
                spot.incoming.push(flow);
            }
        }
        for node in &body.nodes {
            if let NodeKind::Boundary(host, _) = &node.kind
                && let Some(spot) = self.spots.get_mut(host.as_str())
            {
                spot.boundaries.push(node);
            }
        }
    }

    pub(crate) fn spot(&self, id: &str) -> Result<&Spot<'a>, Error> {
        self.spots.get(id).ok_or(Error::OtherFile)
    }

    /// Nodes at which tokens have come along these flows.
    pub(super) fn targets<'b>(&self, flows: impl Iterator<Item = &'b String>) -> BTreeSet<&'a str> {
        let flows = flows.filter_map(|id| self.flows.get(id.as_str()));
        flows.map(|flow| flow.target.as_str()).collect()
    }

    pub(super) fn body(&self, id: &str) -> Result<&'a Body, Error> {
        self.bodies.get(id).copied().ok_or(Error::OtherFile)
    }

    pub(crate) fn place(&self, id: &str) -> Box<Place> {
        let spot = self.spots.get(id);
        Box::new(spot.map(|spot| spot.node.common.place(spot.node.tag())).unwrap_or_default())
    }

    /// The body that a node stands in.
    pub(crate) fn body_of(&self, id: &str) -> Option<&'a Body> {
        let holds = |body: &&&Body| body.nodes.iter().any(|node| node.common.id == id);
        self.bodies.values().find(holds).copied()
    }

    /// The process that a call activity calls, when it is in the file.
    pub(super) fn called(&self, name: &str) -> Option<&'a Process> {
        let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
        let mut all = self.file.processes.iter();
        all.find(|p| p.common.id == name || p.common.id == local)
    }

    /// Where tokens may begin: none starts, else starts by an event, else what no flow leads to.
    pub(crate) fn starts(&self, body: &'a Body) -> Vec<&'a str> {
        let starts = body.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Start(_)));
        let (none, by_event): (Vec<&Node>, Vec<&Node>) =
            starts.partition(|node| node.events.is_empty());
        let given = if none.is_empty() { by_event } else { none };
        if !given.is_empty() {
            return given.into_iter().map(|node| node.common.id.as_str()).collect();
        }
        let begins = |node: &&Node| {
            let is_begun_otherwise = matches!(
                node.kind,
                NodeKind::Boundary(..) | NodeKind::Inner(InnerKind::OnEvent, _)
            ) || node.undoes
                || (node.kind == NodeKind::Catch && is_link(node));
            let reached = self.spots.get(node.common.id.as_str());
            !is_begun_otherwise && reached.is_some_and(|spot| spot.incoming.is_empty())
        };
        body.nodes.iter().filter(begins).map(|node| node.common.id.as_str()).collect()
    }

    /// Whether a body begins by events alone.
    pub(super) fn is_begun_by_events(body: &Body) -> bool {
        let mut starts = body.nodes.iter().filter(|node| matches!(node.kind, NodeKind::Start(_)));
        starts.next().is_some_and(|first| !first.events.is_empty())
            && starts.all(|node| !node.events.is_empty())
    }

    /// Event subprocesses of a body with their starts.
    pub(super) fn on_event(body: &Body) -> impl Iterator<Item = (&Node, &Node)> {
        body.nodes.iter().filter_map(|node| match &node.kind {
            NodeKind::Inner(InnerKind::OnEvent, inner) => {
                let is_start = |n: &&Node| matches!(n.kind, NodeKind::Start(_));
                inner.nodes.iter().find(is_start).map(|start| (node, start))
            }
            _ => None,
        })
    }

    /// Where a thrown link or a compensation event leads.
    pub(super) fn jump(&self, id: &str) -> Option<&'a str> {
        self.spots.get(id).and_then(|spot| spot.jump)
    }

    /// Nodes that a token on `from` can still come to without passing `without`; with `from`.
    pub(crate) fn reach(&self, from: &str, without: &str) -> BTreeSet<&'a str> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&'a str> =
            self.spots.get_key_value(from).map(|(id, _)| *id).into_iter().collect();
        while let Some(id) = open.pop() {
            if id == without || !seen.insert(id) {
                continue;
            }
            let Some(spot) = self.spots.get(id) else { continue };
            open.extend(spot.outgoing.iter().map(|flow| flow.target.as_str()));
            open.extend(spot.boundaries.iter().map(|node| node.common.id.as_str()));
            open.extend(spot.jump);
        }
        seen
    }

    /// How many nodes and flows out of them these are.
    pub(super) fn size(&self, nodes: &BTreeSet<&str>) -> usize {
        let spots = nodes.iter().filter_map(|id| self.spots.get(id));
        spots.map(|spot| 1 + spot.outgoing.len()).sum()
    }
}

/// Where thrown links of a body lead, by name.
fn catches(body: &Body) -> BTreeMap<&str, &str> {
    let caught = body.nodes.iter().rev().filter(|node| node.kind == NodeKind::Catch);
    caught.filter_map(|node| Some((link(node)?, node.common.id.as_str()))).collect()
}

/// What associations join. One may stand outside of the subprocess that both its ends are in.
fn joined(file: &Definitions) -> BTreeMap<&str, Vec<&str>> {
    let mut joined: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut open: Vec<&Body> = file.processes.iter().map(|process| &process.body).collect();
    let mut all: Vec<&Opaque> = file.collaborations.iter().flat_map(|c| &c.common.opaque).collect();
    while let Some(body) = open.pop() {
        all.extend(&body.artifacts);
        open.extend(body.nodes.iter().filter_map(|node| match &node.kind {
            NodeKind::Inner(_, inner) => Some(inner.as_ref()),
            _ => None,
        }));
    }
    for (source, target) in all.into_iter().filter_map(|artifact| artifact.ends.as_ref()) {
        joined.entry(source).or_default().push(target);
    }
    joined
}

/// A thrown link leads to the catching one; a compensation event to the activity that undoes.
fn jump<'a>(
    node: &'a Node,
    caught: &BTreeMap<&str, &'a str>,
    undoing: &BTreeSet<&'a str>,
    joined: &BTreeMap<&str, Vec<&'a str>>,
) -> Option<&'a str> {
    if let (NodeKind::Throw, Some(name)) = (&node.kind, link(node)) {
        return caught.get(name).copied();
    }
    let undone = node.events.iter().any(|e| matches!(e.kind, EventKind::Compensate(_)));
    if undone && matches!(node.kind, NodeKind::Boundary(..)) {
        let targets = joined.get(node.common.id.as_str())?;
        return targets.iter().find_map(|target| undoing.get(target).copied());
    }
    None
}

/// Whether a node throws or catches a link.
pub(super) fn is_link(node: &Node) -> bool {
    node.events.iter().any(|event| matches!(event.kind, EventKind::Link(_)))
}

/// The name of the link that a node throws or catches; some tools give it to the node alone.
pub(super) fn link(node: &Node) -> Option<&str> {
    node.events.iter().find_map(|event| match &event.kind {
        EventKind::Link(name) => {
            let own = name.as_deref().filter(|name| !name.trim().is_empty());
            own.or(node.common.name.as_deref())
        }
        _ => None,
    })
}
