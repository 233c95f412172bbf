//! The two durations of FEEL, which cannot be compared with each other.

use super::{SECOND, digits, fraction, written_fraction};
use std::fmt;

/// Days, hours, minutes and seconds, in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(pub i128);

/// Years and months, in months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Months(pub i64);

/// What stands before and after a letter; the whole text after when the letter is missing.
fn part(text: &str, letter: char) -> (Option<&str>, &str) {
    text.split_once(letter).map_or((None, text), |(before, after)| (Some(before), after))
}

fn signed(text: &str) -> Option<(bool, &str)> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    Some((negative, text.strip_prefix('P')?))
}

fn count(text: Option<&str>) -> Option<i64> {
    text.map_or(Some(0), |text| digits(text, 18))
}

impl Days {
    /// Reads `P1DT2H3M4.5S`.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, text) = signed(text)?;
        let (date, clock) = match text.split_once('T') {
            Some((date, clock)) => (date, Some(clock)),
            None => (text, None),
        };
        if text.is_empty() || clock.is_some_and(str::is_empty) {
            return None;
        }
        let (days, rest) = part(date, 'D');
        let (hours, clock) = part(clock.unwrap_or_default(), 'H');
        let (minutes, clock) = part(clock, 'M');
        let (seconds, clock) = part(clock, 'S');
        if !rest.is_empty() || !clock.is_empty() {
            return None;
        }
        let (seconds, nanos) = match seconds.and_then(|text| text.split_once('.')) {
            Some((whole, "")) => (Some(whole), 0),
            Some((whole, rest)) => (Some(whole), fraction(rest)?),
            None => (seconds, 0),
        };
        let all = i128::from(count(days)?) * 86_400
            + i128::from(count(hours)?) * 3600
            + i128::from(count(minutes)?) * 60
            + i128::from(count(seconds)?);
        let all = all * SECOND + i128::from(nanos);
        Some(Self(if negative { -all } else { all }))
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.0.unsigned_abs();
        let unit = SECOND.unsigned_abs();
        let nanos = u32::try_from(all % unit).unwrap_or_default();
        let (days, hours) = (all / unit / 86_400, all / unit / 3600 % 24);
        let (minutes, seconds) = (all / unit / 60 % 60, all / unit % 60);
        if all == 0 {
            return f.write_str("PT0S");
        }
        f.write_str(if self.0 < 0 { "-P" } else { "P" })?;
        if days > 0 {
            write!(f, "{days}D")?;
        }
        if hours > 0 || minutes > 0 || seconds > 0 || nanos > 0 {
            f.write_str("T")?;
        }
        if hours > 0 {
            write!(f, "{hours}H")?;
        }
        if minutes > 0 {
            write!(f, "{minutes}M")?;
        }
        if seconds > 0 || nanos > 0 {
            write!(f, "{seconds}{}S", written_fraction(nanos))?;
        }
        Ok(())
    }
}

impl Months {
    /// Reads `P1Y2M`.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, text) = signed(text)?;
        let (years, rest) = part(text, 'Y');
        let (months, rest) = part(rest, 'M');
        if !rest.is_empty() || (years.is_none() && months.is_none()) {
            return None;
        }
        let all = count(years)?.checked_mul(12)?.checked_add(count(months)?)?;
        Some(Self(if negative { -all } else { all }))
    }
}

impl fmt::Display for Months {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.0.unsigned_abs();
        f.write_str(if self.0 < 0 { "-P" } else { "P" })?;
        match (all / 12, all % 12) {
            (0, months) => write!(f, "{months}M"),
            (years, 0) => write!(f, "{years}Y"),
            (years, months) => write!(f, "{years}Y{months}M"),
        }
    }
}
