//! The one writer. A judge takes what is waiting and judges it in memory, a committer writes one
//! transaction and fsyncs; then everyone is answered. The batch sizes itself: while one is being
//! written, the next one fills, judged upon what the first will have made true. Should the first
//! fail, the next is judged again: nobody was answered yet.

mod batch;
mod cache;
mod committer;
mod follow;
mod run;

pub(crate) use batch::{ActJob, Job, SideJob};
pub(crate) use follow::{Follower, start_lookout};
pub(crate) use run::{start, start_checkpointer};

/// A panic of the writer ends the process: without its writer a server would only ever answer that
/// it is unavailable, and nobody would start it again.
struct EndWithWriter;

impl Drop for EndWithWriter {
    fn drop(&mut self) {
        if std::thread::panicking() {
            tracing::error!("the journal's writer panicked: stopping, to be started again");
            std::process::abort();
        }
    }
}
