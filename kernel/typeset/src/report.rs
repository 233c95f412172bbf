//! What the editor and the archive should know of a document in print.

use crate::arrange::Arranged;
use crate::faces::{Face, Shelf};
use crate::walk::What;
use lingnan_gongwen::{Place, Report, Substituted};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn of(shelf: &Shelf, arranged: &Arranged) -> Report {
    let first: BTreeSet<&str> =
        Face::ALL.into_iter().filter_map(|face| shelf.families(face).first().copied()).collect();
    let mut report = Report {
        pages: arranged.pages.len(),
        missing: arranged.missing.clone(),
        remarks: arranged.remarks.iter().map(|remark| (*remark).to_owned()).collect(),
        lines_changed: arranged.mode.lines_changed(),
        ..Report::default()
    };
    let mut substituted = BTreeMap::new();
    for (number, page) in (1..).zip(&arranged.pages) {
        for ink in page {
            match &ink.what {
                What::Text(text) => {
                    let family = text.font.font().info().family.as_str();
                    report.families.insert(family.to_owned());
                    for glyph in &text.glyphs {
                        let characters = text.text.get(glyph.range()).unwrap_or_default().chars();
                        if !first.contains(family) {
                            substituted.extend(characters.map(|c| (c, family.to_owned())));
                        }
                    }
                }
                What::Begin if ink.element == "印章" => report.seals.push(Place {
                    page: number,
                    x: hundredths(ink.at.tx.to_mm()),
                    y: hundredths(ink.at.ty.to_mm()),
                }),
                _ => {}
            }
        }
    }
    let all = substituted.into_iter();
    report.substituted = all.map(|(character, family)| Substituted { character, family }).collect();
    report
}

#[expect(clippy::as_conversions, reason = "a length on a page is far below the limit of i64")]
fn hundredths(mm: f64) -> i64 {
    (mm * 100.0).round() as i64
}
