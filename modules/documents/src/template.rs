//! 范本: what a document of a type begins with, as data of the catalogue.

use crate::body::{Block, Body, HeadingAttributes, Inline, Root};
use crate::model::DocumentType;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;
use utoipa::ToSchema;

const LINES: &str = include_str!("../../../catalogue/documents/templates.jsonl");

/// What stands where the drafter has to fill in something.
pub const BLANK: &str = "〔待填";

/// A template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Template {
    /// Its key.
    pub key: String,
    /// What it is for.
    pub name: String,
    /// 文种
    pub document_type: DocumentType,
    /// The title without its issuer.
    pub title: String,
    /// The text.
    pub body: Body,
    /// 附注
    pub note: String,
}

/// A line of the catalogue.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    key: String,
    name: String,
    document_type: DocumentType,
    title: String,
    lines: Vec<String>,
    #[serde(default)]
    note: String,
}

/// All templates, in the order of the regulation's types (条例 第八条).
#[must_use]
#[expect(clippy::panic, reason = "a built-in template that does not read is a bug")]
pub fn templates() -> &'static [Template] {
    static ALL: OnceLock<Vec<Template>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read = |line: &str| -> Line {
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
        };
        LINES.lines().map(read).map(Template::from).collect()
    })
}

impl From<Line> for Template {
    fn from(line: Line) -> Self {
        let content = line.lines.iter().map(|text| block(text)).collect();
        let body = Body { kind: Root::Doc, content };
        let Line { key, name, document_type, title, note, .. } = line;
        Self { key, name, document_type, title, body, note }
    }
}

fn block(line: &str) -> Block {
    let text = |text: &str| vec![Inline::Text { text: text.to_owned(), marks: Vec::new() }];
    match line.strip_prefix("# ") {
        Some(heading) => {
            Block::Heading { attrs: HeadingAttributes { level: 1 }, content: text(heading) }
        }
        None => Block::Paragraph { content: text(line) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_of_the_fifteen_types_has_one_and_each_says_what_is_to_be_filled_in() {
        let types: BTreeSet<DocumentType> =
            templates().iter().map(|template| template.document_type).collect();
        assert_eq!(types.len(), 15);
        let keys: BTreeSet<&str> = templates().iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys.len(), templates().len());
        for template in templates() {
            assert_eq!(template.body.check(), Ok(()), "{}", template.key);
            let lines = template.body.lines();
            assert!(lines.iter().any(|line| line.contains(BLANK)), "{}", template.key);
            let name = template.document_type.name();
            let ends = template.title.ends_with(name) || name.starts_with("命令");
            assert!(ends || template.title.ends_with("复函"), "{}", template.title);
            // 条例 第九条（十四）: where a request's reader looks for whom to ask.
            let asks = template.document_type == DocumentType::RequestForInstruction;
            assert!(!asks || template.note.starts_with("联系人："), "{}", template.note);
        }
    }
}
