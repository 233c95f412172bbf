//! Evaluation: a walk over the parsed expression, each step of which is counted.

mod arithmetic;
mod call;
mod compare;
mod iterate;
mod path;
mod speaks;
mod tests;

pub(crate) use arithmetic::operate;
pub(crate) use call::{Given, call};
pub(crate) use compare::{equal, order};
pub(crate) use iterate::{filtered, iterated, quantified};
pub(crate) use speaks::speaks_of;
pub(crate) use tests::passes_cell;

use super::ast::{Compare, Node};
use super::context::{Answer, Context};
use super::scope::Scope;
use super::types::Type;
use super::value::{Bound, Closure, Function, Range, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The value of an expression.
pub(crate) fn node(node: &Node, scope: &Scope, context: &mut Context) -> Answer {
    context.spend(1)?;
    match node {
        Node::Literal(value) => Ok(value.clone()),
        Node::Name(name) => Ok(named(name, scope, context)),
        _ => context.deeper(|context| compound(node, scope, context)),
    }
}

fn compound(at: &Node, scope: &Scope, context: &mut Context) -> Answer {
    match at {
        Node::Literal(_) | Node::Name(_) => Ok(Value::Null),
        Node::List(items) => list(items, scope, context),
        Node::Context(entries) => self::context(entries, scope, context),
        Node::Interval(_) | Node::Ray(..) => range(at, scope, context),
        Node::Negative(inner) => {
            let value = node(inner, scope, context)?;
            Ok(arithmetic::negated(&value, context))
        }
        Node::Chain(first, others) => arithmetic::chain(first, others, scope, context),
        Node::And(parts) => logic(parts, false, scope, context),
        Node::Or(parts) => logic(parts, true, scope, context),
        Node::Compare(..) | Node::Between(_) | Node::In(..) | Node::InstanceOf(..) => {
            comparison(at, scope, context)
        }
        Node::If(parts) => {
            let [condition, then, otherwise] = &**parts;
            let met = matches!(node(condition, scope, context)?, Value::Boolean(true));
            node(if met { then } else { otherwise }, scope, context)
        }
        Node::For(..) | Node::Some(..) | Node::Every(..) => iterate::expression(at, scope, context),
        Node::Path(inner, name) => {
            let value = node(inner, scope, context)?;
            path::property(&value, name, context)
        }
        Node::Filter(list, filter) => iterate::filter(list, filter, scope, context),
        Node::Call(function, arguments) => call::expression(function, arguments, scope, context),
        Node::Function(parameters, body) => {
            let closure = Closure {
                parameters: Arc::clone(parameters),
                body: Arc::clone(body),
                seen: scope.frame(),
            };
            let function = Value::Function(Function::Defined(Arc::new(closure)));
            context.tall(function)
        }
        Node::External => Ok(context.fail("不支持外部函数")),
    }
}

fn named(name: &Arc<str>, scope: &Scope, context: &mut Context) -> Value {
    if let Some(value) = scope.get(name) {
        return value.clone();
    }
    match super::builtins::find(name) {
        Some(builtin) => Value::Function(Function::Builtin(builtin)),
        None => context.fail(format!("没有名为“{name}”的值")),
    }
}

fn list(items: &[Node], scope: &Scope, context: &mut Context) -> Answer {
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        values.push(node(item, scope, context)?);
    }
    context.list(values)
}

fn context(entries: &[(Arc<str>, Node)], scope: &Scope, context: &mut Context) -> Answer {
    let mut map = BTreeMap::new();
    let mut inner = scope.clone();
    for (name, entry) in entries {
        let value = node(entry, &inner, context)?;
        inner = inner.with(Arc::clone(name), value.clone());
        map.insert(Arc::clone(name), value);
    }
    context.entries(map)
}

fn bound(value: Value, included: bool) -> Bound {
    Bound { value, included }
}

fn range(at: &Node, scope: &Scope, context: &mut Context) -> Answer {
    let (low, high) = match at {
        Node::Interval(parts) => {
            let low = node(&parts.low, scope, context)?;
            let high = node(&parts.high, scope, context)?;
            if low.is_null() || high.is_null() || order(&low, &high).is_none() {
                return Ok(context.fail("区间的两端不可比较"));
            }
            (bound(low, parts.low_included), bound(high, parts.high_included))
        }
        Node::Ray(compare, inner) => {
            let value = node(inner, scope, context)?;
            match compare {
                Compare::Equal => (bound(value.clone(), true), bound(value, true)),
                Compare::Unequal => return Ok(context.fail("“!=”不成区间")),
                Compare::Less => (bound(Value::Null, false), bound(value, false)),
                Compare::AtMost => (bound(Value::Null, false), bound(value, true)),
                Compare::More => (bound(value, false), bound(Value::Null, false)),
                Compare::AtLeast => (bound(value, true), bound(Value::Null, false)),
            }
        }
        _ => return Ok(Value::Null),
    };
    context.tall(Value::Range(Arc::new(Range { low, high })))
}

/// Conjunction or disjunction of three values: `decisive` decides alone, what is neither true
/// nor false leaves it open.
fn logic(parts: &[Node], decisive: bool, scope: &Scope, context: &mut Context) -> Answer {
    let mut open = false;
    for part in parts {
        match node(part, scope, context)? {
            Value::Boolean(value) if value == decisive => return Ok(Value::Boolean(decisive)),
            Value::Boolean(_) => {}
            _ => open = true,
        }
    }
    Ok(if open { Value::Null } else { Value::Boolean(!decisive) })
}

fn comparison(at: &Node, scope: &Scope, context: &mut Context) -> Answer {
    match at {
        Node::Compare(compare, left, right) => {
            let left = node(left, scope, context)?;
            let right = node(right, scope, context)?;
            compare::compared(*compare, &left, &right, context)
        }
        Node::Between(parts) => {
            let [value, low, high] = &**parts;
            let value = node(value, scope, context)?;
            let low = node(low, scope, context)?;
            let high = node(high, scope, context)?;
            let above = compare::compared(Compare::AtLeast, &value, &low, context)?;
            let below = compare::compared(Compare::AtMost, &value, &high, context)?;
            Ok(match (above, below) {
                (Value::Boolean(above), Value::Boolean(below)) => Value::Boolean(above && below),
                _ => Value::Null,
            })
        }
        Node::In(inner, list) => {
            let value = node(inner, scope, context)?;
            tests::is_in(list, &value, scope, context)
        }
        Node::InstanceOf(inner, kind) => {
            let value = node(inner, scope, context)?;
            context.spend(value.weight())?;
            // Null is an instance of nothing but its own type.
            let there = !value.is_null() || *kind == Type::Null;
            Ok(Value::Boolean(there && kind.has(&value)))
        }
        _ => Ok(Value::Null),
    }
}
