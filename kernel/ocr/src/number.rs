//! Numbers of dots: the one place where they are cut off, between whole ones and others.

/// A count of dots as a number that can be halved.
#[expect(clippy::as_conversions, reason = "fewer dots than a float counts exactly")]
pub(crate) const fn real(count: usize) -> f32 {
    count as f32
}

/// The whole part; nothing below zero.
#[expect(clippy::as_conversions, reason = "what is below or beyond is cut off, as is wanted")]
pub(crate) const fn whole(number: f32) -> usize {
    number as usize
}

/// The nearest shade.
#[expect(clippy::as_conversions, reason = "what is below or beyond is cut off, as is wanted")]
pub(crate) const fn shade(number: f32) -> u8 {
    (number + 0.5) as u8
}
