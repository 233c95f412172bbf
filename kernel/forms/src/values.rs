//! What was filled in: by field, without empty entries.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What was filled in, by the fields' names in order; what is not filled in is not there. In a
/// patch, `null` takes a field's value away.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Values(pub Map<String, Value>);

impl Values {
    /// The value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The text of a field that holds one.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    /// The texts of a field that holds one or several.
    #[must_use]
    pub fn texts(&self, name: &str) -> Vec<&str> {
        match self.get(name) {
            Some(Value::String(text)) => vec![text],
            Some(Value::Array(entries)) => entries.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// Which fields have another value in `later`, or one in only one of them.
    #[must_use]
    pub fn changed(&self, later: &Self) -> Vec<String> {
        let names = self.0.keys().chain(later.0.keys().filter(|name| !self.0.contains_key(*name)));
        let differs = |name: &&String| self.get(name) != later.get(name);
        names.filter(differs).cloned().collect()
    }
}
