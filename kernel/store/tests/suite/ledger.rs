//! A small kind of matter to try the store with: an account that cannot be overdrawn.

use lingnan_base::{Chance, FixedClock, PersonId, PostId, Timestamp, UnitId};
use lingnan_journal::{
    Actor, Answer, Column, Command, Datum, Draft, Kind, Label, Matter, MatterId, Parcel, Refusal,
    Registry, Row, Seat, Stamp, Stop, Table,
};
use lingnan_store::{Options, Store};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;

pub(crate) static BALANCES: Table = Table {
    name: "balances",
    version: 1,
    columns: &[Column::text("account"), Column::int("balance"), Column::text("last_person")],
    key_columns: 1,
    indexes: &["(balance, account)"],
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) balance: i64,
    pub(crate) last_person: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub(crate) enum Moved {
    Credited { amount: i64 },
    Debited { amount: i64 },
}

impl Matter for Account {
    const KIND: &'static str = "account";
    const FOLD_VERSION: u32 = 1;
    type Fact = Moved;

    fn unwritten() -> Self {
        Self { balance: 0, last_person: String::new() }
    }

    fn fold(&mut self, fact: &Moved, stamp: &Stamp) {
        match fact {
            Moved::Credited { amount } => self.balance += amount,
            Moved::Debited { amount } => self.balance -= amount,
        }
        self.last_person = stamp.actor.label().person;
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        if self.balance == 0 {
            return Vec::new();
        }
        let person = Datum::text(self.last_person.as_str());
        vec![Row {
            table: &BALANCES,
            values: vec![Datum::text(id.key()), Datum::Int(self.balance), person],
        }]
    }
}

/// Moves an amount from one account to another; from nothing when `from` is empty.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Transfer {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) amount: i64,
}

impl Command for Transfer {
    fn name(&self) -> &'static str {
        "ledger.transfer"
    }

    fn request(&self) -> Value {
        serde_json::to_value(self).unwrap()
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        if !self.from.is_empty() {
            let from = account(&self.from);
            if draft.read::<Account>(&from)?.balance < self.amount {
                return Err(Refusal::new(Kind::Invalid, "ledger.overdrawn", "余额不足。").into());
            }
            draft.record::<Account>(&from, &[Moved::Debited { amount: self.amount }])?;
        }
        let to = account(&self.to);
        draft.record::<Account>(&to, &[Moved::Credited { amount: self.amount }])?;
        draft.post(Parcel { topic: "receipt", body: json!({ "to": self.to }) });
        Ok(json!({ "balance": draft.read::<Account>(&to)?.balance }))
    }
}

pub(crate) fn account(key: &str) -> MatterId {
    MatterId::new("account", key).unwrap()
}

pub(crate) fn transfer(from: &str, to: &str, amount: i64) -> Transfer {
    Transfer { from: from.to_owned(), to: to.to_owned(), amount }
}

pub(crate) fn person(name: &str) -> Actor {
    let seat = Seat {
        person: PersonId::parse("p-1").unwrap(),
        post: PostId::parse("post-1").unwrap(),
        unit: UnitId::parse("440000").unwrap(),
    };
    let label = Label { person: name.to_owned(), ..Label::default() };
    Actor::Person { seat, on_behalf_of: None, label }
}

pub(crate) fn options(url: &str) -> Options {
    let registry = Registry::new().with::<Account>(&[&BALANCES]);
    let clock = Arc::new(FixedClock::new(Timestamp(1_795_000_000_000)));
    Options::new(url, "gd.test", registry, clock, Chance::from_number(1))
}

pub(crate) fn open(url: &str) -> Store {
    lingnan_store::open(options(url)).unwrap()
}
