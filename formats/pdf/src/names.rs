//! The names of fonts, which older programs write in GBK.

use hayro_syntax::PdfData;
use std::collections::BTreeMap;

/// What stands before a font's name.
const KEY: &[u8] = b"/BaseFont";

/// Real names by those that were put in their place.
pub(crate) type Renamed = BTreeMap<String, String>;

/// A name without its subset's mark.
pub(crate) fn told(name: &[u8]) -> String {
    let told = std::str::from_utf8(name)
        .map_or_else(|_| encoding_rs::GBK.decode(name).0.into_owned(), str::to_owned);
    match told.split_once('+') {
        Some((mark, name)) if mark.len() == 6 => name.to_owned(),
        _ => told,
    }
}

/// The file with numbers for names in GBK, of the same length so that all else keeps its place:
/// `hayro-interpret` asks for a face by name, and tells none that is not UTF-8.
pub(crate) fn renamed(file: PdfData) -> (PdfData, Renamed) {
    let bytes: &[u8] = file.as_ref();
    let mut names = Renamed::new();
    let mut copy = Vec::new();
    let places = bytes.windows(KEY.len()).enumerate().filter(|(_, window)| *window == KEY);
    for (place, _) in places {
        let after = place.saturating_add(KEY.len());
        let rest = bytes.get(after..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let Some(name) = rest.get(blank..).and_then(|rest| rest.strip_prefix(b"/")) else {
            continue;
        };
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"()<>[]{}/%".contains(byte);
        let name = name.get(..name.iter().position(ends).unwrap_or(name.len())).unwrap_or_default();
        let plain = unescaped(name);
        let number = format!("{:0>1$}", names.len(), name.len());
        if std::str::from_utf8(&plain).is_ok() || number.len() != name.len() {
            continue;
        }
        if copy.is_empty() {
            copy = bytes.to_vec();
        }
        let begin = after.saturating_add(blank).saturating_add(1);
        copy.splice(begin..begin.saturating_add(name.len()), number.bytes());
        names.insert(number, told(&plain));
    }
    if copy.is_empty() { (file, names) } else { (PdfData::from(copy), names) }
}

/// A name with its bytes in hexadecimal read (ISO 32000-1 7.3.5).
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut rest = name;
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).filter(|_| *first == b'#').and_then(|hex| hex::decode(hex).ok());
        match hex {
            Some(byte) => {
                plain.extend(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                plain.push(*first);
                rest = after;
            }
        }
    }
    plain
}
