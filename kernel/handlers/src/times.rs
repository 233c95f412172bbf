//! TIME: when something is due, by the calendar of working days.

use jiff::civil::{Date, DateTime};
use lingnan_base::{Calendar, Timestamp};
use lingnan_flow::Time;
use lingnan_forms::Values;

const MINUTE_MS: i64 = 60_000;

/// The moment that comes `time` after `from`; none when it cannot be known yet.
pub(crate) fn until(
    calendar: &Calendar,
    values: &Values,
    time: &Time,
    from: Timestamp,
) -> Option<Timestamp> {
    let minutes = |count: u32| from.plus_ms(i64::from(count).saturating_mul(MINUTE_MS));
    match time {
        Time::Minutes(count) => Some(minutes(*count)),
        Time::Hours(count) => Some(minutes(count.saturating_mul(60))),
        Time::Days(count) => calendar.due_days(from, *count).ok(),
        Time::WorkingDays(count) => calendar.due(from, *count).ok(),
        Time::Months(count) => calendar.due_months(from, *count).ok(),
        Time::Today => calendar.closing(from).ok(),
        Time::Field(field) => moment(values.text(field)?),
    }
}

/// Whether a length of time ends on a working day, so that a notice may move it.
pub(crate) const fn is_counted(time: &Time) -> bool {
    matches!(time, Time::Days(_) | Time::WorkingDays(_) | Time::Months(_) | Time::Today)
}

/// `due` as it is by now, when it was reckoned while only the years to `arranged_to` were
/// arranged. Working days are counted again; days and months, which a holiday only prolongs, stay
/// as they were told unless their last day turns out to be off.
pub(crate) fn again(
    calendar: &Calendar,
    time: &Time,
    due: Timestamp,
    arranged_to: i16,
) -> Option<Timestamp> {
    let again =
        if time.needs_calendar() { calendar.again(due, arranged_to) } else { calendar.worked(due) };
    again.ok()
}

/// A date is meant to its end; a date with a time is meant to the minute.
fn moment(text: &str) -> Option<Timestamp> {
    if let Ok(date) = text.parse::<Date>() {
        let next = date.tomorrow().ok()?;
        return Some(Timestamp::from_china(next.at(0, 0, 0, 0)));
    }
    let instant: jiff::Timestamp = text.parse().ok().or_else(|| {
        let local: DateTime = text.parse().ok()?;
        jiff::Timestamp::from_millisecond(Timestamp::from_china(local).0).ok()
    })?;
    Some(Timestamp(instant.as_millisecond()))
}
