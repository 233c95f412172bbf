//! From a model to bytes.

mod package;
mod text;

pub use package::write;
