//! What somebody looks for, and how the index is asked for it.

use crate::index::{Fields, SearchError};
use crate::rank::{NUMBER, TEXT, TITLE};
use crate::words::{ByCharacters, folded, significant, wanted};
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::{TokenStream, Tokenizer};

/// Most words of a query; what is beyond them is not looked for.
const WORDS_MAX: usize = 40;

/// What somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// What he typed: parts set apart by spaces must all be there; a part in quotes word by word.
    pub text: String,
    /// Of this sort alone.
    pub sort: Option<String>,
    /// From this moment on.
    pub from_ms: Option<i64>,
    /// Before this moment.
    pub before_ms: Option<i64>,
}

/// A part of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sought {
    /// In quotes: word by word.
    Phrase(String),
    /// As a whole or in its words.
    Words(String),
}

type Boxed = Box<dyn Query>;

impl Wish {
    /// The parts of what was typed.
    pub(crate) fn parts(&self) -> Vec<Sought> {
        let mut parts = Vec::new();
        let pieces = self.text.split(['"', '“', '”', '「', '」', '＂']);
        for (number, piece) in pieces.enumerate() {
            if number % 2 == 1 {
                parts.push(Sought::Phrase(folded(piece)));
            } else {
                parts.extend(piece.split_whitespace().map(Sought::of));
            }
        }
        parts.retain(|part| significant(part.text()).next().is_some());
        parts.truncate(WORDS_MAX);
        parts
    }

    /// Whether anything is looked for at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts().is_empty()
    }

    pub(crate) fn query(&self, fields: &Fields) -> Result<Boxed, SearchError> {
        let parts = self.parts();
        if parts.is_empty() {
            return Ok(Box::new(EmptyQuery));
        }
        let number: String = significant(&self.text).collect();
        let exact = term(fields.number_key, &number);
        let title = all(parts.iter().map(|part| part.within(&[fields.head])));
        let text = all(parts.iter().map(|part| part.within(&[fields.head, fields.text])));
        let found = any([scored(exact, NUMBER), scored(title, TITLE), scored(text, TEXT)]);
        let mut clauses = vec![(Occur::Must, found)];
        if let Some(sort) = &self.sort {
            clauses.push((Occur::Must, scored(term(fields.sort, sort), 0.0)));
        }
        if self.from_ms.is_some() || self.before_ms.is_some() {
            let at = |ms| Term::from_field_i64(fields.time, ms);
            let from = self.from_ms.map_or(Bound::Unbounded, |ms| Bound::Included(at(ms)));
            let before = self.before_ms.map_or(Bound::Unbounded, |ms| Bound::Excluded(at(ms)));
            let range: Boxed = Box::new(RangeQuery::new(from, before));
            clauses.push((Occur::Must, scored(range, 0.0)));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }
}

/// A text as it is indexed twice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Twice {
    /// By characters.
    pub(crate) characters: Field,
    /// By words.
    pub(crate) words: Field,
}

impl Sought {
    /// A part without quotes; a 发文字号 is looked for as it stands.
    fn of(part: &str) -> Self {
        let part = folded(part);
        let mut inner = part.split(['〔', '[', '(', '【']).skip(1);
        if inner.any(|after| after.starts_with(|c: char| c.is_ascii_digit())) {
            Self::Phrase(part)
        } else {
            Self::Words(part)
        }
    }

    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Phrase(text) | Self::Words(text) => text,
        }
    }

    fn within(&self, texts: &[Twice]) -> Boxed {
        let whole = texts.iter().map(|text| phrase(text.characters, self.text()));
        match self {
            Self::Phrase(_) => any(whole),
            Self::Words(words) => {
                let mut words = wanted(words);
                words.truncate(WORDS_MAX);
                let each = |word: &String| any(texts.iter().map(|text| term(text.words, word)));
                any(whole.chain([all(words.iter().map(each))]))
            }
        }
    }
}

fn phrase(field: Field, text: &str) -> Boxed {
    let mut cutter = ByCharacters;
    let mut tokens = cutter.token_stream(text);
    let mut terms = Vec::new();
    while tokens.advance() {
        terms.push(Term::from_field_text(field, &tokens.token().text));
    }
    match terms.as_slice() {
        [] => Box::new(EmptyQuery),
        [one] => Box::new(TermQuery::new(one.clone(), IndexRecordOption::Basic)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}

fn term(field: Field, text: &str) -> Boxed {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}

fn scored(query: Boxed, score: f32) -> Boxed {
    Box::new(ConstScoreQuery::new(query, score))
}

fn all(queries: impl IntoIterator<Item = Boxed>) -> Boxed {
    Box::new(BooleanQuery::new(queries.into_iter().map(|q| (Occur::Must, q)).collect()))
}

fn any(queries: impl IntoIterator<Item = Boxed>) -> Boxed {
    Box::new(BooleanQuery::new(queries.into_iter().map(|q| (Occur::Should, q)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_of_any_shape_hold_a_phrase_together() {
        let parts = |text: &str| Wish { text: text.to_owned(), ..Wish::default() }.parts();
        let words = |text: &str| Sought::Words(text.to_owned());
        let phrase = |text: &str| Sought::Phrase(text.to_owned());
        assert_eq!(parts("数字 政府"), [words("数字"), words("政府")]);
        assert_eq!(parts("“防汛 工作”通知"), [phrase("防汛 工作"), words("通知")]);
        assert_eq!(parts("\"没有说完"), [phrase("没有说完")]);
        assert_eq!(parts("粤府〔2026〕1号 通知"), [phrase("粤府〔2026〕1号"), words("通知")]);
        assert_eq!(parts("  ，。 \"\" "), []);
    }
}
