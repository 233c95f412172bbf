//! A Word document laid flat: lines, tables and images in the order they are read.

use super::words::tight;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lingnan_docx::model::{
    Align, Block, Cell, Document, Form, Indent, Look, Paragraph, Piece, Table,
};
use lingnan_gongwen as gongwen;
use lingnan_gongwen::{Image, Span, Style, limits, table_columns};

/// Half points from which characters are large: those of a title.
pub(crate) const LARGE: i64 = 36;
/// English metric units of a millimetre.
const EMU: i64 = 36_000;

/// Something that is read.
#[derive(Debug, Clone)]
pub(crate) enum Item {
    /// A paragraph, or what of it stands on one page.
    Line(Line),
    /// A table or an image as they will be.
    Other(gongwen::Block),
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// Its characters.
    pub(crate) text: String,
    /// The same, run by run.
    pub(crate) runs: Vec<(String, Look)>,
    pub(crate) form: Form,
    /// It begins a page.
    pub(crate) new_page: bool,
    /// It stands in the head of the first page.
    pub(crate) in_head: bool,
    /// Which paragraph it is, from 1.
    pub(crate) place: usize,
}

impl Line {
    fn first(&self) -> Option<&Look> {
        let seen = |(text, _): &&(String, Look)| !text.trim().is_empty();
        self.runs.iter().find(seen).map(|(_, look)| look)
    }

    /// Half points of its first characters.
    pub(crate) fn size(&self) -> i64 {
        self.first().and_then(|look| look.size).unwrap_or(21)
    }

    pub(crate) fn is_red(&self) -> bool {
        let color = self.first().and_then(|look| look.color);
        color.is_some_and(|[red, green, blue]| red > 150 && green < 110 && blue < 110)
    }

    pub(crate) fn is_centered(&self) -> bool {
        self.form.align == Some(Align::Center)
    }

    /// Whether it begins further in than the lines after it.
    pub(crate) fn is_indented(&self) -> bool {
        let positive = |indent: Indent| match indent {
            Indent::Twips(count) | Indent::Characters(count) => count > 0,
        };
        self.text.starts_with(['\u{3000}', ' ', '\t']) || self.form.first.is_some_and(positive)
    }

    /// Its characters without any blanks.
    pub(crate) fn tight(&self) -> String {
        tight(&self.text)
    }
}

impl Item {
    pub(crate) fn is_blank(&self) -> bool {
        matches!(self, Self::Line(line) if line.text.trim().is_empty())
    }

    pub(crate) fn line(&self) -> Option<&Line> {
        match self {
            Self::Line(line) => Some(line),
            Self::Other(_) => None,
        }
    }
}

struct Flat<'a> {
    items: Vec<Item>,
    dropped: &'a mut Vec<String>,
    place: usize,
    tables: usize,
    in_head: bool,
    /// A page break came before.
    broken: bool,
}

/// The document's items; a mark in the head of the first page comes first.
pub(crate) fn items(document: &Document, dropped: &mut Vec<String>) -> Vec<Item> {
    let (items, tables) = (Vec::new(), 0);
    let mut flat = Flat { items, dropped, place: 0, tables, in_head: true, broken: false };
    for section in document.sections.iter().take(1).filter(|section| section.own_first) {
        flat.blocks(&section.first.head);
        flat.items.retain(|item| item.line().is_some_and(|l| l.is_red() && l.size() >= LARGE));
    }
    flat.in_head = false;
    flat.place = 0;
    flat.blocks(&document.body);
    let mut told = Vec::new();
    for section in &document.sections {
        let margins = [Some(&section.odd), section.even.as_ref()].into_iter().flatten();
        for margins in margins.chain(Some(&section.first).filter(|_| section.own_first)) {
            for (name, blocks) in [("页眉", &margins.head), ("页脚", &margins.foot)] {
                let mut text = Vec::new();
                said(blocks, &mut text);
                let text = tight(&text.concat());
                let number = |c: char| c.is_ascii_digit() || "-—－–·第页共/".contains(c);
                let known = flat.items.iter().filter_map(Item::line).any(|l| l.tight() == text);
                if !text.chars().all(number) && !known {
                    told.push(format!("{name}“{text}”没有导入：公文不设页眉页脚文字"));
                }
            }
        }
    }
    told.sort();
    told.dedup();
    flat.dropped.extend(told);
    flat.items
}

/// Every line of the file, those of heads and feet first.
pub(crate) fn lines(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for section in &document.sections {
        for margins in [Some(&section.odd), section.even.as_ref(), Some(&section.first)] {
            let Some(margins) = margins else { continue };
            said(&margins.head, &mut lines);
            said(&margins.foot, &mut lines);
        }
    }
    said(&document.body, &mut lines);
    lines.retain(|line| !line.trim().is_empty());
    lines
}

fn said(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                for piece in &paragraph.pieces {
                    if let Piece::Boxed(inner) = piece {
                        said(&inner.blocks, lines);
                    }
                }
                lines.push(paragraph.text());
            }
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells.for_each(|cell| said(&cell.blocks, lines));
            }
        }
    }
}

impl Flat<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph),
                Block::Table(table) if is_layout(table) => self.layout(table),
                Block::Table(one) => {
                    self.tables += 1;
                    self.place += count(&Block::Table(one.clone()));
                    match self.table(one) {
                        Some(block) => self.items.push(Item::Other(block)),
                        None => self.as_text(one),
                    }
                }
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        self.place += 1;
        let place = self.place;
        let boxes = paragraph.pieces.iter().filter_map(|piece| match piece {
            Piece::Boxed(text_box) => Some(&text_box.blocks),
            _ => None,
        });
        boxes.for_each(|blocks| self.blocks(blocks));
        let begin = |flat: &Self, new_page: bool| Line {
            form: paragraph.form.clone(),
            new_page,
            in_head: flat.in_head,
            place,
            ..Line::default()
        };
        let new_page = paragraph.form.new_page == Some(true) || std::mem::take(&mut self.broken);
        let mut line = begin(self, new_page);
        let mut ordinal = paragraph.ordinal.clone();
        for piece in &paragraph.pieces {
            match piece {
                Piece::Text(run) => {
                    let text = std::mem::take(&mut ordinal) + &run.text;
                    line.text.push_str(&text);
                    line.runs.push((text, run.look.clone()));
                }
                Piece::PageBreak => {
                    self.items.push(Item::Line(std::mem::replace(&mut line, begin(self, true))));
                    self.broken = true;
                }
                Piece::Image(image) => {
                    self.items.push(Item::Line(std::mem::replace(&mut line, begin(self, false))));
                    self.items.push(Item::Other(picture(image)));
                }
                Piece::PageNumber(_) | Piece::Boxed(_) => {}
            }
        }
        if !line.text.trim().is_empty() {
            self.broken = false;
        }
        self.items.push(Item::Line(line));
    }

    /// A table that only places lines: its rows as lines, cells of one line apart by tabs.
    fn layout(&mut self, table: &Table) {
        for row in &table.rows {
            let texts: Vec<&Paragraph> = row.cells.iter().flat_map(paragraphs).collect();
            if texts.len() > row.cells.len() || row.cells.len() < 2 {
                texts.into_iter().for_each(|paragraph| self.paragraph(paragraph));
                continue;
            }
            let mut joined = texts.first().map(|first| (*first).clone()).unwrap_or_default();
            for text in texts.iter().skip(1) {
                joined.pieces.push(Piece::text("\t"));
                joined.pieces.extend(text.pieces.iter().cloned());
            }
            self.paragraph(&joined);
        }
    }

    /// A table as it will be, if its rows make a grid.
    fn table(&mut self, table: &Table) -> Option<gongwen::Block> {
        let nth = self.tables;
        let mut odd = (false, false);
        let rows: Option<Vec<gongwen::Row>> = table
            .rows
            .iter()
            .map(|row| {
                let cells = row.cells.iter().map(|cell| self::cell(cell, &mut odd));
                Some(gongwen::Row { cells: cells.collect::<Option<_>>()? })
            })
            .collect();
        if odd.0 {
            self.dropped.push(format!("第{nth}个表格中嵌套了表格，已改为文字"));
        }
        if odd.1 {
            self.dropped.push(format!("第{nth}个表格中的图片没有导入"));
        }
        let rows = rows.filter(|rows| !rows.is_empty())?;
        table_columns(&rows).filter(|columns| *columns <= limits::COLUMNS_MAX)?;
        let heads = table.rows.iter().take_while(|row| row.head).count();
        Some(gongwen::Block::Table { rows, head: u8::try_from(heads).unwrap_or(0) })
    }

    fn as_text(&mut self, table: &Table) {
        let nth = self.tables;
        self.dropped.push(format!("第{nth}个表格的行列对不齐或列数过多，已改为文字"));
        for row in &table.rows {
            let cells = row.cells.iter().map(|cell| {
                paragraphs(cell).into_iter().map(Paragraph::text).collect::<Vec<_>>().join(" ")
            });
            let text = cells.collect::<Vec<_>>().join("\t");
            let runs = vec![(text.clone(), Look::default())];
            let place = self.place;
            self.items.push(Item::Line(Line { text, runs, place, ..Line::default() }));
        }
    }
}

/// How many paragraphs a block has, as the reader counts them.
fn count(block: &Block) -> usize {
    match block {
        Block::Paragraph(_) => 1,
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.flat_map(|cell| &cell.blocks).map(count).sum()
        }
    }
}

/// The paragraphs of a cell, those of tables within it with them.
fn paragraphs(cell: &Cell) -> Vec<&Paragraph> {
    let mut all = Vec::new();
    for block in &cell.blocks {
        match block {
            Block::Paragraph(paragraph) => all.push(paragraph),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                all.extend(cells.flat_map(paragraphs));
            }
        }
    }
    all
}

/// Whether a table of one or two columns only places the mark, the signers or the 版记.
fn is_layout(table: &Table) -> bool {
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    let narrow = table.rows.iter().all(|row| row.cells.len() <= 3);
    let telling = |paragraph: &Paragraph| {
        let text = tight(&paragraph.text());
        let red = |color: Option<[u8; 3]>| color.is_some_and(|[red, ..]| red > 150);
        let large = paragraph.pieces.iter().any(|piece| match piece {
            Piece::Text(run) => run.look.size.unwrap_or(0) >= LARGE && red(run.look.color),
            _ => false,
        });
        large
            || text.starts_with("抄送：")
            || text.starts_with("抄送:")
            || text.ends_with("印发")
            || text.contains("签发人：")
    };
    narrow && table.rows.len() <= 8 && cells().flat_map(paragraphs).any(telling)
}

fn cell(cell: &Cell, odd: &mut (bool, bool)) -> Option<gongwen::Cell> {
    odd.0 |= cell.blocks.iter().any(|block| matches!(block, Block::Table(_)));
    let all = paragraphs(cell);
    let image = |piece: &Piece| matches!(piece, Piece::Image(_));
    odd.1 |= all.iter().any(|paragraph| paragraph.pieces.iter().any(image));
    let spans = all.iter().map(|paragraph| {
        let ordinal = (!paragraph.ordinal.is_empty()).then(|| Span::plain(&paragraph.ordinal));
        let runs = paragraph.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(run) => Some(span(&run.text, &run.look)),
            _ => None,
        });
        merged(ordinal.into_iter().chain(runs))
    });
    Some(gongwen::Cell {
        paragraphs: spans.filter(|spans| !spans.is_empty()).collect(),
        columns: u8::try_from(cell.columns).ok()?,
        rows: u8::try_from(cell.rows).ok()?,
    })
}

pub(crate) fn span(text: &str, look: &Look) -> Span {
    let style = Style {
        bold: look.bold == Some(true),
        italic: look.italic == Some(true),
        underline: look.underline == Some(true),
    };
    let shown = |c: &char| !c.is_control() || matches!(c, '\t' | '\n');
    Span { text: text.chars().filter(shown).collect(), style }
}

/// Spans of one style become one.
pub(crate) fn merged(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::new();
    for span in spans.filter(|span| !span.text.is_empty()) {
        match all.last_mut() {
            Some(last) if last.style == span.style => last.text.push_str(&span.text),
            _ => all.push(span),
        }
    }
    all
}

/// An image: half a page wide when its file does not say how wide.
fn picture(image: &lingnan_docx::model::Image) -> gongwen::Block {
    let width = u16::try_from(image.width / EMU).ok().filter(|width| *width > 0);
    let description = match image.description.trim() {
        "" => super::UNDESCRIBED.to_owned(),
        said => said.to_owned(),
    };
    let data = STANDARD.encode(&image.data);
    gongwen::Block::Image(Image { data, description, width_mm: width.unwrap_or(78).min(156) })
}
