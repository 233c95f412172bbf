//! Iterations and filters.

use super::compare::order;
use super::node;
use crate::decimal::Decimal;
use crate::feel::ast::{Iteration, Node, Source};
use crate::feel::context::{Answer, Context, Halt};
use crate::feel::scope::Scope;
use crate::feel::value::{List, Range, Value};
use crate::temporal::Date;
use std::cmp::Ordering;
use std::sync::Arc;

/// The value of `for`, `some` or `every`.
pub(super) fn expression(at: &Node, scope: &Scope, context: &mut Context) -> Answer {
    match at {
        Node::For(iterations, body) => {
            let mut all = Vec::new();
            let sources = Sources::Written(iterations);
            let done = each(&sources, scope, context, &mut |inner, context| {
                let inner = with_partial(body, inner, &all, context)?;
                all.push(node(body, &inner, context)?);
                Ok(true)
            })?;
            finish(done, all, context)
        }
        Node::Some(iterations, body) => {
            decide(&Sources::Written(iterations), scope, context, true, |inner, context| {
                node(body, inner, context)
            })
        }
        Node::Every(iterations, body) => {
            decide(&Sources::Written(iterations), scope, context, false, |inner, context| {
                node(body, inner, context)
            })
        }
        _ => Ok(Value::Null),
    }
}

fn finish(done: bool, all: Vec<Value>, context: &mut Context) -> Answer {
    if done { context.list(all) } else { Ok(context.fail("迭代的对象不是列表")) }
}

/// `partial` is there only where the body speaks of it: it is copied at every step.
fn with_partial(
    body: &Node,
    inner: &Scope,
    all: &[Value],
    context: &mut Context,
) -> Result<Scope, Halt> {
    if !super::speaks_of(body, "partial") {
        return Ok(inner.clone());
    }
    context.spend_for(all.len() / 8)?;
    let list = List::new(all.to_vec()).ok_or(Halt::Height)?;
    Ok(inner.with(Arc::from("partial"), Value::List(list)))
}

/// What iterations go over: expressions, or values that a boxed iteration has computed.
enum Sources<'a> {
    Written(&'a [Iteration]),
    Given(&'a Arc<str>, &'a Value),
}

type Step<'a> = &'a mut dyn FnMut(&Scope, &mut Context) -> Result<bool, Halt>;

/// Does a step for every combination until one says to stop; false when a source is no list.
fn each(
    sources: &Sources<'_>,
    scope: &Scope,
    context: &mut Context,
    step: Step<'_>,
) -> Result<bool, Halt> {
    match sources {
        Sources::Given(name, value) => {
            let Some(items) = items(value) else { return Ok(false) };
            for_items(name, items, scope, context, &mut |inner, context| step(inner, context))?;
            Ok(true)
        }
        Sources::Written(iterations) => {
            let mut there = true;
            combine(iterations, scope, context, &mut there, step)?;
            Ok(there)
        }
    }
}

/// Goes through the first iteration and, within it, the others; false when a step said to stop.
fn combine(
    iterations: &[Iteration],
    scope: &Scope,
    context: &mut Context,
    there: &mut bool,
    step: Step<'_>,
) -> Result<bool, Halt> {
    let Some((first, others)) = iterations.split_first() else { return step(scope, context) };
    let items = match &first.source {
        Source::Values(values) => items(&node(values, scope, context)?),
        Source::Steps(from, to) => {
            let from = node(from, scope, context)?;
            let to = node(to, scope, context)?;
            Steps::new(&from, &to).map(Items::Steps)
        }
    };
    let Some(items) = items else {
        *there = false;
        return Ok(false);
    };
    context.deeper(|context| {
        for_items(&first.name, items, scope, context, &mut |inner, context| {
            combine(others, inner, context, there, step)
        })
    })
}

fn for_items(
    name: &Arc<str>,
    items: Items,
    scope: &Scope,
    context: &mut Context,
    step: Step<'_>,
) -> Result<bool, Halt> {
    for item in items {
        context.spend(1)?;
        let inner = scope.with(Arc::clone(name), item);
        if !step(&inner, context)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The items of a source, one by one: a range of a thousand million is never a list.
enum Items {
    List(List, usize),
    One(Option<Value>),
    Steps(Steps),
}

impl Iterator for Items {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        match self {
            Self::List(list, next) => {
                let item = list.items().get(*next).cloned();
                *next += 1;
                item
            }
            Self::One(item) => item.take(),
            Self::Steps(steps) => steps.next(),
        }
    }
}

fn items(value: &Value) -> Option<Items> {
    match value {
        Value::List(list) => Some(Items::List(list.clone(), 0)),
        Value::Range(range) => Steps::of(range).map(Items::Steps),
        Value::Null => None,
        other => Some(Items::One(Some(other.clone()))),
    }
}

/// Numbers or days from one to another, both included, up or down.
struct Steps {
    next: Option<Value>,
    last: Value,
    step: i64,
}

impl Steps {
    fn new(from: &Value, to: &Value) -> Option<Self> {
        let countable = match (from, to) {
            (Value::Number(from), Value::Number(to)) => from.is_integer() && to.is_integer(),
            (Value::Date(_), Value::Date(_)) => true,
            _ => false,
        };
        let step = if order(from, to)? == Ordering::Greater { -1 } else { 1 };
        countable.then(|| Self { next: Some(from.clone()), last: to.clone(), step })
    }

    /// The items of a range, which only go up.
    fn of(range: &Range) -> Option<Self> {
        let mut steps = Self::new(&range.low.value, &range.high.value)?;
        if steps.step < 0 {
            return None;
        }
        if !range.low.included {
            steps.next();
        }
        if !range.high.included {
            steps.last = moved(&steps.last, -1)?;
            if order(&range.low.value, &range.high.value)? == Ordering::Equal {
                steps.next = None;
            }
        }
        Some(steps)
    }
}

fn moved(value: &Value, step: i64) -> Option<Value> {
    match value {
        Value::Number(number) => Value::of(number.plus(Decimal::from(step))),
        Value::Date(date) => Date::from_days(date.days().checked_add(step)?).map(Value::Date),
        _ => None,
    }
}

impl Iterator for Steps {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        let value = self.next.take()?;
        let order = order(&value, &self.last)?;
        let beyond = if self.step > 0 { Ordering::Greater } else { Ordering::Less };
        if order == beyond {
            return None;
        }
        if order != Ordering::Equal {
            self.next = moved(&value, self.step);
        }
        Some(value)
    }
}

/// Whether some, or every, step is true; `decisive` is the result that decides alone.
fn decide(
    sources: &Sources<'_>,
    scope: &Scope,
    context: &mut Context,
    decisive: bool,
    test: impl Fn(&Scope, &mut Context) -> Answer,
) -> Answer {
    let mut result = Value::Boolean(!decisive);
    let done = each(sources, scope, context, &mut |inner, context| {
        match test(inner, context)? {
            Value::Boolean(value) if value == decisive => {
                result = Value::Boolean(decisive);
                return Ok(false);
            }
            Value::Boolean(_) => {}
            Value::Null => result = Value::Null,
            other => {
                result = context.fail(format!("条件的结果是{}", other.kind()));
                return Ok(false);
            }
        }
        Ok(true)
    })?;
    Ok(if done { result } else { context.fail("迭代的对象不是列表") })
}

/// A boxed `for`: the results of a body for each item.
pub(crate) fn iterated(
    (name, source): (&Arc<str>, &Value),
    scope: &Scope,
    context: &mut Context,
    body: impl Fn(&Scope, &mut Context) -> Answer,
) -> Answer {
    let mut all = Vec::new();
    let done = each(&Sources::Given(name, source), scope, context, &mut |inner, context| {
        let list = List::new(all.clone()).ok_or(Halt::Height)?;
        context.spend_for(all.len() / 8)?;
        let inner = inner.with(Arc::from("partial"), Value::List(list));
        all.push(body(&inner, context)?);
        Ok(true)
    })?;
    finish(done, all, context)
}

/// A boxed `some` (`decisive`) or `every`.
pub(crate) fn quantified(
    (name, source): (&Arc<str>, &Value),
    scope: &Scope,
    context: &mut Context,
    decisive: bool,
    body: impl Fn(&Scope, &mut Context) -> Answer,
) -> Answer {
    decide(&Sources::Given(name, source), scope, context, decisive, body)
}

/// The value of `list[filter]`.
pub(super) fn filter(list: &Node, filter: &Node, scope: &Scope, context: &mut Context) -> Answer {
    let value = node(list, scope, context)?;
    filtered(&value, scope, context, |inner, context| node(filter, inner, context))
}

/// The item at a place, or the items for which a test is true.
pub(crate) fn filtered(
    value: &Value,
    scope: &Scope,
    context: &mut Context,
    test: impl Fn(&Scope, &mut Context) -> Answer,
) -> Answer {
    let single = [value.clone()];
    let items = match value {
        Value::List(list) => list.items(),
        Value::Null => return context.list(Vec::new()),
        _ => &single,
    };
    let mut kept = Vec::new();
    let inner = |item: &Value| {
        let inner = match item {
            Value::Context(entries) if entries.get("item").is_some() => scope.clone(),
            _ => scope.with(Arc::from("item"), item.clone()),
        };
        match item {
            Value::Context(entries) => inner.with_entries(entries),
            _ => inner,
        }
    };
    for item in items {
        context.spend(1)?;
        match test(&inner(item), context)? {
            Value::Boolean(true) => kept.push(item.clone()),
            Value::Boolean(false) | Value::Null => {}
            Value::Number(place) => return Ok(at(items, place, context)),
            other => return Ok(context.fail(format!("{}不能筛选列表", other.kind()))),
        }
    }
    if items.is_empty()
        && let Value::Number(_) = test(scope, context)?
    {
        return Ok(context.fail("列表没有这一项"));
    }
    context.list(kept)
}

/// The item at a place, from 1, or from -1 at the end.
fn at(items: &[Value], place: Decimal, context: &mut Context) -> Value {
    let found = place.integer().and_then(|place| {
        let count = usize::try_from(place.unsigned_abs()).ok()?;
        match place.signum() {
            1 => items.get(count - 1),
            -1 => items.len().checked_sub(count).and_then(|n| items.get(n)),
            _ => None,
        }
    });
    found.cloned().unwrap_or_else(|| context.fail("列表没有这一项"))
}
