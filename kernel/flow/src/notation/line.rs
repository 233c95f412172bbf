//! Lines of a process text cut into words, quoted texts and marks, each knowing where it stands.

use super::mistake::{MISTAKES_MAX, Mistake, Mistakes};
use std::sync::Arc;

/// Longest process text, in bytes; the longest of the catalogue is a tenth of it.
const TEXT_MAX: usize = 128 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    Word(&'a str),
    Text(&'a str),
    Mark(char),
}

impl std::fmt::Display for Kind<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Word(word) => write!(f, "“{word}”"),
            Self::Text(text) => write!(f, "带引号的“{text}”"),
            Self::Mark(mark) => write!(f, "“{mark}”"),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    kind: Kind<'a>,
    column: usize,
    start: usize,
}

/// A line that says something, and how far it was read.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) number: usize,
    pub(super) comments: Vec<Arc<str>>,
    text: &'a str,
    tokens: Vec<Token<'a>>,
    at: usize,
}

/// The lines of a text; a last one without words carries the comments that no line follows.
pub(super) fn lines(text: &str) -> Result<Vec<Line<'_>>, Mistakes> {
    if text.len() > TEXT_MAX {
        return Err(Mistake::new(1, 1, "不超过128KB的流程文本", "更长的文本").into());
    }
    let (mut all, mut comments, mut mistakes) = (Vec::new(), Vec::new(), Vec::new());
    let mut last = 0;
    for (number, content) in (1_usize..).zip(text.lines()) {
        last = number;
        let trimmed = content.trim();
        if trimmed.starts_with('#') {
            comments.push(Arc::from(trimmed));
        } else if !trimmed.is_empty() {
            match cut(number, content) {
                Ok(tokens) => {
                    let comments = std::mem::take(&mut comments);
                    all.push(Line { number, comments, text: content, tokens, at: 0 });
                }
                Err(mistake) => mistakes.push(mistake),
            }
        }
    }
    mistakes.truncate(MISTAKES_MAX);
    if !mistakes.is_empty() {
        return Err(Mistakes(mistakes));
    }
    let number = last.saturating_add(1);
    all.push(Line { number, comments, text: "", tokens: Vec::new(), at: 0 });
    Ok(all)
}

fn cut(line: usize, content: &str) -> Result<Vec<Token<'_>>, Mistake> {
    let mut all = Vec::new();
    let mut rest = content.char_indices().zip(1_usize..).peekable();
    while let Some(((start, first), column)) = rest.next() {
        let kind = match first {
            c if c.is_whitespace() => continue,
            '"' => {
                let mut end = None;
                for ((place, c), _) in rest.by_ref() {
                    if c == '"' {
                        end = Some(place);
                        break;
                    }
                }
                let inside = end.and_then(|end| content.get(start.saturating_add(1)..end));
                let none = || Mistake::new(line, column, "成对的引号", "未结束的引号");
                Kind::Text(inside.ok_or_else(none)?)
            }
            mark if is_mark(mark, rest.peek().map(|((_, c), _)| *c)) => Kind::Mark(mark),
            _ => {
                let mut end = start.saturating_add(first.len_utf8());
                while let Some(((place, c), _)) = rest.peek().copied() {
                    let after = content.get(place..).and_then(|rest| rest.chars().nth(1));
                    if c.is_whitespace() || c == '"' || is_mark(c, after) {
                        break;
                    }
                    end = place.saturating_add(c.len_utf8());
                    rest.next();
                }
                Kind::Word(content.get(start..end).unwrap_or_default())
            }
        };
        all.push(Token { kind, column, start });
    }
    Ok(all)
}

/// A plus before a digit counts levels and belongs to its word.
fn is_mark(c: char, next: Option<char>) -> bool {
    match c {
        '{' | '}' | '(' | ')' | ',' => true,
        '+' => !next.is_some_and(|next| next.is_ascii_digit()),
        _ => false,
    }
}

impl<'a> Line<'a> {
    /// What is next.
    pub(super) fn peek(&self) -> Option<Kind<'a>> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    pub(super) const fn is_end_of_text(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Whether the line ends by opening a block.
    pub(super) fn opens(&self) -> bool {
        self.tokens.last().is_some_and(|token| token.kind == Kind::Mark('{'))
    }

    /// What is wrong with what is next.
    pub(super) fn mistake(&self, expected: &str) -> Mistake {
        let token = self.tokens.get(self.at);
        let end = if self.is_end_of_text() { "文件结尾" } else { "行尾" };
        let found = token.map_or_else(|| end.to_owned(), |token| token.kind.to_string());
        let after = self.text.trim_end().chars().count().saturating_add(1);
        Mistake::new(self.number, token.map_or(after, |token| token.column), expected, &found)
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// Takes the next word when `read` makes something of it.
    pub(super) fn word<T>(
        &mut self,
        expected: &str,
        read: impl FnOnce(&'a str) -> Option<T>,
    ) -> Result<T, Mistake> {
        let read = match self.peek() {
            Some(Kind::Word(word)) => read(word),
            _ => None,
        };
        let Some(read) = read else { return Err(self.mistake(expected)) };
        self.step();
        Ok(read)
    }

    pub(super) fn keyword(&mut self, keyword: &str) -> Result<(), Mistake> {
        if self.took(keyword) { Ok(()) } else { Err(self.mistake(&format!("“{keyword}”"))) }
    }

    pub(super) fn took(&mut self, keyword: &str) -> bool {
        let took = self.peek() == Some(Kind::Word(keyword));
        if took {
            self.step();
        }
        took
    }

    pub(super) fn mark(&mut self, mark: char) -> Result<(), Mistake> {
        if self.took_mark(mark) { Ok(()) } else { Err(self.mistake(&format!("“{mark}”"))) }
    }

    pub(super) fn took_mark(&mut self, mark: char) -> bool {
        let took = self.peek() == Some(Kind::Mark(mark));
        if took {
            self.step();
        }
        took
    }

    /// A quoted text of at most `max` characters.
    pub(super) fn text(&mut self, what: &str, max: usize) -> Result<Arc<str>, Mistake> {
        let found = match self.peek() {
            Some(Kind::Text(text)) => Some(text),
            _ => None,
        };
        let found = found.filter(|text| !text.trim().is_empty() && text.chars().count() <= max);
        let Some(found) = found else {
            return Err(self.mistake(&format!("带引号的{what}，不超过{max}字")));
        };
        self.step();
        Ok(found.into())
    }

    /// Everything from here on, less `less` tokens at the end.
    pub(super) fn rest(&mut self, less: usize) -> Option<&'a str> {
        let end = self.tokens.len().checked_sub(less)?;
        let first = self.tokens.get(self.at).filter(|_| self.at < end)?;
        let until = self.tokens.get(end).map_or(self.text.len(), |token| token.start);
        self.at = end;
        self.text.get(first.start..until).map(str::trim)
    }

    /// Nothing more may stand on the line.
    pub(super) fn ends(&self, expected: &str) -> Result<(), Mistake> {
        if self.peek().is_none() { Ok(()) } else { Err(self.mistake(expected)) }
    }
}
