//! The fonts of a PDF: their names, and the faces that stand in for those that are only named.

use crate::names::{Renamed, told};
use hayro_interpret::font::{FontData, FontQuery};
use hayro_interpret::{CacheKey, FontResolverFn, InterpreterSettings};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Deepest nesting of dictionaries in which a font is looked for.
const DEPTH_MAX: usize = 8;

/// Where faces come from for fonts that a file only names (ISO 32000-1 9.6.2.2 and 9.7.4.2).
pub trait Faces: Send + Sync {
    /// The face of this name, or the nearest there is that has these characters.
    fn face(&self, font: &str, text: &BTreeSet<char>) -> Option<Face>;
}

/// No faces but those that a file brings along.
#[derive(Debug, Clone, Copy)]
pub struct NoFaces;

impl Faces for NoFaces {
    fn face(&self, _: &str, _: &BTreeSet<char>) -> Option<Face> {
        None
    }
}

/// A font file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// The file.
    pub data: Arc<[u8]>,
    /// Which face of a collection; 0 otherwise.
    pub index: u32,
    /// Which of the characters that it was wanted for it does not have.
    pub lacks: BTreeSet<char>,
}

/// A font file without tables. Without any the reader would drop the text, though all but its
/// shapes stands in the PDF: codes, widths and what they say.
const EMPTY: [u8; 12] = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// Words in the names of fonts that are taken for one of the fourteen standard ones, as
/// `hayro-interpret` has them.
const STANDARD: [(&str, &[&str]); 3] = [
    ("Helvetica", &["helvetica", "arial", "sans"]),
    ("Courier", &["courier", "mono"]),
    ("Times", &["times", "serif"]),
];

/// The fonts of a file.
#[derive(Default)]
pub(crate) struct Fonts {
    /// By the keys of their dictionaries: a font of Type 1 keeps no name of its own.
    names: BTreeMap<u128, String>,
    only_named: BTreeSet<String>,
    renamed: Renamed,
}

/// The characters of a page by the font that is only named for them.
pub(crate) type Words = BTreeMap<String, BTreeSet<char>>;

impl Fonts {
    pub(crate) fn of(file: &Pdf, renamed: Renamed) -> Self {
        let mut fonts = Self { renamed, ..Self::default() };
        for object in file.objects() {
            fonts.visit(&object, 0);
        }
        fonts
    }

    pub(crate) fn name(&self, key: u128) -> String {
        self.names.get(&key).cloned().unwrap_or_default()
    }

    pub(crate) fn only_named(&self, font: &str) -> bool {
        self.only_named.contains(font)
    }

    pub(crate) fn has_named(&self) -> bool {
        !self.only_named.is_empty()
    }

    /// A font stands in an object of its own, or right among a page's resources.
    fn visit(&mut self, object: &Object<'_>, depth: usize) {
        let dict = match object {
            Object::Dict(dict) => dict,
            Object::Stream(stream) => stream.dict(),
            _ => return,
        };
        if let Some(name) = dict.get::<Name<'_>>("BaseFont") {
            let name = self.renamed.get(name.as_str()).cloned().unwrap_or_else(|| told(&name));
            if !is_embedded(dict) {
                self.only_named.insert(name.clone());
            }
            self.names.insert(dict.cache_key(), name);
        } else if depth < DEPTH_MAX {
            for inner in values(dict) {
                self.visit(&inner, depth.saturating_add(1));
            }
        }
    }
}

/// What stands in a dictionary itself. Its own iterator panics over a value that is broken.
pub(crate) fn values<'a>(dict: &Dict<'a>) -> impl Iterator<Item = Object<'a>> {
    dict.keys().filter_map(|key| match dict.get_raw::<Object<'a>>(key)? {
        MaybeRef::NotRef(value) => Some(value),
        MaybeRef::Ref(_) => None,
    })
}

fn is_embedded(font: &Dict<'_>) -> bool {
    let inner = font.get::<Array<'_>>("DescendantFonts");
    let inner = inner.and_then(|all| all.iter::<Dict<'_>>().next());
    let about = inner.as_ref().unwrap_or(font).get::<Dict<'_>>("FontDescriptor");
    about.is_some_and(|about| {
        ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| about.contains_key(key))
    })
}

/// How a page is read, without any face.
pub(crate) fn unseen() -> InterpreterSettings {
    settings(Arc::new(|_| Some((Arc::new(EMPTY), 0))))
}

/// How a page with these words is shown; what a face lacks is put down in `lacks`.
pub(crate) fn shown(
    fonts: &Fonts,
    faces: Arc<dyn Faces>,
    words: Words,
    lacks: Arc<Mutex<Words>>,
) -> InterpreterSettings {
    let renamed = fonts.renamed.clone();
    settings(Arc::new(move |query| {
        let (font, text) = wanted(query, &words, &renamed);
        let face = faces.face(&font, &text)?;
        lacks.lock().unwrap_or_else(PoisonError::into_inner).insert(font, face.lacks);
        let data: FontData = Arc::new(face.data);
        Some((data, face.index))
    }))
}

fn settings(font_resolver: FontResolverFn) -> InterpreterSettings {
    InterpreterSettings { font_resolver, ..InterpreterSettings::default() }
}

/// The font that is asked for, and its characters; of several that may be meant, the one with the
/// most: a query names only the kin of a standard font, and what was compressed in GBK not at all.
fn wanted(query: &FontQuery, words: &Words, renamed: &Renamed) -> (String, BTreeSet<char>) {
    let (name, kin) = match query {
        FontQuery::Standard(font) => {
            let name = font.postscript_name();
            let kin = STANDARD.iter().find(|(family, _)| name.starts_with(family));
            (name, kin.map_or(&[][..], |(_, kin)| kin))
        }
        FontQuery::Fallback(font) => {
            let name = font.post_script_name.as_deref().unwrap_or_default();
            (renamed.get(name).map_or(name, String::as_str), &[][..])
        }
    };
    let may_be = |font: &str| match query {
        FontQuery::Standard(_) => kin.iter().any(|part| font.to_lowercase().contains(part)),
        FontQuery::Fallback(_) => font == name || (!words.contains_key(name) && !font.is_ascii()),
    };
    let meant = words.iter().filter(|(font, _)| may_be(font)).max_by_key(|(_, text)| text.len());
    let unmet = || (name.to_owned(), BTreeSet::new());
    meant.map_or_else(unmet, |(font, text)| (font.clone(), text.clone()))
}
