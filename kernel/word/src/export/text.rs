//! 正文: headings, paragraphs, tables and images (7.3.3).

use super::style::{FANG, HEI, KAI, SIZE_3, WIDTH, indented, look, paragraph, run};
use crate::twips;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lingnan_docx::model::{
    Align, Block, Cell, Form, Image, Look, Piece, Pitch, Row, Table, TablePlace,
};
use lingnan_gongwen as gongwen;
use lingnan_gongwen::{Span, figures, table_columns};

/// Half points of a table's characters, and the size of Latin ones beside them.
const TABLE_SIZE: i64 = 24;
/// English metric units of a millimetre.
const EMU: i64 = 36_000;

pub(super) fn body(all: &[gongwen::Block], body: &mut Vec<Block>) {
    body.extend(all.iter().map(block));
}

fn block(block: &gongwen::Block) -> Block {
    match block {
        gongwen::Block::Heading { level, text, then } => heading(*level, text, then),
        gongwen::Block::Paragraph { spans } => paragraph(indented(), pieces(spans, None)),
        gongwen::Block::Table { rows, head } => Block::Table(table(rows, *head)),
        gongwen::Block::Image(one) => image(one),
    }
}

/// A heading with text after it on the same line bears the style on its own characters only.
fn heading(level: u8, text: &str, then: &[Span]) -> Block {
    let face = match level {
        1 => look(HEI, SIZE_3),
        2 => look(KAI, SIZE_3),
        3 => Look { bold: Some(true), ..look(FANG, SIZE_3) },
        _ => look(FANG, SIZE_3),
    };
    if then.is_empty() {
        let form = Form { heading: Some(level), keep_next: Some(true), ..indented() };
        return paragraph(form, vec![run(text, face)]);
    }
    let face = Look { heading: Some(level), ..face };
    let all = std::iter::once(run(text, face)).chain(pieces(then, None));
    paragraph(indented(), all.collect())
}

fn pieces(spans: &[Span], size: Option<i64>) -> Vec<Piece> {
    let piece = |span: &Span| {
        let style = span.style;
        let on = |yes: bool| yes.then_some(true);
        let look = Look {
            size,
            bold: on(style.bold),
            italic: on(style.italic),
            underline: on(style.underline),
            ..Look::default()
        };
        run(&span.text, look)
    };
    spans.iter().map(piece).collect()
}

fn table(rows: &[gongwen::Row], head: u8) -> Table {
    let columns = widths(rows);
    let rows = rows.iter().enumerate().map(|(nth, row)| Row {
        head: nth < usize::from(head),
        cells: row.cells.iter().map(cell).collect(),
    });
    Table { columns, rows: rows.collect(), place: TablePlace::Lined }
}

fn cell(cell: &gongwen::Cell) -> Cell {
    let form =
        || Form { align: Some(Align::Center), pitch: Some(Pitch::Lines(240)), ..Form::default() };
    let all =
        cell.paragraphs.iter().map(|spans| paragraph(form(), pieces(spans, Some(TABLE_SIZE))));
    Cell {
        blocks: all.collect(),
        columns: usize::from(cell.columns),
        rows: usize::from(cell.rows),
        ..Cell::default()
    }
}

/// The 版心 shared among the columns by their longest cells, up to six characters each.
fn widths(rows: &[gongwen::Row]) -> Vec<i64> {
    let mut widest = vec![1_usize; table_columns(rows).unwrap_or(1)];
    for row in rows {
        let mut place = 0_usize;
        for cell in &row.cells {
            let longest = cell.paragraphs.iter().flatten().map(|span| span.text.chars().count());
            let share = longest.max().unwrap_or(0).div_ceil(usize::from(cell.columns.max(1)));
            if let Some(width) = widest.get_mut(place) {
                *width = (*width).max(share.min(6));
            }
            place = place.saturating_add(usize::from(cell.columns));
        }
    }
    let shares: Vec<i64> =
        widest.into_iter().map(|count| i64::try_from(count).unwrap_or(1) * 10 + 7).collect();
    let total: i64 = shares.iter().sum();
    shares.into_iter().map(|share| WIDTH * share / total.max(1)).collect()
}

/// As wide as it asks for, at most as the 版心; what is no image becomes its description.
fn image(one: &gongwen::Image) -> Block {
    let data = STANDARD.decode(&one.data).unwrap_or_default();
    let form =
        Form { align: Some(Align::Center), pitch: Some(Pitch::Lines(240)), ..Form::default() };
    let Some((wide, high)) = pixels(&data).filter(|(wide, _)| *wide > 0) else {
        return paragraph(form, vec![Piece::text(&one.description)]);
    };
    let most = i64::from(one.width_mm) * EMU;
    let width = most.min(twips(figures::WIDTH) * 635);
    let height = width.saturating_mul(high) / wide;
    let description = one.description.clone();
    paragraph(form, vec![Piece::Image(Image { data, description, width, height })])
}

/// Width and height that a PNG or JPEG says it has.
fn pixels(bytes: &[u8]) -> Option<(i64, i64)> {
    if let Some(rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        let wide = u32::from_be_bytes(rest.get(8..12)?.try_into().ok()?);
        let high = u32::from_be_bytes(rest.get(12..16)?.try_into().ok()?);
        return Some((i64::from(wide), i64::from(high)));
    }
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let [0xff, marker, high, low, ..] = rest else { return None };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        // Start of frame: precision, height, width.
        if matches!(marker, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) {
            let [.., a, b, c, d] = rest.get(..9)? else { return None };
            let (high, wide) = (u16::from_be_bytes([*a, *b]), u16::from_be_bytes([*c, *d]));
            return Some((i64::from(wide), i64::from(high)));
        }
        rest = rest.get(length.checked_add(2)?..)?;
    }
}
