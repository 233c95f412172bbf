//! 成文日期 as it is printed.

use jiff::civil::Date;

/// `2026年1月5日`: Arabic figures, the year whole, month and day without a leading zero
/// (GB/T 9704-2012 7.3.5.4).
#[must_use]
pub fn in_words(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
