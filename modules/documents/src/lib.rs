//! 公文: official documents from draft to archive, and what other units receive of them.

mod addressees;
mod api;
pub mod body;
pub mod compare;
pub mod decide;
mod finding;
pub mod first_check;
pub mod incoming;
pub mod model;
pub mod number_book;
pub mod paper;
pub mod picture;
pub mod print;
pub mod register;
pub mod retention;
pub mod rules;
mod setting;
pub mod sheet;
mod tally;
pub mod template;
pub mod views;
pub mod word;

pub use api::routes;
pub use decide::{Begin, Handle, HandleIncoming, OpenBook, Register, Remind};
pub use finding::Documents;
pub use incoming::{Incoming, IncomingRequest};
pub use model::{Document, Head, Request};
pub use number_book::NumberBook;
pub use setting::Process;
pub use tally::Tally;

use lingnan_journal::Registry;

/// Adds the module's kinds of matter and read tables.
#[must_use]
pub fn register(registry: Registry) -> Registry {
    let inbox = &lingnan_flow::inbox::TICKETS;
    let (handled, begun) = (&lingnan_flow::inbox::HANDLED, &lingnan_flow::inbox::BEGUN);
    let (parts, closings) = (&lingnan_auth::PARTS, &lingnan_flow::closing::CLOSINGS);
    let (messages, echoes) = (&lingnan_flow::message::MESSAGES, &lingnan_api::ECHOES);
    let timers = &lingnan_flow::timer::TIMERS;
    registry
        .with::<register::Register>(&[])
        .with::<Document>(&[
            &views::DOCUMENTS,
            &views::REPEALED,
            inbox,
            handled,
            begun,
            parts,
            messages,
            closings,
        ])
        .with::<Incoming>(&[
            &views::RECEIPTS,
            timers,
            inbox,
            &lingnan_flow::inbox::NOTICES,
            handled,
            parts,
            messages,
            echoes,
            closings,
        ])
        .with::<Tally>(&[messages, echoes])
        .with::<NumberBook>(&[&number_book::BOOKS, &number_book::NUMBERS])
}
