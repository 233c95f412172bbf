//! 版头, title and addressees (7.2, 7.3.1, 7.3.2, 10.2, 10.3).

use super::letter;
use super::style::{
    BIAO, CHARACTER, HEI, KAI, LINE, LINE_2, RED, SIZE_2, SIZE_3, WIDTH, centered, ink_upper, look,
    lower, measured, paragraph, run, upper,
};
use crate::twips;
use lingnan_docx::model::{
    Align, Block, Cell, Form, Indent, Look, Paragraph, Piece, Pitch, Row, Rule, RuleKind, Tab,
    Table, TablePlace,
};
use lingnan_gongwen::{Format, Gongwen, Kind, Mark, Signature, figures, in_words, title_lines};

/// Half points of the largest mark, and of the largest of a joint document: those of ours in print.
const MARK_MAX: i64 = 112;
const JOINT_MAX: i64 = 68;
/// Twips from a line above to one with the same figures below, between which two are left blank.
const TWO_LINES: i64 = 2 * LINE;

pub(super) fn head(document: &Gongwen, body: &mut Vec<Block>) {
    let format = document.format();
    if format == Format::Letter {
        letter::head(document, body);
    } else {
        let used = top_left(document, body);
        let top = if format == Format::Order { figures::ORDER_MARK_TOP } else { figures::MARK_TOP };
        mark(document, twips(top) - used, body);
        number(document, body);
    }
    if format != Format::Order {
        title(document, body);
    }
    caption(document, body);
    if !document.recipients.is_empty() {
        let form = Form { before: Some(LINE), align: Some(Align::Left), ..Form::default() };
        let text = format!("{}：", groups(&document.recipients));
        body.push(paragraph(form, vec![Piece::text(&text)]));
    } else if let Some(Block::Paragraph(last)) = body.last_mut() {
        // 10.2: two blank lines between the number of an order and its text; otherwise one.
        let lines = if format == Format::Order { 2 } else { 1 };
        last.form.after = Some(lines * LINE);
    }
}

/// 份号、紧急程度 (7.2.1, 7.2.3): a line each, and how high they are together.
pub(super) fn top_left(document: &Gongwen, body: &mut Vec<Block>) -> i64 {
    let number = document.copy_number.map(|number| Piece::text(&format!("{number:06}")));
    let urgency = document.urgency.map(|urgency| run(urgency.name(), look(HEI, SIZE_3)));
    let lines: Vec<Piece> = number.into_iter().chain(urgency).collect();
    let used = i64::try_from(lines.len()).unwrap_or(0) * LINE;
    let form = || Form { align: Some(Align::Left), ..Form::default() };
    body.extend(lines.into_iter().map(|piece| paragraph(form(), vec![piece])));
    used
}

/// What the mark says: names, and what stands beside them (7.2.4, 10.1–10.3).
pub(super) fn mark_words(document: &Gongwen) -> (Vec<String>, Option<&'static str>) {
    let lead = document.issuers.first().cloned().unwrap_or_default();
    match document.format() {
        Format::Document => {
            let word = (document.mark == Mark::WithWord).then_some("文件");
            (document.issuers.clone(), word)
        }
        // A letter, even a joint one, bears the lead's name alone.
        Format::Letter => (vec![lead], None),
        Format::Order => {
            let word = if document.kind == Kind::Order { "令" } else { "命令" };
            (vec![format!("{lead}{word}")], None)
        }
        Format::Minutes if lead.ends_with("纪要") => (vec![lead], None),
        Format::Minutes => (vec![format!("{lead}会议纪要")], None),
    }
}

/// Half points of a mark with so many characters across: at most what fits the 版心.
pub(super) fn mark_size(characters: usize, most: i64) -> i64 {
    let across = i64::try_from(characters).unwrap_or(1).max(1);
    (WIDTH * 96 / 100 / across / 10).clamp(32, most)
}

/// The pitch of a line of the mark.
pub(super) const fn mark_pitch(size: i64) -> i64 {
    size * 10 * 115 / 100
}

pub(super) fn mark_look(size: i64) -> Look {
    Look { color: Some(RED), spacing: Some(0), ..look(BIAO, size) }
}

/// `top`: from where we are to the upper edge of the characters.
fn mark(document: &Gongwen, top: i64, body: &mut Vec<Block>) {
    let (names, word) = mark_words(document);
    let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(1);
    let beside = word.map_or(0, |word| word.chars().count());
    if let [name] = names.as_slice() {
        let size = mark_size(widest + beside, MARK_MAX);
        let text = format!("{name}{}", word.unwrap_or_default());
        let pitch = mark_pitch(size);
        let piece = run(&text, mark_look(size));
        body.push(centered((top - ink_upper(pitch, size)).max(0), pitch, piece));
        return;
    }
    let size = mark_size(widest + beside + 1, JOINT_MAX);
    joint(&names, word, size, top, body);
}

/// Several names, spread to one width, with 文件 in the middle of their right (7.2.4).
fn joint(names: &[String], word: Option<&str>, size: i64, top: i64, body: &mut Vec<Block>) {
    let pitch = size * 10 * 13 / 10;
    let line = |text: &str, align: Align| {
        let form =
            Form { align: Some(align), pitch: Some(Pitch::Exactly(pitch)), ..Form::default() };
        paragraph(form, vec![run(text, mark_look(size))])
    };
    let room =
        Form { pitch: Some(Pitch::Exactly(top - ink_upper(pitch, size))), ..Form::default() };
    body.push(paragraph(room, Vec::new()));
    let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(1);
    let left = (i64::try_from(widest).unwrap_or(1) * size * 10 + size * 3).min(WIDTH);
    let names = names.iter().map(|name| line(name, Align::Spread)).collect();
    let cell = |blocks| Cell { blocks, ..Cell::default() };
    let mut columns = vec![left];
    let mut cells = vec![cell(names)];
    if let Some(word) = word {
        columns.push((WIDTH - left).min(size * 10 * 5 / 2));
        cells.push(cell(vec![line(word, Align::Right)]));
    }
    let rows = vec![Row { head: false, cells }];
    body.push(Block::Table(Table { columns, rows, place: TablePlace::Bare }));
}

/// The red line under the last line of the head (7.2.7), and its distance from the characters.
fn red_line() -> Rule {
    /// Eighths of a point: three quarters of a millimetre.
    const THICKNESS: i64 = 17;
    let gap = twips(figures::RED_LINE_GAP) - lower(LINE, SIZE_3) - THICKNESS * 20 / 8 / 2;
    Rule { thickness: THICKNESS, gap: gap / 20, color: RED, kind: RuleKind::Single }
}

/// 发文字号 with 签发人 (7.2.5, 7.2.6), two lines below the mark, over the red line.
fn number(document: &Gongwen, body: &mut Vec<Block>) {
    let format = document.format();
    // What the mark's own line leaves below its characters counts.
    let before = TWO_LINES - upper(LINE, SIZE_3) - 60;
    let number = document.number.as_ref().map(|number| match format {
        // 令号 is counted by itself (10.2).
        Format::Order => format!("第{}号", number.serial()),
        _ => number.to_string(),
    });
    let mut lines: Vec<Paragraph> = Vec::new();
    if document.signers.is_empty() {
        let form = Form { align: Some(Align::Center), ..Form::default() };
        let pieces = number.iter().map(|number| Piece::text(number)).collect();
        lines.push(Paragraph { pieces, form, ordinal: String::new() });
    } else {
        lines.extend(signers(document, number.as_deref()));
    }
    if format == Format::Minutes {
        let office = document.printing.as_ref().map_or("", |printing| printing.office.as_str());
        let tab = Tab { at: WIDTH - CHARACTER, align: Align::Right };
        // Not as an indent of the paragraph: the red line would follow it.
        let inset = Some(Indent::Twips(CHARACTER));
        let form =
            Form { first: inset, tabs: vec![tab], align: Some(Align::Left), ..Form::default() };
        let text = format!("{office}\t{}", in_words(document.date));
        lines.push(Paragraph { pieces: vec![Piece::text(&text)], form, ordinal: String::new() });
    }
    if let Some(first) = lines.first_mut() {
        first.form.before = Some(before);
    }
    if let Some(last) = lines.last_mut().filter(|_| format != Format::Order) {
        last.form.below = Some(red_line());
    }
    body.extend(lines.into_iter().map(Block::Paragraph));
}

/// Two signers to a line, the number on the last one, one character in.
fn signers(document: &Gongwen, number: Option<&str>) -> Vec<Paragraph> {
    let rows: Vec<_> = document.signers.chunks(2).collect();
    let all = document.signers.iter().map(|signer| signer.name.chars().count());
    let widest = i64::try_from(all.max().unwrap_or(0)).unwrap_or(0);
    let across = i64::try_from(document.signers.len().min(2)).unwrap_or(1);
    let block = (widest * across + across - 1 + 4) * CHARACTER;
    let lines = rows.iter().enumerate().map(|(nth, row)| {
        let last = nth + 1 == rows.len();
        let tab = Tab { at: WIDTH - CHARACTER - block, align: Align::Left };
        let inset = Some(Indent::Twips(CHARACTER));
        let form =
            Form { align: Some(Align::Left), first: inset, tabs: vec![tab], ..Form::default() };
        let own = number.filter(|_| last).unwrap_or_default();
        let head = if nth == 0 { "签发人：" } else { "　　　　" };
        let names: Vec<&str> = row.iter().map(|signer| signer.name.as_str()).collect();
        let pieces =
            vec![Piece::text(&format!("{own}\t{head}")), run(&names.join("　"), look(KAI, SIZE_3))];
        Paragraph { pieces, form, ordinal: String::new() }
    });
    lines.collect()
}

/// 标题 (7.3.1), two lines below what stands above it.
fn title(document: &Gongwen, body: &mut Vec<Block>) {
    let lines = title_lines(&document.title, &document.issuers);
    let piece = run(&lines.join("\n"), Look { spacing: Some(0), ..look(BIAO, SIZE_2) });
    let above = if document.format() == Format::Letter { lower(LINE, SIZE_3) } else { 0 };
    let before = TWO_LINES - upper(LINE_2, SIZE_2) - above;
    body.push(centered(before, LINE_2, piece));
}

/// 题注, or the date of what bears none at its end.
fn caption(document: &Gongwen, body: &mut Vec<Block>) {
    let dated = document.signature == Signature::None && document.format() != Format::Minutes;
    let date = dated.then(|| in_words(document.date));
    if let Some(text) = document.adopted.clone().or(date) {
        body.push(centered(0, LINE, run(&format!("（{text}）"), look(KAI, SIZE_3))));
    }
}

/// 、 within a group, ， between groups (7.3.2).
pub(super) fn groups(all: &[Vec<String>]) -> String {
    all.iter().map(|group| group.join("、")).collect::<Vec<_>>().join("，")
}

/// How far from the right edge something must end so that its middle is that of another, which
/// ends so far from it.
pub(super) fn same_middle(text: &str, other: &str, inset: i64) -> i64 {
    (inset + (measured(other) - measured(text)) / 2).max(0)
}
