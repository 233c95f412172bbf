//! The tree of a file, its namespaces, and on which line an element stands.

use crate::error::Error;
use crate::limits::XML;
use roxmltree::{Document, Node};

/// BPMN's own namespace.
pub(crate) const BPMN: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";
/// BPMN's diagrams.
pub(crate) const BPMNDI: &str = "http://www.omg.org/spec/BPMN/20100524/DI";
/// Bounds and points.
pub(crate) const DC: &str = "http://www.omg.org/spec/DD/20100524/DC";
/// Waypoints.
pub(crate) const DI: &str = "http://www.omg.org/spec/DD/20100524/DI";
/// Extensions of Camunda 8.
pub(crate) const ZEEBE: &str = "http://camunda.org/schema/zeebe/1.0";
/// `xsi:type`.
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The tree of a text that keeps within the limits.
pub(crate) fn tree(text: &str) -> Result<Document<'_>, Error> {
    Ok(lingnan_xml::tree(text, &XML)?)
}

/// Where the lines of a text begin, so that an element's line is found by halving.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at + 1).collect())
    }

    /// The line of an element, from 1.
    pub(crate) fn line(&self, node: Node<'_, '_>) -> u32 {
        let before = self.0.partition_point(|start| *start <= node.range().start);
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }
}
