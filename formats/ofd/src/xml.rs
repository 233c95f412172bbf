//! The door for foreign XML: limits are checked in one pass before anything is built.

use crate::error::Error;
use crate::limits::{ATTRIBUTES_MAX, DEPTH_MAX, ELEMENTS_MAX, XML_MAX};
use roxmltree::{Document, Node, ParsingOptions};

/// The text of an XML file: UTF-8, or UTF-16 by its byte order mark (XML 1.0 4.3.3).
pub(crate) fn text(path: &str, bytes: Vec<u8>) -> Result<String, Error> {
    let no_text = || Error::NoText { path: path.to_owned() };
    if bytes.len() > XML_MAX {
        return Err(Error::TooMuch { what: "XML 字节数", max: XML_MAX });
    }
    let unit = match bytes.as_slice() {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => {
            let text = String::from_utf8(bytes).map_err(|_| no_text())?;
            return Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text));
        }
    };
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().skip(1).map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok().filter(|_| rest.is_empty()).ok_or_else(no_text)
}

/// The tree of a text that keeps within the limits.
pub(crate) fn tree<'a>(path: &str, text: &'a str) -> Result<Document<'a>, Error> {
    scan(path, text)?;
    let nodes_limit = u32::try_from(ELEMENTS_MAX * 4).unwrap_or(u32::MAX);
    let options = ParsingOptions { nodes_limit, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| said(path, &error))
}

fn said(path: &str, error: &roxmltree::Error) -> Error {
    use roxmltree::Error as E;
    let reason = match error {
        E::NodesLimitReached => {
            return Error::TooMuch { what: "元素和文字段数", max: ELEMENTS_MAX * 4 };
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
    Error::Xml { path: path.to_owned(), line, column, reason }
}

/// Counts what opens and closes, without building anything and without going deep.
fn scan(path: &str, text: &str) -> Result<(), Error> {
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
            return Err(Error::Doctype { path: path.to_owned(), line });
        } else {
            let (empty, rest) = tag(after)?;
            elements += 1;
            depth += usize::from(!empty);
            within("元素数", elements, ELEMENTS_MAX)?;
            within("元素嵌套层数", depth, DEPTH_MAX)?;
            rest
        };
    }
    Ok(())
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

/// An element, found by its local name alone: producers use the namespace with and without a year.
pub(crate) trait Element<'a> {
    /// The children of a name.
    fn all(self, name: &str) -> impl Iterator<Item = Node<'a, 'a>>;
    /// The first child of a name.
    fn one(self, name: &str) -> Option<Node<'a, 'a>>;
    /// What stands in it, as it is.
    fn inner(self) -> String;
    /// What stands in its child of a name, or nothing.
    fn said(self, name: &str) -> String;
    /// An attribute that is not empty.
    fn own(self, name: &str) -> Option<&'a str>;
    /// An attribute as what it should be, if it is.
    fn read<T: std::str::FromStr>(self, name: &str) -> Option<T>;
    /// An attribute that says yes or no.
    fn flag(self, name: &str) -> Option<bool>;
    /// An attribute of several numbers.
    fn numbers<const N: usize>(self, name: &str) -> Option<[f64; N]>;
}

impl<'a> Element<'a> for Node<'a, 'a> {
    fn all(self, name: &str) -> impl Iterator<Item = Node<'a, 'a>> {
        self.children().filter(move |child| child.tag_name().name() == name)
    }

    fn one(self, name: &str) -> Option<Node<'a, 'a>> {
        self.all(name).next()
    }

    fn inner(self) -> String {
        self.children().filter(Node::is_text).filter_map(|text| text.text()).collect()
    }

    fn said(self, name: &str) -> String {
        self.one(name).map(|child| child.inner().trim().to_owned()).unwrap_or_default()
    }

    fn own(self, name: &str) -> Option<&'a str> {
        self.attribute(name).map(str::trim).filter(|value| !value.is_empty())
    }

    fn read<T: std::str::FromStr>(self, name: &str) -> Option<T> {
        self.own(name)?.parse().ok()
    }

    fn flag(self, name: &str) -> Option<bool> {
        match self.own(name)?.to_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }

    fn numbers<const N: usize>(self, name: &str) -> Option<[f64; N]> {
        numbers(self.own(name)?).get(..N)?.try_into().ok()
    }
}

/// Numbers with blanks or commas between them; what is none ends them.
pub(crate) fn numbers(text: &str) -> Vec<f64> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    words.map_while(number).collect()
}

/// A finite number.
pub(crate) fn number(word: &str) -> Option<f64> {
    word.parse().ok().filter(|value: &f64| value.is_finite())
}
