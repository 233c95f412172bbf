//! Characters gathered into lines.

use super::sheet::{Glyph, Sheet};
use crate::figures::POINT;

/// A line of characters of one size on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// The page, from 1.
    pub(super) page: usize,
    /// What it says.
    pub(super) text: String,
    /// Its baseline.
    pub(super) baseline: f64,
    /// Where its first character begins.
    pub(super) left: f64,
    /// Where its last character ends.
    pub(super) right: f64,
    /// The size of most of its characters.
    pub(super) size: f64,
    /// Its characters, from the left.
    pub(super) glyphs: Vec<Glyph>,
}

/// What part of a character's size stands above its baseline, in the fonts of this script.
const ABOVE: f64 = 0.88;

/// Marks whose ink is in the left half of their square.
const CLOSING: &str = "，。、；：！？）》〉〕】〗」』”’";
/// Marks whose ink is in the right half of their square.
const OPENING: &str = "（《〈〔【〖「『“‘";

impl Line {
    /// The upper edge of its characters' squares.
    pub(super) fn top(&self) -> f64 {
        self.baseline - ABOVE * self.size
    }

    /// The lower edge of its characters' squares.
    pub(super) fn bottom(&self) -> f64 {
        self.baseline + (1.0 - ABOVE) * self.size
    }

    /// The upper edge of its ink.
    pub(super) fn ink_top(&self) -> f64 {
        let inks = self.glyphs.iter().filter_map(|glyph| glyph.ink).map(|ink| ink.top);
        let top = inks.fold(f64::INFINITY, f64::min);
        if top.is_finite() { top } else { self.top() }
    }

    /// The lower edge of its ink.
    pub(super) fn ink_bottom(&self) -> f64 {
        let inks = self.glyphs.iter().filter_map(|glyph| glyph.ink).map(|ink| ink.bottom);
        let bottom = inks.fold(f64::NEG_INFINITY, f64::max);
        if bottom.is_finite() { bottom } else { self.bottom() }
    }

    /// Where it ends, told by the edge that it should keep. A closing mark at the end of a line may
    /// give up the empty half of its square (GB/T 15834-2011 5.1.10), and a letter is as wide as
    /// its font has it: such a line ends anywhere between its ink and its square.
    pub(super) fn ends_by(&self, edge: f64) -> Option<f64> {
        let last = self.glyphs.last()?;
        let least = match last.text.chars().next_back()? {
            c if CLOSING.contains(c) => last.x + last.size / 2.0,
            c if c.is_ascii() => last.ink.map_or(self.right, |ink| ink.right),
            _ => return Some(self.right),
        };
        Some(edge.max(least).min(self.right.max(least)))
    }

    /// Where it begins, told by the edge that it should keep: an opening mark's empty half may
    /// stand before it.
    pub(super) fn begins_by(&self, edge: f64) -> Option<f64> {
        let first = self.glyphs.first()?;
        let opens = first.text.chars().next().is_some_and(|c| OPENING.contains(c));
        let most = if opens { self.left + first.size / 2.0 } else { self.left };
        Some(edge.max(self.left).min(most))
    }

    /// Its size in points.
    pub(super) fn points(&self) -> f64 {
        self.size / POINT
    }

    /// Half way between its ends.
    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.left, self.right)
    }

    /// Its colour: that of its first character.
    pub(super) fn color(&self) -> [u8; 3] {
        self.glyphs.first().map(|glyph| glyph.color).unwrap_or_default()
    }

    /// The font of its first character.
    pub(super) fn font(&self) -> &str {
        self.glyphs.first().map(|glyph| glyph.font.as_str()).unwrap_or_default()
    }

    /// Its characters without spaces.
    pub(super) fn plain(&self) -> String {
        self.text.chars().filter(|c| !c.is_whitespace()).collect()
    }
}

/// The lines of a page, from above.
pub(super) fn lines(page: usize, sheet: &Sheet) -> Vec<Line> {
    let shown = |glyph: &&Glyph| glyph.is_upright() && !glyph.text.trim().is_empty();
    let shown = sheet.glyphs.iter().filter(shown);
    let mut glyphs: Vec<&Glyph> = shown.collect();
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in glyphs {
        let row = rows.iter_mut().rev().take(4).find(|row| {
            row.first().is_some_and(|first| {
                let near = (first.y - glyph.y).abs() < 0.25 * glyph.size.min(first.size);
                near && (first.size / glyph.size - 1.0).abs() < 0.25
            })
        });
        match row {
            Some(row) => row.push(glyph),
            None => rows.push(vec![glyph]),
        }
    }
    let parts = rows.into_iter().flat_map(parts);
    let mut lines: Vec<Line> = parts.filter_map(|part| line(page, part)).collect();
    // Parts of one row have baselines that differ by what was rounded.
    let row = |line: &Line| (line.baseline * 2.0).round();
    lines.sort_by(|a, b| row(a).total_cmp(&row(b)).then(a.left.total_cmp(&b.left)));
    lines
}

/// A row falls apart where more than a character's room is left blank: names side by side, office
/// and date, cells of a table.
fn parts(mut row: Vec<&Glyph>) -> Vec<Vec<&Glyph>> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut parts: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in row {
        let last = parts.last().and_then(|part| part.last());
        let apart = last.is_none_or(|last| glyph.x - (last.x + last.advance) > 1.3 * glyph.size);
        match parts.last_mut().filter(|_| !apart) {
            Some(part) => part.push(glyph),
            None => parts.push(vec![glyph]),
        }
    }
    parts
}

fn line(page: usize, mut row: Vec<&Glyph>) -> Option<Line> {
    // What is drawn twice to look bold counts once.
    row.dedup_by(|a, b| a.text == b.text && (a.x - b.x).abs() < 0.1 * a.size);
    let (first, last) = (row.first()?, row.last()?);
    let mut sizes: Vec<f64> = row.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    let mut text = String::new();
    let mut end = first.x;
    for glyph in &row {
        if glyph.x - end > 0.6 * glyph.size {
            text.push(' ');
        }
        text.push_str(glyph.text.trim());
        end = glyph.x + glyph.advance;
    }
    Some(Line {
        page,
        text,
        baseline: median(row.iter().map(|glyph| glyph.y))?,
        left: first.x,
        right: last.x + last.advance,
        size: *sizes.get(sizes.len() / 2)?,
        glyphs: row.into_iter().cloned().collect(),
    })
}

/// The middle one of some numbers.
pub(super) fn median(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}
