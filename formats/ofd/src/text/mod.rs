//! The text of a page: what stands where, and in which order it is read.

mod columns;
mod labels;
mod order;

use crate::error::Error;
use crate::model::{Code, Content, Document, Id, Matrix, Page, Point, Text};
use crate::scene::{self, Origin, Placed};

/// How far beyond the paper text still counts as on it, in millimetres.
const BEYOND: f64 = 2.0;

/// Characters that were written in one go, as they lie on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// The characters, without control characters.
    pub text: String,
    /// The text object.
    pub object: Id,
    /// Its font.
    pub font: Id,
    /// Its size on the page in millimetres.
    pub size: f64,
    /// Where the first character's baseline begins.
    pub start: Point,
    /// How far it reaches to the right, from the given distances; of the last character, half its
    /// size or all of it.
    pub width: f64,
    /// Where each character's baseline begins.
    pub places: Vec<Point>,
    /// What it belongs to.
    pub origin: Origin,
}

impl Piece {
    fn right(&self) -> f64 {
        self.start.x + self.width
    }
}

/// All text of a page as it lies there, in the order of the file.
///
/// # Errors
///
/// When drawings within drawings show more than [`crate::limits::DRAWN_MAX`] objects.
pub fn pieces(document: &Document, page: &Page) -> Result<Vec<Piece>, Error> {
    let placed = scene::page(document, page)?;
    Ok(placed.iter().flat_map(of_unit).collect())
}

/// The text of a page in reading order, a line for each line. What annotations say is left out.
///
/// # Errors
///
/// As [`pieces`].
pub fn text(document: &Document, page: &Page) -> Result<String, Error> {
    let paper = page.area.unwrap_or(document.area).physical;
    let mut pieces = pieces(document, page)?;
    pieces.retain(|piece| {
        let (x, y) = (piece.start.x - paper.x, piece.start.y - paper.y);
        let on_paper = (-BEYOND..=paper.width + BEYOND).contains(&x)
            && (-BEYOND..=paper.height + BEYOND).contains(&y);
        on_paper && piece.origin != Origin::Annotation
    });
    Ok(order::read(pieces))
}

/// The pieces of a page in reading order, for selecting: lines of pieces.
///
/// # Errors
///
/// As [`pieces`].
pub fn lines(document: &Document, page: &Page) -> Result<Vec<Vec<Piece>>, Error> {
    Ok(order::lines(pieces(document, page)?))
}

fn of_unit(placed: &Placed<'_>) -> Vec<Piece> {
    let Content::Text(text) = &placed.unit.content else { return Vec::new() };
    let mut start = Point::default();
    let mut pieces = Vec::new();
    for code in &text.codes {
        start = Point { x: code.x.unwrap_or(start.x), y: code.y.unwrap_or(start.y) };
        pieces.extend(piece(placed, text, code, start));
    }
    pieces
}

fn piece(placed: &Placed<'_>, text: &Text, code: &Code, start: Point) -> Option<Piece> {
    let matrix = placed.matrix;
    let shown: String = code.text.chars().filter_map(plain).collect();
    let mut last = code.text.chars().next_back().filter(|_| !shown.is_empty())?;
    if last.is_control() {
        last = ' ';
    }
    let places = places(code, start);
    let given: f64 = code.delta_x.iter().sum();
    let unsaid = code.text.chars().skip(code.delta_x.len()).map(|c| advance(c, text.size));
    let width =
        if code.delta_x.is_empty() { unsaid.sum() } else { given + advance(last, text.size) };
    Some(Piece {
        text: shown,
        object: placed.unit.id,
        font: text.font,
        size: text.size * scale(matrix),
        start: matrix.apply(start),
        width: width * matrix.a.hypot(matrix.b),
        places: places.into_iter().map(|place| matrix.apply(place)).collect(),
        origin: placed.origin,
    })
}

/// A tab is a blank; other control characters are nothing.
fn plain(c: char) -> Option<char> {
    if c == '\t' { Some(' ') } else { Some(c).filter(|c| !c.is_control()) }
}

/// Where each character of a code begins. Without distances they all lie upon each other; where
/// there are too few, the last one goes on.
pub(crate) fn places(code: &Code, start: Point) -> Vec<Point> {
    let mut at = start;
    let mut places = Vec::new();
    for index in 0..code.text.chars().count() {
        places.push(at);
        let step = |deltas: &[f64]| deltas.get(index).or(deltas.last()).copied().unwrap_or(0.0);
        at = Point { x: at.x + step(&code.delta_x), y: at.y + step(&code.delta_y) };
    }
    places
}

/// How much larger a matrix makes things, on average of both directions.
pub(crate) fn scale(matrix: Matrix) -> f64 {
    let scale = (matrix.a * matrix.d - matrix.b * matrix.c).abs().sqrt();
    if scale > 0.0 { scale } else { 1.0 }
}

/// How far a character reaches when nobody says: Han and full-width ones are square.
fn advance(c: char, size: f64) -> f64 {
    let square = matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}');
    if square { size } else { size / 2.0 }
}
