//! Words, quoted texts and braces of a process text, each knowing where it stands.

use super::Mistake;

/// Longest process text, in bytes; the longest of the catalogue is a tenth of it.
const TEXT_MAX: usize = 64 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Word(String),
    Text(String),
    Open,
    Close,
    End,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Word(word) => write!(f, "“{word}”"),
            Self::Text(text) => write!(f, "名称“{text}”"),
            Self::Open => f.write_str("“{”"),
            Self::Close => f.write_str("“}”"),
            Self::End => f.write_str("文件结尾"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Cuts a text into tokens, the last of them [`Kind::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Mistake> {
    if text.len() > TEXT_MAX {
        return Err(Mistake::new(1, 1, "不超过64KB的流程文本", "更长的文本"));
    }
    let mut all = Vec::new();
    for (line, content) in (1_usize..).zip(text.lines()) {
        cut(line, content, &mut all)?;
    }
    let line = text.lines().count().saturating_add(1);
    all.push(Token { kind: Kind::End, line, column: 1 });
    Ok(all)
}

fn cut(line: usize, content: &str, all: &mut Vec<Token>) -> Result<(), Mistake> {
    let mut rest = content.chars().zip(1_usize..).peekable();
    while let Some((first, column)) = rest.next() {
        let kind = match first {
            c if c.is_whitespace() => continue,
            '{' => Kind::Open,
            '}' => Kind::Close,
            '"' => {
                let mut text = String::new();
                while let Some((c, _)) = rest.next_if(|(c, _)| *c != '"') {
                    text.push(c);
                }
                if rest.next().is_none() {
                    return Err(Mistake::new(line, column, "成对的引号", "未结束的引号"));
                }
                Kind::Text(text)
            }
            first => {
                let mut word = String::from(first);
                while let Some((c, _)) = rest.next_if(|(c, _)| is_in_word(*c)) {
                    word.push(c);
                }
                Kind::Word(word)
            }
        };
        all.push(Token { kind, line, column });
    }
    Ok(())
}

fn is_in_word(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '{' | '}' | '"')
}
