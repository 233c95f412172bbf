//! What a scenario fills in, as the form wants it.

use lingnan_forms::{Field, Kind};
use serde_json::{Value, json};

/// A field's value as the scenario writes it.
pub(super) fn value(field: &Field, text: &str) -> Result<Value, String> {
    let wrong = || format!("“{text}”不能填入“{}”。", field.name);
    if text.starts_with(['[', '{']) {
        return serde_json::from_str(text).map_err(|_| wrong());
    }
    Ok(match &field.kind {
        Kind::Money(_) => json!(fen(text).ok_or_else(wrong)?),
        Kind::Integer(_) => json!(text.parse::<i64>().map_err(|_| wrong())?),
        Kind::Number(_) => {
            serde_json::from_str::<serde_json::Number>(text).map_err(|_| wrong())?.into()
        }
        Kind::YesNo => match text {
            "是" => json!(true),
            "否" => json!(false),
            _ => return Err(wrong()),
        },
        Kind::Choices(..) | Kind::Several(..) => {
            text.split('、').map(|one| json!(one.trim())).collect()
        }
        Kind::DateTime => json!(moment(text).ok_or_else(wrong)?),
        _ => json!(text),
    })
}

fn moment(text: &str) -> Option<String> {
    let (date, time) = text.split_once([' ', 'T'])?;
    let time = if time.matches(':').count() == 1 { format!("{time}:00") } else { time.to_owned() };
    let zoned = if time.contains('+') { time } else { format!("{time}+08:00") };
    Some(format!("{date}T{zoned}"))
}

fn fen(text: &str) -> Option<i64> {
    let (yuan, rest) = text.split_once('.').unwrap_or((text, "00"));
    let yuan: i64 = yuan.replace(',', "").parse().ok()?;
    let cents: i64 = format!("{rest:0<2}").parse().ok().filter(|_| rest.len() <= 2)?;
    yuan.checked_mul(100)?.checked_add(cents)
}
