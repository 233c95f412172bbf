//! The index in memory: found by id, by place in the tree, by post; kept in step act by act.

use crate::person::{Delegation, Held, Person, PersonFact};
use crate::search::Spelling;
use crate::unit::{Level, Post, Status, Unit, UnitFact, UnitKind};
use lingnan_base::{PersonId, PostId, Timestamp, UnitId};
use lingnan_journal::{Act, Actor, Datum, Fault, Kind, Label, Matter, Refusal, Seat, Stamp};
use std::collections::{BTreeMap, BTreeSet};

/// A capacity in which a person may act now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// The post.
    pub post: PostId,
    /// Its title.
    pub title: String,
    /// Its unit.
    pub unit: UnitId,
    /// Its duties.
    pub duties: Vec<String>,
    /// Whether he holds it only for the time being.
    pub acting: bool,
    /// Whose post it is, when he stands in under a delegation.
    pub for_person: Option<PersonId>,
}

/// Every unit, post and person.
#[derive(Debug, Default, Clone)]
pub struct Directory {
    pub(crate) units: BTreeMap<UnitId, Unit>,
    pub(crate) children: BTreeMap<UnitId, BTreeSet<(u32, UnitId)>>,
    /// Gone units by the one that took each over.
    pub(crate) predecessors: BTreeMap<UnitId, BTreeSet<UnitId>>,
    posts: BTreeMap<PostId, UnitId>,
    people: BTreeMap<PersonId, Person>,
    holders: BTreeMap<PostId, BTreeSet<PersonId>>,
    /// Delegations by the post that may act.
    stand_ins: BTreeMap<PostId, BTreeSet<PersonId>>,
    pub(crate) unit_spellings: BTreeMap<UnitId, Spelling>,
    pub(crate) person_spellings: BTreeMap<PersonId, Spelling>,
}

impl Directory {
    /// Follows a durable act.
    pub fn committed(&mut self, act: &Act) {
        let stamp = Stamp { seq: act.seq, time: act.time, actor: act.actor.clone() };
        for change in &act.changes {
            match change.matter.kind() {
                Unit::KIND => {
                    let Ok(id) = UnitId::parse(change.matter.key()) else { continue };
                    let mut unit = self.units.remove(&id).unwrap_or_else(Unit::unwritten);
                    for fact in &change.facts {
                        if let Ok(fact) = serde_json::from_value::<UnitFact>(fact.clone()) {
                            unit.fold(&fact, &stamp);
                        }
                    }
                    self.put_unit(id, unit);
                }
                Person::KIND => {
                    let Ok(id) = PersonId::parse(change.matter.key()) else { continue };
                    let mut person = self.people.remove(&id).unwrap_or_else(Person::unwritten);
                    self.forget_seats(&id, &person);
                    for fact in &change.facts {
                        if let Ok(fact) = serde_json::from_value::<PersonFact>(fact.clone()) {
                            person.fold(&fact, &stamp);
                        }
                    }
                    self.put_person(id, person);
                }
                _ => {}
            }
        }
    }

    /// Adds or replaces a unit.
    pub fn put_unit(&mut self, id: UnitId, unit: Unit) {
        if let Some(parent) = &unit.parent {
            let siblings = self.children.entry(parent.clone()).or_default();
            if unit.status == Status::Active {
                siblings.insert((unit.rank, id.clone()));
            } else {
                siblings.remove(&(unit.rank, id.clone()));
            }
        }
        if let Status::Succeeded(by) = &unit.status {
            self.predecessors.entry(by.clone()).or_default().insert(id.clone());
        }
        for post in unit.posts.keys() {
            self.posts.insert(post.clone(), id.clone());
        }
        self.unit_spellings.insert(id.clone(), Spelling::of_unit(&unit.name));
        self.units.insert(id, unit);
    }

    /// Adds or replaces a person.
    pub fn put_person(&mut self, id: PersonId, person: Person) {
        for post in person.seats.keys() {
            self.holders.entry(post.clone()).or_default().insert(id.clone());
        }
        for delegation in &person.delegations {
            self.stand_ins.entry(delegation.to_post.clone()).or_default().insert(id.clone());
        }
        self.person_spellings.insert(id.clone(), Spelling::of_person(&person.name));
        self.people.insert(id, person);
    }

    fn forget_seats(&mut self, id: &PersonId, person: &Person) {
        for post in person.seats.keys() {
            if let Some(holders) = self.holders.get_mut(post) {
                holders.remove(id);
            }
        }
        for delegation in &person.delegations {
            if let Some(people) = self.stand_ins.get_mut(&delegation.to_post) {
                people.remove(id);
            }
        }
    }

    /// A unit.
    #[must_use]
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.get(id)
    }

    /// How many units there are.
    #[must_use]
    pub fn unit_count(&self) -> usize {
        self.units.len()
    }

    /// How many people there are.
    #[must_use]
    pub fn person_count(&self) -> usize {
        self.people.len()
    }

    /// Every unit in order of id.
    pub fn units(&self) -> impl Iterator<Item = (&UnitId, &Unit)> {
        self.units.iter()
    }

    /// A person.
    #[must_use]
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.get(id)
    }

    /// A post with its unit.
    #[must_use]
    pub fn post(&self, id: &PostId) -> Option<(&UnitId, &Post)> {
        let unit = self.posts.get(id)?;
        Some((unit, self.units.get(unit)?.posts.get(id)?))
    }

    /// The posts of a unit with a duty, highest first.
    #[must_use]
    pub fn posts_with(&self, unit: &UnitId, duty: &str) -> Vec<PostId> {
        let Some(unit) = self.units.get(unit) else { return Vec::new() };
        let mut posts: Vec<(u32, &PostId)> = unit
            .posts
            .iter()
            .filter(|(_, post)| post.duties.iter().any(|d| d == duty))
            .map(|(id, post)| (post.rank, id))
            .collect();
        posts.sort();
        posts.into_iter().map(|(_, id)| id.clone()).collect()
    }

    /// Those who hold a post now.
    #[must_use]
    pub fn holders(&self, post: &PostId) -> Vec<(&PersonId, &Person)> {
        let people = self.holders.get(post).into_iter().flatten();
        people.filter_map(|id| self.people.get_key_value(id)).collect()
    }

    /// Every capacity in which a person may act at `now`: his posts, then those he stands in for.
    #[must_use]
    pub fn capacities(&self, person: &PersonId, now: Timestamp) -> Vec<Capacity> {
        let Some(held) = self.people.get(person).filter(|p| p.left.is_none()) else {
            return Vec::new();
        };
        let own = held.seats.iter().filter_map(|(post, seat)| self.own(post, seat));
        let mut all: Vec<Capacity> = own.collect();
        for post in held.seats.keys() {
            for grantor in self.stand_ins.get(post).into_iter().flatten() {
                let Some(granting) = self.people.get(grantor) else { continue };
                let granted = granting.delegations.iter().filter(|d| {
                    d.to_post == *post
                        && d.begins <= now
                        && now < d.ends
                        && granting.seats.contains_key(&d.from_post)
                });
                all.extend(granted.filter_map(|d| self.delegated(d, grantor)));
            }
        }
        let taken_over = self.taken_over_posts(&all);
        all.extend(taken_over);
        all
    }

    /// Posts of units that were merged or abolished and that nobody holds any more: whoever has
    /// the same duty in the successor finishes what lies there.
    fn taken_over_posts(&self, own: &[Capacity]) -> Vec<Capacity> {
        let mut all = Vec::new();
        for capacity in own {
            for gone in self.taken_over(&capacity.unit).into_iter().filter(|u| **u != capacity.unit)
            {
                let posts = self.units.get(gone).map(|unit| &unit.posts).into_iter().flatten();
                let orphaned = posts.filter(|(post, content)| {
                    self.holders.get(*post).is_none_or(BTreeSet::is_empty)
                        && content.duties.iter().any(|duty| capacity.duties.contains(duty))
                });
                all.extend(orphaned.map(|(post, content)| Capacity {
                    post: post.clone(),
                    title: content.title.clone(),
                    unit: gone.clone(),
                    duties: content.duties.clone(),
                    acting: capacity.acting,
                    for_person: None,
                }));
            }
        }
        all.sort_by(|one, other| one.post.cmp(&other.post));
        all.dedup_by(|one, other| one.post == other.post);
        all
    }

    fn own(&self, post: &PostId, seat: &Held) -> Option<Capacity> {
        let (unit, content) = self.post(post)?;
        Some(Capacity {
            post: post.clone(),
            title: content.title.clone(),
            unit: unit.clone(),
            duties: content.duties.clone(),
            acting: seat.acting,
            for_person: None,
        })
    }

    fn delegated(&self, delegation: &Delegation, grantor: &PersonId) -> Option<Capacity> {
        let (unit, content) = self.post(&delegation.from_post)?;
        Some(Capacity {
            post: delegation.from_post.clone(),
            title: content.title.clone(),
            unit: unit.clone(),
            duties: content.duties.clone(),
            acting: false,
            for_person: Some(grantor.clone()),
        })
    }

    /// The actor that `person` is when he acts from `post` at `now`.
    ///
    /// # Errors
    /// A refusal when he does not hold the post (any more) and does not stand in for it.
    pub fn actor(
        &self,
        person: &PersonId,
        post: &PostId,
        now: Timestamp,
    ) -> Result<Actor, Refusal> {
        let capacity = self.capacities(person, now).into_iter().find(|c| c.post == *post);
        let capacity = capacity.ok_or_else(|| {
            Refusal::new(
                Kind::Forbidden,
                "not_your_post",
                "您现在不在这个岗位上，不能以它的名义办理。",
            )
            .with_next("请在页首切换到您现任的岗位；如刚调离，请与接任人交接。")
        })?;
        let name = |id: &PersonId| self.people.get(id).map(|p| p.name.clone()).unwrap_or_default();
        let unit = self.units.get(&capacity.unit);
        let rank = self.post(post).map_or(0, |(_, content)| content.rank);
        let title = if capacity.acting {
            format!("{}（代理）", capacity.title)
        } else {
            capacity.title.clone()
        };
        let shown = match &capacity.for_person {
            Some(grantor) => format!("{} 代 {}", name(person), name(grantor)),
            None => name(person),
        };
        let seat = |person: PersonId| Seat {
            person,
            post: capacity.post.clone(),
            unit: capacity.unit.clone(),
        };
        Ok(Actor::Person {
            seat: seat(person.clone()),
            on_behalf_of: capacity.for_person.clone().map(seat),
            label: Label {
                person: shown,
                post: title,
                unit: unit.map(|u| u.short_name.clone()).unwrap_or_default(),
                rank,
            },
        })
    }

    /// Builds the index from the rows of the four tables.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] names the table whose row does not read.
    pub fn from_rows(
        units: &[Vec<Datum>],
        posts: &[Vec<Datum>],
        people: &[Vec<Datum>],
        seats: &[Vec<Datum>],
    ) -> Result<Self, Fault> {
        let mut found = BTreeMap::new();
        for row in units {
            let (id, unit) = read_unit(row).ok_or_else(|| damaged("directory_unit"))?;
            found.insert(id, unit);
        }
        for row in posts {
            let (unit, id, post) = read_post(row).ok_or_else(|| damaged("directory_post"))?;
            if let Some(unit) = found.get_mut(&unit) {
                unit.posts.insert(id, post);
            }
        }
        let mut persons = BTreeMap::new();
        for row in people {
            let (id, person) = read_person(row).ok_or_else(|| damaged("directory_person"))?;
            persons.insert(id, person);
        }
        for row in seats {
            let (id, post, held) = read_seat(row).ok_or_else(|| damaged("directory_seat"))?;
            if let Some(person) = persons.get_mut(&id) {
                person.seats.insert(post, held);
            }
        }
        let mut directory = Self::default();
        found.into_iter().for_each(|(id, unit)| directory.put_unit(id, unit));
        persons.into_iter().for_each(|(id, person)| directory.put_person(id, person));
        Ok(directory)
    }
}

fn damaged(table: &str) -> Fault {
    Fault::corrupt(table, 0, &"a row has columns of other types")
}

fn read_unit(row: &[Datum]) -> Option<(UnitId, Unit)> {
    let [
        Datum::Text(id),
        parent,
        Datum::Text(name),
        Datum::Text(short_name),
        Datum::Int(level),
        Datum::Text(area),
        Datum::Text(kind),
        Datum::Int(rank),
        Datum::Text(_),
        successor,
        Datum::Int(shares),
    ] = row
    else {
        return None;
    };
    let unit_id = |datum: &Datum| match datum {
        Datum::Text(text) => UnitId::parse(text).ok(),
        _ => None,
    };
    let unit = Unit {
        name: name.clone(),
        short_name: short_name.clone(),
        level: Level::from_number(*level)?,
        parent: unit_id(parent),
        area: area.clone(),
        kind: UnitKind::read(kind)?,
        rank: u32::try_from(*rank).ok()?,
        shares_data: *shares == 1,
        status: unit_id(successor).map_or(Status::Active, Status::Succeeded),
        posts: BTreeMap::new(),
    };
    Some((UnitId::parse(id).ok()?, unit))
}

fn read_post(row: &[Datum]) -> Option<(UnitId, PostId, Post)> {
    let [
        Datum::Text(id),
        Datum::Text(unit),
        Datum::Text(title),
        Datum::Int(rank),
        Datum::Text(duties),
    ] = row
    else {
        return None;
    };
    let post = Post {
        title: title.clone(),
        rank: u32::try_from(*rank).ok()?,
        duties: duties.split(',').filter(|d| !d.is_empty()).map(str::to_owned).collect(),
    };
    Some((UnitId::parse(unit).ok()?, PostId::parse(id).ok()?, post))
}

fn read_person(row: &[Datum]) -> Option<(PersonId, Person)> {
    let [Datum::Text(id), Datum::Text(name), left, Datum::Text(delegations)] = row else {
        return None;
    };
    let left = if let Datum::Int(ms) = left { Some(Timestamp(*ms)) } else { None };
    let delegations = serde_json::from_str(delegations).ok()?;
    let person = Person { name: name.clone(), left, seats: BTreeMap::new(), delegations };
    Some((PersonId::parse(id).ok()?, person))
}

fn read_seat(row: &[Datum]) -> Option<(PersonId, PostId, Held)> {
    let [
        Datum::Text(person),
        Datum::Text(post),
        Datum::Text(unit),
        Datum::Int(acting),
        Datum::Int(since),
    ] = row
    else {
        return None;
    };
    let held =
        Held { unit: UnitId::parse(unit).ok()?, acting: *acting == 1, since: Timestamp(*since) };
    Some((PersonId::parse(person).ok()?, PostId::parse(post).ok()?, held))
}
