//! Tokens on a graph: for files that are no tree of blocks, and to try any file out.

mod activity;
mod auto;
mod events;
mod joins;
mod plan;
mod route;
mod sound;
mod state;
mod undo;

pub(crate) use plan::Plan;

pub use auto::{AutoRun, Visits, run_auto, run_file};
pub use events::Trigger;
pub use state::State;

use crate::error::{Error, Nothing};
use crate::limits::{LOOKS_A_STEP, STEPS_MAX};
use crate::model::{Definitions, Expression, Flow, Node, NodeKind};
use state::{Stage, Work};
use std::collections::{BTreeSet, VecDeque};

/// What the caller knows that the file does not say. `None` is: it cannot be told.
pub trait Rules {
    /// Whether a condition holds.
    fn holds(&mut self, condition: &Expression) -> Option<bool>;
    /// How many copies a multi-instance activity has; asked when the file gives no number.
    fn copies(&mut self, activity: &Node) -> Option<u32>;
}

/// Knows nothing: defaults are taken, and of what is not known one copy is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NoRules;

impl Rules for NoRules {
    fn holds(&mut self, _: &Expression) -> Option<bool> {
        None
    }

    fn copies(&mut self, _: &Node) -> Option<u32> {
        None
    }
}

/// What a run waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting<'a> {
    /// The node's id.
    pub node: &'a str,
    /// Whether somebody has to do it, or something has to happen.
    pub kind: Wait,
}

/// Whether somebody has to do it, or something has to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Work, or a call of a process that is not in the file.
    Work,
    /// An event that the token stands at.
    Event,
    /// An event that may happen beside the work: on a boundary, or a subprocess's start.
    Beside,
}

/// A run of a process: it moves until all tokens wait, and never by itself.
pub struct Engine<'a, R> {
    plan: Plan<'a>,
    rules: R,
    state: State,
    agenda: VecDeque<Job<'a>>,
    /// What a run without anybody passes over; none when people run it.
    notes: Option<BTreeSet<String>>,
}

/// What is still to be done before all tokens wait.
enum Job<'a> {
    Arrive(u64, &'a Flow),
    Enter(u64, &'a str),
    /// The next round or copy of a work.
    Again(u64),
}

impl<'a, R: Rules> Engine<'a, R> {
    /// Begins a process.
    ///
    /// # Errors
    /// When there is nothing to begin, or the run fails before it waits.
    pub fn start(file: &'a Definitions, process: &str, rules: R) -> Result<Self, Error> {
        let mut engine = Self::resume(file, State::default(), rules);
        engine.begin_process(process)?;
        Ok(engine)
    }

    fn begin_process(&mut self, process: &str) -> Result<(), Error> {
        let found = self.plan.file.processes.iter().find(|p| p.common.id == process);
        let found = found.ok_or_else(|| Error::Nothing(Nothing::Named(process.to_owned())))?;
        if self.plan.starts(&found.body).is_empty() {
            return Err(Error::Nothing(Nothing::ToStart(process.to_owned())));
        }
        self.sound(found)?;
        self.open(&found.common.id, None)?;
        self.settle()
    }

    /// Takes a run up again from where it was kept.
    pub fn resume(file: &'a Definitions, state: State, rules: R) -> Self {
        Self { plan: Plan::new(file), rules, state, agenda: VecDeque::new(), notes: None }
    }

    /// Where the run is, to be kept.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whether no token is left.
    pub fn is_over(&self) -> bool {
        self.state.frames.is_empty()
    }

    /// What can be completed or triggered now, oldest first.
    ///
    /// # Errors
    /// When the state is of another file.
    pub fn waiting(&self) -> Result<Vec<Waiting<'a>>, Error> {
        let mut all = Vec::new();
        for work in self.state.work.values() {
            let spot = self.plan.spot(&work.node)?;
            let node = spot.node.common.id.as_str();
            match work.stage {
                Stage::Waiting if spot.node.kind == NodeKind::Catch => {
                    all.push(Waiting { node, kind: Wait::Event });
                }
                Stage::Waiting => all.push(Waiting { node, kind: Wait::Work }),
                Stage::Racing => {
                    let targets = spot.outgoing.iter().map(|flow| flow.target.as_str());
                    all.extend(targets.map(|node| Waiting { node, kind: Wait::Event }));
                }
                _ => {}
            }
        }
        let beside = self.listening()?.into_iter();
        all.extend(beside.map(|node| Waiting { node, kind: Wait::Beside }));
        Ok(all)
    }

    /// Completes the oldest work that waits at a node, and moves on until all tokens wait.
    ///
    /// # Errors
    /// When nothing waits there, or the run fails; then the state is as before.
    pub fn complete(&mut self, node: &str) -> Result<(), Error> {
        let waits = |(_, work): &(&u64, &Work)| work.node == node && work.stage == Stage::Waiting;
        let found = self.state.work.iter().find(waits).map(|(id, _)| *id);
        let id = found.ok_or_else(|| Error::NotWaiting(node.to_owned()))?;
        self.whole(|engine| engine.finish(id))
    }

    /// Lets something happen, and moves on until all tokens wait.
    ///
    /// # Errors
    /// When nothing waits for it, or the run fails; then the state is as before.
    pub fn trigger(&mut self, trigger: &Trigger<'_>) -> Result<(), Error> {
        self.whole(|engine| engine.happen(trigger))
    }

    /// Does it all or nothing.
    fn whole(&mut self, act: impl FnOnce(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        let before = self.state.clone();
        let done = act(self).and_then(|()| self.settle());
        if done.is_err() {
            self.state = before;
            self.agenda.clear();
        }
        done
    }

    /// Moves until all tokens wait.
    fn settle(&mut self) -> Result<(), Error> {
        loop {
            while let Some(job) = self.agenda.pop_front() {
                match job {
                    Job::Arrive(frame, flow) => self.arrive(frame, flow)?,
                    Job::Enter(frame, node) => self.enter(frame, node)?,
                    Job::Again(of) => self.again(of)?,
                }
            }
            if !self.join_inclusive()? && !self.close_one()? {
                return Ok(());
            }
        }
    }

    /// Looking around costs steps too, so that no file takes hours.
    fn charge(&mut self, looked: usize, node: &str) -> Result<(), Error> {
        self.state.steps += u64::try_from(looked / LOOKS_A_STEP).unwrap_or(u64::MAX);
        self.within(node)
    }

    /// Counts a step; a run that does not end is one that does too many.
    fn step(&mut self, node: &str) -> Result<(), Error> {
        self.state.steps += 1;
        self.within(node)
    }

    fn within(&self, node: &str) -> Result<(), Error> {
        if self.state.steps > STEPS_MAX {
            return Err(Error::Endless { steps: STEPS_MAX, place: self.plan.place(node) });
        }
        Ok(())
    }
}
