//! Which line of a Word file is which element.

use crate::import::end::{is_annex_head, printing};
use crate::import::head::{is_mark, title};
use crate::import::item::{Item, Line, items};
use crate::import::words::{date, groups, is_organ, number, serial, tight};
use lingnan_docx::model::{Block, Document, Indent, Look, Paragraph, Piece, Section, Table};
use lingnan_gongwen::{Format, Kind};

/// A Word file taken apart.
#[derive(Default)]
pub(super) struct Anatomy {
    pub(super) sections: Vec<Section>,
    pub(super) format: Option<Format>,
    pub(super) secrecy: Option<String>,
    pub(super) urgency: Option<Line>,
    pub(super) mark: Vec<Line>,
    pub(super) number: Option<Line>,
    pub(super) signers: bool,
    pub(super) title: Vec<Line>,
    pub(super) recipients: Option<Line>,
    pub(super) body: Vec<Line>,
    pub(super) annex_note: Vec<Line>,
    pub(super) date: Option<Line>,
    pub(super) note: Option<Line>,
    /// 附件 at the head of each, with its title.
    pub(super) annexes: Vec<(Line, Option<Line>)>,
    pub(super) copies: Option<Line>,
    pub(super) printing: Option<Line>,
    /// A red line under a paragraph of the head.
    pub(super) red_line: bool,
    pub(super) all: Vec<Line>,
}

pub(super) fn dissect(document: Document) -> Anatomy {
    let mut items = items(&document, &mut Vec::new());
    items.retain(|item| !item.is_blank());
    let mut found = Anatomy { red_line: red_line(&document), ..Anatomy::default() };
    found.sections = document.sections;
    let (from, until) = title(&items);
    let line = |item: &Item| item.line().cloned();
    found.all = items.iter().filter_map(line).collect();
    found.title = items.iter().take(until).skip(from).filter_map(line).collect();
    found.head(&items.iter().take(from).filter_map(line).collect::<Vec<_>>());
    let rest: Vec<Line> = items.iter().skip(until).filter_map(line).collect();
    found.rest(rest);
    found
}

/// A red border between the head and the text.
fn red_line(document: &Document) -> bool {
    let red = |paragraph: &Paragraph| {
        let rules = [paragraph.form.above, paragraph.form.below];
        rules.into_iter().flatten().any(|rule| rule.color[0] > 150 && rule.color[1] < 110)
    };
    let first = document.sections.iter().take(1).flat_map(|section| &section.first.head);
    let mut head = document.body.iter().take(30).chain(first);
    head.any(|block| matches!(block, Block::Paragraph(paragraph) if red(paragraph)))
}

impl Anatomy {
    fn head(&mut self, head: &[Line]) {
        for line in head {
            let text = line.tight();
            if is_mark(line) {
                self.mark.push(line.clone());
            } else if number(&line.text).is_some()
                || serial(&text).is_some()
                || is_like_number(&text)
            {
                self.number = Some(line.clone());
            } else if ["绝密", "机密", "秘密"].iter().any(|word| text.starts_with(word)) {
                self.secrecy = Some(text.clone());
            } else if ["特急", "加急", "急件"].contains(&text.as_str()) {
                self.urgency = Some(line.clone());
            }
            self.signers |= text.contains("签发人");
        }
        let said: String = self.mark.iter().map(Line::tight).collect();
        let letter = self.mark.iter().any(|line| line.in_head)
            || (self.ends_as(Kind::Letter) && !said.ends_with("文件"));
        self.format = match said.as_str() {
            "" => None,
            _ if letter => Some(Format::Letter),
            said if said.ends_with('令') => Some(Format::Order),
            said if said.contains("纪要") => Some(Format::Minutes),
            _ => Some(Format::Document),
        };
    }

    pub(super) fn ends_as(&self, kind: Kind) -> bool {
        let title: String = self.title.iter().map(Line::tight).collect();
        title.ends_with(kind.name())
    }

    fn rest(&mut self, mut rest: Vec<Line>) {
        self.printing = take(&mut rest, |line| printing(&line.text).is_some());
        self.copies = take(&mut rest, |line| line.tight().starts_with("抄送"));
        while let Some(at) = rest.iter().rposition(is_annex_head) {
            let own = rest.split_off(at);
            if let [head, after @ ..] = own.as_slice() {
                self.annexes.insert(0, (head.clone(), after.first().cloned()));
            }
        }
        let bracketed = |line: &Line| {
            let text = line.text.trim();
            text.starts_with('（') && text.ends_with('）')
        };
        rest = rest.into_iter().skip_while(|l| bracketed(l) && l.is_centered()).collect();
        if let Some(first) = rest.first() {
            let text = first.text.trim();
            let named = text.trim_end_matches(['：', ':']);
            let name = groups(named).into_iter().flatten().next().unwrap_or_default();
            let organs = is_organ(&name) || name.starts_with('各') || !first.is_indented();
            if named.len() < text.len()
                && !named.contains('。')
                && !named.ends_with("如下")
                && organs
            {
                self.recipients = Some(rest.remove(0));
            }
        }
        let dated = |line: &Line| line.text.split('\t').next_back().and_then(date).is_some();
        if let Some(at) = rest.iter().rposition(dated) {
            self.note = rest.iter().skip(at).find(|line| bracketed(line)).cloned();
            self.date = rest.get(at).cloned();
            rest.truncate(at);
            let aside = |line: &Line| line.form.align == Some(lingnan_docx::model::Align::Right);
            while rest.last().is_some_and(|l| is_organ(l.text.trim()) || aside(l)) {
                rest.pop();
            }
        }
        let list = rest.iter().rposition(|line| line.tight().starts_with("附件："));
        let list = list.or_else(|| rest.iter().rposition(|line| line.tight().starts_with("附件:")));
        if let Some(at) = list {
            self.annex_note = rest.split_off(at);
        }
        self.body = rest;
    }

    /// The look that most characters of the text have, by one of its sides.
    pub(super) fn most<T: Ord + Clone>(&self, side: impl Fn(&Look) -> Option<T>) -> Option<T> {
        let mut counts = std::collections::BTreeMap::new();
        for (text, look) in self.body.iter().flat_map(|line| &line.runs) {
            if let Some(value) = side(look) {
                *counts.entry(value).or_insert(0_usize) += text.chars().count();
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(value, _)| value)
    }

    /// The number of the page, odd or even, with what stands around it.
    pub(super) fn page_number(&self, even: bool) -> Option<&Paragraph> {
        let section = self.sections.first()?;
        let margins = if even { section.even.as_ref()? } else { &section.odd };
        numbered(&margins.foot).or_else(|| numbered(&margins.head))
    }
}

/// Takes the last line away that is meant.
fn take(lines: &mut Vec<Line>, is: impl Fn(&Line) -> bool) -> Option<Line> {
    let at = lines.iter().rposition(is)?;
    Some(lines.remove(at))
}

fn numbered(blocks: &[Block]) -> Option<&Paragraph> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.pieces.iter().find_map(|piece| match piece {
            Piece::PageNumber(_) => Some(paragraph),
            Piece::Boxed(inner) => numbered(&inner.blocks),
            _ => None,
        }),
        Block::Table(Table { rows, .. }) => {
            let mut cells = rows.iter().flat_map(|row| &row.cells);
            cells.find_map(|cell| numbered(&cell.blocks))
        }
    })
}

/// A year in brackets and 号, however wrongly spelt.
fn is_like_number(plain: &str) -> bool {
    let year = plain.chars().filter(char::is_ascii_digit).count() >= 3;
    let bracket = plain.contains(['〔', '[', '［', '(', '（', '【']);
    year && bracket && tight(plain).contains('号') && plain.chars().count() < 40
}

/// An indent in hundredths of a character of the line.
pub(super) fn hundredths(indent: Option<Indent>, size: i64) -> i64 {
    match indent {
        None => 0,
        Some(Indent::Characters(count)) => count,
        Some(Indent::Twips(twips)) => twips.saturating_mul(100) / (size * 10).max(1),
    }
}

/// How far in a line begins, in hundredths of a character: blanks of a full width count too.
pub(super) fn indent(line: &Line) -> i64 {
    let size = line.size();
    let own = hundredths(line.form.left, size) + hundredths(line.form.first, size);
    let blanks = line.text.chars().take_while(|c| c.is_whitespace());
    own + blanks.map(|c| if c.is_ascii() { 50 } else { 100 }).sum::<i64>()
}
