//! The names that an expression may use: several words are one name where one is known.

use super::lexer::{Kind, Token, tokens};
use super::types::Type;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What an expression may refer to.
#[derive(Debug, Clone, Default)]
pub struct Names {
    pub(crate) variables: Known,
    pub(crate) fields: Arc<Known>,
    pub(crate) types: BTreeMap<Arc<str>, Type>,
    pub(crate) type_names: Known,
    pub(crate) open: bool,
}

/// Names by their first word, each with all its words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    by_first: BTreeMap<Arc<str>, Vec<Words>>,
}

fn words(name: &str) -> Vec<Arc<str>> {
    match tokens(name) {
        Ok(found) => {
            found.iter().filter(|t| t.kind != Kind::End).map(|t| Arc::from(t.text)).collect()
        }
        Err(_) => vec![Arc::from(name)],
    }
}

/// The words of a name, and the name.
type Words = (Vec<Arc<str>>, Arc<str>);

impl Known {
    pub(crate) fn add(&mut self, name: &str) {
        let words = words(name);
        let Some(first) = words.first() else { return };
        let same = self.by_first.entry(Arc::clone(first)).or_default();
        if !same.iter().any(|(known, _)| *known == words) {
            same.push((words, name.into()));
            same.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
    }

    /// The longest name that these words begin with, and how many they are.
    pub(crate) fn longest(&self, tokens: &[Token<'_>]) -> Option<(usize, Arc<str>)> {
        let same = self.by_first.get(tokens.first()?.text)?;
        let begins = |words: &[Arc<str>]| {
            words.len() < tokens.len()
                && words.iter().zip(tokens).all(|(word, token)| **word == *token.text)
        };
        let (words, name) = same.iter().find(|(words, _)| begins(words))?;
        Some((words.len(), Arc::clone(name)))
    }
}

impl Names {
    /// These names and no others: whatever else is used is a mistake, except inside a filter,
    /// where the entries of the filtered list's items are names too.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = Self::default();
        for name in names {
            all.variables.add(name);
        }
        all
    }

    /// Lets unknown names of one word pass; they are null unless the scope has them.
    #[must_use]
    pub fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// With one more name.
    pub fn add(&mut self, name: &str) {
        self.variables.add(name);
    }

    /// With one more name that may follow a point or stand in a filter.
    pub fn add_field(&mut self, name: &str) {
        Arc::make_mut(&mut self.fields).add(name);
    }

    /// With one more type for `instance of`.
    pub fn add_type(&mut self, name: &str, kind: Type) {
        self.type_names.add(name);
        self.types.insert(name.into(), kind);
    }
}
