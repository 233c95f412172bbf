//! What stands on the pages of a PDF: characters with their places, and straight lines; in
//! millimetres from the upper left corner of the page.

mod draw;
mod fonts;
mod lasting;
mod names;
mod reader;

pub use draw::Drawing;
pub use fonts::{Face, Faces, NoFaces};
pub use lasting::lasting;

use self::fonts::Fonts;
use hayro_syntax::PdfData;
use std::sync::Arc;

/// Most pages that are read; the largest compilation of documents has fewer.
pub const PAGES_MAX: usize = 2_000;
/// Most characters and lines of all pages.
pub const MARKS_MAX: usize = 5_000_000;

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
    /// How wide its font says that it is; 0 where text runs down.
    pub advance: f64,
    /// Its ink: left, top, right, bottom; none for blanks, and when the file only names the font.
    pub ink: Option<[f64; 4]>,
    /// By how many degrees it is turned clockwise.
    pub turn: f64,
    /// Whether its outline is drawn around its area, which makes it heavier than its font.
    pub bold: bool,
    /// The font's name in the file, without its subset's mark.
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

/// A PDF that was opened.
pub struct Pdf {
    file: hayro_syntax::Pdf,
    fonts: Fonts,
}

impl Pdf {
    /// Opens a file.
    ///
    /// # Errors
    /// When it is no PDF, or has too many pages.
    pub fn open(file: impl Into<PdfData>) -> Result<Self, Error> {
        let (file, renamed) = names::renamed(file.into());
        let file = hayro_syntax::Pdf::new(file).map_err(|_| Error::NotPdf)?;
        if file.pages().len() > PAGES_MAX {
            return Err(Error::Pages);
        }
        Ok(Self { fonts: Fonts::of(&file, renamed), file })
    }

    /// Reads its pages. What they say, where and how large, the file tells without its fonts.
    ///
    /// # Errors
    /// When there is too much on them.
    pub fn pages(&self) -> Result<Vec<Page>, Error> {
        reader::pages(&self.file, &self.fonts)
    }

    /// Whether a font is only named in it, so that its characters are shown in another face.
    #[must_use]
    pub fn only_names(&self, font: &str) -> bool {
        self.fonts.only_named(font)
    }

    /// Draws a page, counted from 0, so that its longer side has `longer` dots, with `faces` for
    /// the fonts that the file only names; none when there is no such page.
    #[must_use]
    pub fn draw<F: Faces + 'static>(
        &self,
        number: usize,
        longer: u16,
        faces: &Arc<F>,
    ) -> Option<Drawing> {
        let page = self.file.pages().get(number)?;
        let faces: Arc<dyn Faces> = Arc::<F>::clone(faces);
        Some(draw::draw(page, longer, &self.fonts, faces))
    }
}
