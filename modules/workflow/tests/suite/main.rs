//! The catalogue on the real province: every process reads, fits its form, and runs to its end.

mod catalogue;
mod province;
