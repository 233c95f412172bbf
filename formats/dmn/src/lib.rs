//! DMN decision models and FEEL, the language of their expressions.
#![doc = include_str!("../README.md")]

pub mod decimal;
pub mod feel;
pub mod temporal;
