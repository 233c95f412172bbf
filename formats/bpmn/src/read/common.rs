//! What is read the same way from every element.

use crate::error::{Error, Place, Problem};
use crate::model::{Attribute, Common, Expression, Namespace, Opaque};
use crate::xml::{BPMN, BPMNDI, Lines, XSI};
use roxmltree::Node as Xml;

/// The text, where its lines are, and how many ids had to be made.
pub(super) struct Reader<'a> {
    text: &'a str,
    lines: Lines,
    made: u32,
    /// How made ids begin; no id of the file does.
    prefix: String,
    /// Declared at the root.
    pub(super) namespaces: Vec<Namespace>,
}

/// Whether an element is BPMN's own.
pub(super) fn is_bpmn(node: Xml<'_, '_>) -> bool {
    node.is_element() && node.tag_name().namespace() == Some(BPMN)
}

/// An attribute that is true or false.
pub(super) fn is_true(node: Xml<'_, '_>, name: &str) -> Option<bool> {
    node.attribute(name).map(|value| matches!(value.trim(), "true" | "1"))
}

/// A reference without its prefix.
pub(super) fn reference(value: &str) -> String {
    let value = value.trim();
    value.rsplit_once(':').map_or(value, |(_, local)| local).to_owned()
}

/// All text in an element.
pub(super) fn text(node: Xml<'_, '_>) -> String {
    node.descendants().filter(|n| n.is_text()).filter_map(|n| n.text()).collect()
}

fn ends((source, target): (&str, &str)) -> (String, String) {
    (reference(source), reference(target))
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, root: Xml<'_, '_>) -> Self {
        let owned = |n: &roxmltree::Namespace<'_>| Namespace {
            prefix: n.name().unwrap_or_default().to_owned(),
            uri: n.uri().to_owned(),
        };
        let namespaces = root.namespaces().map(owned).filter(|n| n.prefix != "xml").collect();
        let mut prefix = "unnamed_".to_owned();
        while text.contains(&prefix) {
            prefix.insert(0, '_');
        }
        Self { text, lines: Lines::of(text), made: 0, prefix, namespaces }
    }

    pub(super) fn place(&self, node: Xml<'_, '_>) -> Place {
        let attribute = |name| node.attribute(name).unwrap_or_default().to_owned();
        Place {
            tag: node.tag_name().name().to_owned(),
            id: attribute("id"),
            name: attribute("name"),
            line: self.lines.line(node),
        }
    }

    pub(super) fn wrong(&self, node: Xml<'_, '_>, problem: Problem) -> Error {
        Error::element(self.place(node), problem)
    }

    /// A reference that must be there.
    pub(super) fn required(&self, node: Xml<'_, '_>, name: &'static str) -> Result<String, Error> {
        let value = node.attribute(name).map(reference).filter(|value| !value.is_empty());
        value.ok_or_else(|| self.wrong(node, Problem::Lacks(name)))
    }

    /// Everything but the attributes and children that have a field elsewhere.
    pub(super) fn common(
        &mut self,
        node: Xml<'_, '_>,
        attributes: &[&str],
        typed: impl Fn(&str) -> bool,
    ) -> Common {
        let given = node.attribute("id").map(str::trim).filter(|id| !id.is_empty());
        let id = given.map_or_else(|| self.made_id(), ToOwned::to_owned);
        let name = node.attribute("name").filter(|name| !name.is_empty()).map(ToOwned::to_owned);
        let mut common = Common { id, name, line: self.lines.line(node), ..Common::default() };
        common.attributes = rest(node, attributes);
        for child in node.children().filter(Xml::is_element) {
            let tag = child.tag_name().name();
            match (is_bpmn(child), tag) {
                (true, "documentation") => common.documentation.push(self.opaque(child)),
                (true, "extensionElements") => {
                    let inner = child.children().filter(Xml::is_element);
                    common.extensions.extend(inner.map(|inner| self.opaque(inner)));
                }
                (true, "incoming" | "outgoing") => {}
                (true, tag) if typed(tag) => {}
                (false, _) if child.tag_name().namespace() == Some(BPMNDI) => {}
                _ => common.opaque.push(self.opaque(child)),
            }
        }
        common
    }

    fn made_id(&mut self) -> String {
        self.made += 1;
        format!("{}{}", self.prefix, self.made)
    }

    /// An element as it is written, with the namespaces it needs that the root does not declare.
    pub(super) fn opaque(&self, node: Xml<'_, '_>) -> Opaque {
        let xml = self.text.get(node.range()).unwrap_or_default();
        let mut missing = String::new();
        for namespace in node.namespaces() {
            let prefix = namespace.name().unwrap_or_default();
            let at_root = |n: &Namespace| n.prefix == prefix && n.uri == namespace.uri();
            let mark = if prefix.is_empty() {
                " xmlns=\"".to_owned()
            } else {
                format!(" xmlns:{prefix}=\"")
            };
            let stands = start_tag(xml).contains(mark.trim_end_matches('"'));
            let used = prefix.is_empty() || xml.contains(&format!("{prefix}:"));
            if prefix != "xml" && used && !stands && !self.namespaces.iter().any(at_root) {
                let uri = lingnan_xml::escaped(namespace.uri());
                missing += &format!("{mark}{uri}\"");
            }
        }
        let name_end = xml.find(|c: char| c.is_whitespace() || c == '>' || c == '/');
        let (start, end) = xml.split_at(name_end.unwrap_or(xml.len()));
        Opaque {
            namespace: node.tag_name().namespace().map(ToOwned::to_owned),
            name: node.tag_name().name().to_owned(),
            id: node.attribute("id").filter(|_| is_bpmn(node)).map(ToOwned::to_owned),
            text: text(node),
            ends: node.attribute("sourceRef").zip(node.attribute("targetRef")).map(ends),
            xml: format!("{start}{missing}{end}"),
        }
    }

    /// A child that holds a formula.
    pub(super) fn expression(&self, node: Xml<'_, '_>, tag: &str) -> Option<Expression> {
        let child = node.children().find(|c| is_bpmn(*c) && c.tag_name().name() == tag)?;
        Some(Expression { text: text(child), attributes: rest(child, &[]) })
    }
}

/// An element up to the end of its start tag; a value may hold a bracket.
fn start_tag(xml: &str) -> &str {
    let mut quoted = None;
    let end = xml.find(|c| match quoted {
        Some(quote) => {
            quoted = Some(quote).filter(|quote| *quote != c);
            false
        }
        None => {
            quoted = Some(c).filter(|c| ['"', '\''].contains(c));
            c == '>'
        }
    });
    xml.split_at(end.unwrap_or(xml.len())).0
}

/// Attributes that have no field.
fn rest(node: Xml<'_, '_>, typed: &[&str]) -> Vec<Attribute> {
    let untyped = node.attributes().filter(|attribute| match attribute.namespace() {
        None => !["id", "name"].contains(&attribute.name()) && !typed.contains(&attribute.name()),
        Some(namespace) => !(namespace == XSI && attribute.name() == "type"),
    });
    let owned = |attribute: roxmltree::Attribute<'_, '_>| Attribute {
        namespace: attribute.namespace().map(|uri| Namespace {
            prefix: node.lookup_prefix(uri).unwrap_or_default().to_owned(),
            uri: uri.to_owned(),
        }),
        name: attribute.name().to_owned(),
        value: attribute.value().to_owned(),
    };
    untyped.map(owned).collect()
}
