//! The interpreter against recorded cases and against what went wrong elsewhere.

#[cfg(test)]
mod pitfalls;
#[cfg(test)]
mod traces;
#[cfg(test)]
mod world;
