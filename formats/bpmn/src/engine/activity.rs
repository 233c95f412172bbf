//! Activities: begun, copied, repeated, finished.

use super::plan::is_link;
use super::state::{Frame, Stage, Work};
use super::undo::{Done, is_handler};
use super::{Engine, Job, Plan, Rules};
use crate::error::{Error, Problem};
use crate::limits::{CALLS_MAX, COPIES_MAX};
use crate::model::{Expression, GatewayKind, Node, NodeKind, Order, RepeatKind, TaskKind};
use std::collections::BTreeMap;

impl<'a, R: Rules> Engine<'a, R> {
    /// A token comes to a node.
    pub(super) fn enter(&mut self, frame: u64, id: &'a str) -> Result<(), Error> {
        // What was around it may have ended meanwhile.
        if !self.state.frames.contains_key(&frame) {
            return Ok(());
        }
        self.step(id)?;
        let node = self.plan.spot(id)?.node;
        match &node.kind {
            NodeKind::Task(_) | NodeKind::Call(_) | NodeKind::Inner(..) => self.begin(frame, node),
            NodeKind::Catch if !is_link(node) => self.wait(frame, node, None, Stage::Waiting),
            NodeKind::Gateway(GatewayKind::EventBased) => {
                self.wait(frame, node, None, Stage::Racing)
            }
            NodeKind::Throw | NodeKind::End => {
                self.state.visit(id);
                let (node_id, stage) = (id.to_owned(), Stage::Inside);
                let token = self.state.put(Work { frame, node: node_id, of: None, stage });
                self.cause(frame, node)?;
                // What it causes may interrupt what it stands in.
                if !self.state.work.contains_key(&token) {
                    return Ok(());
                }
                self.state.stop(token);
                self.leave(frame, id)
            }
            _ => {
                self.state.visit(id);
                self.leave(frame, id)
            }
        }
    }

    fn wait(
        &mut self,
        frame: u64,
        node: &Node,
        of: Option<u64>,
        stage: Stage,
    ) -> Result<(), Error> {
        self.state.put(Work { frame, node: node.common.id.clone(), of, stage });
        Ok(())
    }

    fn begin(&mut self, frame: u64, node: &'a Node) -> Result<(), Error> {
        match node.repeat.as_ref().map(|repeat| &repeat.kind) {
            None => self.begin_one(frame, node, None),
            Some(RepeatKind::While { before, condition, max }) => {
                let asked = condition.as_ref().and_then(|c| self.holds(c));
                if *max == Some(0) || (*before && asked == Some(false)) {
                    self.state.visit(&node.common.id);
                    return self.leave(frame, &node.common.id);
                }
                let number = self.hold(frame, node, Stage::Again(0));
                self.begin_one(frame, node, Some(number))
            }
            Some(RepeatKind::Copies { order, cardinality, .. }) => {
                let given = cardinality.as_ref().and_then(number);
                let copies = given.or_else(|| self.rules.copies(node)).unwrap_or(1);
                if copies > COPIES_MAX {
                    let (attribute, value) = ("loopCardinality", copies.to_string());
                    let problem = Problem::NotWithin { attribute, value, max: COPIES_MAX };
                    return Err(Error::Element {
                        place: self.plan.place(&node.common.id),
                        problem,
                    });
                }
                let at_once = if *order == Order::Together { copies } else { copies.min(1) };
                let parent = self.hold(frame, node, Stage::Copies(copies - at_once));
                if copies == 0 {
                    return self.finish_whole(parent);
                }
                (0..at_once).try_for_each(|_| self.begin_one(frame, node, Some(parent)))
            }
        }
    }

    fn hold(&mut self, frame: u64, node: &Node, stage: Stage) -> u64 {
        self.state.put(Work { frame, node: node.common.id.clone(), of: None, stage })
    }

    /// Begins an activity once.
    fn begin_one(&mut self, frame: u64, node: &'a Node, of: Option<u64>) -> Result<(), Error> {
        self.step(&node.common.id)?;
        let called = match &node.kind {
            NodeKind::Call(Some(called)) => self.plan.called(called).map(|p| p.common.id.as_str()),
            NodeKind::Inner(..) => Some(node.common.id.as_str()),
            _ => None,
        };
        let stage = if called.is_some() { Stage::Inside } else { Stage::Waiting };
        let number = self.state.put(Work { frame, node: node.common.id.clone(), of, stage });
        match (called, &node.kind) {
            (Some(body), _) => self.open(body, Some(number)).map(drop),
            (None, NodeKind::Task(kind)) if is_done_by_itself(*kind) => self.finish(number),
            (None, NodeKind::Call(named)) => {
                let named = named.as_ref().map(|named| format!("“{named}”")).unwrap_or_default();
                let place = self.plan.place(&node.common.id);
                if let Some(notes) = &mut self.notes {
                    notes.insert(format!("{place}：所调用的流程{named}不在文件中，按办结一次计。"));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Opens a process or subprocess, and gives the number of its frame.
    pub(super) fn open(&mut self, id: &'a str, owner: Option<u64>) -> Result<u64, Error> {
        let body = self.plan.body(id)?;
        let mut depth = 0;
        let mut above = owner;
        while let Some(work) = above.and_then(|work| self.state.work.get(&work)) {
            depth += 1;
            above = self.state.frames.get(&work.frame).and_then(|frame| frame.owner);
        }
        if depth > CALLS_MAX {
            let around = owner.and_then(|work| self.state.work.get(&work));
            let place = around.map(|work| self.plan.place(&work.node)).unwrap_or_default();
            return Err(Error::Deep { place, max: CALLS_MAX });
        }
        let number = self.state.number();
        let (busy, arrived, done) = (0, BTreeMap::new(), Vec::new());
        let frame = Frame { body: id.to_owned(), owner, busy, arrived, done };
        self.state.frames.insert(number, frame);
        let mut starts = self.plan.starts(body);
        // One event begins a run; without anybody, each happens once (BPMN 2.0.2 section 13.5.6).
        let each = owner.is_none() && self.notes.is_some();
        if Plan::is_begun_by_events(body) && !each {
            starts.truncate(1);
        }
        self.agenda.extend(starts.into_iter().map(|start| Job::Enter(number, start)));
        Ok(number)
    }

    /// A work is done once: its copies go on, or it is done altogether.
    pub(super) fn finish(&mut self, number: u64) -> Result<(), Error> {
        let work = self.state.work.get(&number).cloned().ok_or(Error::OtherFile)?;
        let Some(of) = work.of else { return self.finish_whole(number) };
        let inside = self.state.inside.remove(&number).unwrap_or_default();
        let done = Done { node: work.node.clone(), inside };
        self.state.inside.entry(of).or_default().push(done);
        self.state.stop(number);
        let node = self.plan.spot(&work.node)?.node;
        let Some(stage) = self.state.work.get(&of).map(|parent| parent.stage.clone()) else {
            return Ok(());
        };
        let next = match (stage, node.repeat.as_ref().map(|repeat| &repeat.kind)) {
            (Stage::Copies(left), Some(RepeatKind::Copies { until, .. })) => {
                let enough = until.as_ref().and_then(|until| self.holds(until)) == Some(true);
                let others = self.state.work.values().any(|work| work.of == Some(of));
                match left.checked_sub(1) {
                    _ if enough => None,
                    Some(left) if !others => Some(Stage::Copies(left)),
                    _ if others => return Ok(()),
                    _ => None,
                }
            }
            (Stage::Again(done), Some(RepeatKind::While { condition, max, .. })) => {
                let done = done + 1;
                let again = condition.as_ref().and_then(|c| self.holds(c)) == Some(true)
                    || (condition.is_none() && max.is_some());
                (again && max.is_none_or(|max| done < max)).then_some(Stage::Again(done))
            }
            _ => None,
        };
        let Some(next) = next else { return self.finish_whole(of) };
        if let Some(parent) = self.state.work.get_mut(&of) {
            parent.stage = next;
        }
        self.agenda.push_back(Job::Again(of));
        Ok(())
    }

    /// Begins the next of a repeated activity, unless it was stopped meanwhile.
    pub(super) fn again(&mut self, of: u64) -> Result<(), Error> {
        let Some(Work { frame, node, .. }) = self.state.work.get(&of).cloned() else {
            return Ok(());
        };
        self.begin_one(frame, self.plan.spot(&node)?.node, Some(of))
    }

    /// An activity or event is done; the token goes on.
    pub(super) fn finish_whole(&mut self, number: u64) -> Result<(), Error> {
        let work = self.state.work.get(&number).cloned().ok_or(Error::OtherFile)?;
        let inside = self.state.inside.remove(&number).unwrap_or_default();
        self.state.stop(number);
        self.state.visit(&work.node);
        let node = self.plan.spot(&work.node)?.node;
        if let Some(frame) = self.state.frames.get_mut(&work.frame).filter(|_| !is_handler(node)) {
            // Each copy is undone by itself.
            match node.repeat {
                Some(_) => frame.done.extend(inside),
                None => frame.done.push(Done { node: work.node.clone(), inside }),
            }
        }
        self.leave(work.frame, &work.node)
    }
}

/// Machines' work: here it is done as soon as it is begun.
fn is_done_by_itself(kind: TaskKind) -> bool {
    matches!(kind, TaskKind::Service | TaskKind::Script | TaskKind::Rule | TaskKind::Send)
}

/// A formula that is a number.
fn number(formula: &Expression) -> Option<u32> {
    formula.bare().parse().ok()
}
