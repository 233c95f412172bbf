//! Font files: embedded ones, and those that the caller has.

use crate::model::{Bytes, Font, Point, Segment};
use ttf_parser::{GlyphId, OutlineBuilder};

/// A font file of the caller's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// The file.
    pub data: Bytes,
    /// Which face of a collection; 0 otherwise.
    pub index: u32,
}

/// Where faces come from that are only named, as GB/T 33190-2016 11.1 has it for public fonts.
pub trait Fonts {
    /// The face for a font that is not embedded, or the nearest there is.
    fn face(&self, font: &Font) -> Option<Face>;

    /// A face for a character that the font's own does not have.
    fn fallback(&self, character: char) -> Option<Face>;
}

/// No fonts but the embedded ones.
#[derive(Debug, Clone, Copy)]
pub struct NoFonts;

impl Fonts for NoFonts {
    fn face(&self, _: &Font) -> Option<Face> {
        None
    }

    fn fallback(&self, _: char) -> Option<Face> {
        None
    }
}

impl Face {
    /// Whether it has a glyph for a character.
    #[must_use]
    pub fn has(&self, character: char) -> bool {
        self.parsed().is_some_and(|face| glyph(&face, character).is_some())
    }

    /// The face, ready to be drawn; nothing when the file is broken.
    pub(super) fn parsed(&self) -> Option<ttf_parser::Face<'_>> {
        ttf_parser::Face::parse(&self.data, self.index).ok()
    }
}

/// The glyph of a character. Symbol fonts have theirs 0xf000 higher (OpenType, cmap 3.0).
pub(super) fn glyph(face: &ttf_parser::Face<'_>, character: char) -> Option<u16> {
    let symbol = || char::from_u32(0xf000 + u32::from(character)).filter(|_| character.is_ascii());
    let found = face.glyph_index(character).or_else(|| face.glyph_index(symbol()?));
    found.map(|glyph| glyph.0).filter(|glyph| *glyph != 0)
}

/// The outline of a glyph in the font's units, upwards; nothing for blanks and broken ones.
pub(super) fn outline(face: &ttf_parser::Face<'_>, glyph: u16) -> Vec<Segment> {
    let mut pen = Pen(Vec::new());
    if face.outline_glyph(GlyphId(glyph), &mut pen).is_none() {
        return Vec::new();
    }
    pen.0
}

/// How far the glyph reaches, in the font's units.
pub(super) fn advance(face: &ttf_parser::Face<'_>, glyph: u16) -> f64 {
    face.glyph_hor_advance(GlyphId(glyph)).map_or(0.0, f64::from)
}

struct Pen(Vec<Segment>);

fn point(x: f32, y: f32) -> Point {
    Point { x: f64::from(x), y: f64::from(y) }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(Segment::Move(point(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(Segment::Line(point(x, y)));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.push(Segment::Quad(point(x1, y1), point(x, y)));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.push(Segment::Cubic(point(x1, y1), point(x2, y2), point(x, y)));
    }

    fn close(&mut self) {
        self.0.push(Segment::Close);
    }
}
