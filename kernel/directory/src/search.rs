//! Search by name, by full pinyin and by pinyin initials.

use crate::{Directory, Level};
use lingnan_base::{PersonId, UnitId};
use pinyin::ToPinyin;

/// How a name is spelled: `guang zhou shi` gives `guangzhoushi` and `gzs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spelling {
    full: Box<str>,
    initials: Box<str>,
}

impl Spelling {
    /// The spelling of a Chinese name; other characters stay as they are, in lower case.
    pub(crate) fn of(name: &str) -> Self {
        let mut full = String::new();
        let mut initials = String::new();
        for (character, spelled) in name.chars().zip(name.to_pinyin()) {
            match spelled {
                Some(spelled) => {
                    full.push_str(spelled.plain());
                    initials.push_str(spelled.first_letter());
                }
                None => {
                    full.extend(character.to_lowercase());
                    initials.extend(character.to_lowercase());
                }
            }
        }
        Self { full: full.into(), initials: initials.into() }
    }
}

/// Something found, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A person.
    Person(PersonId),
    /// A unit.
    Unit(UnitId),
}

/// How well a name matches, lower is better; `None` when it does not.
fn score(name: &str, spelling: &Spelling, query: &str) -> Option<u8> {
    if name == query {
        Some(0)
    } else if name.starts_with(query) || *spelling.initials == *query {
        Some(1)
    } else if spelling.initials.starts_with(query) || spelling.full.starts_with(query) {
        Some(2)
    } else if name.contains(query) {
        Some(3)
    } else if query.len() >= 3
        && (spelling.initials.contains(query) || spelling.full.contains(query))
    {
        Some(4)
    } else {
        None
    }
}

impl Directory {
    /// The best `limit` people and units for a query in characters or pinyin; people who have
    /// left and units that have gone are not found.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Found> {
        let query = query.trim().to_lowercase();
        if query.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<((u8, i64, usize), Found)> = Vec::new();
        for (id, spelling) in &self.person_spellings {
            let Some(person) = self.person(id).filter(|p| p.left.is_none()) else { continue };
            if let Some(score) = score(&person.name, spelling, &query) {
                let key = (score, 0, person.name.len());
                found.push((key, Found::Person(id.clone())));
            }
        }
        for (id, spelling) in &self.unit_spellings {
            let Some(unit) = self.unit(id) else { continue };
            if unit.status != crate::Status::Active {
                continue;
            }
            let level = unit.level.number().min(Level::Village.number());
            let named = score(&unit.name, spelling, &query);
            let short = (unit.short_name == query).then_some(0);
            if let Some(score) = short.or(named) {
                found.push(((score, level, unit.name.len()), Found::Unit(id.clone())));
            }
        }
        found.sort_by_key(|(key, _)| *key);
        found.into_iter().take(limit).map(|(_, found)| found).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_characters_full_pinyin_and_initials() {
        let spelling = Spelling::of("江门市财政局");
        for (query, expected) in [
            ("江门市财政局", Some(0)),
            ("江门", Some(1)),
            ("jmsczj", Some(1)),
            ("jms", Some(2)),
            ("jiangmen", Some(2)),
            ("财政", Some(3)),
            ("czj", Some(4)),
            ("xyz", None),
        ] {
            assert_eq!(score("江门市财政局", &spelling, query), expected, "{query}");
        }
    }
}
