//! Tests of reading and writing Word documents.

mod attacks;
mod build;
mod features;
