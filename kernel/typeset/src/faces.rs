//! Which fonts set which part of a page, and where they are read from.

use std::fmt;
use std::sync::OnceLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

/// A face that GB/T 9704-2012 names (5.2.2, 7.2, 7.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// 仿宋: the text.
    FangSong,
    /// 楷体: headings of the second level, names of signers.
    Kai,
    /// 黑体: headings of the first level, urgency.
    Hei,
    /// 小标宋: mark and title.
    BiaoSong,
    /// 宋体: page numbers.
    Song,
}

impl Face {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::FangSong, Self::Kai, Self::Hei, Self::BiaoSong, Self::Song];

    /// Its Chinese name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FangSong => "仿宋",
            Self::Kai => "楷体",
            Self::Hei => "黑体",
            Self::BiaoSong => "小标宋",
            Self::Song => "宋体",
        }
    }

    /// What the template calls it.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::FangSong => "fangsong",
            Self::Kai => "kaiti",
            Self::Hei => "heiti",
            Self::BiaoSong => "biaosong",
            Self::Song => "songti",
        }
    }

    /// Families by which it is set, best first: the licensed ones that offices own, then free
    /// ones, then faces that have the rare characters of names.
    const fn families(self) -> &'static [&'static str] {
        match self {
            Self::FangSong => &[
                "仿宋_GB2312",
                "FangSong_GB2312",
                "FZFangSong-Z02S",
                "FangSong",
                "FandolFang R",
                "LXGW WenKai",
                "Noto Serif CJK SC",
            ],
            Self::Kai => &[
                "楷体_GB2312",
                "KaiTi_GB2312",
                "FZKai-Z03S",
                "KaiTi",
                "FandolKai",
                "LXGW WenKai",
                "Noto Serif CJK SC",
            ],
            Self::Hei => &["FZHei-B01S", "SimHei", "FandolHei", "Noto Sans CJK SC"],
            Self::BiaoSong => {
                &["方正小标宋简体", "FZXiaoBiaoSong-B05S", "FandolSong", "Noto Serif CJK SC"]
            }
            Self::Song => &["SimSun", "FandolSong", "Noto Serif CJK SC"],
        }
    }
}

/// Families that only stand in for a face: the free ones, and those for rare characters.
const STAND_INS: [&str; 7] = [
    "FandolFang R",
    "FandolKai",
    "FandolHei",
    "FandolSong",
    "LXGW WenKai",
    "Noto Serif CJK SC",
    "Noto Sans CJK SC",
];

/// Gives a font file's bytes, again each time it is asked.
pub type Read = Box<dyn Fn() -> Option<Vec<u8>> + Send + Sync>;

/// The fonts at hand. Of each only its description is kept until a page needs it: the fallbacks
/// are large and most documents need none of them.
pub struct Shelf {
    pub(crate) book: LazyHash<FontBook>,
    slots: Vec<Slot>,
}

struct Slot {
    read: std::sync::Arc<Read>,
    index: u32,
    font: OnceLock<Option<Font>>,
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf").field("fonts", &self.slots.len()).finish()
    }
}

impl Shelf {
    /// The fonts in these files; files that hold none are passed over.
    #[must_use]
    pub fn new(files: Vec<Read>) -> Self {
        let mut book = FontBook::new();
        let mut slots = Vec::new();
        for read in files {
            let Some(bytes) = read() else { continue };
            let read = std::sync::Arc::new(read);
            for (index, info) in (0..).zip(FontInfo::iter(&bytes)) {
                book.push(info);
                slots.push(Slot {
                    read: std::sync::Arc::clone(&read),
                    index,
                    font: OnceLock::new(),
                });
            }
        }
        Self { book: LazyHash::new(book), slots }
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        let slot = self.slots.get(index)?;
        slot.font.get_or_init(|| Font::new(Bytes::new((slot.read)()?), slot.index)).clone()
    }

    /// The families that are at hand for a face, best first.
    #[must_use]
    pub fn families(&self, face: Face) -> Vec<&'static str> {
        let known = |family: &&&str| self.book.contains_family(&family.to_lowercase());
        face.families().iter().filter(known).copied().collect()
    }

    /// Faces of which the family itself is not at hand, each with what it is set by instead.
    #[must_use]
    pub fn stand_ins(&self) -> Vec<(Face, &'static str)> {
        let best = |face| Some((face, *self.families(face).first()?));
        let all = Face::ALL.into_iter().filter_map(best);
        all.filter(|(_, family)| STAND_INS.contains(family)).collect()
    }

    /// Whether any font at hand has a character.
    pub(crate) fn has(&self, character: char) -> bool {
        (0..self.slots.len())
            .filter_map(|index| self.book.info(index))
            .any(|info| info.coverage.contains(u32::from(character)))
    }

    /// Faces for which no font is at hand.
    #[must_use]
    pub fn lacking(&self) -> Vec<Face> {
        Face::ALL.into_iter().filter(|face| self.families(*face).is_empty()).collect()
    }
}
