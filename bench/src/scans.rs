//! Reading a page by eye.

use crate::{Extent, line, quantile};
use lingnan_ocr::{Picture, Reader};
use lingnan_pdf::NoFaces;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// Dots on the longer side of A4 at 150 to an inch.
const DOTS: u16 = 1_754;

/// Reads a page of A4 that was set and drawn, from the lines to the elements.
pub(crate) fn read(pdf: &[u8], extent: Extent) -> Result<(), String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/models");
    let [detection, recognition] = ["det", "rec"].map(|part| {
        let path = folder.join(format!("ch_PP-OCRv4_{part}_infer.onnx"));
        std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))
    });
    let begun = Instant::now();
    let reader = Reader::new(detection?, recognition?).map_err(|error| error.to_string())?;
    line("ocr.models", begun.elapsed().as_secs_f64() * 1_000.0, "ms to load", "");
    let pdf = lingnan_pdf::Pdf::open(pdf.to_vec()).map_err(|error| error.to_string())?;
    let drawn = pdf.draw(0, DOTS, &Arc::new(NoFaces)).ok_or("no page")?;
    let picture = Picture::new(usize::from(drawn.width), drawn.dots);
    let picture = picture.map_err(|error| error.to_string())?;
    let mut times = Vec::new();
    let mut lines = 0;
    for _ in 0..if extent == Extent::Quick { 3 } else { 9 } {
        let begun = Instant::now();
        let page = picture.clone();
        lines = reader.read(page).map_err(|error| error.to_string())?.1.len();
        times.push(begun.elapsed());
    }
    let unit = format!("ms to read a page of A4 at 150 dpi, {lines} lines");
    line("ocr.page", quantile(&mut times, 0.5), &unit, "≤ 5000");
    line("ocr.memory", crate::pages::resident_mb(), "MB resident after all", "");
    Ok(())
}
