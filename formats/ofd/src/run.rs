//! A run of glyphs, as a typesetter has it, made into a text object.

use crate::model::{Code, Color, Content, GlyphMap, Id, Object, Rect, Style, Text, Unit};

/// Glyphs of one font, size and colour on one baseline; all lengths in millimetres.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The font.
    pub font: Id,
    /// Its size.
    pub size: f64,
    /// Where the baseline begins, from the page's left side.
    pub x: f64,
    /// How deep the baseline lies, from the page's upper side.
    pub y: f64,
    /// How far above the baseline the object's box reaches.
    pub ascent: f64,
    /// How far below.
    pub descent: f64,
    /// Its colour.
    pub color: Color,
    /// The characters.
    pub text: String,
    /// The glyphs that show them, in order.
    pub glyphs: Vec<Glyph>,
}

/// A glyph of a run.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Glyph {
    /// The embedded font's own number of it; `None` lets the reader find it by the character.
    pub id: Option<u16>,
    /// How many characters of the text it stands for: 2 for a ligature, 0 for a further glyph of
    /// the character before.
    pub chars: usize,
    /// How far the next glyph is.
    pub advance: f64,
    /// How far to the right of its place it is drawn.
    pub dx: f64,
    /// How far below its place it is drawn.
    pub dy: f64,
}

/// A glyph's place, when its characters are written.
struct Placed {
    x: f64,
    y: f64,
}

impl Run {
    /// How wide it is.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }

    /// The text object that shows it.
    #[must_use]
    pub fn object(self, id: Id) -> Object {
        let boundary = Rect {
            x: self.x,
            y: self.y - self.ascent,
            width: self.width(),
            height: self.ascent + self.descent,
        };
        let placed = self.placed();
        let first = placed.first().map(|first| (first.x, first.y)).unwrap_or_default();
        let code = Code {
            x: Some(first.0),
            y: Some(self.ascent + first.1),
            delta_x: steps(&placed, |placed| placed.x),
            delta_y: steps(&placed, |placed| placed.y),
            glyphs: self.maps(),
            text: self.text,
        };
        let text = Text::new(self.font, self.size, vec![code]);
        let style = Style { fill: Some(self.color), ..Style::default() };
        let unit = Unit { style, ..Unit::new(id, boundary, Content::Text(text)) };
        Object::Unit(Box::new(unit))
    }

    /// The place of each character. Those of a ligature share its advance.
    fn placed(&self) -> Vec<Placed> {
        let mut placed = Vec::with_capacity(self.text.len());
        let mut pen = 0.0;
        for glyph in &self.glyphs {
            let share = u32::try_from(glyph.chars).map_or(0.0, f64::from);
            let mut x = pen + glyph.dx;
            for _ in 0..glyph.chars {
                placed.push(Placed { x, y: glyph.dy });
                x += glyph.advance / share;
            }
            pen += glyph.advance;
        }
        placed
    }

    /// Neighbours with one glyph for one character make one map.
    fn maps(&self) -> Vec<GlyphMap> {
        let mut maps: Vec<GlyphMap> = Vec::new();
        let mut position = 0;
        for glyph in &self.glyphs {
            let codes = u32::try_from(glyph.chars).unwrap_or(u32::MAX);
            if let Some(id) = glyph.id {
                match maps.last_mut().filter(|map| map.position + map.codes == position) {
                    Some(map) if codes == 0 => map.glyphs.push(id),
                    Some(map) if codes == 1 && map.is_plain() => {
                        map.codes += 1;
                        map.glyphs.push(id);
                    }
                    // Nothing that it could be a further glyph of.
                    _ if codes == 0 => {}
                    _ => maps.push(GlyphMap { position, codes, glyphs: vec![id] }),
                }
            }
            position += codes;
        }
        split(maps)
    }
}

impl GlyphMap {
    /// Whether each character has one glyph.
    fn is_plain(&self) -> bool {
        usize::try_from(self.codes) == Ok(self.glyphs.len())
    }
}

/// Where a further glyph joined a row of plain ones, only the last character is its own.
fn split(maps: Vec<GlyphMap>) -> Vec<GlyphMap> {
    maps.into_iter().flat_map(|map| map.halves()).collect()
}

impl GlyphMap {
    fn halves(mut self) -> Vec<Self> {
        let codes = usize::try_from(self.codes).unwrap_or(usize::MAX);
        if self.codes <= 1 || self.glyphs.len() <= codes {
            return vec![self];
        }
        let rest = self.glyphs.split_off(codes - 1);
        let last = Self { position: self.position + self.codes - 1, codes: 1, glyphs: rest };
        self.codes -= 1;
        vec![self, last]
    }
}

/// From each place to the next; nothing when none differs.
fn steps(placed: &[Placed], of: impl Fn(&Placed) -> f64) -> Vec<f64> {
    let steps: Vec<f64> =
        placed.iter().zip(placed.iter().skip(1)).map(|(here, next)| of(next) - of(here)).collect();
    if steps.iter().all(|step| *step == 0.0) { Vec::new() } else { steps }
}
