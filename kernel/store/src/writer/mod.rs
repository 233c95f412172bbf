//! The one writer: takes what is waiting, judges it in memory, writes one transaction, answers
//! everyone. The batch sizes itself: while one commit runs, the next one fills.

mod batch;
mod cache;
mod run;

pub(crate) use batch::{ActJob, Job, SideJob};
pub(crate) use run::{start, start_checkpointer};
