//! The text of a document: headings of four levels, paragraphs, tables and pictures, nothing else.
//!
//! The shape is the editor's own JSON, read strictly: what is not listed here is refused.

use crate::picture::{PICTURES_MAX, Picture, PictureFault};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest text of a document, in characters; the longest State Council document we hold has
/// fewer than 60,000.
pub const CHARACTERS_MAX: usize = 500_000;
/// Most blocks (paragraphs, headings, rows) in a document.
pub const BLOCKS_MAX: usize = 20_000;

/// 正文: a whole text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Always `doc`.
    #[serde(rename = "type")]
    pub kind: Root,
    /// Its blocks, in order.
    #[serde(default)]
    pub content: Vec<Block>,
}

/// The root's only kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Root {
    /// A document.
    #[default]
    Doc,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Block {
    /// A heading: level 1 is 一、, 2 is （一）, 3 is 1. and 4 is （1） (GB/T 9704-2012 7.3.3).
    Heading {
        /// Its level.
        attrs: HeadingAttributes,
        /// Its text.
        #[serde(default)]
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        #[serde(default)]
        content: Vec<Inline>,
    },
    /// A table.
    Table {
        /// Its rows.
        content: Vec<TableRow>,
    },
    /// A picture, on a line of its own.
    Image {
        /// Which, and how it is shown.
        attrs: Picture,
    },
}

/// What a heading says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HeadingAttributes {
    /// 1 to 4.
    pub level: u8,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TableRow {
    /// Always `tableRow`.
    #[serde(rename = "type")]
    pub kind: RowKind,
    /// Its cells.
    #[serde(default)]
    pub content: Vec<TableCell>,
}

/// The only kind of row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum RowKind {
    /// A row.
    TableRow,
}

/// A cell of a table: of its head or of its body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum TableCell {
    /// A cell of the head.
    TableHeader {
        /// How far it reaches.
        #[serde(default)]
        attrs: CellAttributes,
        /// Its paragraphs.
        #[serde(default)]
        #[schema(no_recursion)]
        content: Vec<Block>,
    },
    /// A cell of the body.
    TableCell {
        /// How far it reaches.
        #[serde(default)]
        attrs: CellAttributes,
        /// Its paragraphs.
        #[serde(default)]
        #[schema(no_recursion)]
        content: Vec<Block>,
    },
}

/// How far a cell reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CellAttributes {
    /// Columns covered.
    #[serde(default = "one")]
    pub colspan: u8,
    /// Rows covered.
    #[serde(default = "one")]
    pub rowspan: u8,
    /// Widths of the columns covered, in pixels of the editor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colwidth: Option<Vec<u16>>,
}

impl Default for CellAttributes {
    fn default() -> Self {
        Self { colspan: 1, rowspan: 1, colwidth: None }
    }
}

const fn one() -> u8 {
    1
}

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Inline {
    /// Characters with their marks.
    Text {
        /// The characters.
        text: String,
        /// Bold, italic, underline.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<Mark>,
    },
    /// A line break within a paragraph.
    HardBreak,
}

/// How characters are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Mark {
    /// 加粗
    Bold,
    /// 倾斜
    Italic,
    /// 下划线
    Underline,
}

/// Why a text cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFault {
    /// More than [`CHARACTERS_MAX`] characters or [`BLOCKS_MAX`] blocks.
    TooLong,
    /// A heading whose level is not 1 to 4.
    HeadingLevel,
    /// A table within a table.
    NestedTable,
    /// A NUL or another control character.
    ControlCharacter,
    /// A picture that cannot stand there.
    Picture(PictureFault),
}

impl Body {
    /// Checks what the shape alone cannot say.
    ///
    /// # Errors
    /// The first [`BodyFault`] found.
    pub fn check(&self) -> Result<(), BodyFault> {
        let lines = self.lines();
        let characters: usize = lines.iter().map(|line| line.chars().count()).sum();
        if characters > CHARACTERS_MAX || lines.len() > BLOCKS_MAX {
            return Err(BodyFault::TooLong);
        }
        if lines.iter().any(|line| line.chars().any(|c| c.is_control() && c != '\t')) {
            return Err(BodyFault::ControlCharacter);
        }
        if self.pictures().count() > PICTURES_MAX {
            return Err(BodyFault::Picture(PictureFault::TooMany));
        }
        self.content.iter().try_for_each(check_block)
    }

    /// Its pictures, in order; one that stands twice comes twice.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        self.content.iter().filter_map(|block| match block {
            Block::Image { attrs } => Some(attrs),
            _ => None,
        })
    }

    /// The text as lines: one per heading, paragraph, picture and table row (cells apart by tabs).
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.lines_with(Picture::line)
    }

    /// The text as lines, with `picture` for a picture.
    #[must_use]
    pub(crate) fn lines_with(&self, picture: impl Fn(&Picture) -> String) -> Vec<String> {
        let mut lines = Vec::new();
        for block in &self.content {
            match block {
                Block::Table { content } => {
                    lines.extend(content.iter().map(|row| {
                        row.content.iter().map(cell_text).collect::<Vec<_>>().join("\t")
                    }));
                }
                Block::Heading { content, .. } | Block::Paragraph { content } => {
                    lines.push(inline_text(content));
                }
                Block::Image { attrs } => lines.push(picture(attrs)),
            }
        }
        lines
    }

    /// SM3 over the canonical text (GB/T 32905), in hex: what an opinion and a signature bind.
    #[must_use]
    pub fn digest(&self, title: &str) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        let text = lingnan_journal::canonical::text(&value);
        sm3_hex(&[title.as_bytes(), b"\0", text.as_bytes()])
    }

    /// A text of plain paragraphs.
    #[must_use]
    pub fn from_lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let paragraph = |line: &str| Block::Paragraph {
            content: vec![Inline::Text { text: line.to_owned(), marks: Vec::new() }],
        };
        let content =
            lines.into_iter().map(str::trim).filter(|l| !l.is_empty()).map(paragraph).collect();
        Self { kind: Root::Doc, content }
    }
}

/// SM3 (GB/T 32905) of several parts in a row, in hex.
pub(crate) fn sm3_hex(parts: &[&[u8]]) -> String {
    hex::encode(sm3(parts))
}

/// SM3 (GB/T 32905) of several parts in a row.
pub(crate) fn sm3(parts: &[&[u8]]) -> [u8; 32] {
    use sm3::Digest;
    parts.iter().fold(sm3::Sm3::new(), |sm3, part| sm3.chain_update(part)).finalize().into()
}

fn check_block(block: &Block) -> Result<(), BodyFault> {
    match block {
        Block::Heading { attrs, .. } if !(1..=4).contains(&attrs.level) => {
            Err(BodyFault::HeadingLevel)
        }
        Block::Table { content } => {
            let cells = content.iter().flat_map(|row| &row.content);
            cells.flat_map(cell_blocks).try_for_each(|block| match block {
                Block::Table { .. } => Err(BodyFault::NestedTable),
                Block::Image { .. } => Err(BodyFault::Picture(PictureFault::InTable)),
                Block::Heading { .. } | Block::Paragraph { .. } => Ok(()),
            })
        }
        Block::Image { attrs } => attrs.check().map_err(BodyFault::Picture),
        _ => Ok(()),
    }
}

fn cell_blocks(cell: &TableCell) -> &[Block] {
    match cell {
        TableCell::TableHeader { content, .. } | TableCell::TableCell { content, .. } => content,
    }
}

fn cell_text(cell: &TableCell) -> String {
    let one = |block: &Block| match block {
        Block::Heading { content, .. } | Block::Paragraph { content } => inline_text(content),
        Block::Table { .. } | Block::Image { .. } => String::new(),
    };
    cell_blocks(cell).iter().map(one).collect::<Vec<_>>().join(" ")
}

fn inline_text(content: &[Inline]) -> String {
    content
        .iter()
        .map(|inline| match inline {
            Inline::Text { text, .. } => text.as_str(),
            Inline::HardBreak => "\t",
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_editors_json_is_read_strictly() {
        let good = json!({"type": "doc", "content": [
            {"type": "heading", "attrs": {"level": 1},
             "content": [{"type": "text", "text": "总体要求"}]},
            {"type": "paragraph", "content": [
                {"type": "text", "text": "各市", "marks": [{"type": "bold"}]},
                {"type": "hardBreak"}]},
            {"type": "table", "content": [{"type": "tableRow", "content": [
                {"type": "tableHeader", "attrs": {"colspan": 2, "rowspan": 1, "colwidth": null},
                 "content": [{"type": "paragraph", "content": [{"type": "text", "text": "甲"}]}]}]}]}
        ]});
        let body: Body = serde_json::from_value(good).unwrap();
        assert_eq!(body.lines(), ["总体要求", "各市\t", "甲"]);
        assert_eq!(body.check(), Ok(()));
        for bad in [
            json!({"type": "doc", "content": [{"type": "image", "src": "http://x"}]}),
            json!({"type": "doc", "content": [{"type": "paragraph", "onclick": "x"}]}),
            json!({"type": "page", "content": []}),
        ] {
            assert!(serde_json::from_value::<Body>(bad).is_err());
        }
    }

    #[test]
    fn one_changed_character_changes_the_digest() {
        let (a, b) = (Body::from_lines(["拨付三百万元"]), Body::from_lines(["拨付三千万元"]));
        assert_ne!(a.digest("通知"), b.digest("通知"));
        assert_ne!(a.digest("通知"), a.digest("通告"));
        assert_eq!(a.digest("通知").len(), 64);
    }
}
