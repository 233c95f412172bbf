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

/// Surnames read otherwise than the character usually is; compound ones stand first.
const SURNAMES: [(&str, &str); 21] = [
    ("尉迟", "yu chi"),
    ("万俟", "mo qi"),
    ("单于", "chan yu"),
    ("曾", "zeng"),
    ("区", "ou"),
    ("单", "shan"),
    ("解", "xie"),
    ("覃", "qin"),
    ("仇", "qiu"),
    ("朴", "piao"),
    ("查", "zha"),
    ("盖", "ge"),
    ("缪", "miao"),
    ("翟", "zhai"),
    ("乐", "yue"),
    ("员", "yun"),
    ("种", "chong"),
    ("洗", "xian"),
    ("祭", "zhai"),
    ("繁", "po"),
    ("都", "du"),
];

/// Words in the names of places read otherwise than their characters usually are.
const PLACES: [(&str, &str); 6] = [
    ("番禺", "pan yu"),
    ("大埔", "da bu"),
    ("塘厦", "tang xia"),
    ("圩", "xu"),
    ("都", "du"),
    ("曾", "zeng"),
];

/// A spelling being written.
#[derive(Default)]
struct Speller {
    full: String,
    initials: String,
}

impl Speller {
    /// Takes a word of `known` off the front; `None` when `name` begins with none of them.
    fn take<'a>(&mut self, name: &'a str, known: &[(&str, &str)]) -> Option<&'a str> {
        let (rest, reading) =
            known.iter().find_map(|(word, reading)| Some((name.strip_prefix(word)?, reading)))?;
        for syllable in reading.split(' ') {
            self.full.push_str(syllable);
            self.initials.extend(syllable.chars().next());
        }
        Some(rest)
    }

    fn push(&mut self, character: char) {
        match character.to_pinyin() {
            Some(spelled) => {
                self.full.push_str(spelled.plain());
                self.initials.push_str(spelled.first_letter());
            }
            None => {
                self.full.extend(character.to_lowercase());
                self.initials.extend(character.to_lowercase());
            }
        }
    }

    fn done(self) -> Spelling {
        Spelling { full: self.full.into(), initials: self.initials.into() }
    }
}

impl Spelling {
    /// The spelling of a person's name, the surname first.
    pub(crate) fn of_person(name: &str) -> Self {
        let mut speller = Speller::default();
        let rest = speller.take(name, &SURNAMES).unwrap_or(name);
        rest.chars().for_each(|character| speller.push(character));
        speller.done()
    }

    /// The full spelling on a plain keyboard, where ü is typed as v.
    pub(crate) fn plain(&self) -> String {
        self.full.replace('ü', "v")
    }

    /// The spelling of a unit's name; what is not Chinese stays as it is, in lower case.
    pub(crate) fn of_unit(name: &str) -> Self {
        let mut speller = Speller::default();
        let mut rest = name;
        while let Some(character) = rest.chars().next() {
            rest = match speller.take(rest, &PLACES) {
                Some(rest) => rest,
                None => {
                    speller.push(character);
                    rest.strip_prefix(character).unwrap_or_default()
                }
            };
        }
        speller.done()
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
pub(crate) fn score(name: &str, spelling: &Spelling, query: &str) -> Option<u8> {
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

/// Whether a unit is customarily called so: 发改委 is 发展和改革委员会, each character in its place.
fn is_called(name: &str, query: &str) -> bool {
    let mut rest = name.chars();
    query.chars().count() > 1
        && query.chars().all(|character| {
            character.to_pinyin().is_some() && rest.any(|other| other == character)
        })
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
            let called = || is_called(&unit.name, &query).then_some(5);
            if let Some(score) = short.or(named).or_else(called) {
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
        let spelling = Spelling::of_unit("江门市财政局");
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

    #[test]
    fn a_unit_is_found_by_what_it_is_customarily_called() {
        for (query, expected) in
            [("发改委", true), ("省发改委", true), ("改发委", false), ("委", false), ("fgw", false)]
        {
            assert_eq!(is_called("广东省发展和改革委员会", query), expected, "{query}");
        }
    }

    #[test]
    fn surnames_and_places_are_spelled_as_they_are_read() {
        let person = |name| Spelling::of_person(name).full;
        let unit = |name| Spelling::of_unit(name).full;
        assert_eq!(&*person("曾伟"), "zengwei");
        assert_eq!(&*person("区乐"), "oule", "a given name keeps the usual reading");
        assert_eq!(&*person("尉迟敏"), "yuchimin");
        assert_eq!(&*unit("番禺区"), "panyuqu");
        assert_eq!(&*unit("花都区"), "huaduqu");
        assert_eq!(&*unit("东莞市塘厦镇"), "dongguanshitangxiazhen");
        assert_eq!(&*Spelling::of_unit("大埔县").initials, "dbx");
    }
}
