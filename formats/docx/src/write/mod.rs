//! From a model to bytes.

mod package;
mod text;
mod zip;

pub use package::write;
pub use zip::zip;
