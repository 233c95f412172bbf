//! Unsigned integers of 256 bits: what products and quotients of 34-digit numbers pass through.

/// The number `high * 2^128 + low`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wide {
    pub(super) high: u128,
    pub(super) low: u128,
}

const HALF: u128 = (1 << 64) - 1;

impl Wide {
    pub(super) const ZERO: Self = Self { high: 0, low: 0 };

    /// The whole product.
    pub(super) fn product(a: u128, b: u128) -> Self {
        if let Some(low) = a.checked_mul(b) {
            return Self { high: 0, low };
        }
        let (a_high, a_low) = (a >> 64, a & HALF);
        let (b_high, b_low) = (b >> 64, b & HALF);
        let low = a_low * b_low;
        let middle = a_high * b_low + (low >> 64);
        let other = a_low * b_high + (middle & HALF);
        let high = a_high * b_high + (middle >> 64) + (other >> 64);
        Self { high, low: (other << 64) | (low & HALF) }
    }

    pub(super) fn is_zero(self) -> bool {
        self == Self::ZERO
    }

    /// The sum; what is carried out of 256 bits is lost.
    pub(super) fn plus(self, other: Self) -> Self {
        let (low, carry) = self.low.overflowing_add(other.low);
        Self { high: self.high.wrapping_add(other.high).wrapping_add(u128::from(carry)), low }
    }

    /// The difference, for `other` not above `self`.
    pub(super) fn minus(self, other: Self) -> Self {
        let (low, borrow) = self.low.overflowing_sub(other.low);
        Self { high: self.high.wrapping_sub(other.high).wrapping_sub(u128::from(borrow)), low }
    }

    /// Shifted left by less than 256 bits.
    pub(super) fn left(self, bits: u32) -> Self {
        match bits {
            0 => self,
            1..128 => Self {
                high: (self.high << bits) | (self.low >> (128 - bits)),
                low: self.low << bits,
            },
            _ => Self { high: self.low << (bits - 128), low: 0 },
        }
    }

    /// Shifted right by less than 256 bits.
    pub(super) fn right(self, bits: u32) -> Self {
        match bits {
            0 => self,
            1..128 => Self {
                high: self.high >> bits,
                low: (self.low >> bits) | (self.high << (128 - bits)),
            },
            _ => Self { high: 0, low: self.high >> (bits - 128) },
        }
    }

    /// Quotient and remainder, for a divisor from 1 to 2^127.
    pub(super) fn divided(self, divisor: u128) -> (Self, u128) {
        if self.high == 0 {
            return (Self { high: 0, low: self.low / divisor }, self.low % divisor);
        }
        let high = self.high / divisor;
        let mut rest = self.high % divisor;
        let mut low = 0;
        for place in (0..128).rev() {
            rest = (rest << 1) | ((self.low >> place) & 1);
            if rest >= divisor {
                rest -= divisor;
                low |= 1 << place;
            }
        }
        (Self { high, low }, rest)
    }

    /// The integer root and whether something is left over, for numbers below 2^254.
    pub(super) fn root(self) -> (u128, bool) {
        let mut rest = self;
        let mut root = Self::ZERO;
        let mut bit = Self { high: 1 << 126, low: 0 };
        while bit > self {
            bit = bit.right(2);
        }
        while !bit.is_zero() {
            let tried = root.plus(bit);
            root = root.right(1);
            if rest >= tried {
                rest = rest.minus(tried);
                root = root.plus(bit);
            }
            bit = bit.right(2);
        }
        (root.low, !rest.is_zero())
    }

    /// How many decimal digits it has, for numbers below 10^76.
    pub(super) fn digits(self) -> u32 {
        if self.high == 0 {
            return self.low.checked_ilog10().map_or(1, |log| log + 1);
        }
        let (upper, _) = self.divided(super::power(38));
        38 + upper.low.checked_ilog10().map_or(1, |log| log + 1)
    }
}
