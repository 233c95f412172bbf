//! What single words mean: identifiers, numbers, times, shares.

use crate::definition::{Ratio, Time};
use std::sync::Arc;

/// Longest identifier, in characters.
const ID_MAX: usize = 64;
/// Longest name of a field, in characters.
const FIELD_MAX: usize = 40;
/// Largest number in a text; no office counts further.
const NUMBER_MAX: u32 = 100_000;

pub(super) const ID: &str = "标识（小写字母开头，只含小写字母、数字和下划线）";
pub(super) const TIME: &str = "时间（如 30min、4h、10d、3wd、6mo、today、form.字段）";

pub(super) fn id(word: &str) -> Option<Arc<str>> {
    let starts = word.starts_with(|c: char| c.is_ascii_lowercase());
    let rest = word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    (starts && rest && word.len() <= ID_MAX).then(|| word.into())
}

/// The id of a step; a few words have a meaning of their own where steps are named.
pub(super) fn step_id(word: &str) -> Option<Arc<str>> {
    id(word).filter(|id| !matches!(&**id, "none" | "end" | "next"))
}

/// The name of a field, of an event or a part of a department's name.
pub(super) fn field_name(word: &str) -> Option<Arc<str>> {
    let fits = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '·'));
    (fits && !word.is_empty() && word.chars().count() <= FIELD_MAX).then(|| word.into())
}

pub(super) fn field(word: &str) -> Option<Arc<str>> {
    field_name(word.strip_prefix("form.")?)
}

/// An id of the directory.
pub(super) fn directory_id(word: &str) -> Option<Arc<str>> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    (!word.is_empty() && word.len() <= ID_MAX && word.chars().all(fits)).then(|| word.into())
}

/// `module.command`
pub(super) fn command(word: &str) -> Option<Arc<str>> {
    let (module, command) = word.split_once('.')?;
    (id(module).is_some() && id(command).is_some()).then(|| word.into())
}

/// Written as it is printed: no sign, no leading zero.
pub(super) fn count(text: &str) -> Option<u32> {
    let count: u32 = text.parse().ok()?;
    (count > 0 && count <= NUMBER_MAX && count.to_string() == text).then_some(count)
}

pub(super) fn ratio(word: &str) -> Option<Ratio> {
    let (part, whole) = word.split_once('/')?;
    let (part, whole) = (count(part)?, count(whole)?);
    (part <= whole).then_some(Ratio { part, whole })
}

pub(super) fn percent(word: &str) -> Option<u32> {
    count(word.strip_suffix('%')?).filter(|percent| *percent < 100)
}

pub(super) fn version(word: &str) -> Option<u32> {
    count(word.strip_prefix('v')?)
}

pub(super) fn time(word: &str) -> Option<Time> {
    if word == "today" {
        return Some(Time::Today);
    }
    if let Some(field) = field(word) {
        return Some(Time::Field(field));
    }
    let split = word.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = word.split_at_checked(split)?;
    let number = count(number)?;
    match unit {
        "min" => Some(Time::Minutes(number)),
        "h" => Some(Time::Hours(number)),
        "d" => Some(Time::Days(number)),
        "wd" => Some(Time::WorkingDays(number)),
        "mo" => Some(Time::Months(number)),
        _ => None,
    }
}
