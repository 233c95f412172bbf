//! Operators by precedence, from `or` down to what stands behind a value.

use super::{Parsed, Parser};
use crate::feel::ast::{Arguments, Compare, Node, Operator};
use crate::feel::lexer::Kind;
use std::sync::Arc;

const COMPARISONS: [(&str, Compare); 6] = [
    ("=", Compare::Equal),
    ("!=", Compare::Unequal),
    ("<", Compare::Less),
    ("<=", Compare::AtMost),
    (">", Compare::More),
    (">=", Compare::AtLeast),
];

/// The properties of values whose names are several words.
const PROPERTIES: [(&str, [&str; 2]); 3] = [
    ("time offset", ["time", "offset"]),
    ("start included", ["start", "included"]),
    ("end included", ["end", "included"]),
];

impl Parser<'_> {
    pub(super) fn disjunction(&mut self) -> Parsed<Node> {
        self.joined("or", Self::conjunction, Node::Or)
    }

    fn conjunction(&mut self) -> Parsed<Node> {
        self.joined("and", Self::comparison, Node::And)
    }

    fn joined(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Parsed<Node>,
        make: fn(Vec<Node>) -> Node,
    ) -> Parsed<Node> {
        let first = part(self)?;
        if !self.sees(word) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.takes(word) {
            parts.push(part(self)?);
        }
        Ok(make(parts))
    }

    pub(super) fn comparator(&self) -> Option<Compare> {
        let found = COMPARISONS.iter().find(|(text, _)| self.sees(text))?;
        Some(found.1)
    }

    fn comparison(&mut self) -> Parsed<Node> {
        let mut left = self.sum()?;
        let mut links = 0;
        loop {
            if let Some(compare) = self.comparator() {
                self.advance();
                let right = self.sum()?;
                left = Node::Compare(compare, Box::new(left), Box::new(right));
            } else if self.takes("between") {
                let low = self.sum()?;
                self.expect("and")?;
                left = Node::Between(Box::new([left, low, self.sum()?]));
            } else if self.takes("instance") {
                self.expect("of")?;
                left = Node::InstanceOf(Box::new(left), self.kind_of()?);
            } else if self.takes("in") {
                left = Node::In(Box::new(left), self.in_tests()?);
            } else {
                return Ok(left);
            }
            self.link(&mut links)?;
        }
    }

    pub(super) fn sum(&mut self) -> Parsed<Node> {
        let operators = [("+", Operator::Plus), ("-", Operator::Minus)];
        self.chain(&operators, Self::product)
    }

    fn product(&mut self) -> Parsed<Node> {
        let operators = [("*", Operator::Times), ("/", Operator::Over)];
        self.chain(&operators, Self::power)
    }

    fn power(&mut self) -> Parsed<Node> {
        self.chain(&[("**", Operator::Power)], Self::negative)
    }

    fn chain(
        &mut self,
        operators: &[(&str, Operator)],
        part: fn(&mut Self) -> Parsed<Node>,
    ) -> Parsed<Node> {
        let first = part(self)?;
        let mut others = Vec::new();
        while let Some((_, operator)) = operators.iter().find(|(text, _)| self.sees(text)) {
            self.advance();
            others.push((*operator, part(self)?));
        }
        Ok(if others.is_empty() { first } else { Node::Chain(Box::new(first), others) })
    }

    fn negative(&mut self) -> Parsed<Node> {
        let mut signs = 0;
        while self.takes("-") {
            self.link(&mut signs)?;
        }
        let mut node = self.postfix()?;
        for _ in 0..signs {
            node = Node::Negative(Box::new(node));
        }
        Ok(node)
    }

    fn postfix(&mut self) -> Parsed<Node> {
        let mut node = self.primary()?;
        let mut links = 0;
        loop {
            if self.takes(".") {
                node = Node::Path(Box::new(node), self.property()?);
            } else if self.sees("[") && !self.closes_range() {
                self.advance();
                let filter = self.filter()?;
                node = Node::Filter(Box::new(node), Box::new(filter));
            } else if self.takes("(") {
                let arguments = self.nested(Self::arguments)?;
                node = Node::Call(Box::new(node), arguments);
            } else {
                return Ok(node);
            }
            self.link(&mut links)?;
        }
    }

    /// Whether the `[` that comes next ends a range that is open above: then no expression
    /// begins behind it.
    fn closes_range(&self) -> bool {
        let begins = self.ahead(1).is_some_and(|token| match token.kind {
            Kind::Number(_) | Kind::String(_) => true,
            Kind::Name => !["and", "or", "then", "else", "return", "satisfies", "in", "between"]
                .contains(&token.text),
            Kind::Symbol => ["(", "[", "{", "-", "@"].contains(&token.text),
            Kind::End => false,
        });
        self.ends_range && !begins
    }

    fn filter(&mut self) -> Parsed<Node> {
        self.filters += 1;
        let filter = self.within(|parser| {
            parser.local("item");
            parser.nested(Self::expression)
        });
        self.filters -= 1;
        let filter = filter?;
        self.expect("]")?;
        Ok(filter)
    }

    fn property(&mut self) -> Parsed<Arc<str>> {
        if let Some((words, name)) = self.names.fields.longest(self.rest()) {
            self.place += words;
            return Ok(name);
        }
        let own = |words: &[&str; 2]| {
            words.iter().enumerate().all(|(n, word)| self.ahead(n).is_some_and(|t| t.text == *word))
        };
        if let Some((name, _)) = PROPERTIES.iter().find(|(_, words)| own(words)) {
            self.place += 2;
            return Ok((*name).into());
        }
        let local = self.keys.longest(self.rest());
        if let Some((words, name)) = local {
            self.place += words;
            return Ok(name);
        }
        match self.ahead(0) {
            Some(token) if token.kind == Kind::Name => {
                let name = token.text.into();
                self.advance();
                Ok(name)
            }
            _ => Err(self.error("名称")),
        }
    }

    /// The arguments of a call, after the parenthesis.
    fn arguments(&mut self) -> Parsed<Arguments> {
        if self.takes(")") {
            return Ok(Arguments::Placed(Vec::new()));
        }
        let words = self.rest().iter().take_while(|token| token.kind == Kind::Name).count();
        let named = words > 0 && self.ahead(words).is_some_and(|token| token.text == ":");
        let mut placed = Vec::new();
        let mut by_name = Vec::new();
        loop {
            if named {
                let name = self.new_name(&[":", ",", ")"])?;
                self.expect(":")?;
                by_name.push((name, self.expression()?));
            } else {
                placed.push(self.expression()?);
            }
            if !self.takes(",") {
                break;
            }
        }
        self.expect(")")?;
        Ok(if named { Arguments::Named(by_name) } else { Arguments::Placed(placed) })
    }
}
