//! The pages of a file that came: as pictures, and with the text that the file has itself.

use crate::tools::ofd::installed::Installed;
use crate::tools::ofd::pixmap;
use lingnan_ocr::{Bounds, Line, Picture};
use lingnan_pdf::Pdf;
use std::sync::Arc;

/// A page.
pub(super) struct Sheet {
    /// Which, from 1.
    pub(super) number: usize,
    pub(super) picture: Picture,
    /// The text of the file itself; none when it must be read by eye.
    pub(super) lines: Option<Vec<Line>>,
}

/// Dots on the longer side of a page that is drawn: A4 at 150 to an inch.
const DRAWN: u16 = 1_754;
/// A page with fewer characters is a picture with a stamp or a page number on it.
const CHARACTERS_MIN: usize = 30;
/// Of the size of a character, what of it stands over its line.
const ASCENT: f64 = 0.88;

/// How many pages a file has, and those on which a document says what it is: the first, and the
/// last two, as the last may hold nothing but 版记.
pub(super) fn sheets(file: &[u8], fonts: &Arc<Installed>) -> Result<(usize, Vec<Sheet>), String> {
    if lingnan_pdf::is_pdf(file) {
        return of_pdf(file, fonts);
    }
    if file.starts_with(b"PK") {
        return of_ofd(file, fonts);
    }
    let picture = lingnan_ocr::decode(file).map_err(|error| match error {
        lingnan_ocr::Error::NotPicture => {
            "只能识别 PNG、JPEG 图片和 PDF、OFD 文件；这个文件不是，或已损坏".to_owned()
        }
        other => other.to_string(),
    })?;
    Ok((1, vec![Sheet { number: 1, picture, lines: None }]))
}

fn telling(count: usize) -> Vec<usize> {
    let mut telling = vec![0, count.saturating_sub(2), count.saturating_sub(1)];
    telling.dedup();
    telling
}

fn of_pdf(file: &[u8], fonts: &Arc<Installed>) -> Result<(usize, Vec<Sheet>), String> {
    let pdf = Pdf::open(file.to_vec()).map_err(|error| error.to_string())?;
    let pages = pdf.pages().map_err(|error| error.to_string())?;
    let mut sheets = Vec::new();
    for place in telling(pages.len()) {
        let Some(page) = pages.get(place) else { continue };
        let Some(drawn) = pdf.draw(place, DRAWN, fonts) else { continue };
        let picture = Picture::new(usize::from(drawn.width), drawn.dots);
        let picture = picture.map_err(|error| error.to_string())?;
        let known = page.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()).count();
        let paper = (page.width, page.height);
        let line =
            |glyph: &lingnan_pdf::Glyph| placed(&glyph.text, (glyph.x, glyph.y), glyph.size, paper);
        let lines = (known >= CHARACTERS_MIN).then(|| page.glyphs.iter().map(line).collect());
        sheets.push(Sheet { number: place + 1, picture, lines });
    }
    Ok((pages.len(), sheets))
}

fn of_ofd(file: &[u8], fonts: &Installed) -> Result<(usize, Vec<Sheet>), String> {
    let read = lingnan_ofd::read(file).map_err(|error| error.to_string())?;
    let pages: Vec<_> = read
        .package
        .documents
        .iter()
        .flat_map(|document| document.pages.iter().map(move |page| (document, page)))
        .collect();
    let mut sheets = Vec::new();
    for place in telling(pages.len()) {
        let Some((document, page)) = pages.get(place) else { continue };
        let drawing = lingnan_ofd::draw(document, page, fonts);
        let mut drawing = drawing.map_err(|error| error.to_string())?;
        drawing.lines.clear();
        let dots = pixmap(&lingnan_ofd::svg(&drawing))?;
        let width = usize::try_from(dots.width()).unwrap_or_default();
        let (colours, _) = dots.data().as_chunks::<4>();
        // Dots are multiplied by how much they cover; the rest is paper.
        let on_paper = |[r, g, b, a]: &[u8; 4]| [r, g, b].map(|part| part.saturating_add(255 - a));
        let picture = Picture::new(width, colours.iter().map(on_paper).collect());
        let picture = picture.map_err(|error| error.to_string())?.bounded();
        let pieces = lingnan_ofd::pieces(document, page).map_err(|error| error.to_string())?;
        let own = page.area.unwrap_or(document.area).physical;
        let paper = (own.width, own.height);
        let lines: Vec<Line> = pieces
            .iter()
            .flat_map(|piece| {
                let places = piece.text.chars().zip(&piece.places);
                places.map(|(one, at)| placed(&one.to_string(), (at.x, at.y), piece.size, paper))
            })
            .collect();
        let lines = (lines.len() >= CHARACTERS_MIN).then_some(lines);
        sheets.push(Sheet { number: place + 1, picture, lines });
    }
    Ok((pages.len(), sheets))
}

/// A character at the beginning of its baseline, in millimetres, on paper of this width and height.
fn placed(text: &str, (x, y): (f64, f64), size: f64, (width, height): (f64, f64)) -> Line {
    let advance = if text.is_ascii() { size / 2.0 } else { size };
    let top = y - size * ASCENT;
    let bounds = Bounds {
        left: part(x / width),
        top: part(top / height),
        right: part((x + advance) / width),
        bottom: part((top + size) / height),
    };
    Line::new(text, 1.0, bounds)
}

#[expect(clippy::as_conversions, reason = "a part of a page needs no more digits")]
const fn part(of: f64) -> f32 {
    of as f32
}
