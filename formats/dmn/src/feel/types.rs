//! Types: what `instance of` asks and parameters demand.

use super::value::{Function, Range, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Everything.
    Any,
    /// Nothing but null.
    Null,
    /// `number`
    Number,
    /// `string`
    String,
    /// `boolean`
    Boolean,
    /// `date`
    Date,
    /// `time`
    Time,
    /// `date and time`
    DateTime,
    /// `days and time duration`
    Days,
    /// `years and months duration`
    Months,
    /// `list<…>`
    List(Arc<Self>),
    /// `context<…>`: entries that must be there.
    Context(Arc<BTreeMap<Arc<str>, Self>>),
    /// `range<…>`
    Range(Arc<Self>),
    /// `function<…> -> …`, with how many parameters.
    Function(Option<usize>),
}

/// What a function takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: Arc<str>,
    /// Its type.
    pub kind: Type,
}

/// The types that have names of their own, longest first where one begins another.
pub(crate) static NAMED: [(&str, Type); 14] = [
    ("years and months duration", Type::Months),
    ("year month duration", Type::Months),
    ("yearMonthDuration", Type::Months),
    ("days and time duration", Type::Days),
    ("day time duration", Type::Days),
    ("dayTimeDuration", Type::Days),
    ("date and time", Type::DateTime),
    ("dateTime", Type::DateTime),
    ("number", Type::Number),
    ("string", Type::String),
    ("boolean", Type::Boolean),
    ("date", Type::Date),
    ("time", Type::Time),
    ("Any", Type::Any),
];

/// The types of FEEL with their names.
pub(crate) fn named_types() -> &'static [(&'static str, Type)] {
    &NAMED
}

impl Type {
    /// Whether a value is of the type. Null is of no type but `Any` and `Null`.
    pub fn has(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Any, _)
            | (Self::Null, Value::Null)
            | (Self::Number, Value::Number(_))
            | (Self::String, Value::String(_))
            | (Self::Boolean, Value::Boolean(_))
            | (Self::Date, Value::Date(_))
            | (Self::Time, Value::Time(_))
            | (Self::DateTime, Value::DateTime(_))
            | (Self::Days, Value::Days(_))
            | (Self::Months, Value::Months(_)) => true,
            (Self::List(item), Value::List(list)) => {
                list.items().iter().all(|value| value.is_null() || item.has(value))
            }
            (Self::Context(entries), Value::Context(found)) => {
                entries.iter().all(|(name, kind)| {
                    found.get(name).is_some_and(|value| value.is_null() || kind.has(value))
                })
            }
            (Self::Range(kind), Value::Range(range)) => kind.has_range(range),
            (Self::Function(count), Value::Function(function)) => {
                count.is_none_or(|count| function.takes(count))
            }
            _ => false,
        }
    }

    fn has_range(&self, range: &Range) -> bool {
        let ends = [&range.low.value, &range.high.value];
        ends.iter().all(|end| end.is_null() || self.has(end))
    }

    /// The value as one of the type: as it is, taken out of a list of one, put into a list of
    /// one, or a date as its midnight. None when it is of another type.
    pub fn coerce(&self, value: Value) -> Option<Value> {
        if value.is_null() || self.has(&value) {
            return Some(value);
        }
        match (self, value) {
            (Self::List(item), value) if !matches!(value, Value::List(_)) && item.has(&value) => {
                super::value::List::new(vec![value]).map(Value::List)
            }
            (Self::DateTime, Value::Date(date)) => Some(Value::from(crate::temporal::DateTime {
                date,
                time: crate::temporal::Time::midnight()
                    .in_zone(Some(crate::temporal::Zone::Offset(0))),
            })),
            (kind, Value::List(list)) => match list.items() {
                [one] if kind.has(one) => Some(one.clone()),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Function {
    fn takes(&self, count: usize) -> bool {
        match self {
            Self::Builtin(builtin) => builtin.takes(count),
            Self::Defined(closure) => closure.parameters.len() == count,
            Self::Logic(logic) => logic.parameters().len() == count,
        }
    }
}
