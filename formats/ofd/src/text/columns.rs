//! Columns of prose, which are read one after the other; cells of a table are read row by row.

use super::Piece;
use super::order::{APART, size};

/// A part of a line begins a column that begins so many sizes beside it.
const ALIGN: f64 = 2.5;
/// So many rows have two columns.
const ROWS_MIN: usize = 3;
/// More rows than a page has; columns are not sought beyond.
const ROWS_MAX: usize = 200;
/// So many characters has a row of a column on average.
const CHARS_MIN: usize = 6;
/// Prose fills this part of its column's width …
const FULL: f64 = 0.85;
/// … in this part of its rows.
const FULL_SHARE: usize = 2;
/// A step down of so many sizes ends the columns.
const STEP_MAX: f64 = 4.0;
/// So many sizes is a column wide.
const WIDTH_MIN: f64 = 10.0;
/// Larger or smaller by this, it is a heading or a caption beside the columns.
const OTHER_SIZE: f64 = 1.25;

type Line = Vec<Piece>;

/// Lines in blocks that are read one after the other.
pub(super) fn blocks(lines: Vec<Line>) -> Vec<Vec<Line>> {
    let parted: Vec<Vec<Line>> = lines.into_iter().map(parts).collect();
    let mut blocks = Vec::new();
    let mut plain: Vec<Line> = Vec::new();
    let mut rest = parted.as_slice();
    while let [row, after @ ..] = rest {
        let region = if row.len() >= 2 { Region::at(rest) } else { None };
        let Some(region) = region else {
            plain.push(row.concat());
            rest = after;
            continue;
        };
        blocks.push(std::mem::take(&mut plain));
        rest = rest.get(region.rows..).unwrap_or_default();
        blocks.extend(region.columns);
        blocks.push(region.beside);
    }
    blocks.push(plain);
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// A line cut where its gaps are wide.
fn parts(line: Line) -> Vec<Line> {
    let mut parts: Vec<Line> = Vec::new();
    for piece in line {
        let joins = parts.last().and_then(|part| part.last()).is_some_and(|before| {
            piece.start.x - before.right() <= APART * size(&[before, &piece])
        });
        match parts.last_mut() {
            Some(part) if joins => part.push(piece),
            _ => parts.push(vec![piece]),
        }
    }
    parts
}

/// Rows that make columns.
struct Region {
    rows: usize,
    columns: Vec<Vec<Line>>,
    /// Captions and headings among them.
    beside: Vec<Line>,
}

impl Region {
    fn at(lines: &[Vec<Line>]) -> Option<Self> {
        let first = lines.first()?;
        let starts: Vec<f64> = first.iter().map(|part| left(part)).collect();
        let size = size(&first.iter().flatten().collect::<Vec<_>>());
        let columns = vec![Vec::new(); starts.len()];
        let mut region = Self { rows: 0, columns, beside: Vec::new() };
        let mut doubles = 0;
        let mut above = baseline(first);
        for row in lines.iter().take(ROWS_MAX) {
            if baseline(row) - above > STEP_MAX * size {
                break;
            }
            let (body, others): (Vec<&Line>, Vec<&Line>) =
                row.iter().partition(|part| is_of_size(part, size));
            if body.is_empty() {
                region.beside.extend(others.into_iter().cloned());
                region.rows += 1;
                continue;
            }
            let Some(places) = places(&body, &starts, size) else { break };
            region.beside.extend(others.into_iter().cloned());
            doubles += usize::from(body.len() >= 2);
            above = baseline(row);
            for (column, part) in places.into_iter().zip(body) {
                region.columns.get_mut(column)?.push(part.clone());
            }
            region.rows += 1;
        }
        let prose = region.columns.iter().all(|column| is_prose(column, size));
        (doubles >= ROWS_MIN && prose).then_some(region)
    }
}

/// Which column each part of a row is of; nothing when the row does not fit.
fn places(row: &[&Line], starts: &[f64], size: f64) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    for part in row {
        let x = left(part);
        let begun = |start: &f64| x >= *start - ALIGN * size;
        let column = starts.iter().rposition(begun)?;
        let next = starts.get(column + 1);
        let over = next.is_some_and(|next| right(part) > next - 0.5 * size);
        if over || places.contains(&column) {
            return None;
        }
        places.push(column);
    }
    Some(places)
}

/// Justified prose has long rows, most of them nearly as wide as the column.
fn is_prose(column: &[Line], size: f64) -> bool {
    let chars = |part: &Line| -> usize {
        part.iter().map(|piece| piece.text.chars().filter(|c| *c != ' ').count()).sum()
    };
    let total: usize = column.iter().map(chars).sum();
    let end = column.iter().map(|part| right(part)).fold(f64::NEG_INFINITY, f64::max);
    let begin = column.iter().map(|part| left(part)).fold(f64::INFINITY, f64::min);
    let width = (end - begin).max(size);
    let full = column.iter().filter(|part| right(part) - left(part) >= FULL * width).count();
    !column.is_empty()
        && total >= CHARS_MIN * column.len()
        && width >= WIDTH_MIN * size
        && FULL_SHARE * full >= column.len()
}

fn is_of_size(part: &Line, wanted: f64) -> bool {
    let ratio = size(&part.iter().collect::<Vec<_>>()) / wanted;
    (1.0 / OTHER_SIZE..=OTHER_SIZE).contains(&ratio)
}

fn left(part: &[Piece]) -> f64 {
    part.first().map_or(0.0, |first| first.start.x)
}

fn right(part: &[Piece]) -> f64 {
    part.iter().map(Piece::right).fold(f64::NEG_INFINITY, f64::max)
}

fn baseline(row: &[Line]) -> f64 {
    row.first().and_then(|part| part.first()).map_or(0.0, |first| first.start.y)
}
