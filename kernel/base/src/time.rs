//! Moments in time. Stored as UTC milliseconds; shown and counted in China Standard Time (UTC+8).

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// Offset of China Standard Time, in milliseconds; it has had no daylight saving since 1991.
const CHINA_OFFSET_MS: i64 = 8 * 3_600_000;
/// Milliseconds in a day.
const DAY_MS: i64 = 86_400_000;

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment `ms` milliseconds later (earlier when negative), stopping at the ends of time.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// The civil date in China at this moment.
    #[must_use]
    pub fn china_date(self) -> Date {
        self.china_datetime().date()
    }

    /// The civil date and time in China at this moment, to the millisecond.
    #[must_use]
    pub fn china_datetime(self) -> DateTime {
        let local = self.0.saturating_add(CHINA_OFFSET_MS);
        let days = i32::try_from(local.div_euclid(DAY_MS)).unwrap_or(0);
        let ms_of_day = local.rem_euclid(DAY_MS);
        let epoch = jiff::civil::date(1970, 1, 1);
        let date = epoch.saturating_add(jiff::Span::new().days(days));
        date.at(0, 0, 0, 0).saturating_add(jiff::Span::new().milliseconds(ms_of_day))
    }

    /// The moment of a civil date and time in China.
    #[must_use]
    pub fn from_china(civil: DateTime) -> Self {
        let epoch = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);
        let span = civil.duration_since(epoch);
        let ms = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        Self(ms.saturating_sub(CHINA_OFFSET_MS))
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.china_datetime().strftime("%Y-%m-%d %H:%M:%S"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn china_time_is_eight_hours_ahead_and_round_trips() {
        let t = Timestamp(1_795_518_000_123);
        assert_eq!(Timestamp::from_china(t.china_datetime()), t);
        assert_eq!(Timestamp(0).to_string(), "1970-01-01 08:00:00");
        assert_eq!(Timestamp(-1).china_date(), jiff::civil::date(1970, 1, 1));
    }
}
