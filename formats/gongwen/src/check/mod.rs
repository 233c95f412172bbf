//! 版式检查: every figure of GB/T 9704-2012 measured on a finished page, ours or anybody's.

mod anatomy;
mod end;
mod faces;
mod foot;
mod formats;
mod head;
mod heading;
mod line;
mod paper;
mod row;
mod sheet;
mod table;
mod text;

pub use faces::{Face, is as is_face};
pub use row::{Row, Verdict};
pub use sheet::{Glyph, Ink, Sheet, Stroke};

/// How far a distance may be off where the standard says nothing: half a millimetre, as a ruler
/// on paper tells.
const OFF: f64 = 0.5;

/// Measures a document's pages, clause by clause.
#[must_use]
pub fn check(sheets: &[Sheet]) -> Vec<Row> {
    let found = anatomy::dissect(sheets);
    let parts = [
        paper::rows(&found),
        head::rows(&found),
        text::rows(&found),
        end::rows(&found),
        foot::rows(&found),
        table::rows(&found),
        formats::rows(&found),
    ];
    parts.into_iter().flatten().collect()
}
