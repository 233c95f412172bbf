//! Unary tests.

use super::compare::{compared, equal, within};
use super::node;
use crate::feel::ast::{Node, Test};
use crate::feel::context::{Answer, Context, Halt};
use crate::feel::scope::Scope;
use crate::feel::value::Value;
use std::sync::Arc;

/// Whether a value passes a cell: any one of its tests. Null passes like any value.
pub(crate) fn passes_cell(
    tests: &[Test],
    value: &Value,
    scope: &Scope,
    context: &mut Context,
) -> Result<bool, Halt> {
    let scope = scope.with(Arc::from("?"), value.clone());
    Ok(matches!(any(tests, value, &scope, context)?, Some(true)))
}

/// The value of `value in (tests)`.
pub(super) fn is_in(tests: &[Test], value: &Value, scope: &Scope, context: &mut Context) -> Answer {
    Ok(any(tests, value, scope, context)?.map_or(Value::Null, Value::Boolean))
}

fn any(
    tests: &[Test],
    value: &Value,
    scope: &Scope,
    context: &mut Context,
) -> Result<Option<bool>, Halt> {
    let mut result = Some(false);
    for test in tests {
        match passes(test, value, scope, context)? {
            Some(true) => return Ok(Some(true)),
            Some(false) => {}
            None => result = None,
        }
    }
    Ok(result)
}

fn passes(
    test: &Test,
    value: &Value,
    scope: &Scope,
    context: &mut Context,
) -> Result<Option<bool>, Halt> {
    match test {
        Test::Any => Ok(Some(true)),
        Test::Not(tests) => Ok(any(tests, value, scope, context)?.map(|passed| !passed)),
        Test::Compare(compare, bound) => {
            let bound = node(bound, scope, context)?;
            Ok(truth(&compared(*compare, value, &bound, context)?))
        }
        Test::Value(expression) => {
            let found = node(expression, scope, context)?;
            if found.is_null() && matches!(expression, Node::Interval(_)) {
                return Ok(None);
            }
            if super::speaks_of(expression, "?") {
                return Ok(truth(&found));
            }
            if let (Value::Boolean(found), false) = (&found, matches!(value, Value::Boolean(_))) {
                return Ok(Some(*found && !matches!(expression, Node::Literal(_))));
            }
            matches_value(value, &found, context)
        }
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Boolean(value) => Some(*value),
        _ => None,
    }
}

/// Whether a value is what was found, or in it.
fn matches_value(
    value: &Value,
    found: &Value,
    context: &mut Context,
) -> Result<Option<bool>, Halt> {
    context.spend(value.text_weight())?;
    match found {
        Value::Range(range) if !matches!(value, Value::Range(_)) => Ok(within(value, range)),
        Value::List(list) => {
            if matches!(value, Value::List(_)) && equal(value, found, context)? == Some(true) {
                return Ok(Some(true));
            }
            for item in list.items() {
                context.spend(1)?;
                let matched = match item {
                    Value::List(_) => equal(value, item, context)?,
                    _ => matches_value(value, item, context)?,
                };
                if matched == Some(true) {
                    return Ok(Some(true));
                }
            }
            Ok(Some(false))
        }
        _ => equal(value, found, context),
    }
}
