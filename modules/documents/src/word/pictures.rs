//! Pictures of a Word document: in the text where they stood, their bytes apart, to be uploaded by
//! whoever takes the draft.

use crate::body::{Block, sm3_hex};
use crate::picture::{
    DESCRIPTION_MAX, PICTURE_BYTES_MAX, PICTURES_BYTES_MAX, PICTURES_MAX, Picture,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lingnan_gongwen::Image;

/// A picture that the file brought along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// SM3 of its bytes, as the text names it.
    pub digest: String,
    /// Its bytes, in base64.
    pub data: String,
    /// `png` or `jpg`.
    pub ending: &'static str,
}

/// What was brought so far.
#[derive(Default)]
pub(super) struct Pictures {
    pub(super) brought: Vec<Brought>,
    count: usize,
    bytes: u64,
}

impl Pictures {
    /// The picture as a block of the text; none when the text has no room for it, which is told.
    pub(super) fn take(
        &mut self,
        image: Image,
        place: &str,
        dropped: &mut Vec<String>,
    ) -> Option<Block> {
        let bytes = STANDARD.decode(&image.data).unwrap_or_default();
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let all = self.bytes.saturating_add(size);
        let room = size <= PICTURE_BYTES_MAX && all <= PICTURES_BYTES_MAX;
        if bytes.is_empty() || !room || self.count >= PICTURES_MAX {
            let said = &image.description;
            dropped.push(format!(
                "{place}的图片“{said}”没有导入：正文中的图片最多{PICTURES_MAX}幅，每幅{} MB、共{} MB；\
                 请将图片作为附件上传",
                PICTURE_BYTES_MAX >> 20,
                PICTURES_BYTES_MAX >> 20,
            ));
            return None;
        }
        let digest = sm3_hex(&[&bytes]);
        self.count += 1;
        if !self.brought.iter().any(|known| known.digest == digest) {
            self.bytes = all;
            let ending = if bytes.starts_with(b"\x89PNG") { "png" } else { "jpg" };
            self.brought.push(Brought { digest: digest.clone(), data: image.data, ending });
        }
        let description = plain(&image.description);
        if description == lingnan_word::UNDESCRIBED {
            dropped.push(format!("{place}的图片在文件中没有说明，请选中图片后补写"));
        }
        let width_mm = image.width_mm.clamp(10, 156);
        Some(Block::Image { attrs: Picture { digest, description, width_mm } })
    }
}

/// On one line, no longer than a description may be.
fn plain(description: &str) -> String {
    let words = description.split(|c: char| c.is_control() || c.is_whitespace());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    line.chars().take(DESCRIPTION_MAX).collect()
}
