//! 流程: every process as data: the library of editions, and the matters that run by them.

mod api;
pub mod catalogue;
mod conveyor;
pub mod library;
pub mod scenario;
pub mod work;

pub use api::routes;
pub use conveyor::carry;
pub use library::Entry;
pub use work::{Handle, Start, Submission, Tick, Work};

use lingnan_flow::inbox;
use lingnan_journal::Registry;

/// Adds the module's kinds of matter and read tables.
#[must_use]
pub fn register(registry: Registry) -> Registry {
    let parts = &lingnan_auth::PARTS;
    registry
        .with::<Entry>(&[&library::PROCESSES, &library::EDITIONS, &library::MIGRATIONS])
        .with::<work::register::Register>(&[])
        .with::<Work>(&[
            &work::views::WORKS,
            &lingnan_flow::timer::TIMERS,
            &work::views::STANDING,
            &inbox::TICKETS,
            &inbox::HANDLED,
            &inbox::BEGUN,
            &inbox::NOTICES,
            &lingnan_flow::message::MESSAGES,
            &lingnan_api::ECHOES,
            parts,
            &lingnan_flow::closing::CLOSINGS,
        ])
}
