//! From a tree to a drawing: boxes within boxes, gateways in pairs, every label given.

mod layout;
mod node;
mod pen;

use crate::block::{Block, Chart, Payload, StepKind};
use crate::diagram::{Diagram, Point};
use crate::error::{Error, Place, Problem};
use crate::limits::DEPTH_MAX;
use crate::model::{Attribute, Common, Definitions, Namespace, Process};
use layout::size;
use pen::Pen;
use std::collections::BTreeSet;

/// Draws a tree as BPMN with its diagram. [`crate::blocks`] reads it back to the same tree.
///
/// # Errors
/// When an id stands twice or cannot be one, a fork has less than two ways, or it is too deep.
pub fn draw(chart: &Chart, payload: &Payload<'_>) -> Result<Definitions, Error> {
    let mut taken = BTreeSet::new();
    add("process", &chart.id, &chart.name, &mut taken)?;
    check(&chart.blocks, &mut taken, 0)?;
    let mut pen = Pen::new(taken, payload);
    let size = size(&chart.blocks);
    let from = Point { x: 160.0, y: 80.0 + size.up };
    pen.whole(&chart.id, chart.begins.as_ref(), &chart.blocks, from);
    let mut common = Common::new(chart.id.clone(), chart.name.clone());
    common.extensions.extend(chart.head.as_deref().map(|text| pen.text("head", text)));
    let process = Process { common, executable: true, body: pen.body };
    let namespace =
        Namespace { prefix: payload.prefix.to_owned(), uri: payload.namespace.to_owned() };
    let mut definitions = Definitions {
        common: Common::new(pen.taken.unused("definitions"), ""),
        namespaces: vec![namespace],
        declared: pen.declared,
        processes: vec![process],
        diagrams: vec![Diagram { element: chart.id.clone(), shapes: pen.shapes, edges: pen.edges }],
        ..Definitions::default()
    };
    let value = payload.namespace.to_owned();
    let target = Attribute { namespace: None, name: "targetNamespace".to_owned(), value };
    definitions.common.attributes.push(target);
    Ok(definitions)
}

/// Every id can be one and stands once; every fork has two ways; nothing is too deep.
fn check(blocks: &[Block], taken: &mut BTreeSet<String>, depth: usize) -> Result<(), Error> {
    if depth > DEPTH_MAX / 2 {
        return Err(Error::TooMuch { what: "嵌套层数", max: DEPTH_MAX / 2 });
    }
    let depth = depth + 1;
    for block in blocks {
        match block {
            Block::Step(step) => {
                add("step", &step.id, &step.name, taken)?;
                if let StepKind::Inner(inner) = &step.kind {
                    check(inner, taken, depth)?;
                }
            }
            Block::Fork(fork) => {
                add("fork", &fork.id, &fork.name, taken)?;
                if fork.branches.len() < 2 {
                    let problem = Problem::Misplaced("至少要有两个分支");
                    return Err(Error::element(place("fork", &fork.id, &fork.name), problem));
                }
                fork.branches.iter().try_for_each(|b| check(&b.blocks, taken, depth))?;
            }
            Block::Loop(again) => {
                add("loop", &again.id, &again.name, taken)?;
                check(&again.body, taken, depth)?;
                check(&again.again.blocks, taken, depth)?;
            }
        }
    }
    Ok(())
}

fn add(tag: &str, id: &str, name: &str, taken: &mut BTreeSet<String>) -> Result<(), Error> {
    let first = id.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    if !first || !id.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c)) {
        return Err(Error::element(place(tag, id, name), Problem::BadId));
    }
    if !taken.insert(id.to_owned()) {
        let problem = Problem::Misplaced("编号重复");
        return Err(Error::element(place(tag, id, name), problem));
    }
    Ok(())
}

fn place(tag: &str, id: &str, name: &str) -> Place {
    Place { tag: tag.to_owned(), id: id.to_owned(), name: name.to_owned(), line: 0 }
}
