//! A time of day, with or without a zone.

use super::{DAY_SECONDS, Date, SECOND, Zone, fraction, two, written_fraction};
use std::fmt;

/// A time of day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    second: u32,
    nano: u32,
    zone: Option<Zone>,
}

impl Time {
    /// A time of day, when there is one; `nano` are nanoseconds of the second.
    pub fn new(hour: u8, minute: u8, second: u8, nano: u32) -> Option<Self> {
        let there = hour < 24 && minute < 60 && second < 60 && nano < 1_000_000_000;
        let second = u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second);
        there.then_some(Self { second, nano, zone: None })
    }

    /// Midnight, without a zone.
    pub fn midnight() -> Self {
        Self { second: 0, nano: 0, zone: None }
    }

    /// The same time of day in another zone, or in none.
    #[must_use]
    pub fn in_zone(mut self, zone: Option<Zone>) -> Self {
        self.zone = zone;
        self
    }

    /// The time so many nanoseconds after midnight, whole days left out.
    pub fn from_nanos(nanos: i128) -> Self {
        let second = nanos.div_euclid(SECOND).rem_euclid(i128::from(DAY_SECONDS));
        let nano = nanos.rem_euclid(SECOND);
        Self {
            second: u32::try_from(second).unwrap_or_default(),
            nano: u32::try_from(nano).unwrap_or_default(),
            zone: None,
        }
    }

    /// Reads `08:30:00`, `08:30:00.5+08:00`, `08:30:00@Asia/Shanghai`.
    pub fn parse(text: &str) -> Option<Self> {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.');
        let (clock, zone) = text.split_at_checked(end.unwrap_or(text.len()))?;
        let zone = if zone.is_empty() { None } else { Some(Zone::parse(zone)?) };
        let mut parts = clock.split(':');
        let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let (second, nano) = match second.split_once('.') {
            Some((second, rest)) => (second, fraction(rest)?),
            None => (second, 0),
        };
        let time = Self::new(two(hour, 23)?, two(minute, 59)?, two(second, 59)?, nano)?;
        Some(time.in_zone(zone))
    }

    /// The hour, from 0.
    pub fn hour(&self) -> u32 {
        self.second / 3600
    }

    /// The minute of the hour.
    pub fn minute(&self) -> u32 {
        self.second / 60 % 60
    }

    /// The second of the minute.
    pub fn second(&self) -> u32 {
        self.second % 60
    }

    /// Nanoseconds of the second.
    pub fn nano(&self) -> u32 {
        self.nano
    }

    /// The zone, if one was given.
    pub fn zone(&self) -> Option<&Zone> {
        self.zone.as_ref()
    }

    /// Seconds since midnight.
    pub fn of_day(&self) -> i64 {
        i64::from(self.second)
    }

    /// Nanoseconds since midnight, on this clock.
    pub fn nanos(&self) -> i128 {
        i128::from(self.second) * SECOND + i128::from(self.nano)
    }

    /// Seconds east of Greenwich on that day.
    pub fn offset_on(&self, date: Date) -> Option<i32> {
        Some(self.zone.as_ref()?.offset(date, self.of_day()))
    }

    /// Nanoseconds since midnight in Greenwich, on 1 January 1970; without a zone as if there.
    pub fn universal(&self) -> i128 {
        let offset = Date::from_days(0).and_then(|day| self.offset_on(day)).unwrap_or(0);
        self.nanos() - i128::from(offset) * SECOND
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = (self.hour(), self.minute(), self.second());
        write!(f, "{hour:02}:{minute:02}:{second:02}{}", written_fraction(self.nano))?;
        self.zone.as_ref().map_or(Ok(()), |zone| zone.fmt(f))
    }
}
