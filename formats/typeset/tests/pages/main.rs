//! Documents of all types and formats in print, measured by poppler.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod kinds;
mod support;
