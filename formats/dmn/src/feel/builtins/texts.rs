//! Functions of texts.

use super::arguments::failed;
use super::{Arguments, Builtin, Trouble};
use crate::feel::context::Context;
use crate::feel::value::Value;
use std::sync::Arc;

const STRING: &[&[&str]] = &[&["string"]];
const MATCH: &[&[&str]] = &[&["string", "match"]];

pub(super) const TABLE: &[Builtin] = &[
    Builtin {
        name: "substring",
        signatures: &[&["string", "start position", "?length"]],
        body: substring,
    },
    Builtin { name: "string length", signatures: STRING, body: length },
    Builtin { name: "upper case", signatures: STRING, body: |g, c| made(&g, c, str::to_uppercase) },
    Builtin { name: "lower case", signatures: STRING, body: |g, c| made(&g, c, str::to_lowercase) },
    Builtin { name: "substring before", signatures: MATCH, body: before },
    Builtin { name: "substring after", signatures: MATCH, body: after },
    Builtin {
        name: "contains",
        signatures: MATCH,
        body: |g, c| asked(&g, c, |s, m| s.contains(m)),
    },
    Builtin {
        name: "starts with",
        signatures: MATCH,
        body: |g, c| asked(&g, c, |s, m| s.starts_with(m)),
    },
    Builtin {
        name: "ends with",
        signatures: MATCH,
        body: |g, c| asked(&g, c, |s, m| s.ends_with(m)),
    },
    Builtin { name: "string join", signatures: &[&["list", "?delimiter"]], body: join },
];

fn text(given: &Arguments, place: usize, context: &mut Context) -> Result<Arc<str>, Trouble> {
    let text = given.text(place)?;
    context.spend_for(text.len() / 16)?;
    Ok(text)
}

fn made(
    given: &Arguments,
    context: &mut Context,
    make: fn(&str) -> String,
) -> Result<Value, Trouble> {
    let text = text(given, 0, context)?;
    Ok(context.text(make(&text))?)
}

fn asked(
    given: &Arguments,
    context: &mut Context,
    ask: fn(&str, &str) -> bool,
) -> Result<Value, Trouble> {
    let (string, sought) = (text(given, 0, context)?, text(given, 1, context)?);
    Ok(Value::Boolean(ask(&string, &sought)))
}

fn length(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let count = text(&given, 0, context)?.chars().count();
    Ok(Value::from(i64::try_from(count).unwrap_or(i64::MAX)))
}

fn substring(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let text = text(&given, 0, context)?;
    let count = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let first = match whole(&given, 1)? {
        0 => return failed("位置从1起"),
        place if place > 0 => place - 1,
        place => count.saturating_add(place),
    };
    if first < 0 || first >= count {
        return failed("位置在文字之外");
    }
    let length = if given.value(2).is_null() { i64::MAX } else { whole(&given, 2)? };
    if length < 1 {
        return failed("长度至少为1");
    }
    let skip = usize::try_from(first).unwrap_or(usize::MAX);
    let take = usize::try_from(length).unwrap_or(usize::MAX);
    Ok(context.text(text.chars().skip(skip).take(take).collect())?)
}

/// A number without what stands behind its point.
fn whole(given: &Arguments, place: usize) -> Result<i64, Trouble> {
    let number = given.number(place)?.rounded(0, crate::decimal::Rounding::Down);
    number.and_then(crate::decimal::Decimal::integer).ok_or(Trouble::Failed("数太大".to_owned()))
}

fn before(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let (string, sought) = (text(&given, 0, context)?, text(&given, 1, context)?);
    let found = string.split_once(&*sought).map_or("", |(before, _)| before);
    Ok(context.text(found.to_owned())?)
}

fn after(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let (string, sought) = (text(&given, 0, context)?, text(&given, 1, context)?);
    let found = string.split_once(&*sought).map_or("", |(_, after)| after);
    Ok(context.text(found.to_owned())?)
}

fn join(given: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    let delimiter = given.text_if(1)?.unwrap_or_default();
    let mut joined = String::new();
    let mut first = true;
    for item in given.list(0, context)? {
        let text = match item {
            Value::String(text) => text,
            Value::Null => continue,
            other => return failed(format!("列表中应全是文字，却有{}", other.kind())),
        };
        context.spend_for((text.len() + delimiter.len()) / 16)?;
        if !first {
            joined.push_str(&delimiter);
        }
        joined.push_str(&text);
        first = false;
    }
    Ok(context.text(joined)?)
}
