//! Numbers as text, both ways.

use super::{Decimal, Wide};
use std::fmt;
use std::str::FromStr;

/// The text is not a number, or one out of range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is not a number of at most 6144 places")]
pub struct NotANumber;

/// Longer literals are refused: no number has so many digits.
const TEXT_MAX: usize = 13_000;

impl FromStr for Decimal {
    type Err = NotANumber;

    /// Reads `-12.5`, `.5`, `1e-3`: digits, an optional point and an optional exponent.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        if text.len() > TEXT_MAX {
            return Err(NotANumber);
        }
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, power) = match text.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse::<i32>().map_err(|_| NotANumber)?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let pointed = mantissa.contains('.');
        if (pointed && fraction.is_empty()) || (whole.is_empty() && fraction.is_empty()) {
            return Err(NotANumber);
        }
        let exponent = i64::from(power) - i64::try_from(fraction.len()).map_err(|_| NotANumber)?;
        collect(negative, whole.chars().chain(fraction.chars()), exponent).ok_or(NotANumber)
    }
}

fn collect(negative: bool, digits: impl Iterator<Item = char>, exponent: i64) -> Option<Decimal> {
    let mut coefficient = 0_u128;
    let mut dropped = 0_i64;
    let mut rest = false;
    for digit in digits {
        let digit = u128::from(digit.to_digit(10)?);
        // Two digits more than are kept decide the rounding; of the others, whether any is left.
        if coefficient < super::power(36) {
            coefficient = coefficient * 10 + digit;
        } else {
            dropped += 1;
            rest |= digit > 0;
        }
    }
    Decimal::round(negative, Wide { high: 0, low: coefficient }, rest, exponent + dropped)
}

impl fmt::Display for Decimal {
    /// Plainly, without an exponent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.coefficient().to_string();
        let sign = if self.negative { "-" } else { "" };
        let zeros = usize::try_from(self.exponent.unsigned_abs()).unwrap_or_default();
        if self.exponent >= 0 {
            return write!(f, "{sign}{digits}{:0<zeros$}", "");
        }
        let padded = format!("{digits:0>width$}", width = zeros + 1);
        let (whole, fraction) =
            padded.split_at_checked(padded.len() - zeros).unwrap_or((&padded, ""));
        write!(f, "{sign}{whole}.{fraction}")
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
