//! What tests from outside need: a server process that can be killed, and a small HTTP client.

mod client;
mod issuing;
mod process;

pub use client::Client;
pub use issuing::{Issuing, People};
pub use process::Server;
