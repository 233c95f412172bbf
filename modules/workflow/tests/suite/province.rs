//! The real Guangdong in memory, with its calendar.

use lingnan_base::{Calendar, Chance, PersonId, PostId, Timestamp};
use lingnan_directory::{
    Directory, Held, PEOPLE, POSTS, Person, SEATS, UNITS, Unit, demonstration_people, plan,
};
use lingnan_handlers::Setting;
use lingnan_journal::{ActId, Actor, Command, Draft, EmptyDoor, Registry, Stamp};
use std::sync::{Arc, RwLock};

/// Where the scenarios play.
const STAFFED: [&str; 6] = ["440000", "4401", "4403", "440700", "440783", "4407831"];

/// The demonstration's people in their posts, and somebody in every other where scenarios play.
fn staff(directory: &mut Directory) {
    let people = include_str!("../../../../catalogue/people/demonstration.tsv");
    for person in demonstration_people(people).unwrap() {
        let held = person.posts.iter().map(|post| (post.clone(), held(directory, post)));
        let seats = held.collect();
        let (name, left) = (person.name.clone(), None);
        directory.put_person(person.id, Person { name, left, seats, delegations: Vec::new() });
    }
    let posts: Vec<PostId> = directory
        .units()
        .filter(|(unit, _)| STAFFED.iter().any(|area| unit.as_str().starts_with(area)))
        .flat_map(|(_, unit)| unit.posts.keys().cloned())
        .collect();
    for post in posts {
        if directory.holders(&post).is_empty() {
            let seats = [(post.clone(), held(directory, &post))].into();
            let person = PersonId::parse(&format!("p.{post}")).unwrap();
            let (name, left) = ("某人".to_owned(), None);
            directory.put_person(person, Person { name, left, seats, delegations: Vec::new() });
        }
    }
}

fn held(directory: &Directory, post: &PostId) -> Held {
    let unit = directory.post(post).unwrap().0.clone();
    Held { unit, acting: false, since: Timestamp(0) }
}

/// The directory as a fresh import leaves it, staffed.
pub(crate) fn setting() -> Setting {
    let planned = plan(
        include_str!("../../../../catalogue/directory/guangdong.csv"),
        include_str!("../../../../catalogue/directory/provincial_units.csv"),
        include_str!("../../../../catalogue/directory/departments.tsv"),
        include_str!("../../../../catalogue/directory/posts.tsv"),
    )
    .unwrap();
    let registry =
        Registry::new().with::<Unit>(&[&UNITS, &POSTS]).with::<Person>(&[&PEOPLE, &SEATS]);
    let mut directory = Directory::default();
    for (seq, group) in (0..).zip(planned) {
        let command = lingnan_directory::ImportUnits { units: group.units };
        let stamp = Stamp { seq, time: Timestamp(0), actor: Actor::system("import") };
        let mut door = EmptyDoor(&registry);
        let mut draft = Draft::new(&mut door, stamp, Chance::from_number(seq));
        let answer = command.decide(&mut draft).unwrap();
        let id = ActId::parse(&format!("import-{seq}")).unwrap();
        directory.committed(&draft.close("test", id, &command, answer).act);
    }
    staff(&mut directory);
    let notices = include_str!("../../../../catalogue/calendars/china.tsv");
    let festivals = include_str!("../../../../catalogue/calendars/festivals.tsv");
    Setting {
        directory: Arc::new(RwLock::new(directory)),
        calendar: Arc::new(Calendar::parse(notices, festivals).unwrap()),
    }
}
