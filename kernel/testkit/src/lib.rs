//! What tests from outside need: a server process that can be killed, and a small HTTP client.

mod client;
mod process;

pub use client::Client;
pub use process::Server;
