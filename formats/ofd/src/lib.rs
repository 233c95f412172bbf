//! OFD (GB/T 33190-2016): read, write, text, drawing.
#![doc = include_str!("../README.md")]

mod error;
pub mod limits;
pub mod model;
mod run;
mod write;

pub use error::{Broken, Error, Unwritable};
pub use run::{Glyph, Run};
pub use write::{parts, write, zip};

/// The namespace of GB/T 33190-2016.
const OFD: &str = "http://www.ofdspec.org/2016";
