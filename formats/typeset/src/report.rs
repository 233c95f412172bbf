//! What the editor and the archive should know of a document in print.

use crate::arrange::Arranged;
use crate::faces::{Face, Shelf};
use crate::walk::What;
use std::collections::{BTreeMap, BTreeSet};

/// What was really used, replaced and left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// How many pages there are.
    pub pages: usize,
    /// The families really used.
    pub families: BTreeSet<String>,
    /// Characters that the face of the rule lacks.
    pub substituted: Vec<Substituted>,
    /// Characters that no font has; they are printed as boxes.
    pub missing: BTreeSet<char>,
    /// What the rules want and could not be had, in words for the drafter.
    pub remarks: Vec<&'static str>,
    /// The lines of a page, in hundredths, when they are not 22.
    pub lines_changed: Option<u32>,
    /// Where room is left for each seal.
    pub seals: Vec<Place>,
}

/// A character set in another face than its neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substituted {
    /// The character.
    pub character: char,
    /// The family that has it.
    pub family: String,
}

/// A place on a page, in hundredths of a millimetre from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The page, from 1.
    pub page: usize,
    /// From the left edge.
    pub x: i64,
    /// From the upper edge.
    pub y: i64,
}

pub(crate) fn of(shelf: &Shelf, arranged: &Arranged) -> Report {
    let first: BTreeSet<&str> =
        Face::ALL.into_iter().filter_map(|face| shelf.families(face).first().copied()).collect();
    let mut report = Report {
        pages: arranged.pages.len(),
        remarks: arranged.remarks.clone(),
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
                        if glyph.id == 0 {
                            report.missing.extend(characters);
                        } else if !first.contains(family) {
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
