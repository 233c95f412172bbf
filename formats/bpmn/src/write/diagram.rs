//! Shapes and edges. Only what is drawn of elements that stand is written.

use super::Writer;
use crate::diagram::{Bounds, Diagram, Edge, Shape};
use crate::model::Definitions;
use crate::xml::{BPMNDI, DC, DI};
use lingnan_xml::escaped;

impl Writer {
    pub(super) fn diagrams(&mut self, read: &Definitions) {
        // What was read may draw what is not there, which other tools complain of.
        let stands = self.ids.clone();
        for diagram in read.diagrams.iter().filter(|d| stands.contains(&d.element)) {
            self.diagram(diagram, |element| stands.contains(element));
        }
    }

    fn diagram(&mut self, diagram: &Diagram, stands: impl Fn(&str) -> bool) {
        let [outer, inner] = ["BPMNDiagram", "BPMNPlane"].map(|tag| self.tag(BPMNDI, tag));
        let id = self.unused(&format!("{}_diagram", diagram.element));
        self.line(&format!("<{outer} id=\"{id}\">"));
        self.depth += 1;
        let id = self.unused(&format!("{}_plane", diagram.element));
        let element = escaped(&diagram.element);
        self.line(&format!("<{inner} id=\"{id}\" bpmnElement=\"{element}\">"));
        self.depth += 1;
        for shape in diagram.shapes.iter().filter(|shape| stands(&shape.element)) {
            self.shape(shape);
        }
        for edge in diagram.edges.iter().filter(|edge| stands(&edge.element)) {
            self.edge(edge);
        }
        self.depth -= 1;
        self.line(&format!("</{inner}>"));
        self.depth -= 1;
        self.line(&format!("</{outer}>"));
    }

    fn shape(&mut self, shape: &Shape) {
        let tag = self.tag(BPMNDI, "BPMNShape");
        let id = self.unused(&format!("{}_di", shape.element));
        let mut start = format!("<{tag} id=\"{id}\" bpmnElement=\"{}\"", escaped(&shape.element));
        let flags = [
            ("isExpanded", shape.expanded),
            ("isHorizontal", shape.horizontal),
            ("isMarkerVisible", shape.marker),
        ];
        for (name, value) in flags {
            start += &value.map(|value| format!(" {name}=\"{value}\"")).unwrap_or_default();
        }
        self.line(&(start + ">"));
        self.depth += 1;
        self.bounds(&shape.bounds);
        self.label(shape.label.as_ref());
        self.depth -= 1;
        self.line(&format!("</{tag}>"));
    }

    fn edge(&mut self, edge: &Edge) {
        let [tag, waypoint] = [self.tag(BPMNDI, "BPMNEdge"), self.tag(DI, "waypoint")];
        let id = self.unused(&format!("{}_di", edge.element));
        self.line(&format!("<{tag} id=\"{id}\" bpmnElement=\"{}\">", escaped(&edge.element)));
        self.depth += 1;
        for point in &edge.points {
            self.line(&format!("<{waypoint} x=\"{}\" y=\"{}\" />", point.x, point.y));
        }
        self.label(edge.label.as_ref());
        self.depth -= 1;
        self.line(&format!("</{tag}>"));
    }

    fn label(&mut self, label: Option<&Bounds>) {
        let Some(bounds) = label else { return };
        let tag = self.tag(BPMNDI, "BPMNLabel");
        self.line(&format!("<{tag}>"));
        self.depth += 1;
        self.bounds(bounds);
        self.depth -= 1;
        self.line(&format!("</{tag}>"));
    }

    fn bounds(&mut self, Bounds { x, y, width, height }: &Bounds) {
        let tag = self.tag(DC, "Bounds");
        let size = format!("width=\"{width}\" height=\"{height}\"");
        self.line(&format!("<{tag} x=\"{x}\" y=\"{y}\" {size} />"));
    }

    /// An id that no element has.
    fn unused(&mut self, wanted: &str) -> String {
        let numbered = (2_u32..).map(|n| format!("{wanted}_{n}"));
        let mut all = std::iter::once(wanted.to_owned()).chain(numbered);
        let id = all.find(|id| !self.ids.contains(id)).unwrap_or_default();
        self.ids.insert(id.clone());
        escaped(&id)
    }
}
