//! Images: what kind they are by their first bytes, whatever the file says of them.

use crate::limits::PIXELS_MAX;
use crate::model::Bytes;

/// An image that browsers show; a bitmap is made a PNG, and a seal that is a page an SVG.
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
    Svg,
}

impl Picture {
    /// An image, when it is of a kind that is shown.
    #[must_use]
    pub fn of(data: &Bytes) -> Option<Self> {
        let kind = match data.as_ref() {
            [0x89, b'P', b'N', b'G', ..] => PictureKind::Png,
            [0xff, 0xd8, 0xff, ..] => PictureKind::Jpeg,
            [b'G', b'I', b'F', b'8', ..] => PictureKind::Gif,
            [b'B', b'M', ..] => {
                return Some(Self { kind: PictureKind::Png, data: super::bmp::png(data)? });
            }
            _ => return None,
        };
        // Unpacked, a small file may fill the memory; JPEG readers have a limit of their own.
        let long = |at: usize| Some(u32::from_be_bytes(*data.get(at..)?.first_chunk::<4>()?));
        let short = |at: usize| Some(u16::from_le_bytes(*data.get(at..)?.first_chunk::<2>()?));
        let pixels = match kind {
            PictureKind::Png => u64::from(long(16)?) * u64::from(long(20)?),
            PictureKind::Gif => u64::from(short(6)?) * u64::from(short(8)?),
            PictureKind::Jpeg | PictureKind::Svg => 0,
        };
        (pixels <= PIXELS_MAX).then(|| Self { kind, data: data.clone() })
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
            Self::Svg => "image/svg+xml",
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
        [b'B', b'M', ..] => "BMP",
        [0x89, b'P', b'N', b'G', ..] | [b'G', b'I', b'F', ..] => "像素过多",
        _ if format.is_empty() => "格式不明",
        _ => format,
    };
    known.to_owned()
}
