//! 归档信息包: a folder that needs nothing else to be checked: what was written, how it came about,
//! what it is called, and the proof of each act.

mod build;
mod manifest;
mod metadata;
mod pages;
mod proofs;
mod verify;

pub use build::{Material, Process, Proved, build};
pub use manifest::{Manifest, Part};
pub use metadata::{ITEMS, read as read_metadata};
pub use verify::{Finding, Verdict, verify};

use lingnan_package::{Archive, Limits};
use std::collections::BTreeMap;

/// The files of a packet by their paths.
pub type Folder = BTreeMap<String, Vec<u8>>;

/// The list of all files.
pub const MANIFEST: &str = "manifest.xml";
/// 元数据
pub const METADATA: &str = "metadata.xml";
/// One act a line, as they are hashed.
pub const ACTS: &str = "acts.jsonl";
/// The key that verifies the proofs.
pub const KEY: &str = "proofs/evidence.vkey";

/// A packet: the acts and files of one matter, which a cell keeps in one piece.
const LIMITS: Limits = Limits {
    bytes: 160 << 20,
    files: 20_000,
    unpacked: 160 << 20,
    xml: 32 << 20,
    elements: 500_000,
};

/// A packet as one ZIP.
///
/// # Errors
/// When it has more files than are read.
pub fn pack(folder: &Folder) -> Result<Vec<u8>, lingnan_package::Error> {
    lingnan_package::zip(folder, &LIMITS)
}

/// The files of a packet that was put into one ZIP.
///
/// # Errors
/// When it is no ZIP, is locked, or holds more than is read.
pub fn unpack(bytes: &[u8]) -> Result<Folder, lingnan_package::Error> {
    let archive = Archive::open(bytes, LIMITS)?;
    archive.paths().map(|path| Ok((path.to_owned(), archive.read(path)?))).collect()
}

/// SM3 in hex.
#[must_use]
pub fn sm3(bytes: &[u8]) -> String {
    use sm3::Digest;
    hex::encode(sm3::Sm3::digest(bytes))
}

/// SHA-256 in hex.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    hex::encode(sha2::Sha256::digest(bytes))
}

/// A text within XML or HTML, without what neither may hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
