//! Functions over all items of a list: sums, extremes, means, and all or any being true.

use super::arguments::{failed, number};
use super::{Arguments, Builtin, Trouble};
use crate::decimal::Decimal;
use crate::feel::ast::Operator;
use crate::feel::context::Context;
use crate::feel::eval::{operate, order};
use crate::feel::value::Value;
use std::cmp::Ordering;

const LIST: &[&[&str]] = &[&["*list"]];

pub(super) const TABLE: &[Builtin] = &[
    Builtin { name: "min", signatures: LIST, body: |g, c| extreme(&g, c, Ordering::Less) },
    Builtin { name: "max", signatures: LIST, body: |g, c| extreme(&g, c, Ordering::Greater) },
    Builtin { name: "sum", signatures: LIST, body: sum },
    Builtin { name: "mean", signatures: LIST, body: mean },
    Builtin { name: "product", signatures: LIST, body: product },
    Builtin { name: "median", signatures: LIST, body: median },
    Builtin { name: "stddev", signatures: LIST, body: stddev },
    Builtin { name: "mode", signatures: LIST, body: mode },
    Builtin { name: "all", signatures: LIST, body: |g, c| decide(&g, c, false) },
    Builtin { name: "any", signatures: LIST, body: |g, c| decide(&g, c, true) },
    Builtin { name: "and", signatures: LIST, body: |g, c| decide(&g, c, false) },
    Builtin { name: "or", signatures: LIST, body: |g, c| decide(&g, c, true) },
];

fn extreme(given: &Arguments, context: &mut Context, wanted: Ordering) -> Result<Value, Trouble> {
    let mut items = given.items(context)?.into_iter();
    let Some(mut best) = items.next() else { return Ok(Value::Null) };
    if order(&best, &best).is_none() {
        return failed(format!("{}不可比较", best.kind()));
    }
    for item in items {
        match order(&item, &best) {
            Some(found) if found == wanted => best = item,
            Some(_) => {}
            None => return failed(format!("{}与{}不可比较", item.kind(), best.kind())),
        }
    }
    Ok(best)
}

fn sum(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let mut items = given.items(context)?.into_iter();
    let Some(mut total) = items.next() else { return Ok(Value::Null) };
    let summable = |v: &Value| matches!(v, Value::Number(_) | Value::Days(_) | Value::Months(_));
    if !summable(&total) {
        return failed(format!("{}不能相加", total.kind()));
    }
    for item in items {
        if !summable(&item) {
            return failed(format!("{}不能相加", item.kind()));
        }
        total = operate(Operator::Plus, &total, &item, context)?;
    }
    Ok(total)
}

fn mean(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let items = given.items(context)?;
    let count = Decimal::try_from(items.len()).unwrap_or(Decimal::ONE);
    let total = sum(Arguments::new(vec![wrapped(items, context)?]), context)?;
    if total.is_null() {
        return Ok(Value::Null);
    }
    Ok(operate(Operator::Over, &total, &Value::Number(count), context)?)
}

fn wrapped(items: Vec<Value>, context: &mut Context) -> Result<Value, Trouble> {
    Ok(context.list(items)?)
}

fn product(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let numbers = given.numbers(context)?;
    if numbers.is_empty() {
        return Ok(Value::Null);
    }
    number(numbers.into_iter().try_fold(Decimal::ONE, Decimal::times))
}

fn median(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let mut numbers = given.numbers(context)?;
    numbers.sort();
    let middle = numbers.len() / 2;
    let upper = numbers.get(middle).copied();
    if numbers.len() % 2 == 1 {
        return Ok(Value::of(upper).unwrap_or(Value::Null));
    }
    let lower = middle.checked_sub(1).and_then(|n| numbers.get(n)).copied();
    match lower.zip(upper) {
        Some((lower, upper)) => {
            number(lower.plus(upper).and_then(|sum| sum.over(Decimal::from(2))))
        }
        None => Ok(Value::Null),
    }
}

fn stddev(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let numbers = given.numbers(context)?;
    if numbers.len() < 2 {
        return failed("至少要两个数");
    }
    context.spend_for(numbers.len())?;
    number(deviation(&numbers))
}

/// The standard deviation of a sample.
fn deviation(numbers: &[Decimal]) -> Option<Decimal> {
    let count = Decimal::try_from(numbers.len()).ok()?;
    let total = numbers.iter().try_fold(Decimal::ZERO, |sum, n| sum.plus(*n))?;
    let mean = total.over(count)?;
    let squares = numbers.iter().try_fold(Decimal::ZERO, |sum, n| {
        let gap = n.minus(mean)?;
        sum.plus(gap.times(gap)?)
    })?;
    squares.over(count.minus(Decimal::ONE)?)?.sqrt()
}

fn mode(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let mut numbers = given.numbers(context)?;
    numbers.sort();
    let mut best: Vec<Decimal> = Vec::new();
    let mut most = 0;
    for run in numbers.chunk_by(|a, b| a == b) {
        if run.len() > most {
            most = run.len();
            best.clear();
        }
        if run.len() == most {
            best.extend(run.first());
        }
    }
    wrapped(best.into_iter().map(Value::Number).collect(), context)
}

/// Whether all items are true, or any is: `decisive` decides alone.
fn decide(given: &Arguments, context: &mut Context, decisive: bool) -> Result<Value, Trouble> {
    let mut open = false;
    for item in given.items(context)? {
        match item {
            Value::Boolean(value) if value == decisive => return Ok(Value::Boolean(decisive)),
            Value::Boolean(_) => {}
            _ => open = true,
        }
    }
    Ok(if open { Value::Null } else { Value::Boolean(!decisive) })
}
