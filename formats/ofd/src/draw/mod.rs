//! A page as a list of what is painted, in millimetres of the page.

mod bmp;
mod clip;
mod face;
mod glyphs;
mod outline;
mod picture;
mod seal;

use crate::error::Error;
use crate::model::{
    Color, Content, Document, Font, Id, Image, Matrix, Media, Page, Path, Point, Rect, Rule,
    Segment,
};
use crate::scene::{self, Look, Placed};
use crate::text::{self, Piece};
pub use face::{Face, Fonts, NoFonts};
use glyphs::Glyphs;
pub use picture::{Picture, PictureKind};
pub use seal::SealMark;
use std::collections::BTreeMap;

/// A page that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The paper.
    pub paper: Rect,
    /// What is painted, the lowest first.
    pub items: Vec<Item>,
    /// The outlines that items refer to; those of glyphs are used again and again.
    pub outlines: Vec<Outline>,
    /// What cuts items off.
    pub clips: Vec<ClipPath>,
    /// The seals of signatures, above everything.
    pub seals: Vec<SealMark>,
    /// The text in reading order, by lines: for selecting.
    pub lines: Vec<Vec<Piece>>,
    /// What could not be shown, in words for the reader.
    pub notes: Vec<String>,
}

/// An outline of no place yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// Its course, without parts of ellipses.
    pub segments: Vec<Segment>,
    /// Whether it is a glyph's.
    pub is_glyph: bool,
}

/// Something painted.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What.
    pub kind: ItemKind,
    /// To its place on the page.
    pub matrix: Matrix,
    /// The clip that cuts it off, by its place among [`Drawing::clips`].
    pub clip: Option<usize>,
    /// From 0, not seen, to 1.
    pub alpha: f64,
}

/// What is painted.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemKind {
    /// An area.
    Fill {
        /// Its outline, by its place among [`Drawing::outlines`].
        outline: usize,
        /// What is inside.
        rule: Rule,
        /// Its colour.
        color: Color,
    },
    /// A line; its width is measured before the matrix.
    Stroke {
        /// Its outline, by its place among [`Drawing::outlines`].
        outline: usize,
        /// How it is drawn.
        look: Look,
    },
    /// An image: the unit square, its upper side at 0.
    Picture {
        /// The image.
        picture: Picture,
        /// An image whose light parts let it through.
        mask: Option<Picture>,
    },
}

/// An area outside of which nothing is seen.
#[derive(Debug, Clone, PartialEq)]
pub struct ClipPath {
    /// The areas that are seen together.
    pub areas: Vec<ClipShape>,
    /// Another clip that cuts off too, by its place among [`Drawing::clips`].
    pub within: Option<usize>,
}

/// One area of a clip.
#[derive(Debug, Clone, PartialEq)]
pub struct ClipShape {
    /// Its outline, by its place among [`Drawing::outlines`].
    pub outline: usize,
    /// What is inside.
    pub rule: Rule,
    /// To its place on the page.
    pub matrix: Matrix,
}

/// Draws a page; faces that are not embedded are asked of `fonts`.
///
/// # Errors
///
/// When the page shows more than [`crate::limits::DRAWN_MAX`] objects. What cannot be drawn is
/// left out and noted.
pub fn draw(document: &Document, page: &Page, fonts: &dyn Fonts) -> Result<Drawing, Error> {
    let placed = scene::page(document, page)?;
    let mut canvas = Canvas {
        fonts: document.fonts.iter().map(|font| (font.id, font)).collect(),
        media: document.media.iter().map(|media| (media.id, media)).collect(),
        glyphs: Glyphs::new(fonts),
        drawing: Drawing {
            paper: page.area.unwrap_or(document.area).physical,
            items: Vec::new(),
            outlines: Vec::new(),
            clips: Vec::new(),
            seals: seal::marks(document, page, fonts),
            lines: text::lines(document, page)?,
            notes: Vec::new(),
        },
    };
    placed.iter().for_each(|placed| canvas.unit(placed));
    let notes = canvas.glyphs.notes();
    canvas.drawing.notes.extend(notes);
    Ok(canvas.drawing)
}

struct Canvas<'a> {
    fonts: BTreeMap<Id, &'a Font>,
    media: BTreeMap<Id, &'a Media>,
    glyphs: Glyphs<'a>,
    drawing: Drawing,
}

impl<'a> Canvas<'a> {
    fn unit(&mut self, placed: &Placed<'a>) {
        if placed.alpha <= 0.0 {
            return;
        }
        let clip = self.clip(placed);
        match &placed.unit.content {
            Content::Path(path) => self.path(placed, path, clip),
            Content::Text(text) => {
                let font = self.fonts.get(&text.font).copied();
                let outlines = &mut self.drawing.outlines;
                let shown = self.glyphs.of(text, font, outlines);
                for (outline, own) in shown {
                    let matrix = own.then(placed.matrix);
                    if text.fill {
                        self.fill(placed, outline, Rule::NonZero, matrix, clip);
                    }
                    if text.stroke {
                        // The line is as wide as the text's object has it, not the glyph's units.
                        let scale = text::scale(own);
                        let mut look = placed.look.clone();
                        look.line_width /= scale;
                        look.dashes.iter_mut().for_each(|dash| *dash /= scale);
                        self.stroke(placed, outline, look, matrix, clip);
                    }
                }
            }
            Content::Image(image) => self.image(placed, *image, clip),
            // Laid flat already.
            Content::Composite(_) => {}
        }
    }

    fn path(&mut self, placed: &Placed<'_>, path: &Path, clip: Option<usize>) {
        let outline = self.outline(outline::plain(&path.segments));
        if path.fill {
            self.fill(placed, outline, path.rule, placed.matrix, clip);
        }
        if path.stroke {
            self.stroke(placed, outline, placed.look.clone(), placed.matrix, clip);
        }
    }

    fn outline(&mut self, segments: Vec<Segment>) -> usize {
        self.drawing.outlines.push(Outline { segments, is_glyph: false });
        self.drawing.outlines.len() - 1
    }

    fn fill(
        &mut self,
        placed: &Placed<'_>,
        outline: usize,
        rule: Rule,
        matrix: Matrix,
        clip: Option<usize>,
    ) {
        let color = placed.look.fill;
        let kind = ItemKind::Fill { outline, rule, color };
        self.item(kind, matrix, clip, placed.alpha * f64::from(color.alpha) / 255.0);
    }

    fn stroke(
        &mut self,
        placed: &Placed<'_>,
        outline: usize,
        look: Look,
        matrix: Matrix,
        clip: Option<usize>,
    ) {
        let alpha = placed.alpha * f64::from(look.stroke.alpha) / 255.0;
        self.item(ItemKind::Stroke { outline, look }, matrix, clip, alpha);
    }

    fn item(&mut self, kind: ItemKind, matrix: Matrix, clip: Option<usize>, alpha: f64) {
        if alpha > 0.0 {
            self.drawing.items.push(Item { kind, matrix, clip, alpha });
        }
    }

    fn image(&mut self, placed: &Placed<'_>, image: Image, clip: Option<usize>) {
        let picture = |id: Id| self.media.get(&id).and_then(|media| Picture::of(&media.data));
        let shown = picture(image.resource).or_else(|| picture(image.substitution?));
        let mask = image.mask.and_then(picture);
        match shown {
            Some(picture) => {
                let kind = ItemKind::Picture { picture, mask };
                self.item(kind, placed.matrix, clip, placed.alpha);
            }
            None => {
                let media = self.media.get(&image.resource);
                let format = media.map(|media| picture::named(&media.data, &media.format));
                let format = format.unwrap_or_else(|| "已缺失".to_owned());
                self.drawing.notes.push(format!("图像 {}（{format}）无法显示", image.resource));
            }
        }
    }
}

/// The corners of a box as an outline.
fn corners(rect: Rect) -> Vec<Segment> {
    let (right, bottom) = (rect.x + rect.width, rect.y + rect.height);
    vec![
        Segment::Move(Point { x: rect.x, y: rect.y }),
        Segment::Line(Point { x: right, y: rect.y }),
        Segment::Line(Point { x: right, y: bottom }),
        Segment::Line(Point { x: rect.x, y: bottom }),
        Segment::Close,
    ]
}
