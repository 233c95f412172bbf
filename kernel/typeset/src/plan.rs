//! A document's value as the template takes it.

use crate::Error;
use crate::divide::{self, Carry, divided};
use crate::faces::{Face, Shelf};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lingnan_gongwen::{
    Block, Format, Gongwen, Kind, Mark, Row, Signature, figures, in_words, table_columns,
    title_lines,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use typst::foundations::Bytes;

/// The elements of the 版记.
pub(crate) const IMPRINT: [&str; 4] = ["版记", "抄送机关", "印发机关", "印发日期"];
/// Most pixels of an image; a scanned A4 page at 600 dpi has 35 million.
const PIXELS_MAX: u64 = 40_000_000;
/// Diameter of a seal in millimetres: that of a county's government, the usual one (国发〔1999〕25号
/// gives 50 to provinces, 45 to cities and counties, 42 to towns).
const SEAL_MM: f64 = 45.0;
/// A character of a table in millimetres, at 12 points.
const TABLE_CHARACTER: f64 = 12.0 * figures::POINT;

/// What is found by trying.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mode {
    /// Height of a line in millimetres.
    pub(crate) line: f64,
    /// Whether the addressees stand in the imprint (7.3.2).
    pub(crate) recipients_below: bool,
    /// What of the last block begins the page of the signature.
    pub(crate) carry: Option<Carry>,
    /// Page breaks before the imprint.
    pub(crate) breaks: u8,
    /// Pages without a number.
    pub(crate) unnumbered: Vec<u32>,
}

impl Mode {
    /// As the rules would have it.
    pub(crate) fn first(document: &Gongwen) -> Self {
        let unnumbered = if document.format() == Format::Letter { vec![1] } else { Vec::new() };
        Self { line: figures::LINE, recipients_below: false, carry: None, breaks: 1, unnumbered }
    }

    /// The lines of a page in hundredths, when they are not 22.
    #[expect(clippy::as_conversions, reason = "a page has between 1 and 100 lines")]
    pub(crate) fn lines_changed(&self) -> Option<u32> {
        let lines = (figures::HEIGHT / self.line * 100.0).round() as u32;
        (lines != 2200).then_some(lines)
    }
}

/// The document as the template takes it.
pub(crate) fn data(shelf: &Shelf, document: &Gongwen, mode: &Mode) -> Value {
    let recipients = (!document.recipients.is_empty()).then(|| groups(&document.recipients));
    let below = mode.recipients_below;
    let mut images = 0..;
    let mut blocks =
        |all: &[Block]| -> Vec<Value> { all.iter().map(|one| block(one, &mut images)).collect() };
    let parts = mode.carry.and_then(|carry| Some((carry, divided(&document.body, carry)?)));
    let (body, carried) = match parts {
        None => (blocks(&document.body), None),
        Some((carry, (kept, rest))) => {
            let mut kept = blocks(&kept);
            let mut rest: Value = blocks(&[rest]).pop().unwrap_or_default();
            divide::mark(carry, &mut kept, &mut rest);
            (kept, Some(rest))
        }
    };
    let annexes: Vec<Value> = document
        .annexes
        .iter()
        .map(|annex| {
            let body = blocks(&annex.body);
            let lines = title_lines(&annex.name, &[]);
            json!({ "name": annex.name, "title_lines": lines, "body": body })
        })
        .collect();
    json!({
        "figures": figures_of(mode),
        "faces": faces(shelf),
        "format": document.format(),
        "title": document.title.replace('\n', ""),
        "title_lines": title_lines(&document.title, &document.issuers),
        "issuers": document.issuers,
        "mark": mark(document),
        "copy_number": document.copy_number.map(|number| format!("{number:06}")),
        "urgency": document.urgency.map(|urgency| urgency.name()),
        "number": document.number.as_ref().map(|number| match document.format() {
            // 令号 is counted by itself (10.2).
            Format::Order => format!("第{}号", number.serial()),
            _ => number.to_string(),
        }),
        "signers": document.signers.iter().map(|one| &one.name).collect::<Vec<_>>(),
        "signer_width": signer_width(document),
        "adopted": document.adopted,
        "recipients": recipients.as_ref().filter(|_| !below).map(|all| format!("{all}：")),
        "body": body,
        "annexes": annexes,
        "signature": signature(&document.signature),
        "seal_mm": SEAL_MM,
        "date": in_words(document.date),
        "date_parts": { "year": document.date.year(), "month": document.date.month(),
            "day": document.date.day() },
        "note": document.note,
        "attendance": document.attendance,
        "imprint": imprint(document, recipients.filter(|_| below)),
        "carried": carried,
        "page": { "breaks": mode.breaks, "unnumbered": mode.unnumbered },
    })
}

fn figures_of(mode: &Mode) -> Value {
    json!({
        "page_width": figures::PAGE_WIDTH, "page_height": figures::PAGE_HEIGHT,
        "top": figures::TOP, "left": figures::LEFT,
        "width": figures::WIDTH, "height": figures::HEIGHT,
        "line": mode.line, "standard_line": figures::LINE, "character": figures::CHARACTER,
        "size_2": figures::SIZE_2, "size_3": figures::SIZE_3, "size_4": figures::SIZE_4,
        "mark_top": figures::MARK_TOP, "order_mark_top": figures::ORDER_MARK_TOP,
        "letter_mark_top": figures::LETTER_MARK_TOP, "red_line_gap": figures::RED_LINE_GAP,
        "letter_line": figures::LETTER_LINE, "letter_foot": figures::LETTER_FOOT,
        "imprint_outer": figures::IMPRINT_OUTER, "imprint_inner": figures::IMPRINT_INNER,
        "page_number_gap": figures::PAGE_NUMBER_GAP,
    })
}

pub(crate) fn faces(shelf: &Shelf) -> Value {
    let all =
        Face::ALL.into_iter().map(|face| (face.key().to_owned(), json!(shelf.families(face))));
    Value::Object(all.collect::<Map<_, _>>())
}

/// 发文机关标志: the names and, beside them, 文件 or nothing (7.2.4, 10.1–10.3).
fn mark(document: &Gongwen) -> Value {
    let lead = document.issuers.first().cloned().unwrap_or_default();
    let with_word = document.mark == Mark::WithWord;
    match document.format() {
        Format::Document => {
            json!({ "names": document.issuers, "word": with_word.then_some("文件") })
        }
        // A letter, even a joint one, bears the lead's name alone.
        Format::Letter => json!({ "names": [lead], "word": null }),
        Format::Order => {
            let word = if document.kind == Kind::Order { "令" } else { "命令" };
            json!({ "names": [format!("{lead}{word}")], "word": null })
        }
        Format::Minutes if lead.ends_with("纪要") => json!({ "names": [lead], "word": null }),
        Format::Minutes => json!({ "names": [format!("{lead}会议纪要")], "word": null }),
    }
}

fn signer_width(document: &Gongwen) -> usize {
    let widest = document.signers.iter().map(|one| one.name.chars().count()).max();
    let per_row = document.signers.len().min(2);
    widest.unwrap_or(0) * per_row + per_row.saturating_sub(1)
}

fn groups(all: &[Vec<String>]) -> String {
    all.iter().map(|group| group.join("、")).collect::<Vec<_>>().join("，")
}

fn signature(signature: &Signature) -> Value {
    match signature {
        Signature::Sealed => json!({ "kind": "sealed" }),
        Signature::Unsealed => json!({ "kind": "unsealed" }),
        Signature::Stamped(stamps) => json!({ "kind": "stamped", "stamps": stamps }),
        Signature::None => json!({ "kind": "none" }),
    }
}

fn imprint(document: &Gongwen, recipients: Option<String>) -> Value {
    let copies = (!document.copies.is_empty()).then(|| format!("{}。", groups(&document.copies)));
    // A letter's imprint has neither 印发 nor lines (10.1).
    let ruled = document.format() != Format::Letter;
    let printing = document.printing.as_ref().filter(|_| ruled);
    json!({
        "recipients": recipients.map(|all| format!("{all}。")),
        "copies": copies,
        "office": printing.map(|printing| &printing.office),
        "date": printing.map(|printing| format!("{}印发", in_words(printing.date))),
        "ruled": ruled,
    })
}

fn block(block: &Block, images: &mut impl Iterator<Item = usize>) -> Value {
    match block {
        Block::Heading { level, text, then } => {
            json!({ "type": "heading", "level": level, "text": text, "then": then })
        }
        Block::Paragraph { spans } => json!({ "type": "paragraph", "spans": spans }),
        Block::Table { rows, head } => {
            let (needs, wide) = (needs(rows), is_wide(rows));
            json!({ "type": "table", "rows": rows, "head": head, "columns": needs, "wide": wide })
        }
        Block::Image(image) => {
            let file = images.next().map(|nth| format!("image-{nth}"));
            json!({ "type": "image", "file": file, "width_mm": image.width_mm,
                "description": image.description })
        }
    }
}

/// Whether a table is wider than the 版心, so that it lies on its side (chapter 8).
pub(crate) fn is_wide(rows: &[Row]) -> bool {
    needs(rows).iter().sum::<f64>() > figures::WIDTH
}

/// The width in millimetres that each column asks for: of its longest cell, up to six
/// characters; longer cells break.
fn needs(rows: &[Row]) -> Vec<f64> {
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
    let characters = widest.into_iter().map(|count| u32::try_from(count).map_or(6.0, f64::from));
    characters.map(|count| (count + 0.7) * TABLE_CHARACTER).collect()
}

/// What compositors set for a character they lack.
const LACKING: &str = "〓";

/// Characters of a text that no font has. PDF/A allows none (ISO 19005-2 6.2.11.8).
pub(crate) fn missing(shelf: &Shelf, text: &str) -> BTreeSet<char> {
    let used: BTreeSet<char> = text.chars().filter(|c| !c.is_control()).collect();
    used.into_iter().filter(|character| !shelf.has(*character)).collect()
}

/// The data with 〓 for what is missing.
pub(crate) fn without(missing: &BTreeSet<char>, data: &str) -> String {
    let lacks = |c: char| missing.contains(&c);
    if missing.is_empty() { data.to_owned() } else { data.replace(lacks, LACKING) }
}

/// The images of a document by the names the template calls them.
pub(crate) fn images(document: &Gongwen) -> Result<Vec<(String, Bytes)>, Error> {
    let annexes = document.annexes.iter().flat_map(|annex| &annex.body);
    let all = document.body.iter().chain(annexes).filter_map(|block| match block {
        Block::Image(image) => Some(image),
        _ => None,
    });
    all.enumerate()
        .map(|(nth, image)| {
            let wrong = || Error::Image(nth.saturating_add(1));
            let bytes = STANDARD.decode(&image.data).map_err(|_| wrong())?;
            let pixels = pixels(&bytes).ok_or_else(wrong)?;
            if pixels > PIXELS_MAX {
                return Err(wrong());
            }
            Ok((format!("image-{nth}"), Bytes::new(bytes)))
        })
        .collect()
}

/// How many pixels a PNG or JPEG says it has; none for anything else.
fn pixels(bytes: &[u8]) -> Option<u64> {
    if let Some(rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        let wide = u32::from_be_bytes(rest.get(8..12)?.try_into().ok()?);
        let high = u32::from_be_bytes(rest.get(12..16)?.try_into().ok()?);
        return Some(u64::from(wide) * u64::from(high));
    }
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let [0xff, marker, high, low, ..] = rest else { return None };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        // Start of frame: precision, height, width.
        if matches!(marker, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) {
            let [.., a, b, c, d] = rest.get(..9)? else { return None };
            let (high, wide) = (u16::from_be_bytes([*a, *b]), u16::from_be_bytes([*c, *d]));
            return Some(u64::from(high) * u64::from(wide));
        }
        rest = rest.get(length.checked_add(2)?..)?;
    }
}
