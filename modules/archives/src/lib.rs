//! 档案: every concluded matter as a packet with a number of its own, tested, lent and, in the end,
//! opened or destroyed. Knows no other module: what a matter was is read off its published facts.

mod api;
mod decide;
pub mod fonds;
mod keeping;
pub mod model;
pub mod number;
pub mod packet;
pub mod reading;
pub mod test;
pub mod views;

pub use api::routes;
pub use decide::Receive;
pub use fonds::Fonds;
pub use keeping::{Keeper, Round};
pub use model::Archive;

use lingnan_journal::Registry;

/// Adds the module's kinds of matter and read tables.
#[must_use]
pub fn register(registry: Registry) -> Registry {
    registry
        .with::<Archive>(&[&views::ARCHIVES, &lingnan_auth::PARTS])
        .with::<Fonds>(&[&fonds::SERIES])
}
