//! From a model to text: the prefixes of the file it came from, two spaces a level.

mod body;
mod diagram;
mod node;

use crate::model::{Attribute, Collaboration, Common, Definitions, Expression, Namespace, Opaque};
use crate::tags::{DECLARED, name};
use crate::xml::{BPMN, BPMNDI, DC, DI, XSI};
use lingnan_xml::{escaped, escaped_text};
use std::collections::BTreeSet;

/// Writes a file. Reading it gives the same model, but for lines and made-up ids.
pub fn write(definitions: &Definitions) -> String {
    let mut writer = Writer::new(definitions);
    writer.definitions(definitions);
    writer.text
}

/// The text so far, and what is declared at its root.
struct Writer {
    text: String,
    depth: usize,
    namespaces: Vec<Namespace>,
    /// Ids that stand, so that diagrams get others.
    ids: BTreeSet<String>,
}

/// What an element has besides its children: names and values.
type Attributes = Vec<(&'static str, String)>;

impl Writer {
    fn new(definitions: &Definitions) -> Self {
        let mut namespaces = definitions.namespaces.clone();
        let known = [("bpmn", BPMN), ("bpmndi", BPMNDI), ("dc", DC), ("di", DI), ("xsi", XSI)];
        for (prefix, uri) in known {
            // An attribute cannot stand in the default namespace.
            let stands = |n: &Namespace| n.uri == uri && (uri != XSI || !n.prefix.is_empty());
            if !namespaces.iter().any(stands) {
                let prefix = free(&namespaces, prefix);
                namespaces.push(Namespace { prefix, uri: uri.to_owned() });
            }
        }
        Self { text: String::new(), depth: 0, namespaces, ids: BTreeSet::new() }
    }

    fn definitions(&mut self, read: &Definitions) {
        self.text += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        let mut start = self.start("definitions", &read.common, &[]);
        if read.common.attribute("targetNamespace").is_none() {
            start += " targetNamespace=\"urn:bpmn\"";
        }
        for Namespace { prefix, uri } in &self.namespaces {
            let colon = if prefix.is_empty() { "" } else { ":" };
            start += &format!(" xmlns{colon}{prefix}=\"{}\"", escaped(uri));
        }
        self.line(&(start + ">"));
        self.depth += 1;
        let (first, rest) = split(&read.common.opaque, &["import", "extension"]);
        let (last, rest) = split_owned(rest, &["relationship"]);
        self.documented(&read.common);
        self.opaque(&first);
        for declared in &read.declared {
            let code = match name(&DECLARED, declared.kind) {
                "error" => "errorCode",
                _ => "escalationCode",
            };
            let code = declared.code.clone().map(|value| (code, value));
            let attributes: Attributes = code.into_iter().collect();
            self.plain(name(&DECLARED, declared.kind), &declared.common, &attributes);
        }
        self.opaque(&rest);
        for collaboration in &read.collaborations {
            self.collaboration(collaboration);
        }
        for process in &read.processes {
            self.process(process);
        }
        self.diagrams(read);
        self.opaque(&last);
        self.depth -= 1;
        let close = self.close("definitions");
        self.line(&close);
    }

    fn collaboration(&mut self, read: &Collaboration) {
        self.open("collaboration", &read.common, &[]);
        self.documented(&read.common);
        for participant in &read.participants {
            let process = participant.process.clone().map(|process| ("processRef", process));
            let attributes: Attributes = process.into_iter().collect();
            self.plain("participant", &participant.common, &attributes);
        }
        for flow in &read.messages {
            let ends = vec![("sourceRef", flow.source.clone()), ("targetRef", flow.target.clone())];
            self.plain("messageFlow", &flow.common, &ends);
        }
        self.opaque(&read.common.opaque.iter().collect::<Vec<_>>());
        self.end("collaboration");
    }

    /// An element whose children are only what every element may have.
    fn plain(&mut self, tag: &str, common: &Common, attributes: &Attributes) {
        let filled = [&common.documentation, &common.extensions, &common.opaque];
        if filled.iter().all(|children| children.is_empty()) {
            let start = self.start(tag, common, attributes);
            return self.line(&(start + " />"));
        }
        self.open(tag, common, attributes);
        self.documented(common);
        self.opaque(&common.opaque.iter().collect::<Vec<_>>());
        self.end(tag);
    }

    fn open(&mut self, tag: &str, common: &Common, attributes: &[(&'static str, String)]) {
        let start = self.start(tag, common, attributes);
        self.line(&(start + ">"));
        self.depth += 1;
    }

    fn end(&mut self, tag: &str) {
        self.depth -= 1;
        let close = self.close(tag);
        self.line(&close);
    }

    /// Documentation and extensions, which come first everywhere.
    fn documented(&mut self, common: &Common) {
        self.opaque(&common.documentation.iter().collect::<Vec<_>>());
        if !common.extensions.is_empty() {
            let tag = self.tag(BPMN, "extensionElements");
            self.line(&format!("<{tag}>"));
            self.depth += 1;
            self.opaque(&common.extensions.iter().collect::<Vec<_>>());
            self.depth -= 1;
            self.line(&format!("</{tag}>"));
        }
    }

    fn opaque(&mut self, elements: &[&Opaque]) {
        for element in elements {
            self.ids.extend(element.id.clone());
            self.line(&element.xml);
        }
    }

    fn formula(&mut self, tag: &str, read: &Expression) {
        let name = self.tag(BPMN, tag);
        let kind = self.tag(BPMN, "tFormalExpression");
        let xsi = self.tag(XSI, "type");
        let attributes = self.foreign(&read.attributes);
        let text = escaped_text(&read.text);
        self.line(&format!("<{name} {xsi}=\"{kind}\"{attributes}>{text}</{name}>"));
    }

    /// A start tag without its bracket.
    fn start(
        &mut self,
        tag: &str,
        common: &Common,
        attributes: &[(&'static str, String)],
    ) -> String {
        self.ids.insert(common.id.clone());
        let mut start = format!("<{} id=\"{}\"", self.tag(BPMN, tag), escaped(&common.id));
        if let Some(name) = &common.name {
            start += &format!(" name=\"{}\"", escaped(name));
        }
        for (name, value) in attributes {
            start += &format!(" {name}=\"{}\"", escaped(value));
        }
        start + &self.foreign(&common.attributes)
    }

    fn close(&self, tag: &str) -> String {
        format!("</{}>", self.tag(BPMN, tag))
    }

    /// Attributes with their prefixes; a prefix that the root does not declare is declared here.
    fn foreign(&self, attributes: &[Attribute]) -> String {
        let mut text = String::new();
        let mut here: Vec<Namespace> = Vec::new();
        for attribute in attributes {
            let value = escaped(&attribute.value);
            let Some(Namespace { prefix, uri }) = &attribute.namespace else {
                text += &format!(" {}=\"{value}\"", attribute.name);
                continue;
            };
            let same = |n: &&Namespace| n.uri == *uri && !n.prefix.is_empty();
            let declared = self.namespaces.iter().chain(&here).find(same);
            let prefix = match declared.map(|n| n.prefix.clone()) {
                Some(prefix) => prefix,
                None if prefix == "xml" => prefix.clone(),
                None => {
                    let all: Vec<Namespace> =
                        self.namespaces.iter().chain(&here).cloned().collect();
                    let prefix = free(&all, prefix);
                    text += &format!(" xmlns:{prefix}=\"{}\"", escaped(uri));
                    here.push(Namespace { prefix: prefix.clone(), uri: uri.clone() });
                    prefix
                }
            };
            text += &format!(" {prefix}:{}=\"{value}\"", attribute.name);
        }
        text
    }

    /// A name with the prefix of its namespace.
    fn tag(&self, namespace: &str, name: &str) -> String {
        let fits =
            |n: &&Namespace| n.uri == namespace && (namespace != XSI || !n.prefix.is_empty());
        let prefix = self.namespaces.iter().find(fits).map_or("", |n| n.prefix.as_str());
        if prefix.is_empty() { name.to_owned() } else { format!("{prefix}:{name}") }
    }

    fn line(&mut self, text: &str) {
        self.text.extend(std::iter::repeat_n("  ", self.depth));
        self.text += text;
        self.text.push('\n');
    }
}

/// A prefix that is not taken: the wanted one, or one with a number.
fn free(taken: &[Namespace], wanted: &str) -> String {
    let wanted = if wanted.is_empty() { "ns" } else { wanted };
    let is_free = |prefix: &String| taken.iter().all(|n| n.prefix != *prefix);
    let numbered = (1_u32..).map(|n| format!("{wanted}{n}"));
    let mut all = std::iter::once(wanted.to_owned()).chain(numbered);
    all.find(is_free).unwrap_or_default()
}

/// The elements of these names, and the others.
fn split<'a>(elements: &'a [Opaque], names: &[&str]) -> (Vec<&'a Opaque>, Vec<&'a Opaque>) {
    split_owned(elements.iter().collect(), names)
}

fn split_owned<'a>(
    elements: Vec<&'a Opaque>,
    names: &[&str],
) -> (Vec<&'a Opaque>, Vec<&'a Opaque>) {
    elements.into_iter().partition(|element| names.contains(&element.name.as_str()))
}
