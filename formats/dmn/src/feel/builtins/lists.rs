//! Functions of lists.

use super::arguments::failed;
use super::{Arguments, Builtin, Trouble};
use crate::decimal::{Decimal, Rounding};
use crate::feel::context::{Context, Halt};
use crate::feel::eval::{Given, call, equal, order};
use crate::feel::value::{Function, Value};

pub(super) const TABLE: &[Builtin] = &[
    Builtin { name: "list contains", signatures: &[&["list", "element"]], body: contains },
    Builtin { name: "count", signatures: &[&["list"]], body: count },
    Builtin {
        name: "sublist",
        signatures: &[&["list", "start position", "?length"]],
        body: sublist,
    },
    Builtin { name: "append", signatures: &[&["list", "*item"]], body: append },
    Builtin { name: "concatenate", signatures: &[&["*list"]], body: concatenate },
    Builtin {
        name: "insert before",
        signatures: &[&["list", "position", "newItem"]],
        body: insert_before,
    },
    Builtin { name: "remove", signatures: &[&["list", "position"]], body: remove },
    Builtin {
        name: "list replace",
        signatures: &[&["list", "position", "newItem"], &["list", "match", "newItem"]],
        body: replace,
    },
    Builtin { name: "reverse", signatures: &[&["list"]], body: reverse },
    Builtin { name: "index of", signatures: &[&["list", "match"]], body: index_of },
    Builtin { name: "union", signatures: &[&["*list"]], body: union },
    Builtin { name: "distinct values", signatures: &[&["list"]], body: distinct },
    Builtin { name: "flatten", signatures: &[&["list"]], body: flatten },
    Builtin { name: "sort", signatures: &[&["list", "?precedes"]], body: sort },
];

fn made(items: Vec<Value>, context: &mut Context) -> Result<Value, Trouble> {
    Ok(context.list(items)?)
}

fn contains(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let sought = given.value(1);
    for item in given.list(0, context)? {
        if equal(&item, &sought, context)? == Some(true) {
            return Ok(Value::Boolean(true));
        }
    }
    Ok(Value::Boolean(false))
}

fn count(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let count = given.list(0, context)?.len();
    Ok(Value::from(i64::try_from(count).unwrap_or(i64::MAX)))
}

/// The index of a place that counts from 1, or from -1 at the end.
fn index(place: i64, length: usize) -> Option<usize> {
    let count = usize::try_from(place.unsigned_abs()).ok()?;
    let index = if place < 0 { length.checked_sub(count)? } else { count.checked_sub(1)? };
    (index < length).then_some(index)
}

fn index_at(given: &Arguments, length: usize) -> Result<usize, Trouble> {
    let place = given.integer(1)?;
    index(place, length).map_or_else(|| failed("位置在列表之外"), Ok)
}

fn sublist(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let items = given.list(0, context)?;
    let first = index_at(&given, items.len())?;
    let left = items.len() - first;
    let length = if given.is_given(2) {
        usize::try_from(given.integer(2)?).ok().filter(|length| *length <= left)
    } else {
        Some(left)
    };
    match length {
        Some(length) => made(items.into_iter().skip(first).take(length).collect(), context),
        None => failed("长度超出列表"),
    }
}

fn append(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let mut items = match given.value(0) {
        Value::Null => vec![Value::Null],
        _ => given.list(0, context)?,
    };
    items.extend(given.all().into_iter().skip(1));
    made(items, context)
}

fn concatenate(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let mut all = Vec::new();
    for place in 0..given.count() {
        all.extend(given.list(place, context)?);
    }
    made(all, context)
}

fn insert_before(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let mut items = given.list(0, context)?;
    let at = index_at(&given, items.len())?;
    items.insert(at, given.value(2));
    made(items, context)
}

fn remove(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let mut items = given.list(0, context)?;
    let at = index_at(&given, items.len())?;
    items.remove(at);
    made(items, context)
}

fn replace(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let mut items = given.list(0, context)?;
    let new = given.value(2);
    let Value::Function(matches) = given.value(1) else {
        let place = given.number(1)?.rounded(0, Rounding::Down).and_then(Decimal::integer);
        let at = place.and_then(|place| index(place, items.len()));
        let Some(at) = at else { return failed("位置在列表之外") };
        if let Some(item) = items.get_mut(at) {
            *item = new;
        }
        return made(items, context);
    };
    for item in &mut items {
        match asked(&matches, item, &new, context)? {
            Value::Boolean(true) => *item = new.clone(),
            Value::Boolean(false) => {}
            other => return failed(format!("匹配的结果是{}", other.kind())),
        }
    }
    made(items, context)
}

fn asked(function: &Function, a: &Value, b: &Value, context: &mut Context) -> Result<Value, Halt> {
    call(function, Given::Placed(vec![a.clone(), b.clone()]), context)
}

fn reverse(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let mut items = given.list(0, context)?;
    items.reverse();
    made(items, context)
}

fn index_of(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let sought = given.value(1);
    let mut places = Vec::new();
    for (place, item) in (1_i64..).zip(given.list(0, context)?) {
        if equal(&item, &sought, context)? == Some(true) {
            places.push(Value::from(place));
        }
    }
    made(places, context)
}

fn without_repeats(items: Vec<Value>, context: &mut Context) -> Result<Value, Trouble> {
    let mut kept: Vec<Value> = Vec::new();
    for item in items {
        let mut there = false;
        for other in &kept {
            there = there || equal(&item, other, context)? == Some(true);
        }
        if !there {
            kept.push(item);
        }
    }
    made(kept, context)
}

fn union(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let mut all = Vec::new();
    for place in 0..given.count() {
        all.extend(given.list(place, context)?);
    }
    without_repeats(all, context)
}

fn distinct(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let items = given.list(0, context)?;
    without_repeats(items, context)
}

fn flatten(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let mut flat = Vec::new();
    for item in given.list(0, context)? {
        pour(item, &mut flat, context)?;
    }
    made(flat, context)
}

/// As deep as lists may be nested, and no deeper.
fn pour(item: Value, flat: &mut Vec<Value>, context: &mut Context) -> Result<(), Halt> {
    context.spend(1)?;
    match item {
        Value::List(list) => {
            for item in list.items() {
                pour(item.clone(), flat, context)?;
            }
        }
        other => flat.push(other),
    }
    Ok(())
}

fn sort(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let items = given.list(0, context)?;
    let sorted = match given.value(1) {
        Value::Function(function) => {
            merged(items, context, &|a, b, context| match asked(&function, a, b, context)? {
                Value::Boolean(precedes) => Ok(precedes),
                other => failed(format!("比较的结果是{}", other.kind())),
            })?
        }
        Value::Null => merged(items, context, &|a, b, _| match order(a, b) {
            Some(order) => Ok(order.is_lt()),
            None => failed(format!("{}与{}不可比较", a.kind(), b.kind())),
        })?,
        other => return failed(format!("{}不是函数", other.kind())),
    };
    made(sorted, context)
}

type Precedes<'a> = &'a dyn Fn(&Value, &Value, &mut Context) -> Result<bool, Trouble>;

/// Sorts by merging halves: a function of the expression may contradict itself, which the
/// library's sort answers with a panic.
fn merged(
    mut items: Vec<Value>,
    context: &mut Context,
    precedes: Precedes<'_>,
) -> Result<Vec<Value>, Trouble> {
    if items.len() < 2 {
        return Ok(items);
    }
    let upper = items.split_off(items.len() / 2);
    let mut lower = merged(items, context, precedes)?.into_iter().peekable();
    let mut upper = merged(upper, context, precedes)?.into_iter().peekable();
    let mut all = Vec::new();
    while let (Some(a), Some(b)) = (lower.peek(), upper.peek()) {
        context.spend(1)?;
        let next = if precedes(b, a, context)? { upper.next() } else { lower.next() };
        all.extend(next);
    }
    all.extend(lower);
    all.extend(upper);
    Ok(all)
}
