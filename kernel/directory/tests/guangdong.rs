//! The real Guangdong: imported whole, searched, reorganised.

use lingnan_base::{Chance, PersonId, PostId, Timestamp, UnitId};
use lingnan_directory::{
    Appoint, Delegate, Delegation, Directory, Found, ImportUnits, Leave, Level, Merge, PEOPLE,
    POSTS, Person, Planned, SEATS, UNITS, Unit, duty, plan,
};
use lingnan_journal::{
    Act, ActId, Actor, Command, Door, Draft, EmptyDoor, Fault, Loaded, MatterId, Registry, Stamp,
    Stop,
};
use std::collections::BTreeMap;

fn guangdong() -> Vec<Planned> {
    plan(
        include_str!("../../../catalogue/directory/guangdong.csv"),
        include_str!("../../../catalogue/directory/provincial_units.csv"),
        include_str!("../../../catalogue/directory/departments.tsv"),
        include_str!("../../../catalogue/directory/posts.tsv"),
    )
    .unwrap()
}

/// A journal in memory: enough to try commands one after another.
struct Desk {
    registry: Registry,
    matters: BTreeMap<MatterId, Loaded>,
    directory: Directory,
    seq: u64,
    now: Timestamp,
}

struct Shelf<'a>(&'a Registry, &'a BTreeMap<MatterId, Loaded>);

impl Door for Shelf<'_> {
    fn load(&mut self, id: &MatterId) -> Result<Loaded, Fault> {
        self.1.get(id).map_or_else(|| EmptyDoor(self.0).load(id), |known| Ok(known.clone()))
    }
}

impl Desk {
    fn new() -> Self {
        let registry =
            Registry::new().with::<Unit>(&[&UNITS, &POSTS]).with::<Person>(&[&PEOPLE, &SEATS]);
        Self {
            registry,
            matters: BTreeMap::new(),
            directory: Directory::default(),
            seq: 0,
            now: Timestamp(1_795_000_000_000),
        }
    }

    fn tell(&mut self, command: &dyn Command) -> Result<serde_json::Value, String> {
        let actor = Actor::system("test");
        let stamp = Stamp { seq: self.seq, time: self.now, actor };
        let mut shelf = Shelf(&self.registry, &self.matters);
        let mut draft = Draft::new(&mut shelf, stamp, Chance::from_number(self.seq));
        let answer = command.decide(&mut draft).map_err(|stop| match stop {
            Stop::Refused(refusal) => refusal.code,
            Stop::Failed(fault) => fault.to_string(),
        })?;
        if draft.is_empty() {
            return Ok(answer);
        }
        let id = ActId::parse(&format!("t-{}", self.seq)).unwrap();
        let outcome = draft.close("test", id, command, answer.clone());
        self.follow(&outcome.act);
        for (id, _, after) in outcome.moved {
            self.matters.insert(id, after);
        }
        self.seq += 1;
        Ok(answer)
    }

    fn follow(&mut self, act: &Act) {
        self.directory.committed(act);
    }

    fn imported() -> Self {
        let mut desk = Self::new();
        for planned in guangdong() {
            desk.tell(&ImportUnits { units: planned.units }).unwrap();
        }
        desk
    }
}

fn unit(id: &str) -> UnitId {
    UnitId::parse(id).unwrap()
}

fn post(id: &str) -> PostId {
    PostId::parse(id).unwrap()
}

fn appoint(person: &str, name: &str, at: &str) -> Appoint {
    Appoint {
        person: PersonId::parse(person).unwrap(),
        name: name.to_owned(),
        unit: unit(at.split_once('.').unwrap().0),
        post: post(at),
        acting: false,
    }
}

#[test]
fn every_area_has_its_government_and_the_departments_are_counted() {
    let all: Vec<_> = guangdong().into_iter().flat_map(|planned| planned.units).collect();
    let areas = all.iter().filter(|(id, _)| id.as_str().len() == 12).count();
    assert_eq!(areas, 28_743);
    assert_eq!(all.iter().filter(|(_, unit)| unit.shares_data).count(), 47);
    let at = |level| all.iter().filter(|(i, u)| u.level == level && i.as_str().len() == 12).count();
    assert_eq!(
        [Level::City, Level::County, Level::Town, Level::Village].map(at),
        [21, 122, 1_757, 26_842]
    );
}

#[test]
fn importing_twice_records_nothing_the_second_time() {
    let mut desk = Desk::imported();
    let acts = desk.seq;
    let (mut created, mut unchanged) = (0, 0);
    for planned in guangdong() {
        let answer = desk.tell(&ImportUnits { units: planned.units }).unwrap();
        created += answer["created"].as_u64().unwrap();
        unchanged += answer["unchanged"].as_u64().unwrap();
    }
    assert_eq!((created, desk.seq), (0, acts));
    assert!(unchanged > 28_743);
}

#[test]
fn units_and_people_are_found_by_pinyin_initials() {
    let mut desk = Desk::imported();
    desk.tell(&appoint("ouyangqing", "欧阳清", "440000-11.jz")).unwrap();
    let best = |query: &str| desk.directory.search(query, 5).into_iter().next();
    assert_eq!(best("oyq"), Some(Found::Person(PersonId::parse("ouyangqing").unwrap())));
    assert_eq!(best("江门市人民政府"), Some(Found::Unit(unit("440700000000"))));
    assert_eq!(best("jmsrmzf"), Some(Found::Unit(unit("440700000000"))));
    let line = desk.directory.line(&UnitId::parse("440783108221").unwrap()).len();
    assert_eq!(line, 5, "village, town, county, city, province");
}

#[test]
fn a_person_acts_only_from_a_post_he_holds_and_not_after_he_left() {
    let mut desk = Desk::imported();
    desk.tell(&appoint("zhouwen", "周雯", "440000-bgt.ws")).unwrap();
    let who = PersonId::parse("zhouwen").unwrap();
    let actor = desk.directory.actor(&who, &post("440000-bgt.ws"), desk.now).unwrap();
    assert_eq!(actor.label().unit, "省政府办公厅");
    assert!(desk.directory.actor(&who, &post("440000-bgt.zr"), desk.now).is_err());
    desk.tell(&Leave { person: who.clone() }).unwrap();
    assert!(desk.directory.actor(&who, &post("440000-bgt.ws"), desk.now).is_err());
    assert!(desk.directory.holders(&post("440000-bgt.ws")).is_empty());
}

#[test]
fn a_stand_in_signs_as_one_for_the_other_and_only_for_the_time_given() {
    let mut desk = Desk::imported();
    desk.tell(&appoint("hejing", "何靖", "440000-bgt.zr")).unwrap();
    desk.tell(&appoint("chenzhuo", "陈卓", "440000-bgt.fzr")).unwrap();
    let delegation = Delegation {
        from_post: post("440000-bgt.zr"),
        to_post: post("440000-bgt.fzr"),
        begins: desk.now,
        ends: desk.now.plus_ms(1_000),
    };
    let person = PersonId::parse("hejing").unwrap();
    desk.tell(&Delegate { person, delegation }).unwrap();
    let who = PersonId::parse("chenzhuo").unwrap();
    let actor = desk.directory.actor(&who, &post("440000-bgt.zr"), desk.now).unwrap();
    assert_eq!(actor.label().person, "陈卓 代 何靖");
    let later = desk.now.plus_ms(1_000);
    assert!(desk.directory.actor(&who, &post("440000-bgt.zr"), later).is_err());
}

#[test]
fn the_three_administrators_are_three_people() {
    let mut desk = Desk::imported();
    desk.tell(&appoint("xitong", "石磊", "440000-zsj.xt")).unwrap();
    let second = desk.tell(&appoint("xitong", "石磊", "440000-zsj.sj"));
    assert_eq!(second, Err("directory.three_admins".to_owned()));
}

#[test]
fn a_merged_unit_is_found_through_its_successor_and_no_longer_in_the_tree() {
    let mut desk = Desk::imported();
    let (from, into) = (unit("440000-29"), unit("440000-11"));
    let merge = Merge { unit: from.clone(), into: into.clone(), basis: String::new() };
    assert_eq!(desk.tell(&merge), Err("directory.no_basis".to_owned()));
    desk.tell(&Merge { basis: "粤机编发〔2026〕1号".to_owned(), ..merge }).unwrap();
    assert_eq!(desk.directory.successor(&from), &into);
    let province = unit("440000000000");
    let below = desk.directory.children(Some(&province));
    assert!(!below.iter().any(|(id, _)| **id == from));
    assert_eq!(desk.directory.posts_with(&into, duty::CLERK), [post("440000-11.ws")]);
}
