//! 公文 in Word: a document's value as `.docx` in the layout of GB/T 9704-2012, a `.docx` back as
//! a value with a report of what was dropped, and what a `.docx` says measured by the standard.
//!
//! A Word file has no fixed pages: what only a laid-out page can tell, the checker leaves open.

mod check;
mod export;
mod import;

pub use check::check;
pub use export::{export, export_annex};
pub use import::{Found, Imported, UNDESCRIBED, Unfinished, import};
pub use lingnan_docx::Error;

/// Twips of so many millimetres.
#[expect(clippy::as_conversions, reason = "a page has some 17,000 twips")]
fn twips(millimetres: f64) -> i64 {
    (millimetres / 25.4 * 1440.0).round() as i64
}
