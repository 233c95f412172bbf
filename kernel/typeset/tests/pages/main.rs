//! Documents of all types and formats in print, measured by poppler.

mod kinds;
mod support;
