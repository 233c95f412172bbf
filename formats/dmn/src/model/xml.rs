//! XML within limits: no document types and so no entities, not too long, not too deep.

use super::Error;
use roxmltree::{Document, Node, ParsingOptions};

/// Longer files are refused.
pub const BYTES_MAX: usize = 16 * 1024 * 1024;
/// How many elements, texts and attributes a file may have.
const NODES_MAX: u32 = 1_000_000;
/// How deep elements may be nested: the reader walks them with the stack.
const DEPTH_MAX: usize = 200;

/// How many attributes an element may have: each is compared with every other.
const ATTRIBUTES_MAX: usize = 256;
/// How many namespaces may be declared: every element below inherits them.
const NAMESPACES_MAX: usize = 5000;

/// Reads a text as XML.
pub(crate) fn document(text: &str) -> Result<Document<'_>, Error> {
    if text.len() > BYTES_MAX {
        return Err(Error::TooLong);
    }
    scan(text)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES_MAX, ..Default::default() };
    Document::parse_with_options(text, options).map_err(|error| Error::Xml(error.to_string()))
}

/// Sees what would cost the parser too much before it is parsed.
fn scan(text: &str) -> Result<(), Error> {
    if text.matches("xmlns").take(NAMESPACES_MAX + 1).count() > NAMESPACES_MAX {
        return Err(Error::Crowded);
    }
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        rest = if after.starts_with("!--") {
            behind(after, "-->")
        } else if after.starts_with("![CDATA[") {
            behind(after, "]]>")
        } else if after.starts_with(['!', '?']) {
            after
        } else if after.starts_with('/') {
            depth = depth.saturating_sub(1);
            after
        } else {
            let (tag, behind) = tag(after)?;
            depth += usize::from(!tag.ends_with('/'));
            behind
        };
        if depth > DEPTH_MAX {
            return Err(Error::TooDeep);
        }
    }
    Ok(())
}

fn behind<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split_once(mark).map_or("", |(_, rest)| rest)
}

/// What stands before the end of a tag and what behind it; what is quoted does not end it.
fn tag(text: &str) -> Result<(&str, &str), Error> {
    let mut rest = text;
    for _ in 0..ATTRIBUTES_MAX {
        let Some(place) = rest.find(['"', '\'', '>']) else { return Ok((rest, "")) };
        let (before, mark) = rest.split_at(place);
        if let Some(behind) = mark.strip_prefix('>') {
            return Ok((before, behind));
        }
        let quote = if mark.starts_with('"') { '"' } else { '\'' };
        rest = mark.get(1..).and_then(|value| value.split_once(quote)).map_or("", |(_, r)| r);
    }
    Err(Error::Crowded)
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
