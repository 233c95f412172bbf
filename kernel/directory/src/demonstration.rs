//! The people of the demonstration: those written by hand, those made up for the other posts, and
//! finding one among both.

use crate::generate;
use crate::import::{ImportError, lines};
use crate::search::{Spelling, score};
use crate::{Directory, Unit};
use lingnan_base::{PersonId, PostId};
use std::collections::BTreeSet;

/// What is added for a word that is found in a unit or a post, and not in a name: names go first.
const PLACE_SCORE: u8 = 10;

/// A person of the demonstration; his id is also the name he signs in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemonstrationPerson {
    /// Who.
    pub id: PersonId,
    /// His name.
    pub name: String,
    /// His posts, the first being the one he usually acts from.
    pub posts: Vec<PostId>,
    /// What he is there to show.
    pub note: String,
}

/// Everyone whom the demonstration lets in without a password; nobody outside it.
#[derive(Debug, Clone, Default)]
pub struct Demonstration {
    /// Those written by hand, each there to show something.
    pub cast: Vec<DemonstrationPerson>,
    /// Those made up, who hold the posts that the cast leaves empty; their notes are empty.
    pub staff: Vec<DemonstrationPerson>,
}

impl Demonstration {
    /// The cast, and a made-up person for every post in `areas` that none of the cast holds.
    #[must_use]
    pub fn staffed(cast: Vec<DemonstrationPerson>, directory: &Directory, areas: &[&str]) -> Self {
        let held: BTreeSet<&PostId> = cast.iter().flat_map(|person| &person.posts).collect();
        let mut taken: BTreeSet<PersonId> = cast.iter().map(|person| person.id.clone()).collect();
        let units = directory.units().filter(|(_, unit)| areas.contains(&unit.area.as_str()));
        let posts = units.flat_map(|(_, unit)| unit.posts.keys());
        let staff = posts.filter(|post| !held.contains(post)).filter_map(|post| {
            let name = generate::name(&mut generate::chance_of(post.as_str()));
            let id = free_id(&name, &taken)?;
            taken.insert(id.clone());
            Some(DemonstrationPerson { id, name, posts: vec![post.clone()], note: String::new() })
        });
        let staff = staff.collect();
        Self { cast, staff }
    }

    /// Whether this is no demonstration.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cast.is_empty() && self.staff.is_empty()
    }

    /// Everyone, the cast first.
    pub fn everyone(&self) -> impl Iterator<Item = &DemonstrationPerson> {
        self.cast.iter().chain(&self.staff)
    }

    /// The person who signs in with a name.
    #[must_use]
    pub fn person(&self, username: &str) -> Option<&DemonstrationPerson> {
        self.everyone().find(|person| person.id.as_str() == username)
    }

    /// The best `limit` people for a query: each of its words is in the name, the unit or the post,
    /// in characters or, of names and units, in pinyin. Among equals the cast is first.
    #[must_use]
    pub fn search(
        &self,
        directory: &Directory,
        query: &str,
        limit: usize,
    ) -> Vec<&DemonstrationPerson> {
        let query = query.to_lowercase();
        let words: Vec<&str> = query.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let scored = self.everyone().filter_map(|person| {
            let scores = words.iter().map(|word| directory.score_of(person, word));
            let total = scores.sum::<Option<u32>>()?;
            Some((total, person))
        });
        let mut found: Vec<(u32, &DemonstrationPerson)> = scored.collect();
        found.sort_by_key(|(score, _)| *score);
        found.into_iter().take(limit).map(|(_, person)| person).collect()
    }
}

impl Directory {
    fn score_of(&self, person: &DemonstrationPerson, word: &str) -> Option<u32> {
        let named = score(&person.name, &Spelling::of_person(&person.name), word);
        let places = person.posts.iter().filter_map(|post| self.score_of_place(post, word));
        named.into_iter().chain(places).min().map(u32::from)
    }

    fn score_of_place(&self, post: &PostId, word: &str) -> Option<u8> {
        let (id, content) = self.post(post)?;
        let unit: &Unit = self.unit(id)?;
        let spelling = self.unit_spellings.get(id)?;
        // 省财政厅办公室主任 is typed in one piece as often as in two.
        let whole = format!("{}{}", unit.short_name, content.title);
        let told = whole.contains(word).then_some(3);
        let found = score(&unit.name, spelling, word).into_iter().chain(told).min()?;
        Some(found.saturating_add(PLACE_SCORE))
    }
}

/// The name in pinyin, with a number from 2 when it is taken.
fn free_id(name: &str, taken: &BTreeSet<PersonId>) -> Option<PersonId> {
    let spelled = Spelling::of_person(name).plain();
    let numbered = (2..=u32::MAX).map(|number| format!("{spelled}{number}"));
    let ids = std::iter::once(spelled.clone()).chain(numbered);
    ids.map_while(|id| PersonId::parse(&id).ok()).find(|id| !taken.contains(id))
}

/// Reads the people of the demonstration.
///
/// # Errors
/// [`ImportError`] names the first line that does not read.
pub fn demonstration_people(text: &str) -> Result<Vec<DemonstrationPerson>, ImportError> {
    let mut people = Vec::new();
    for (line, text) in lines(text, 0) {
        let bad = || ImportError { table: "people", line, text: text.to_owned() };
        let fields: Vec<&str> = text.split('\t').collect();
        let [id, name, posts, note] = fields.as_slice() else { return Err(bad()) };
        let posts: Result<Vec<PostId>, _> = posts.split(',').map(PostId::parse).collect();
        people.push(DemonstrationPerson {
            id: PersonId::parse(id).map_err(|_| bad())?,
            name: (*name).to_owned(),
            posts: posts.map_err(|_| bad())?,
            note: (*note).to_owned(),
        });
    }
    Ok(people)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;

    const AREAS: [&str; 3] = ["440000000000", "440700000000", "440783108221"];

    fn directory() -> Directory {
        let planned = plan(
            include_str!("../../../catalogue/directory/guangdong.csv"),
            include_str!("../../../catalogue/directory/provincial_units.csv"),
            include_str!("../../../catalogue/directory/departments.tsv"),
            include_str!("../../../catalogue/directory/posts.tsv"),
        );
        let mut directory = Directory::default();
        for (id, unit) in planned.unwrap().into_iter().flat_map(|planned| planned.units) {
            if AREAS.contains(&unit.area.as_str()) {
                directory.put_unit(id, unit);
            }
        }
        directory
    }

    fn cast() -> Vec<DemonstrationPerson> {
        demonstration_people(include_str!("../../../catalogue/people/demonstration.tsv")).unwrap()
    }

    #[test]
    fn every_post_has_one_holder_whose_name_to_sign_in_with_is_his_alone_and_stays() {
        let directory = directory();
        let people = Demonstration::staffed(cast(), &directory, &AREAS);
        assert_eq!(people.staff, Demonstration::staffed(cast(), &directory, &AREAS).staff);
        let ids: BTreeSet<&PersonId> = people.everyone().map(|person| &person.id).collect();
        assert_eq!(ids.len(), people.everyone().count());
        let held: Vec<&PostId> = people.everyone().flat_map(|person| &person.posts).collect();
        let posts = directory.units().flat_map(|(_, unit)| unit.posts.keys());
        for post in posts {
            assert_eq!(held.iter().filter(|one| **one == post).count(), 1, "{post}");
        }
        for person in &people.staff {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
            assert!(person.id.as_str().chars().all(plain), "{}", person.id);
            assert!((2..=3).contains(&person.name.chars().count()), "{}", person.name);
        }
    }

    #[test]
    fn people_are_found_by_name_initials_unit_and_post_and_the_cast_is_first() {
        let directory = directory();
        let people = Demonstration::staffed(cast(), &directory, &AREAS);
        let found = |query: &str| people.search(&directory, query, 30);
        let posts = |query: &str| -> Vec<&str> {
            found(query).into_iter().map(|person| person.posts[0].as_str()).collect()
        };
        assert_eq!(found("林岚")[0].id.as_str(), "linlan");
        assert_eq!(found("oyq")[0].id.as_str(), "ouyangqing");
        assert_eq!(posts("江门市财政局 拟稿人"), ["440700-czj.ng"]);
        assert_eq!(posts("江门市财政局拟稿人"), ["440700-czj.ng"]);
        assert_eq!(posts("jmsczj 文书"), ["440700-czj.ws"]);
        assert_eq!(found("省财政厅")[0].id.as_str(), "ouyangqing");
        assert_eq!(found("文书").len(), 30);
        assert!(!found("文书")[0].note.is_empty());
        assert!(found("查无此人").is_empty() && found(" ").is_empty());
    }
}
