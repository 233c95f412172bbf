//! The words of an expression.

use super::syntax::SyntaxError;
use crate::decimal::Decimal;
use std::sync::Arc;

/// Longer texts are refused: no one reads an expression of a megabyte.
pub const TEXT_MAX: usize = 256 * 1024;

/// What a word is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Number(Decimal),
    String(Arc<str>),
    Name,
    Symbol,
    End,
}

/// A word with its place.
#[derive(Debug, Clone)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a str,
    pub(crate) start: usize,
}

const SYMBOLS: [&str; 26] = [
    "..", "**", "!=", "<=", ">=", "->", "(", ")", "[", "]", "{", "}", ",", ":", ".", "+", "-", "*",
    "/", "=", "<", ">", "@", "'", ";", "|",
];

/// Whether a name may begin with it (DMN 1.5, 10.3.1.2 rule 28).
fn starts_name(c: char) -> bool {
    matches!(c,
        '?' | '_' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}'
        | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

fn continues_name(c: char) -> bool {
    starts_name(c)
        || c.is_ascii_digit()
        || matches!(c, '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{180E}' | '\u{200B}')
}

/// All words, the last of them the end.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token<'_>>, SyntaxError> {
    if text.len() > TEXT_MAX {
        let expected = format!("不超过{}KB的表达式", TEXT_MAX / 1024);
        return Err(SyntaxError::at(text, TEXT_MAX, expected, "更长的文字"));
    }
    let mut all = Vec::new();
    let mut lexer = Lexer { text, place: 0 };
    loop {
        let token = lexer.next()?;
        let end = token.kind == Kind::End;
        all.push(token);
        if end {
            return Ok(all);
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    place: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.place..).unwrap_or_default()
    }

    fn error(&self, expected: &str) -> SyntaxError {
        SyntaxError::at(self.text, self.place, expected, self.rest())
    }

    fn skip(&mut self) -> Result<(), SyntaxError> {
        loop {
            let rest = self.rest();
            let bare = rest.trim_start_matches(is_space);
            self.place += rest.len() - bare.len();
            if bare.starts_with("//") {
                self.place += bare.find('\n').unwrap_or(bare.len());
            } else if bare.starts_with("/*") {
                let end = bare.find("*/").ok_or_else(|| self.error("以“*/”结束的注释"))?;
                self.place += end + 2;
            } else {
                return Ok(());
            }
        }
    }

    fn take(&mut self, kind: Kind, length: usize) -> Token<'a> {
        let text = self.rest().get(..length).unwrap_or_default();
        let start = self.place;
        self.place += length;
        Token { kind, text, start }
    }

    fn next(&mut self) -> Result<Token<'a>, SyntaxError> {
        self.skip()?;
        let rest = self.rest();
        let mut chars = rest.chars();
        let Some(first) = chars.next() else { return Ok(self.take(Kind::End, 0)) };
        if first == '"' {
            return self.string();
        }
        let pointed = first == '.' && chars.next().is_some_and(|c| c.is_ascii_digit());
        if first.is_ascii_digit() || pointed {
            return self.number();
        }
        if starts_name(first) {
            let length = rest.find(|c| !continues_name(c)).unwrap_or(rest.len());
            return Ok(self.take(Kind::Name, length));
        }
        match SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            Some(symbol) => Ok(self.take(Kind::Symbol, symbol.len())),
            None => Err(self.error("名称、数、文字或运算符")),
        }
    }

    fn number(&mut self) -> Result<Token<'a>, SyntaxError> {
        let rest = self.rest();
        let digits = |from: usize| {
            let tail = rest.get(from..).unwrap_or_default();
            from + tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len())
        };
        let follows =
            |at: usize, set: &[char]| rest.get(at..).is_some_and(|tail| tail.starts_with(set));
        let mut end = digits(0);
        if follows(end, &['.']) && digits(end + 1) > end + 1 {
            end = digits(end + 1);
        }
        if follows(end, &['e', 'E']) {
            let sign = usize::from(follows(end + 1, &['+', '-']));
            let power = digits(end + 1 + sign);
            if power > end + 1 + sign {
                end = power;
            }
        }
        let text = rest.get(..end).unwrap_or_default();
        let number = text.parse().map_err(|_| self.error("不超过6144位的数"))?;
        Ok(self.take(Kind::Number(number), end))
    }

    fn string(&mut self) -> Result<Token<'a>, SyntaxError> {
        let mut out = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    let length = at + 1;
                    return Ok(self.take(Kind::String(out.into()), length));
                }
                '\\' => {
                    let Some((_, escaped)) = chars.next() else { break };
                    let tail = self.rest().get(at..).unwrap_or_default();
                    let used = escape(tail, escaped, &mut out);
                    for _ in 2..used {
                        chars.next();
                    }
                }
                _ => out.push(c),
            }
        }
        Err(self.error("以引号结束的文字"))
    }
}

/// Writes what `tail`, which begins with a backslash, stands for; how many characters it took.
fn escape(tail: &str, escaped: char, out: &mut String) -> usize {
    let plain = match escaped {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '"' | '\'' | '\\' => escaped,
        'u' | 'U' => return code(tail, out),
        _ => {
            // Patterns are full of these: `\d` stays as it is.
            out.push('\\');
            escaped
        }
    };
    out.push(plain);
    2
}

fn hex(tail: &str, from: usize, length: usize) -> Option<u32> {
    let digits = tail.get(from..from + length)?;
    u32::from_str_radix(digits, 16).ok()
}

/// `\u` with four hexadecimal digits, a pair of these, or `\U` with six.
fn code(tail: &str, out: &mut String) -> usize {
    let (unit, used) =
        if tail.starts_with("\\U") { (hex(tail, 2, 6), 8) } else { (hex(tail, 2, 4), 6) };
    if let Some(c) = unit.and_then(char::from_u32) {
        out.push(c);
        return used;
    }
    let low = tail.get(6..8).filter(|mark| *mark == "\\u").and_then(|_| hex(tail, 8, 4));
    if let (Some(high @ 0xD800..0xDC00), Some(low @ 0xDC00..0xE000)) = (unit, low) {
        let joined = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
        out.extend(char::from_u32(joined));
        return 12;
    }
    out.push_str(if tail.starts_with("\\U") { "\\U" } else { "\\u" });
    2
}
