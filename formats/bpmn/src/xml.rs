//! The door for foreign XML: limits are checked in one pass before anything is built.

use crate::error::Error;
use crate::limits::{ATTRIBUTES_MAX, BYTES_MAX, DEPTH_MAX, ELEMENTS_MAX, NAMESPACES_MAX};
use roxmltree::{Document, Node, ParsingOptions};

/// BPMN's own namespace.
pub(crate) const BPMN: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";
/// BPMN's diagrams.
pub(crate) const BPMNDI: &str = "http://www.omg.org/spec/BPMN/20100524/DI";
/// Bounds and points.
pub(crate) const DC: &str = "http://www.omg.org/spec/DD/20100524/DC";
/// Waypoints.
pub(crate) const DI: &str = "http://www.omg.org/spec/DD/20100524/DI";
/// Extensions of Camunda 8.
pub(crate) const ZEEBE: &str = "http://camunda.org/schema/zeebe/1.0";
/// `xsi:type`.
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The tree of a text that keeps within the limits.
pub(crate) fn tree(text: &str) -> Result<Document<'_>, Error> {
    if text.len() > BYTES_MAX {
        return Err(Error::TooMuch { what: "字节数", max: BYTES_MAX });
    }
    scan(text)?;
    let nodes_limit = u32::try_from(ELEMENTS_MAX * 4).unwrap_or(u32::MAX);
    let options = ParsingOptions { nodes_limit, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| said(&error))
}

/// Where the lines of a text begin, so that an element's line is found by halving.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at + 1).collect())
    }

    /// The line of an element, from 1.
    pub(crate) fn line(&self, node: Node<'_, '_>) -> u32 {
        let before = self.0.partition_point(|start| *start <= node.range().start);
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }
}

fn said(error: &roxmltree::Error) -> Error {
    use roxmltree::Error as E;
    let reason = match error {
        E::NodesLimitReached => {
            return Error::TooMuch { what: "元素和文字段数", max: ELEMENTS_MAX * 4 };
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
    Error::Xml { line: error.pos().row, column: error.pos().col, reason }
}

/// Counts what opens and closes, without building anything and without going deep.
struct Scan {
    elements: usize,
    /// How many namespaces each open element declares.
    open: Vec<usize>,
    namespaces: usize,
}

fn scan(text: &str) -> Result<(), Error> {
    let mut counted = Scan { elements: 0, open: Vec::new(), namespaces: 0 };
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

impl Scan {
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
        within("元素数", self.elements, ELEMENTS_MAX)?;
        within("命名空间数", self.namespaces + declared, NAMESPACES_MAX)?;
        if !empty {
            self.open.push(declared);
            self.namespaces += declared;
            within("嵌套层数", self.open.len(), DEPTH_MAX)?;
        }
        Ok(rest)
    }
}

fn within(what: &'static str, found: usize, max: usize) -> Result<(), Error> {
    if found > max { Err(Error::TooMuch { what, max }) } else { Ok(()) }
}
