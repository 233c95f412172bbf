//! Forms about documents: set as they are, with nothing to be found by trying.

use crate::faces::Shelf;
use crate::world::{self, Desk, Template};
use crate::{Error, plan, standards};
use lingnan_gongwen::{Fault, SLIP_COLUMNS, Slip, in_words};
use serde_json::json;
use typst::foundations::Bytes;

/// Points of all strokes of a form; a page of quick writing has a few thousand.
const POINTS_MAX: usize = 100_000;
/// Rows, opinions and passages of a form.
const LINES_MAX: usize = 3_000;

/// Sets a form as PDF/A-2u.
pub(crate) fn print(shelf: &Shelf, slip: &Slip) -> Result<Vec<u8>, Error> {
    check(slip)?;
    let text = serde_json::to_string(slip).unwrap_or_default();
    let missing = plan::missing(shelf, &text);
    let data = json!({
        "slip": slip,
        "title": format!("{}{}", slip.unit, slip.name),
        "faces": plan::faces(shelf),
        "columns": SLIP_COLUMNS,
        "date": in_words(slip.date),
        "date_parts": { "year": slip.date.year(), "month": slip.date.month(),
            "day": slip.date.day() },
    });
    let data = Bytes::from_string(plan::without(&missing, &data.to_string()));
    let laid = Desk { shelf, template: Template::Slip, data, images: &[] }.lay_out()?;
    typst_pdf::pdf(&laid, &standards()?).map_err(world::error)
}

/// A form is made by us; what is wrong with one is a fault of ours or of a tampered request.
fn check(slip: &Slip) -> Result<(), Error> {
    let inks = || slip.opinions.iter().filter_map(|one| one.ink.as_ref());
    let points: usize = inks().flat_map(|ink| &ink.strokes).map(Vec::len).sum();
    let lines = slip.rows.len() + slip.opinions.len() + slip.course.len();
    let whole = |stroke: &Vec<u16>| stroke.len() >= 2 && stroke.len().is_multiple_of(2);
    let mut faults = Vec::new();
    if points > POINTS_MAX {
        faults.push(Fault::TooMuch { what: "手写笔迹点数", max: POINTS_MAX });
    }
    if lines > LINES_MAX {
        faults.push(Fault::TooMuch { what: "单据行数", max: LINES_MAX });
    }
    if !inks().all(|ink| ink.width > 0 && ink.height > 0 && ink.strokes.iter().all(whole)) {
        faults.push(Fault::Missing("完整的手写笔迹"));
    }
    let wide = |row: &Vec<lingnan_gongwen::Entry>| {
        row.iter().map(|one| u32::from(one.columns) + 2).sum::<u32>() == u32::from(SLIP_COLUMNS)
    };
    if !slip.rows.iter().all(wide) {
        faults.push(Fault::Table(1));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Faults(faults)) }
}
