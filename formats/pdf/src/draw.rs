//! A page as dots, as a screen would show it.

use crate::fonts::{Fonts, Words, shown};
use crate::reader::{MM, read};
use crate::{Faces, Glyph, MARKS_MAX};
use hayro::{RenderCache, RenderSettings, vello_cpu};
use hayro_interpret::InterpreterCache;
use hayro_syntax::page::Page;
use std::sync::{Arc, Mutex, PoisonError};

/// A page as dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Dots in a row.
    pub width: u16,
    /// Rows.
    pub height: u16,
    /// Red, green and blue of each dot, row by row.
    pub dots: Vec<[u8; 3]>,
}

pub(crate) fn draw(page: &Page<'_>, longer: u16, fonts: &Fonts, faces: Arc<dyn Faces>) -> Drawing {
    let (width, height) = page.render_dimensions();
    let scale = f32::from(longer) / width.max(height).max(1.0);
    let settings = RenderSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: vello_cpu::color::palette::css::WHITE,
        ..RenderSettings::default()
    };
    let named = named(page, fonts);
    let mut words = Words::new();
    for glyph in &named {
        words.entry(glyph.font.clone()).or_default().extend(glyph.text.chars());
    }
    let lacks = Arc::<Mutex<Words>>::default();
    let shown = shown(fonts, faces, words, Arc::clone(&lacks));
    let drawn = hayro::render(page, &RenderCache::new(), &shown, &settings);
    let dots = drawn.data().iter().map(|dot| [dot.r, dot.g, dot.b]).collect();
    let mut drawing = Drawing { width: drawn.width(), height: drawn.height(), dots };
    let lacks = lacks.lock().unwrap_or_else(PoisonError::into_inner);
    for glyph in named.iter().filter(|glyph| is_guessed(glyph, &lacks)) {
        drawing.blank(glyph, f64::from(scale) / MM);
    }
    drawing
}

/// What stands on a page in fonts that the file only names.
fn named(page: &Page<'_>, fonts: &Fonts) -> Vec<Glyph> {
    if !fonts.has_named() {
        return Vec::new();
    }
    let mut left = MARKS_MAX;
    let read = read(page, &InterpreterCache::new(), fonts, &mut left).unwrap_or_default();
    read.glyphs.into_iter().filter(|glyph| fonts.only_named(&glyph.font)).collect()
}

/// Whether a character was drawn by its number in a font that the file lacks: the face that
/// stands in has another character of this number. Only single characters are looked up.
fn is_guessed(glyph: &Glyph, lacks: &Words) -> bool {
    let mut characters = glyph.text.chars();
    match (characters.next(), characters.next()) {
        (Some(one), None) => lacks.get(&glyph.font).is_some_and(|lacks| lacks.contains(&one)),
        _ => true,
    }
}

/// What part of a character's square is below its baseline.
const BELOW: f64 = 0.12;

impl Drawing {
    /// Puts an empty square over a character.
    fn blank(&mut self, glyph: &Glyph, scale: f64) {
        let (sin, cos) = glyph.turn.to_radians().sin_cos();
        let wide = if glyph.advance > 0.0 { glyph.advance } else { glyph.size };
        let (along, up) = ((cos * wide, sin * wide), (sin * glyph.size, -cos * glyph.size));
        let side = |baseline: f64, along: f64, up: f64, most: u16| {
            let begin = baseline - BELOW * up;
            let ends = [along.min(0.0) + up.min(0.0), along.max(0.0) + up.max(0.0)];
            ends.map(|end| dots((begin + end) * scale).min(usize::from(most)))
        };
        let [left, right] = side(glyph.x, along.0, up.0, self.width);
        let [top, bottom] = side(glyph.y, along.1, up.1, self.height);
        let rows = self.dots.chunks_mut(usize::from(self.width).max(1)).enumerate();
        for (y, row) in rows.skip(top).take(bottom.saturating_sub(top)) {
            for (x, dot) in row.iter_mut().enumerate().take(right).skip(left) {
                let edge = y == top || y + 1 == bottom || x == left || x + 1 == right;
                *dot = if edge { [0; 3] } else { [255; 3] };
            }
        }
    }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a page has few dots, and what stands before its edge begins at it"
)]
const fn dots(length: f64) -> usize {
    length as usize
}
