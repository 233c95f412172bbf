//! Checking one value: its type, its size, and whether it can be what it says.

use crate::check::Known;
use crate::form::{Integers, Kind, Numbers, Reference};
use crate::identity::{self, Flaw};
use crate::read::INTEGER_MAX;
use crate::yuan;
use jiff::civil::Date;
use serde_json::Value;

/// Why a value is not kept.
pub(crate) struct Wrong {
    pub(crate) code: &'static str,
    pub(crate) what: String,
}

impl Wrong {
    pub(crate) fn new(code: &'static str, what: impl Into<String>) -> Self {
        Self { code, what: what.into() }
    }
}

/// A value of a kind that holds one, as it is kept.
pub(crate) fn single(kind: &Kind, value: &Value, known: &dyn Known) -> Result<Value, Wrong> {
    match kind {
        Kind::Integer(bounds) => integer(value, *bounds, |number| number.to_string()),
        Kind::Money(bounds) => integer(value, *bounds, |fen| format!("{}元", yuan(fen))),
        Kind::Number(bounds) => number(value, bounds),
        Kind::YesNo => match value {
            Value::Bool(_) => Ok(value.clone()),
            _ => Err(Wrong::new("type", "应为是或否，请重新选择。")),
        },
        Kind::Line(most) => line(text(value)?, *most),
        Kind::Text(most) => paragraphs(text(value)?, *most),
        Kind::Choice(choices) => {
            let one = text(value)?;
            is_choice(choices, one).map(|()| one.into())
        }
        Kind::Date => date(text(value)?),
        Kind::DateTime => date_time(text(value)?),
        Kind::One(reference) => exists(known, *reference, text(value)?),
        Kind::IdCard => id_card(text(value)?),
        Kind::CreditCode => credit_code(text(value)?),
        Kind::Phone => phone(text(value)?),
        Kind::Choices(..) | Kind::Several(..) | Kind::Table(..) => {
            Err(Wrong::new("type", "应有若干项，请重新填写。"))
        }
    }
}

fn text(value: &Value) -> Result<&str, Wrong> {
    value.as_str().map(str::trim).ok_or_else(|| Wrong::new("type", "应为文字，请重新填写。"))
}

fn line(text: &str, most: u32) -> Result<Value, Wrong> {
    if text.chars().any(char::is_control) {
        return Err(Wrong::new("format", "只能写一行，请去掉换行和不可见的字符。"));
    }
    short(text, most)
}

fn paragraphs(text: &str, most: u32) -> Result<Value, Wrong> {
    let text = text.replace("\r\n", "\n");
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Wrong::new("format", "含有不可见的字符，请去掉后重新粘贴。"));
    }
    short(&text, most)
}

fn short(text: &str, most: u32) -> Result<Value, Wrong> {
    let count = text.chars().count();
    if count > usize::try_from(most).unwrap_or(usize::MAX) {
        return Err(Wrong::new("length", format!("有{count}个字，最多{most}个字，请删减。")));
    }
    Ok(text.into())
}

pub(crate) fn is_choice(choices: &[String], one: &str) -> Result<(), Wrong> {
    if choices.iter().any(|choice| choice == one) {
        return Ok(());
    }
    let shown = choices.iter().take(10).map(String::as_str).collect::<Vec<_>>().join("、");
    let more = if choices.len() > 10 { "等选项" } else { "" };
    Err(Wrong::new("choice", format!("没有这个选项，请从{shown}{more}中选择。")))
}

fn integer(value: &Value, bounds: Integers, say: impl Fn(i64) -> String) -> Result<Value, Wrong> {
    let number = value.as_i64().filter(|number| (-INTEGER_MAX..=INTEGER_MAX).contains(number));
    let number = number.ok_or_else(|| Wrong::new("type", "应为整数，请改正。"))?;
    if let Some(least) = bounds.minimum.filter(|least| number < *least) {
        return Err(too_small(&say(number), &say(least)));
    }
    if let Some(most) = bounds.maximum.filter(|most| number > *most) {
        return Err(too_great(&say(number), &say(most)));
    }
    Ok(value.clone())
}

fn number(value: &Value, bounds: &Numbers) -> Result<Value, Wrong> {
    let number = value.as_f64().ok_or_else(|| Wrong::new("type", "应为数字，请改正。"))?;
    let bound = |bound: &Option<serde_json::Number>| {
        bound.as_ref().and_then(|b| Some((b.as_f64()?, b.to_string())))
    };
    if let Some((_, least)) = bound(&bounds.minimum).filter(|(least, _)| number < *least) {
        return Err(too_small(&value.to_string(), &least));
    }
    if let Some((_, most)) = bound(&bounds.maximum).filter(|(most, _)| number > *most) {
        return Err(too_great(&value.to_string(), &most));
    }
    Ok(value.clone())
}

fn too_small(number: &str, least: &str) -> Wrong {
    Wrong::new("range", format!("为{number}，不能小于{least}，请改正。"))
}

fn too_great(number: &str, most: &str) -> Wrong {
    Wrong::new("range", format!("为{number}，不能大于{most}，请改正。"))
}

fn date(text: &str) -> Result<Value, Wrong> {
    let has_shape = text.len() == 10 && text.split('-').map(str::len).eq([4, 2, 2]);
    match text.parse::<Date>() {
        Ok(_) if has_shape => Ok(text.into()),
        _ => {
            let what = "不是一个日期，请按“2026-09-30”的样式填写，并核对该月有没有这一天。";
            Err(Wrong::new("format", what))
        }
    }
}

/// Kept in China Standard Time, to the second.
fn date_time(text: &str) -> Result<Value, Wrong> {
    let what = "不是一个时间，请按“2026-09-30T17:00:00+08:00”的样式填写。";
    let moment: jiff::Timestamp = text.parse().map_err(|_| Wrong::new("format", what))?;
    let offset = jiff::tz::Offset::constant(8);
    let civil = offset.to_datetime(moment);
    Ok(civil.strftime("%Y-%m-%dT%H:%M:%S+08:00").to_string().into())
}

pub(crate) fn exists(known: &dyn Known, reference: Reference, id: &str) -> Result<Value, Wrong> {
    if known.is_known(reference, id) {
        return Ok(id.into());
    }
    let what = format!("所选的{}不存在或已撤销，请重新选择。", reference.chinese());
    Err(Wrong::new("no_such", what))
}

// What was written is not repeated: it may be someone's number.
fn id_card(text: &str) -> Result<Value, Wrong> {
    let what = match identity::id_card(text) {
        Ok(number) => return Ok(number.into()),
        Err(Flaw::Shape) => "应为18位公民身份号码，末位是数字或X，请对照证件填写。",
        Err(Flaw::Birth) => "第7至14位不是出生日期，请对照证件核对。",
        Err(Flaw::Check) => "与末位校验码不符，请对照证件逐位核对。",
    };
    Err(Wrong::new("format", what))
}

fn credit_code(text: &str) -> Result<Value, Wrong> {
    let what = match identity::credit_code(text) {
        Ok(code) => return Ok(code.into()),
        Err(Flaw::Shape | Flaw::Birth) => {
            "应为18位统一社会信用代码，不用字母I、O、S、V、Z，请对照证照填写。"
        }
        Err(Flaw::Check) => "与末位校验码不符，请对照证照逐位核对。",
    };
    Err(Wrong::new("format", what))
}

fn phone(text: &str) -> Result<Value, Wrong> {
    if identity::is_phone(text) {
        return Ok(text.into());
    }
    let what = "不是电话号码，请填写11位手机号码，或“020-83130000”样式的固定电话。";
    Err(Wrong::new("format", what))
}
