//! Which face of the standard a font is, by its name.

/// A face that GB/T 9704-2012 names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// 仿宋
    FangSong,
    /// 楷体
    Kai,
    /// 黑体
    Hei,
    /// 小标宋
    BiaoSong,
    /// 宋体
    Song,
}

impl Face {
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::FangSong => &["仿宋", "fangsong", "fandolfang", "fzfs"],
            Self::Kai => &["楷", "kai"],
            Self::Hei => &["黑", "hei", "sanscjk", "sansscn", "gothic"],
            // 方正小标宋 is licensed; a bold 宋体 stands in for it where nothing else is at hand.
            Self::BiaoSong => &["小标宋", "xiaobiaosong", "fzxbs", "fandolsong", "serifcjk"],
            Self::Song => &["宋", "song", "simsun", "serif", "ming"],
        }
    }
}

/// Whether a font is of this face.
#[must_use]
pub fn is(font: &str, face: Face) -> bool {
    // Subsets are named `ABCDEF+Name`.
    let name = font.split_once('+').map_or(font, |(_, name)| name).to_lowercase();
    let name: String = name.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).collect();
    let fang = Face::FangSong.names().iter().any(|known| name.contains(known));
    match face {
        Face::FangSong => fang,
        // 仿宋 is no 宋体.
        Face::Song => !fang && Face::Song.names().iter().any(|known| name.contains(known)),
        other => other.names().iter().any(|known| name.contains(known)),
    }
}

/// A font's name without its subset's mark.
pub(super) fn shown(font: &str) -> String {
    font.split_once('+').map_or(font, |(_, name)| name).to_owned()
}
