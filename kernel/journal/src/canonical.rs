//! Canonical JSON (RFC 8785) for the values we use: objects with sorted keys, no white space.
//!
//! Numbers in our payloads are integers below 2⁵³, for which `serde_json` and RFC 8785 agree.

use serde_json::Value;
use std::fmt::Write;

/// The canonical text of `value`.
#[must_use]
pub fn text(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

/// Appends the canonical text of a string.
pub(crate) fn write_text(text: &str, out: &mut String) {
    let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&Value::from(text).to_string());
    }
}

/// Appends the canonical text of `value`.
pub(crate) fn write(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => write_object(members, out),
        Value::String(text) => write_text(text, out),
        // Writing to a string does not fail.
        scalar => drop(write!(out, "{scalar}")),
    }
}

fn write_object(members: &serde_json::Map<String, Value>, out: &mut String) {
    // Sorted here, whatever map serde_json was built with: feature unification must not be able
    // to change what is hashed. RFC 8785 3.2.3 sorts by UTF-16 code units.
    let mut sorted: Vec<_> = members.iter().collect();
    if !sorted.is_sorted_by(|(a, _), (b, _)| a.encode_utf16().le(b.encode_utf16())) {
        sorted.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    }
    out.push('{');
    for (index, (key, value)) in sorted.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_text(key, out);
        out.push(':');
        write(value, out);
    }
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_and_text_is_escaped_minimally() {
        let value = json!({"b": [1, null, true], "a": {"文": "行\n\u{1}\"", "A": -5}});
        assert_eq!(text(&value), r#"{"a":{"A":-5,"文":"行\n\u0001\""},"b":[1,null,true]}"#);
    }
}
