//! Values as text, the way FEEL's `string` and literals write them.

use super::value::{Bound, Value};
use std::fmt::{self, Write};

impl fmt::Display for Value {
    /// A text stands without quotes by itself and with quotes inside of others.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) => f.write_str(text),
            other => inner(other, f),
        }
    }
}

fn inner(value: &Value, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value {
        Value::Null => f.write_str("null"),
        Value::Boolean(value) => write!(f, "{value}"),
        Value::Number(number) => write!(f, "{number}"),
        Value::String(text) => quoted(text, f),
        Value::Date(date) => write!(f, "{date}"),
        Value::Time(time) => write!(f, "{time}"),
        Value::DateTime(moment) => write!(f, "{moment}"),
        Value::Days(days) => write!(f, "{days}"),
        Value::Months(months) => write!(f, "{months}"),
        Value::List(list) => {
            f.write_char('[')?;
            for (n, item) in list.items().iter().enumerate() {
                if n > 0 {
                    f.write_str(", ")?;
                }
                inner(item, f)?;
            }
            f.write_char(']')
        }
        Value::Context(entries) => {
            f.write_char('{')?;
            for (n, (name, entry)) in entries.map().iter().enumerate() {
                if n > 0 {
                    f.write_str(", ")?;
                }
                let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ' ');
                if plain && !name.is_empty() {
                    f.write_str(name)?
                } else {
                    quoted(name, f)?
                }
                f.write_str(": ")?;
                inner(entry, f)?;
            }
            f.write_char('}')
        }
        Value::Range(range) => {
            f.write_char(if range.low.included { '[' } else { '(' })?;
            end(&range.low, f)?;
            f.write_str("..")?;
            end(&range.high, f)?;
            f.write_char(if range.high.included { ']' } else { ')' })
        }
        Value::Function(function) => write!(f, "{function:?}"),
    }
}

fn end(bound: &Bound, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if bound.value.is_null() { Ok(()) } else { inner(&bound.value, f) }
}

fn quoted(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}
