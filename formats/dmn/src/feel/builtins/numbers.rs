//! Functions of numbers, and `not`.

use super::arguments::{failed, number};
use super::{Arguments, Builtin, Trouble};
use crate::decimal::{Decimal, Rounding};
use crate::feel::context::Context;
use crate::feel::value::Value;
use crate::temporal::{Days, Months};

pub(super) const TABLE: &[Builtin] = &[
    Builtin { name: "decimal", signatures: &[&["n", "scale"]], body: decimal },
    Builtin {
        name: "floor",
        signatures: &[&["n", "?scale"]],
        body: |given, _| rounded(&given, Rounding::Floor),
    },
    Builtin {
        name: "ceiling",
        signatures: &[&["n", "?scale"]],
        body: |given, _| rounded(&given, Rounding::Ceiling),
    },
    Builtin {
        name: "round up",
        signatures: &[&["n", "scale"]],
        body: |given, _| rounded(&given, Rounding::Up),
    },
    Builtin {
        name: "round down",
        signatures: &[&["n", "scale"]],
        body: |given, _| rounded(&given, Rounding::Down),
    },
    Builtin {
        name: "round half up",
        signatures: &[&["n", "scale"]],
        body: |given, _| rounded(&given, Rounding::HalfUp),
    },
    Builtin {
        name: "round half down",
        signatures: &[&["n", "scale"]],
        body: |given, _| rounded(&given, Rounding::HalfDown),
    },
    Builtin { name: "abs", signatures: &[&["n"]], body: abs },
    Builtin { name: "modulo", signatures: &[&["dividend", "divisor"]], body: modulo },
    Builtin {
        name: "sqrt",
        signatures: &[&["number"]],
        body: |given, context| costly(&given, context, Decimal::sqrt),
    },
    Builtin {
        name: "log",
        signatures: &[&["number"]],
        body: |given, context| costly(&given, context, Decimal::ln),
    },
    Builtin {
        name: "exp",
        signatures: &[&["number"]],
        body: |given, context| costly(&given, context, Decimal::exp),
    },
    Builtin { name: "odd", signatures: &[&["number"]], body: |given, _| rest(&given, true) },
    Builtin { name: "even", signatures: &[&["number"]], body: |given, _| rest(&given, false) },
    Builtin { name: "not", signatures: &[&["negand"]], body: not },
];

/// Steps that a function of many terms counts as.
const COSTLY: u64 = 200;

fn costly(
    given: &Arguments,
    context: &mut Context,
    function: fn(Decimal) -> Option<Decimal>,
) -> Result<Value, Trouble> {
    context.spend(COSTLY)?;
    number(function(given.number(0)?))
}

fn scale(given: &Arguments) -> Result<i64, Trouble> {
    let scale = given.number(1)?.rounded(0, Rounding::Down).and_then(Decimal::integer);
    match scale {
        Some(scale @ -6111..=6176) => Ok(scale),
        _ => failed("位数应在-6111与6176之间"),
    }
}

fn decimal(given: Arguments, _: &mut Context) -> Result<Value, Trouble> {
    number(given.number(0)?.rounded(scale(&given)?, Rounding::HalfEven))
}

fn rounded(given: &Arguments, rounding: Rounding) -> Result<Value, Trouble> {
    let places = if given.is_given(1) { scale(given)? } else { 0 };
    number(given.number(0)?.rounded(places, rounding))
}

fn abs(given: Arguments, _: &mut Context) -> Result<Value, Trouble> {
    match given.single(0) {
        Value::Days(days) => Ok(Value::Days(Days(days.0.abs()))),
        Value::Months(months) => Ok(Value::Months(Months(months.0.abs()))),
        _ => Ok(Value::Number(given.number(0)?.abs())),
    }
}

fn modulo(given: Arguments, _: &mut Context) -> Result<Value, Trouble> {
    number(given.number(0)?.modulo(given.number(1)?))
}

fn rest(given: &Arguments, odd: bool) -> Result<Value, Trouble> {
    let number = given.number(0)?;
    if !number.is_integer() {
        return failed("不是整数");
    }
    let rest = number.modulo(Decimal::from(2));
    Ok(rest.map_or(Value::Null, |rest| Value::Boolean(rest.is_zero() != odd)))
}

fn not(given: Arguments, _: &mut Context) -> Result<Value, Trouble> {
    match given.single(0) {
        Value::Boolean(value) => Ok(Value::Boolean(!value)),
        other => failed(format!("不能否定{}", other.kind())),
    }
}
