//! From a graph to a tree: single-entry single-exit parts are folded until one way is left.

mod fold;
mod graph;
mod node;

use crate::block::{Chart, NotBlock, Payload};
use crate::model::{Body, Definitions, NodeKind, Process};
use graph::Graph;

/// Reads a process as a tree. What [`crate::draw`] drew is read back to the same tree, and so is
/// any other graph whose ways meet where they parted.
///
/// # Errors
/// The element at which it shows that there is no such tree, and why.
pub fn blocks(
    file: &Definitions,
    process: &Process,
    payload: &Payload<'_>,
) -> Result<Chart, NotBlock> {
    let reading = Reading { file, payload };
    let place = || Box::new(process.common.place("process"));
    let (begins, blocks) = reading.body(&process.body, place, 0)?;
    Ok(Chart {
        id: process.common.id.clone(),
        name: process.common.name.clone().unwrap_or_default(),
        begins,
        head: process.common.extension(payload.namespace, "head").map(ToOwned::to_owned),
        blocks,
    })
}

/// What is needed to read a node.
struct Reading<'a> {
    file: &'a Definitions,
    payload: &'a Payload<'a>,
}

impl Reading<'_> {
    fn body(
        &self,
        body: &Body,
        place: impl Fn() -> Box<crate::error::Place>,
        depth: usize,
    ) -> Result<(Option<crate::block::Until>, Vec<crate::block::Block>), NotBlock> {
        let starts: Vec<_> =
            body.nodes.iter().filter(|n| matches!(n.kind, NodeKind::Start(_))).collect();
        let refuse = |reason| NotBlock { place: place(), reason };
        let [start] = starts.as_slice() else {
            return Err(refuse(if starts.is_empty() {
                "没有开始事件"
            } else {
                "开始事件不止一个"
            }));
        };
        let begins = match start.events.as_slice() {
            [] => None,
            [event] => Some(self.until(start, event)?),
            _ => return Err(refuse("开始事件等待不止一种情况")),
        };
        let mut graph = Graph::new(self, body, start, depth)?;
        graph.fold()?;
        Ok((begins, graph.result(place)?))
    }
}
