//! Packages of XML in ZIP, as OFD and Word are: read with every check, and written.
#![doc = include_str!("../README.md")]

mod archive;
mod error;
pub mod limits;
mod xml;
mod zip;

pub use archive::{Archive, folder};
pub use error::{Broken, Error};
pub use limits::Limits;
pub use xml::Xml;
pub use zip::zip;
