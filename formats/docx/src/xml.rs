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

/// An element, found by its local name alone: the two namespaces of ISO/IEC 29500, transitional
/// and strict, have the same names.
pub(crate) trait Element<'a> {
    /// The children of a name.
    fn all(self, name: &str) -> impl Iterator<Item = Node<'a, 'a>>;
    /// The first child of a name.
    fn one(self, name: &str) -> Option<Node<'a, 'a>>;
    /// An attribute by its local name, if it is not empty.
    fn own(self, name: &str) -> Option<&'a str>;
    /// An attribute that is a whole number, perhaps with a fraction that is dropped.
    fn number(self, name: &str) -> Option<i64>;
    /// `w:val` of the child of a name.
    fn value(self, name: &str) -> Option<&'a str>;
    /// Whether the child of a name switches something on (ISO/IEC 29500-1 17.17.4), if it is
    /// there.
    fn switch(self, name: &str) -> Option<bool>;
    /// A reference to another file of the package: an attribute of the namespace for those.
    fn reference(self, name: &str) -> Option<&'a str>;
    /// Its local name.
    fn local(self) -> &'a str;
}

impl<'a> Element<'a> for Node<'a, 'a> {
    fn all(self, name: &str) -> impl Iterator<Item = Node<'a, 'a>> {
        self.children().filter(move |child| child.tag_name().name() == name)
    }

    fn one(self, name: &str) -> Option<Node<'a, 'a>> {
        self.all(name).next()
    }

    fn own(self, name: &str) -> Option<&'a str> {
        let linked = |namespace: &str| namespace.ends_with("/relationships");
        let mut named = self.attributes().filter(|attribute| attribute.name() == name);
        let found = named.find(|attribute| !attribute.namespace().is_some_and(linked));
        found.map(|attribute| attribute.value()).filter(|value| !value.is_empty())
    }

    fn number(self, name: &str) -> Option<i64> {
        let value = self.own(name)?;
        value.split_once('.').map_or(value, |(whole, _)| whole).parse().ok()
    }

    fn value(self, name: &str) -> Option<&'a str> {
        self.one(name)?.own("val")
    }

    fn switch(self, name: &str) -> Option<bool> {
        let child = self.one(name)?;
        Some(!matches!(child.own("val"), Some("0" | "false" | "off" | "none")))
    }

    fn reference(self, name: &str) -> Option<&'a str> {
        let linked = |namespace: &str| namespace.ends_with("/relationships");
        let mut named = self.attributes().filter(|attribute| attribute.name() == name);
        named.find(|attribute| attribute.namespace().is_some_and(linked)).map(|a| a.value())
    }

    fn local(self) -> &'a str {
        self.tag_name().name()
    }
}
