//! What a client is told of its act.

use lingnan_store::Accepted;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// What the client is told of an accepted act.
#[derive(Serialize, ToSchema)]
pub struct Done {
    /// The act's place in the journal; absent when nothing needed to be recorded.
    seq: Option<u64>,
    /// When, in milliseconds.
    time_ms: i64,
    /// Whether it had been done before under the same id.
    repeated: bool,
    /// The matter's key, when one was begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// The matter's version now.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u64>,
    /// The number it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
}

impl From<Accepted> for Done {
    fn from(accepted: Accepted) -> Self {
        let text = |key: &str| accepted.answer.get(key)?.as_str().map(str::to_owned);
        Self {
            seq: accepted.seq,
            time_ms: accepted.time.0,
            repeated: accepted.repeated,
            id: text("id"),
            version: accepted.answer.get("version").and_then(Value::as_u64),
            number: text("number"),
        }
    }
}
