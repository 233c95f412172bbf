//! What stands on the pages of a PDF: characters with their places, and straight lines; in
//! millimetres from the upper left corner of the page.

mod draw;
mod lasting;

pub use draw::{Drawing, draw};
pub use lasting::lasting;

use hayro_interpret::font::Glyph as PdfGlyph;
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, TransformExt, interpret_page,
};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Name, Object};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use std::collections::BTreeMap;

/// Most pages that are read; the largest compilation of documents has fewer.
pub const PAGES_MAX: usize = 2_000;
/// Most characters and lines of all pages.
pub const MARKS_MAX: usize = 5_000_000;
/// Millimetres of a point.
const MM: f64 = 25.4 / 72.0;

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not a PDF, broken beyond repair, or locked.
    #[error("这不是可以打开的 PDF 文件：文件损坏、加密，或不是 PDF")]
    NotPdf,
    /// More pages than [`PAGES_MAX`].
    #[error("PDF 超过 {PAGES_MAX} 页，不予读取")]
    Pages,
    /// More than [`MARKS_MAX`].
    #[error("PDF 的文字和线条超过上限 {MARKS_MAX}，不予读取")]
    Marks,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Its characters in the order of the file.
    pub glyphs: Vec<Glyph>,
    /// Its straight lines; thin filled rectangles are lines too.
    pub strokes: Vec<Stroke>,
}

/// A character.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// What it says; empty when the file does not tell.
    pub text: String,
    /// Where it begins.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// Its size.
    pub size: f64,
    /// Its ink: left, top, right, bottom; none for blanks.
    pub ink: Option<[f64; 4]>,
    /// By how many degrees it is turned clockwise.
    pub turn: f64,
    /// Whether its outline is drawn around its area, which makes it heavier than its font.
    pub bold: bool,
    /// The font's name in the file.
    pub font: String,
    /// Red, green, blue.
    pub color: [u8; 3],
}

/// A straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// One end.
    pub from: (f64, f64),
    /// The other.
    pub to: (f64, f64),
    /// How thick it is.
    pub thickness: f64,
    /// Red, green, blue.
    pub color: [u8; 3],
}

/// Whether a file says of itself that it is a PDF; some producers put a few bytes before the
/// header (ISO 32000-1 7.5.2, note 1).
#[must_use]
pub fn is_pdf(file: &[u8]) -> bool {
    file.get(..file.len().min(1024)).unwrap_or_default().windows(5).any(|begin| begin == b"%PDF-")
}

/// Reads the pages of a PDF.
///
/// # Errors
/// When it is none, or beyond the limits.
pub fn pages(bytes: Vec<u8>) -> Result<Vec<Page>, Error> {
    let pdf = Pdf::new(bytes).map_err(|_| Error::NotPdf)?;
    let cache = InterpreterCache::new();
    let pages = pdf.pages();
    if pages.len() > PAGES_MAX {
        return Err(Error::Pages);
    }
    let names = names(&pdf);
    let mut marks = 0_usize;
    let read = pages.iter().map(|page| {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let left = MARKS_MAX.saturating_sub(marks);
        let mut reader = Reader { page: Page::default(), left, names: &names };
        reader.page.width = width * MM;
        reader.page.height = height * MM;
        let transform = page.initial_transform(true).to_kurbo();
        let paper = Rect::new(0.0, 0.0, width, height);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(transform, paper, &cache, page.xref(), settings);
        interpret_page(page, &mut context, &mut reader);
        marks = marks.saturating_add(reader.page.glyphs.len());
        marks = marks.saturating_add(reader.page.strokes.len());
        if reader.left == 0 { Err(Error::Marks) } else { Ok(reader.page) }
    });
    read.collect()
}

/// The names of fonts by the keys of their dictionaries: a font of Type 1 keeps none of its own.
fn names(pdf: &Pdf) -> BTreeMap<u128, String> {
    let dicts = pdf.objects().into_iter().filter_map(|object| match object {
        Object::Dict(dict) => Some(dict),
        _ => None,
    });
    let named = dicts.filter_map(|dict| {
        let name = dict.get::<Name<'_>>(b"BaseFont")?;
        Some((dict.cache_key(), name.as_str().to_owned()))
    });
    named.collect()
}

struct Reader<'n> {
    page: Page,
    /// How many marks may still come.
    left: usize,
    names: &'n BTreeMap<u128, String>,
}

impl Reader<'_> {
    fn may_take(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }

    fn stroke(&mut self, from: Point, to: Point, thickness: f64, color: [u8; 3]) {
        if self.may_take() {
            self.page.strokes.push(Stroke {
                from: (from.x * MM, from.y * MM),
                to: (to.x * MM, to.y * MM),
                thickness: thickness * MM,
                color,
            });
        }
    }
}

fn color(paint: &Paint<'_>) -> [u8; 3] {
    match paint {
        Paint::Color(color) => {
            let [red, green, blue, _] = color.to_rgba().to_rgba8();
            [red, green, blue]
        }
        Paint::Pattern(_) => [0, 0, 0],
    }
}

/// A filled area so thin is a line: a red double line of a letter is less.
const THIN: f64 = 1.5 / MM;

impl<'a> Device<'a> for Reader<'_> {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}

    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn draw_path(
        &mut self,
        path: &BezPath,
        transform: Affine,
        paint: &Paint<'a>,
        mode: &PathDrawMode,
    ) {
        match mode {
            PathDrawMode::Stroke(look) => {
                let scale = transform.determinant().abs().sqrt();
                let thickness = f64::from(look.line_width) * scale;
                let mut at = Point::ZERO;
                for element in path.elements() {
                    match *element {
                        PathEl::MoveTo(to) => at = to,
                        PathEl::LineTo(to) => {
                            self.stroke(transform * at, transform * to, thickness, color(paint));
                            at = to;
                        }
                        _ => {}
                    }
                }
            }
            PathDrawMode::Fill(_) => {
                let area = (transform * path.clone()).bounding_box();
                let middle = area.center();
                if area.height() < THIN && area.width() > area.height() {
                    let (from, to) = (Point::new(area.x0, middle.y), Point::new(area.x1, middle.y));
                    self.stroke(from, to, area.height(), color(paint));
                } else if area.width() < THIN && area.height() > area.width() {
                    let (from, to) = (Point::new(middle.x, area.y0), Point::new(middle.x, area.y1));
                    self.stroke(from, to, area.width(), color(paint));
                }
            }
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph(
        &mut self,
        glyph: &PdfGlyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        paint: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        let PdfGlyph::Outline(outlined) = glyph else { return };
        let whole = transform * glyph_transform;
        let origin = whole * Point::ZERO;
        let (x, y) = (origin.x * MM, origin.y * MM);
        // Area and outline of one character come one after the other (ISO 32000-1 9.3.6).
        let outline = matches!(mode, GlyphDrawMode::Stroke(_));
        let last = self.page.glyphs.last_mut().filter(|last| outline && (last.x, last.y) == (x, y));
        if let Some(last) = last {
            last.bold = true;
            return;
        }
        if !self.may_take() {
            return;
        }
        let outline = whole * outlined.outline();
        let ink = (!outline.is_empty()).then(|| outline.bounding_box());
        let direction = whole * Point::new(1.0, 0.0) - origin;
        let own = outlined.font_data().and_then(|data| data.postscript_name);
        let name = own.or_else(|| self.names.get(&outlined.font_cache_key()).cloned());
        self.page.glyphs.push(Glyph {
            text: text(glyph),
            x,
            y,
            // Outlines have a thousand units to their size.
            size: whole.determinant().abs().sqrt() * 1000.0 * MM,
            ink: ink.map(|ink| [ink.x0 * MM, ink.y0 * MM, ink.x1 * MM, ink.y1 * MM]),
            turn: direction.y.atan2(direction.x).to_degrees(),
            bold: false,
            font: name.unwrap_or_default(),
            color: color(paint),
        });
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}

    fn pop_clip_path(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

fn text(glyph: &PdfGlyph<'_>) -> String {
    use hayro_interpret::hayro_cmap::BfString;
    match glyph.as_unicode() {
        Some(BfString::Char(one)) => one.to_string(),
        Some(BfString::String(all)) => all,
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn a_font_of_type_1_has_its_name() {
        // One character, as LibreOffice 7.4 embeds a font with outlines of PostScript.
        let page = pages(include_bytes!("../tests/type1.pdf").to_vec()).unwrap().remove(0);
        let seen = page.glyphs.iter().map(|glyph| (glyph.text.as_str(), glyph.font.as_str()));
        assert_eq!(seen.collect::<Vec<_>>(), [("岭", "BAAAAA+NotoSerifCJKjp-Regular-VKana")]);
    }
}
