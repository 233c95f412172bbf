//! Roots, powers, logarithms: computed with 58 digits after the point, then rounded to 34.

use super::wide::Wide;
use super::{Decimal, Rounding, ten};

/// Bits after the point of a [`Wide`] that is a fraction.
const POINT: u32 = 192;

/// A signed fraction.
#[derive(Clone, Copy)]
struct Fixed {
    negative: bool,
    size: Wide,
}

impl Fixed {
    fn whole(n: u64) -> Wide {
        Wide { high: u128::from(n) << (POINT - 128), low: 0 }
    }

    /// `part / of`, for `part` below `of` and `of` below 2^120.
    fn ratio(part: u128, of: u128) -> Wide {
        let (first, rest) = Wide { high: part, low: 0 }.divided(of);
        let (second, _) = Wide { high: 0, low: rest }.left(64).divided(of);
        first.left(64).plus(second)
    }

    fn times(a: Wide, b: Wide) -> Wide {
        let middle = Wide::product(a.high, b.low).right(64);
        let other = Wide::product(a.low, b.high).right(64);
        let low = Wide::product(a.low, b.low).right(POINT);
        Wide::product(a.high, b.high).left(64).plus(middle).plus(other).plus(low)
    }

    fn plus(self, other: Self) -> Self {
        if self.negative == other.negative {
            return Self { negative: self.negative, size: self.size.plus(other.size) };
        }
        if self.size >= other.size {
            return Self { negative: self.negative, size: self.size.minus(other.size) };
        }
        Self { negative: other.negative, size: other.size.minus(self.size) }
    }

    /// Times an integer.
    fn scaled(self, n: i64) -> Self {
        let factor = u128::from(n.unsigned_abs());
        let size = Wide::product(self.size.high, factor)
            .left(128)
            .plus(Wide::product(self.size.low, factor));
        Self { negative: self.negative != (n < 0), size }
    }

    /// None when the number is above 2^60.
    fn of(number: Decimal) -> Option<Self> {
        let whole = number.abs().rounded(0, Rounding::Down)?;
        let part = number.abs().minus(whole)?;
        let whole = u64::try_from(whole.integer()?).ok().filter(|n| n.leading_zeros() >= 4)?;
        let places = -i64::from(part.exponent);
        // Behind the 36th place there is nothing that 34 digits of a result could show.
        let near = if places > 36 { part.rounded(36, Rounding::HalfEven)? } else { part };
        let unit = ten(-i64::from(near.exponent).min(0));
        let size = Self::whole(whole).plus(Self::ratio(near.coefficient(), unit));
        Some(Self { negative: number.negative, size })
    }

    /// Rounds `self * 10^power` to a number.
    fn decimal(self, power: i64) -> Option<Decimal> {
        let (kept, places) = if self.size.high >> 64 >= 10 { (20_u32, 20) } else { (36, 36) };
        let factor = super::power(kept);
        let lower = Wide::product(self.size.low, factor).right(128);
        let size = Wide::product(self.size.high, factor).plus(lower).right(POINT - 128);
        Decimal::round(self.negative, size, false, power - places)
    }
}

/// Twice the inverse hyperbolic tangent of a fraction below a half: `ln((1+t)/(1-t))`.
fn twice_artanh(t: Wide) -> Wide {
    let square = Fixed::times(t, t);
    let mut term = t;
    let mut sum = t;
    let mut n = 3;
    while !term.is_zero() {
        term = Fixed::times(term, square);
        sum = sum.plus(term.divided(n).0);
        n += 2;
    }
    sum.left(1)
}

fn ln_2() -> Fixed {
    Fixed { negative: false, size: twice_artanh(Fixed::ratio(1, 3)) }
}

/// `3 ln 2 + ln 1.25`.
fn ln_10() -> Fixed {
    let quarter = Fixed { negative: false, size: twice_artanh(Fixed::ratio(1, 9)) };
    ln_2().scaled(3).plus(quarter)
}

/// The natural logarithm of a number above nought.
fn ln(number: Decimal) -> Fixed {
    let coefficient = number.coefficient();
    let digits = coefficient.ilog10();
    let fill = super::power(33 - digits);
    // The number is `mantissa / 10^33 * 10^(digits + exponent)`, its mantissa from 1 to 10.
    let mantissa = coefficient * fill;
    let unit = super::power(33);
    // Divided by the power of two nearest to it the series is short.
    let mut twos = 0;
    let mut near = unit;
    while mantissa * 10 > near * 14 {
        near *= 2;
        twos += 1;
    }
    let gap = mantissa.abs_diff(near);
    let series = twice_artanh(Fixed::ratio(gap, mantissa + near));
    let tens = i64::from(digits) + i64::from(number.exponent);
    Fixed { negative: mantissa < near, size: series }
        .plus(ln_2().scaled(twos))
        .plus(ln_10().scaled(tens))
}

/// `e^x`; none above the range.
fn exp(x: Fixed) -> Option<Decimal> {
    let ten = ln_10();
    // How often ln 10 goes into it, by the whole bits; the rest is between 0 and ln 10.
    let times = i64::try_from(x.size.high >> 64).ok().filter(|n| *n < 20_000);
    let Some(times) = times else { return x.negative.then_some(Decimal::ZERO) };
    let mut tens = times * 1000 / 2303;
    if x.negative {
        tens = -tens - 1;
    }
    let mut rest = x.plus(ten.scaled(-tens));
    while rest.negative {
        rest = rest.plus(ten);
        tens -= 1;
    }
    while rest.size >= ten.size {
        rest = rest.plus(ten.scaled(-1));
        tens += 1;
    }
    let small = rest.size.right(6);
    let mut sum = Fixed::whole(1);
    let mut term = sum;
    let mut n = 1;
    while !term.is_zero() {
        term = Fixed::times(term, small).divided(n).0;
        sum = sum.plus(term);
        n += 1;
    }
    for _ in 0..6 {
        sum = Fixed::times(sum, sum);
    }
    Fixed { negative: false, size: sum }.decimal(tens)
}

impl Decimal {
    /// The square root; none below nought.
    pub fn sqrt(self) -> Option<Self> {
        if self.negative {
            return None;
        }
        if self.is_zero() {
            return Some(self);
        }
        let fill = 36 - self.coefficient().ilog10();
        let even = i64::from(self.exponent) - i64::from(fill) - 34;
        let odd = even.rem_euclid(2);
        let raised = self.coefficient() * super::power(fill - u32::try_from(odd).ok()?);
        let (root, rest) = Wide::product(raised, super::power(34)).root();
        Self::round(false, Wide { high: 0, low: root }, rest, (even + odd) / 2)
    }

    /// `e` to the power of it; none above the range.
    pub fn exp(self) -> Option<Self> {
        match Fixed::of(self) {
            Some(x) => exp(x),
            None => self.negative.then_some(Self::ZERO),
        }
    }

    /// The natural logarithm; none at nought and below.
    pub fn ln(self) -> Option<Self> {
        if self.negative || self.is_zero() {
            return None;
        }
        let beyond = self.minus(Self::ONE)?;
        if beyond.abs() < Self::new(1, -15)? {
            // So near to one the fraction would lose digits: three terms of the series do.
            let square = beyond.times(beyond)?;
            let cube = square.times(beyond)?;
            return beyond.minus(square.over(Self::from(2))?)?.plus(cube.over(Self::from(3))?);
        }
        ln(self).decimal(0)
    }

    /// It to the power of `other`; none where that is no number, or above the range.
    pub fn to_the(self, other: Self) -> Option<Self> {
        if let Some(times) = other.integer().and_then(|n| i32::try_from(n).ok()) {
            return self.repeated(times);
        }
        if self.is_zero() {
            return (!other.negative).then_some(Self::ZERO);
        }
        if self.negative {
            return None;
        }
        let (log, times) = (ln(self), Fixed::of(other)?);
        // Both are below 2^15 or the result is out of range: their product fits.
        if times.size.high >> 64 > 1 << 40 {
            return None;
        }
        let size = Fixed::times(log.size, times.size);
        exp(Fixed { negative: log.negative != times.negative, size })
    }

    fn repeated(self, times: i32) -> Option<Self> {
        let mut result = Self::ONE;
        let mut square = self;
        let mut left = times.unsigned_abs();
        while left > 0 {
            if left % 2 == 1 {
                result = result.times(square)?;
            }
            left /= 2;
            if left > 0 {
                square = square.times(square)?;
            }
        }
        if times < 0 { Self::ONE.over(result) } else { Some(result) }
    }
}
