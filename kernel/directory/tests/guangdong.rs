//! The real Guangdong: imported whole, searched, reorganised.

use lingnan_base::{Chance, PersonId, PostId, Timestamp, UnitId};
use lingnan_directory::{
    Appoint, AppointMany, Delegate, Delegation, Directory, EndDelegation, Found, ImportUnits,
    Leave, Level, Merge, PEOPLE, POSTS, Person, Planned, Post, SEATS, UNITS, Unit, Unseat, duty,
    plan,
};
use lingnan_journal::{
    Act, ActId, Actor, Command, Datum, Door, Draft, EmptyDoor, Fault, Loaded, MatterId, Registry,
    Stamp, Stop,
};
use proptest::prelude::*;
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
        Self::of(&[""])
    }

    /// The province's own units and one county: enough for most stories, and soon read.
    fn small() -> Self {
        Self::of(&["440000", "440783"])
    }

    /// The units whose ids begin with one of `prefixes`.
    fn of(prefixes: &[&str]) -> Self {
        let mut desk = Self::new();
        let wanted = |id: &UnitId| prefixes.iter().any(|prefix| id.as_str().starts_with(prefix));
        for mut planned in guangdong() {
            planned.units.retain(|(id, _)| wanted(id));
            desk.tell(&ImportUnits { units: planned.units }).unwrap();
        }
        desk
    }

    /// The directory as a restart reads it from the tables.
    fn restarted(&self) -> Directory {
        let mut tables: BTreeMap<&str, Vec<Vec<Datum>>> = BTreeMap::new();
        for (id, loaded) in &self.matters {
            for row in loaded.state.rows(id) {
                tables.entry(row.table.name).or_default().push(row.values);
            }
        }
        let rows =
            |table: &lingnan_journal::Table| tables.get(table.name).cloned().unwrap_or_default();
        Directory::from_rows(&rows(&UNITS), &rows(&POSTS), &rows(&PEOPLE), &rows(&SEATS)).unwrap()
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
    let person = PersonId::parse("hejing").unwrap();
    let end = EndDelegation { person, from_post: post("440000-bgt.zr") };
    desk.tell(&end).unwrap();
    assert!(desk.directory.actor(&who, &post("440000-bgt.zr"), desk.now).is_err());
    assert_eq!(desk.tell(&end), Err("missing".to_owned()));
}

#[test]
fn the_three_administrators_are_three_people() {
    let mut desk = Desk::imported();
    desk.tell(&appoint("xitong", "石磊", "440000-zsj.xt")).unwrap();
    let second = desk.tell(&appoint("xitong", "石磊", "440000-zsj.sj"));
    assert_eq!(second, Err("directory.three_admins".to_owned()));
}

#[test]
fn many_are_appointed_in_one_act_or_none_is() {
    let mut desk = Desk::small();
    let twice = AppointMany {
        appointments: vec![
            appoint("fanghao", "方浩", "440000-11.ng"),
            appoint("xitong", "石磊", "440000-zsj.xt"),
            appoint("xitong", "石磊", "440000-zsj.sj"),
        ],
    };
    assert_eq!(desk.tell(&twice), Err("directory.three_admins".to_owned()));
    assert!(desk.directory.holders(&post("440000-11.ng")).is_empty());
    let acts = desk.seq;
    let mut apart = twice.clone();
    apart.appointments[2] = appoint("shenji", "贺谨", "440000-zsj.sj");
    desk.tell(&apart).unwrap();
    assert_eq!(desk.seq, acts + 1);
    for held in ["440000-11.ng", "440000-zsj.xt", "440000-zsj.sj"] {
        assert_eq!(desk.directory.holders(&post(held)).len(), 1, "{held}");
    }
    desk.tell(&apart).unwrap();
    assert_eq!(desk.seq, acts + 1, "what is so already records nothing");
    let appointments = vec![appoint("fanghao", "方浩", "440000-11.ng"); 5_001];
    let many = desk.tell(&AppointMany { appointments });
    assert_eq!(many, Err("directory.too_many".to_owned()));
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

#[test]
fn an_administrator_holds_no_business_post_and_an_official_no_administrators() {
    let mut desk = Desk::small();
    let refused = Err("directory.admin_business".to_owned());
    desk.tell(&appoint("xitong", "石磊", "440000-zsj.xt")).unwrap();
    assert_eq!(desk.tell(&appoint("xitong", "石磊", "440000000000.sz")), refused);
    desk.tell(&appoint("linlan", "林岚", "440000-bgt.ng")).unwrap();
    assert_eq!(desk.tell(&appoint("linlan", "林岚", "440000-zsj.aq")), refused);
}

#[test]
fn no_delegation_leads_to_or_from_an_administrator_or_to_a_post_that_is_not() {
    let mut desk = Desk::small();
    desk.tell(&appoint("hejing", "何靖", "440000-bgt.zr")).unwrap();
    desk.tell(&appoint("xitong", "石磊", "440000-zsj.xt")).unwrap();
    let delegate = |person: &str, from: &str, to: &str, now: Timestamp| Delegate {
        person: PersonId::parse(person).unwrap(),
        delegation: Delegation {
            from_post: post(from),
            to_post: post(to),
            begins: now,
            ends: now.plus_ms(1_000),
        },
    };
    for (person, from, to, code) in [
        ("hejing", "440000-bgt.zr", "440000-zsj.sj", "directory.delegate_admin"),
        ("xitong", "440000-zsj.xt", "440000-bgt.zr", "directory.delegate_admin"),
        ("hejing", "440000-bgt.zr", "440000-bgt.nobody", "missing"),
        ("hejing", "440000-bgt.zr", "nowhere", "missing"),
        ("hejing", "440000-bgt.zr", "440000-bgt.zr", "directory.delegate_self"),
    ] {
        let told = desk.tell(&delegate(person, from, to, desk.now));
        assert_eq!(told, Err(code.to_owned()), "{from} to {to}");
    }
}

#[test]
fn the_villages_of_a_merged_town_are_below_its_successor() {
    let mut desk = Desk::small();
    let (from, into) = (unit("440783108000"), unit("440783107000"));
    let village = unit("440783108221");
    let basis = "粤民发〔2026〕1号".to_owned();
    let under = Merge { unit: from.clone(), into: village.clone(), basis: basis.clone() };
    assert_eq!(desk.tell(&under), Err("directory.merge_below".to_owned()));
    desk.tell(&Merge { unit: from.clone(), into: into.clone(), basis }).unwrap();
    let line = desk.directory.line(&village);
    assert!(line.contains(&&into) && !line.contains(&&from));
    assert_eq!(line.len(), 3, "village, town, county");
    assert!(desk.directory.children(Some(&into)).iter().any(|(id, _)| **id == village));
    let county = unit("440783000000");
    assert!(!desk.directory.children(Some(&county)).iter().any(|(id, _)| **id == from));
}

#[test]
fn a_post_added_to_the_tables_reaches_the_units_that_are_there_already() {
    let mut desk = Desk::small();
    let id = unit("440783-czj");
    let mut finance = desk.directory.unit(&id).unwrap().clone();
    let archivist = Post { title: "档案员".to_owned(), rank: 70, duties: vec![] };
    finance.posts.insert(post("440783-czj.da"), archivist);
    let import = ImportUnits { units: vec![(id, finance)] };
    assert_eq!(desk.tell(&import).unwrap()["changed"], 1);
    assert!(desk.directory.post(&post("440783-czj.da")).is_some());
    assert_eq!(desk.tell(&import).unwrap()["unchanged"], 1);
}

#[test]
fn posts_with_a_duty_come_in_order_of_rank_not_of_id() {
    let desk = Desk::small();
    let leaders = desk.directory.posts_with(&unit("440000-bgt"), duty::LEADER);
    assert_eq!(leaders, [post("440000-bgt.zr"), post("440000-bgt.fzr")]);
    let reviewers = desk.directory.posts_with(&unit("440000-bgt"), duty::REVIEWER);
    assert_eq!(reviewers, [post("440000-bgt.fzr"), post("440000-bgt.hg")]);
}

#[derive(Debug)]
enum Asked {
    Appoint(Appoint),
    Unseat(Unseat),
    Leave(Leave),
    Delegate(Delegate),
    Merge(Merge),
}

impl Asked {
    fn command(&self) -> &dyn Command {
        match self {
            Self::Appoint(command) => command,
            Self::Unseat(command) => command,
            Self::Leave(command) => command,
            Self::Delegate(command) => command,
            Self::Merge(command) => command,
        }
    }
}

/// One of everything that can be asked, over few enough people, posts and units to collide.
fn asked() -> impl Strategy<Value = Asked> {
    let units = ["440000-03", "440000-04", "440000-11", "440000-bgt"];
    let at = (0..units.len(), prop_oneof![Just("jz"), Just("ws"), Just("ng"), Just("none")])
        .prop_map(move |(unit, key)| format!("{}.{key}", units[unit]));
    let someone = (0..3_u8).prop_map(|number| format!("p{number}"));
    (0..6_u8, someone, at.clone(), at, 0..units.len(), 0..units.len()).prop_map(
        move |(which, who, one, other, from, into)| {
            let person = PersonId::parse(&who).unwrap();
            match which {
                0 | 1 => Asked::Appoint(appoint(&who, "欧阳清", &one)),
                2 => Asked::Unseat(Unseat { person, post: post(&one) }),
                3 => Asked::Leave(Leave { person }),
                4 => {
                    let begins = Timestamp(1_794_999_999_000);
                    let ends = Timestamp(1_795_000_000_001);
                    let (from_post, to_post) = (post(&one), post(&other));
                    let delegation = Delegation { from_post, to_post, begins, ends };
                    Asked::Delegate(Delegate { person, delegation })
                }
                _ => {
                    let (unit, into) = (unit(units[from]), unit(units[into]));
                    Asked::Merge(Merge {
                        unit, into, basis: "粤机编发〔2026〕1号".to_owned()
                    })
                }
            }
        },
    )
}

#[test]
fn the_index_kept_act_by_act_is_the_one_a_restart_reads_from_the_tables() {
    let commands = proptest::collection::vec(asked(), 1..24);
    let config = ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() };
    let started = Desk::of(&["440000"]);
    proptest!(config, |(commands in commands)| {
        let mut desk = Desk { registry: Desk::new().registry, matters: started.matters.clone(),
            directory: started.directory.clone(), seq: started.seq, now: started.now };
        for command in &commands {
            let _refused_or_not = desk.tell(command.command());
        }
        let restarted = desk.restarted();
        prop_assert!(desk.directory.units().eq(restarted.units()));
        for (id, unit) in restarted.units() {
            prop_assert_eq!(desk.directory.children(Some(id)), restarted.children(Some(id)));
            prop_assert_eq!(desk.directory.line(id), restarted.line(id));
            for post in unit.posts.keys() {
                prop_assert_eq!(desk.directory.holders(post), restarted.holders(post));
            }
        }
        for who in ["p0", "p1", "p2"] {
            let who = PersonId::parse(who).unwrap();
            prop_assert_eq!(desk.directory.person(&who), restarted.person(&who));
            let now = desk.directory.capacities(&who, desk.now);
            prop_assert_eq!(now, restarted.capacities(&who, desk.now));
        }
        prop_assert_eq!(desk.directory.search("oyq", 9), restarted.search("oyq", 9));
    });
}
