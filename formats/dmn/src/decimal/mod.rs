//! Decimal numbers of 34 digits as IEEE 754 decimal128 has them, which FEEL prescribes.

mod functions;
mod rounding;
mod text;
mod wide;

pub use rounding::Rounding;
use std::cmp::Ordering;
use wide::Wide;

/// Significant digits.
const DIGITS: u32 = 34;
/// The highest power of ten of the first digit.
const POWER_MAX: i64 = 6144;
/// The lowest power of ten of the last digit.
const POWER_MIN: i64 = -6176;

/// A decimal number: exact up to 34 digits, then rounded half to even. There is one value for
/// each number: no negative zero, no infinity, no trailing zeros.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    exponent: i32,
    // Two halves keep the alignment at 8 bytes, and a value at 32.
    high: u64,
    low: u64,
}

/// 10^n for n from 0 to 38; saturates above.
fn power(n: u32) -> u128 {
    10_u128.checked_pow(n).unwrap_or(u128::MAX)
}

fn ten(n: i64) -> u128 {
    u32::try_from(n).map_or(1, power)
}

impl Decimal {
    /// Nought.
    pub const ZERO: Self = Self { negative: false, exponent: 0, high: 0, low: 0 };
    /// One.
    pub const ONE: Self = Self { negative: false, exponent: 0, high: 0, low: 1 };

    fn coefficient(self) -> u128 {
        (u128::from(self.high) << 64) | u128::from(self.low)
    }

    /// The one way to make a number: rounds to 34 digits; none above the range.
    /// `rest` says that the true value is a little above `coefficient`.
    fn round(negative: bool, coefficient: Wide, rest: bool, exponent: i64) -> Option<Self> {
        let digits = i64::from(coefficient.digits());
        let drop = (digits - i64::from(DIGITS)).max(POWER_MIN - exponent).max(0);
        if drop > digits {
            return Some(Self::ZERO);
        }
        let mut exponent = exponent + drop;
        let mut kept = Self::dropped(coefficient, rest, drop);
        if kept == power(DIGITS) {
            kept /= 10;
            exponent += 1;
        }
        Self::canonical(negative, kept, exponent)
    }

    /// The coefficient without its last digits, rounded half to even.
    fn dropped(coefficient: Wide, rest: bool, drop: i64) -> u128 {
        if drop == 0 {
            return coefficient.low;
        }
        // A power of ten above 10^37 does not fit a divisor: two steps, and what the first
        // leaves counts as rest.
        let first = (drop - 36).max(0);
        let (shorter, left) = coefficient.divided(ten(first));
        let rest = rest || left > 0;
        let (kept, left) = shorter.divided(ten(drop - first));
        let half = ten(drop - first) / 2;
        let up = match left.cmp(&half) {
            Ordering::Greater => true,
            Ordering::Equal => rest || kept.low % 2 == 1,
            Ordering::Less => false,
        };
        kept.low + u128::from(up)
    }

    /// The one spelling: exponent nearest to nought.
    fn canonical(negative: bool, mut coefficient: u128, mut exponent: i64) -> Option<Self> {
        if coefficient == 0 {
            return Some(Self::ZERO);
        }
        while exponent < 0 && coefficient.is_multiple_of(10) {
            coefficient /= 10;
            exponent += 1;
        }
        let digits = i64::from(coefficient.ilog10()) + 1;
        if digits - 1 + exponent > POWER_MAX {
            return None;
        }
        if exponent > 0 {
            let raise = exponent.min(i64::from(DIGITS) - digits);
            coefficient *= ten(raise);
            exponent -= raise;
        }
        let exponent = i32::try_from(exponent).ok()?;
        let high = u64::try_from(coefficient >> 64).ok()?;
        let low = u64::try_from(coefficient & u128::from(u64::MAX)).ok()?;
        Some(Self { negative, exponent, high, low })
    }

    /// `coefficient * 10^exponent`; none above the range.
    pub fn new(coefficient: i128, exponent: i32) -> Option<Self> {
        let wide = Wide { high: 0, low: coefficient.unsigned_abs() };
        Self::round(coefficient < 0, wide, false, i64::from(exponent))
    }

    /// Whether it is nought.
    pub fn is_zero(self) -> bool {
        self.high == 0 && self.low == 0
    }

    /// Whether it is below nought.
    pub fn is_negative(self) -> bool {
        self.negative
    }

    /// Whether nothing stands after the point.
    pub fn is_integer(self) -> bool {
        self.exponent >= 0
    }

    /// With the sign turned.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { negative: !self.negative && !self.is_zero(), ..self }
    }

    /// Without the sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self { negative: false, ..self }
    }

    /// The sum; none above the range.
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.exponent == other.exponent {
            // Both coefficients are below 2^113: the sum fits.
            let sum = self.signed() + other.signed();
            let wide = Wide { high: 0, low: sum.unsigned_abs() };
            return Self::round(sum < 0, wide, false, i64::from(self.exponent));
        }
        if self.is_zero() {
            return Some(other);
        }
        if other.is_zero() {
            return Some(self);
        }
        if self.exponent > other.exponent { self.aligned(other) } else { other.aligned(self) }
    }

    fn signed(self) -> i128 {
        let magnitude = i128::try_from(self.coefficient()).unwrap_or_default();
        if self.negative { -magnitude } else { magnitude }
    }

    /// The sum with a number of lower exponent, neither nought.
    fn aligned(self, lower: Self) -> Option<Self> {
        let gap = i64::from(self.exponent) - i64::from(lower.exponent);
        let small = Wide { high: 0, low: lower.coefficient() };
        let exponent = i64::from(lower.exponent);
        if gap <= 38 {
            let big = Wide::product(self.coefficient(), ten(gap));
            return self.merged(lower, big, small, exponent);
        }
        // Filled up to 34 digits, and then 38 places on, it reaches below every digit kept.
        let fill = i64::from(DIGITS - (self.coefficient().ilog10() + 1));
        let full = self.coefficient() * ten(fill);
        let gap = gap - fill;
        if gap <= 38 {
            return self.merged(lower, Wide::product(full, ten(gap)), small, exponent);
        }
        let exponent = i64::from(self.exponent) - fill - 3;
        let big = Wide::product(full, 1000);
        self.merged(lower, big, Wide { high: 0, low: 1 }, exponent)
    }

    fn merged(self, other: Self, big: Wide, small: Wide, exponent: i64) -> Option<Self> {
        if self.negative == other.negative {
            return Self::round(self.negative, big.plus(small), false, exponent);
        }
        if big >= small {
            return Self::round(self.negative, big.minus(small), false, exponent);
        }
        Self::round(other.negative, small.minus(big), false, exponent)
    }

    /// The difference; none above the range.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// The product; none above the range.
    pub fn times(self, other: Self) -> Option<Self> {
        let exponent = i64::from(self.exponent) + i64::from(other.exponent);
        let product = Wide::product(self.coefficient(), other.coefficient());
        Self::round(self.negative != other.negative, product, false, exponent)
    }

    /// The quotient; none when divided by nought or above the range.
    pub fn over(self, other: Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        if self.is_zero() {
            return Some(Self::ZERO);
        }
        let fill = 38 - (self.coefficient().ilog10() + 1);
        let raised = Wide::product(self.coefficient() * power(fill), power(DIGITS));
        let (quotient, rest) = raised.divided(other.coefficient());
        let exponent = i64::from(self.exponent)
            - i64::from(other.exponent)
            - i64::from(fill)
            - i64::from(DIGITS);
        Self::round(self.negative != other.negative, quotient, rest > 0, exponent)
    }

    /// The rest with the sign of the divisor, as FEEL's `modulo`; none when divided by nought.
    pub fn modulo(self, other: Self) -> Option<Self> {
        let whole = self.over(other)?.rounded(0, Rounding::Floor)?;
        self.minus(whole.times(other)?)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.larger(*other),
            (true, true) => other.larger(*self),
        }
    }
}

impl Decimal {
    /// Compares the magnitudes.
    fn larger(self, other: Self) -> Ordering {
        if self.exponent == other.exponent || self.is_zero() || other.is_zero() {
            return self.coefficient().cmp(&other.coefficient());
        }
        let first = |d: Self| i64::from(d.coefficient().ilog10()) + i64::from(d.exponent);
        let raised = |a: Self, b: Self| {
            Wide::product(a.coefficient(), ten(i64::from(a.exponent) - i64::from(b.exponent)))
        };
        first(self).cmp(&first(other)).then_with(|| {
            // The same first place: exponents differ by less than 34.
            if self.exponent > other.exponent {
                raised(self, other).cmp(&Wide { high: 0, low: other.coefficient() })
            } else {
                Wide { high: 0, low: self.coefficient() }.cmp(&raised(other, self))
            }
        })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

macro_rules! from_integer {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Decimal {
            fn from(value: $kind) -> Self {
                // Within 34 digits: never out of range.
                Self::new(i128::from(value), 0).unwrap_or(Self::ZERO)
            }
        }
    )*};
}

from_integer!(u8, u16, u32, u64, i8, i16, i32, i64);

impl TryFrom<usize> for Decimal {
    type Error = std::num::TryFromIntError;
    fn try_from(value: usize) -> Result<Self, Self::Error> {
        Ok(Self::from(u64::try_from(value)?))
    }
}

impl Decimal {
    /// As an integer, when it is one and fits.
    pub fn integer(self) -> Option<i64> {
        if !self.is_integer() {
            return None;
        }
        let scale = u32::try_from(self.exponent).ok().filter(|e| *e <= 19)?;
        self.signed().checked_mul(10_i128.pow(scale)).and_then(|n| i64::try_from(n).ok())
    }
}
