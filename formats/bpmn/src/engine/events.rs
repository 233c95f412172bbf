//! What happens from outside, and what events cause inside.

use super::state::{Stage, Work};
use super::undo::is_handler;
use super::{Engine, Job, Plan, Rules};
use crate::error::Error;
use crate::model::{Declared, Effect, EventKind, InnerKind, Node, NodeKind};
use std::collections::BTreeSet;

/// What happens from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger<'a> {
    /// What the event node of this id waits for, whatever it is: a timer fires, a condition holds.
    At(&'a str),
    /// A message arrives, by id or name: at the oldest that waits for it.
    Message(&'a str),
    /// A signal is given, by id or name: to all that wait for it.
    Signal(&'a str),
    /// The work at this node fails with this error code.
    Error(&'a str, &'a str),
}

/// Who can be told that something happened.
enum Ear<'a> {
    /// An event or a task at which a token stands, or one behind an event-based gateway.
    At(u64, &'a Node),
    /// A boundary event of a work.
    Boundary(u64, &'a Node),
    /// An event subprocess and its start, in a frame.
    Subprocess(u64, &'a Node, &'a Node),
}

impl<'a> Ear<'a> {
    fn node(&self) -> &'a Node {
        match self {
            Self::At(_, node) | Self::Boundary(_, node) | Self::Subprocess(_, _, node) => node,
        }
    }
}

impl<'a, R: Rules> Engine<'a, R> {
    /// Everyone who listens, oldest first.
    fn ears(&self) -> Result<Vec<Ear<'a>>, Error> {
        let mut ears = Vec::new();
        for (number, work) in &self.state.work {
            let spot = self.plan.spot(&work.node)?;
            match work.stage {
                Stage::Waiting => ears.push(Ear::At(*number, spot.node)),
                Stage::Racing => {
                    for flow in &spot.outgoing {
                        ears.push(Ear::At(*number, self.plan.spot(&flow.target)?.node));
                    }
                }
                _ => {}
            }
            if work.of.is_none() {
                ears.extend(spot.boundaries.iter().map(|node| Ear::Boundary(*number, node)));
            }
        }
        let interrupted = self.interrupted()?;
        for (number, frame) in self.state.frames.iter().filter(|(n, _)| !interrupted.contains(n)) {
            let inner = Plan::on_event(self.plan.body(&frame.body)?);
            ears.extend(inner.map(|(node, start)| Ear::Subprocess(*number, node, start)));
        }
        Ok(ears)
    }

    /// Frames in which an event subprocess has taken over: none begins there any more (BPMN 2.0.2
    /// section 13.5.4).
    fn interrupted(&self) -> Result<BTreeSet<u64>, Error> {
        let mut frames = BTreeSet::new();
        for work in self.state.work.values() {
            if takes_over(self.plan.spot(&work.node)?.node) {
                frames.insert(work.frame);
            }
        }
        Ok(frames)
    }

    /// Events beside the work that could happen.
    pub(super) fn listening(&self) -> Result<Vec<&'a str>, Error> {
        let from_outside = |node: &Node| {
            let inside =
                |kind: &EventKind| matches!(kind, EventKind::Compensate(_) | EventKind::Cancel);
            !node.events.iter().any(|event| inside(&event.kind))
        };
        let beside = self.ears()?.into_iter().filter(|ear| !matches!(ear, Ear::At(..)));
        let open = beside.filter(|ear| from_outside(ear.node()));
        Ok(open.map(|ear| ear.node().common.id.as_str()).collect())
    }

    pub(super) fn happen(&mut self, trigger: &Trigger<'_>) -> Result<(), Error> {
        let mut ears = self.ears()?.into_iter();
        let (name, found) = match *trigger {
            Trigger::At(id) => (id, ears.find(|ear| ear.node().common.id == id)),
            Trigger::Message(name) => {
                let names = self.names(name);
                (name, ears.find(|ear| ear.node().waits_for_message(&names)))
            }
            Trigger::Signal(name) => return self.signal(name),
            Trigger::Error(id, code) => {
                let waits = |work: &Work| work.node == id && work.stage == Stage::Waiting;
                let found = self.state.work.iter().find(|(_, work)| waits(work));
                let number = found.map(|(number, _)| *number);
                let number = number.ok_or_else(|| Error::NotWaiting(id.to_owned()))?;
                return self.fail(number, Some(code));
            }
        };
        let ear = found.ok_or_else(|| Error::NotWaiting(name.to_owned()))?;
        self.hear(&ear)
    }

    /// Tells all who wait for a signal.
    fn signal(&mut self, name: &str) -> Result<(), Error> {
        let names = self.names(name);
        let all = self.ears()?.into_iter().filter(|ear| ear.node().waits_for_signal(&names));
        let all: Vec<Ear<'a>> = all.collect();
        let first = self.state.work.values().next().map(|work| work.node.clone());
        self.charge(self.state.work.len(), &first.unwrap_or_default())?;
        if all.is_empty() {
            return Err(Error::NotWaiting(name.to_owned()));
        }
        all.iter().try_for_each(|ear| self.hear(ear))
    }

    /// The id and name of what is declared, and the word itself.
    fn names(&self, word: &str) -> Vec<String> {
        let is = |declared: &&Declared| {
            let Declared { common, code, .. } = declared;
            common.id == word
                || common.name.as_deref() == Some(word)
                || code.as_deref() == Some(word)
        };
        let mut names = vec![word.to_owned()];
        for declared in self.plan.file.declared.iter().filter(is) {
            names.push(declared.common.id.clone());
            names.extend(declared.common.name.clone());
            names.extend(declared.code.clone());
        }
        names
    }

    fn hear(&mut self, ear: &Ear<'a>) -> Result<(), Error> {
        match ear {
            Ear::At(number, node) => {
                // Another who heard it may have ended this one.
                let Some(work) = self.state.work.get(number).cloned() else { return Ok(()) };
                if work.stage != Stage::Racing {
                    return self.finish(*number);
                }
                self.finish_quietly(*number, &work);
                self.state.visit(&node.common.id);
                self.leave(work.frame, &node.common.id)
            }
            Ear::Boundary(number, node) => {
                let Some(work) = self.state.work.get(number).cloned() else { return Ok(()) };
                if matches!(node.kind, NodeKind::Boundary(_, Effect::Interrupts)) {
                    self.state.stop(*number);
                }
                self.agenda.push_back(Job::Enter(work.frame, &node.common.id));
                Ok(())
            }
            Ear::Subprocess(frame, node, start) => {
                if matches!(start.kind, NodeKind::Start(Effect::Interrupts)) {
                    self.state.clear(*frame);
                    self.agenda.retain(|job| !job.is_in(*frame));
                }
                self.agenda.push_back(Job::Enter(*frame, &node.common.id));
                Ok(())
            }
        }
    }

    /// An event-based gateway has its event.
    fn finish_quietly(&mut self, number: u64, work: &Work) {
        self.state.stop(number);
        self.state.visit(&work.node);
    }

    /// What a throwing or ending event causes.
    pub(super) fn cause(&mut self, frame: u64, node: &'a Node) -> Result<(), Error> {
        self.charge(self.state.work.len(), &node.common.id)?;
        for event in &node.events {
            match &event.kind {
                EventKind::Terminate => {
                    self.state.clear(frame);
                    self.agenda.retain(|job| !job.is_in(frame));
                }
                EventKind::Signal(Some(name)) => match self.signal(name) {
                    Err(Error::NotWaiting(_)) => {}
                    other => other?,
                },
                // One that nobody catches is an end like any other, as in most engines.
                EventKind::Error(code) if node.kind == NodeKind::End => {
                    self.up(frame, &event.kind, code.as_deref())?;
                }
                EventKind::Escalation(code) => {
                    self.up(frame, &event.kind, code.as_deref())?;
                }
                EventKind::Cancel => {
                    // The transaction is stopped; what is undone goes on around it.
                    let owner = self.state.frames.get(&frame).and_then(|open| open.owner);
                    let around = owner.and_then(|owner| self.state.work.get(&owner));
                    let around = around.map_or(frame, |work| work.frame);
                    self.undo(frame, None, around)?;
                    self.up(frame, &event.kind, None)?;
                }
                EventKind::Compensate(activity) => self.undo(frame, activity.as_deref(), frame)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// The work itself fails: its own boundary hears it first.
    fn fail(&mut self, number: u64, code: Option<&str>) -> Result<(), Error> {
        let mut top = number;
        while let Some(of) = self.state.work.get(&top).and_then(|work| work.of) {
            top = of;
        }
        let frame = self.state.work.get(&top).map(|work| work.frame).ok_or(Error::OtherFile)?;
        let kind = EventKind::Error(None);
        if self.boundary(top, &kind, code)? {
            return Ok(());
        }
        self.state.stop(top);
        // Work that fails is not done: when nobody catches it, everything ends.
        if let Some(outermost) = self.up(frame, &kind, code)? {
            self.state.clear(outermost);
            self.agenda.clear();
        }
        Ok(())
    }

    /// An error, escalation or cancellation goes up to whoever catches it. When nobody does, gives
    /// the frame of the process that was started.
    fn up(
        &mut self,
        from: u64,
        kind: &EventKind,
        code: Option<&str>,
    ) -> Result<Option<u64>, Error> {
        let names = code.map(|code| self.names(code)).unwrap_or_default();
        let mut frame = from;
        let interrupted = self.interrupted()?;
        // An event subprocess does not catch what it throws itself.
        let mut thrower = None;
        loop {
            let Some(open) = self.state.frames.get(&frame) else { return Ok(None) };
            let owner = open.owner;
            let inner = Plan::on_event(self.plan.body(&open.body)?);
            let caught = inner.filter(|(node, start)| {
                !interrupted.contains(&frame)
                    && thrower != Some(&node.common.id)
                    && start.catches(kind, &names)
            });
            let found = caught.min_by_key(|(_, start)| start.catches_all());
            if let Some((node, start)) = found {
                return self.hear(&Ear::Subprocess(frame, node, start)).map(|()| None);
            }
            let Some(mut owner) = owner else { return Ok(Some(frame)) };
            while let Some(of) = self.state.work.get(&owner).and_then(|work| work.of) {
                owner = of;
            }
            if self.boundary(owner, kind, code)? {
                return Ok(None);
            }
            let work = self.state.work.get(&owner).ok_or(Error::OtherFile)?;
            thrower = Some(&self.plan.spot(&work.node)?.node.common.id);
            frame = work.frame;
        }
    }

    /// Lets the boundary event of a work catch it, if one does.
    fn boundary(&mut self, work: u64, kind: &EventKind, code: Option<&str>) -> Result<bool, Error> {
        let names = code.map(|code| self.names(code)).unwrap_or_default();
        let Some(host) = self.state.work.get(&work) else { return Ok(false) };
        let boundaries = self.plan.spot(&host.node)?.boundaries.clone();
        let caught = boundaries.into_iter().filter(|node| node.catches(kind, &names));
        // Who names the code goes before who catches all of the kind.
        let Some(node) = caught.min_by_key(|node| node.catches_all()) else {
            return Ok(false);
        };
        self.hear(&Ear::Boundary(work, node)).map(|()| true)
    }
}

/// Whether a node is an event subprocess that stops what is around it.
fn takes_over(node: &Node) -> bool {
    let NodeKind::Inner(InnerKind::OnEvent, inner) = &node.kind else { return false };
    let interrupts = |node: &Node| node.kind == NodeKind::Start(Effect::Interrupts);
    !is_handler(node) && inner.nodes.iter().any(interrupts)
}

impl Job<'_> {
    fn is_in(&self, frame: u64) -> bool {
        match self {
            Job::Arrive(within, _) | Job::Enter(within, _) => *within == frame,
            // Its work is gone then.
            Job::Again(_) => false,
        }
    }
}

impl Node {
    fn waits_for_message(&self, names: &[String]) -> bool {
        let task = self.common.attribute("messageRef");
        task.is_some_and(|name| names.iter().any(|n| n == name))
            || self.events.iter().any(|event| {
                matches!(&event.kind, EventKind::Message(Some(name)) if names.contains(name))
            })
    }

    fn waits_for_signal(&self, names: &[String]) -> bool {
        self.events.iter().any(
            |event| matches!(&event.kind, EventKind::Signal(Some(name)) if names.contains(name)),
        )
    }

    /// Whether it catches what goes up: without a code it catches all of the kind.
    fn catches(&self, kind: &EventKind, names: &[String]) -> bool {
        let fits = |code: &Option<String>| code.as_ref().is_none_or(|code| names.contains(code));
        self.events.iter().any(|event| match (&event.kind, kind) {
            (EventKind::Error(code), EventKind::Error(_))
            | (EventKind::Escalation(code), EventKind::Escalation(_)) => fits(code),
            (EventKind::Cancel, EventKind::Cancel) => true,
            _ => false,
        })
    }
    /// Whether it names no code.
    fn catches_all(&self) -> bool {
        let open =
            |kind: &EventKind| matches!(kind, EventKind::Error(None) | EventKind::Escalation(None));
        self.events.iter().any(|event| open(&event.kind))
    }
}
