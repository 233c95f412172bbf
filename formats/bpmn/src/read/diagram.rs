//! Shapes and edges. What is drawn wrongly is passed over: it changes nothing that is done.

use super::common::{is_true, reference};
use crate::diagram::{Bounds, Diagram, Edge, Point, Shape};
use crate::xml::{BPMNDI, DC, DI};
use roxmltree::Node as Xml;

pub(super) fn diagrams(root: Xml<'_, '_>) -> Vec<Diagram> {
    let diagrams = root.children().filter(|child| is(*child, BPMNDI, "BPMNDiagram"));
    let planes = diagrams.flat_map(|diagram| diagram.children());
    planes.filter(|child| is(*child, BPMNDI, "BPMNPlane")).filter_map(plane).collect()
}

fn is(node: Xml<'_, '_>, namespace: &str, name: &str) -> bool {
    node.has_tag_name((namespace, name))
}

fn plane(node: Xml<'_, '_>) -> Option<Diagram> {
    let element = reference(node.attribute("bpmnElement")?);
    let named = |name| node.children().filter(move |child| is(*child, BPMNDI, name));
    Some(Diagram {
        element,
        shapes: named("BPMNShape").filter_map(shape).collect(),
        edges: named("BPMNEdge").filter_map(edge).collect(),
    })
}

fn shape(node: Xml<'_, '_>) -> Option<Shape> {
    Some(Shape {
        element: reference(node.attribute("bpmnElement")?),
        bounds: bounds(node)?,
        label: label(node),
        expanded: is_true(node, "isExpanded"),
        horizontal: is_true(node, "isHorizontal"),
        marker: is_true(node, "isMarkerVisible"),
    })
}

fn edge(node: Xml<'_, '_>) -> Option<Edge> {
    let corners = node.children().filter(|child| is(*child, DI, "waypoint"));
    let point = |p: Xml<'_, '_>| Some(Point { x: number(p, "x")?, y: number(p, "y")? });
    let points: Vec<Point> = corners.filter_map(point).collect();
    let element = reference(node.attribute("bpmnElement")?);
    (points.len() >= 2).then(|| Edge { element, points, label: label(node) })
}

fn label(node: Xml<'_, '_>) -> Option<Bounds> {
    node.children().find(|child| is(*child, BPMNDI, "BPMNLabel")).and_then(bounds)
}

fn bounds(node: Xml<'_, '_>) -> Option<Bounds> {
    let bounds = node.children().find(|child| is(*child, DC, "Bounds"))?;
    Some(Bounds {
        x: number(bounds, "x")?,
        y: number(bounds, "y")?,
        width: number(bounds, "width")?,
        height: number(bounds, "height")?,
    })
}

fn number(node: Xml<'_, '_>, name: &str) -> Option<f64> {
    let value: f64 = node.attribute(name)?.trim().parse().ok()?;
    value.is_finite().then_some(value)
}
