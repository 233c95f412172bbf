//! Tiles of entries: each entry behind its length in two bytes (C2SP tlog-tiles, log entries).

use crate::{Error, TILE_WIDTH};

/// Bytes of the longest entry that a tile can hold.
pub const ENTRY_BYTES_MAX: usize = 65_535;

/// The bytes of a tile of entries.
///
/// # Errors
/// [`Error::Entries`] when an entry is too long or there are more than a tile holds.
pub fn write_entries<T: AsRef<[u8]>>(entries: &[T]) -> Result<Vec<u8>, Error> {
    if entries.len() > TILE_WIDTH {
        return Err(Error::Entries);
    }
    let mut bytes = Vec::new();
    for entry in entries {
        let entry = entry.as_ref();
        let length = u16::try_from(entry.len()).map_err(|_| Error::Entries)?;
        bytes.extend(length.to_be_bytes());
        bytes.extend(entry);
    }
    Ok(bytes)
}

/// The entries of a tile.
///
/// # Errors
/// [`Error::Entries`] when the bytes end within an entry or hold more than a tile does.
pub fn read_entries(bytes: &[u8]) -> Result<Vec<&[u8]>, Error> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (length, after) = rest.split_first_chunk::<2>().ok_or(Error::Entries)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, after) = after.split_at_checked(length).ok_or(Error::Entries)?;
        entries.push(entry);
        rest = after;
    }
    if entries.len() > TILE_WIDTH { Err(Error::Entries) } else { Ok(entries) }
}
