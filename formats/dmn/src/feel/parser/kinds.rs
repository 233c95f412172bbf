//! Types as they are written after `instance of` and behind parameters.

use super::{Parsed, Parser};
use crate::feel::lexer::Kind;
use crate::feel::types::{NAMED, Type};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Parser<'_> {
    pub(super) fn kind_of(&mut self) -> Parsed<Type> {
        self.nested(|parser| {
            if let Some((words, name)) = parser.names.type_names.longest(parser.rest()) {
                parser.place += words;
                return Ok(parser.names.types.get(&name).cloned().unwrap_or(Type::Any));
            }
            if let Some(kind) = parser.own_type() {
                return Ok(kind);
            }
            let Some(word) = parser.ahead(0).filter(|token| token.kind == Kind::Name) else {
                return Err(parser.error("类型"));
            };
            let word = word.text;
            parser.advance();
            parser.generic(word)
        })
    }

    /// One of the types with names of several words.
    fn own_type(&mut self) -> Option<Type> {
        for (name, kind) in &NAMED {
            let words: Vec<&str> = name.split(' ').collect();
            let matches = words
                .iter()
                .enumerate()
                .all(|(n, word)| self.ahead(n).is_some_and(|token| token.text == *word));
            if matches {
                self.place += words.len();
                return Some(kind.clone());
            }
        }
        None
    }

    fn generic(&mut self, word: &str) -> Parsed<Type> {
        match word {
            "list" => Ok(Type::List(Arc::new(self.inner()?))),
            "range" => Ok(Type::Range(Arc::new(self.inner()?))),
            "context" => self.entries(),
            "function" => self.signature(),
            "Null" => Ok(Type::Null),
            _ => {
                // A type that is not known has no values; the rest of its name is passed over.
                while self.takes(".") {
                    self.new_name(&[".", ")", ",", ">", "-"])?;
                }
                Err(self.error("已定义的类型"))
            }
        }
    }

    fn inner(&mut self) -> Parsed<Type> {
        if !self.takes("<") {
            return Ok(Type::Any);
        }
        let kind = self.kind_of()?;
        self.expect(">")?;
        Ok(kind)
    }

    fn entries(&mut self) -> Parsed<Type> {
        let mut all = BTreeMap::new();
        if self.takes("<") {
            while !self.sees(">") {
                let name = self.new_name(&[":", ",", ">"])?;
                self.expect(":")?;
                all.insert(name, self.kind_of()?);
                if !self.takes(",") {
                    break;
                }
            }
            self.expect(">")?;
        }
        Ok(Type::Context(Arc::new(all)))
    }

    fn signature(&mut self) -> Parsed<Type> {
        if !self.takes("<") {
            return Ok(Type::Function(None));
        }
        let mut count = 0;
        while !self.sees(">") {
            self.kind_of()?;
            count += 1;
            if !self.takes(",") {
                break;
            }
        }
        self.expect(">")?;
        if self.takes("->") {
            self.kind_of()?;
        }
        Ok(Type::Function(Some(count)))
    }
}
