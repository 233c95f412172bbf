//! 退回 and 跳转: work goes to another step of the same sequence of blocks.

use super::ReturnMode;
use crate::Refusal;
use crate::definition::{Back, BackWay, PlaceKind};
use crate::instance::{Change, Decision, Frame, TicketId, TicketState};
use crate::run::{Run, index, small};
use std::sync::Arc;

impl Run<'_> {
    pub(super) fn send_back(
        &mut self,
        id: TicketId,
        target: &str,
        mode: ReturnMode,
    ) -> Result<(), Refusal> {
        let from = self.guard(id, &[TicketState::Open, TicketState::Waiting])?.activation;
        let node = self.node(from)?;
        let place = self.definition.number_of(target).ok_or(Refusal::NotReturnable)?;
        let stands = self.instance.activation(from).ok_or(Refusal::Broken)?.place;
        let legal = self.instance.return_scope(self.definition, index(stands), place);
        if legal.is_none() {
            return Err(Refusal::NotReturnable);
        }
        let unless = match &node.back {
            Back::AnyEarlier => {
                if self.instance.crosses_irreversible(self.definition, place, index(stands)) {
                    return Err(Refusal::Irreversible);
                }
                Vec::new()
            }
            Back::Nowhere => return Err(Refusal::NotReturnable),
            Back::To(targets) => {
                let listed = targets.iter().find(|listed| *listed.step == *target);
                let way = listed.map(|listed| &listed.way).ok_or(Refusal::NotReturnable)?;
                match (way, mode) {
                    (BackWay::Redo, ReturnMode::Direct) => return Err(Refusal::OnlyRedo),
                    (BackWay::Direct(_), ReturnMode::Redo) => return Err(Refusal::OnlyDirect),
                    (BackWay::Direct(unless), ReturnMode::Direct) => unless.clone(),
                    _ => Vec::new(),
                }
            }
        };
        let decision = Some(Decision::Return);
        self.put(Change::Ticket { ticket: id, state: TicketState::Done, decision });
        self.go_back(from, small(place), mode, unless)
    }

    /// The activation of the innermost sequence that holds both.
    fn scope(&self, from: u32, target: u32) -> Result<u32, Refusal> {
        let mut scope = from;
        loop {
            let held = self.instance.activation(scope).ok_or(Refusal::NotReturnable)?;
            let place = self.definition.place(index(held.place)).ok_or(Refusal::Broken)?;
            if self.definition.holds(index(held.place), index(target)) {
                match place.kind {
                    PlaceKind::Seq => return Ok(scope),
                    // Sibling branches are no targets of each other.
                    PlaceKind::Par => return Err(Refusal::NotReturnable),
                    _ => {}
                }
            }
            scope = held.parent.ok_or(Refusal::NotReturnable)?;
        }
    }

    fn go_back(
        &mut self,
        from: u32,
        target: u32,
        mode: ReturnMode,
        unless: Vec<Arc<str>>,
    ) -> Result<(), Refusal> {
        let to = self.instance.activation(from).ok_or(Refusal::Broken)?.place;
        let scope = self.scope(from, target)?;
        match mode {
            ReturnMode::Redo => self.put(Change::Dropped { scope }),
            ReturnMode::Direct => {
                let (carry, since) = (self.left_behind(from, scope), self.now);
                self.push_frame(Frame { at: target, to, scope, carry, unless, since });
            }
        }
        self.put(Change::Returned);
        self.go(scope, target, &[])
    }

    /// A rejection whose effect is a step: the matter goes back there, every step again.
    pub(crate) fn send_to(&mut self, activation: u32, target: u32) -> Result<(), Refusal> {
        self.go_back(activation, target, ReturnMode::Redo, Vec::new())
    }

    /// 跳转: what lies between is passed over for good, and nothing mandatory may.
    pub(super) fn jump(&mut self, from: &str, target: &str) -> Result<(), Refusal> {
        self.must_run()?;
        let place = |id: &str| self.definition.number_of(id).ok_or(Refusal::NoSuchStep);
        let (stands, target) = (place(from)?, place(target)?);
        let here = self.active_at(stands).ok_or(Refusal::NotOpen)?;
        if stands == target {
            return Err(Refusal::NotReturnable);
        }
        let scope = self.scope(here, small(target))?;
        let skipped = self.between(stands, target);
        for place in &skipped {
            let node = self.definition.place(*place).and_then(crate::definition::Place::node);
            if node.is_some_and(|node| node.mandatory) {
                return Err(Refusal::Mandatory);
            }
        }
        self.put(Change::Dropped { scope });
        self.put(Change::Returned);
        // The step that is left is given up by going on; those after it are passed over.
        for place in skipped.into_iter().filter(|place| *place != stands) {
            self.jump_over(small(place), scope);
        }
        self.go(scope, small(target), &[])
    }

    /// Steps that a jump forward leaves out, the one it stands on included.
    fn between(&self, stands: usize, target: usize) -> Vec<usize> {
        let is_step = |place: &usize| {
            self.definition.place(*place).is_some_and(|place| place.step().is_some())
        };
        (stands..target).filter(is_step).collect()
    }

    /// The active activation of a step.
    pub(super) fn active_at(&self, place: usize) -> Option<u32> {
        let all = self.instance.activations.iter().zip(0_u32..);
        let mut here = all.filter(|(held, _)| index(held.place) == place);
        here.find(|(held, _)| crate::run::is_active(held.state)).map(|(_, number)| number)
    }
}
