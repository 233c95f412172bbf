//! What stands by itself: literals, names, lists, contexts, ranges, parentheses.

use super::{Parsed, Parser};
use crate::feel::ast::{Interval, Node};
use crate::feel::lexer::Kind;
use crate::feel::value::Value;
use crate::temporal::{Date, DateTime, Days, Months, Time};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The value that a text after `@` stands for; null when none.
pub(crate) fn at_literal(text: &str) -> Value {
    let months = || Months::parse(text).map(Value::Months);
    let days = || Days::parse(text).map(Value::Days);
    let date = || Date::parse(text).map(Value::Date);
    let time = || Time::parse(text).map(Value::Time);
    let moment = || DateTime::parse(text).map(Value::from);
    date().or_else(moment).or_else(time).or_else(months).or_else(days).unwrap_or(Value::Null)
}

impl Parser<'_> {
    pub(super) fn primary(&mut self) -> Parsed<Node> {
        match self.kind().clone() {
            Kind::Number(number) => Ok(self.literal(Value::Number(number))),
            Kind::String(text) => Ok(self.literal(Value::String(text))),
            Kind::Name => self.word(),
            Kind::Symbol => self.bracketed(),
            Kind::End => Err(self.error("表达式")),
        }
    }

    fn literal(&mut self, value: Value) -> Node {
        self.advance();
        Node::Literal(value)
    }

    fn word(&mut self) -> Parsed<Node> {
        if self.known().is_some_and(|(words, _)| words > 1) {
            return Ok(Node::Name(self.name()?));
        }
        match self.ahead(0).map(|token| token.text) {
            Some("true") => Ok(self.literal(Value::Boolean(true))),
            Some("false") => Ok(self.literal(Value::Boolean(false))),
            Some("null") => Ok(self.literal(Value::Null)),
            Some("function") => {
                self.advance();
                self.nested(Self::function)
            }
            _ => Ok(Node::Name(self.name()?)),
        }
    }

    fn bracketed(&mut self) -> Parsed<Node> {
        if self.takes("@") {
            let Kind::String(text) = self.kind().clone() else {
                return Err(self.error("引号中的日期、时间或时长"));
            };
            return Ok(self.literal(at_literal(&text)));
        }
        if self.takes("(") {
            return self.nested(Self::parenthesis);
        }
        if self.takes("[") {
            return self.nested(Self::list);
        }
        if self.takes("{") {
            return self.nested(|parser| parser.within(Self::context));
        }
        if self.takes("]") {
            return self.nested(|parser| {
                let low = parser.expression()?;
                parser.interval(low, false)
            });
        }
        Err(self.error("表达式"))
    }

    fn parenthesis(&mut self) -> Parsed<Node> {
        if let Some(compare) = self.comparator() {
            self.advance();
            let bound = self.sum()?;
            self.expect(")")?;
            return Ok(Node::Ray(compare, Box::new(bound)));
        }
        let first = self.expression()?;
        if self.sees("..") {
            return self.interval(first, false);
        }
        self.expect(")")?;
        Ok(first)
    }

    fn list(&mut self) -> Parsed<Node> {
        if self.takes("]") {
            return Ok(Node::List(Vec::new()));
        }
        let first = self.item()?;
        if self.sees("..") {
            return self.interval(first, true);
        }
        let mut items = vec![first];
        while self.takes(",") {
            items.push(self.item()?);
        }
        self.expect("]")?;
        Ok(Node::List(items))
    }

    /// An item of a list, which may be a range with one end.
    fn item(&mut self) -> Parsed<Node> {
        match self.comparator() {
            Some(compare) => {
                self.advance();
                Ok(Node::Ray(compare, Box::new(self.sum()?)))
            }
            None => self.expression(),
        }
    }

    /// A range, from its dots on.
    pub(super) fn interval(&mut self, low: Node, low_included: bool) -> Parsed<Node> {
        self.expect("..")?;
        self.ends_range = true;
        let high = self.disjunction();
        self.ends_range = false;
        let high = high?;
        let high_included = self.takes("]");
        if !high_included && !self.takes(")") && !self.takes("[") {
            return Err(self.error("“]”、“)”或“[”"));
        }
        Ok(Node::Interval(Box::new(Interval { low, low_included, high, high_included })))
    }

    fn context(&mut self) -> Parsed<Node> {
        let mut entries: Vec<(Arc<str>, Node)> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut twice = false;
        while !self.sees("}") {
            let name = match self.kind().clone() {
                Kind::String(text) => {
                    self.advance();
                    text
                }
                _ => self.new_name(&[":", ",", "}", "{"])?,
            };
            self.expect(":")?;
            let node = self.expression()?;
            self.local(&name);
            self.keys.add(&name);
            twice |= !seen.insert(Arc::clone(&name));
            entries.push((name, node));
            if !self.takes(",") {
                break;
            }
        }
        self.expect("}")?;
        // An entry that stands twice leaves no context.
        Ok(if twice { Node::Literal(Value::Null) } else { Node::Context(entries) })
    }
}
