//! The working-day calendar: weekends, statutory holidays and make-up days.

use crate::Timestamp;
use jiff::Span;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// Longest limit that is counted, in working days: ten years of them.
pub const WORKING_DAYS_MAX: u32 = 2_500;

/// Why the calendar has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The State Council's arrangement for this year is not in the data.
    #[error("the calendar has no arrangement for {0}; import the year's notice")]
    YearUnknown(i16),
    /// A line of the data does not read.
    #[error("line {line} of the calendar does not read: {text}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What it says.
        text: String,
    },
    /// More than [`WORKING_DAYS_MAX`].
    #[error("limits are counted to {WORKING_DAYS_MAX} working days")]
    TooLong,
}

/// Days that are not what their weekday says, for the years covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    first_year: i16,
    last_year: i16,
    /// `true` where the day is worked.
    exceptions: BTreeMap<Date, bool>,
}

impl Calendar {
    /// Reads the data: a line `years⇥first⇥last`, then `date⇥holiday|makeup⇥name` lines.
    ///
    /// # Errors
    /// [`CalendarError::Line`] names the first line that does not read.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        let mut calendar = Self { first_year: 0, last_year: -1, exceptions: BTreeMap::new() };
        for (number, line) in (1_usize..).zip(text.lines()) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fields: Vec<&str> = line.split('\t').collect();
            calendar
                .read(&fields)
                .ok_or_else(|| CalendarError::Line { line: number, text: line.to_owned() })?;
        }
        Ok(calendar)
    }

    fn read(&mut self, fields: &[&str]) -> Option<()> {
        match fields {
            ["years", first, last] => {
                self.first_year = first.parse().ok()?;
                self.last_year = last.parse().ok()?;
            }
            [date, kind, _name] => {
                let worked = match *kind {
                    "holiday" => false,
                    "makeup" => true,
                    _ => return None,
                };
                self.exceptions.insert(date.parse().ok()?, worked);
            }
            _ => return None,
        }
        Some(())
    }

    /// Whether `date` is worked.
    ///
    /// # Errors
    /// [`CalendarError::YearUnknown`] when its year is not covered: a guess would be a wrong
    /// deadline.
    pub fn is_working_day(&self, date: Date) -> Result<bool, CalendarError> {
        if !(self.first_year..=self.last_year).contains(&date.year()) {
            return Err(CalendarError::YearUnknown(date.year()));
        }
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        Ok(self.exceptions.get(&date).copied().unwrap_or(!weekend))
    }

    /// The end (24:00) of the last of `days` working days after the day of `from`: the day on
    /// which a period begins is not counted (民法典 第二百零一条).
    ///
    /// # Errors
    /// [`CalendarError`] when the count reaches an unknown year or is too long.
    pub fn due(&self, from: Timestamp, days: u32) -> Result<Timestamp, CalendarError> {
        if days > WORKING_DAYS_MAX {
            return Err(CalendarError::TooLong);
        }
        let mut date = from.china_date();
        let mut left = days;
        while left > 0 {
            date = date.saturating_add(Span::new().days(1));
            if self.is_working_day(date)? {
                left = left.saturating_sub(1);
            }
        }
        let next = date.saturating_add(Span::new().days(1));
        Ok(Timestamp::from_china(next.at(0, 0, 0, 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn china() -> Calendar {
        Calendar::parse(include_str!("../../../catalogue/calendars/china.tsv")).unwrap()
    }

    fn due(from: Date, days: u32) -> String {
        let from = Timestamp::from_china(from.at(17, 0, 0, 0));
        china().due(from, days).unwrap().plus_ms(-1).to_string()
    }

    #[test]
    fn the_arrangements_of_four_years_are_complete() {
        let count = |year: i16| china().exceptions.keys().filter(|d| d.year() == year).count();
        assert_eq!([2023, 2024, 2025, 2026].map(count), [25, 27, 23, 25]);
    }

    #[test]
    fn three_working_days_from_the_friday_before_national_day_end_after_it() {
        // 2024-09-29 (Sunday) was worked, 10-01 to 10-07 were off.
        assert_eq!(due(date(2024, 9, 27), 3), "2024-10-08 23:59:59");
        assert_eq!(due(date(2024, 9, 27), 1), "2024-09-29 23:59:59");
    }

    #[test]
    fn an_unknown_year_is_refused_and_not_guessed() {
        let from = Timestamp::from_china(date(2026, 12, 31).at(9, 0, 0, 0));
        assert_eq!(china().due(from, 1), Err(CalendarError::YearUnknown(2027)));
        let bad = Calendar::parse("years\t2023\t2026\n2023-01-02\tparty\t元旦");
        assert!(matches!(bad, Err(CalendarError::Line { line: 2, .. })));
    }
}
