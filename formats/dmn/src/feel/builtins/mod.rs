//! The functions that every expression knows.

mod arguments;
mod contexts;
mod conversions;
mod lists;
mod moments;
mod numbers;
mod patterns;
mod ranges;
mod statistics;
mod texts;

pub(crate) use arguments::{Arguments, Trouble};

use super::context::{Answer, Context};
use super::eval::Given;
use super::names::Known;
use super::value::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// What a function does.
pub(crate) type Body = fn(Arguments, &mut Context) -> Result<Value, Trouble>;

/// A function that every expression knows.
pub struct Builtin {
    /// Its name.
    pub(crate) name: &'static str,
    /// The names of its parameters, for each way to call it. One that begins with `?` may be
    /// left out, one that begins with `*` stands for any number.
    pub(crate) signatures: &'static [&'static [&'static str]],
    pub(crate) body: Body,
}

fn tables() -> impl Iterator<Item = &'static Builtin> {
    let all: [&'static [Builtin]; 9] = [
        contexts::TABLE,
        conversions::TABLE,
        lists::TABLE,
        moments::TABLE,
        numbers::TABLE,
        patterns::TABLE,
        ranges::TABLE,
        statistics::TABLE,
        texts::TABLE,
    ];
    all.into_iter().flatten()
}

/// The function of that name.
pub(crate) fn find(name: &str) -> Option<&'static Builtin> {
    static ALL: OnceLock<BTreeMap<&'static str, &'static Builtin>> = OnceLock::new();
    let all = ALL.get_or_init(|| tables().map(|builtin| (builtin.name, builtin)).collect());
    all.get(name).copied()
}

/// The names of all functions.
pub(crate) fn known() -> &'static Known {
    static ALL: OnceLock<Known> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut known = Known::default();
        tables().for_each(|builtin| known.add(builtin.name));
        known
    })
}

/// Calls a function; what it cannot do is null with a message.
pub(crate) fn call(builtin: &Builtin, given: Given, context: &mut Context) -> Answer {
    let values = match given {
        Given::Placed(values) if builtin.takes(values.len()) => Some(values),
        Given::Placed(_) => None,
        Given::Named(named) => builtin.signatures.iter().find_map(|names| placed(names, &named)),
    };
    let Some(values) = values else {
        return Ok(context.fail(format!("{}：参数的个数或名称不对", builtin.name)));
    };
    let texts = values.iter().map(Value::text_weight).fold(0, u64::saturating_add);
    context.spend(texts)?;
    match (builtin.body)(Arguments::new(values), context) {
        Ok(value) => Ok(value),
        Err(Trouble::Halted(halt)) => Err(halt),
        Err(Trouble::Failed(why)) => Ok(context.fail(format!("{}：{why}", builtin.name))),
    }
}

impl Builtin {
    /// Whether it can be called with so many values.
    pub(crate) fn takes(&self, count: usize) -> bool {
        self.signatures.iter().any(|names| {
            let least = names.iter().filter(|name| !name.starts_with('?')).count();
            let endless = names.iter().any(|name| name.starts_with('*'));
            count >= least && (endless || count <= names.len())
        })
    }
}

/// Named values in the order of a signature; none when they do not fit it.
fn placed(names: &[&str], named: &[(Arc<str>, Value)]) -> Option<Vec<Value>> {
    let bare = |name: &str| name.trim_start_matches(['?', '*']).to_owned();
    let known = named.iter().all(|(given, _)| names.iter().any(|name| *bare(name) == **given));
    if !known {
        return None;
    }
    let mut values = Vec::new();
    let mut last = 0;
    for name in names {
        let found = named.iter().find(|(given, _)| **given == *bare(name));
        match found {
            Some((_, value)) => {
                values.push(value.clone());
                last = values.len();
            }
            None if name.starts_with('?') => values.push(Value::Null),
            None => return None,
        }
    }
    values.truncate(last);
    Some(values)
}
