//! Faces for fonts that a file only names, among those of this machine.

use fontdb::{Database, Family, Query, Source, Style, Weight};
use lingnan_ofd::model::{Bytes, Font};
use lingnan_ofd::{Face, Fonts};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Families that stand in for each other, by a part of the name that a document gives: those of
/// offices (GB/T 9704-2012 5.2.2) cannot be passed on, these can. The first that fits counts.
const KINDS: [(&[&str], &[&str]); 5] = [
    (&["仿宋", "fangsong", "fang"], &["FandolFang R", "FandolFang", "LXGW WenKai"]),
    (&["楷", "kai"], &["FandolKai", "LXGW WenKai", "AR PL UKai CN"]),
    (&["黑", "hei", "sans"], &["FandolHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei"]),
    (&["宋", "song", "sun", "serif"], &["FandolSong", "Noto Serif CJK SC"]),
    (&[""], &[]),
];

/// What is tried for every font and character at last.
const LAST: [&str; 6] = [
    "Noto Serif CJK SC",
    "Noto Sans CJK SC",
    "LXGW WenKai",
    "FandolSong",
    "DejaVu Sans",
    "BabelStone Han",
];

/// The fonts of folders.
pub(in crate::tools) struct Installed {
    fonts: Database,
    /// Files that were read.
    files: RefCell<BTreeMap<PathBuf, Bytes>>,
}

impl Installed {
    /// Looks through folders and those below.
    pub(in crate::tools) fn load(folders: &[PathBuf]) -> Self {
        let mut fonts = Database::new();
        folders.iter().for_each(|folder| fonts.load_fonts_dir(folder));
        Self { fonts, files: RefCell::default() }
    }

    fn named(&self, family: &str, weight: Weight, style: Style) -> Option<Face> {
        let families = [Family::Name(family)];
        let query = Query { families: &families, weight, style, ..Query::default() };
        let (source, index) = self.fonts.face_source(self.fonts.query(&query)?)?;
        let Source::File(path) = source else { return None };
        let mut files = self.files.borrow_mut();
        if let Some(data) = files.get(&path) {
            return Some(Face { data: data.clone(), index });
        }
        let data = Bytes::from(std::fs::read(&path).ok()?);
        files.insert(path, data.clone());
        Some(Face { data, index })
    }
}

impl Fonts for Installed {
    fn face(&self, font: &Font) -> Option<Face> {
        let name = font.name.to_lowercase();
        // 小标宋 is a heavy face by itself.
        let heavy = font.bold || name.contains("标宋") || name.contains("bold");
        let weight = if heavy { Weight::BOLD } else { Weight::NORMAL };
        let style = if font.italic { Style::Italic } else { Style::Normal };
        let kind = KINDS.iter().find(|(parts, _)| parts.iter().any(|part| name.contains(part)));
        let kin = kind.map_or(&[][..], |(_, families)| families);
        let own = [font.name.as_str(), font.family.as_str()];
        let mut wanted = own.iter().chain(kin).chain(&LAST);
        wanted.find_map(|family| self.named(family, weight, style))
    }

    fn fallback(&self, character: char) -> Option<Face> {
        let mut faces =
            LAST.iter().filter_map(|family| self.named(family, Weight::NORMAL, Style::Normal));
        faces.find(|face| face.has(character))
    }
}
