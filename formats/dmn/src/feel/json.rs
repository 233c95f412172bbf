//! Values from JSON and to JSON, without marks of our own.

use super::context::Context;
use super::value::{Entries, List, Value};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A value from JSON: texts stay texts, also those that look like dates; the types of a
/// model's inputs make dates of them. Null when it is nested deeper than values may be.
pub fn from_json(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Boolean(*value),
        Json::Number(number) => number.to_string().parse().map_or(Value::Null, Value::Number),
        Json::String(text) => Value::text(text),
        Json::Array(items) => {
            List::new(items.iter().map(from_json).collect()).map_or(Value::Null, Value::List)
        }
        Json::Object(map) => {
            let entry =
                |(name, json): (&String, &Json)| (Arc::from(name.as_str()), from_json(json));
            let map: BTreeMap<Arc<str>, Value> = map.iter().map(entry).collect();
            Entries::new(map).map_or(Value::Null, Value::Context)
        }
    }
}

/// A value as JSON. Dates, times, durations and ranges are texts as FEEL writes them; a number
/// that JSON's readers would round is a text of its digits; a function is null.
pub fn to_json(value: &Value, context: &mut Context) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(value) => Json::Bool(*value),
        Value::Number(number) => {
            let text = number.to_string();
            exact(&text).unwrap_or(Json::String(text))
        }
        Value::List(list) => {
            Json::Array(list.items().iter().map(|item| to_json(item, context)).collect())
        }
        Value::Context(entries) => {
            let entry =
                |(name, value): (&Arc<str>, &Value)| (name.to_string(), to_json(value, context));
            Json::Object(entries.map().iter().map(entry).collect())
        }
        Value::Function(_) => {
            context.fail("函数不能作为结果给出");
            Json::Null
        }
        other => Json::String(other.to_string()),
    }
}

/// The number of a text, if a double keeps all its digits.
fn exact(text: &str) -> Option<Json> {
    if let Ok(number) = text.parse::<i64>() {
        return Some(number.into());
    }
    let double: f64 = text.parse().ok()?;
    let back = serde_json::Number::from_f64(double)?;
    (double.to_string() == text).then_some(Json::Number(back))
}
