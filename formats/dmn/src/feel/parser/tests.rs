//! Unary tests: cells of decision tables, and what stands after `in`.

use super::{Parsed, Parser};
use crate::feel::ast::{Node, Test};
use crate::feel::lexer::Kind;

impl Parser<'_> {
    /// A whole cell.
    pub(super) fn cell(&mut self) -> Parsed<Vec<Test>> {
        let alone = self.ahead(1).is_some_and(|token| token.kind == Kind::End);
        if alone && self.takes("-") {
            return Ok(vec![Test::Any]);
        }
        if self.sees("not") && self.ahead(1).is_some_and(|token| token.text == "(") {
            self.place += 2;
            let tests = self.nested(Self::tests)?;
            self.expect(")")?;
            if *self.kind() == Kind::End {
                return Ok(vec![Test::Not(tests)]);
            }
            return Err(self.error("结束"));
        }
        self.tests()
    }

    fn tests(&mut self) -> Parsed<Vec<Test>> {
        let mut all = vec![self.test()?];
        while self.takes(",") {
            all.push(self.test()?);
        }
        Ok(all)
    }

    fn test(&mut self) -> Parsed<Test> {
        match self.comparator() {
            Some(compare) => {
                self.advance();
                Ok(Test::Compare(compare, self.sum()?))
            }
            None => Ok(Test::Value(self.expression()?)),
        }
    }

    /// One test, or several in parentheses.
    pub(super) fn in_tests(&mut self) -> Parsed<Vec<Test>> {
        if !self.takes("(") {
            let test = match self.comparator() {
                Some(_) => self.test()?,
                None => Test::Value(self.sum()?),
            };
            return Ok(vec![test]);
        }
        self.nested(|parser| {
            let first = parser.test()?;
            if parser.sees("..") {
                let Test::Value(low) = first else { return Err(parser.error("“)”")) };
                let range: Node = parser.interval(low, false)?;
                return Ok(vec![Test::Value(range)]);
            }
            let mut all = vec![first];
            while parser.takes(",") {
                all.push(parser.test()?);
            }
            parser.expect(")")?;
            Ok(all)
        })
    }
}
