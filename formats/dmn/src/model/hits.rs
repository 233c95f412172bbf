//! Which rules of a table match, and what its hit policy makes of them.

use super::items::Items;
use super::run::fitted;
use super::table::{Output, Policy, Rule, Table};
use crate::feel::ast::{Node, Operator, Test};
use crate::feel::eval::{equal, operate, order};
use crate::feel::{Answer, Context, Halt, Scope, Value};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The value of a decision table.
pub(super) fn evaluate(
    table: &Table,
    items: &Items,
    scope: &Scope,
    context: &mut Context,
) -> Answer {
    let mut values = Vec::with_capacity(table.inputs.len());
    for input in &table.inputs {
        let value = input.expression.evaluate(scope, context)?;
        let value = fitted(items, input.kind.as_ref(), value, context)?;
        values.push(value);
    }
    if let Some(wrong) = disallowed(table, &values, scope, context)? {
        return Ok(wrong);
    }
    for_values(table, &values, items, scope, context)
}

/// Null with a message when a value is not among those allowed.
pub(crate) fn disallowed(
    table: &Table,
    values: &[Value],
    scope: &Scope,
    context: &mut Context,
) -> Result<Option<Value>, Halt> {
    for (input, value) in table.inputs.iter().zip(values) {
        if let Some(tests) = &input.values
            && !tests.pass(value, scope, context)?
        {
            let text = input.expression.text();
            return Ok(Some(context.fail(format!("“{text}”的值{value}不在允许之列"))));
        }
    }
    Ok(None)
}

/// The value of a decision table for the values of its inputs.
pub(crate) fn for_values(
    table: &Table,
    values: &[Value],
    items: &Items,
    scope: &Scope,
    context: &mut Context,
) -> Answer {
    let mut matched = Vec::new();
    for (place, rule) in table.rules.iter().enumerate() {
        if matches(rule, values, scope, context)? {
            matched.push(place);
            if table.policy == Policy::First {
                break;
            }
        }
    }
    let mut outputs = Vec::with_capacity(matched.len());
    for place in &matched {
        if let Some(rule) = table.rules.get(*place) {
            outputs.push(said(rule, table, items, scope, context)?);
        }
    }
    if matched.is_empty() {
        return unmatched(table, items, scope, context);
    }
    decided(table, outputs, context)
}

fn matches(
    rule: &Rule,
    values: &[Value],
    scope: &Scope,
    context: &mut Context,
) -> Result<bool, Halt> {
    for (tests, value) in rule.tests.iter().zip(values) {
        if !tests.pass(value, scope, context)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The outputs of a rule.
pub(crate) fn said(
    rule: &Rule,
    table: &Table,
    items: &Items,
    scope: &Scope,
    context: &mut Context,
) -> Result<Vec<Value>, Halt> {
    let mut values = Vec::with_capacity(rule.outputs.len());
    for (expression, output) in rule.outputs.iter().zip(&table.outputs) {
        let value = expression.evaluate(scope, context)?;
        values.push(checked(output, value, items, scope, context)?);
    }
    Ok(values)
}

fn checked(
    output: &Output,
    value: Value,
    items: &Items,
    scope: &Scope,
    context: &mut Context,
) -> Answer {
    let value = fitted(items, output.kind.as_ref(), value, context)?;
    if let Some(tests) = &output.values
        && !value.is_null()
        && !tests.pass(&value, scope, context)?
    {
        return Ok(context.fail(format!("输出{value}不在允许之列")));
    }
    Ok(value)
}

/// What holds when no rule matches: the default outputs, or null.
pub(crate) fn unmatched(
    table: &Table,
    items: &Items,
    scope: &Scope,
    context: &mut Context,
) -> Answer {
    if table.outputs.iter().all(|output| output.default.is_none()) {
        return Ok(context.fail("没有规则命中"));
    }
    let mut values = Vec::with_capacity(table.outputs.len());
    for output in &table.outputs {
        let value = match &output.default {
            Some(default) => default.evaluate(scope, context)?,
            None => Value::Null,
        };
        values.push(fitted(items, output.kind.as_ref(), value, context)?);
    }
    whole(table, values, context)
}

/// One output by itself, several as a context.
fn whole(table: &Table, mut values: Vec<Value>, context: &mut Context) -> Answer {
    if let [_] = table.outputs.as_slice() {
        return Ok(values.pop().unwrap_or(Value::Null));
    }
    let names = table.outputs.iter().map(|output| Arc::clone(&output.name));
    let map: BTreeMap<Arc<str>, Value> = names.zip(values).collect();
    context.entries(map)
}

/// What the hit policy makes of the outputs of the rules that match.
pub(crate) fn decided(table: &Table, outputs: Vec<Vec<Value>>, context: &mut Context) -> Answer {
    let ranks: Vec<Vec<usize>> = match table.policy {
        Policy::Priority | Policy::OutputOrder => ranked(table, &outputs, context)?,
        _ => Vec::new(),
    };
    let same = match table.policy {
        Policy::Any => all_same(&outputs, context)?,
        _ => true,
    };
    match settle(table.policy, outputs.len(), &ranks, same) {
        Outcome::None => Ok(Value::Null),
        Outcome::Wrong(why) => Ok(context.fail(why)),
        Outcome::One(place) => {
            let values = outputs.into_iter().nth(place).unwrap_or_default();
            whole(table, values, context)
        }
        Outcome::All(places) => {
            let mut all = Vec::with_capacity(places.len());
            for place in places {
                let values = outputs.get(place).cloned().unwrap_or_default();
                all.push(whole(table, values, context)?);
            }
            aggregated(table.policy, all, context)
        }
    }
}

/// What a hit policy makes of rules.
enum Outcome {
    One(usize),
    All(Vec<usize>),
    None,
    Wrong(&'static str),
}

/// What a policy makes of so many rules that match; places are among those.
fn settle(policy: Policy, count: usize, ranks: &[Vec<usize>], same: bool) -> Outcome {
    if count == 0 {
        return Outcome::None;
    }
    let by_rank = || {
        let mut places: Vec<usize> = (0..count).collect();
        places.sort_by_key(|place| ranks.get(*place));
        places
    };
    match policy {
        Policy::Unique if count > 1 => Outcome::Wrong("命中多条规则，而只应命中一条"),
        Policy::Any if !same => Outcome::Wrong("命中的规则结果不同"),
        Policy::Unique | Policy::Any | Policy::First => Outcome::One(0),
        Policy::Priority => by_rank().first().map_or(Outcome::None, |place| Outcome::One(*place)),
        Policy::OutputOrder => Outcome::All(by_rank()),
        _ => Outcome::All((0..count).collect()),
    }
}

fn all_same(outputs: &[Vec<Value>], context: &mut Context) -> Result<bool, Halt> {
    let Some((first, others)) = outputs.split_first() else { return Ok(true) };
    for other in others {
        for (a, b) in first.iter().zip(other) {
            if equal(a, b, context)? != Some(true) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// For each list of outputs, where each output stands among the allowed values.
fn ranked(
    table: &Table,
    outputs: &[Vec<Value>],
    context: &mut Context,
) -> Result<Vec<Vec<usize>>, Halt> {
    let mut all = Vec::with_capacity(outputs.len());
    for values in outputs {
        all.push(ranks(table, values, context)?);
    }
    Ok(all)
}

/// Where each output stands among the allowed values; one that is not there stands last.
fn ranks(table: &Table, values: &[Value], context: &mut Context) -> Result<Vec<usize>, Halt> {
    let mut ranks = Vec::with_capacity(values.len());
    for (output, value) in table.outputs.iter().zip(values) {
        let allowed = output.values.as_ref().map_or(&[][..], |tests| tests.tests());
        let mut rank = allowed.len();
        for (place, test) in allowed.iter().enumerate() {
            let Test::Value(Node::Literal(literal)) = test else { continue };
            if equal(literal, value, context)? == Some(true) {
                rank = place;
                break;
            }
        }
        ranks.push(rank);
    }
    Ok(ranks)
}

fn aggregated(policy: Policy, all: Vec<Value>, context: &mut Context) -> Answer {
    let extreme = |wanted: Ordering, context: &mut Context| {
        let best = all.iter().try_fold(None, |best: Option<&Value>, value| match best {
            None => order(value, value).map(|_| Some(value)),
            Some(best) => order(value, best).map(|o| Some(if o == wanted { value } else { best })),
        });
        best.flatten().cloned().unwrap_or_else(|| context.fail("输出不可比较"))
    };
    match policy {
        Policy::Sum => {
            let mut values = all.into_iter();
            let mut total = values.next().unwrap_or(Value::Null);
            for value in values {
                total = operate(Operator::Plus, &total, &value, context)?;
            }
            Ok(total)
        }
        Policy::Count => Ok(Value::from(i64::try_from(all.len()).unwrap_or(i64::MAX))),
        Policy::Min => Ok(extreme(Ordering::Less, context)),
        Policy::Max => Ok(extreme(Ordering::Greater, context)),
        _ => context.list(all),
    }
}
