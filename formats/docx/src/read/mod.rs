//! From bytes to a model: what can be understood is taken over, what is left out is told.

mod look;
mod number;
mod package;
mod section;
mod style;
mod table;
mod text;

use crate::error::Error;
use crate::limits::{LOST_MAX, PACKAGE};
use crate::model::Document;
use lingnan_package::Archive;
use package::Package;
use std::fmt;

/// A document with what of it was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// What was taken over.
    pub document: Document,
    /// What was not, or not as it was.
    pub lost: Vec<Lost>,
}

/// Something that was left out or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Where: `第3段“关于……”`, or empty for the whole file.
    pub place: String,
    /// What, and what became of it.
    pub what: String,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => f.write_str(&self.what),
            place => write!(f, "{place}：{}", self.what),
        }
    }
}

/// Reads a document.
///
/// # Errors
///
/// When it is no `.docx`, broken, locked, beyond a limit or unsafe.
pub fn read(bytes: &[u8]) -> Result<Read, Error> {
    other(bytes)?;
    let archive = Archive::open(bytes, PACKAGE)?;
    let package = Package::open(&archive)?;
    let texts = package.texts()?;
    let styles = style::Styles::read(&texts)?;
    let numbers = number::Numbers::read(&texts, &styles)?;
    let main = texts.main.tree()?;
    let mut walk = text::Walk::new(&package, &texts, &styles, &numbers)?;
    walk.lost.extend(package.lost());
    let mut document = walk.document(main.root_element())?;
    document.title = package.title()?;
    let mut lost = walk.lost;
    let more = lost.len().saturating_sub(LOST_MAX);
    lost.truncate(LOST_MAX);
    if more > 0 {
        lost.push(Lost {
            place: String::new(), what: format!("另有{more}处类似内容未逐一列出")
        });
    }
    Ok(Read { document, lost })
}

/// What a file is that people take for a Word document.
fn other(bytes: &[u8]) -> Result<(), Error> {
    /// The compound file of MS-CFB 2.2, in which old Word documents lie, and locked new ones.
    const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    let begins = |with: &[u8]| bytes.starts_with(with);
    if begins(COMPOUND) {
        // The names of its streams are UTF-16: MS-OFFCRYPTO 2.3.4.4.
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let locked = bytes.windows(name.len()).any(|part| part == name);
        return Err(if locked { Error::Locked } else { Error::OldWord });
    }
    let start: String = bytes.iter().take(64).map(|byte| char::from(*byte)).collect();
    let start = start.trim_start_matches(['ï', '»', '¿']).trim_start().to_lowercase();
    let kinds = [
        ("{\\rtf", "RTF 文档"),
        ("%pdf", "PDF 文件"),
        ("<html", "网页文件"),
        ("<!doctype html", "网页文件"),
        ("<?xml", "XML 文件"),
    ];
    match kinds.iter().find(|(mark, _)| start.starts_with(mark)) {
        Some((_, kind)) => Err(Error::Other(kind)),
        None => Ok(()),
    }
}
