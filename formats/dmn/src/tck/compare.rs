//! Whether a value is what a case expects.

use crate::decimal::Decimal;
use crate::feel::Value;

/// Whether a value is what is expected; times also in their zones.
pub(super) fn same(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::Null, Value::Null) => true,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => close(*a, *b),
        (Value::String(a), Value::String(b)) => a == b,
        (Value::Date(a), Value::Date(b)) => a == b,
        (Value::Time(a), Value::Time(b)) => a == b,
        (Value::DateTime(a), Value::DateTime(b)) => a == b,
        (Value::Days(a), Value::Days(b)) => a == b,
        (Value::Months(a), Value::Months(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.items().len() == b.items().len()
                && a.items().iter().zip(b.items()).all(|(a, b)| same(a, b))
        }
        (Value::Context(a), Value::Context(b)) => {
            a.map().keys().eq(b.map().keys())
                && a.map().values().zip(b.map().values()).all(|(a, b)| same(a, b))
        }
        _ => false,
    }
}

/// Integers are equal; the kit shows other numbers with eight or more digits, most of them as
/// doubles.
fn close(expected: Decimal, found: Decimal) -> bool {
    if expected.is_integer() {
        return expected == found;
    }
    let gap = expected.minus(found).map(Decimal::abs);
    let unit = expected.abs().max(Decimal::ONE);
    let bound = Decimal::new(1, -8).and_then(|part| part.times(unit));
    gap.zip(bound).is_some_and(|(gap, bound)| gap <= bound)
}
