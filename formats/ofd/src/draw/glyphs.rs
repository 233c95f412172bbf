//! From characters to outlines of glyphs with their places.

use super::Outline;
use super::face::{self, Face, Fonts};
use crate::model::{Code, Font, GlyphMap, Id, Matrix, Point, Text};
use crate::text::places;
use std::collections::{BTreeMap, BTreeSet};

/// How much a slanted face leans that is made of an upright one: 12 degrees.
const SLANT: f64 = 0.21;

/// Glyphs that were met, each outlined once.
pub(super) struct Glyphs<'a> {
    fonts: &'a dyn Fonts,
    /// The faces in use; embedded ones first come, first kept.
    faces: Vec<Face>,
    by_font: BTreeMap<Id, Own>,
    fallbacks: BTreeMap<char, Option<usize>>,
    outlines: BTreeMap<(usize, u16), Option<usize>>,
    lacking: BTreeSet<char>,
    broken: BTreeSet<String>,
}

/// The face of a font.
#[derive(Clone, Copy)]
struct Own {
    face: Option<usize>,
    /// Whether glyph numbers of the document are its own.
    embedded: bool,
}

/// A glyph of a face and where it begins.
struct Spot {
    face: usize,
    glyph: u16,
    at: Point,
}

impl<'a> Glyphs<'a> {
    pub(super) fn new(fonts: &'a dyn Fonts) -> Self {
        Self {
            fonts,
            faces: Vec::new(),
            by_font: BTreeMap::new(),
            fallbacks: BTreeMap::new(),
            outlines: BTreeMap::new(),
            lacking: BTreeSet::new(),
            broken: BTreeSet::new(),
        }
    }

    /// What could not be shown.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = Vec::new();
        for name in &self.broken {
            notes.push(format!("内嵌字体“{name}”已损坏，以相近字体代替"));
        }
        if !self.lacking.is_empty() {
            let all: String = self.lacking.iter().collect();
            notes.push(format!("没有字体含有这些字：{all}"));
        }
        notes
    }

    /// The outlines of a text, each with the matrix to the text's object.
    pub(super) fn of(
        &mut self,
        text: &Text,
        font: Option<&Font>,
        outlines: &mut Vec<Outline>,
    ) -> Vec<(usize, Matrix)> {
        let own = self.own(text.font, font);
        let mut start = Point::default();
        let mut spots = Vec::new();
        for code in &text.codes {
            start = Point { x: code.x.unwrap_or(start.x), y: code.y.unwrap_or(start.y) };
            self.code(text, own, code, start, &mut spots);
        }
        let mut shown = Vec::new();
        for face in 0..self.faces.len() {
            let wanted: Vec<&Spot> = spots.iter().filter(|spot| spot.face == face).collect();
            if wanted.is_empty() {
                continue;
            }
            let Some(file) = self.faces.get(face).cloned() else { continue };
            let Some(parsed) = file.parsed() else { continue };
            let upright = !parsed.is_italic();
            let units = f64::from(parsed.units_per_em()).max(1.0);
            for spot in wanted {
                let known = self.outlines.entry((face, spot.glyph)).or_insert_with(|| {
                    let segments = face::outline(&parsed, spot.glyph);
                    (!segments.is_empty()).then(|| {
                        outlines.push(Outline { segments, is_glyph: true });
                        outlines.len() - 1
                    })
                });
                let Some(outline) = *known else { continue };
                shown.push((outline, matrix(text, text.size / units, upright, spot.at)));
            }
        }
        shown
    }

    fn own(&mut self, id: Id, font: Option<&Font>) -> Own {
        if let Some(known) = self.by_font.get(&id) {
            return *known;
        }
        let unnamed = Font::default();
        let font = font.unwrap_or(&unnamed);
        let file = font.data.clone().map(|data| Face { data, index: 0 });
        let embedded = file.filter(|face| face.parsed().is_some());
        if font.data.is_some() && embedded.is_none() {
            self.broken.insert(font.name.clone());
        }
        let is_embedded = embedded.is_some();
        let face = embedded.or_else(|| self.fonts.face(font));
        let own = Own { face: face.and_then(|face| self.take(face)), embedded: is_embedded };
        self.by_font.insert(id, own);
        own
    }

    /// The place of a face among those in use; nothing for a broken one.
    fn take(&mut self, face: Face) -> Option<usize> {
        if let Some(known) = self.faces.iter().position(|known| *known == face) {
            return Some(known);
        }
        face.parsed()?;
        self.faces.push(face);
        Some(self.faces.len() - 1)
    }

    fn code(&mut self, text: &Text, own: Own, code: &Code, start: Point, spots: &mut Vec<Spot>) {
        let places = places(code, start);
        let mut mapped = BTreeSet::new();
        if let Some(face) = own.face.filter(|_| own.embedded) {
            for map in &code.glyphs {
                self.mapped(text, face, map, &places, spots);
                mapped.extend(map.position..map.position.saturating_add(map.codes.min(0xffff)));
            }
        }
        for (index, (character, at)) in (0_u32..).zip(code.text.chars().zip(places)) {
            if mapped.contains(&index) || character.is_whitespace() || character.is_control() {
                continue;
            }
            match self.found(own.face, character) {
                Some((face, glyph)) => spots.push(Spot { face, glyph, at }),
                None => drop(self.lacking.insert(character)),
            }
        }
    }

    /// The glyphs for some characters. Those beyond the number of characters follow the last.
    fn mapped(
        &self,
        text: &Text,
        face: usize,
        map: &GlyphMap,
        places: &[Point],
        spots: &mut Vec<Spot>,
    ) {
        let first = usize::try_from(map.position).unwrap_or(usize::MAX);
        let codes = usize::try_from(map.codes).unwrap_or(usize::MAX);
        let Some(mut at) = places.get(first).copied() else { return };
        for (index, glyph) in map.glyphs.iter().enumerate() {
            let own = places.get(first.saturating_add(index)).filter(|_| index < codes);
            at = own.copied().unwrap_or(at);
            spots.push(Spot { face, glyph: *glyph, at });
            if index + 1 >= codes {
                let parsed = self.faces.get(face).and_then(Face::parsed);
                let units = parsed.map(|face| {
                    face::advance(&face, *glyph) / f64::from(face.units_per_em()).max(1.0)
                });
                at.x += units.unwrap_or(0.0) * text.size * text.h_scale;
            }
        }
    }

    /// The glyph of a character in the font's own face or in another.
    fn found(&mut self, own: Option<usize>, character: char) -> Option<(usize, u16)> {
        let in_face = |faces: &[Face], index: usize| {
            let glyph = face::glyph(&faces.get(index)?.parsed()?, character)?;
            Some((index, glyph))
        };
        if let Some(found) = own.and_then(|index| in_face(&self.faces, index)) {
            return Some(found);
        }
        let known = self.fallbacks.get(&character).copied();
        let fallback = known.unwrap_or_else(|| {
            let face = self.fonts.fallback(character);
            let taken = face.and_then(|face| self.take(face));
            self.fallbacks.insert(character, taken);
            taken
        });
        in_face(&self.faces, fallback?)
    }
}

/// From a glyph's units, upwards, to the text's object, downwards.
fn matrix(text: &Text, scale: f64, upright: bool, at: Point) -> Matrix {
    let slant = if text.italic && upright { SLANT } else { 0.0 };
    let glyph =
        Matrix { a: scale * text.h_scale, b: 0.0, c: scale * slant, d: -scale, e: 0.0, f: 0.0 };
    let (sin, cos) = f64::from(text.char_direction).to_radians().sin_cos();
    let turned = Matrix { a: cos, b: sin, c: -sin, d: cos, e: 0.0, f: 0.0 };
    glyph.then(turned).then(Matrix::moving(at.x, at.y))
}
