//! 图片: a picture in the text of a document: which file it is, what it shows, how wide it stands.
//!
//! The text names the file by its digest, so whatever binds the text binds the picture.

use lingnan_api::Attachment;
use lingnan_journal::{Kind, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Most pictures of one text; a report on a project of public works has some twenty.
pub const PICTURES_MAX: usize = 50;
/// Bytes of one picture: a scanned page in colour at 300 dpi has 3 MB.
pub const PICTURE_BYTES_MAX: u64 = 10 << 20;
/// Bytes of all pictures of one text: PDF, OFD and the text's own copies lie together in the
/// packet of the archives, which holds 150 MB.
pub const PICTURES_BYTES_MAX: u64 = 15 << 20;
/// Longest description, in characters.
pub(crate) const DESCRIPTION_MAX: usize = 200;
/// From a small mark to the whole 版心, in millimetres (GB/T 9704-2012 5.2.1).
const WIDTHS_MM: std::ops::RangeInclusive<u16> = 10..=156;
/// What a picture may be, as its bytes say.
pub(crate) const MEDIA: [&str; 2] = ["image/png", "image/jpeg"];

/// A picture as the text has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// SM3 of its file, in hex.
    pub digest: String,
    /// 说明: what it shows, for those who cannot see it.
    pub description: String,
    /// How wide it stands, in millimetres.
    pub width_mm: u16,
}

/// Why a picture cannot stand in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFault {
    /// More than [`PICTURES_MAX`].
    TooMany,
    /// Not an SM3 in hex.
    Digest,
    /// None, or too long, or with control characters.
    Description,
    /// Narrower or wider than it may be.
    Width,
    /// In a cell of a table.
    InTable,
}

impl PictureFault {
    /// Of it, in words for the drafter.
    pub(crate) const fn sentence(self) -> &'static str {
        match self {
            Self::TooMany => "正文中的图片最多50幅。",
            Self::Digest => "正文中有一幅图片没有指明文件。",
            Self::Description => "每幅图片都要有说明，最多200字，不能换行。",
            Self::Width => "图片的宽度应在10至156毫米之间，156毫米即版心的宽度。",
            Self::InTable => "表格中不能放图片。",
        }
    }
}

impl Picture {
    pub(crate) fn check(&self) -> Result<(), PictureFault> {
        let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if self.digest.len() != 64 || !self.digest.bytes().all(hex) {
            return Err(PictureFault::Digest);
        }
        let said = self.description.trim();
        let long = said.chars().count() > DESCRIPTION_MAX;
        if said.is_empty() || long || said.chars().any(char::is_control) {
            return Err(PictureFault::Description);
        }
        if WIDTHS_MM.contains(&self.width_mm) { Ok(()) } else { Err(PictureFault::Width) }
    }

    /// As it stands among lines of text.
    pub(crate) fn line(&self) -> String {
        format!("〔图：{}〕", self.description)
    }
}

/// The files that a text names and the document does not have yet.
///
/// # Errors
/// A refusal when a picture is neither the document's nor brought by whoever saves, or when all
/// together are too large.
pub(crate) fn new_files(
    body: &crate::body::Body,
    kept: &BTreeMap<String, Attachment>,
    brought: &[Attachment],
) -> Result<Vec<Attachment>, Refusal> {
    let mut all: BTreeMap<&str, &Attachment> = BTreeMap::new();
    for picture in body.pictures() {
        let digest = picture.digest.as_str();
        let file = kept.get(digest).or_else(|| brought.iter().find(|file| file.digest == digest));
        all.insert(digest, file.ok_or_else(|| unknown(picture))?);
    }
    let size = all.values().fold(0_u64, |sum, file| sum.saturating_add(file.size));
    if size > PICTURES_BYTES_MAX {
        let message = format!("正文中的图片共超过{} MB，没有保存。", PICTURES_BYTES_MAX >> 20);
        return Err(Refusal::new(Kind::Invalid, "documents.pictures_large", message)
            .with_next("请压缩图片，或将一部分图片作为附件。"));
    }
    let new = all.into_values().filter(|file| !kept.contains_key(&file.digest));
    Ok(new.cloned().collect())
}

fn unknown(picture: &Picture) -> Refusal {
    let message = format!("没有找到您上传的图片“{}”。", picture.description);
    Refusal::new(Kind::Invalid, "documents.picture_unknown", message)
        .with_next("请删去这幅图片后重新插入；从其他公文复制来的图片也要重新插入。")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::{Block, Body, BodyFault};
    use serde_json::json;

    const DIGEST: &str = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";

    fn picture(digest: &str, description: &str, width_mm: u16) -> Block {
        let (digest, description) = (digest.to_owned(), description.to_owned());
        Block::Image { attrs: Picture { digest, description, width_mm } }
    }

    fn body(content: Vec<Block>) -> Body {
        Body { content, ..Body::default() }
    }

    #[test]
    fn a_picture_has_a_digest_a_description_and_a_width_on_the_page() {
        use PictureFault as F;
        let (long, most) = ("图".repeat(201), "图".repeat(200));
        for (block, expected) in [
            (picture(DIGEST, "水位图", 10), Ok(())),
            (picture(DIGEST, &most, 156), Ok(())),
            (picture(&DIGEST.replacen('6', "", 1), "水位图", 100), Err(F::Digest)),
            (picture(&DIGEST.to_uppercase(), "水位图", 100), Err(F::Digest)),
            (picture(DIGEST, " ", 100), Err(F::Description)),
            (picture(DIGEST, "水\t位", 100), Err(F::Description)),
            (picture(DIGEST, &long, 100), Err(F::Description)),
            (picture(DIGEST, "水位图", 9), Err(F::Width)),
            (picture(DIGEST, "水位图", 157), Err(F::Width)),
        ] {
            assert_eq!(body(vec![block]).check(), expected.map_err(BodyFault::Picture));
        }
        let many = |count| body(vec![picture(DIGEST, "图", 100); count]).check();
        assert_eq!(many(50), Ok(()));
        assert_eq!(many(51), Err(BodyFault::Picture(F::TooMany)));
    }

    #[test]
    fn a_picture_is_a_line_of_the_text_and_stands_in_no_table() {
        let shown = body(vec![picture(DIGEST, "水位图", 100)]);
        assert_eq!(shown.lines(), ["〔图：水位图〕"]);
        let other = body(vec![picture(&DIGEST.replace('6', "5"), "水位图", 100)]);
        assert_ne!(shown.digest("通知"), other.digest("通知"), "the digest binds the picture");
        let cell = json!({ "type": "doc", "content": [{ "type": "table", "content": [
            { "type": "tableRow", "content": [{ "type": "tableCell",
              "content": [picture(DIGEST, "图", 100)] }] }] }] });
        let cell: Body = serde_json::from_value(cell).unwrap();
        assert_eq!(cell.check(), Err(BodyFault::Picture(PictureFault::InTable)));
    }

    #[test]
    fn a_text_names_only_pictures_that_the_document_has_or_that_were_brought() {
        let file = |size| Attachment {
            digest: DIGEST.to_owned(),
            name: "水位图.png".to_owned(),
            size,
            media: "image/png".to_owned(),
        };
        let shown = body(vec![picture(DIGEST, "水位图", 100); 2]);
        let kept = BTreeMap::from([(DIGEST.to_owned(), file(1))]);
        let code = |told: Result<Vec<Attachment>, Refusal>| told.map_err(|refusal| refusal.code);
        let none = BTreeMap::new();
        assert_eq!(
            code(new_files(&shown, &none, &[])),
            Err("documents.picture_unknown".to_owned())
        );
        assert_eq!(code(new_files(&shown, &none, &[file(1)])), Ok(vec![file(1)]));
        assert_eq!(code(new_files(&shown, &kept, &[])), Ok(Vec::new()));
        let large = [file(PICTURES_BYTES_MAX + 1)];
        assert_eq!(
            code(new_files(&shown, &none, &large)),
            Err("documents.pictures_large".to_owned())
        );
    }
}
