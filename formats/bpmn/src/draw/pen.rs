//! What has been drawn so far, and how two things are joined.

use super::layout::text_width;
use crate::block::{Guard, Payload, words};
use crate::diagram::{Bounds, Edge, Point, Shape};
use crate::model::{Body, Common, Declared, Flow, GatewayKind, Node, NodeKind, Opaque};
use lingnan_xml::escaped_text;
use std::collections::BTreeSet;

/// What has been drawn so far.
pub(super) struct Pen<'a> {
    pub(super) taken: Taken,
    pub(super) payload: Payload<'a>,
    pub(super) body: Body,
    pub(super) declared: Vec<Declared>,
    pub(super) shapes: Vec<Shape>,
    pub(super) edges: Vec<Edge>,
}

/// Ids that stand.
pub(super) struct Taken(pub(super) BTreeSet<String>);

impl Taken {
    /// An id that does not stand yet.
    pub(super) fn unused(&mut self, wanted: &str) -> String {
        let numbered = (2_u64..).map(|n| format!("{wanted}_{n}"));
        let mut all = std::iter::once(wanted.to_owned()).chain(numbered);
        let id = all.find(|id| !self.0.contains(id)).unwrap_or_default();
        self.0.insert(id.clone());
        id
    }
}

/// Where a way comes from: a node, its box, and what is said on the way.
#[derive(Clone)]
pub(super) struct Door {
    pub(super) node: String,
    pub(super) bounds: Bounds,
    pub(super) guard: Guard,
    pub(super) name: String,
    /// Corners the way takes first; none when it leaves to the right.
    pub(super) via: Vec<Point>,
}

impl Door {
    pub(super) fn new(node: &str, bounds: Bounds) -> Self {
        let (guard, name, via) = (Guard::Free, String::new(), Vec::new());
        Self { node: node.to_owned(), bounds, guard, name, via }
    }
}

impl<'a> Pen<'a> {
    pub(super) fn new(taken: BTreeSet<String>, payload: &Payload<'a>) -> Self {
        Self {
            taken: Taken(taken),
            payload: *payload,
            body: Body::default(),
            declared: Vec::new(),
            shapes: Vec::new(),
            edges: Vec::new(),
        }
    }

    /// The caller's text as an extension element.
    pub(super) fn text(&self, name: &str, text: &str) -> Opaque {
        let Payload { prefix, namespace } = self.payload;
        let inside = escaped_text(text);
        Opaque {
            namespace: Some(namespace.to_owned()),
            name: name.to_owned(),
            id: None,
            text: text.to_owned(),
            ends: None,
            xml: format!("<{prefix}:{name}>{inside}</{prefix}:{name}>"),
        }
    }

    pub(super) fn node(&mut self, node: Node, bounds: Bounds) {
        let outside = bounds.height < 60.0;
        let label = node.common.name.as_deref().filter(|_| outside).map(|name| {
            let width = text_width(name).min(120.0);
            let middle = bounds.x + bounds.width / 2.0;
            // Ways leave a gateway up and down, so that its label stands beside them.
            let (x, y) = match node.kind {
                NodeKind::Gateway(_) => (middle - width - 6.0, bounds.y - 14.0),
                _ => (middle - width / 2.0, bounds.y + bounds.height + 5.0),
            };
            Bounds { x, y, width, height: 14.0 }
        });
        let element = node.common.id.clone();
        let is_choice = node.kind == NodeKind::Gateway(GatewayKind::Exclusive);
        let marker = is_choice.then_some(true);
        self.shapes.push(Shape { element, bounds, label, marker, ..Shape::default() });
        self.body.nodes.push(node);
    }

    /// Joins two things.
    pub(super) fn flow(&mut self, door: &Door, target: &str, bounds: &Bounds) {
        self.flow_along(door, target, way(door, bounds));
    }

    /// Joins two things; the corners are given.
    pub(super) fn flow_along(&mut self, door: &Door, target: &str, points: Vec<Point>) {
        let id = self.taken.unused(&format!("{}_to_{target}", door.node));
        let (condition, said) = match &door.guard {
            Guard::Free => (None, ""),
            Guard::When(condition) => (Some(condition.as_str().into()), condition.as_str()),
            Guard::Otherwise => (None, words::OTHERWISE),
        };
        let said = if door.name.is_empty() { said } else { &door.name };
        if door.guard == Guard::Otherwise
            && let Some(node) = self.body.nodes.iter_mut().find(|n| n.common.id == door.node)
        {
            node.default = Some(id.clone());
        }
        let common = Common::new(id.clone(), said);
        let (source, target) = (door.node.clone(), target.to_owned());
        let label = label(said, &points);
        self.body.flows.push(Flow { common, source, target, condition });
        self.edges.push(Edge { element: id, points, label });
    }
}

/// Level to the target, and up or down into it when it lies at another height.
fn way(door: &Door, target: &Bounds) -> Vec<Point> {
    let from = middle(&door.bounds);
    let right = Point { x: door.bounds.x + door.bounds.width, y: from.y };
    let mut points = if door.via.is_empty() { vec![right] } else { door.via.clone() };
    let height = points.last().map_or(from.y, |point| point.y);
    let to = middle(target);
    if (height - to.y).abs() < 1.0 {
        points.push(Point { x: target.x, y: to.y });
    } else {
        let side = if height < to.y { target.y } else { target.y + target.height };
        points.extend([Point { x: to.x, y: height }, Point { x: to.x, y: side }]);
    }
    points
}

/// The middle of a box.
pub(super) fn middle(bounds: &Bounds) -> Point {
    Point { x: bounds.x + bounds.width / 2.0, y: bounds.y + bounds.height / 2.0 }
}

/// A label above the longest level part of a way.
fn label(said: &str, points: &[Point]) -> Option<Bounds> {
    let level = points.windows(2).filter_map(|pair| match pair {
        [a, b] if (a.y - b.y).abs() < 1.0 => Some((Point { x: a.x.min(b.x), y: a.y }, a.x - b.x)),
        _ => None,
    });
    let longest = level.max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()));
    let (at, length) = longest.filter(|_| !said.is_empty())?;
    let width = text_width(said).min(length.abs().max(40.0));
    Some(Bounds { x: at.x + 6.0, y: at.y - 18.0, width, height: 14.0 })
}
