//! Compensation: what was done is undone, last first (BPMN 2.0.2 section 13.5.5).

use super::state::{Stage, Work};
use super::{Engine, Job, Plan, Rules};
use crate::error::Error;
use crate::model::{Body, EventKind, InnerKind, Node, NodeKind};
use serde::{Deserialize, Serialize};

/// An activity that was completed, and what was completed in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Done {
    pub(super) node: String,
    pub(super) inside: Vec<Done>,
}

impl<'a, R: Rules> Engine<'a, R> {
    /// What was done in a frame is undone within a frame, all or one activity of it; the token
    /// that asked goes on meanwhile.
    pub(super) fn undo(
        &mut self,
        frame: u64,
        activity: Option<&str>,
        within: u64,
    ) -> Result<(), Error> {
        let Some(open) = self.state.frames.get_mut(&frame) else { return Ok(()) };
        let asked = |done: &Done| activity.is_none_or(|activity| activity == done.node);
        let (undone, kept): (Vec<Done>, Vec<Done>) = open.done.drain(..).partition(asked);
        open.done = kept;
        match self.around_event(frame)? {
            // An event subprocess asks for what was done around it.
            Some(around) if undone.is_empty() => self.undo(around, activity, around),
            _ => {
                let handled = self.undo_all(&undone, within)?;
                match handler(self.body_of(frame)?) {
                    // What was asked for by name has no handler but the one around it.
                    Some(handler) if activity.is_some() && !undone.is_empty() && !handled => {
                        self.undo_by(handler, &undone, within)
                    }
                    _ => Ok(()),
                }
            }
        }
    }

    /// Last first; whether anything was there to undo it.
    fn undo_all(&mut self, undone: &[Done], within: u64) -> Result<bool, Error> {
        let mut handled = false;
        for done in undone.iter().rev() {
            handled |= self.undo_one(done, within)?;
        }
        Ok(handled)
    }

    /// By the handler on its boundary, by its event subprocess for it, or else by undoing what
    /// was done in it.
    fn undo_one(&mut self, done: &Done, within: u64) -> Result<bool, Error> {
        let spot = self.plan.spot(&done.node)?;
        let (node, boundaries) = (spot.node, spot.boundaries.clone());
        let mut handled = false;
        for boundary in boundaries {
            if let Some(handler) = self.plan.jump(&boundary.common.id) {
                self.state.visit(&boundary.common.id);
                self.agenda.push_back(Job::Enter(within, handler));
                handled = true;
            }
        }
        if handled {
            return Ok(true);
        }
        if let NodeKind::Inner(_, inner) = &node.kind
            && let Some(handler) = handler(inner)
        {
            return self.undo_by(handler, &done.inside, within).map(|()| true);
        }
        self.undo_all(&done.inside, within)
    }

    /// Begins a compensation event subprocess. What was done in the activity is now for it to undo.
    fn undo_by(&mut self, handler: &'a Node, inside: &[Done], within: u64) -> Result<(), Error> {
        self.step(&handler.common.id)?;
        let (node, stage) = (handler.common.id.clone(), Stage::Inside);
        let owner = self.state.put(Work { frame: within, node, of: None, stage });
        let opened = self.open(&handler.common.id, Some(owner))?;
        if let Some(frame) = self.state.frames.get_mut(&opened) {
            frame.done = inside.to_vec();
        }
        Ok(())
    }

    fn body_of(&self, frame: u64) -> Result<&'a Body, Error> {
        let open = self.state.frames.get(&frame).ok_or(Error::OtherFile)?;
        self.plan.body(&open.body)
    }

    /// The frame around an event subprocess's.
    fn around_event(&self, frame: u64) -> Result<Option<u64>, Error> {
        let owner = self.state.frames.get(&frame).and_then(|open| open.owner);
        let Some(work) = owner.and_then(|owner| self.state.work.get(&owner)) else {
            return Ok(None);
        };
        let kind = &self.plan.spot(&work.node)?.node.kind;
        let on_event = matches!(kind, NodeKind::Inner(InnerKind::OnEvent, _));
        Ok(on_event.then_some(work.frame))
    }
}

/// The compensation event subprocess of a body.
fn handler(body: &Body) -> Option<&Node> {
    Plan::on_event(body).find(|(_, start)| undoes(start)).map(|(handler, _)| handler)
}

/// Whether a node is a compensation event subprocess, which is not undone itself.
pub(super) fn is_handler(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Inner(InnerKind::OnEvent, inner) => {
            let is_start = |node: &&Node| matches!(node.kind, NodeKind::Start(_));
            inner.nodes.iter().find(is_start).is_some_and(undoes)
        }
        _ => false,
    }
}

fn undoes(start: &Node) -> bool {
    let is = |kind: &EventKind| matches!(kind, EventKind::Compensate(_));
    start.events.iter().any(|event| is(&event.kind))
}
