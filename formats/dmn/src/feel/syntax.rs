//! Why a text is not an expression.

use std::fmt;

/// Where a text ceases to be an expression, and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// What was expected, in Chinese.
    pub expected: String,
    /// What stands there instead; empty at the end of the text.
    pub found: String,
}

/// How much of what was found is repeated.
const FOUND_MAX: usize = 20;

impl SyntaxError {
    /// An error at a byte of a text.
    pub(crate) fn at(text: &str, place: usize, expected: impl Into<String>, found: &str) -> Self {
        let before = text.get(..place).unwrap_or(text);
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
            expected: expected.into(),
            found: found.chars().take(FOUND_MAX).collect(),
        }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, expected, found } = self;
        write!(f, "第{line}行第{column}列：应为{expected}，")?;
        if found.is_empty() {
            f.write_str("却已结束")
        } else {
            write!(f, "却是“{found}”")
        }
    }
}

impl std::error::Error for SyntaxError {}
