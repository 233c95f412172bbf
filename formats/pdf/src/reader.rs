//! What an interpreter of pages draws, taken down as characters and lines.

use crate::fonts::{Fonts, unseen};
use crate::{Error, Glyph, MARKS_MAX, Page, Stroke};
use hayro_interpret::font::Glyph as PdfGlyph;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, Paint,
    PathDrawMode, SoftMask, TransformExt, interpret_page,
};
use hayro_syntax::{Pdf, page};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

/// Millimetres of a point.
pub(crate) const MM: f64 = 25.4 / 72.0;

pub(crate) fn pages(file: &Pdf, fonts: &Fonts) -> Result<Vec<Page>, Error> {
    let cache = InterpreterCache::new();
    let mut left = MARKS_MAX;
    file.pages().iter().map(|page| read(page, &cache, fonts, &mut left)).collect()
}

/// Reads a page.
///
/// # Errors
/// When less than what is on it is `left`.
pub(crate) fn read<'a>(
    page: &page::Page<'a>,
    cache: &InterpreterCache<'a>,
    fonts: &Fonts,
    left: &mut usize,
) -> Result<Page, Error> {
    let (width, height) = page.render_dimensions();
    let paper = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut reader = Reader { page: Page::default(), left: *left, fonts, seen: vec![paper] };
    reader.page.width = paper.width() * MM;
    reader.page.height = paper.height() * MM;
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, paper, cache, page.xref(), unseen());
    interpret_page(page, &mut context, &mut reader);
    *left = reader.left;
    if reader.left == 0 { Err(Error::Marks) } else { Ok(reader.page) }
}

struct Reader<'f> {
    page: Page,
    /// How many marks may still come.
    left: usize,
    fonts: &'f Fonts,
    /// What is seen of the page, within each area that content was clipped to.
    seen: Vec<Rect>,
}

impl Reader<'_> {
    fn may_take(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }

    fn sees(&self, area: Rect) -> bool {
        self.seen.last().is_none_or(|seen| seen.overlaps(area))
    }

    fn stroke(&mut self, from: Point, to: Point, thickness: f64, color: [u8; 3]) {
        if self.sees(Rect::from_points(from, to)) && self.may_take() {
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

/// Within every character, however narrow.
const MIDDLE: Point = Point::new(200.0, 300.0);

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

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let area = clip.path.bounding_box();
        self.seen.push(self.seen.last().map_or(area, |seen| seen.intersect(area)));
    }

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
        let middle = whole * MIDDLE;
        if !self.sees(Rect::from_points(middle, middle)) || !self.may_take() {
            return;
        }
        let outline = whole * outlined.outline();
        let ink = (!outline.is_empty()).then(|| outline.bounding_box());
        let direction = whole * Point::new(1.0, 0.0) - origin;
        self.page.glyphs.push(Glyph {
            text: text(glyph),
            x,
            y,
            // Outlines have a thousand units to their size.
            size: whole.determinant().abs().sqrt() * 1000.0 * MM,
            advance: f64::from(outlined.advance_width().unwrap_or_default())
                * direction.hypot()
                * MM,
            ink: ink.map(|ink| [ink.x0 * MM, ink.y0 * MM, ink.x1 * MM, ink.y1 * MM]),
            turn: direction.y.atan2(direction.x).to_degrees(),
            bold: false,
            font: self.fonts.name(outlined.font_cache_key()),
            color: color(paint),
        });
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}

    fn pop_clip_path(&mut self) {
        self.seen.pop();
    }

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
