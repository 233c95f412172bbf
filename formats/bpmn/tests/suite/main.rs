//! What must hold of BPMN, at its boundary.

mod engine;
mod files;
mod golden;
mod strange;
mod trees;
