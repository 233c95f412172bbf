//! Sums and products of numbers, texts, dates and durations.

use super::node;
use crate::decimal::{Decimal, Rounding};
use crate::feel::ast::{Node, Operator};
use crate::feel::context::{Answer, Context};
use crate::feel::scope::Scope;
use crate::feel::value::Value;
use crate::temporal::{Date, DateTime, Days, Months, Time};

/// Steps that a power counts as: it may be a logarithm and an exponential.
const POWER: u64 = 400;

pub(super) fn chain(
    first: &Node,
    others: &[(Operator, Node)],
    scope: &Scope,
    context: &mut Context,
) -> Answer {
    let mut value = node(first, scope, context)?;
    for (operator, other) in others {
        let other = node(other, scope, context)?;
        context.spend(1)?;
        value = operate(*operator, &value, &other, context)?;
    }
    Ok(value)
}

/// The result of one operation.
pub(crate) fn operate(operator: Operator, a: &Value, b: &Value, context: &mut Context) -> Answer {
    if let (Operator::Plus, Value::String(a), Value::String(b)) = (operator, a, b) {
        return context.text(format!("{a}{b}"));
    }
    let result = match operator {
        Operator::Plus => add(a, b),
        Operator::Minus => subtract(a, b),
        Operator::Times => multiply(a, b).or_else(|| multiply(b, a)),
        Operator::Over => divide(a, b),
        Operator::Power => match (a, b) {
            (Value::Number(a), Value::Number(b)) => {
                context.spend(POWER)?;
                Value::of(a.to_the(*b))
            }
            _ => None,
        },
    };
    Ok(match result {
        Some(value) => value,
        None => context.fail(format!("{}与{}不能这样运算", a.kind(), b.kind())),
    })
}

pub(super) fn negated(value: &Value, context: &mut Context) -> Value {
    match value {
        Value::Number(number) => Value::Number(number.negated()),
        Value::Days(days) => Value::Days(Days(-days.0)),
        Value::Months(months) => Value::Months(Months(-months.0)),
        _ => context.fail(format!("{}没有相反数", value.kind())),
    }
}

fn days(nanos: Option<i128>) -> Option<Value> {
    // Beyond a hundred thousand million years there are no dates to count to.
    let within = |nanos: &i128| nanos.unsigned_abs() < 1 << 100;
    nanos.filter(within).map(|nanos| Value::Days(Days(nanos)))
}

fn months(months: Option<i64>) -> Option<Value> {
    months.filter(|months| months.unsigned_abs() < 1 << 40).map(|m| Value::Months(Months(m)))
}

/// The sum of anything but texts; none when the two have none.
fn add(a: &Value, b: &Value) -> Option<Value> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Value::of(a.plus(*b)),
        (Value::Days(a), Value::Days(b)) => days(a.0.checked_add(b.0)),
        (Value::Months(a), Value::Months(b)) => months(a.0.checked_add(b.0)),
        (Value::Days(_) | Value::Months(_), _) => later(b, a),
        _ => later(a, b),
    }
}

/// A date or time so much later.
fn later(start: &Value, duration: &Value) -> Option<Value> {
    match (start, duration) {
        (Value::Date(date), Value::Months(months)) => date.plus_months(months.0).map(Value::Date),
        (Value::Date(date), Value::Days(days)) => {
            let start = DateTime { date: *date, time: Time::midnight() };
            start.plus(days.0).map(|moment| Value::Date(moment.date))
        }
        (Value::DateTime(moment), Value::Months(months)) => {
            let date = moment.date.plus_months(months.0)?;
            Some(Value::from(DateTime { date, time: moment.time.clone() }))
        }
        (Value::DateTime(moment), Value::Days(days)) => moment.plus(days.0).map(Value::from),
        (Value::Time(time), Value::Days(days)) => {
            let later = Time::from_nanos(time.nanos().checked_add(days.0)?);
            Some(Value::Time(later.in_zone(time.zone().cloned())))
        }
        _ => None,
    }
}

fn midnight(date: Date) -> DateTime {
    let zone = Some(crate::temporal::Zone::Offset(0));
    DateTime { date, time: Time::midnight().in_zone(zone) }
}

/// The difference; none when the two have none.
fn subtract(a: &Value, b: &Value) -> Option<Value> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Value::of(a.minus(*b)),
        (Value::Days(a), Value::Days(b)) => days(a.0.checked_sub(b.0)),
        (Value::Months(a), Value::Months(b)) => months(a.0.checked_sub(b.0)),
        (_, Value::Days(b)) => later(a, &Value::Days(Days(b.0.checked_neg()?))),
        (_, Value::Months(b)) => later(a, &Value::Months(Months(b.0.checked_neg()?))),
        (Value::Time(a), Value::Time(b)) => days(a.universal().checked_sub(b.universal())),
        (Value::Date(a), Value::Date(b)) => between(&midnight(*a), &midnight(*b)),
        (Value::DateTime(a), Value::DateTime(b)) => between(a, b),
        (Value::Date(a), Value::DateTime(b)) => between(&midnight(*a), b),
        (Value::DateTime(a), Value::Date(b)) => between(a, &midnight(*b)),
        _ => None,
    }
}

fn between(a: &DateTime, b: &DateTime) -> Option<Value> {
    if a.time.zone().is_some() != b.time.zone().is_some() {
        return None;
    }
    days(a.universal().checked_sub(b.universal()))
}

fn multiply(a: &Value, b: &Value) -> Option<Value> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Value::of(a.times(*b)),
        (Value::Days(a), Value::Number(b)) => scaled(*a, |nanos| nanos.times(*b)),
        (Value::Months(a), Value::Number(b)) => whole_months(Decimal::from(a.0).times(*b)?),
        _ => None,
    }
}

fn divide(a: &Value, b: &Value) -> Option<Value> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Value::of(a.over(*b)),
        (Value::Days(a), Value::Number(b)) => scaled(*a, |nanos| nanos.over(*b)),
        (Value::Months(a), Value::Number(b)) => whole_months(Decimal::from(a.0).over(*b)?),
        (Value::Days(a), Value::Days(b)) => {
            Value::of(Decimal::new(a.0, 0)?.over(Decimal::new(b.0, 0)?))
        }
        (Value::Months(a), Value::Months(b)) => {
            Value::of(Decimal::from(a.0).over(Decimal::from(b.0)))
        }
        _ => None,
    }
}

fn scaled(a: Days, scale: impl Fn(Decimal) -> Option<Decimal>) -> Option<Value> {
    let nanos = scale(Decimal::new(a.0, 0)?)?.rounded(0, Rounding::Down)?;
    days(nanos.to_string().parse().ok())
}

fn whole_months(number: Decimal) -> Option<Value> {
    months(number.rounded(0, Rounding::Down)?.integer())
}
