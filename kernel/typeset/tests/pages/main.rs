//! Documents of all types and formats in print, measured by poppler.

mod checked;
mod extremes;
mod faults;
mod kinds;
mod poppler;
mod real;
mod slip;
mod support;
mod tables;
