//! Decision tables, read.

use super::items::TypeName;
use super::logic::{Reader, name_of};
use super::xml::{child, named, text_of};
use crate::feel::{Expression, Names, Tests};
use roxmltree::Node;
use std::sync::Arc;

/// A decision table.
#[derive(Debug, Clone)]
pub struct Table {
    pub(crate) policy: Policy,
    pub(crate) inputs: Vec<Input>,
    pub(crate) outputs: Vec<Output>,
    pub(crate) rules: Vec<Rule>,
}

/// What is made of the rules that match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// At most one may match.
    Unique,
    /// All that match must say the same.
    Any,
    /// The one whose outputs stand first among the allowed.
    Priority,
    /// The first.
    First,
    /// All, in the order of the rules.
    RuleOrder,
    /// All, in the order of the allowed outputs.
    OutputOrder,
    /// All, in any order.
    Collect,
    /// Their sum.
    Sum,
    /// How many there are.
    Count,
    /// The least.
    Min,
    /// The greatest.
    Max,
}

#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub(crate) expression: Expression,
    pub(crate) kind: Option<TypeName>,
    pub(crate) values: Option<Tests>,
}

#[derive(Debug, Clone)]
pub(crate) struct Output {
    pub(crate) name: Arc<str>,
    pub(crate) kind: Option<TypeName>,
    pub(crate) values: Option<Tests>,
    pub(crate) default: Option<Expression>,
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) tests: Vec<Tests>,
    pub(crate) outputs: Vec<Expression>,
}

type Read<T> = Result<T, String>;

fn expression(text: &str, names: &Names) -> Read<Expression> {
    Expression::parse(text, names).map_err(|error| format!("表达式“{text}”有误：{error}"))
}

fn tests(text: &str, names: &Names) -> Read<Tests> {
    Tests::parse(text, names).map_err(|error| format!("条件“{text}”有误：{error}"))
}

fn values(node: Node<'_, '_>, name: &'static str, names: &Names) -> Read<Option<Tests>> {
    let text = child(node, name).and_then(|values| text_of(values, "text"));
    text.filter(|text| !text.is_empty()).map(|text| tests(&text, names)).transpose()
}

impl Policy {
    fn read(node: Node<'_, '_>) -> Read<Self> {
        let aggregation = node.attribute("aggregation");
        match node.attribute("hitPolicy").unwrap_or("UNIQUE") {
            "UNIQUE" => Ok(Self::Unique),
            "ANY" => Ok(Self::Any),
            "PRIORITY" => Ok(Self::Priority),
            "FIRST" => Ok(Self::First),
            "RULE ORDER" => Ok(Self::RuleOrder),
            "OUTPUT ORDER" => Ok(Self::OutputOrder),
            "COLLECT" => match aggregation {
                None => Ok(Self::Collect),
                Some("SUM") => Ok(Self::Sum),
                Some("COUNT") => Ok(Self::Count),
                Some("MIN") => Ok(Self::Min),
                Some("MAX") => Ok(Self::Max),
                Some(other) => Err(format!("没有“{other}”这种汇总")),
            },
            other => Err(format!("没有“{other}”这种命中规则")),
        }
    }
}

impl Table {
    pub(crate) fn read(node: Node<'_, '_>, reader: &Reader<'_>, names: &Names) -> Read<Self> {
        let mut table = Self {
            policy: Policy::read(node)?,
            inputs: Vec::new(),
            outputs: Vec::new(),
            rules: Vec::new(),
        };
        for input in named(node, "input") {
            let asked = child(input, "inputExpression").ok_or("输入列没有表达式")?;
            table.inputs.push(Input {
                expression: expression(&text_of(asked, "text").unwrap_or_default(), names)?,
                kind: reader.kind(asked),
                values: values(input, "inputValues", names)?,
            });
        }
        for output in named(node, "output") {
            let default = child(output, "defaultOutputEntry");
            let default = default.and_then(|entry| text_of(entry, "text"));
            let default = default.filter(|text| !text.is_empty());
            table.outputs.push(Output {
                name: name_of(output),
                kind: reader.kind(output),
                values: values(output, "outputValues", names)?,
                default: default.map(|text| expression(&text, names)).transpose()?,
            });
        }
        for rule in named(node, "rule") {
            table.rules.push(Rule::read(rule, names)?);
        }
        let fits = |rule: &Rule| {
            rule.tests.len() == table.inputs.len() && rule.outputs.len() == table.outputs.len()
        };
        if table.outputs.is_empty() || !table.rules.iter().all(fits) {
            return Err("决策表的规则与列数不符".to_owned());
        }
        Ok(table)
    }
}

impl Rule {
    fn read(node: Node<'_, '_>, names: &Names) -> Read<Self> {
        let mut rule = Self { tests: Vec::new(), outputs: Vec::new() };
        for entry in named(node, "inputEntry") {
            let text = text_of(entry, "text").unwrap_or_default();
            rule.tests.push(tests(if text.is_empty() { "-" } else { &text }, names)?);
        }
        for entry in named(node, "outputEntry") {
            let text = text_of(entry, "text").unwrap_or_default();
            rule.outputs.push(expression(if text.is_empty() { "null" } else { &text }, names)?);
        }
        Ok(rule)
    }
}
