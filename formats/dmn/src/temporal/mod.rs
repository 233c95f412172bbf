//! Dates, times and durations as FEEL has them: years of up to nine digits, nanoseconds, zones.

mod date;
mod date_time;
mod duration;
mod time;
mod zone;

pub use date::Date;
pub use date_time::DateTime;
pub use duration::{Days, Months};
pub use time::Time;
pub use zone::Zone;

/// Nanoseconds of a second.
pub(crate) const SECOND: i128 = 1_000_000_000;
/// Seconds of a day.
pub(crate) const DAY_SECONDS: i64 = 86_400;

/// The number that a text of one to `max` digits is.
fn digits(text: &str, max: usize) -> Option<i64> {
    let plain = !text.is_empty() && text.len() <= max && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// The number that a text of two digits is, when it is at most `max`.
fn two(text: &str, max: u8) -> Option<u8> {
    let number = (text.len() == 2).then(|| digits(text, 2)).flatten()?;
    u8::try_from(number).ok().filter(|n| *n <= max)
}

/// The nanoseconds that the digits after a point are; what lies behind the ninth is dropped.
fn fraction(text: &str) -> Option<u32> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let nine: String = text.chars().chain("000000000".chars()).take(9).collect();
    nine.parse().ok()
}

/// `.5` for half a second's nanoseconds, nothing for none.
fn written_fraction(nanos: u32) -> String {
    if nanos == 0 {
        return String::new();
    }
    format!(".{}", format!("{nanos:09}").trim_end_matches('0'))
}
