//! What can be asked of an instance: open tickets, where it stands, where it may go back to.

use crate::definition::{Definition, Node, PlaceKind};
use crate::instance::{ActivationState, Holder, Instance, Ticket, TicketId, TicketState};
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
    /// Given up in a return; will be handled again.
    Cancelled,
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
        self.tickets().filter(|(_, t)| t.state == TicketState::Open && self.lives(t))
    }

    /// Whether a ticket's activation is being worked on.
    fn lives(&self, ticket: &Ticket) -> bool {
        let held = self.activation(ticket.activation);
        held.is_some_and(|a| a.state == ActivationState::Active)
    }

    /// The tickets that wait for others.
    pub fn waiting_tickets(&self) -> impl Iterator<Item = (TicketId, &Ticket)> {
        self.tickets()
            .filter(|(_, t)| t.state.is_live() && t.state != TicketState::Open && self.lives(t))
    }

    /// The open ticket of a holder, optionally at one node.
    #[must_use]
    pub fn open_ticket_of(
        &self,
        definition: &Definition,
        holder: &Holder,
        node: Option<&str>,
    ) -> Option<TicketId> {
        self.open_tickets()
            .filter(|(_, t)| t.holder == *holder)
            .find(|(_, t)| node.is_none() || self.node_of(definition, t).map(Node::id) == node)
            .map(|(id, _)| id)
    }

    /// The node a ticket belongs to.
    #[must_use]
    pub fn node_of<'a>(&self, definition: &'a Definition, ticket: &Ticket) -> Option<&'a Node> {
        let place = self.activation(ticket.activation)?.place;
        definition.place(index(place))?.node()
    }

    /// The nodes in reading order, each with how it stands.
    #[must_use]
    pub fn state_line<'a>(&self, definition: &'a Definition) -> Vec<Stage<'a>> {
        let standing = |place: usize| {
            let latest = self.activations.iter().rev().find(|a| index(a.place) == place);
            match latest.map(|a| a.state) {
                None => NodeStanding::Ahead,
                Some(ActivationState::Active) => NodeStanding::Active,
                Some(ActivationState::Done | ActivationState::Carried) => NodeStanding::Done,
                Some(ActivationState::Skipped) => NodeStanding::Skipped,
                Some(ActivationState::Cancelled) => NodeStanding::Cancelled,
            }
        };
        definition
            .places
            .iter()
            .enumerate()
            .filter_map(|(place, held)| {
                Some(Stage { node: held.node()?, standing: standing(place) })
            })
            .collect()
    }

    /// The earlier nodes to which the holder of `ticket` may return the matter (R1).
    #[must_use]
    pub fn return_targets<'a>(
        &self,
        definition: &'a Definition,
        ticket: TicketId,
    ) -> Vec<&'a Node> {
        let stands = self.ticket(ticket).and_then(|t| self.activation(t.activation));
        let Some(stands) = stands.map(|a| index(a.place)) else { return Vec::new() };
        let legal = |node: &&Node| {
            definition
                .number_of(node.id())
                .is_some_and(|target| self.return_scope(definition, stands, target).is_some())
        };
        definition.nodes().filter(legal).collect()
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
