//! What stands on the pages of a finished document, whoever made it; in millimetres from the
//! upper left corner.

/// 面: one page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Width of the paper.
    pub width: f64,
    /// Height of the paper.
    pub height: f64,
    /// Characters in the order of the file.
    pub glyphs: Vec<Glyph>,
    /// Straight lines; thin filled rectangles are lines too.
    pub strokes: Vec<Stroke>,
}

/// A character where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// What it says; several characters when the file has them as one.
    pub text: String,
    /// Where it begins.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// How far the next one is.
    pub advance: f64,
    /// Its size.
    pub size: f64,
    /// Its ink, where the file's font tells it.
    pub ink: Option<Ink>,
    /// The font's name.
    pub font: String,
    /// Red, green, blue.
    pub color: [u8; 3],
}

/// The edges of a character's ink.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The right edge.
    pub right: f64,
    /// The lower edge.
    pub bottom: f64,
}

/// A straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its left or upper end.
    pub from: (f64, f64),
    /// Its other end.
    pub to: (f64, f64),
    /// How thick it is.
    pub thickness: f64,
    /// Red, green, blue.
    pub color: [u8; 3],
}

/// Whether a colour is the red of 5.2.4 and chapter 6 rather than black.
#[must_use]
pub(super) const fn is_red([red, green, blue]: [u8; 3]) -> bool {
    red > 150 && green < 110 && blue < 110
}

impl Stroke {
    /// Its length.
    pub(super) fn length(&self) -> f64 {
        (self.to.0 - self.from.0).hypot(self.to.1 - self.from.1)
    }

    /// Whether it runs across the page.
    pub(super) fn is_level(&self) -> bool {
        (self.to.1 - self.from.1).abs() < 0.2
    }
}
