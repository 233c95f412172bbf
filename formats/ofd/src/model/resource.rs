//! What objects refer to: fonts, images, kept styles and drawings (GB/T 33190-2016 7.9).

use super::{Bytes, Id, Object, Style};

/// A font, embedded or only named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Font {
    /// Its id.
    pub id: Id,
    /// The face, as `FandolSong-Regular`.
    pub name: String,
    /// The family, or empty.
    pub family: String,
    /// Which characters it has: `unicode` unless it says otherwise.
    pub charset: Charset,
    /// Whether it is a bold face.
    pub bold: bool,
    /// Whether it is a slanted face.
    pub italic: bool,
    /// Whether it has serifs.
    pub serif: bool,
    /// Whether its characters are equally wide.
    pub fixed_width: bool,
    /// The font file (TrueType or OpenType), or none: then the reader's machine must have it.
    pub data: Option<Bytes>,
}

/// The characters of a font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the standard's own words")]
pub enum Charset {
    #[default]
    Unicode,
    Symbol,
    Prc,
    Big5,
    ShiftJis,
    Wansung,
    Johab,
}

/// An image, a sound or a film.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Its id.
    pub id: Id,
    /// Which of them.
    pub kind: MediaKind,
    /// As `PNG`, `JPEG`, or empty.
    pub format: String,
    /// The file.
    pub data: Bytes,
}

/// What a media file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// To be seen.
    Image,
    /// To be heard.
    Audio,
    /// Both.
    Video,
}

/// A kept style (绘制参数, GB/T 33190-2016 8.2).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DrawParam {
    /// Its id.
    pub id: Id,
    /// The one it goes by where it says nothing itself.
    pub relative: Option<Id>,
    /// What it says.
    pub style: Style,
}

/// A kept drawing (矢量图像) that composite objects show.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Composite {
    /// Its id.
    pub id: Id,
    /// How wide its space is.
    pub width: f64,
    /// How high its space is.
    pub height: f64,
    /// What is in it, the lowest first.
    pub objects: Vec<Object>,
}
