//! What stands in a file and has no place in our notation: each is named, so that whoever imports
//! the file knows what to write by hand.

use crate::OURS;
use lingnan_bpmn::{Attribute, Body, Common, Definitions, LaneSet, NodeKind, Process};

/// Sentences of a report: more are counted, for nobody reads them.
const NOTES_MAX: usize = 200;
/// Characters that are shown of a value.
const VALUE_MAX: usize = 40;

/// What of the file the notation cannot carry, a Chinese sentence each.
pub(crate) fn notes(file: &Definitions, chosen: &Process) -> Vec<String> {
    let mut notes = Vec::new();
    for collaboration in &file.collaborations {
        for message in &collaboration.messages {
            notes.push(format!("{}：消息流未导入。", message.common.place("messageFlow")));
        }
    }
    common(&chosen.common, "process", &mut notes);
    body(&chosen.body, &mut notes);
    let more = notes.len().saturating_sub(NOTES_MAX);
    if more > 0 {
        notes.truncate(NOTES_MAX);
        notes.push(format!("另有 {more} 处未导入，不一一列出。"));
    }
    notes
}

fn body(body: &Body, notes: &mut Vec<String>) {
    body.lanes.iter().for_each(|set| lanes(set, notes));
    for node in &body.nodes {
        common(&node.common, node.tag(), notes);
        if let NodeKind::Inner(_, inner) = &node.kind {
            self::body(inner, notes);
        }
    }
    body.flows.iter().for_each(|flow| common(&flow.common, "sequenceFlow", notes));
    for artifact in &body.artifacts {
        let id = artifact.id.as_ref().map(|id| format!("（{id}）")).unwrap_or_default();
        notes.push(format!("{}{id}未导入。", artifact.name));
    }
}

fn lanes(set: &LaneSet, notes: &mut Vec<String>) {
    for lane in &set.lanes {
        let place = lane.common.place("lane");
        notes.push(format!("{place}：泳道未导入，请在各环节写明由谁办理（by）。"));
        lane.inner.iter().for_each(|inner| lanes(inner, notes));
    }
}

fn common(common: &Common, tag: &str, notes: &mut Vec<String>) {
    let place = common.place(tag);
    let others = common.attributes.iter().filter(|attribute| attribute.namespace.is_some());
    for Attribute { name, value, .. } in others {
        let value: String = value.chars().take(VALUE_MAX).collect();
        notes.push(format!("{place}：附加属性 {name}（{value}）未导入。"));
    }
    if !common.documentation.is_empty() {
        notes.push(format!("{place}：说明文字未导入。"));
    }
    let ours = |namespace: Option<&str>| namespace == Some(OURS.namespace);
    for other in common.extensions.iter().filter(|one| !ours(one.namespace.as_deref())) {
        notes.push(format!("{place}：附加内容 {} 未导入。", other.name));
    }
}
