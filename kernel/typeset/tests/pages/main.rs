//! Documents of all types and formats in print, measured by poppler.

mod checked;
mod faults;
mod kinds;
mod support;
