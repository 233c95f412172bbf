//! What follows the text: 附件说明, 署名, 日期, 附注, 附件, 版记 (7.3.4–7.4, 10.3).

use super::head::{groups, same_middle};
use super::style::{
    BIAO, CHARACTER, EXACT_BASE, HEI, KAI, LINE, LINE_2, RED, SIZE_2, SIZE_3, SIZE_4, SIZE_FOUR,
    WIDTH, centered, hanging, indented, look, measured, paragraph, run,
};
use super::text;
use crate::twips;
use lingnan_docx::model::{
    Align, Block, Form, Indent, Look, Piece, Pitch, Rule, RuleKind, Tab, TextBox,
};
use lingnan_gongwen::{
    Annex, Format, Gongwen, Printing, Signature, Stamp, figures, in_words, title_lines,
};

/// Twips of a seal's diameter, that of a county's government (国发〔1999〕25号).
const SEAL: i64 = 2551;

/// 出席、请假、列席 (10.3): one blank line, two characters in, the word in 黑体.
pub(super) fn attendance(document: &Gongwen, body: &mut Vec<Block>) {
    let Some(attendance) = &document.attendance else { return };
    let all = [
        ("出席：", &attendance.present),
        ("请假：", &attendance.absent),
        ("列席：", &attendance.observers),
    ];
    for (word, names) in all.into_iter().filter(|(_, names)| !names.is_empty()) {
        let form = Form { before: Some(LINE), ..hanging(2, 3) };
        let pieces = vec![run(word, look(HEI, SIZE_3)), Piece::text(&names.join("、"))];
        body.push(paragraph(form, pieces));
    }
}

/// 附件说明 (7.3.4): one blank line, two characters in, later lines under the name.
pub(super) fn annex_note(document: &Gongwen, body: &mut Vec<Block>) {
    let several = document.annexes.len() > 1;
    for (nth, annex) in (1..).zip(&document.annexes) {
        let figure = if several { format!("{nth}.") } else { String::new() };
        let (left, head, word) = match (nth, several) {
            (1, true) => (2, 4, "附件："),
            (1, false) => (2, 3, "附件："),
            _ => (5, 1, ""),
        };
        let before = (nth == 1).then_some(LINE);
        let form = Form { before, ..hanging(left, head) };
        body.push(paragraph(form, vec![Piece::text(&format!("{word}{figure}{}", annex.name))]));
    }
}

/// 发文机关署名、成文日期 (7.3.5).
pub(super) fn signature(document: &Gongwen, body: &mut Vec<Block>) {
    let date = in_words(document.date);
    match (&document.signature, document.issuers.as_slice()) {
        (Signature::Sealed, [name]) => sealed(name, &date, body),
        (Signature::Sealed, names) => jointly_sealed(names, &date, body),
        (Signature::Unsealed, names) => unsealed(names, &date, body),
        (Signature::Stamped(stamps), _) => stamped(stamps, &date, body),
        (Signature::None, _) => {}
    }
}

/// One line that ends so far from the right edge.
fn right(text: &str, inset: i64, before: i64) -> Block {
    let form = Form {
        align: Some(Align::Right),
        right: Some(Indent::Twips(inset)),
        before: Some(before),
        ..Form::default()
    };
    paragraph(form, vec![Piece::text(text)])
}

fn kept(mut block: Block) -> Block {
    if let Block::Paragraph(paragraph) = &mut block {
        paragraph.form.keep_next = Some(true);
    }
    block
}

/// Room for the seal above; the date four characters from the edge, the name over its middle
/// (7.3.5.1).
fn sealed(name: &str, date: &str, body: &mut Vec<Block>) {
    let inset = (4 * CHARACTER).max((measured(name) - measured(date)) / 2);
    body.push(kept(right(name, same_middle(name, date, inset), SEAL / 2 + twips(2.0) - LINE)));
    body.push(right(date, inset, 0));
}

/// As many to a row as there is room for, the date under the last (7.3.5.1).
fn jointly_sealed(names: &[String], date: &str, body: &mut Vec<Block>) {
    let widest = names.iter().map(|name| measured(name)).max().unwrap_or(0);
    let room = widest.max(SEAL) + twips(3.0);
    let across = usize::try_from(WIDTH / room).unwrap_or(1).max(1);
    let stops = |count: usize| {
        let count = i64::try_from(count).unwrap_or(1);
        let start = WIDTH - count * room;
        (0..count).map(move |nth| Tab { at: start + nth * room + room / 2, align: Align::Center })
    };
    for row in names.chunks(across) {
        let form = Form {
            align: Some(Align::Left),
            before: Some(SEAL - LINE),
            tabs: stops(row.len()).collect(),
            keep_next: Some(true),
            ..Form::default()
        };
        let text: String = row.iter().map(|name| format!("\t{name}")).collect();
        body.push(paragraph(form, vec![Piece::text(&text)]));
    }
    let form = Form { align: Some(Align::Left), tabs: stops(1).collect(), ..Form::default() };
    body.push(paragraph(form, vec![Piece::text(&format!("\t{date}"))]));
}

/// The date two characters further right than the name, the longer one two from the edge
/// (7.3.5.2).
fn unsealed(names: &[String], date: &str, body: &mut Vec<Block>) {
    let widest = names.iter().map(|name| measured(name)).max().unwrap_or(0);
    let two = 2 * CHARACTER;
    let inset = two.max(two + measured(date) + two - widest);
    for (nth, name) in names.iter().enumerate() {
        let before = if nth == 0 { LINE } else { 0 };
        body.push(kept(right(name, inset + widest - measured(name), before)));
    }
    body.push(right(date, (inset + widest - two - measured(date)).max(0), 0));
}

/// Two lines below the text, the post two characters before the stamp, the date one line below it
/// (7.3.5.3).
fn stamped(stamps: &[Stamp], date: &str, body: &mut Vec<Block>) {
    for (nth, stamp) in stamps.iter().enumerate() {
        let form = Form {
            align: Some(Align::Right),
            right: Some(Indent::Twips(4 * CHARACTER)),
            before: Some(if nth == 0 { 2 * LINE } else { 0 }),
            pitch: Some(Pitch::Exactly(2 * LINE)),
            keep_next: Some(true),
            ..Form::default()
        };
        let stamped = Look { color: Some(RED), ..look(KAI, SIZE_2) };
        let pieces = vec![Piece::text(&format!("{}　　", stamp.post)), run(&stamp.name, stamped)];
        body.push(paragraph(form, pieces));
    }
    body.push(right(date, 4 * CHARACTER, LINE));
}

/// 附注 (7.3.6): in brackets, two characters in, on the line after the date.
pub(super) fn note(document: &Gongwen, body: &mut Vec<Block>) {
    let notes = document.note.iter();
    body.extend(notes.map(|note| paragraph(indented(), vec![Piece::text(&format!("（{note}）"))])));
}

/// 附件 (7.3.7): on a page of its own, its title on the third line.
pub(super) fn annexes(document: &Gongwen, body: &mut Vec<Block>) {
    let several = document.annexes.len() > 1;
    for (nth, annex) in (1..).zip(&document.annexes) {
        if annex.body.is_empty() {
            continue;
        }
        let figure = if several { format!("{nth}") } else { String::new() };
        let form = Form { align: Some(Align::Left), new_page: Some(true), ..Form::default() };
        let head = run(&format!("附件{figure}"), look(HEI, SIZE_3));
        body.push(paragraph(form, vec![head]));
        self::annex(annex, body);
    }
}

/// Title and text of an annex (7.3.7).
pub(super) fn annex(annex: &Annex, body: &mut Vec<Block>) {
    let lines = title_lines(&annex.name, &[]).join("\n");
    let mut title = centered(LINE, LINE_2, run(&lines, look(BIAO, SIZE_2)));
    if let Block::Paragraph(title) = &mut title {
        title.form.after = Some(LINE);
    }
    body.push(title);
    text::body(&annex.body, body);
}

/// 版记 (7.4): at the bottom of the 版心, each line under a rule, the last one over one too. A
/// letter's has neither rules nor 印发 (10.1).
pub(super) fn imprint(document: &Gongwen, body: &mut Vec<Block>) {
    let ruled = document.format() != Format::Letter;
    let named = (!document.copies.is_empty()).then(|| copies(&document.copies));
    let printed = document.printing.as_ref().filter(|_| ruled).map(printing);
    let mut lines = Vec::new();
    for line in named.into_iter().chain(printed) {
        let first = lines.is_empty();
        let rule = if first { figures::IMPRINT_OUTER } else { figures::IMPRINT_INNER };
        lines.extend(ruled.then(|| ruler(rule)));
        lines.push(line);
    }
    if !lines.is_empty() && ruled {
        lines.push(ruler(figures::IMPRINT_OUTER));
    }
    if lines.is_empty() {
        return;
    }
    // Room for every line, and one to spare: what is left over stays blank above.
    let names = measured(&groups(&document.copies)) * SIZE_4 / SIZE_3;
    let text = names / (WIDTH - 5 * SMALL) + 3;
    let height = text * SMALL_LINE;
    let text_box = TextBox { blocks: lines, width: WIDTH, height };
    // The paragraph it belongs to stands in the flow and takes no room.
    let form = Form { pitch: Some(EXACT_BASE), ..Form::default() };
    body.push(paragraph(form, vec![Piece::Boxed(text_box)]));
}

/// A rule across the 版心: lines of text are set in from its ends, and a border would follow them.
fn ruler(millimetres: f64) -> Block {
    let form = Form { pitch: Some(EXACT_BASE), below: Some(rule(millimetres)), ..Form::default() };
    paragraph(form, Vec::new())
}

#[expect(clippy::as_conversions, reason = "a line has some eighths of a point")]
fn rule(millimetres: f64) -> Rule {
    let thickness = (millimetres / figures::POINT * 8.0).round() as i64;
    Rule { thickness, gap: 0, color: [0, 0, 0], kind: RuleKind::Single }
}

/// Twips of a character of 四号, by which the 版记 is set in.
const SMALL: i64 = SIZE_FOUR * 20;
/// Twips of a line of the 版记.
const SMALL_LINE: i64 = LINE * 9 / 10;

fn small(text: &str) -> Piece {
    run(text, Look { size: Some(SIZE_4), spacing: Some(0), ..Look::default() })
}

/// 抄送机关 (7.4.2): later lines under the first organ.
fn copies(all: &[Vec<String>]) -> Block {
    let form = Form {
        align: Some(Align::Left),
        left: Some(Indent::Twips(4 * SMALL)),
        first: Some(Indent::Twips(-3 * SMALL)),
        right: Some(Indent::Twips(SMALL)),
        pitch: Some(Pitch::Exactly(SMALL_LINE)),
        ..Form::default()
    };
    paragraph(form, vec![small(&format!("抄送：{}。", groups(all)))])
}

/// 印发机关和印发日期 (7.4.3): at both ends of a line.
fn printing(printing: &Printing) -> Block {
    let form = Form {
        align: Some(Align::Left),
        left: Some(Indent::Twips(SMALL)),
        tabs: vec![Tab { at: WIDTH - SMALL, align: Align::Right }],
        pitch: Some(Pitch::Exactly(SMALL_LINE)),
        ..Form::default()
    };
    paragraph(form, vec![small(&format!("{}\t{}印发", printing.office, in_words(printing.date)))])
}
