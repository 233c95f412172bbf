//! Word documents (ISO/IEC 29500, transitional and strict): read and written.
#![doc = include_str!("../README.md")]

mod error;
pub mod limits;
pub mod model;
mod read;
mod write;
mod xml;

pub use error::Error;
pub use read::{Lost, Read, read};
pub use write::write;
