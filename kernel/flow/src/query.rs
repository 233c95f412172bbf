//! What can be asked of an instance: open tickets, where it stands, where it may go back to.

use crate::definition::{Back, Definition, Node, Place, PlaceKind, Step};
use crate::instance::{
    Activation, ActivationState, Holder, Instance, Notice, Status, Ticket, TicketId, TicketState,
};
use crate::run::index;

/// How a node stands on the state line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeStanding {
    /// Not reached yet.
    Ahead,
    /// Being handled.
    Active,
    /// Handled.
    Done,
    /// Passed over.
    Skipped,
    /// 未经过: on a branch that was not taken, or never reached before the end.
    NotTaken,
    /// Given up in a return; will be handled again.
    Cancelled,
}

impl NodeStanding {
    /// As the interface calls it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Active => "active",
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::NotTaken => "not_taken",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A node on the state line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage<'a> {
    /// The node.
    pub node: &'a Node,
    /// How it stands.
    pub standing: NodeStanding,
}

impl Instance {
    /// Every ticket with its number.
    pub fn tickets(&self) -> impl Iterator<Item = (TicketId, &Ticket)> {
        (0_u32..).map(TicketId).zip(&self.tickets)
    }

    /// The tickets to be done now.
    pub fn open_tickets(&self) -> impl Iterator<Item = (TicketId, &Ticket)> {
        self.live_tickets().filter(|(_, t)| t.state == TicketState::Open)
    }

    fn live_tickets(&self) -> impl Iterator<Item = (TicketId, &Ticket)> {
        self.live.iter().filter_map(|id| Some((*id, self.ticket(*id)?)))
    }

    /// The tickets that wait for others.
    pub fn waiting_tickets(&self) -> impl Iterator<Item = (TicketId, &Ticket)> {
        self.live_tickets().filter(|(_, t)| t.state != TicketState::Open)
    }

    /// The open ticket of a holder, optionally at one node.
    #[must_use]
    pub fn open_ticket_of(&self, holder: &Holder, node: Option<&str>) -> Option<TicketId> {
        self.open_tickets()
            .filter(|(_, t)| t.holder == *holder)
            .find(|(_, t)| node.is_none() || self.step_of(t).map(|step| &*step.id) == node)
            .map(|(id, _)| id)
    }

    /// The earliest year to which working days were arranged when a clock that still runs was
    /// reckoned, while that makes it provisional.
    #[must_use]
    pub fn reckoned_to(&self) -> Option<i16> {
        let tickets = self.live_tickets().filter_map(|(_, ticket)| ticket.clock.reckoned_to);
        tickets.chain(self.clock.reckoned_to).min()
    }

    /// Id and name of the step a ticket belongs to.
    #[must_use]
    pub fn step_of(&self, ticket: &Ticket) -> Option<&Step> {
        self.activation(ticket.activation)?.step.as_ref()
    }

    /// Id and name of the step a notice comes from.
    #[must_use]
    pub fn step_of_notice(&self, notice: &Notice) -> Option<&Step> {
        self.activation(notice.activation)?.step.as_ref()
    }

    /// The node a ticket belongs to.
    #[must_use]
    pub fn node_of<'a>(&self, definition: &'a Definition, ticket: &Ticket) -> Option<&'a Node> {
        let place = self.activation(ticket.activation)?.place;
        definition.place(index(place))?.node()
    }

    /// The nodes in reading order, each with how it stands.
    #[must_use]
    pub fn state_line<'a>(&'a self, definition: &'a Definition) -> Vec<Stage<'a>> {
        let stages = self.places(definition);
        stages.filter_map(|(held, standing)| Some(Stage { node: held.node()?, standing })).collect()
    }

    /// Every step in reading order, what the platform does among them.
    #[must_use]
    pub fn course<'a>(&'a self, definition: &'a Definition) -> Vec<(&'a Step, NodeStanding)> {
        let places = self.places(definition);
        places.filter_map(|(held, standing)| Some((held.step()?, standing))).collect()
    }

    fn places<'a>(
        &'a self,
        definition: &'a Definition,
    ) -> impl Iterator<Item = (&'a Place, NodeStanding)> {
        let places = definition.places.iter().enumerate();
        places.map(|(number, held)| (held, self.standing(definition, number)))
    }

    /// How one place stands.
    pub(crate) fn standing(&self, definition: &Definition, place: usize) -> NodeStanding {
        match self.latest(place).map(|activation| activation.state) {
            None if self.is_bypassed(definition, place) => NodeStanding::NotTaken,
            None => NodeStanding::Ahead,
            Some(ActivationState::Active) => NodeStanding::Active,
            Some(ActivationState::Done | ActivationState::Carried) => NodeStanding::Done,
            Some(ActivationState::Skipped) => NodeStanding::Skipped,
            Some(ActivationState::Cancelled) => NodeStanding::Cancelled,
        }
    }

    fn latest(&self, place: usize) -> Option<&Activation> {
        self.activations.iter().rev().find(|a| index(a.place) == place)
    }

    /// Whether a place that was never entered will not be: the whole is over, or a block around it
    /// is finished or stands on another branch.
    fn is_bypassed(&self, definition: &Definition, place: usize) -> bool {
        let over = matches!(self.status, Status::Completed | Status::Rejected | Status::Terminated);
        let mut above = definition.place(place).and_then(|held| held.parent);
        while let Some(block) = above {
            let Some(held) = definition.place(block) else { break };
            let elsewhere = |a: &Activation| {
                let taken = definition.child_holding(block, place);
                matches!(held.kind, PlaceKind::Choose(_)) && taken != Some(index(a.index))
            };
            let bypassed = self.latest(block).is_some_and(|a| match a.state {
                ActivationState::Active => elsewhere(a),
                ActivationState::Cancelled => false,
                _ => true,
            });
            if bypassed {
                return true;
            }
            above = held.parent;
        }
        over
    }

    /// The earlier nodes to which the holder of `ticket` may return the matter (R1), as far as
    /// its step allows.
    #[must_use]
    pub fn return_targets<'a>(
        &self,
        definition: &'a Definition,
        ticket: TicketId,
    ) -> Vec<&'a Node> {
        let stands = self.ticket(ticket).and_then(|t| self.activation(t.activation));
        let Some(stands) = stands.map(|a| index(a.place)) else { return Vec::new() };
        let back = definition.place(stands).and_then(Place::node).map(|node| &node.back);
        let legal = |node: &&Node| {
            let Some(target) = definition.number_of(node.id()) else { return false };
            let allowed = match back {
                Some(Back::AnyEarlier) => !self.crosses_irreversible(definition, target, stands),
                Some(Back::To(listed)) => listed.iter().any(|l| *l.step == *node.id()),
                Some(Back::Nowhere) | None => false,
            };
            allowed && self.return_scope(definition, stands, target).is_some()
        };
        definition.nodes().filter(legal).collect()
    }

    /// Whether something that cannot be undone was done at or after `target` and before
    /// `stands`.
    pub(crate) fn crosses_irreversible(
        &self,
        definition: &Definition,
        target: usize,
        stands: usize,
    ) -> bool {
        let mut done = self.activations.iter().filter(|a| a.state == ActivationState::Done);
        done.any(|a| {
            let place = index(a.place);
            (target..stands).contains(&place)
                && definition.place(place).is_some_and(Place::is_irreversible)
        })
    }

    /// The sequence in which `target` comes before the node `stands`, if it does and was active.
    pub(crate) fn return_scope(
        &self,
        definition: &Definition,
        stands: usize,
        target: usize,
    ) -> Option<usize> {
        let visited = |a: &crate::instance::Activation| {
            index(a.place) == target
                && !matches!(a.state, ActivationState::Skipped | ActivationState::Carried)
        };
        if stands == target || !self.activations.iter().any(visited) {
            return None;
        }
        let common = definition.common(target, stands)?;
        if !matches!(definition.place(common)?.kind, PlaceKind::Seq) {
            return None;
        }
        let before = definition.child_holding(common, target)?;
        let after = definition.child_holding(common, stands)?;
        (before < after).then_some(common)
    }
}
