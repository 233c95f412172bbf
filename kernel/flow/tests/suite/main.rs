//! The interpreter against recorded cases and against what went wrong elsewhere.

#[cfg(test)]
mod around;
#[cfg(test)]
mod checks;
#[cfg(test)]
mod migration;
#[cfg(test)]
mod operations;
#[cfg(test)]
mod pitfalls;
#[cfg(test)]
mod story;
#[cfg(test)]
mod traces;
#[cfg(test)]
mod votes;
#[cfg(test)]
mod world;
