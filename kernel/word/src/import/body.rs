//! 正文: headings by their style, their face or their ordinal; paragraphs, tables, images.

use super::item::{Item, Line, merged, span};
use super::words::level;
use lingnan_gongwen::{Block, Span, Style};

/// Characters of a heading that stands alone without a style of its own.
const ALONE_MAX: usize = 40;
/// Characters of a sentence that leads a paragraph as a heading.
const LEAD_MAX: usize = 60;

pub(super) fn blocks(items: Vec<Item>) -> Vec<Block> {
    let all = items.into_iter().filter_map(|item| match item {
        Item::Line(line) => block(&line),
        Item::Other(block) => Some(block),
    });
    all.collect()
}

fn block(line: &Line) -> Option<Block> {
    let spans = trimmed(merged(line.runs.iter().map(|(text, look)| span(text, look))));
    if spans.is_empty() {
        return None;
    }
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    if let Some(level) = line.form.heading.filter(|level| (1..=4).contains(level)) {
        return Some(Block::Heading { level: level_of(&text, level), text, then: Vec::new() });
    }
    Some(led(line).or_else(|| alone(line, &text)).unwrap_or(Block::Paragraph { spans }))
}

/// Its ordinal tells a heading's level, whatever style its author took.
fn level_of(text: &str, styled: u8) -> u8 {
    level(text).unwrap_or(styled)
}

/// A paragraph led by a heading: by characters of a heading's style, or of another face.
fn led(line: &Line) -> Option<Block> {
    let mut runs = line.runs.iter().skip_while(|(text, _)| text.trim().is_empty()).peekable();
    let (_, first) = runs.peek()?;
    let styled = first.heading.filter(|level| (1..=4).contains(level));
    let mut text = String::new();
    while let Some((part, _)) = runs.next_if(|(_, look)| {
        look.heading == first.heading && look.font == first.font && look.bold == first.bold
    }) {
        text.push_str(part);
    }
    let text = text.trim_start().to_owned();
    let then = merged(runs.map(|(text, look)| span(text, look)));
    let counted = level(&text);
    let face = first.font.as_deref().unwrap_or_default();
    let faced =
        (face.contains('黑') && counted == Some(1)) || (face.contains('楷') && counted == Some(2));
    let level = styled.or(counted.filter(|_| faced))?;
    let ends = text.chars().count() <= LEAD_MAX * 2;
    ends.then(|| Block::Heading { level, text: clean(&text), then })
}

/// A short paragraph that begins with 一、 or （一） and is no sentence, or is led by one.
fn alone(line: &Line, text: &str) -> Option<Block> {
    let level = level(text)?;
    if level <= 2
        && text.chars().count() <= ALONE_MAX
        && !text.contains(['。', '\n', '\t', '；', '：'])
    {
        return Some(Block::Heading { level, text: text.to_owned(), then: Vec::new() });
    }
    let spans = trimmed(merged(line.runs.iter().map(|(text, look)| span(text, look))));
    let first = spans.first().filter(|span| level == 2 && span.style == Style::default())?;
    let (lead, rest) = first.text.split_once('。')?;
    if lead.chars().count() > LEAD_MAX || (rest.is_empty() && spans.len() == 1) {
        return None;
    }
    let then = (!rest.is_empty()).then(|| Span::plain(rest)).into_iter();
    let then = then.chain(spans.iter().skip(1).cloned()).collect();
    Some(Block::Heading { level, text: format!("{lead}。"), then })
}

fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n')).collect()
}

/// Without blanks before and after: the page indents paragraphs.
fn trimmed(mut spans: Vec<Span>) -> Vec<Span> {
    while let Some(first) = spans.first_mut() {
        first.text = first.text.trim_start().to_owned();
        if !first.text.is_empty() {
            break;
        }
        spans.remove(0);
    }
    while let Some(last) = spans.last_mut() {
        last.text = last.text.trim_end().to_owned();
        if !last.text.is_empty() {
            break;
        }
        spans.pop();
    }
    spans
}
