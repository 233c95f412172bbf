//! Short stories over process texts: a world, a matter in it, and what is asked of it.

use lingnan_base::Timestamp;
use lingnan_flow::{
    Asked, Condition, Definition, Fact, Holder, Instance, Operation, Process, Refusal, Rules, Time,
    Whom, perform, start,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A minute.
pub(crate) const MINUTE: i64 = 60_000;

/// Posts are themselves; a duty is held by the post called as it is, `s` is the starter.
pub(crate) struct World {
    pub(crate) form: Value,
    pub(crate) left: BTreeSet<&'static str>,
    pub(crate) changed: bool,
}

impl Rules for World {
    fn posts(&self, whom: &Whom) -> Vec<Holder> {
        let manned = |id: &str| !self.left.contains(id);
        let one = |id: &str| Some(Holder::new(id)).filter(|_| manned(id)).into_iter().collect();
        match whom {
            Whom::Post(id) => one(id),
            Whom::Starter => one("s"),
            Whom::Head(lingnan_flow::WhoPlace::Own) => one("head"),
            Whom::Head(_) => one("mayor"),
            _ => Vec::new(),
        }
    }

    fn holds(&self, condition: &Condition) -> Result<bool, String> {
        let context = lingnan_dmn::feel::Context::default().with_fuel(100_000);
        condition.holds_with(&self.form, context)
    }

    fn until(&self, time: &Time, from: Timestamp) -> Option<Timestamp> {
        match time {
            Time::Minutes(n) => Some(from.plus_ms(i64::from(*n) * MINUTE)),
            Time::Field(field) => self.form[&**field].as_i64().map(Timestamp),
            _ => None,
        }
    }

    fn is_manned(&self, holder: &Holder) -> bool {
        !self.left.contains(&*holder.0)
    }

    fn has_duty(&self, holder: &Holder, duty: &str) -> bool {
        *holder.0 == *duty
    }

    fn changed(&self, _: &str, _: Timestamp) -> bool {
        self.changed
    }

    fn entries(&self, field: &str) -> Vec<Arc<str>> {
        let all = self.form[field].as_array().cloned().unwrap_or_default();
        all.iter().map(|entry| entry.as_str().unwrap().into()).collect()
    }

    fn administrator(&self) -> Option<Holder> {
        Some(Holder::new("admin"))
    }
}

pub(crate) struct Story {
    pub(crate) definition: Definition,
    pub(crate) instance: Instance,
    pub(crate) world: World,
    pub(crate) now: Timestamp,
    pub(crate) facts: Vec<Fact>,
}

pub(crate) fn story(body: &str) -> Story {
    story_with("", body, json!({}))
}

pub(crate) fn story_with(head: &str, body: &str, form: Value) -> Story {
    let text =
        format!("process p \"名\" v1 in test\nbasis \"法\"\n{head}start by anyone\n{body}\nend\n");
    let process = Process::parse(&text).unwrap_or_else(|told| panic!("{told}"));
    let definition = Definition::new(&process).unwrap();
    let world = World { form, left: BTreeSet::new(), changed: false };
    let now = Timestamp(0);
    let (instance, fact) = start(&definition, &world, now).unwrap();
    Story { definition, instance, world, now, facts: vec![fact] }
}

pub(crate) fn holders(names: &str) -> Vec<Holder> {
    names.split_whitespace().map(Holder::new).collect()
}

impl Story {
    pub(crate) fn asks(&mut self, asked: &Asked) -> Result<(), Refusal> {
        let mut copy = self.instance.clone();
        let fact = perform(&self.definition, &mut copy, &self.world, self.now, asked)?;
        self.facts.push(fact);
        let mut folded = Instance::default();
        self.facts.iter().for_each(|fact| folded.fold(fact));
        assert_eq!(folded, copy, "facts tell the whole story");
        self.instance = copy;
        Ok(())
    }

    /// On the newest ticket of `node:holder`, live ones first.
    pub(crate) fn tries(&mut self, at: &str, operation: Operation) -> Result<(), Refusal> {
        let (node, holder) = at.split_once(':').unwrap_or((at, at));
        let all = self.instance.tickets().filter(|(_, t)| {
            self.instance.step_of(t).is_some_and(|s| *s.id == *node) && *t.holder.0 == *holder
        });
        let ticket = all.max_by_key(|(id, t)| (t.state.is_live(), *id)).unwrap().0;
        self.asks(&Asked::on(ticket, operation))
    }

    pub(crate) fn does(&mut self, at: &str, operation: Operation) {
        let told = format!("{at} {operation:?}");
        assert_eq!(self.tries(at, operation), Ok(()), "{told}");
    }

    pub(crate) fn approve(&mut self, all: &str) {
        all.split_whitespace().for_each(|at| self.does(at, Operation::Approve));
    }

    pub(crate) fn whole(&mut self, operation: Operation) -> Result<(), Refusal> {
        self.asks(&Asked::whole(operation))
    }

    pub(crate) fn stands(&self, expected: &str) {
        let mut open: Vec<String> = self
            .instance
            .open_tickets()
            .map(|(_, t)| format!("{}:{}", self.instance.step_of(t).unwrap().id, t.holder.0))
            .collect();
        open.sort();
        let told = if open.is_empty() {
            format!("{:?}", self.instance.status()).to_lowercase()
        } else {
            open.join(" ")
        };
        assert_eq!(told, expected);
    }
}
