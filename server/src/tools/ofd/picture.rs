//! A picture from anywhere, decoded whole before it may stand in a text: what the press would not
//! set, or readers would show in different ways, is refused.

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Most pixels: the 版心 at 600 dpi has 20 million, a large camera's photograph 24.
const PIXELS_MAX: u64 = 24_000_000;
/// Bytes that decoding may take: 16 bits of four channels each.
const MEMORY_MAX: u64 = PIXELS_MAX * 8 + (16 << 20);

pub(super) fn check(file: &[u8]) -> Result<(), String> {
    let broken = |_| "图片已损坏，或不是PNG、JPEG".to_owned();
    let mut reader = ImageReader::new(Cursor::new(file));
    reader = reader.with_guessed_format().map_err(|_| "图片已损坏".to_owned())?;
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg)) {
        return Err("图片不是PNG或JPEG".to_owned());
    }
    if colours(file) == Some(4) {
        return Err("图片是印刷用的CMYK颜色，公文的PDF/A版式不能容纳".to_owned());
    }
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        let max = PIXELS_MAX / 10_000;
        return Err(format!("图片有{width}×{height}个像素，超过{max}万"));
    }
    // PDF readers turn it, OFD readers need not.
    if decoder.orientation().map_err(broken)? != Orientation::NoTransforms {
        return Err("照片带有旋转标记，各种阅读软件显示的方向不一致".to_owned());
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY_MAX);
    decoder.set_limits(limits).map_err(broken)?;
    DynamicImage::from_decoder(decoder).map(|_| ()).map_err(broken)
}

/// How many colours a JPEG has, as its frame header says (ITU-T T.81 B.2.2); none of what is no
/// JPEG.
fn colours(file: &[u8]) -> Option<u8> {
    let mut rest = file.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let [0xff, marker, high, low, ..] = *rest else { return None };
        let segment = rest.get(2..)?;
        // C4, C8 and CC begin no frame.
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            return segment.get(7).copied();
        }
        rest = segment.get(usize::from(u16::from_be_bytes([high, low]))..)?;
    }
}
