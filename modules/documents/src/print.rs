//! A document as the press takes it: every element of the page from what was decided.

use crate::addressees;
use crate::body::{Block, Body, Inline, Mark as BodyMark, TableCell};
use crate::model::{Document, DocumentType, Format, Head, Openness, Urgency};
use lingnan_base::{PostId, Timestamp, UnitId};
use lingnan_directory::Directory;
use lingnan_gongwen as gongwen;
use lingnan_gongwen::{Gongwen, Signature, Span, Style};
use lingnan_handlers::Setting;
use lingnan_journal::{Kind, Refusal, canonical};

/// SM3 of a value, by which a printed page is bound to what it was made from.
#[must_use]
pub fn digest(value: &Gongwen) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    crate::body::sm3_hex(&[canonical::text(&value).as_bytes()])
}

/// The document's value as it would be printed now. A picture is in it by its digest: the bytes
/// are put in by whoever sends it to be set.
///
/// # Errors
/// A refusal when there is nothing to print yet.
pub fn value(document: &Document, setting: &Setting, now: Timestamp) -> Result<Gongwen, Refusal> {
    let (Some(head), Some(unit)) = (&document.head, &document.unit) else {
        return Err(Refusal::missing());
    };
    let kind = gongwen::Kind::named(document_name(head.document_type)).ok_or_else(unprintable)?;
    let signing = document
        .opinions
        .iter()
        .rev()
        .find(|opinion| opinion.node == "sign_off" && opinion.decision == "approve");
    let date = signing.map_or(now, |opinion| opinion.time).china_date();
    let (addressed, body) = text(&document.body);
    let value = setting.with_directory(|directory| {
        let name = |unit: &UnitId| full_name(directory, unit);
        let lead = head.issuer.as_ref().unwrap_or(unit);
        let signer = signing.map_or_else(
            || head.signer.as_ref().map(|post| holder(directory, post)).unwrap_or_default(),
            |opinion| (opinion.label.post.clone(), opinion.label.person.clone()),
        );
        let signers: Vec<(String, String)> = std::iter::once(signer)
            .chain(head.joint.iter().filter_map(|unit| {
                let label = &document.co_signed(unit)?.label;
                Some((label.post.clone(), label.person.clone()))
            }))
            .collect();
        let named = |units: &[UnitId]| addressees::groups(directory, lead, units);
        let recipients = addressed.map_or_else(|| named(&head.recipients), |line| vec![vec![line]]);
        Gongwen {
            kind,
            format: Some(format(head.format())),
            copy_number: None,
            urgency: urgency(head.urgency),
            issuers: std::iter::once(lead).chain(&head.joint).map(name).collect(),
            mark: gongwen::Mark::WithWord,
            number: document.number.as_ref().and_then(|number| number.text.parse().ok()),
            // GB/T 9704-2012 7.2.6: the lead's first, then each joint issuer's.
            signers: signers
                .iter()
                .filter(|(_, name)| kind.names_signer() && !name.is_empty())
                .map(|(_, name)| gongwen::Signer { name: name.clone() })
                .collect(),
            title: head.title.clone(),
            adopted: adopted(head),
            recipients,
            body,
            annexes: annexes(document),
            signature: signature(kind, signers),
            date: meeting_date(head).unwrap_or(date),
            note: note(head),
            attendance: attendance(head),
            copies: named(&head.copies),
            printing: Some(gongwen::Printing { office: name(unit), date: now.china_date() }),
        }
    });
    Ok(value)
}

/// The document's value as it was printed when it was sent, or as it would be printed now.
///
/// # Errors
/// As [`value`].
pub fn as_printed(
    document: &Document,
    setting: &Setting,
    now: Timestamp,
) -> Result<Gongwen, Refusal> {
    let Some(printed) = &document.printed else { return value(document, setting, now) };
    let mut opinions = document.opinions.iter().rev();
    let sending = opinions.find(|one| one.node == "distribute" && one.decision == "approve");
    let mut value = value(document, setting, sending.map_or(now, |one| one.time))?;
    if digest(&value) != printed.value {
        // The directory has other names by now: who printed it is what the files say.
        value.printing = None;
    }
    Ok(value)
}

fn unprintable() -> Refusal {
    Refusal::new(Kind::Invalid, "documents.unprintable", "这个文种不能排版。")
}

/// 命令 is the regulation's name of what its list calls 命令（令）.
const fn document_name(kind: DocumentType) -> &'static str {
    match kind {
        DocumentType::Order => "命令",
        other => other.name(),
    }
}

const fn format(format: Format) -> gongwen::Format {
    match format {
        Format::File => gongwen::Format::Document,
        Format::Letter => gongwen::Format::Letter,
        Format::Order => gongwen::Format::Order,
        Format::Minutes => gongwen::Format::Minutes,
    }
}

const fn urgency(urgency: Urgency) -> Option<gongwen::Urgency> {
    match urgency {
        Urgency::Ordinary => None,
        Urgency::Urgent => Some(gongwen::Urgency::Urgent),
        Urgency::MostUrgent => Some(gongwen::Urgency::MostUrgent),
    }
}

fn full_name(directory: &Directory, unit: &UnitId) -> String {
    directory.unit(unit).map_or_else(|| unit.to_string(), |known| known.name.clone())
}

/// Post and name of whoever holds a post.
fn holder(directory: &Directory, post: &PostId) -> (String, String) {
    let title = directory.post(post).map(|(_, post)| post.title.clone()).unwrap_or_default();
    let name = directory.holders(post).first().map(|(_, person)| person.name.clone());
    (title, name.unwrap_or_default())
}

/// 题注 of what a meeting passed.
fn adopted(head: &Head) -> Option<String> {
    let passed = matches!(head.document_type, DocumentType::Resolution);
    let meeting = head.meeting.as_ref().filter(|meeting| passed && !meeting.name.is_empty())?;
    let date = meeting.date.parse().ok().map(gongwen::in_words).unwrap_or_default();
    Some(format!("{date}{}通过", meeting.name))
}

fn meeting_date(head: &Head) -> Option<jiff::civil::Date> {
    head.meeting.as_ref()?.date.parse().ok()
}

fn attendance(head: &Head) -> Option<gongwen::Attendance> {
    let meeting = head.meeting.as_ref()?;
    let names = |text: &str| -> Vec<String> {
        let names = text.split(['、', '，', '\n']).map(str::trim);
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    };
    Some(gongwen::Attendance {
        present: names(&meeting.present),
        absent: names(&meeting.absent),
        observers: names(&meeting.observers),
    })
}

/// 附注: what the drafter wrote, or else that it may be published.
fn note(head: &Head) -> Option<String> {
    let written = head.note.trim();
    let open = head.openness == Some(Openness::Active);
    match (written.is_empty(), open) {
        (false, _) => Some(written.to_owned()),
        (true, true) => Some(Openness::PUBLISHED.to_owned()),
        (true, false) => None,
    }
}

fn signature(kind: gongwen::Kind, signers: Vec<(String, String)>) -> Signature {
    match kind {
        gongwen::Kind::Resolution | gongwen::Kind::Communique | gongwen::Kind::Minutes => {
            Signature::None
        }
        gongwen::Kind::Order | gongwen::Kind::Motion => {
            let stamp = |(post, name)| gongwen::Stamp { post, name };
            Signature::Stamped(signers.into_iter().map(stamp).collect())
        }
        _ => Signature::Sealed,
    }
}

/// Files that go with the document are named and bound apart.
fn annexes(document: &Document) -> Vec<gongwen::Annex> {
    let named = document.annexes().map(|file| {
        let name = file.name.rsplit_once('.').map_or(file.name.as_str(), |(name, _)| name);
        gongwen::Annex { name: name.to_owned(), body: Vec::new() }
    });
    named.collect()
}

/// The text's blocks, and the addressees where its first line names them together, as
/// 各地级以上市人民政府 does.
fn text(body: &Body) -> (Option<String>, Vec<gongwen::Block>) {
    let mut blocks: Vec<gongwen::Block> = body.content.iter().filter_map(block).collect();
    let first = blocks.first().map(gongwen::Block::text).unwrap_or_default();
    let line = first
        .trim()
        .strip_suffix('：')
        .filter(|line| line.chars().count() <= 150 && !line.contains(['。', '；', '\n']));
    let line = line.map(str::to_owned);
    if line.is_some() {
        blocks.remove(0);
    }
    (line, blocks)
}

fn block(block: &Block) -> Option<gongwen::Block> {
    match block {
        Block::Heading { attrs, content } => Some(gongwen::Block::Heading {
            level: attrs.level,
            text: plain(content),
            then: Vec::new(),
        }),
        Block::Paragraph { content } => {
            let spans = spans(content);
            let empty = spans.iter().all(|span| span.text.trim().is_empty());
            (!empty).then(|| led(spans))
        }
        Block::Table { content } => {
            let rows: Vec<gongwen::Row> = content
                .iter()
                .map(|row| gongwen::Row { cells: row.content.iter().map(cell).collect() })
                .collect();
            let heads = content.iter().take_while(|row| {
                row.content.iter().all(|cell| matches!(cell, TableCell::TableHeader { .. }))
            });
            let head = u8::try_from(heads.count()).unwrap_or(0);
            Some(gongwen::Block::Table { rows, head })
        }
        Block::Image { attrs } => Some(gongwen::Block::Image(gongwen::Image {
            data: attrs.digest.clone(),
            description: attrs.description.clone(),
            width_mm: attrs.width_mm,
        })),
    }
}

/// A paragraph that begins with an ordinal is led by its first sentence, set as a heading of that
/// level (7.3.3).
fn led(spans: Vec<Span>) -> gongwen::Block {
    let plain = gongwen::Block::Paragraph { spans };
    let gongwen::Block::Paragraph { spans } = &plain else { return plain };
    let Some(first) = spans.first().filter(|span| span.style == Style::default()) else {
        return plain;
    };
    let Some(level) = level(&first.text) else { return plain };
    let (lead, rest) = match first.text.split_once('。') {
        Some((lead, rest)) => (format!("{lead}。"), rest),
        None if spans.len() == 1 => (first.text.clone(), ""),
        None => return plain,
    };
    // A whole paragraph of one sentence is no heading, however it is counted.
    if level > 2 || lead.chars().count() > 60 {
        return plain;
    }
    let then = (!rest.is_empty()).then(|| Span::plain(rest)).into_iter();
    let then = then.chain(spans.iter().skip(1).cloned()).collect();
    gongwen::Block::Heading { level, text: lead, then }
}

const ORDINALS: &str = "一二三四五六七八九十百";

/// The level of an ordinal with which a text begins: 一、 is 1 and （一） is 2.
fn level(text: &str) -> Option<u8> {
    let text = text.trim_start();
    let (level, rest) = match text.strip_prefix('（') {
        Some(rest) => (2, rest),
        None => (1, text),
    };
    let after = rest.trim_start_matches(|c| ORDINALS.contains(c));
    let counted = after.len() < rest.len();
    let closed = if level == 2 { after.starts_with('）') } else { after.starts_with('、') };
    (counted && closed).then_some(level)
}

fn cell(cell: &TableCell) -> gongwen::Cell {
    let (TableCell::TableHeader { attrs, content } | TableCell::TableCell { attrs, content }) =
        cell;
    let paragraphs = content.iter().filter_map(|block| match block {
        Block::Heading { content, .. } | Block::Paragraph { content } => Some(spans(content)),
        Block::Table { .. } | Block::Image { .. } => None,
    });
    gongwen::Cell { paragraphs: paragraphs.collect(), columns: attrs.colspan, rows: attrs.rowspan }
}

fn plain(content: &[Inline]) -> String {
    spans(content).into_iter().map(|span| span.text).collect()
}

fn spans(content: &[Inline]) -> Vec<Span> {
    let spans = content.iter().map(|inline| match inline {
        Inline::Text { text, marks } => Span {
            text: text.clone(),
            style: Style {
                bold: marks.contains(&BodyMark::Bold),
                italic: marks.contains(&BodyMark::Italic),
                underline: marks.contains(&BodyMark::Underline),
            },
        },
        Inline::HardBreak => Span::plain("\n"),
    });
    spans.collect()
}
