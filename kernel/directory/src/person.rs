//! 人员: a person, the posts he holds and whom he lets stand in for him.

use lingnan_base::{PersonId, PostId, Timestamp, UnitId};
use lingnan_journal::{Column, Datum, Matter, MatterId, Row, Stamp, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// People, one row each.
pub static PEOPLE: Table = Table {
    name: "directory_person",
    version: 1,
    columns: &[
        Column::text("person"),
        Column::text("name"),
        Column::int("left_ms"),
        Column::text("delegations"),
    ],
    key_columns: 1,
    indexes: &[],
};

/// Who holds which post, one row each.
pub static SEATS: Table = Table {
    name: "directory_seat",
    version: 1,
    columns: &[
        Column::text("person"),
        Column::text("post"),
        Column::text("unit"),
        Column::int("acting"),
        Column::int("since_ms"),
    ],
    key_columns: 2,
    indexes: &["(post, person)"],
};

/// How a person holds a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The post's unit.
    pub unit: UnitId,
    /// 代理: holds it until someone is appointed.
    pub acting: bool,
    /// Since when.
    pub since: Timestamp,
}

/// 委托代理: another post may act for this person's post for a while. Depth one: what was
/// delegated cannot be delegated on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delegation {
    /// The post acted for.
    pub from_post: PostId,
    /// The post that acts.
    pub to_post: PostId,
    /// From when.
    pub begins: Timestamp,
    /// Until when.
    pub ends: Timestamp,
}

/// 人员: a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Name.
    pub name: String,
    /// When he left the service.
    pub left: Option<Timestamp>,
    /// Posts held.
    pub seats: BTreeMap<PostId, Held>,
    /// Who may stand in.
    pub delegations: Vec<Delegation>,
}

/// What can be recorded of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum PersonFact {
    /// Joined the service.
    Joined {
        /// Name.
        name: String,
    },
    /// Holds a post from now on.
    Seated {
        /// The post.
        post: PostId,
        /// Its unit.
        unit: UnitId,
        /// Whether only until someone is appointed.
        acting: bool,
    },
    /// No longer holds a post.
    Unseated {
        /// The post.
        post: PostId,
    },
    /// Left the service; holds no post any more.
    Left,
    /// Lets another post act for one of his.
    Delegated {
        /// To whom, for what time.
        delegation: Delegation,
    },
    /// Ended every delegation of a post.
    DelegationEnded {
        /// The post.
        from_post: PostId,
    },
}

impl Matter for Person {
    const KIND: &'static str = "person";
    const FOLD_VERSION: u32 = 1;
    type Fact = PersonFact;

    fn unwritten() -> Self {
        Self { name: String::new(), left: None, seats: BTreeMap::new(), delegations: Vec::new() }
    }

    fn fold(&mut self, fact: &PersonFact, stamp: &Stamp) {
        match fact {
            PersonFact::Joined { name } => {
                self.name.clone_from(name);
                self.left = None;
            }
            PersonFact::Seated { post, unit, acting } => {
                let held = Held { unit: unit.clone(), acting: *acting, since: stamp.time };
                self.seats.insert(post.clone(), held);
            }
            PersonFact::Unseated { post } => {
                self.seats.remove(post);
                self.delegations.retain(|delegation| delegation.from_post != *post);
            }
            PersonFact::Left => {
                self.left = Some(stamp.time);
                self.seats.clear();
                self.delegations.clear();
            }
            PersonFact::Delegated { delegation } => self.delegations.push(delegation.clone()),
            PersonFact::DelegationEnded { from_post } => {
                self.delegations.retain(|delegation| delegation.from_post != *from_post);
            }
        }
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        if self.name.is_empty() {
            return Vec::new();
        }
        let delegations = serde_json::to_string(&self.delegations).unwrap_or_default();
        let mut rows = vec![Row {
            table: &PEOPLE,
            values: vec![
                Datum::text(id.key()),
                Datum::text(self.name.as_str()),
                Datum::optional_time(self.left),
                Datum::Text(delegations),
            ],
        }];
        rows.extend(self.seats.iter().map(|(post, held)| Row {
            table: &SEATS,
            values: vec![
                Datum::text(id.key()),
                Datum::text(post.as_str()),
                Datum::text(held.unit.as_str()),
                Datum::Int(held.acting.into()),
                Datum::Int(held.since.0),
            ],
        }));
        rows
    }
}

/// The matter of a person.
pub(crate) fn matter(person: &PersonId) -> Result<MatterId, lingnan_journal::Fault> {
    MatterId::new(Person::KIND, person.as_str())
        .map_err(|e| lingnan_journal::Fault::corrupt(person.as_str(), 0, &e))
}
