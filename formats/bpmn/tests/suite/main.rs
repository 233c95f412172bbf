//! What must hold of BPMN, at its boundary.

mod engine;
mod files;
mod strange;
