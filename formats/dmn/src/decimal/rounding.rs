//! Rounding to a number of places after the point.

use super::wide::Wide;
use super::{Decimal, ten};
use std::cmp::Ordering;

/// Which way a dropped part goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Towards minus infinity.
    Floor,
    /// Towards plus infinity.
    Ceiling,
    /// Away from nought.
    Up,
    /// Towards nought.
    Down,
    /// To the nearest, a half away from nought (四舍五入).
    HalfUp,
    /// To the nearest, a half towards nought.
    HalfDown,
    /// To the nearest, a half to the even neighbour.
    HalfEven,
}

impl Decimal {
    /// With at most `places` digits after the point (before it, when negative); none above the
    /// range.
    pub fn rounded(self, places: i64, rounding: Rounding) -> Option<Self> {
        let drop = places.checked_neg()?.checked_sub(i64::from(self.exponent))?;
        if drop <= 0 || self.is_zero() {
            return Some(self);
        }
        // More than 34 digits dropped leave nothing: one is as good as any.
        let drop = drop.min(36);
        let unit = ten(drop);
        let (kept, left) = (self.coefficient() / unit, self.coefficient() % unit);
        let nearest = left.cmp(&(unit / 2));
        let up = left > 0
            && match rounding {
                Rounding::Floor => self.negative,
                Rounding::Ceiling => !self.negative,
                Rounding::Up => true,
                Rounding::Down => false,
                Rounding::HalfUp => nearest != Ordering::Less,
                Rounding::HalfDown => nearest == Ordering::Greater,
                Rounding::HalfEven => {
                    nearest == Ordering::Greater || (nearest == Ordering::Equal && kept % 2 == 1)
                }
            };
        let kept = Wide { high: 0, low: kept + u128::from(up) };
        Self::round(self.negative, kept, false, places.checked_neg()?)
    }
}
