//! Lines beside one another make a row, as a reader takes them.

use crate::{Bounds, Line};

/// Characters of a row, their sureness and the place of the line that each is of.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) characters: Vec<(char, f32)>,
    pub(crate) bounds: Bounds,
}

/// So many times its height may lie between two pieces of a row: a sender's name is set wide, a
/// number and the signer's name stand far apart.
const GAP: f32 = 3.0;

impl Row {
    pub(crate) fn text(&self) -> String {
        self.characters.iter().map(|(character, _)| character).collect()
    }

    /// How sure its least sure letter or digit is, of the characters from one place on: of
    /// brackets and points the pattern is surer than the eye.
    pub(crate) fn sure(&self, from: usize, count: usize) -> f32 {
        let own = self.characters.iter().skip(from).take(count);
        let telling = own.filter(|(character, _)| character.is_alphanumeric());
        telling.map(|(_, sure)| *sure).fold(1.0, f32::min)
    }
}

/// The rows of a page from the top, without blanks.
pub(crate) fn rows(lines: &[Line], ratio: f32) -> Vec<Row> {
    let mut pieces: Vec<Row> = lines.iter().map(tight).collect();
    pieces.retain(|piece| !piece.characters.is_empty());
    pieces.sort_by(|a, b| a.bounds.left.total_cmp(&b.bounds.left));
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        match rows.iter_mut().find(|row| goes_on(&row.bounds, &piece.bounds, ratio)) {
            Some(row) => {
                row.characters.extend(piece.characters);
                row.bounds = row.bounds.with(piece.bounds);
            }
            None => rows.push(piece),
        }
    }
    rows.sort_by(|a, b| a.bounds.top.total_cmp(&b.bounds.top));
    rows
}

fn tight(line: &Line) -> Row {
    let solid = line.characters.iter().filter(|(character, _)| !character.is_whitespace());
    Row { characters: solid.copied().collect(), bounds: line.bounds }
}

/// Whether a piece stands to the right of a row, about as high and as near as it should. `ratio`
/// is the page's width by its height, in which gaps are counted.
fn goes_on(row: &Bounds, piece: &Bounds, ratio: f32) -> bool {
    let shared = row.bottom.min(piece.bottom) - row.top.max(piece.top);
    let (less, more) = (row.height().min(piece.height()), row.height().max(piece.height()));
    let gap = (piece.left - row.right) * ratio;
    shared > less * 0.6 && less > more * 0.6 && gap < less * GAP && gap > -less * 0.6
}
