//! Where a run is. It can be kept and taken up again, by ids alone.

use super::undo::Done;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a run is: what is open, what is under way, what was done.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct State {
    /// Processes and subprocesses that are open.
    pub(super) frames: BTreeMap<u64, Frame>,
    /// Activities and events that are under way, oldest first.
    pub(super) work: BTreeMap<u64, Work>,
    /// What was completed inside of work that is under way, by its number.
    pub(super) inside: BTreeMap<u64, Vec<Done>>,
    /// The next number for a frame or a work.
    pub(super) next: u64,
    pub(super) steps: u64,
    /// How often each node was completed.
    pub(super) visits: BTreeMap<String, u64>,
    /// How often each flow was taken.
    pub(super) taken: BTreeMap<String, u64>,
}

impl State {
    /// How often each node was completed.
    pub fn visits(&self) -> &BTreeMap<String, u64> {
        &self.visits
    }

    /// How often each flow was taken.
    pub fn taken(&self) -> &BTreeMap<String, u64> {
        &self.taken
    }

    /// Begins a work.
    pub(super) fn put(&mut self, work: Work) -> u64 {
        let number = self.number();
        if let Some(frame) = self.frames.get_mut(&work.frame) {
            frame.busy += 1;
        }
        self.work.insert(number, work);
        number
    }

    pub(super) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    pub(super) fn visit(&mut self, node: &str) {
        *self.visits.entry(node.to_owned()).or_default() += 1;
    }

    /// Ends all work in a frame, and what is open in it.
    pub(super) fn clear(&mut self, frame: u64) {
        let within: Vec<u64> =
            self.work.iter().filter(|(_, w)| w.frame == frame).map(|(id, _)| *id).collect();
        within.into_iter().for_each(|id| self.stop(id));
        if let Some(frame) = self.frames.get_mut(&frame) {
            frame.arrived.clear();
        }
    }

    /// Ends a work, its copies, and what is open in it.
    pub(super) fn stop(&mut self, number: u64) {
        let Some(work) = self.work.remove(&number) else { return };
        self.inside.remove(&number);
        if let Some(frame) = self.frames.get_mut(&work.frame) {
            frame.busy = frame.busy.saturating_sub(1);
        }
        if matches!(work.stage, Stage::Copies(_) | Stage::Again(_)) {
            let copies = self.work.iter().filter(|(_, w)| w.of == Some(number));
            let copies: Vec<u64> = copies.map(|(copy, _)| *copy).collect();
            copies.into_iter().for_each(|copy| self.stop(copy));
        }
        if work.stage == Stage::Inside {
            let open = self.frames.iter().filter(|(_, frame)| frame.owner == Some(number));
            for frame in open.map(|(frame, _)| *frame).collect::<Vec<_>>() {
                self.clear(frame);
                self.frames.remove(&frame);
            }
        }
    }
}

/// A process or subprocess that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Frame {
    /// The id of the process or subprocess.
    pub(super) body: String,
    /// The work it is the inside of; none for the process that was started.
    pub(super) owner: Option<u64>,
    /// How much work is under way in it.
    pub(super) busy: u64,
    /// Tokens that wait before a join, by flow.
    pub(super) arrived: BTreeMap<String, u64>,
    /// Activities that were completed, in order, and may be undone.
    pub(super) done: Vec<Done>,
}

/// An activity or event that is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Work {
    pub(super) frame: u64,
    pub(super) node: String,
    /// The work it is a copy of.
    pub(super) of: Option<u64>,
    pub(super) stage: Stage,
}

/// How far a work is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Stage {
    /// Until it is completed or happens.
    Waiting,
    /// Until one of the events behind it happens.
    Racing,
    /// Until what is in it is over.
    Inside,
    /// Until its copies are done: how many are still to be begun.
    Copies(u32),
    /// Until it need not be done again: how often it was done.
    Again(u32),
}
