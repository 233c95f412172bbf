//! From text to a model: any prefix, any vendor's additions, and a message for what is broken.

mod body;
mod check;
mod common;
mod diagram;
mod node;

use crate::error::Error;
use crate::model::{Collaboration, Declared, Definitions, MessageFlow, Participant, Process};
use crate::tags::{DECLARED, find};
use crate::xml;
use common::Reader;
use roxmltree::Node as Xml;

/// Reads a file.
///
/// # Errors
/// When it is not BPMN 2.0, exceeds [`crate::limits`], or an element is broken.
pub fn parse(text: &str) -> Result<Definitions, Error> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let tree = xml::tree(text)?;
    let root = tree.root_element();
    if !common::is_bpmn(root) || root.tag_name().name() != "definitions" {
        let namespace = root.tag_name().namespace().map_or(String::new(), |n| format!("（{n}）"));
        return Err(Error::NotBpmn { root: format!("{}{namespace}", root.tag_name().name()) });
    }
    let mut reader = Reader::new(text, root);
    let definitions = reader.definitions(root)?;
    check::whole(&definitions)?;
    Ok(definitions)
}

impl Reader<'_> {
    fn definitions(&mut self, root: Xml<'_, '_>) -> Result<Definitions, Error> {
        let typed = |tag: &str| {
            find(&DECLARED, tag).is_some() || ["process", "collaboration"].contains(&tag)
        };
        let mut read = Definitions {
            common: self.common(root, &[], typed),
            namespaces: self.namespaces.clone(),
            ..Definitions::default()
        };
        for child in root.children().filter(|child| common::is_bpmn(*child)) {
            match child.tag_name().name() {
                "process" => read.processes.push(self.process(child)?),
                "collaboration" => read.collaborations.push(self.collaboration(child)),
                tag => {
                    if let Some(kind) = find(&DECLARED, tag) {
                        let code = child.attribute("errorCode");
                        let code = code.or(child.attribute("escalationCode"));
                        let common =
                            self.common(child, &["errorCode", "escalationCode"], |_| false);
                        read.declared.push(Declared { common, kind, code: code.map(Into::into) });
                    }
                }
            }
        }
        read.diagrams = diagram::diagrams(root);
        Ok(read)
    }

    fn process(&mut self, node: Xml<'_, '_>) -> Result<Process, Error> {
        let common = self.common(node, &["isExecutable"], body::is_in_body);
        let executable = common::is_true(node, "isExecutable").unwrap_or(false);
        Ok(Process { common, executable, body: self.body(node)? })
    }

    fn collaboration(&mut self, node: Xml<'_, '_>) -> Collaboration {
        let typed = |tag: &str| ["participant", "messageFlow"].contains(&tag);
        let mut read =
            Collaboration { common: self.common(node, &[], typed), ..Default::default() };
        for child in node.children().filter(|child| common::is_bpmn(*child)) {
            match child.tag_name().name() {
                "participant" => {
                    let process = child.attribute("processRef").map(common::reference);
                    let common = self.common(child, &["processRef"], |_| false);
                    read.participants.push(Participant { common, process });
                }
                "messageFlow" => {
                    let common = self.common(child, &["sourceRef", "targetRef"], |_| false);
                    let ends =
                        (self.required(child, "sourceRef"), self.required(child, "targetRef"));
                    // A dangling one carries nothing.
                    if let (Ok(source), Ok(target)) = ends {
                        read.messages.push(MessageFlow { common, source, target });
                    }
                }
                _ => {}
            }
        }
        read
    }
}
