//! The process interpreter: blocks, tickets, votes, returns; pure.
//!
//! A [`Definition`] is a tree of blocks; an [`Instance`] holds one activation per entered block
//! and the tickets of each node. A join counts the children of its own block, never global
//! tokens, so cancelled work cannot poison it. Every operation leaves one [`Fact`], a list of
//! small changes; folding the facts gives the instance again.

mod definition;
pub mod inbox;
mod instance;
#[cfg(test)]
mod laws;
mod notation;
mod operate;
mod query;
mod refusal;
mod run;
mod withdraw;

pub use definition::{
    Block, DEPTH_MAX, Definition, DefinitionError, NODES_MAX, Node, Policy, Ratio, Who,
};
pub use instance::{
    ActivationState, Change, Decision, Fact, Holder, Instance, Origin, Status, Ticket, TicketId,
    TicketState,
};
pub use notation::{Mistake, Process};
pub use operate::{Operation, ReturnMode, Rules, operate, start};
pub use query::{NodeStanding, Stage};
pub use refusal::Refusal;
