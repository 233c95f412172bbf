//! Equality and order of values.

use crate::feel::ast::Compare;
use crate::feel::context::{Answer, Context, Halt};
use crate::feel::value::{Bound, Range, Value};
use crate::temporal::{DateTime, SECOND};
use std::cmp::Ordering;

/// Whether two values are equal; none when they are of kinds that cannot be.
pub(crate) fn equal(a: &Value, b: &Value, context: &mut Context) -> Result<Option<bool>, Halt> {
    context.spend(1 + a.text_weight().min(b.text_weight()))?;
    Ok(match (a, b) {
        (Value::Null, Value::Null) => Some(true),
        (Value::Null, _) | (_, Value::Null) => Some(false),
        (Value::Boolean(a), Value::Boolean(b)) => Some(a == b),
        (Value::List(a), Value::List(b)) => {
            if a.items().len() != b.items().len() {
                return Ok(Some(false));
            }
            let pairs = a.items().iter().zip(b.items());
            return all_equal(pairs, context);
        }
        (Value::Context(a), Value::Context(b)) => {
            if !a.map().keys().eq(b.map().keys()) {
                return Ok(Some(false));
            }
            let pairs = a.map().values().zip(b.map().values());
            return all_equal(pairs, context);
        }
        (Value::Range(a), Value::Range(b)) => return Ok(Some(same_range(a, b, context)?)),
        (Value::Function(_), _) => None,
        (Value::DateTime(a), Value::DateTime(b)) => same_moment(a, b),
        (Value::Time(a), Value::Time(b)) => Some(
            a.zone().is_some() == b.zone().is_some()
                && seconds(a.universal()) == seconds(b.universal()),
        ),
        _ => order(a, b).map(|order| order == Ordering::Equal),
    })
}

fn same_moment(a: &DateTime, b: &DateTime) -> Option<bool> {
    let zoned = a.time.zone().is_some() == b.time.zone().is_some();
    Some(zoned && seconds(a.universal()) == seconds(b.universal()))
}

/// Times are compared by their seconds, without fractions (DMN 1.5, 10.3.2.3.4).
fn seconds(nanos: i128) -> i128 {
    nanos.div_euclid(SECOND)
}

fn all_equal<'a>(
    pairs: impl Iterator<Item = (&'a Value, &'a Value)>,
    context: &mut Context,
) -> Result<Option<bool>, Halt> {
    for (a, b) in pairs {
        if equal(a, b, context)? != Some(true) {
            return Ok(Some(false));
        }
    }
    Ok(Some(true))
}

fn same_range(a: &Range, b: &Range, context: &mut Context) -> Result<bool, Halt> {
    let ends = a.low.included == b.low.included && a.high.included == b.high.included;
    Ok(ends
        && equal(&a.low.value, &b.low.value, context)? == Some(true)
        && equal(&a.high.value, &b.high.value, context)? == Some(true))
}

/// Which of two values comes first; none when they have no order.
pub(crate) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::Time(a), Value::Time(b)) => {
            Some(seconds(a.universal()).cmp(&seconds(b.universal())))
        }
        (Value::DateTime(a), Value::DateTime(b)) => {
            Some(seconds(a.universal()).cmp(&seconds(b.universal())))
        }
        (Value::Days(a), Value::Days(b)) => Some(a.cmp(b)),
        (Value::Months(a), Value::Months(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

/// The result of a comparison.
pub(super) fn compared(compare: Compare, a: &Value, b: &Value, context: &mut Context) -> Answer {
    context.spend(a.text_weight().min(b.text_weight()))?;
    let result = match compare {
        Compare::Equal => equal(a, b, context)?,
        Compare::Unequal => equal(a, b, context)?.map(|equal| !equal),
        Compare::Less => order(a, b).map(Ordering::is_lt),
        Compare::AtMost => order(a, b).map(Ordering::is_le),
        Compare::More => order(a, b).map(Ordering::is_gt),
        Compare::AtLeast => order(a, b).map(Ordering::is_ge),
    };
    Ok(match result {
        Some(result) => Value::Boolean(result),
        None => context.fail(format!("{}与{}不可比较", a.kind(), b.kind())),
    })
}

/// Whether a value lies in a range; none when they have no order.
pub(super) fn within(value: &Value, range: &Range) -> Option<bool> {
    let meets = |bound: &Bound, outside: Ordering| {
        if bound.value.is_null() {
            return Some(true);
        }
        let order = order(value, &bound.value)?;
        Some(order != outside && (order != Ordering::Equal || bound.included))
    };
    let above = meets(&range.low, Ordering::Less)?;
    let below = meets(&range.high, Ordering::Greater)?;
    Some(above && below)
}
