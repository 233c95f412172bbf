//! A ZIP archive whose bytes depend on nothing but its files.

use crate::error::Error;
use crate::limits::Limits;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::collections::BTreeMap;
use std::io::Write;

/// 1 January 1980 at midnight, the first moment that ZIP can tell.
const NO_TIME: [u8; 4] = [0, 0, 0x21, 0];
/// What is needed to read an entry: version 2.0, names in UTF-8, deflated.
const NEEDED: [u8; 6] = [20, 0, 0, 0x08, 8, 0];

/// Puts files together, sorted by path.
///
/// # Errors
///
/// When there are more than the limit, or larger ones than a plain ZIP holds.
pub fn zip(parts: &BTreeMap<String, Vec<u8>>, limits: &Limits) -> Result<Vec<u8>, Error> {
    let max = limits.files;
    let count = u16::try_from(parts.len()).ok().filter(|count| usize::from(*count) <= max);
    let count = count.ok_or(Error::TooMuch { what: "文件数", max })?;
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (path, bytes) in parts {
        let packed = deflated(bytes)?;
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let mut head = Vec::from(NEEDED);
        head.extend(NO_TIME);
        head.extend(crc.sum().to_le_bytes());
        head.extend(size(packed.len())?);
        head.extend(size(bytes.len())?);
        let name = u16::try_from(path.len());
        let name = name.map_err(|_| Error::BadName { path: path.clone() })?;
        head.extend(name.to_le_bytes());
        head.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(size(out.len())?);
        directory.extend(path.bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(path.bytes());
        out.extend(packed);
    }
    let start = size(out.len())?;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size(directory.len())?);
    out.extend(start);
    out.extend([0, 0]);
    Ok(out)
}

fn size(bytes: usize) -> Result<[u8; 4], Error> {
    let size = u32::try_from(bytes);
    size.map(u32::to_le_bytes).map_err(|_| Error::TooMuch { what: "字节数", max: usize::MAX })
}

fn deflated(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.map_err(|_| Error::TooMuch { what: "字节数", max: usize::MAX })
}
