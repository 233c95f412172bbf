//! The process interpreter: blocks, tickets, votes, returns; pure.
//!
//! A [`Definition`] is a tree of blocks; an [`Instance`] holds one activation per entered block
//! and the tickets of each node. A join counts the children of its own block, never global
//! tokens, so cancelled work cannot poison it. Every operation leaves one [`Fact`], a list of
//! small changes; folding the facts gives the instance again.

mod check;
pub mod closing;
mod definition;
mod demand;
pub mod inbox;
mod instance;
#[cfg(test)]
mod laws;
pub mod message;
mod migrate;
mod notation;
mod operate;
mod query;
mod refusal;
mod replay;
mod rules;
mod run;
mod sight;
pub mod timer;

pub use check::{Finding, check, check_calls};
pub use definition::{
    After, Archive, Auto, Awaited, Back, BackTarget, BackWay, Block, Branch, Call, Cc, Choose,
    Comments, Condition, DEPTH_MAX, Dedupe, Definition, DefinitionError, Limit, Loop, NODES_MAX,
    Node, OnEmpty, OnReject, OnSelf, Policy, Process, Prolongable, ROUNDS_MAX, Ratio, Retention,
    Rights, Share, StartLevel, Step, Steps, StopReason, Time, Vote, Wait, Who, WhoPlace, Whom,
};
pub use demand::Demand;
pub use instance::{
    ActivationState, Call as ChildCall, CallState, Change, Clock, Decision, Extension, Fact, Group,
    Holder, Instance, Mark, Notice, NoticeState, Origin, Outcome, Status, Stop, Ticket, TicketId,
    TicketState, Urged,
};
pub use migrate::{MigrationReport, migrate};
pub use notation::{Mistake, Mistakes};
pub use operate::{Asked, Operation, Ran, ReturnMode, operate, perform, start};
pub use query::{NodeStanding, Stage};
pub use refusal::Refusal;
pub use replay::{ReplayReport, replay};
pub use rules::Rules;
pub use sight::{Look, Said, Sight};
