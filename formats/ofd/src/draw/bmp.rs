//! Bitmaps, in which old seal programs keep their pictures, as PNG.

use crate::model::Bytes;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write;

/// The same picture as PNG; nothing when it is packed, has a palette of other than 256 colours, or
/// is shorter than it says.
pub(super) fn png(bmp: &[u8]) -> Option<Bytes> {
    let long = |at: usize| Some(u32::from_le_bytes(*bmp.get(at..)?.first_chunk::<4>()?));
    let start = usize::try_from(long(10)?).ok()?;
    let header = usize::try_from(long(14)?).ok()?;
    let width = usize::try_from(long(18)?).ok().filter(|width| *width > 0)?;
    let high = i32::from_le_bytes(long(22)?.to_le_bytes());
    let height = usize::try_from(high.unsigned_abs()).ok().filter(|height| *height > 0)?;
    let bits = usize::from(u16::from_le_bytes(*bmp.get(28..)?.first_chunk::<2>()?));
    // 0 is not packed; 3 names the places of colours, which are the usual ones in 32 bits.
    let plain = matches!((long(30)?, bits), (0, 8 | 24 | 32) | (3, 32));
    let row_bytes = width.checked_mul(bits)?.div_ceil(32).checked_mul(4)?;
    let rows = bmp.get(start..)?.get(..row_bytes.checked_mul(height)?).filter(|_| plain)?;
    let palette = bmp.get(14_usize.checked_add(header)?..)?;
    let mut pixels = Vec::with_capacity((width * 3 + 1).checked_mul(height)?);
    let mut lines: Vec<&[u8]> = rows.chunks_exact(row_bytes).collect();
    if high > 0 {
        // The lowest comes first.
        lines.reverse();
    }
    for line in lines {
        pixels.push(0);
        for pixel in line.chunks_exact(bits / 8).take(width) {
            let color = match pixel {
                [index] => palette.get(usize::from(*index) * 4..)?.first_chunk::<3>()?,
                _ => pixel.first_chunk::<3>()?,
            };
            pixels.extend(color.iter().rev());
        }
    }
    let mut out = Vec::from(b"\x89PNG\r\n\x1a\n");
    let size = [u32::try_from(width).ok()?.to_be_bytes(), high.unsigned_abs().to_be_bytes()];
    chunk(&mut out, b"IHDR", &[size.concat(), vec![8, 2, 0, 0, 0]].concat())?;
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&pixels).ok()?;
    chunk(&mut out, b"IDAT", &packed.finish().ok()?)?;
    chunk(&mut out, b"IEND", &[])?;
    Some(out.into())
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) -> Option<()> {
    let mut crc = flate2::Crc::new();
    crc.update(name);
    crc.update(data);
    out.extend(u32::try_from(data.len()).ok()?.to_be_bytes());
    out.extend(name);
    out.extend(data);
    out.extend(crc.sum().to_be_bytes());
    Some(())
}
