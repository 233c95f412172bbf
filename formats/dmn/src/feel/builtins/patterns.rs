//! Functions with patterns: regular expressions of XPath (XQuery and XPath Functions 3.1, 5.6),
//! translated to ones that are matched in linear time.

use super::arguments::failed;
use super::{Arguments, Builtin, Trouble};
use crate::feel::context::Context;
use crate::feel::value::Value;
use regex::{Regex, RegexBuilder};

pub(super) const TABLE: &[Builtin] = &[
    Builtin { name: "matches", signatures: &[&["input", "pattern", "?flags"]], body: matches },
    Builtin {
        name: "replace",
        signatures: &[&["input", "pattern", "replacement", "?flags"]],
        body: replace,
    },
    Builtin { name: "split", signatures: &[&["string", "delimiter"]], body: split },
];

/// How much memory a compiled pattern may take.
const PATTERN_MAX: usize = 512 * 1024;
/// Steps that compiling a pattern counts as, besides its length.
const COMPILING: u64 = 500;

/// A pattern is never counted as more states than this; it would be too large to compile.
const STATES_MAX: usize = 20_000;

/// What matching costs: at worst every byte is held against every state of the pattern, and
/// counted repetitions multiply those.
fn spend(pattern: &str, input: &str, context: &mut Context) -> Result<(), Trouble> {
    let counts = pattern.split('{').skip(1).filter_map(|rest| {
        let (counts, _) = rest.split_once('}')?;
        counts.split(',').filter_map(|n| n.parse::<usize>().ok()).max()
    });
    let states = counts.fold(pattern.len(), |all, n| all.saturating_mul(n.max(1)));
    let steps = states.min(STATES_MAX) / 16 + 1;
    Ok(context.spend_for(input.len().saturating_mul(steps))?)
}

struct Flags {
    dot_all: bool,
    lines: bool,
    any_case: bool,
    spaced: bool,
    literal: bool,
}

fn flags(text: &str) -> Result<Flags, Trouble> {
    if let Some(unknown) = text.chars().find(|c| !"smixq".contains(*c)) {
        return failed(format!("没有“{unknown}”这个标志"));
    }
    let has = |c: char| text.contains(c);
    Ok(Flags {
        dot_all: has('s'),
        lines: has('m'),
        any_case: has('i'),
        spaced: has('x'),
        literal: has('q'),
    })
}

fn compiled(pattern: &str, flags: &Flags, context: &mut Context) -> Result<Regex, Trouble> {
    context.spend(COMPILING)?;
    context.spend_for(pattern.len())?;
    let translated = if flags.literal {
        Some(regex::escape(pattern))
    } else {
        Translator::new(pattern, flags).translate()
    };
    let Some(translated) = translated else { return failed("模式不对") };
    let built = RegexBuilder::new(&translated)
        .case_insensitive(flags.any_case)
        .multi_line(flags.lines)
        .size_limit(PATTERN_MAX)
        .nest_limit(50)
        .build();
    built.or_else(|_| failed("模式不对"))
}

fn matches(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let input = given.text(0)?;
    let flags = flags(&given.text_if(2)?.unwrap_or_default())?;
    let pattern = compiled(&given.text(1)?, &flags, context)?;
    spend(&given.text(1)?, &input, context)?;
    Ok(Value::Boolean(pattern.is_match(&input)))
}

fn replace(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let input = given.text(0)?;
    let flags = flags(&given.text_if(3)?.unwrap_or_default())?;
    let pattern = compiled(&given.text(1)?, &flags, context)?;
    let replacement = given.text(2)?;
    let Some(parts) = parts(&replacement, flags.literal, pattern.captures_len()) else {
        return failed("替换的文字不对");
    };
    if pattern.is_match("") {
        return failed("模式不能匹配空文字");
    }
    spend(&given.text(1)?, &input, context)?;
    let mut out = String::new();
    let mut place = 0;
    for found in pattern.captures_iter(&input) {
        let Some(whole) = found.get(0) else { continue };
        out.push_str(input.get(place..whole.start()).unwrap_or_default());
        for part in &parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Group(n) => out.push_str(found.get(*n).map_or("", |group| group.as_str())),
            }
        }
        context.spend(1)?;
        context.spend_for(out.len() / 4096)?;
        place = whole.end();
    }
    out.push_str(input.get(place..).unwrap_or_default());
    Ok(context.text(out)?)
}

enum Part {
    Text(String),
    Group(usize),
}

/// A replacement: `$1` is what a group found, `\$` and `\\` are themselves.
fn parts(text: &str, literal: bool, groups: usize) -> Option<Vec<Part>> {
    if literal {
        return Some(vec![Part::Text(text.to_owned())]);
    }
    let mut all = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => all.push(Part::Text(chars.next_if(|c| matches!(c, '\\' | '$'))?.to_string())),
            '$' => {
                let digit = chars.next().and_then(|c| c.to_digit(10))?;
                let mut group = usize::try_from(digit).ok()?;
                // More digits belong to it as long as there is such a group.
                while let Some(next) = chars.peek().and_then(|c| c.to_digit(10)) {
                    let longer = group * 10 + usize::try_from(next).ok()?;
                    if longer >= groups {
                        break;
                    }
                    group = longer;
                    chars.next();
                }
                all.push(Part::Group(group));
            }
            _ => all.push(Part::Text(c.to_string())),
        }
    }
    Some(all)
}

fn split(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let input = given.text(0)?;
    let pattern = compiled(&given.text(1)?, &flags("")?, context)?;
    spend(&given.text(1)?, &input, context)?;
    let pieces = pattern.split(&input).map(Value::text).collect();
    Ok(context.list(pieces)?)
}

struct Translator<'a> {
    chars: std::iter::Peekable<std::str::Chars<'a>>,
    out: String,
    dot_all: bool,
    spaced: bool,
    classes: u32,
}

impl<'a> Translator<'a> {
    fn new(pattern: &'a str, flags: &Flags) -> Self {
        Self {
            chars: pattern.chars().peekable(),
            out: String::new(),
            dot_all: flags.dot_all,
            spaced: flags.spaced,
            classes: 0,
        }
    }

    /// None where the pattern is none, or uses what cannot be matched in linear time.
    fn translate(mut self) -> Option<String> {
        while let Some(c) = self.next() {
            match c {
                '.' => self.out.push_str(if self.dot_all { "(?s:.)" } else { "[^\\n\\r]" }),
                '\\' => self.escape()?,
                '[' => self.class()?,
                '(' => self.group()?,
                c if c.is_whitespace() || c == '#' => {
                    self.out.push_str(&regex::escape(&c.to_string()));
                }
                '&' | '~' => self.out.extend(['\\', c]),
                c => self.out.push(c),
            }
        }
        Some(self.out)
    }

    fn next(&mut self) -> Option<char> {
        if self.spaced && self.classes == 0 {
            while self.chars.next_if(|c| matches!(c, ' ' | '\t' | '\n' | '\r')).is_some() {}
        }
        self.chars.next()
    }

    /// Groups capture or, with `?:`, do not; looking around is not of XPath.
    fn group(&mut self) -> Option<()> {
        self.out.push('(');
        if self.chars.next_if_eq(&'?').is_some() {
            self.chars.next_if_eq(&':')?;
            self.out.push_str("?:");
        }
        Some(())
    }

    fn escape(&mut self) -> Option<()> {
        let c = self.next()?;
        let inside = self.classes > 0;
        match c {
            'n' | 'r' | 't' | '\\' | '|' | '.' | '-' | '^' | '?' | '*' | '+' | '{' | '}' | '('
            | ')' | '[' | ']' | '$' | 'd' | 'D' | 'w' | 'W' | 's' | 'S' => {
                self.out.extend(['\\', c]);
            }
            'i' if !inside => self.out.push_str("[\\p{L}_:]"),
            'I' if !inside => self.out.push_str("[^\\p{L}_:]"),
            'c' if !inside => self.out.push_str("[\\p{L}\\p{N}\\-._:\u{B7}]"),
            'C' if !inside => self.out.push_str("[^\\p{L}\\p{N}\\-._:\u{B7}]"),
            'i' => self.out.push_str("\\p{L}_:"),
            'c' => self.out.push_str("\\p{L}\\p{N}\\-._:\u{B7}"),
            'p' | 'P' => self.property(c)?,
            _ => return None,
        }
        Some(())
    }

    fn property(&mut self, letter: char) -> Option<()> {
        if self.next()? != '{' {
            return None;
        }
        let mut name = String::new();
        loop {
            match self.next()? {
                '}' => break,
                c => name.push(c),
            }
        }
        let range = match name.as_str() {
            "IsBasicLatin" => "\\x00-\\x7F",
            "IsLatin-1Supplement" => "\\x{80}-\\x{FF}",
            "IsGreek" | "IsGreekandCoptic" => "\\x{370}-\\x{3FF}",
            "IsCyrillic" => "\\x{400}-\\x{4FF}",
            "IsCJKUnifiedIdeographs" => "\\x{4E00}-\\x{9FFF}",
            "IsCJKSymbolsandPunctuation" => "\\x{3000}-\\x{303F}",
            "IsHalfwidthandFullwidthForms" => "\\x{FF00}-\\x{FFEF}",
            _ => {
                let general =
                    (1..=2).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphabetic());
                general.then(|| self.out.push_str(&format!("\\{letter}{{{name}}}")))?;
                return Some(());
            }
        };
        let not = if letter == 'P' { "^" } else { "" };
        self.out.push_str(&format!("[{not}{range}]"));
        Some(())
    }

    /// A class, with `-[…]` for what is taken out of it.
    fn class(&mut self) -> Option<()> {
        self.classes += 1;
        if self.classes > 8 {
            return None;
        }
        self.out.push('[');
        if self.chars.next_if_eq(&'^').is_some() {
            self.out.push('^');
        }
        let mut empty = true;
        loop {
            match self.chars.next()? {
                ']' if empty => return None,
                ']' => break,
                '[' => return None,
                '\\' => self.escape()?,
                '-' if self.chars.next_if_eq(&'[').is_some() => {
                    self.out.push_str("--");
                    self.class()?;
                    self.chars.next_if_eq(&']')?;
                    break;
                }
                '-' if empty || self.chars.peek() == Some(&']') => self.out.push_str("\\-"),
                c @ ('&' | '~' | '^') => self.out.extend(['\\', c]),
                c => self.out.push(c),
            }
            empty = false;
        }
        self.out.push(']');
        self.classes -= 1;
        Some(())
    }
}
