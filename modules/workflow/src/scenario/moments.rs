//! Moments at which limits are worth trying: around the long holidays of the law
//! (全国年节及纪念日放假办法 第二条), and at the end of a week.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, Weekday};
use lingnan_base::{Calendar, Timestamp};

/// A moment that a try-out may begin at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// What it is called.
    pub name: String,
    /// When, in Beijing time.
    pub at: DateTime,
    /// Whether that day is worked.
    pub working: bool,
}

/// A holiday: its name, what its first day is called, and which day that is in a year.
type Holiday = (&'static str, &'static str, fn(&Calendar, i16) -> Option<Date>);

const HOLIDAYS: [Holiday; 4] = [
    ("国庆节", "国庆节当天", |_, year| Date::new(year, 10, 1).ok()),
    ("春节", "除夕", Calendar::spring_eve),
    ("劳动节", "劳动节当天", |_, year| Date::new(year, 5, 1).ok()),
    ("元旦", "元旦当天", |_, year| Date::new(year, 1, 1).ok()),
];
/// Late in the day, when the next day is the first that counts.
const LATE: Time = Time::constant(17, 0, 0, 0);
const MORNING: Time = Time::constant(9, 0, 0, 0);
/// Days after a holiday that the calendar must know, so that short limits can be counted.
const KNOWN_DAYS: i32 = 20;
/// Days that are looked through for one that is worked: no holiday is longer.
const SEARCH_DAYS: i32 = 15;

/// The moments, those around the holidays first. A holiday whose year the calendar does not know
/// yet is the last one that it knows.
#[must_use]
pub fn moments(calendar: &Calendar, now: Timestamp) -> Vec<Moment> {
    let today = now.china_date();
    let mut all = Vec::new();
    let mut add = |name: String, date: Date, time: Time| {
        let working = calendar.is_working_day(date).unwrap_or(false);
        all.push(Moment { name, at: date.to_datetime(time), working });
    };
    for (name, first_day, of_year) in HOLIDAYS {
        let Some(first) = holiday(calendar, today, of_year) else { continue };
        if let Some(friday) = before(first, |date| date.weekday() == Weekday::Friday) {
            add(format!("{name}前的周五 17:00"), friday, LATE);
        }
        let worked = |date| calendar.is_working_day(date).unwrap_or(false);
        if let Some(last) = before(first, worked) {
            add(format!("{name}前最后一个工作日 17:00"), last, LATE);
        }
        add(format!("{first_day} 9:00"), first, MORNING);
    }
    let friday = (0..7).filter_map(|days| today.checked_add(days.days()).ok());
    if let Some(friday) = friday.into_iter().find(|date| date.weekday() == Weekday::Friday) {
        add("本周五 17:00".to_owned(), friday, LATE);
    }
    all
}

fn holiday(
    calendar: &Calendar,
    today: Date,
    of_year: fn(&Calendar, i16) -> Option<Date>,
) -> Option<Date> {
    let years = [1, 0, -1].map(|years| today.year().saturating_add(years));
    let dates = years.into_iter().filter_map(|year| of_year(calendar, year));
    let known: Vec<Date> = dates
        .filter(|date| {
            let after = date.checked_add(KNOWN_DAYS.days());
            after.is_ok_and(|after| calendar.is_working_day(after).is_ok())
        })
        .collect();
    let coming = known.iter().rev().find(|date| **date >= today);
    coming.or_else(|| known.first()).copied()
}

fn before(first: Date, wanted: impl Fn(Date) -> bool) -> Option<Date> {
    let days = (1..=SEARCH_DAYS).filter_map(|days| first.checked_sub(days.days()).ok());
    days.into_iter().find(|date| wanted(*date))
}

#[cfg(test)]
mod tests {
    use super::moments;
    use jiff::civil::date;
    use lingnan_base::{Calendar, Timestamp};

    fn told(now: jiff::civil::DateTime) -> Vec<String> {
        let calendar = include_str!("../../../../catalogue/calendars/china.tsv");
        let festivals = include_str!("../../../../catalogue/calendars/festivals.tsv");
        let calendar = Calendar::parse(calendar, festivals).unwrap();
        let all = moments(&calendar, Timestamp::from_china(now)).into_iter();
        all.map(|one| format!("{} {} {}", one.name, one.at.date(), one.working)).collect()
    }

    #[test]
    fn the_friday_before_national_day_may_be_a_holiday_itself() {
        let told = told(date(2026, 7, 1).at(8, 0, 0, 0));
        assert_eq!(told[0], "国庆节前的周五 17:00 2026-09-25 false");
        assert_eq!(told[1], "国庆节前最后一个工作日 17:00 2026-09-30 true");
        assert_eq!(told[2], "国庆节当天 9:00 2026-10-01 false");
        assert_eq!(told[12], "本周五 17:00 2026-07-03 true");
    }

    #[test]
    fn in_a_year_without_a_notice_the_statute_says_what_is_worked() {
        let told = told(date(2026, 11, 25).at(8, 0, 0, 0));
        assert_eq!(told[1], "国庆节前最后一个工作日 17:00 2027-09-30 true");
        assert_eq!(told[3], "春节前的周五 17:00 2027-01-29 true");
        assert_eq!(told[4], "春节前最后一个工作日 17:00 2027-02-04 true");
        assert_eq!(told[5], "除夕 9:00 2027-02-05 false");
    }
}
