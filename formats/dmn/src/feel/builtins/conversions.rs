//! Functions that make texts, numbers and ranges of other values, and `is`.

use super::arguments::failed;
use super::{Arguments, Builtin, Trouble};
use crate::feel::ast::{Arguments as Written, Node};
use crate::feel::context::Context;
use crate::feel::eval::equal;
use crate::feel::value::Value;
use crate::feel::{Expression, Names, Scope};

pub(super) const TABLE: &[Builtin] = &[
    Builtin { name: "string", signatures: &[&["from"]], body: string },
    Builtin {
        name: "number",
        signatures: &[&["from", "?grouping separator", "?decimal separator"]],
        body: number,
    },
    Builtin { name: "is", signatures: &[&["value1", "value2"]], body: is },
    Builtin { name: "range", signatures: &[&["from"]], body: range },
];

fn string(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    match given.value(0) {
        Value::Null => Ok(Value::Null),
        Value::String(text) => Ok(Value::String(text)),
        value => {
            context.spend(value.weight())?;
            Ok(context.text(value.to_string())?)
        }
    }
}

fn number(given: Arguments, _: &mut Context) -> Result<Value, Trouble> {
    let grouping = given.text_if(1)?;
    let point = given.text_if(2)?;
    if grouping.as_deref().is_some_and(|mark| ![" ", ",", "."].contains(&mark))
        || point.as_deref().is_some_and(|mark| ![",", "."].contains(&mark))
        || (grouping.is_some() && grouping == point)
    {
        return failed("分隔符不对");
    }
    if let Value::Number(number) = given.single(0) {
        return Ok(Value::Number(number));
    }
    let text = given.text(0)?;
    let text = grouping.map_or_else(|| text.to_string(), |mark| text.replace(&*mark, ""));
    let text = point.map_or_else(|| text.clone(), |mark| text.replace(&*mark, "."));
    match text.trim().parse() {
        Ok(number) => Ok(Value::Number(number)),
        Err(_) => failed("不是数"),
    }
}

/// Whether two values are the same, not only equal: times also in their zones.
fn is(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let same = match (given.value(0), given.value(1)) {
        (Value::Time(a), Value::Time(b)) => a == b,
        (Value::DateTime(a), Value::DateTime(b)) => a == b,
        (a, b) => equal(&a, &b, context)? == Some(true),
    };
    Ok(Value::Boolean(same))
}

fn range(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let text = given.text(0)?;
    context.spend_for(text.len())?;
    let Ok(expression) = Expression::parse(&text, &Names::default()) else {
        return failed("不是区间");
    };
    let plain = match expression.node() {
        Node::Interval(parts) => is_plain(&parts.low) && is_plain(&parts.high),
        _ => false,
    };
    if !plain {
        return failed("不是由字面值写成的区间");
    }
    let value = expression.evaluate(&Scope::default(), context)?;
    match &value {
        Value::Range(range) => {
            let order = crate::feel::eval::order(&range.low.value, &range.high.value);
            let rising = order.is_some_and(std::cmp::Ordering::is_le);
            if rising { Ok(value) } else { failed("区间的下限大于上限") }
        }
        _ => failed("不是区间"),
    }
}

/// Whether an end of a range is a literal, or one of the functions that stand for literals.
fn is_plain(node: &Node) -> bool {
    match node {
        Node::Literal(_) => true,
        Node::Negative(inner) => is_plain(inner),
        Node::Call(function, Written::Placed(arguments)) => {
            let known = ["date", "time", "date and time", "duration"];
            matches!(&**function, Node::Name(name) if known.contains(&&**name))
                && arguments.iter().all(|argument| matches!(argument, Node::Literal(_)))
        }
        _ => false,
    }
}
