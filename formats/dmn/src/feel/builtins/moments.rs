//! Functions of dates, times and durations.

use super::arguments::failed;
use super::{Arguments, Builtin, Trouble};
use crate::feel::context::Context;
use crate::feel::value::Value;
use crate::temporal::{Date, DateTime, Days, Months, SECOND, Time, Zone};

const FROM: &[&[&str]] = &[&["from"]];
const DATE: &[&[&str]] = &[&["date"]];

pub(super) const TABLE: &[Builtin] = &[
    Builtin { name: "date", signatures: &[&["from"], &["year", "month", "day"]], body: date },
    Builtin {
        name: "time",
        signatures: &[&["from"], &["hour", "minute", "second", "?offset"]],
        body: time,
    },
    Builtin {
        name: "date and time",
        signatures: &[
            &["from"],
            &["date", "time"],
            &["date", "timezone"],
            &["year", "month", "day", "hour", "minute", "second", "?offset"],
            &["year", "month", "day", "hour", "minute", "second", "timezone"],
        ],
        body: date_and_time,
    },
    Builtin { name: "duration", signatures: FROM, body: duration },
    Builtin {
        name: "years and months duration",
        signatures: &[&["from", "to"]],
        body: years_and_months,
    },
    Builtin { name: "now", signatures: &[&[]], body: now },
    Builtin { name: "today", signatures: &[&[]], body: today },
    Builtin {
        name: "day of year",
        signatures: DATE,
        body: |given, _| Ok(Value::from(day(&given, 0)?.day_of_year())),
    },
    Builtin { name: "day of week", signatures: DATE, body: day_of_week },
    Builtin { name: "month of year", signatures: DATE, body: month_of_year },
    Builtin {
        name: "week of year",
        signatures: DATE,
        body: |given, _| Ok(Value::from(day(&given, 0)?.week_of_year())),
    },
];

fn found(value: Option<Value>, what: &str) -> Result<Value, Trouble> {
    value.map_or_else(|| failed(format!("不是{what}")), Ok)
}

/// The day at a place, of a date or a date and time.
fn day(given: &Arguments, place: usize) -> Result<Date, Trouble> {
    match given.single(place) {
        Value::Date(date) => Ok(date),
        Value::DateTime(moment) => Ok(moment.date),
        other => failed(format!("应为日期，却是{}", other.kind())),
    }
}

fn small(given: &Arguments, place: usize) -> Result<u8, Trouble> {
    u8::try_from(given.integer(place)?).map_or_else(|_| failed("数超出范围"), Ok)
}

fn date(given: Arguments, _: &mut Context) -> Result<Value, Trouble> {
    if given.count() == 3 {
        return found(ymd(&given)?.map(Value::Date), "日期");
    }
    match given.single(0) {
        Value::String(text) => found(Date::parse(&text).map(Value::Date), "日期"),
        _ => Ok(Value::Date(day(&given, 0)?)),
    }
}

fn ymd(given: &Arguments) -> Result<Option<Date>, Trouble> {
    let year = i32::try_from(given.integer(0)?).ok();
    let (month, day) = (small(given, 1)?, small(given, 2)?);
    Ok(year.and_then(|year| Date::new(year, month, day)))
}

/// The time of an hour, a minute and a second, from a place on.
fn clock(given: &Arguments, from: usize) -> Result<Option<Time>, Trouble> {
    let (hour, minute) = (small(given, from)?, small(given, from + 1)?);
    let second = given.number(from + 2)?;
    let whole = second.rounded(0, crate::decimal::Rounding::Floor);
    let part = whole.and_then(|whole| second.minus(whole));
    let nano = part.and_then(|part| part.times(crate::decimal::Decimal::from(1_000_000_000)));
    let nano = nano.and_then(|nano| nano.rounded(0, crate::decimal::Rounding::Down));
    let nano = nano.and_then(crate::decimal::Decimal::integer);
    let nano = nano.and_then(|nano| u32::try_from(nano).ok());
    let second = whole.and_then(crate::decimal::Decimal::integer);
    let second = second.and_then(|second| u8::try_from(second).ok());
    let parts = second.zip(nano);
    Ok(parts.and_then(|(second, nano)| Time::new(hour, minute, second, nano)))
}

/// The zone at a place: an offset, a name, or none.
fn zone(given: &Arguments, place: usize) -> Result<Option<Zone>, Trouble> {
    match given.single(place) {
        Value::Null => Ok(None),
        Value::Days(offset) => {
            let seconds = i32::try_from(offset.0 / SECOND).ok();
            match seconds.filter(|seconds| seconds.abs() <= 18 * 3600) {
                Some(seconds) => Ok(Some(Zone::Offset(seconds))),
                None => failed("时差超出18小时"),
            }
        }
        Value::String(name) => match Zone::parse(&format!("@{name}")) {
            Some(zone) => Ok(Some(zone)),
            None => failed("没有这个时区"),
        },
        other => failed(format!("时差不能是{}", other.kind())),
    }
}

fn time(given: Arguments, _: &mut Context) -> Result<Value, Trouble> {
    if given.count() > 1 {
        let zone = zone(&given, 3)?;
        return found(clock(&given, 0)?.map(|time| Value::Time(time.in_zone(zone))), "时间");
    }
    match given.single(0) {
        Value::String(text) => found(Time::parse(&text).map(Value::Time), "时间"),
        Value::Time(time) => Ok(Value::Time(time)),
        Value::DateTime(moment) => Ok(Value::Time(moment.time.clone())),
        Value::Date(_) => Ok(Value::Time(Time::midnight().in_zone(Some(Zone::Offset(0))))),
        other => failed(format!("不能从{}得出时间", other.kind())),
    }
}

fn date_and_time(given: Arguments, _: &mut Context) -> Result<Value, Trouble> {
    if given.count() > 2 {
        let zone = zone(&given, 6)?;
        let parts = ymd(&given)?.zip(clock(&given, 3)?);
        let made = parts.map(|(date, time)| DateTime { date, time: time.in_zone(zone) });
        return found(made.map(Value::from), "日期时间");
    }
    if given.count() == 2 {
        let date = day(&given, 0)?;
        return match given.single(1) {
            Value::Time(time) => Ok(Value::from(DateTime { date, time })),
            other => failed(format!("应为时间，却是{}", other.kind())),
        };
    }
    match given.single(0) {
        Value::String(text) => found(DateTime::parse(&text).map(Value::from), "日期时间"),
        Value::DateTime(moment) => Ok(Value::DateTime(moment)),
        Value::Date(date) => {
            let time = Time::midnight().in_zone(Some(Zone::Offset(0)));
            Ok(Value::from(DateTime { date, time }))
        }
        other => failed(format!("不能从{}得出日期时间", other.kind())),
    }
}

fn duration(given: Arguments, _: &mut Context) -> Result<Value, Trouble> {
    match given.single(0) {
        Value::String(text) => {
            let months = Months::parse(&text).map(Value::Months);
            found(months.or_else(|| Days::parse(&text).map(Value::Days)), "时长")
        }
        value @ (Value::Days(_) | Value::Months(_)) => Ok(value),
        other => failed(format!("不能从{}得出时长", other.kind())),
    }
}

fn years_and_months(given: Arguments, _: &mut Context) -> Result<Value, Trouble> {
    let (from, to) = (day(&given, 0)?, day(&given, 1)?);
    let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
    let mut all = months(to) - months(from);
    // A month that is not yet full does not count, in either direction.
    if all > 0 && to.day() < from.day() {
        all -= 1;
    } else if all < 0 && to.day() > from.day() {
        all += 1;
    }
    Ok(Value::Months(Months(all)))
}

fn now(_: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    match context.now() {
        Some(now) => Ok(Value::DateTime(now.clone())),
        None => failed("没有给出当前时间"),
    }
}

fn today(_: Arguments, context: &mut Context) -> Result<Value, Trouble> {
    match context.now() {
        Some(now) => Ok(Value::Date(now.date)),
        None => failed("没有给出当前时间"),
    }
}

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn day_of_week(given: Arguments, _: &mut Context) -> Result<Value, Trouble> {
    let place = usize::from(day(&given, 0)?.weekday()).saturating_sub(1);
    Ok(WEEKDAYS.get(place).map_or(Value::Null, |name| Value::text(name)))
}

fn month_of_year(given: Arguments, _: &mut Context) -> Result<Value, Trouble> {
    let place = usize::from(day(&given, 0)?.month()).saturating_sub(1);
    Ok(MONTHS.get(place).map_or(Value::Null, |name| Value::text(name)))
}
