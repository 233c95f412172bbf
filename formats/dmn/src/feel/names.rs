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

/// Names by their words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// The most words of a name that begins with this one.
    words: BTreeMap<Arc<str>, usize>,
    /// Each name by its words, and how often it was added.
    names: BTreeMap<String, (Arc<str>, u32)>,
}

/// Names of more words are never found: no one has such, and looking would take long.
const WORDS_MAX: usize = 24;

fn words(name: &str) -> Vec<Arc<str>> {
    match tokens(name) {
        Ok(found) => {
            found.iter().filter(|t| t.kind != Kind::End).map(|t| Arc::from(t.text)).collect()
        }
        Err(_) => vec![Arc::from(name)],
    }
}

/// Words as one key: no word has a line end.
fn key<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<&str>>().join("\n")
}

impl Known {
    pub(crate) fn add(&mut self, name: &str) {
        let words = words(name);
        let Some(first) = words.first() else { return };
        let most = self.words.entry(Arc::clone(first)).or_default();
        *most = (*most).max(words.len());
        let key = key(words.iter().map(|word| &**word));
        self.names.entry(key).or_insert_with(|| (name.into(), 0)).1 += 1;
    }

    /// Takes back one [`Self::add`].
    pub(crate) fn remove(&mut self, name: &str) {
        let key = key(words(name).iter().map(|word| &**word));
        if let Some((_, count)) = self.names.get_mut(&key) {
            *count -= 1;
            if *count == 0 {
                self.names.remove(&key);
            }
        }
    }

    /// The longest name that these words begin with, and how many they are.
    pub(crate) fn longest(&self, tokens: &[Token<'_>]) -> Option<(usize, Arc<str>)> {
        let most = *self.words.get(tokens.first()?.text)?;
        (1..=most.min(WORDS_MAX).min(tokens.len())).rev().find_map(|count| {
            let key = key(tokens.iter().take(count).map(|token| token.text));
            self.names.get(&key).map(|(name, _)| (count, Arc::clone(name)))
        })
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
