//! DMN decision models and FEEL, the language of their expressions.
#![doc = include_str!("../README.md")]

pub mod bulk;
pub mod decimal;
mod error;
mod evaluation;
pub mod feel;
pub mod model;
pub mod tck;
pub mod temporal;

pub use error::Error;
pub use evaluation::{Evaluation, evaluate_decision};
