//! Time zones: an offset, or a name of the IANA database, which is linked in.

use super::{DAY_SECONDS, Date, two};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::fmt;
use std::sync::Arc;

/// A time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Zone {
    /// Seconds east of Greenwich.
    Offset(i32),
    /// By name, such as `Asia/Shanghai`.
    Named(Arc<str>),
}

/// How far an offset goes.
const HOURS_MAX: u8 = 18;

fn named(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

impl Zone {
    /// Reads `Z`, `+08:00`, `@Asia/Shanghai`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(name) = text.strip_prefix('@') {
            let zone = named(name)?;
            let canonical = zone.iana_name().unwrap_or(name);
            return Some(Self::Named(canonical.into()));
        }
        if text == "Z" || text == "z" {
            return Some(Self::Offset(0));
        }
        let (sign, text) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+')?),
        };
        let mut parts = text.split(':');
        let hours = two(parts.next()?, HOURS_MAX)?;
        let minutes = two(parts.next()?, 59)?;
        let seconds = parts.next().map_or(Some(0), |part| two(part, 59))?;
        let all = i32::from(hours) * 3600 + i32::from(minutes) * 60 + i32::from(seconds);
        let within = parts.next().is_none() && all <= i32::from(HOURS_MAX) * 3600;
        within.then_some(Self::Offset(sign * all))
    }

    /// Seconds east of Greenwich when clocks there show this second of this day.
    pub fn offset(&self, date: Date, second: i64) -> i32 {
        match self {
            Self::Offset(seconds) => *seconds,
            Self::Named(name) => offset_of(name, date, second).unwrap_or_default(),
        }
    }

    /// Seconds east of Greenwich at a moment in seconds since 1970.
    pub fn offset_at(&self, moment: i64) -> i32 {
        match self {
            Self::Offset(seconds) => *seconds,
            Self::Named(name) => {
                let near = jiff::Timestamp::from_second(moment).ok();
                let zone = near.zip(named(name));
                zone.map_or(0, |(moment, zone)| zone.to_offset(moment).seconds())
            }
        }
    }
}

fn offset_of(name: &str, date: Date, second: i64) -> Option<i32> {
    let zone = named(name)?;
    // The calendar repeats after 400 years, and zones with it: years out of reach are moved.
    let year = match date.year() {
        year @ -9000..=9000 => year,
        year => 2000 + year.rem_euclid(400),
    };
    let day = jiff::civil::Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(date.month()).ok()?,
        i8::try_from(date.day()).ok()?,
    );
    let second = second.clamp(0, DAY_SECONDS - 1);
    let clock = jiff::civil::Time::new(
        i8::try_from(second / 3600).ok()?,
        i8::try_from(second / 60 % 60).ok()?,
        i8::try_from(second % 60).ok()?,
        0,
    );
    let local = day.ok()?.to_datetime(clock.ok()?);
    let moment = zone.to_ambiguous_timestamp(local).compatible().ok()?;
    Some(zone.to_offset(moment).seconds())
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => write!(f, "@{name}"),
            Self::Offset(0) => f.write_str("Z"),
            Self::Offset(seconds) => {
                let sign = if *seconds < 0 { '-' } else { '+' };
                let all = seconds.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", all / 3600, all / 60 % 60)?;
                if all % 60 > 0 { write!(f, ":{:02}", all % 60) } else { Ok(()) }
            }
        }
    }
}
