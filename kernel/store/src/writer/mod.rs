//! The one writer: takes what is waiting, judges it in memory, writes one transaction, answers
//! everyone. The batch sizes itself: while one commit runs, the next one fills.

mod batch;
mod cache;
mod follow;
mod run;

pub(crate) use batch::{ActJob, Job, SideJob};
pub(crate) use follow::{Follower, start_lookout};
pub(crate) use run::{start, start_checkpointer};
