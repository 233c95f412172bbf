//! The values that a function is called with, taken as what it needs.

use crate::decimal::Decimal;
use crate::feel::context::{Context, Halt};
use crate::feel::value::{Entries, Value};
use std::sync::Arc;

/// Why a function has no result.
pub(crate) enum Trouble {
    /// The evaluation must stop.
    Halted(Halt),
    /// The function cannot do this; the result is null.
    Failed(String),
}

impl From<Halt> for Trouble {
    fn from(halt: Halt) -> Self {
        Self::Halted(halt)
    }
}

/// A failure.
pub(crate) fn failed<T>(why: impl Into<String>) -> Result<T, Trouble> {
    Err(Trouble::Failed(why.into()))
}

/// A number, or the failure that there is none.
pub(crate) fn number(number: Option<Decimal>) -> Result<Value, Trouble> {
    number.map(Value::Number).ok_or_else(|| Trouble::Failed("没有这样的数".to_owned()))
}

/// The values that a function is called with.
pub(crate) struct Arguments {
    values: Vec<Value>,
}

impl Arguments {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self { values }
    }

    pub(crate) fn count(&self) -> usize {
        self.values.len()
    }

    pub(crate) fn all(self) -> Vec<Value> {
        self.values
    }

    /// The value at a place, null when left out.
    pub(crate) fn value(&self, place: usize) -> Value {
        self.values.get(place).cloned().unwrap_or(Value::Null)
    }

    pub(crate) fn is_given(&self, place: usize) -> bool {
        place < self.values.len()
    }

    /// The value at a place; one in a list by itself is taken out.
    pub(crate) fn single(&self, place: usize) -> Value {
        match self.value(place) {
            Value::List(list) => match list.items() {
                [one] => one.clone(),
                _ => Value::List(list),
            },
            value => value,
        }
    }

    fn wrong<T>(&self, place: usize, expected: &str) -> Result<T, Trouble> {
        let kind = self.value(place).kind();
        failed(format!("第{}个参数应为{expected}，却是{kind}", place + 1))
    }

    pub(crate) fn number(&self, place: usize) -> Result<Decimal, Trouble> {
        match self.single(place) {
            Value::Number(number) => Ok(number),
            _ => self.wrong(place, "数"),
        }
    }

    pub(crate) fn integer(&self, place: usize) -> Result<i64, Trouble> {
        match self.number(place)?.integer() {
            Some(integer) => Ok(integer),
            None => self.wrong(place, "整数"),
        }
    }

    pub(crate) fn text(&self, place: usize) -> Result<Arc<str>, Trouble> {
        match self.single(place) {
            Value::String(text) => Ok(text),
            _ => self.wrong(place, "文字"),
        }
    }

    /// The text at a place; none when it is left out or null.
    pub(crate) fn text_if(&self, place: usize) -> Result<Option<Arc<str>>, Trouble> {
        if self.value(place).is_null() { Ok(None) } else { self.text(place).map(Some) }
    }

    /// The items of the list at a place; a value by itself is a list of one.
    pub(crate) fn list(&self, place: usize, context: &mut Context) -> Result<Vec<Value>, Trouble> {
        match self.value(place) {
            Value::List(list) => {
                context.spend_for(list.items().len())?;
                Ok(list.into_items())
            }
            Value::Null => self.wrong(place, "列表"),
            value => Ok(vec![value]),
        }
    }

    /// The items of one list, or all arguments as items.
    pub(crate) fn items(&self, context: &mut Context) -> Result<Vec<Value>, Trouble> {
        match self.values.as_slice() {
            [_] => self.list(0, context),
            values => Ok(values.to_vec()),
        }
    }

    /// The numbers of one list, or all arguments.
    pub(crate) fn numbers(&self, context: &mut Context) -> Result<Vec<Decimal>, Trouble> {
        let items = self.items(context)?.into_iter().map(|item| match item {
            Value::Number(number) => Ok(number),
            other => failed(format!("列表中应全是数，却有{}", other.kind())),
        });
        items.collect()
    }

    pub(crate) fn entries(&self, place: usize) -> Result<Entries, Trouble> {
        match self.single(place) {
            Value::Context(entries) => Ok(entries),
            _ => self.wrong(place, "上下文"),
        }
    }
}
