//! An official document: every element that GB/T 9704-2012 puts on its pages.

use crate::{Block, Fault, Format, Kind, Number, Urgency};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Limits of what is set; far above any real document, and there so that no input runs on.
pub mod limits {
    /// Characters of a title; GB/T 9704 has none, but five lines of it no longer fit a first page.
    pub const TITLE_MAX: usize = 200;
    /// Characters of any other single line.
    pub const LINE_MAX: usize = 200;
    /// Characters of who adopted a document: a regulation amended nine times says so in 870.
    pub const ADOPTED_MAX: usize = 2_000;
    /// Issuing organs of one document.
    pub const ISSUERS_MAX: usize = 12;
    /// Addressees, and as many copied to.
    pub const ADDRESSEES_MAX: usize = 300;
    /// Blocks of text, those of the annexes with them.
    pub const BLOCKS_MAX: usize = 40_000;
    /// Characters of text.
    pub const CHARACTERS_MAX: usize = 500_000;
    /// Columns of a table.
    pub const COLUMNS_MAX: usize = 40;
    /// Annexes.
    pub const ANNEXES_MAX: usize = 50;
}

/// An official document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gongwen {
    /// 文种
    pub kind: Kind,
    /// 版式; by [`Kind::format`] when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// 份号: set with six digits (7.2.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_number: Option<u32>,
    /// 紧急程度
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// 发文机关: full or standard short names, the lead first.
    pub issuers: Vec<String>,
    /// Whether 文件 stands beside the names in the 发文机关标志.
    #[serde(default)]
    pub mark: Mark,
    /// 发文字号
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    /// 签发人, of upward documents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signers: Vec<Signer>,
    /// 标题; a line feed in it is where its author breaks the line.
    pub title: String,
    /// 题注: by which meeting it was passed, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted: Option<String>,
    /// 主送机关, in groups of a kind: 、 within a group, ， between groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Vec<String>>,
    /// 正文
    pub body: Vec<Block>,
    /// 附件
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annexes: Vec<Annex>,
    /// How it ends: sealed, unsealed, or with a signature stamp.
    #[serde(default)]
    pub signature: Signature,
    /// 成文日期
    pub date: Date,
    /// 附注, without its brackets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who attended, of minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Attendance>,
    /// 抄送机关, in groups as the addressees are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<Vec<String>>,
    /// 印发机关和印发日期
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printing: Option<Printing>,
}

/// What the 发文机关标志 consists of (7.2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The name and 文件.
    #[default]
    WithWord,
    /// The name alone.
    NameOnly,
}

/// 签发人 of one issuing organ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// The name.
    pub name: String,
}

/// 附件
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annex {
    /// Its name, the same in 附件说明 and at its head (7.3.7).
    pub name: String,
    /// Its text; an annex without one is bound apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<Block>,
}

/// How a document ends (7.3.5).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Signature {
    /// 加盖印章 (7.3.5.1): room is left for each organ's seal.
    #[default]
    Sealed,
    /// 不加盖印章 (7.3.5.2)
    Unsealed,
    /// 加盖签发人签名章 (7.3.5.3)
    Stamped(Vec<Stamp>),
    /// Nothing but the date, which stands under the title (决议、公报).
    None,
}

/// 签名章 of a signer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// 职务
    pub post: String,
    /// The name, set in red until the stamp itself is there.
    pub name: String,
}

/// 出席、请假、列席 (10.3)
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Attendance {
    /// 出席
    pub present: Vec<String>,
    /// 请假
    pub absent: Vec<String>,
    /// 列席
    pub observers: Vec<String>,
}

/// 印发机关和印发日期 (7.4.3)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Printing {
    /// Which office sends it to print.
    pub office: String,
    /// When.
    pub date: Date,
}

impl Gongwen {
    /// 版式
    #[must_use]
    pub fn format(&self) -> Format {
        self.format.unwrap_or_else(|| self.kind.format())
    }

    /// Checks what its types alone cannot say.
    ///
    /// # Errors
    /// Every [`Fault`] found, in the order of the page; never an empty list.
    pub fn check(&self) -> Result<(), Vec<Fault>> {
        let mut faults = Vec::new();
        self.check_head(&mut faults);
        self.check_lines(&mut faults);
        let all = || self.body.iter().chain(self.annexes.iter().flat_map(|annex| &annex.body));
        if all().count() > limits::BLOCKS_MAX {
            faults.push(Fault::TooMuch { what: "正文段落", max: limits::BLOCKS_MAX });
        }
        let characters: usize = all().map(Block::characters).sum();
        if characters > limits::CHARACTERS_MAX {
            faults.push(Fault::TooMuch { what: "正文字数", max: limits::CHARACTERS_MAX });
        }
        if self.body.is_empty() {
            faults.push(Fault::Missing("正文"));
        }
        let tables = all().filter(|block| matches!(block, Block::Table { .. }));
        faults.extend((1..).zip(tables).filter_map(|(nth, table)| table.check_grid(nth)));
        faults.extend(all().filter_map(Block::fault));
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn check_head(&self, faults: &mut Vec<Fault>) {
        if self.issuers.is_empty() {
            faults.push(Fault::Missing("发文机关"));
        }
        if self.title.trim().is_empty() {
            faults.push(Fault::Missing("标题"));
        }
        let counts = [
            ("标题字数", self.title.chars().count(), limits::TITLE_MAX),
            ("发文机关", self.issuers.len(), limits::ISSUERS_MAX),
            ("签发人", self.signers.len(), limits::ISSUERS_MAX),
            ("主送机关", self.recipients.iter().flatten().count(), limits::ADDRESSEES_MAX),
            ("抄送机关", self.copies.iter().flatten().count(), limits::ADDRESSEES_MAX),
            ("附件", self.annexes.len(), limits::ANNEXES_MAX),
        ];
        let over = counts.into_iter().filter(|(_, count, max)| count > max);
        faults.extend(over.map(|(what, _, max)| Fault::TooMuch { what, max }));
    }

    fn check_lines(&self, faults: &mut Vec<Fault>) {
        let stamps = match &self.signature {
            Signature::Stamped(stamps) => stamps.as_slice(),
            _ => &[],
        };
        let lines = (self.issuers.iter().map(|line| ("发文机关", line)))
            .chain([("标题", &self.title)])
            .chain(self.signers.iter().map(|signer| ("签发人", &signer.name)))
            .chain(self.recipients.iter().flatten().map(|line| ("主送机关", line)))
            .chain(self.copies.iter().flatten().map(|line| ("抄送机关", line)))
            .chain(self.annexes.iter().map(|annex| ("附件名称", &annex.name)))
            .chain(self.note.iter().map(|line| ("附注", line)))
            .chain(self.adopted.iter().map(|line| ("题注", line)))
            .chain(self.printing.iter().map(|printing| ("印发机关", &printing.office)))
            .chain(stamps.iter().flat_map(|s| [("签名章", &s.post), ("签名章", &s.name)]));
        for (what, line) in lines {
            let max = if what == "题注" { limits::ADOPTED_MAX } else { limits::LINE_MAX };
            if what != "标题" && line.chars().count() > max {
                faults.push(Fault::TooMuch { what, max });
            }
            let control = |c: char| c.is_control() && !(what == "标题" && c == '\n');
            if line.chars().any(control) {
                faults.push(Fault::Control(what));
            }
        }
    }
}

impl Block {
    /// How many characters it has.
    #[must_use]
    pub fn characters(&self) -> usize {
        self.text().chars().count()
    }

    /// Its characters, without any style; cells apart by tabs, rows by line feeds.
    #[must_use]
    pub fn text(&self) -> String {
        let joined = |spans: &[crate::Span]| -> String {
            spans.iter().map(|span| span.text.as_str()).collect()
        };
        match self {
            Self::Heading { text, then, .. } => format!("{text}{}", joined(then)),
            Self::Paragraph { spans } => joined(spans),
            Self::Table { rows, .. } => {
                let cell = |cell: &crate::Cell| {
                    cell.paragraphs.iter().map(|p| joined(p)).collect::<Vec<String>>().join("\n")
                };
                let row = |row: &crate::Row| {
                    row.cells.iter().map(cell).collect::<Vec<String>>().join("\t")
                };
                rows.iter().map(row).collect::<Vec<String>>().join("\n")
            }
            Self::Image(_) => String::new(),
        }
    }

    fn fault(&self) -> Option<Fault> {
        let text = self.text();
        if let Self::Heading { level, .. } = self
            && !(1..=4).contains(level)
        {
            return Some(Fault::Level(*level));
        }
        if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n')) {
            return Some(Fault::Control("正文"));
        }
        text.contains("此页无正文").then_some(Fault::EmptyPageNote)
    }

    /// Whether each place of the table is covered exactly once.
    fn check_grid(&self, nth: usize) -> Option<Fault> {
        let Self::Table { rows, .. } = self else { return None };
        match columns(rows) {
            None => Some(Fault::Table(nth)),
            Some(width) if width > limits::COLUMNS_MAX => {
                Some(Fault::TooMuch { what: "表格列数", max: limits::COLUMNS_MAX })
            }
            Some(_) => None,
        }
    }
}

/// How many columns a table has; none when its rows do not make a grid.
#[must_use]
pub fn columns(rows: &[crate::Row]) -> Option<usize> {
    let mut hanging: Vec<u8> = Vec::new();
    let mut width = None;
    for row in rows {
        let mut cells = row.cells.iter();
        let mut place = 0;
        let total = width.unwrap_or_else(|| {
            row.cells.iter().map(|cell| usize::from(cell.columns)).sum::<usize>()
        });
        hanging.resize(total, 0);
        while place < total {
            let covered = hanging.get_mut(place)?;
            if *covered > 0 {
                *covered -= 1;
                place += 1;
                continue;
            }
            let cell = cells.next()?;
            let reach = place.checked_add(usize::from(cell.columns))?;
            if cell.columns == 0 || cell.rows == 0 {
                return None;
            }
            for below in hanging.get_mut(place..reach)? {
                if *below > 0 {
                    return None;
                }
                *below = cell.rows - 1;
            }
            place = reach;
        }
        if cells.next().is_some() {
            return None;
        }
        width = Some(total);
    }
    width.filter(|width| *width > 0 && hanging.iter().all(|left| *left == 0))
}
