//! Faces for fonts that a file only names, among those of this machine.

use fontdb::{Database, Family, ID, Query, Source, Style, Weight};
use lingnan_ofd::model::{Bytes, Font};
use lingnan_ofd::{Face, Fonts};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Families that stand in for each other, by a part of the name that a document gives: those of
/// offices (GB/T 9704-2012 5.2.2) cannot be passed on, these can. The first that fits counts.
const KINDS: [(&[&str], &[&str]); 6] = [
    (&["仿宋", "fangsong", "fang", "fzfs"], &["FandolFang R", "FandolFang", "LXGW WenKai"]),
    (&["楷", "kai", "fzkt"], &["FandolKai", "LXGW WenKai", "AR PL UKai CN"]),
    (
        &["arial", "helvetica", "sans"],
        &["Arial", "Liberation Sans", "Noto Sans CJK SC", "FandolHei"],
    ),
    (&["黑", "hei", "fzht"], &["FandolHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei"]),
    (&["times"], &["Times New Roman", "Liberation Serif", "FandolSong", "Noto Serif CJK SC"]),
    (&["宋", "song", "sun", "serif", "fzxbs"], &["FandolSong", "Noto Serif CJK SC"]),
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
    files: Mutex<BTreeMap<PathBuf, Bytes>>,
}

/// How a face is wanted.
#[derive(Clone, Copy)]
struct Look {
    weight: Weight,
    style: Style,
}

const PLAIN: Look = Look { weight: Weight::NORMAL, style: Style::Normal };

impl Installed {
    /// Looks through folders and those below.
    pub(in crate::tools) fn load(folders: &[PathBuf]) -> Self {
        let mut fonts = Database::new();
        folders.iter().for_each(|folder| fonts.load_fonts_dir(folder));
        Self { fonts, files: Mutex::default() }
    }

    /// The faces of families, then those of the same kind as the first, then any.
    fn faces(&self, names: &[&str], look: Look) -> impl Iterator<Item = Face> {
        let name = names.first().map(|name| name.to_lowercase()).unwrap_or_default();
        let kind = KINDS.iter().find(|(parts, _)| parts.iter().any(|part| name.contains(part)));
        let kin = kind.map_or(&[][..], |(_, families)| families);
        let wanted = names.iter().chain(kin).chain(&LAST);
        wanted.filter_map(move |family| self.named(family, look))
    }

    fn named(&self, family: &str, Look { weight, style }: Look) -> Option<Face> {
        let families = [Family::Name(family)];
        let query = Query { families: &families, weight, style, ..Query::default() };
        self.read(self.fonts.query(&query)?)
    }

    fn read(&self, id: ID) -> Option<Face> {
        let (source, index) = self.fonts.face_source(id)?;
        let Source::File(path) = source else { return None };
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(data) = files.get(&path) {
            return Some(Face { data: data.clone(), index });
        }
        let data = Bytes::from(std::fs::read(&path).ok()?);
        files.insert(path, data.clone());
        Some(Face { data, index })
    }
}

impl Look {
    /// As a name says it: 小标宋 is a heavy face by itself.
    fn of(name: &str) -> Self {
        let name = name.to_lowercase();
        let says = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
        let heavy = says(&["标宋", "fzxbs", "bold"]);
        let slanted = says(&["italic", "oblique"]);
        Self {
            weight: if heavy { Weight::BOLD } else { Weight::NORMAL },
            style: if slanted { Style::Italic } else { Style::Normal },
        }
    }
}

impl Fonts for Installed {
    fn face(&self, font: &Font) -> Option<Face> {
        let mut look = Look::of(&font.name);
        if font.bold {
            look.weight = Weight::BOLD;
        }
        if font.italic {
            look.style = Style::Italic;
        }
        self.faces(&[&font.name, &font.family], look).next()
    }

    fn fallback(&self, character: char) -> Option<Face> {
        let mut faces = LAST.iter().filter_map(|family| self.named(family, PLAIN));
        faces.find(|face| face.has(character))
    }
}

impl lingnan_pdf::Faces for Installed {
    /// A PDF names a face as PostScript does; Word adds how it looks after a comma.
    fn face(&self, font: &str, text: &BTreeSet<char>) -> Option<lingnan_pdf::Face> {
        let families = [font.split_once(',').map_or(font, |(family, _)| family)];
        let own = self.fonts.faces().find(|face| face.post_script_name == font);
        let own = own.and_then(|own| self.read(own.id));
        let faces = own.into_iter().chain(self.faces(&families, Look::of(font)));
        let mut best: Option<lingnan_pdf::Face> = None;
        for face in faces {
            let lacks: BTreeSet<char> = text.iter().copied().filter(|&c| !face.has(c)).collect();
            let has_all = lacks.is_empty();
            if best.as_ref().is_none_or(|best| lacks.len() < best.lacks.len()) {
                let Face { data, index } = face;
                best = Some(lingnan_pdf::Face { data, index, lacks });
            }
            if has_all {
                break;
            }
        }
        best
    }
}
