//! From text to expression. Every nesting is counted: a text that would need more stack than
//! there is has a syntax error.

mod control;
mod kinds;
mod operators;
mod primary;
mod tests;

pub(crate) use primary::at_literal;

use super::ast::{Node, Test};
use super::builtins;
use super::lexer::{Kind, Token, tokens};
use super::names::{Known, Names};
use super::syntax::SyntaxError;
use std::sync::Arc;

/// How deep parentheses, lists, calls and the like may be nested.
pub const NESTING_MAX: u32 = 64;
/// How many links of chains such as `a.b.c` may stand beyond the first eight of each: they nest,
/// too, and all of them together must fit the stack.
const LINKS_MAX: u32 = 500;
const LINKS_FREE: u32 = 8;

type Parsed<T> = Result<T, SyntaxError>;

const KEYWORDS: [&str; 17] = [
    "if",
    "then",
    "else",
    "for",
    "in",
    "return",
    "some",
    "every",
    "satisfies",
    "and",
    "or",
    "between",
    "instance",
    "function",
    "true",
    "false",
    "null",
];

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    place: usize,
    names: &'a Names,
    locals: Known,
    /// The names that were added to the locals, in order.
    added: Vec<Arc<str>>,
    /// The names of entries of contexts, which may follow a point anywhere behind.
    keys: Known,
    filters: u32,
    nesting: u32,
    links: u32,
    ends_range: bool,
}

/// Parses an expression.
pub(super) fn expression(text: &str, names: &Names) -> Parsed<Node> {
    let mut parser = Parser::new(text, names)?;
    let node = parser.expression()?;
    parser.end()?;
    Ok(node)
}

/// Parses the unary tests of a cell.
pub(super) fn unary_tests(text: &str, names: &Names) -> Parsed<Vec<Test>> {
    let mut parser = Parser::new(text, names)?;
    parser.local("?");
    let tests = parser.cell()?;
    parser.end()?;
    Ok(tests)
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, names: &'a Names) -> Parsed<Self> {
        let tokens = tokens(text)?;
        let (locals, keys, added) = (Known::default(), Known::default(), Vec::new());
        let (filters, nesting, links) = (0, 0, 0);
        Ok(Self {
            text,
            tokens,
            place: 0,
            names,
            locals,
            added,
            keys,
            filters,
            nesting,
            links,
            ends_range: false,
        })
    }

    fn rest(&self) -> &[Token<'a>] {
        self.tokens.get(self.place..).unwrap_or_default()
    }

    fn ahead(&self, by: usize) -> Option<&Token<'a>> {
        self.tokens.get(self.place + by)
    }

    fn kind(&self) -> &Kind {
        self.ahead(0).map_or(&Kind::End, |token| &token.kind)
    }

    fn advance(&mut self) {
        self.place += 1;
    }

    fn error(&self, expected: impl Into<String>) -> SyntaxError {
        let found = self.ahead(0);
        let place = found.map_or(self.text.len(), |token| token.start);
        SyntaxError::at(self.text, place, expected, found.map_or("", |token| token.text))
    }

    fn end(&self) -> Parsed<()> {
        match self.kind() {
            Kind::End => Ok(()),
            _ => Err(self.error("运算符或结束")),
        }
    }

    /// Whether a symbol or a keyword comes next.
    fn sees(&self, text: &str) -> bool {
        self.ahead(0).is_some_and(|token| {
            token.text == text && matches!(token.kind, Kind::Symbol | Kind::Name)
        })
    }

    fn takes(&mut self, text: &str) -> bool {
        let seen = self.sees(text);
        if seen {
            self.advance();
        }
        seen
    }

    fn expect(&mut self, text: &str) -> Parsed<()> {
        if self.takes(text) { Ok(()) } else { Err(self.error(format!("“{text}”"))) }
    }

    /// Parses something one level deeper.
    fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.nesting >= NESTING_MAX {
            return Err(self.error(format!("不超过{NESTING_MAX}层的嵌套")));
        }
        self.nesting += 1;
        let ends_range = std::mem::take(&mut self.ends_range);
        let parsed = parse(self);
        self.ends_range = ends_range;
        self.nesting -= 1;
        parsed
    }

    /// Counts one more link of a chain that has `links` already.
    fn link(&mut self, links: &mut u32) -> Parsed<()> {
        *links += 1;
        if *links > LINKS_FREE {
            self.links += 1;
        }
        if self.links > LINKS_MAX { Err(self.error("更短的一串")) } else { Ok(()) }
    }

    fn local(&mut self, name: &str) {
        self.locals.add(name);
        self.added.push(name.into());
    }

    /// Parses something that sees more names than its surroundings.
    fn within<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let before = self.added.len();
        let parsed = parse(self);
        for name in self.added.drain(before..) {
            self.locals.remove(&name);
        }
        parsed
    }

    /// The longest name that is known, as words and name.
    fn known(&self) -> Option<(usize, Arc<str>)> {
        let rest = self.rest();
        let mut best = self.names.variables.longest(rest);
        let fields = (self.names.open || self.filters > 0).then_some(&*self.names.fields);
        let others = [&self.locals].into_iter().chain(fields).chain([builtins::known()]);
        for known in others {
            let found = known.longest(rest);
            if found.as_ref().map(|(n, _)| *n) > best.as_ref().map(|(n, _)| *n) {
                best = found;
            }
        }
        best
    }

    fn name(&mut self) -> Parsed<Arc<str>> {
        let known = self.known();
        let Some(Token { kind: Kind::Name, text, .. }) = self.ahead(0).cloned() else {
            return Err(self.error("表达式"));
        };
        match known {
            Some((words, name)) if words > 1 || !KEYWORDS.contains(&text) => {
                self.place += words;
                return Ok(name);
            }
            _ if KEYWORDS.contains(&text) => return Err(self.error("表达式")),
            _ => {}
        }
        if !self.names.open && self.filters == 0 {
            let wide = text.chars().any(|c| ('\u{FF01}'..='\u{FF5E}').contains(&c));
            let hint = if wide { "（运算符和括号用半角）" } else { "" };
            return Err(self.error(format!("已定义的名称{hint}")));
        }
        self.advance();
        Ok(text.into())
    }

    /// A name that is being defined: every word up to one of the ends.
    fn new_name(&mut self, ends: &[&str]) -> Parsed<Arc<str>> {
        let mut name = String::new();
        let mut previous = None;
        while let Some(token) = self.ahead(0) {
            if token.kind == Kind::End || ends.contains(&token.text) {
                break;
            }
            let apart = previous.is_some_and(|end| end < token.start);
            if apart {
                name.push(' ');
            }
            name.push_str(token.text);
            previous = Some(token.start + token.text.len());
            self.advance();
        }
        let starts = name.chars().next().is_some_and(|c| !c.is_ascii_digit());
        if starts { Ok(name.into()) } else { Err(self.error("名称")) }
    }
}
