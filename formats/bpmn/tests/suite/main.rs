//! What must hold of BPMN, at its boundary.

mod files;
mod strange;
