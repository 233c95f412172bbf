//! Test files of the kit.

use crate::Error;
use crate::feel::{Entries, List, Value, at_literal};
use crate::model::xml::{child, content, document, named, text_of};
use crate::temporal::{Date, DateTime, Days, Months, Time};
use roxmltree::Node;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A test file.
pub(super) struct Suite {
    pub(super) model: String,
    pub(super) cases: Vec<Case>,
}

/// A test case.
pub(super) struct Case {
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) inputs: Vec<Input>,
    pub(super) results: Vec<Expected>,
}

/// What a case evaluates.
pub(super) enum Kind {
    Decision,
    /// The business knowledge or decision service of that name.
    Invocable(String),
}

/// A value that a case gives.
pub(super) struct Input {
    pub(super) name: String,
    pub(super) namespace: Option<String>,
    pub(super) value: Value,
}

/// A value that a case expects.
pub(super) struct Expected {
    pub(super) name: String,
    pub(super) is_error: bool,
    pub(super) expected: Value,
}

const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

fn attribute(node: Node<'_, '_>, name: &'static str) -> String {
    node.attribute(name).unwrap_or_default().to_owned()
}

impl Suite {
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        let document = document(text)?;
        let root = document.root_element();
        if root.tag_name().name() != "testCases" {
            return Err(Error::NotAModel);
        }
        let model = text_of(root, "modelName").unwrap_or_default();
        let cases = named(root, "testCase").map(Case::read).collect();
        Ok(Self { model, cases })
    }
}

impl Case {
    fn read(node: Node<'_, '_>) -> Self {
        let kind = match node.attribute("type") {
            Some("bkm" | "decisionService") => Kind::Invocable(attribute(node, "invocableName")),
            _ => Kind::Decision,
        };
        let input = |node: Node<'_, '_>| Input {
            name: attribute(node, "name"),
            namespace: node.attribute("namespace").map(str::to_owned),
            value: value(node),
        };
        let result = |node: Node<'_, '_>| Expected {
            name: attribute(node, "name"),
            is_error: node.attribute("errorResult") == Some("true"),
            expected: child(node, "expected").map_or(Value::Null, value),
        };
        Self {
            id: attribute(node, "id"),
            kind,
            inputs: named(node, "inputNode").map(input).collect(),
            results: named(node, "resultNode").map(result).collect(),
        }
    }
}

/// The value that an element holds.
fn value(node: Node<'_, '_>) -> Value {
    if node.attribute((INSTANCE, "nil")) == Some("true") {
        return Value::Null;
    }
    if let Some(list) = child(node, "list") {
        if list.attribute((INSTANCE, "nil")) == Some("true") {
            return Value::Null;
        }
        let items = named(list, "item").map(value).collect();
        return List::new(items).map_or(Value::Null, Value::List);
    }
    let entry = |node: Node<'_, '_>| (Arc::from(attribute(node, "name")), value(node));
    let entries: BTreeMap<Arc<str>, Value> = named(node, "component").map(entry).collect();
    if !entries.is_empty() {
        return Entries::new(entries).map_or(Value::Null, Value::Context);
    }
    child(node, "value").map_or(Value::Null, simple)
}

fn simple(node: Node<'_, '_>) -> Value {
    if node.attribute((INSTANCE, "nil")) == Some("true") {
        return Value::Null;
    }
    let text = content(node);
    let kind = node.attribute((INSTANCE, "type")).unwrap_or_default();
    let bare = text.trim();
    if kind.is_empty() && bare.is_empty() {
        return Value::Null;
    }
    let found = match kind.rsplit(':').next().unwrap_or_default() {
        "boolean" => bare.parse().ok().map(Value::Boolean),
        "decimal" | "double" | "float" | "integer" | "int" | "long" => {
            bare.parse().ok().map(Value::Number)
        }
        "date" => Date::parse(bare).map(Value::Date),
        "time" => Time::parse(bare).map(Value::Time),
        "dateTime" => DateTime::parse(bare).map(Value::from),
        "duration" | "dayTimeDuration" | "yearMonthDuration" => {
            let months = Months::parse(bare).map(Value::Months);
            months.or_else(|| Days::parse(bare).map(Value::Days))
        }
        "string" => None,
        // Without a type a value is what it looks like.
        _ => {
            let truth = bare.parse().ok().map(Value::Boolean);
            let number = || bare.parse().ok().map(Value::Number);
            let moment = || Some(at_literal(bare)).filter(|value| !value.is_null());
            truth.or_else(number).or_else(moment)
        }
    };
    found.unwrap_or_else(|| Value::text(&text))
}
