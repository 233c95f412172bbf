//! What stands behind a point.

use crate::decimal::Decimal;
use crate::feel::context::{Answer, Context};
use crate::feel::value::{Range, Value};
use crate::temporal::{Date, DateTime, Days, SECOND, Time, Zone};

/// The property of a value; of a list, the list of its items' properties.
pub(super) fn property(value: &Value, name: &str, context: &mut Context) -> Answer {
    let found = match value {
        Value::List(list) => {
            context.spend_for(list.items().len())?;
            let mut all = Vec::with_capacity(list.items().len());
            for item in list.items() {
                all.push(context.deeper(|context| property(item, name, context))?);
            }
            return context.list(all);
        }
        Value::Context(entries) => entries.get(name).cloned(),
        Value::Date(date) => of_date(*date, name),
        Value::Time(time) => of_time(time, None, name),
        Value::DateTime(moment) => of_date_time(moment, name),
        Value::Days(days) => of_days(*days, name),
        Value::Months(months) => match name {
            "years" => Some(Value::from(months.0 / 12)),
            "months" => Some(Value::from(months.0 % 12)),
            _ => None,
        },
        Value::Range(range) => of_range(range, name),
        _ => None,
    };
    Ok(match found {
        Some(found) => found,
        None => context.fail(format!("{}没有“{name}”", value.kind())),
    })
}

fn of_date(date: Date, name: &str) -> Option<Value> {
    let number = match name {
        "year" => i64::from(date.year()),
        "month" => i64::from(date.month()),
        "day" => i64::from(date.day()),
        "weekday" => i64::from(date.weekday()),
        _ => return None,
    };
    Some(Value::from(number))
}

fn of_time(time: &Time, date: Option<Date>, name: &str) -> Option<Value> {
    let number = match name {
        "hour" => time.hour(),
        "minute" => time.minute(),
        "second" => return second(time),
        "time offset" => {
            let date = date.or_else(|| Date::from_days(0))?;
            let offset = time.offset_on(date).map(i128::from);
            return Some(offset.map_or(Value::Null, |s| Value::Days(Days(s * SECOND))));
        }
        "timezone" => {
            return Some(match time.zone() {
                Some(Zone::Named(name)) => Value::String(name.clone()),
                Some(Zone::Offset(0)) => Value::text("Z"),
                _ => Value::Null,
            });
        }
        _ => return None,
    };
    Some(Value::from(i64::from(number)))
}

fn second(time: &Time) -> Option<Value> {
    let nanos = i128::from(time.second()) * SECOND + i128::from(time.nano());
    Value::of(Decimal::new(nanos, -9))
}

fn of_date_time(moment: &DateTime, name: &str) -> Option<Value> {
    match name {
        "date" => Some(Value::Date(moment.date)),
        "time" => Some(Value::Time(moment.time.clone())),
        _ => of_date(moment.date, name).or_else(|| of_time(&moment.time, Some(moment.date), name)),
    }
}

fn of_days(days: Days, name: &str) -> Option<Value> {
    let seconds = days.0 / SECOND;
    let number = match name {
        "days" => seconds / 86_400,
        "hours" => seconds / 3600 % 24,
        "minutes" => seconds / 60 % 60,
        "seconds" => return Value::of(Decimal::new(days.0 % (60 * SECOND), -9)),
        _ => return None,
    };
    Value::of(Decimal::new(number, 0))
}

fn of_range(range: &Range, name: &str) -> Option<Value> {
    match name {
        "start" => Some(range.low.value.clone()),
        "end" => Some(range.high.value.clone()),
        "start included" => Some(Value::Boolean(range.low.included)),
        "end included" => Some(Value::Boolean(range.high.included)),
        _ => None,
    }
}
