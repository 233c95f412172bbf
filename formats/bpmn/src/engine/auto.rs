//! A run without anybody: everything that waits is completed, oldest first.

use super::state::{Stage, State, Work};
use super::{Engine, NoRules, Plan, Rules, Trigger};
use crate::error::{Error, Nothing};
use crate::model::{Body, Definitions, NodeKind, Process};
use std::collections::{BTreeMap, BTreeSet};

/// How often each node was completed, by id.
pub type Visits = BTreeMap<String, u64>;

/// A run without anybody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AutoRun {
    /// How often each node was completed.
    pub visits: Visits,
    /// What was passed over, a Chinese sentence each: a parallel join whose ways did not all come,
    /// a call of what is not in the file. Whoever wants no such process refuses it.
    pub notes: BTreeSet<String>,
}

/// Runs a process to its end: people do their work at once, machines too, timers fire, messages
/// arrive, the first event behind an event-based gateway happens, and nothing happens beside.
/// Of conditions nothing is known: defaults are taken, else the flow that was taken least.
///
/// # Errors
/// When there is nothing to run, or it does not end.
pub fn run_auto(file: &Definitions, process: &str) -> Result<AutoRun, Error> {
    let mut engine = Engine::resume(file, State::default(), NoRules);
    engine.notes = Some(BTreeSet::new());
    engine.begin_process(process)?;
    while engine.next()? {}
    Ok(AutoRun { visits: engine.state.visits, notes: engine.notes.unwrap_or_default() })
}

/// Runs the executable processes of a file, or all when none is.
///
/// # Errors
/// What is wrong with the file or the run.
pub fn run_file(text: &str) -> Result<AutoRun, Error> {
    let file = crate::parse(text)?;
    let mut all = AutoRun::default();
    for process in runnable(&file)? {
        let run = run_auto(&file, &process.common.id)?;
        // Two may call the same one.
        for (node, count) in run.visits {
            *all.visits.entry(node).or_default() += count;
        }
        all.notes.extend(run.notes);
    }
    Ok(all)
}

/// Processes that begin by themselves: with a node to begin at, executable if any is, and not
/// called by another.
fn runnable(file: &Definitions) -> Result<Vec<&Process>, Error> {
    let plan = Plan::new(file);
    let with_nodes = file.processes.iter().filter(|p| !p.body.nodes.is_empty());
    let filled: Vec<&Process> =
        with_nodes.clone().filter(|p| !plan.starts(&p.body).is_empty()).collect();
    if let (true, Some(first)) = (filled.is_empty(), with_nodes.into_iter().next()) {
        return Err(Error::Nothing(Nothing::ToStart(first.common.id.clone())));
    }
    let any = filled.iter().any(|process| process.executable);
    let chosen = filled.into_iter().filter(|process| process.executable || !any);
    let chosen: Vec<&Process> = chosen.collect();
    let mut called = BTreeSet::new();
    file.processes.iter().for_each(|process| calls(&process.body, &mut called));
    let own = chosen.iter().copied().filter(|p| !called.contains(p.common.id.as_str()));
    let own: Vec<&Process> = own.collect();
    let all = if own.is_empty() { chosen } else { own };
    if all.is_empty() { Err(Error::Nothing(Nothing::ToRun)) } else { Ok(all) }
}

fn calls<'a>(body: &'a Body, called: &mut BTreeSet<&'a str>) {
    for node in &body.nodes {
        match &node.kind {
            NodeKind::Call(Some(name)) => {
                called.insert(name.rsplit_once(':').map_or(name.as_str(), |(_, local)| local));
            }
            NodeKind::Inner(_, inner) => calls(inner, called),
            _ => {}
        }
    }
}

impl<R: Rules> Engine<'_, R> {
    /// Does the oldest thing that waits; false when nothing does.
    fn next(&mut self) -> Result<bool, Error> {
        let waits = |work: &Work| matches!(work.stage, Stage::Waiting | Stage::Racing);
        let found = self.state.work.iter().find(|(_, work)| waits(work));
        let Some((number, work)) = found.map(|(number, work)| (*number, work.clone())) else {
            return Ok(false);
        };
        match (&work.stage, self.plan.spot(&work.node)?.outgoing.first()) {
            (Stage::Racing, Some(flow)) => self.happen(&Trigger::At(&flow.target))?,
            _ => self.finish(number)?,
        }
        self.settle()?;
        Ok(true)
    }
}
