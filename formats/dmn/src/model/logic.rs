//! Boxed expressions, read and with their texts parsed.

use super::items::{Resolve, TypeName};
use super::table::Table;
use super::xml::{child, elements, named, text_of};
use crate::feel::{Expression, Names};
use roxmltree::Node;
use std::sync::Arc;

/// What a decision does.
#[derive(Debug)]
pub(crate) enum Logic {
    /// Nothing is said; the value is null.
    None,
    /// The text is no expression; the value is null, and this says why.
    Broken(String),
    Literal(Expression),
    /// One that says its type.
    Typed(TypeName, Box<Self>),
    Context(Vec<Entry>),
    Table(Box<Table>),
    Invocation(Box<Self>, Vec<(Arc<str>, Self)>),
    Function(Vec<Formal>, Arc<Self>),
    Relation(Vec<Arc<str>>, Vec<Vec<Self>>),
    List(Vec<Self>),
    If(Box<[Self; 3]>),
    Filter(Box<[Self; 2]>),
    For(Arc<str>, Box<[Self; 2]>),
    Some(Arc<str>, Box<[Self; 2]>),
    Every(Arc<str>, Box<[Self; 2]>),
}

/// An entry of a boxed context; the last may have no name and is the result.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: Option<Arc<str>>,
    pub(crate) kind: Option<TypeName>,
    pub(crate) logic: Logic,
}

/// A parameter of a function.
#[derive(Debug, Clone)]
pub(crate) struct Formal {
    pub(crate) name: Arc<str>,
    pub(crate) kind: Option<TypeName>,
}

/// Reads boxed expressions of one model.
pub(crate) struct Reader<'a> {
    pub(crate) resolve: Resolve<'a>,
}

/// The elements that are boxed expressions.
const BOXES: [&str; 12] = [
    "literalExpression",
    "context",
    "decisionTable",
    "invocation",
    "functionDefinition",
    "relation",
    "list",
    "conditional",
    "filter",
    "for",
    "some",
    "every",
];

pub(crate) fn name_of(node: Node<'_, '_>) -> Arc<str> {
    node.attribute("name").unwrap_or_default().trim().into()
}

impl Reader<'_> {
    pub(crate) fn kind(&self, node: Node<'_, '_>) -> Option<TypeName> {
        node.attribute("typeRef").map(|name| (self.resolve)(name))
    }

    /// The parameters that stand in an element.
    pub(crate) fn formals(&self, node: Node<'_, '_>) -> Vec<Formal> {
        let formal = |node| Formal { name: name_of(node), kind: self.kind(node) };
        named(node, "formalParameter").map(formal).collect()
    }

    /// The first boxed expression in an element.
    pub(crate) fn inside(&self, node: Node<'_, '_>, names: &Names) -> Logic {
        let boxed = elements(node).find(|child| BOXES.contains(&child.tag_name().name()));
        boxed.map_or(Logic::None, |boxed| self.logic(boxed, names))
    }

    /// What stands in the child element of a name.
    fn part(&self, node: Node<'_, '_>, name: &'static str, names: &Names) -> Logic {
        child(node, name).map_or(Logic::None, |part| self.inside(part, names))
    }

    fn all(&self, node: Node<'_, '_>, names: &Names) -> Vec<Logic> {
        let boxes = elements(node).filter(|child| BOXES.contains(&child.tag_name().name()));
        boxes.map(|boxed| self.logic(boxed, names)).collect()
    }

    fn logic(&self, node: Node<'_, '_>, names: &Names) -> Logic {
        let logic = self.untyped(node, names);
        match self.kind(node) {
            Some(kind) if !matches!(logic, Logic::Table(_)) => Logic::Typed(kind, Box::new(logic)),
            _ => logic,
        }
    }

    fn untyped(&self, node: Node<'_, '_>, names: &Names) -> Logic {
        match node.tag_name().name() {
            "literalExpression" => literal(node, names),
            "context" => self.context(node, names),
            "decisionTable" => match Table::read(node, self, names) {
                Ok(table) => Logic::Table(Box::new(table)),
                Err(why) => Logic::Broken(why),
            },
            "invocation" => self.invocation(node, names),
            "functionDefinition" => {
                let formals = self.formals(node);
                self.function(node, formals, names)
            }
            "relation" => {
                let columns = named(node, "column").map(name_of).collect();
                let rows = named(node, "row").map(|row| self.all(row, names)).collect();
                Logic::Relation(columns, rows)
            }
            "list" => Logic::List(self.all(node, names)),
            "conditional" => Logic::If(Box::new([
                self.part(node, "if", names),
                self.part(node, "then", names),
                self.part(node, "else", names),
            ])),
            "filter" => {
                let mut inner = names.clone();
                inner.add("item");
                let list = self.part(node, "in", names);
                Logic::Filter(Box::new([list, self.part(node, "match", &inner)]))
            }
            _ => self.iteration(node, names),
        }
    }

    fn iteration(&self, node: Node<'_, '_>, names: &Names) -> Logic {
        let name: Arc<str> = node.attribute("iteratorVariable").unwrap_or_default().into();
        let mut inner = names.clone();
        inner.add(&name);
        inner.add("partial");
        let source = self.part(node, "in", names);
        match node.tag_name().name() {
            "for" => Logic::For(name, Box::new([source, self.part(node, "return", &inner)])),
            "some" => Logic::Some(name, Box::new([source, self.part(node, "satisfies", &inner)])),
            _ => Logic::Every(name, Box::new([source, self.part(node, "satisfies", &inner)])),
        }
    }

    fn context(&self, node: Node<'_, '_>, names: &Names) -> Logic {
        let mut names = names.clone();
        let mut entries = Vec::new();
        for entry in named(node, "contextEntry") {
            let variable = child(entry, "variable");
            let name = variable.map(name_of);
            let kind = variable.and_then(|variable| self.kind(variable));
            if let Some(name) = &name {
                // An entry that is a function may call itself.
                if child(entry, "functionDefinition").is_some() {
                    names.add(name);
                }
            }
            let logic = self.inside(entry, &names);
            if let Some(name) = &name {
                names.add(name);
            }
            entries.push(Entry { name, kind, logic });
        }
        Logic::Context(entries)
    }

    fn invocation(&self, node: Node<'_, '_>, names: &Names) -> Logic {
        let called = self.inside(node, names);
        let binding = |binding| {
            let name = child(binding, "parameter").map(name_of).unwrap_or_default();
            (name, self.inside(binding, names))
        };
        Logic::Invocation(Box::new(called), named(node, "binding").map(binding).collect())
    }

    /// A function with its parameters, from a definition or from encapsulated logic.
    pub(crate) fn function(
        &self,
        node: Node<'_, '_>,
        formals: Vec<Formal>,
        names: &Names,
    ) -> Logic {
        let kind = node.attribute("kind").unwrap_or("FEEL");
        if kind != "FEEL" {
            return Logic::Broken(format!("不支持{kind}函数"));
        }
        let mut inner = names.clone();
        for formal in &formals {
            inner.add(&formal.name);
        }
        Logic::Function(formals, Arc::new(self.inside(node, &inner)))
    }
}

/// Languages that are FEEL, by the end of their names.
fn is_feel(language: &str) -> bool {
    language.trim_end_matches('/').to_ascii_lowercase().ends_with("feel")
}

pub(crate) fn literal(node: Node<'_, '_>, names: &Names) -> Logic {
    match node.attribute("expressionLanguage") {
        Some(language) if !is_feel(language) => {
            return Logic::Broken(format!("不支持表达式语言{language}"));
        }
        _ => {}
    }
    match text_of(node, "text").filter(|text| !text.is_empty()) {
        None => Logic::None,
        Some(text) => match Expression::parse(&text, names) {
            Ok(expression) => Logic::Literal(expression),
            Err(error) => Logic::Broken(format!("表达式有误：{error}")),
        },
    }
}

impl Logic {
    /// Every part that is broken, and why.
    pub(crate) fn problems(&self, found: &mut Vec<String>) {
        match self {
            Self::Broken(why) => found.push(why.clone()),
            Self::None | Self::Literal(_) | Self::Table(_) => {}
            Self::Context(entries) => entries.iter().for_each(|e| e.logic.problems(found)),
            Self::Invocation(called, bindings) => {
                called.problems(found);
                bindings.iter().for_each(|(_, logic)| logic.problems(found));
            }
            Self::Function(_, body) => body.problems(found),
            Self::Typed(_, inner) => inner.problems(found),
            Self::Relation(_, rows) => rows.iter().flatten().for_each(|l| l.problems(found)),
            Self::List(items) => items.iter().for_each(|logic| logic.problems(found)),
            Self::If(parts) => parts.iter().for_each(|logic| logic.problems(found)),
            Self::Filter(parts)
            | Self::For(_, parts)
            | Self::Some(_, parts)
            | Self::Every(_, parts) => parts.iter().for_each(|logic| logic.problems(found)),
        }
    }
}
