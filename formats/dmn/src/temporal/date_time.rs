//! A day with a time of day.

use super::{DAY_SECONDS, Date, SECOND, Time};
use std::fmt;

/// A moment on a clock; with a zone, a moment in the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateTime {
    /// The day.
    pub date: Date,
    /// The time of day with its zone.
    pub time: Time,
}

/// Nanoseconds of a day.
const DAY: i128 = 86_400 * SECOND;

impl DateTime {
    /// Reads `2026-11-24T08:30:00+08:00`, or a date alone, which is its midnight.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('T') {
            // The end of a day is the beginning of the next.
            Some((date, time)) if time.starts_with("24:00:00") => {
                let date = Date::from_days(Date::parse(date)?.days() + 1)?;
                Some(Self { date, time: Time::parse(&time.replacen("24", "00", 1))? })
            }
            Some((date, time)) => Some(Self { date: Date::parse(date)?, time: Time::parse(time)? }),
            None => Some(Self { date: Date::parse(text)?, time: Time::midnight() }),
        }
    }

    /// Nanoseconds since 1970 began on this clock.
    pub fn local(&self) -> i128 {
        i128::from(self.date.days()) * DAY + self.time.nanos()
    }

    /// Nanoseconds since 1970 began in Greenwich; without a zone as if there.
    pub fn universal(&self) -> i128 {
        let offset = self.time.offset_on(self.date).unwrap_or(0);
        self.local() - i128::from(offset) * SECOND
    }

    /// So many nanoseconds later, in the same zone.
    pub fn plus(&self, nanos: i128) -> Option<Self> {
        let later = self.universal().checked_add(nanos)?;
        let zone = self.time.zone();
        let second = i64::try_from(later.div_euclid(SECOND)).ok();
        let offset = zone.map_or(0, |zone| zone.offset_at(second.unwrap_or_default()));
        let local = later + i128::from(offset) * SECOND;
        let day = i64::try_from(local.div_euclid(DAY)).ok()?;
        let time = Time::from_nanos(local.rem_euclid(DAY)).in_zone(zone.cloned());
        Some(Self { date: Date::from_days(day)?, time })
    }

    /// The moment so many seconds since 1970, with nanoseconds, in Greenwich.
    pub fn at(seconds: i64, nanos: u32) -> Option<Self> {
        let date = Date::from_days(seconds.div_euclid(DAY_SECONDS))?;
        let of_day = i128::from(seconds.rem_euclid(DAY_SECONDS)) * SECOND + i128::from(nanos);
        Some(Self { date, time: Time::from_nanos(of_day).in_zone(Some(super::Zone::Offset(0))) })
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.time)
    }
}
