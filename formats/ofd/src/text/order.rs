//! From places to reading order: lines, columns, blanks.

use super::{Piece, columns, labels};
use std::collections::BTreeSet;

/// The smallest size that distances are measured by: some producers give none.
pub(super) const SIZE_MIN: f64 = 1.0;
/// Baselines nearer than this part of the size are of one line.
const SAME_LINE: f64 = 0.5;
/// A gap of this part of the size is a blank.
const BLANK: f64 = 0.25;
/// A gap of so many sizes parts a line, as between cells.
pub(super) const APART: f64 = 1.5;
/// A step down of so many sizes is a new paragraph.
const PARAGRAPH: f64 = 2.2;

/// The text of pieces, line by line.
pub(super) fn read(pieces: Vec<Piece>) -> String {
    let blocks = columns::blocks(lines(pieces));
    let texts: Vec<String> = blocks.iter().map(|block| written(block)).collect();
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Pieces by lines. What is drawn twice to look bold counts once.
pub(super) fn lines(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut seen = BTreeSet::new();
    let mut pieces = pieces;
    // Not whole millimetres: a shadow lies a little beside what it belongs to.
    let near = |at: f64| format!("{:.0}", at * 4.0);
    pieces.retain(|piece| {
        let place = (near(piece.start.x), near(piece.start.y));
        !piece.text.trim().is_empty() && seen.insert((piece.text.clone(), place))
    });
    grouped(labels::merged(pieces))
}

/// Pieces by their baselines, each line from the left.
pub(super) fn grouped(mut pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    pieces.sort_by(|a, b| a.start.y.total_cmp(&b.start.y).then(a.start.x.total_cmp(&b.start.x)));
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let fits = lines.last().and_then(|line| line.first()).is_some_and(|first| {
            (piece.start.y - first.start.y).abs() <= SAME_LINE * size(&[first, &piece])
        });
        match lines.last_mut() {
            Some(line) if fits => line.push(piece),
            _ => lines.push(vec![piece]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.start.x.total_cmp(&b.start.x));
    }
    lines
}

/// The smallest size of some pieces.
pub(super) fn size(pieces: &[&Piece]) -> f64 {
    let least = pieces.iter().map(|piece| piece.size).fold(f64::INFINITY, f64::min);
    least.max(SIZE_MIN)
}

fn written(lines: &[Vec<Piece>]) -> String {
    let mut text = String::new();
    let mut before: Option<(f64, f64)> = None;
    for line in lines {
        let all: Vec<&Piece> = line.iter().collect();
        let size = size(&all);
        let Some(y) = line.first().map(|first| first.start.y) else { continue };
        if let Some((above, size_above)) = before {
            let new = y - above > PARAGRAPH * size.max(size_above);
            text += if new { "\n\n" } else { "\n" };
        }
        text += joined(line).trim();
        before = Some((y, size));
    }
    text
}

fn joined(line: &[Piece]) -> String {
    let mut text = String::new();
    let mut before: Option<&Piece> = None;
    for piece in line {
        if let Some(before) = before {
            let gap = (piece.start.x - before.right()) / size(&[before, piece]);
            if gap > APART {
                text += "   ";
            } else if gap > BLANK {
                text.push(' ');
            }
        }
        text += &piece.text;
        before = Some(piece);
    }
    text
}
