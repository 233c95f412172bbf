//! What a Word file says, measured by GB/T 9704-2012. It has no fixed pages: what only a laid-out
//! page can tell is left open, and said so.

mod anatomy;
mod end;
mod head;
mod paper;
mod row;
mod text;

use lingnan_docx::Error;
use lingnan_gongwen::check::Row;

/// Measures what a Word file says, clause by clause.
///
/// # Errors
/// When it is no `.docx`, broken, locked, beyond a limit or unsafe.
pub fn check(bytes: &[u8]) -> Result<Vec<Row>, Error> {
    let read = lingnan_docx::read(bytes)?;
    let found = anatomy::dissect(read.document);
    let parts = [paper::rows(&found), head::rows(&found), text::rows(&found), end::rows(&found)];
    Ok(parts.into_iter().flatten().collect())
}
