//! 事项: a matter that runs by a process of the library.

pub mod decide;
pub mod migration;
pub mod model;
pub mod package;
pub mod register;
pub mod views;

pub use decide::{Handle, Start, Submission, Tick};
pub use model::{Request, Work};
