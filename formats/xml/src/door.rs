//! The tree of a text: limits are checked in one pass before anything is built.

use crate::error::Error;
use roxmltree::{Document, ParsingOptions};

/// Attributes of one element: they are compared with each other.
pub const ATTRIBUTES_MAX: usize = 256;

/// How much is read, and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text.
    pub bytes: usize,
    /// Elements.
    pub elements: usize,
    /// Elements within each other: whoever reads the tree goes as deep as it does.
    pub depth: usize,
    /// Namespaces that are declared at one place: an element that declares one more compares it
    /// with all of them.
    pub namespaces: usize,
}

impl Limits {
    /// Elements, and what stands between them.
    const fn nodes(&self) -> usize {
        self.elements.saturating_mul(4)
    }
}

/// The tree of a text that keeps within the limits.
///
/// # Errors
///
/// When it does not, has a document type or is not well-formed.
pub fn tree<'a>(text: &'a str, limits: &Limits) -> Result<Document<'a>, Error> {
    within("字节数", text.len(), limits.bytes)?;
    scan(text, limits)?;
    let nodes_limit = u32::try_from(limits.nodes()).unwrap_or(u32::MAX);
    let options = ParsingOptions { nodes_limit, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| said(&error, limits))
}

fn said(error: &roxmltree::Error, limits: &Limits) -> Error {
    use roxmltree::Error as E;
    let reason = match error {
        E::NodesLimitReached => {
            return Error::TooMuch { what: "元素和文字段数", max: limits.nodes() };
        }
        E::DuplicatedNamespace(name, _) => format!("命名空间前缀“{name}”重复声明"),
        E::UnknownNamespace(name, _) => format!("命名空间前缀“{name}”没有声明"),
        E::DuplicatedAttribute(name, _) => format!("属性 {name} 重复"),
        E::UnexpectedCloseTag(open, close, _) => {
            format!("元素 {open} 没有结束，却遇到 {close} 的结束标记")
        }
        E::UnknownEntityReference(name, _) => format!("实体“{name}”没有定义"),
        E::MalformedEntityReference(_) => "“&”后不是实体；文字中的“&”应写作“&amp;”".into(),
        E::InvalidAttributeValue(_) => "属性值中不能有“<”".into(),
        E::NoRootNode => "没有元素".into(),
        E::UnclosedRootNode => "文件不完整，有元素没有结束".into(),
        E::UnexpectedEndOfStream => "文件不完整".into(),
        E::NonXmlChar(..) => "有 XML 不允许的字符".into(),
        _ => "写法有误".into(),
    };
    Error::Malformed { line: error.pos().row, column: error.pos().col, reason }
}

/// Counts what opens and closes, without building anything and without going deep.
struct Scan<'a> {
    limits: &'a Limits,
    elements: usize,
    /// How many namespaces each open element declares.
    open: Vec<usize>,
    namespaces: usize,
}

fn scan(text: &str, limits: &Limits) -> Result<(), Error> {
    let mut counted = Scan { limits, elements: 0, open: Vec::new(), namespaces: 0 };
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        rest = if let Some(comment) = after.strip_prefix("!--") {
            after_mark(comment, "-->")
        } else if let Some(data) = after.strip_prefix("![CDATA[") {
            after_mark(data, "]]>")
        } else if after.starts_with('?') {
            after_mark(after, "?>")
        } else if let Some(close) = after.strip_prefix('/') {
            counted.namespaces -= counted.open.pop().unwrap_or(0);
            close
        } else if after.starts_with('!') {
            let (before, _) = text.split_at(text.len() - after.len());
            let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
            return Err(Error::Doctype { line });
        } else {
            counted.tag(after)?
        };
    }
    Ok(())
}

/// What follows a mark, or nothing: an unclosed part is then found by the parser.
fn after_mark<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split_once(mark).map_or("", |(_, rest)| rest)
}

impl Scan<'_> {
    /// Reads an opening tag and gives what follows it.
    fn tag<'a>(&mut self, text: &'a str) -> Result<&'a str, Error> {
        let mut attributes = 0;
        let mut declared = 0;
        let mut rest = text;
        let empty = loop {
            let Some(at) = rest.find(['"', '\'', '>', '<']) else { return Ok("") };
            let (before, mark) = rest.split_at(at);
            if mark.starts_with('>') {
                rest = mark;
                break before.ends_with('/');
            }
            let quote = mark.chars().next().filter(|c| *c != '<');
            // A stray bracket: the parser will say so.
            let Some(quote) = quote else { return Ok(mark) };
            attributes += 1;
            within("单个元素的属性数", attributes, ATTRIBUTES_MAX)?;
            let name = before.trim_end().trim_end_matches('=').trim_end();
            let name = name.rsplit(char::is_whitespace).next().unwrap_or("");
            declared += usize::from(name == "xmlns" || name.starts_with("xmlns:"));
            let value = mark.split_once(quote).map_or("", |(_, value)| value);
            rest = value.split_once(quote).map_or("", |(_, after)| after);
        };
        self.elements += 1;
        within("元素数", self.elements, self.limits.elements)?;
        within("命名空间数", self.namespaces + declared, self.limits.namespaces)?;
        within("元素嵌套层数", self.open.len() + 1, self.limits.depth)?;
        if !empty {
            self.open.push(declared);
            self.namespaces += declared;
        }
        Ok(rest)
    }
}

fn within(what: &'static str, found: usize, max: usize) -> Result<(), Error> {
    if found > max { Err(Error::TooMuch { what, max }) } else { Ok(()) }
}
