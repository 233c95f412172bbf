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
    /// By how many degrees it is turned clockwise.
    pub turn: f64,
    /// Whether it is drawn heavier than its font has it.
    pub bold: bool,
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

impl Glyph {
    /// Whether it stands upright.
    pub(super) fn is_upright(&self) -> bool {
        self.turn.abs() < 45.0
    }
}

impl Sheet {
    /// Whether something at this place stands in a cell of a table: between lines that run down.
    pub(super) fn has_cell(&self, x: f64, y: f64) -> bool {
        let beside = |holds: fn(f64, f64) -> bool| {
            self.strokes.iter().any(|stroke| stroke.passes(y) && holds(stroke.from.0, x))
        };
        beside(|line, x| line <= x) && beside(|line, x| line >= x)
    }

    /// A page that is wider than high, as it is bound: its head on the left (chapter 8).
    pub(super) fn bound(&self) -> Self {
        if self.width <= self.height {
            return self.clone();
        }
        let turned = |(x, y): (f64, f64)| (y, self.width - x);
        let glyphs = self.glyphs.iter().map(|glyph| {
            let (x, y) = turned((glyph.x, glyph.y));
            let ink = glyph.ink.map(|ink| Ink {
                left: ink.top,
                top: self.width - ink.right,
                right: ink.bottom,
                bottom: self.width - ink.left,
            });
            Glyph { x, y, ink, turn: glyph.turn - 90.0, ..glyph.clone() }
        });
        let strokes = self.strokes.iter().map(|stroke| Stroke {
            from: turned(stroke.from),
            to: turned(stroke.to),
            ..*stroke
        });
        Self {
            width: self.height,
            height: self.width,
            glyphs: glyphs.collect(),
            strokes: strokes.collect(),
        }
    }
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

    /// The same line, drawn from the left.
    pub(super) fn rightwards(&self) -> Self {
        if self.from.0 <= self.to.0 {
            *self
        } else {
            Self { from: self.to, to: self.from, ..*self }
        }
    }

    /// Whether it runs across the page.
    pub(super) fn is_level(&self) -> bool {
        (self.to.1 - self.from.1).abs() < 0.2
    }

    /// Whether it runs down the page, past this height.
    fn passes(&self, y: f64) -> bool {
        let upright = (self.to.0 - self.from.0).abs() < 0.2;
        upright && self.from.1.min(self.to.1) <= y && y <= self.from.1.max(self.to.1)
    }
}
