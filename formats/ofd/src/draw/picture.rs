//! Images: what kind they are by their first bytes, whatever the file says of them.

use crate::model::Bytes;

/// An image that browsers show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What kind.
    pub kind: PictureKind,
    /// The file.
    pub data: Bytes,
}

/// What kind of image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the formats' own names")]
pub enum PictureKind {
    Png,
    Jpeg,
    Gif,
    Bmp,
}

impl Picture {
    /// An image, when it is of a kind that is shown.
    #[must_use]
    pub fn of(data: &Bytes) -> Option<Self> {
        let kind = match data.as_ref() {
            [0x89, b'P', b'N', b'G', ..] => PictureKind::Png,
            [0xff, 0xd8, 0xff, ..] => PictureKind::Jpeg,
            [b'G', b'I', b'F', b'8', ..] => PictureKind::Gif,
            [b'B', b'M', ..] => PictureKind::Bmp,
            _ => return None,
        };
        Some(Self { kind, data: data.clone() })
    }
}

impl PictureKind {
    /// Its media type.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Bmp => "image/bmp",
        }
    }
}

/// What an image that is not shown calls itself, or is.
pub(super) fn named(data: &[u8], format: &str) -> String {
    let known = match data {
        [] => "文件缺失",
        [0x97, b'J', b'B', b'2', ..] => "JBIG2",
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => "TIFF",
        [0, 0, 0, 12, b'j', b'P', ..] => "JPEG 2000",
        _ if format.is_empty() => "格式不明",
        _ => format,
    };
    known.to_owned()
}
