//! The picture within an electronic seal (GB/T 38540-2020, `ESPictrueInfo`): found by its shape in
//! the DER of a signature's value or a seal file, whatever version they are of. Nothing is
//! verified.

/// Values within values: a seal in a signature has 8.
const DEPTH_MAX: usize = 16;
const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const IA5: u8 = 0x16;
/// Set in the tags of values that hold others.
const CONSTRUCTED: u8 = 0x20;

/// The picture's file, in a sequence of its type (IA5String), itself (OCTET STRING), its width and
/// its height in millimetres (INTEGER).
pub(super) fn picture(der: &[u8]) -> Option<&[u8]> {
    within(der, DEPTH_MAX)
}

fn within(der: &[u8], depth: usize) -> Option<&[u8]> {
    let values = values(der);
    if let [(IA5, _), (OCTETS, data), (INTEGER, _), (INTEGER, _)] = values.as_slice() {
        return Some(data);
    }
    let depth = depth.checked_sub(1)?;
    let mut inner = values.into_iter().filter(|(tag, _)| tag & CONSTRUCTED != 0);
    inner.find_map(|(_, value)| within(value, depth))
}

/// Tags and contents, as far as they are well formed.
fn values(mut der: &[u8]) -> Vec<(u8, &[u8])> {
    let mut values = Vec::new();
    while let Some((tag, value, rest)) = one(der) {
        values.push((tag, value));
        der = rest;
    }
    values
}

fn one(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(first - 0x80))?;
            (bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
        }
        _ => return None,
    };
    let (value, rest) = rest.split_at_checked(length)?;
    Some((*tag, value, rest))
}
