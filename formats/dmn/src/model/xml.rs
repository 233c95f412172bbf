//! The tree of a model, and what stands where in it.

use super::Error;
use lingnan_xml::Limits;
use roxmltree::{Document, Node};

/// Longer files are refused.
pub const BYTES_MAX: usize = 16 * 1024 * 1024;
/// The reader walks the elements with the stack.
const LIMITS: Limits = Limits { bytes: BYTES_MAX, elements: 250_000, depth: 200, namespaces: 64 };

/// Reads a text as XML.
pub(crate) fn document(text: &str) -> Result<Document<'_>, Error> {
    Ok(lingnan_xml::tree(text, &LIMITS)?)
}

/// The child elements.
pub(crate) fn elements<'a, 'b>(node: Node<'a, 'b>) -> impl Iterator<Item = Node<'a, 'b>> {
    node.children().filter(Node::is_element)
}

/// The child elements of a name.
pub(crate) fn named<'a, 'b>(
    node: Node<'a, 'b>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'b>> {
    elements(node).filter(move |child| child.tag_name().name() == name)
}

/// The first child element of a name.
pub(crate) fn child<'a, 'b>(node: Node<'a, 'b>, name: &'static str) -> Option<Node<'a, 'b>> {
    named(node, name).next()
}

/// What stands in the child element of a name, without the spaces around it.
pub(crate) fn text_of(node: Node<'_, '_>, name: &'static str) -> Option<String> {
    Some(content(child(node, name)?).trim().to_owned())
}

/// All text directly in an element.
pub(crate) fn content(node: Node<'_, '_>) -> String {
    node.children().filter(Node::is_text).filter_map(|text| text.text()).collect()
}
