//! The door for foreign XML: limits are checked in one pass before anything is built.

use crate::error::Error;
use crate::limits::{ATTRIBUTES_MAX, DEPTH_MAX, Limits};
use roxmltree::{Document, ParsingOptions};

/// The text of an XML file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Xml {
    path: String,
    text: String,
    /// Elements that it may have.
    elements_max: usize,
}

impl Xml {
    pub(crate) fn of(path: &str, bytes: Vec<u8>, limits: Limits) -> Result<Self, Error> {
        if bytes.len() > limits.xml {
            return Err(Error::TooMuch { what: "XML 字节数", max: limits.xml });
        }
        let text = text(bytes).ok_or_else(|| Error::NoText { path: path.to_owned() })?;
        Ok(Self { path: path.to_owned(), text, elements_max: limits.elements })
    }

    /// Its path in the package.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The tree of it, if it keeps within the limits.
    ///
    /// # Errors
    ///
    /// When it does not, has a document type or is not well-formed.
    pub fn tree(&self) -> Result<Document<'_>, Error> {
        self.scan()?;
        let nodes_limit = u32::try_from(self.elements_max.saturating_mul(4)).unwrap_or(u32::MAX);
        let options = ParsingOptions { nodes_limit, ..ParsingOptions::default() };
        Document::parse_with_options(&self.text, options).map_err(|error| self.said(&error))
    }

    fn said(&self, error: &roxmltree::Error) -> Error {
        use roxmltree::Error as E;
        let reason = match error {
            E::NodesLimitReached => {
                return Error::TooMuch {
                    what: "元素和文字段数",
                    max: self.elements_max.saturating_mul(4),
                };
            }
            E::UnknownNamespace(name, _) => format!("命名空间前缀“{name}”没有声明"),
            E::DuplicatedAttribute(name, _) => format!("属性 {name} 重复"),
            E::UnexpectedCloseTag(open, close, _) => {
                format!("元素 {open} 没有结束，却遇到 {close} 的结束标记")
            }
            E::UnknownEntityReference(name, _) => format!("实体“{name}”没有定义"),
            E::NoRootNode => "没有元素".into(),
            E::UnclosedRootNode | E::UnexpectedEndOfStream => "文件不完整".into(),
            E::NonXmlChar(..) => "有 XML 不允许的字符".into(),
            _ => "写法有误".into(),
        };
        let (line, column) = (error.pos().row, error.pos().col);
        Error::Xml { path: self.path.clone(), line, column, reason }
    }

    /// Counts what opens and closes, without building anything and without going deep.
    fn scan(&self) -> Result<(), Error> {
        let text = self.text.as_str();
        let (mut elements, mut depth) = (0, 0_usize);
        let mut rest = text;
        while let Some((_, after)) = rest.split_once('<') {
            rest = if let Some(comment) = after.strip_prefix("!--") {
                after_mark(comment, "-->")
            } else if let Some(data) = after.strip_prefix("![CDATA[") {
                after_mark(data, "]]>")
            } else if after.starts_with('?') {
                after_mark(after, "?>")
            } else if let Some(close) = after.strip_prefix('/') {
                depth = depth.saturating_sub(1);
                close
            } else if after.starts_with('!') {
                let (before, _) = text.split_at(text.len() - after.len());
                let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
                return Err(Error::Doctype { path: self.path.clone(), line });
            } else {
                let (empty, rest) = tag(after)?;
                elements += 1;
                depth += usize::from(!empty);
                within("元素数", elements, self.elements_max)?;
                within("元素嵌套层数", depth, DEPTH_MAX)?;
                rest
            };
        }
        Ok(())
    }
}

/// UTF-8, or UTF-16 by its byte order mark (XML 1.0 4.3.3).
fn text(bytes: Vec<u8>) -> Option<String> {
    let unit = match bytes.as_slice() {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => {
            let text = String::from_utf8(bytes).ok()?;
            return Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text));
        }
    };
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().skip(1).map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok().filter(|_| rest.is_empty())
}

/// What follows a mark, or nothing: an unclosed part is then found by the parser.
fn after_mark<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split_once(mark).map_or("", |(_, rest)| rest)
}

/// Whether an opening tag closes itself, and what follows it.
fn tag(text: &str) -> Result<(bool, &str), Error> {
    let mut rest = text;
    for _ in 0..=ATTRIBUTES_MAX {
        let Some(at) = rest.find(['"', '\'', '>', '<']) else { return Ok((true, "")) };
        let (before, mark) = rest.split_at(at);
        if mark.starts_with('>') {
            return Ok((before.ends_with('/'), mark));
        }
        let Some(quote) = mark.chars().next().filter(|c| *c != '<') else {
            // A stray bracket: the parser will say so.
            return Ok((true, mark));
        };
        let value = mark.split_once(quote).map_or("", |(_, value)| value);
        rest = value.split_once(quote).map_or("", |(_, after)| after);
    }
    Err(Error::TooMuch { what: "单个元素的属性数", max: ATTRIBUTES_MAX })
}

fn within(what: &'static str, found: usize, max: usize) -> Result<(), Error> {
    if found > max { Err(Error::TooMuch { what, max }) } else { Ok(()) }
}
