//! Official documents to Word and back, and what a Word file is measured to say.

mod checked;
mod foreign;
mod real;
mod round;
mod support;
