//! Small files: a page of some content, with the objects that it needs.

use lingnan_pdf::{Glyph, Page, Pdf};
use std::fmt::Write;

/// A file of one page: what its dictionary says besides, its content, and objects from number 5.
pub fn file(page: &str, content: &str, objects: &[&str]) -> Vec<u8> {
    let mut all = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R{page}>>"),
        stream("", content),
    ];
    all.extend(objects.iter().map(|&object| object.to_owned()));
    let mut text = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", all.len() + 1);
    for (number, object) in (1..).zip(&all) {
        let _ = writeln!(table, "{:010} 00000 n ", text.len());
        let _ = write!(text, "{number} 0 obj\n{object}\nendobj\n");
    }
    let begin = text.len();
    let size = all.len() + 1;
    let _ =
        write!(text, "{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{begin}\n%%EOF\n");
    text.into_bytes()
}

/// A stream object.
pub fn stream(dict: &str, content: &str) -> String {
    format!("<<{dict}/Length {}>>\nstream\n{content}\nendstream", content.len())
}

/// The one page of a file.
pub fn page(file: Vec<u8>) -> Page {
    Pdf::open(file).unwrap().pages().unwrap().remove(0)
}

/// What a page says.
pub fn text(page: &Page) -> String {
    page.glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
}

/// Where a character begins, in points.
pub fn place(glyph: &Glyph) -> (f64, f64) {
    (points(glyph.x), points(glyph.y))
}

/// A length in points, to the hundredth.
pub fn points(mm: f64) -> f64 {
    (mm * 72.0 / 25.4 * 100.0).round() / 100.0
}
