//! Entering blocks: what opens, what is passed over, what is told to the world.

use super::handlers::Handlers;
use super::{Due, Run, Work, index, small};
use crate::Refusal;
use crate::definition::{Awaited, Call, Cc, Condition, Node, PlaceKind, Policy, Time};
use crate::instance::{ActivationState, Carried, Change, Decision, Holder, Origin, TicketState};
use lingnan_base::Timestamp;

impl Run<'_> {
    fn add(&mut self, place: u32, parent: Option<u32>, state: ActivationState, index: u32) -> u32 {
        let number = small(self.instance.activations.len());
        let held = self.definition.place(super::index(place));
        let step = held.and_then(crate::definition::Place::step).cloned();
        self.put(Change::Entered { place, parent, state, index, step });
        number
    }

    /// A place that is passed over.
    pub(crate) fn skip(&mut self, place: u32, parent: Option<u32>) {
        let activation = self.add(place, parent, ActivationState::Skipped, 0);
        self.agenda.push_back(Work::Proceed(activation));
    }

    /// A place that was jumped: nothing follows from it.
    pub(crate) fn jump_over(&mut self, place: u32, parent: u32) {
        self.add(place, Some(parent), ActivationState::Skipped, 0);
    }

    /// Enters a block; `at` positions it on the step of that place; `carry` tells where the
    /// branches left behind stood.
    pub(crate) fn enter(
        &mut self,
        place: u32,
        parent: Option<u32>,
        at: Option<u32>,
        carry: &[Carried],
    ) -> Result<(), Refusal> {
        let holding = at.and_then(|at| self.definition.child_holding(index(place), index(at)));
        let at = at.filter(|at| holding.is_some() || *at == place);
        let active = ActivationState::Active;
        match self.kind(place)? {
            PlaceKind::Node(node) => self.enter_node(node, place, parent, at.is_some()),
            PlaceKind::Seq | PlaceKind::Loop { .. } => {
                let child = holding.unwrap_or(0);
                let is_loop = matches!(self.kind(place)?, PlaceKind::Loop { .. });
                let stands = if is_loop { 0 } else { small(child) };
                let activation = self.add(place, parent, active, stands);
                self.enter_child(activation, child, at, carry)
            }
            PlaceKind::Choose(conditions) => {
                let child = match holding {
                    Some(child) => Some(child),
                    None => self.choice(conditions, self.children(place).len())?,
                };
                let Some(child) = child else {
                    self.skip(place, parent);
                    return Ok(());
                };
                let activation = self.add(place, parent, active, small(child));
                self.enter_child(activation, child, at, carry)
            }
            PlaceKind::Par => self.enter_par(place, parent, at, carry),
            PlaceKind::Auto(auto) => {
                if self.is_wanted(auto.when.as_ref())? {
                    self.add(place, parent, active, 0);
                } else {
                    self.skip(place, parent);
                }
                Ok(())
            }
            PlaceKind::Cc(cc) => self.enter_cc(cc, place, parent),
            PlaceKind::Call(call) => self.enter_call(call, place, parent),
            PlaceKind::Wait(wait) => {
                let activation = self.add(place, parent, active, 0);
                let until = self.waits_until(&wait.what);
                self.put(Change::Awaited { activation, until });
                Ok(())
            }
        }
    }

    fn is_wanted(&self, when: Option<&Condition>) -> Result<bool, Refusal> {
        when.map_or(Ok(true), |when| self.rules.holds(when).map_err(Refusal::Condition))
    }

    fn choice(&self, conditions: &[Condition], children: usize) -> Result<Option<usize>, Refusal> {
        for (number, condition) in conditions.iter().enumerate() {
            if self.is_wanted(Some(condition))? {
                return Ok(Some(number));
            }
        }
        Ok((children > conditions.len()).then_some(conditions.len()))
    }

    pub(crate) fn waits_until(&self, what: &Awaited) -> Option<Timestamp> {
        match what {
            Awaited::Passing(time) => self.rules.until(time, self.now),
            Awaited::Date(field) => self.rules.until(&Time::Field(field.clone()), self.now),
            Awaited::Event(_) => None,
        }
    }

    fn enter_par(
        &mut self,
        place: u32,
        parent: Option<u32>,
        at: Option<u32>,
        carry: &[Carried],
    ) -> Result<(), Refusal> {
        let activation = self.add(place, parent, ActivationState::Active, 0);
        let positioned = at.is_some();
        for (branch, child) in self.children(place).iter().copied().enumerate() {
            let at = at.filter(|at| self.definition.holds(child, index(*at))).or_else(|| {
                at.and(carry.iter().find(|c| c.par == place && c.branch == small(branch)))
                    .and_then(|left| left.stood_on)
            });
            if at.is_some() || !positioned {
                self.enter(small(child), Some(activation), at, carry)?;
            } else {
                self.add(small(child), Some(activation), ActivationState::Carried, 0);
            }
        }
        Ok(())
    }

    /// Puts an activation on `stands` and enters its child number `child`.
    pub(super) fn stand(
        &mut self,
        activation: u32,
        stands: u32,
        child: usize,
        at: Option<u32>,
        carry: &[Carried],
    ) -> Result<(), Refusal> {
        let (state, index) = (ActivationState::Active, stands);
        self.put(Change::Moved { activation, state, index });
        self.enter_child(activation, child, at, carry)
    }

    fn enter_child(
        &mut self,
        activation: u32,
        child: usize,
        at: Option<u32>,
        carry: &[Carried],
    ) -> Result<(), Refusal> {
        let place = self.instance.activation(activation).ok_or(Refusal::Broken)?.place;
        let next = self.children(place).get(child).copied().ok_or(Refusal::Broken)?;
        self.enter(small(next), Some(activation), at, carry)
    }

    fn enter_node(
        &mut self,
        node: &Node,
        place: u32,
        parent: Option<u32>,
        returned: bool,
    ) -> Result<(), Refusal> {
        if !self.is_wanted(node.when.as_ref())? {
            self.skip(place, parent);
            return Ok(());
        }
        let holders = match self.handlers(node, place, returned)? {
            Handlers::These(holders) => holders,
            Handlers::Nobody => {
                self.skip(place, parent);
                return Ok(());
            }
        };
        let already = self.already_approved(node);
        let activation = self.add(place, parent, ActivationState::Active, 0);
        let mut taken = false;
        for holder in holders {
            let auto = already.contains(&holder);
            let waits = node.policy == Policy::Sequential && taken;
            taken |= !auto;
            let state = if waits && !auto { TicketState::Pending } else { TicketState::Open };
            self.open(activation, node, holder, state, auto);
        }
        if !already.is_empty() {
            self.agenda.push_back(Work::Evaluate(activation));
        }
        Ok(())
    }

    fn open(
        &mut self,
        activation: u32,
        node: &Node,
        holder: Holder,
        state: TicketState,
        auto: bool,
    ) {
        let opened = self.now;
        let limit = node.limit.as_ref().filter(|_| state == TicketState::Open);
        let due = limit.and_then(|limit| self.rules.until(&limit.due, opened));
        let (weight, veto) = self.voice(node, &holder);
        let origin = if auto { Origin::Auto } else { Origin::Resolve };
        let ticket = crate::TicketId(small(self.instance.tickets.len()));
        let (host, group) = (None, crate::Group::All);
        self.put(Change::Opened {
            activation,
            holder,
            host,
            origin,
            state,
            opened,
            due,
            weight,
            veto,
            group,
        });
        self.reckon(Some(ticket), Due { by: limit.map(|limit| &limit.due), moment: due });
        if auto {
            let (state, decision) = (TicketState::Done, Some(Decision::Approve));
            self.put(Change::Ticket { ticket, state, decision });
        }
    }

    fn enter_cc(&mut self, cc: &Cc, place: u32, parent: Option<u32>) -> Result<(), Refusal> {
        if !self.is_wanted(cc.when.as_ref())? {
            self.skip(place, parent);
            return Ok(());
        }
        let told = self.resolve(&cc.who);
        let activation = self.add(place, parent, ActivationState::Active, 0);
        let (receipt, at) = (cc.receipt, self.now);
        let waits = cc.gate && !told.is_empty();
        for holder in told {
            self.put(Change::Noticed { activation, holder, receipt, at });
        }
        if waits { Ok(()) } else { self.complete(activation) }
    }

    fn enter_call(&mut self, call: &Call, place: u32, parent: Option<u32>) -> Result<(), Refusal> {
        let entries = match &call.each {
            Some(field) => self.rules.entries(field).into_iter().map(Some).collect(),
            None => vec![None],
        };
        if entries.is_empty() || !self.is_wanted(call.when.as_ref())? {
            self.skip(place, parent);
            return Ok(());
        }
        let activation = self.add(place, parent, ActivationState::Active, 0);
        for entry in entries {
            let process = call.process.clone();
            self.put(Change::Called { activation, process, entry });
        }
        if call.detached { self.complete(activation) } else { Ok(()) }
    }
}
