//! The text of a document: headings, paragraphs, tables and images.

use serde::{Deserialize, Serialize};

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Block {
    /// A heading: level 1 is 一、 in 黑体, 2 is （一） in 楷体, 3 is 1. and 4 is （1） in 仿宋
    /// (GB/T 9704-2012 7.3.3).
    Heading {
        /// 1 to 4.
        level: u8,
        /// Its text with its ordinal.
        text: String,
        /// What follows it on the same line.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        then: Vec<Span>,
    },
    /// A paragraph.
    Paragraph {
        /// Its runs.
        spans: Vec<Span>,
    },
    /// A table.
    Table {
        /// Its rows; the first `head` of them are repeated on each page.
        rows: Vec<Row>,
        /// How many rows are its head.
        #[serde(default)]
        head: u8,
    },
    /// An image.
    Image(Image),
}

impl Block {
    /// A plain paragraph.
    #[must_use]
    pub fn paragraph(text: &str) -> Self {
        Self::Paragraph { spans: vec![Span::plain(text)] }
    }
}

/// A run of characters of one style; a line feed in it breaks the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The characters.
    pub text: String,
    /// How they are set.
    #[serde(default, skip_serializing_if = "Style::is_plain")]
    pub style: Style,
}

impl Span {
    /// Characters in the style of their surroundings.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), style: Style::default() }
    }
}

/// How characters are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Style {
    /// 加粗
    pub bold: bool,
    /// 倾斜
    pub italic: bool,
    /// 下划线
    pub underline: bool,
}

impl Style {
    fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its cells; places covered by a cell from above or before are left out.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Its paragraphs.
    pub paragraphs: Vec<Vec<Span>>,
    /// Columns covered.
    #[serde(default = "one")]
    pub columns: u8,
    /// Rows covered.
    #[serde(default = "one")]
    pub rows: u8,
}

const fn one() -> u8 {
    1
}

/// An image in the text, PNG or JPEG.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// The file, in base64.
    pub data: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// Its width on the page in millimetres; as wide as the 版心 at most.
    pub width_mm: u16,
}
