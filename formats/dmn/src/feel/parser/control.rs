//! Conditions, iterations, functions.

use super::{Parsed, Parser};
use crate::feel::ast::{Iteration, Node, Source};
use crate::feel::types::{Parameter, Type};
use std::sync::Arc;

impl Parser<'_> {
    /// A whole expression.
    pub(super) fn expression(&mut self) -> Parsed<Node> {
        // A name that is known and begins with a keyword is a name.
        if self.known().is_some_and(|(words, _)| words > 1) {
            return self.disjunction();
        }
        match self.ahead(0).map(|token| token.text) {
            Some("if") => self.nested(Self::condition),
            Some("for") => self.nested(Self::iteration),
            Some("some") => self.nested(|parser| parser.quantified(Node::Some)),
            Some("every") => self.nested(|parser| parser.quantified(Node::Every)),
            _ => self.disjunction(),
        }
    }

    fn condition(&mut self) -> Parsed<Node> {
        self.expect("if")?;
        let condition = self.expression()?;
        self.expect("then")?;
        let then = self.expression()?;
        self.expect("else")?;
        let otherwise = self.expression()?;
        Ok(Node::If(Box::new([condition, then, otherwise])))
    }

    fn iteration(&mut self) -> Parsed<Node> {
        self.expect("for")?;
        self.within(|parser| {
            let iterations = parser.iterations()?;
            parser.expect("return")?;
            parser.local("partial");
            Ok(Node::For(iterations, Box::new(parser.expression()?)))
        })
    }

    fn quantified(&mut self, make: fn(Vec<Iteration>, Box<Node>) -> Node) -> Parsed<Node> {
        self.advance();
        self.within(|parser| {
            let iterations = parser.iterations()?;
            parser.expect("satisfies")?;
            Ok(make(iterations, Box::new(parser.expression()?)))
        })
    }

    fn iterations(&mut self) -> Parsed<Vec<Iteration>> {
        let mut all = Vec::new();
        loop {
            let name = self.new_name(&["in"])?;
            self.expect("in")?;
            let low = self.expression()?;
            let source = if self.takes("..") {
                Source::Steps(low, self.expression()?)
            } else {
                Source::Values(low)
            };
            self.local(&name);
            all.push(Iteration { name, source });
            if !self.takes(",") {
                return Ok(all);
            }
        }
    }

    /// A function, after its keyword.
    pub(super) fn function(&mut self) -> Parsed<Node> {
        self.expect("(")?;
        self.within(|parser| {
            let mut parameters = Vec::new();
            while !parser.sees(")") {
                let name = parser.new_name(&[":", ",", ")"])?;
                let kind = if parser.takes(":") { parser.kind_of()? } else { Type::Any };
                parser.local(&name);
                parameters.push(Parameter { name, kind });
                if !parser.takes(",") {
                    break;
                }
            }
            parser.expect(")")?;
            if parser.takes("external") {
                parser.expression()?;
                return Ok(Node::External);
            }
            let body = parser.expression()?;
            Ok(Node::Function(parameters.into(), Arc::new(body)))
        })
    }
}
