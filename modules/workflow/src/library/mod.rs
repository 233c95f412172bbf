//! 流程库: what stands in it of each process, and how an edition comes to be the one that is used.

pub mod decide;
pub mod migration;
pub mod model;
pub mod views;

pub use decide::{Confirm, Import, Propose, Withdraw};
pub use model::{Edition, Entry, Proposal};
pub use views::{EDITIONS, MIGRATIONS, PROCESSES};
