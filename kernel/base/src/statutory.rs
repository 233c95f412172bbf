//! 法定节假日: the days that every citizen has off by statute, before a year's notice moves any.
//! 全国年节及纪念日放假办法（2024年修订，国务院令第795号）第二条、第六条.

use crate::CalendarError;
use crate::calendar::{is_weekend, next};
use jiff::Span;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Statutory holidays of the years whose festivals are known, and the working days that are off
/// in place of those on a weekend.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Statutory {
    /// With the first day of 春节.
    years: BTreeMap<i16, Date>,
    holidays: BTreeSet<Date>,
    instead: BTreeSet<Date>,
}

impl Statutory {
    /// Reads the data: a line a year, `year⇥春节⇥清明⇥端午⇥中秋`.
    ///
    /// # Errors
    /// [`CalendarError::Line`] names the first line that does not read.
    pub(crate) fn parse(text: &str) -> Result<Self, CalendarError> {
        let mut statutory = Self::default();
        for (number, line) in (1_usize..).zip(text.lines()) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            statutory
                .read(line)
                .ok_or_else(|| CalendarError::Line { line: number, text: line.to_owned() })?;
        }
        Ok(statutory)
    }

    fn read(&mut self, line: &str) -> Option<()> {
        let (year, festivals) = line.split_once('\t')?;
        let year: i16 = year.parse().ok()?;
        let festivals: Vec<Date> =
            festivals.split('\t').map(|date| date.parse().ok()).collect::<Option<_>>()?;
        let [spring, qingming, dragon_boat, mid_autumn] = *festivals.as_slice() else {
            return None;
        };
        if festivals.iter().any(|date| date.year() != year) {
            return None;
        }
        let fixed = |month, day| Date::new(year, month, day).ok();
        let eve = spring.checked_sub(Span::new().days(1)).ok()?;
        // In the order of the year, so that a day given instead is not given twice.
        for (first, days) in [
            (fixed(1, 1)?, 1),
            (eve, 4),
            (qingming, 1),
            (fixed(5, 1)?, 2),
            (dragon_boat, 1),
            (fixed(10, 1)?, 3),
            (mid_autumn, 1),
        ] {
            self.give(first, days);
        }
        self.years.insert(year, spring);
        Some(())
    }

    /// 第六条: a holiday on a Saturday or Sunday is made up for on a working day; here, as in the
    /// notices, on the first ones after the holiday.
    fn give(&mut self, first: Date, days: u32) {
        let (mut day, mut missing) = (first, 0_u32);
        for _ in 0..days {
            let taken =
                is_weekend(day) || !self.holidays.insert(day) || self.instead.contains(&day);
            self.holidays.insert(day);
            missing = missing.saturating_add(u32::from(taken));
            day = next(day);
        }
        while missing > 0 {
            if !is_weekend(day) && !self.is_off(day) {
                self.instead.insert(day);
                missing = missing.saturating_sub(1);
            }
            day = next(day);
        }
    }

    /// Whether the festivals of a year are known.
    pub(crate) fn covers(&self, year: i16) -> bool {
        self.years.contains_key(&year)
    }

    /// 除夕 of the 春节 that falls in a year.
    pub(crate) fn spring_eve(&self, year: i16) -> Option<Date> {
        self.years.get(&year)?.checked_sub(Span::new().days(1)).ok()
    }

    /// Whether `date` is a statutory holiday.
    pub(crate) fn is_holiday(&self, date: Date) -> bool {
        self.holidays.contains(&date)
    }

    /// Whether `date` is a statutory holiday, or off in place of one on a weekend.
    pub(crate) fn is_off(&self, date: Date) -> bool {
        self.is_holiday(date) || self.instead.contains(&date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn off(text: &str, month: i8) -> Vec<i8> {
        let statutory = Statutory::parse(text).unwrap();
        let all = statutory.holidays.union(&statutory.instead);
        all.filter(|date| date.month() == month).map(|date| date.day()).collect()
    }

    #[test]
    fn a_holiday_on_a_weekend_is_made_up_for_after_it() {
        let of_2027 = "2027\t2027-02-06\t2027-04-05\t2027-06-09\t2027-09-15";
        assert_eq!(off(of_2027, 1), [1]);
        assert_eq!(off(of_2027, 2), [5, 6, 7, 8, 9, 10], "初一 and 初二 are a weekend");
        assert_eq!(off(of_2027, 5), [1, 2, 3, 4], "both are a weekend");
        assert_eq!(off(of_2027, 10), [1, 2, 3, 4, 5], "the second and third are a weekend");
    }

    #[test]
    fn two_festivals_on_one_day_are_two_days() {
        let of_2028 = "2028\t2028-01-26\t2028-04-04\t2028-05-28\t2028-10-03";
        assert_eq!(off(of_2028, 10), [1, 2, 3, 4, 5], "国庆 begins on a Sunday, 中秋 is its third");
    }

    #[test]
    fn a_line_that_does_not_read_is_named() {
        for bad in
            ["2027", "2027\t2027-02-06", "2027\t2026-02-06\t2027-04-05\t2027-06-09\t2027-09-15"]
        {
            let told = Statutory::parse(&format!("# 年\n{bad}"));
            assert!(matches!(told, Err(CalendarError::Line { line: 2, .. })), "{bad}");
        }
    }
}
