//! What conditions see of a form: typed, money in 元, and `null` for what is not filled.

use crate::{Field, Form, Kind, Values};
use serde_json::Value;

/// A value of a condition; whoever evaluates it turns it into his own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Not filled.
    Null,
    /// 是、否
    Bool(bool),
    /// A number in decimal digits, exact.
    Number(String),
    /// A text; an id is one.
    Text(String),
    /// `2026-09-30`
    Date(String),
    /// `2026-09-30T17:00:00+08:00`
    DateTime(String),
    /// Several.
    List(Vec<Self>),
    /// By name, in the order of the form.
    Record(Vec<(String, Self)>),
}

/// Every field of `form` as conditions see it.
#[must_use]
pub fn scope(form: &Form, values: &Values) -> Term {
    record(&form.fields, |name| values.get(name))
}

/// Fen as 元 with two decimals.
#[must_use]
pub fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

fn record<'a>(fields: &[Field], value: impl Fn(&str) -> Option<&'a Value>) -> Term {
    let entry = |field: &Field| {
        let term = value(&field.name).map_or(Term::Null, |value| term(&field.kind, value));
        (field.name.clone(), term)
    };
    Term::Record(fields.iter().map(entry).collect())
}

fn term(kind: &Kind, value: &Value) -> Term {
    match (kind, value) {
        (_, Value::Bool(value)) => Term::Bool(*value),
        (Kind::Money(_), Value::Number(fen)) => {
            fen.as_i64().map_or(Term::Null, |fen| Term::Number(yuan(fen)))
        }
        (_, Value::Number(number)) => Term::Number(number.to_string()),
        (Kind::Date, Value::String(text)) => Term::Date(text.clone()),
        (Kind::DateTime, Value::String(text)) => Term::DateTime(text.clone()),
        (_, Value::String(text)) => Term::Text(text.clone()),
        (Kind::Table(columns, _), Value::Array(rows)) => {
            Term::List(rows.iter().map(|row| record(columns, |name| row.get(name))).collect())
        }
        (_, Value::Array(entries)) => {
            Term::List(entries.iter().map(|entry| term(kind, entry)).collect())
        }
        (_, Value::Null | Value::Object(_)) => Term::Null,
    }
}
