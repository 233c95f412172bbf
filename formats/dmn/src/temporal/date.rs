//! A day of the Gregorian calendar, extended both ways.

use super::{digits, two};
use std::fmt;

/// The last year, and with a minus the first.
pub(crate) const YEAR_MAX: i32 = 999_999_999;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

fn leap(year: i32) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

fn month_days(year: i32, month: u8) -> u8 {
    match month {
        2 if leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Date {
    /// A day, when there is one.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let there = (-YEAR_MAX..=YEAR_MAX).contains(&year)
            && (1..=12).contains(&month)
            && (1..=month_days(year, month)).contains(&day);
        there.then_some(Self { year, month, day })
    }

    /// Reads `2026-11-24`.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        if year.len() < 4 || (year.len() > 4 && year.starts_with('0')) {
            return None;
        }
        let year = i32::try_from(digits(year, 9)?).ok()?;
        Self::new(if negative { -year } else { year }, two(month, 12)?, two(day, 31)?)
    }

    /// The year; nought is 1 BC.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, from 1.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since 1 January 1970.
    pub fn days(self) -> i64 {
        // March is the first month, so that the leap day is the last of its year.
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let month = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        let era = year.div_euclid(400);
        let in_era = year.rem_euclid(400);
        era * 146_097 + in_era * 365 + in_era / 4 - in_era / 100 + of_year - 719_468
    }

    /// The day so many days after 1 January 1970.
    pub fn from_days(days: i64) -> Option<Self> {
        let days = days.checked_add(719_468)?;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let in_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * in_era + in_era / 4 - in_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = (shifted + 2) % 12 + 1;
        let year = era.checked_mul(400)? + in_era + i64::from(month <= 2);
        Self::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// So many months later, on the same day or the last there is.
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let all = i64::from(self.year) * 12 + i64::from(self.month) - 1;
        let all = all.checked_add(months)?;
        let year = i32::try_from(all.div_euclid(12)).ok()?;
        let month = u8::try_from(all.rem_euclid(12) + 1).ok()?;
        Self::new(year, month, self.day.min(month_days(year, month)))
    }

    /// 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> u8 {
        u8::try_from((self.days() + 3).rem_euclid(7) + 1).unwrap_or_default()
    }

    /// The day of the year, from 1.
    pub fn day_of_year(self) -> i64 {
        Self { month: 1, day: 1, ..self }.days().abs_diff(self.days()).try_into().unwrap_or(0) + 1
    }

    /// The week of the year of ISO 8601.
    pub fn week_of_year(self) -> i64 {
        // A week belongs to the year of its Thursday.
        let thursday = self.days() - i64::from(self.weekday()) + 4;
        Self::from_days(thursday).map_or(1, |day| (day.day_of_year() - 1) / 7 + 1)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{:02}-{:02}", self.year.unsigned_abs(), self.month, self.day)
    }
}
