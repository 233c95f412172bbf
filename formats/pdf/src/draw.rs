//! A page as dots, as a screen would show it.

use crate::{Error, PAGES_MAX};
use hayro::{RenderCache, RenderSettings, vello_cpu};
use hayro_interpret::InterpreterSettings;
use hayro_syntax::Pdf;

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

/// Draws a page, counted from 0, so that its longer side has `longer` dots; none when there is no
/// such page.
///
/// # Errors
/// When it is no PDF, or beyond the limits.
pub fn draw(bytes: Vec<u8>, number: usize, longer: u16) -> Result<Option<Drawing>, Error> {
    let pdf = Pdf::new(bytes).map_err(|_| Error::NotPdf)?;
    let pages = pdf.pages();
    if pages.len() > PAGES_MAX {
        return Err(Error::Pages);
    }
    let Some(page) = pages.get(number) else { return Ok(None) };
    let (width, height) = page.render_dimensions();
    let scale = f32::from(longer) / width.max(height).max(1.0);
    let settings = RenderSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: vello_cpu::color::palette::css::WHITE,
        ..RenderSettings::default()
    };
    let cache = RenderCache::new();
    let drawn = hayro::render(page, &cache, &InterpreterSettings::default(), &settings);
    let dots = drawn.data().iter().map(|dot| [dot.r, dot.g, dot.b]).collect();
    Ok(Some(Drawing { width: drawn.width(), height: drawn.height(), dots }))
}
