//! What must hold of BPMN, at its boundary.

mod engine;
mod files;
mod golden;
mod mutations;
mod returns;
mod sound;
mod strange;
mod trees;
