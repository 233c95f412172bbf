//! The door for XML of others, and what XML cannot hold as it is.
#![doc = include_str!("../README.md")]

mod door;
mod error;
mod escape;

pub use door::{ATTRIBUTES_MAX, Limits, tree};
pub use error::Error;
pub use escape::{escaped, escaped_text};
