//! Functions of contexts.

use super::arguments::failed;
use super::{Arguments, Builtin, Trouble};
use crate::feel::context::Context;
use crate::feel::value::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) const TABLE: &[Builtin] = &[
    Builtin {
        name: "get value",
        signatures: &[&["m", "key"], &["context", "key"], &["m", "keys"]],
        body: get_value,
    },
    Builtin { name: "get entries", signatures: &[&["m"], &["context"]], body: get_entries },
    Builtin { name: "context", signatures: &[&["entries"]], body: context_of },
    Builtin {
        name: "context put",
        signatures: &[&["context", "key", "value"], &["context", "keys", "value"]],
        body: put,
    },
    Builtin { name: "context merge", signatures: &[&["contexts"]], body: merge },
];

fn get_value(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let entries = given.entries(0)?;
    let Value::List(keys) = given.value(1) else {
        return Ok(entries.get(&given.text(1)?).cloned().unwrap_or(Value::Null));
    };
    context.spend_for(keys.items().len())?;
    let mut found = Value::Context(entries);
    for key in keys.items() {
        found = match (&found, key) {
            (Value::Context(entries), Value::String(key)) => {
                entries.get(key).cloned().unwrap_or(Value::Null)
            }
            _ => return failed("没有这一项"),
        };
    }
    Ok(found)
}

fn get_entries(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let mut all = Vec::new();
    for (key, value) in given.entries(0)?.map() {
        let entry = [
            (Arc::from("key"), Value::String(Arc::clone(key))),
            (Arc::from("value"), value.clone()),
        ];
        all.push(context.entries(BTreeMap::from(entry))?);
    }
    Ok(context.list(all)?)
}

fn context_of(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let mut map = BTreeMap::new();
    for item in given.list(0, context)? {
        let Value::Context(entry) = item else { return failed("应为键和值的列表") };
        let (Some(Value::String(key)), Some(value)) = (entry.get("key"), entry.get("value")) else {
            return failed("每一项应有文字key和value");
        };
        if map.insert(Arc::clone(key), value.clone()).is_some() {
            return failed(format!("“{key}”出现两次"));
        }
    }
    Ok(context.entries(map)?)
}

fn put(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let keys: Vec<Value> = match given.value(1) {
        Value::List(list) => list.into_items(),
        other => vec![other],
    };
    if keys.is_empty() {
        return failed("键不能是空列表");
    }
    put_in(Value::Context(given.entries(0)?), &keys, given.value(2), context)
}

/// Puts a value under a path of keys; the paths are short, or contexts would be nested too deep.
fn put_in(
    into: Value,
    keys: &[Value],
    value: Value,
    context: &mut Context,
) -> Result<Value, Trouble> {
    let Some((first, others)) = keys.split_first() else { return Ok(value) };
    let Value::String(key) = first else { return failed("键应为文字") };
    let Value::Context(entries) = into else { return failed("路径上有不是上下文的值") };
    let inner = match (entries.get(key), others) {
        (Some(inner), _) => inner.clone(),
        (None, []) => Value::Null,
        (None, _) => return failed("路径上没有这一项"),
    };
    context.spend_for(entries.map().len())?;
    let inner = put_in(inner, others, value, context)?;
    let mut map = entries.map().clone();
    map.insert(Arc::clone(key), inner);
    Ok(context.entries(map)?)
}

fn merge(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let mut map = BTreeMap::new();
    for item in given.list(0, context)? {
        let Value::Context(entries) = item else { return failed("应为上下文的列表") };
        context.spend_for(entries.map().len())?;
        map.extend(entries.map().iter().map(|(key, value)| (Arc::clone(key), value.clone())));
    }
    Ok(context.entries(map)?)
}
