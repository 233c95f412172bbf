//! The working-day calendar: weekends, statutory holidays and make-up days. A year whose notice is
//! not known yet is reckoned by the statutory rule, and what depends on it is provisional.

use crate::Timestamp;
use crate::statutory::Statutory;
use jiff::Span;
use jiff::civil::{Date, Time, Weekday};
use std::collections::BTreeMap;

/// Longest limit that is counted, in working days: ten years of them.
pub const WORKING_DAYS_MAX: u32 = 2_500;
/// Longest span that is looked through day by day: the years that a calendar covers are fewer.
const DAYS_MAX: usize = 5_000;
/// When the day's work ends.
pub const CLOSING: Time = Time::constant(17, 30, 0, 0);

/// Why the calendar has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Neither the State Council's arrangement for this year nor its festivals are in the data.
    #[error("the calendar has neither the notice nor the festivals of {0}")]
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

/// Days that are not what their weekday says: by notice for the years arranged, by statute for
/// those after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    first_year: i16,
    last_year: i16,
    /// `true` where the day is worked.
    exceptions: BTreeMap<Date, bool>,
    statutory: Statutory,
}

impl Calendar {
    /// Reads the data: of the notices a line `years⇥first⇥last`, then `date⇥holiday|makeup⇥name`
    /// lines; of the festivals a line a year, `year⇥春节⇥清明⇥端午⇥中秋`.
    ///
    /// # Errors
    /// [`CalendarError::Line`] names the first line that does not read.
    pub fn parse(notices: &str, festivals: &str) -> Result<Self, CalendarError> {
        let statutory = Statutory::parse(festivals)?;
        let exceptions = BTreeMap::new();
        let mut calendar = Self { first_year: 0, last_year: -1, exceptions, statutory };
        for (number, line) in (1_usize..).zip(notices.lines()) {
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

    /// The last year whose arrangement is known.
    #[must_use]
    pub const fn arranged_to(&self) -> i16 {
        self.last_year
    }

    /// Whether what is due at `due` may move when a notice comes: its last day is in a year that
    /// is not arranged yet.
    #[must_use]
    pub fn is_provisional(&self, due: Timestamp) -> bool {
        due.plus_ms(-1).china_date().year() > self.last_year
    }

    /// 除夕 of the 春节 that falls in `year`, if the year's festivals are known.
    #[must_use]
    pub fn spring_eve(&self, year: i16) -> Option<Date> {
        self.statutory.spring_eve(year)
    }

    /// Whether `date` is worked: as arranged, or else by the statutory rule.
    ///
    /// # Errors
    /// [`CalendarError::YearUnknown`] before the first year arranged and after the last whose
    /// festivals are known: a guess would be a wrong deadline.
    pub fn is_working_day(&self, date: Date) -> Result<bool, CalendarError> {
        let year = date.year();
        if year > self.last_year && self.statutory.covers(year) {
            return Ok(!is_weekend(date) && !self.statutory.is_off(date));
        }
        if !(self.first_year..=self.last_year).contains(&year) {
            return Err(CalendarError::YearUnknown(year));
        }
        Ok(self.exceptions.get(&date).copied().unwrap_or(!is_weekend(date)))
    }

    /// `due` as it is by now, when it was reckoned in working days while only the years to
    /// `arranged_to` were arranged: as many working days after that year's end as then.
    ///
    /// # Errors
    /// [`CalendarError`] as for [`Calendar::due`].
    pub fn again(&self, due: Timestamp, arranged_to: i16) -> Result<Timestamp, CalendarError> {
        let then = Self { last_year: arranged_to, ..self.clone() };
        let last = due.plus_ms(-1).china_date();
        let turn = Date::new(arranged_to, 12, 31).map_err(|_| CalendarError::TooLong)?;
        if last <= turn {
            return Ok(due);
        }
        let (mut day, mut days) = (turn, 0_u32);
        while day < last && days <= WORKING_DAYS_MAX {
            day = next(day);
            days = days.saturating_add(u32::from(then.is_working_day(day)?));
        }
        let date = self.due(start_of(turn), days)?.plus_ms(-1).china_date();
        Ok(start_of(date).plus_ms(due.0.saturating_sub(start_of(last).0)))
    }

    /// `due`, or the end of the next working day when its last day is not worked.
    ///
    /// # Errors
    /// [`CalendarError`] as for [`Calendar::due`].
    pub fn worked(&self, due: Timestamp) -> Result<Timestamp, CalendarError> {
        let last = due.plus_ms(-1).china_date();
        let worked = self.worked_from(last)?;
        Ok(if worked == last { due } else { end_of(worked) })
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
            date = next(date);
            if self.is_working_day(date)? {
                left = left.saturating_sub(1);
            }
        }
        Ok(end_of(date))
    }

    /// The end of the last of `days` calendar days after the day of `from`, or of the next working
    /// day when that day is not worked (民法典 第二百零一条、第二百零三条).
    ///
    /// # Errors
    /// [`CalendarError`] as for [`Calendar::due`].
    pub fn due_days(&self, from: Timestamp, days: u32) -> Result<Timestamp, CalendarError> {
        self.due_after(from, Span::new().try_days(days))
    }

    /// The end of the day `months` later that has the same number, of the month's last day when
    /// there is none, or of the next working day when that day is not worked (民法典 第二百零二条、
    /// 第二百零三条).
    ///
    /// # Errors
    /// [`CalendarError`] as for [`Calendar::due`].
    pub fn due_months(&self, from: Timestamp, months: u32) -> Result<Timestamp, CalendarError> {
        self.due_after(from, Span::new().try_months(months))
    }

    fn due_after(
        &self,
        from: Timestamp,
        span: Result<Span, jiff::Error>,
    ) -> Result<Timestamp, CalendarError> {
        let span = span.map_err(|_| CalendarError::TooLong)?;
        let date = from.china_date().checked_add(span).map_err(|_| CalendarError::TooLong)?;
        Ok(end_of(self.worked_from(date)?))
    }

    /// `date`, or the first working day after it when it is not worked.
    fn worked_from(&self, mut date: Date) -> Result<Date, CalendarError> {
        while !self.is_working_day(date)? {
            date = next(date);
        }
        Ok(date)
    }

    /// The end of the day's work ([`CLOSING`]) that comes next after `from`: whoever has hours of
    /// business ends a period with them (民法典 第二百零三条).
    ///
    /// # Errors
    /// [`CalendarError`] as for [`Calendar::due`].
    pub fn closing(&self, from: Timestamp) -> Result<Timestamp, CalendarError> {
        let today = from.china_date();
        let closing = Timestamp::from_china(today.to_datetime(CLOSING));
        if from < closing && self.is_working_day(today)? {
            return Ok(closing);
        }
        let day = self.worked_from(next(today))?;
        Ok(Timestamp::from_china(day.to_datetime(CLOSING)))
    }

    /// `due` after a clock of working days stood still: as many working days later as began
    /// while it did.
    ///
    /// # Errors
    /// [`CalendarError`] as for [`Calendar::due`].
    pub fn resume(
        &self,
        due: Timestamp,
        stopped: Timestamp,
        resumed: Timestamp,
    ) -> Result<Timestamp, CalendarError> {
        let (mut day, last) = (stopped.china_date(), resumed.china_date());
        let mut days = 0_u32;
        while day < last && days <= WORKING_DAYS_MAX {
            day = next(day);
            days = days.saturating_add(u32::from(self.is_working_day(day)?));
        }
        // A limit ends with its last day; a moment within a day keeps its time of day.
        let last_day = due.plus_ms(-1);
        let date = self.due(last_day, days)?.plus_ms(-1).china_date();
        let within = due.0.saturating_sub(start_of(last_day.china_date()).0);
        Ok(start_of(date).plus_ms(within))
    }

    /// When `percent` of the working days between two moments have passed, counted to the
    /// millisecond.
    ///
    /// # Errors
    /// [`CalendarError`] as for [`Calendar::due`].
    pub fn share(
        &self,
        from: Timestamp,
        due: Timestamp,
        percent: u32,
    ) -> Result<Timestamp, CalendarError> {
        let mut spans = Vec::new();
        let (mut day, mut whole) = (from.china_date(), 0_i64);
        while start_of(day) < due && spans.len() <= DAYS_MAX {
            if self.is_working_day(day)? {
                let begins = from.max(start_of(day));
                let length = due.min(end_of(day)).0.saturating_sub(begins.0);
                whole = whole.saturating_add(length);
                spans.push((begins, length));
            }
            day = next(day);
        }
        let mut left = whole.saturating_div(100).saturating_mul(percent.min(100).into());
        for (begins, length) in spans {
            if left <= length {
                return Ok(begins.plus_ms(left));
            }
            left = left.saturating_sub(length);
        }
        Ok(due)
    }
}

/// Saturday or Sunday.
pub(crate) fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

pub(crate) fn next(date: Date) -> Date {
    date.saturating_add(Span::new().days(1))
}

fn start_of(date: Date) -> Timestamp {
    Timestamp::from_china(date.at(0, 0, 0, 0))
}

/// 24:00
fn end_of(date: Date) -> Timestamp {
    start_of(next(date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const NOTICES: &str = include_str!("../../../catalogue/calendars/china.tsv");
    const FESTIVALS: &str = include_str!("../../../catalogue/calendars/festivals.tsv");

    fn china() -> Calendar {
        Calendar::parse(NOTICES, FESTIVALS).unwrap()
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

    /// A moment at which the clock in China shows `text`.
    fn at(text: &str) -> Timestamp {
        Timestamp::from_china(text.parse().unwrap())
    }

    #[test]
    fn a_period_of_days_or_months_ends_on_a_working_day() {
        let days = |from, days| china().due_days(at(from), days).unwrap().plus_ms(-1).to_string();
        assert_eq!(days("2026-09-01 09:00", 3), "2026-09-04 23:59:59");
        assert_eq!(days("2026-09-01 09:00", 4), "2026-09-07 23:59:59", "a Saturday");
        assert_eq!(days("2024-09-27 09:00", 4), "2024-10-08 23:59:59", "National Day");
        let months = |from, n| china().due_months(at(from), n).unwrap().plus_ms(-1).to_string();
        assert_eq!(months("2025-12-31 09:00", 2), "2026-02-28 23:59:59", "a make-up Saturday");
        assert_eq!(months("2026-03-31 09:00", 1), "2026-04-30 23:59:59");
        assert_eq!(china().due_days(at("2026-01-05 09:00"), u32::MAX), Err(CalendarError::TooLong));
    }

    #[test]
    fn the_days_work_ends_today_or_on_the_next_working_day() {
        let closing = |from| china().closing(at(from)).unwrap().to_string();
        assert_eq!(closing("2026-09-01 09:00"), "2026-09-01 17:30:00");
        assert_eq!(closing("2026-09-04 17:30"), "2026-09-07 17:30:00");
        assert_eq!(closing("2026-09-05 09:00"), "2026-09-07 17:30:00");
    }

    #[test]
    fn a_clock_that_stood_still_is_due_as_many_working_days_later() {
        let due = china().due(at("2026-09-01 09:00"), 3).unwrap();
        let resume = |stopped, resumed| {
            let due = china().resume(due, at(stopped), at(resumed)).unwrap();
            due.plus_ms(-1).to_string()
        };
        assert_eq!(resume("2026-09-02 09:00", "2026-09-02 17:00"), "2026-09-04 23:59:59");
        assert_eq!(resume("2026-09-02 09:00", "2026-09-03 09:00"), "2026-09-07 23:59:59");
        assert_eq!(resume("2026-09-04 09:00", "2026-09-06 09:00"), "2026-09-04 23:59:59");
        let closing = china().closing(at("2026-09-04 09:00")).unwrap();
        let later = china().resume(closing, at("2026-09-04 10:00"), at("2026-09-07 10:00"));
        assert_eq!(later.unwrap().to_string(), "2026-09-07 17:30:00");
    }

    #[test]
    fn a_share_of_a_limit_is_counted_in_working_days() {
        let from = at("2026-09-04 00:00");
        let due = china().due(from, 1).unwrap();
        let share = |percent| china().share(from, due, percent).unwrap().to_string();
        assert_eq!(share(50), "2026-09-05 00:00:00", "the end of Friday");
        assert_eq!(share(75), "2026-09-07 12:00:00", "Monday noon");
        assert_eq!(china().share(from, due, 100).unwrap(), due);
    }

    #[test]
    fn a_year_without_a_notice_is_reckoned_by_statute_and_provisional() {
        let last = china().due(at("2026-12-30 09:00"), 1).unwrap();
        assert_eq!(last.plus_ms(-1).to_string(), "2026-12-31 23:59:59");
        assert!(!china().is_provisional(last), "it ends with the year");
        let due = |from, days| china().due(at(from), days).unwrap();
        // 2027-01-01 is a Friday; 除夕 is Friday 02-05, and two holidays fall on the weekend.
        for (from, days, end) in [
            ("2026-12-31 09:00", 1, "2027-01-04 23:59:59"),
            ("2027-02-04 09:00", 1, "2027-02-11 23:59:59"),
            ("2027-04-30 09:00", 1, "2027-05-05 23:59:59"),
        ] {
            assert_eq!(due(from, days).plus_ms(-1).to_string(), end);
            assert!(china().is_provisional(due(from, days)));
        }
        let closing = china().closing(at("2026-12-31 18:00")).unwrap();
        assert_eq!(closing.to_string(), "2027-01-04 17:30:00");
        assert!(china().is_provisional(closing));
    }

    #[test]
    fn when_the_notice_comes_as_many_working_days_are_counted_again() {
        // What was known of 2026 a year before.
        let before = Calendar { last_year: 2025, ..china() };
        for days in 1..200 {
            for from in ["2025-12-20 09:00", "2025-12-31 23:00"] {
                let then = before.due(at(from), days).unwrap();
                let now = china().due(at(from), days).unwrap();
                assert_eq!(china().again(then, 2025).unwrap(), now, "{days} from {from}");
            }
        }
        let closing = before.closing(at("2025-12-31 18:00")).unwrap();
        let again = china().again(closing, 2025).unwrap();
        assert_eq!(again, china().closing(at("2025-12-31 18:00")).unwrap());
        // A day that turns out to be one off moves, any other stays.
        let end = |text: &str| end_of(text.parse().unwrap());
        assert_eq!(china().worked(end("2026-02-23")).unwrap(), end("2026-02-24"));
        assert_eq!(china().worked(end("2026-03-02")).unwrap(), end("2026-03-02"));
    }

    #[test]
    fn a_year_whose_festivals_are_unknown_is_refused_and_not_guessed() {
        let from = at("2036-12-31 09:00");
        assert_eq!(china().due(from, 1), Err(CalendarError::YearUnknown(2037)));
        assert!(matches!(
            china().due(at("2022-01-04 09:00"), 1),
            Err(CalendarError::YearUnknown(2022))
        ));
        let bad = Calendar::parse("years\t2023\t2026\n2023-01-02\tparty\t元旦", FESTIVALS);
        assert!(matches!(bad, Err(CalendarError::Line { line: 2, .. })));
    }

    /// The notices move days about, but no statutory holiday is worked in any of them.
    #[test]
    fn the_published_arrangements_keep_every_statutory_holiday() {
        let calendar = china();
        for year in 2025..=2026_i16 {
            let mut day = date(year, 1, 1);
            let mut off = 0;
            while day.year() == year {
                if calendar.statutory.is_holiday(day) {
                    off += 1;
                    assert!(!calendar.is_working_day(day).unwrap(), "{day}");
                }
                day = next(day);
            }
            assert_eq!(off, 13, "{year}");
        }
    }
}
