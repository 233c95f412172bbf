//! The interpreter against recorded cases and against what went wrong elsewhere.

mod pitfalls;
mod traces;
