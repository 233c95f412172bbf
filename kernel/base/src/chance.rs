//! Chance as a value: a stream of random bytes that follows from its seed alone.

use sha2::{Digest, Sha256};

/// Deterministic random bytes: block `i` is SHA-256(seed, i). A secret 32-byte seed makes them
/// unguessable; a fixed one makes a run repeatable.
#[derive(Clone)]
pub struct Chance {
    seed: [u8; 32],
    block: u64,
}

impl Chance {
    /// The stream that follows from `seed`.
    #[must_use]
    pub const fn new(seed: [u8; 32]) -> Self {
        Self { seed, block: 0 }
    }

    /// A stream from a small number, for tests and demonstrations; never for secrets.
    #[must_use]
    pub fn from_number(number: u64) -> Self {
        Self::new(Sha256::digest(number.to_be_bytes()).into())
    }

    /// The next 32 bytes.
    pub fn bytes(&mut self) -> [u8; 32] {
        let block = Sha256::new().chain_update(self.seed).chain_update(self.block.to_be_bytes());
        self.block = self.block.saturating_add(1);
        block.finalize().into()
    }

    /// A stream of its own, split off from this one.
    #[must_use]
    pub fn split(&mut self) -> Self {
        Self::new(self.bytes())
    }

    /// The next number below `bound`; 0 when `bound` is 0. The bias is below 2⁻³² for any bound
    /// that fits 32 bits.
    pub fn below(&mut self, bound: u64) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.bytes();
        u64::from_be_bytes([a, b, c, d, e, f, g, h]).checked_rem(bound).unwrap_or(0)
    }

    /// A fresh id key: 26 characters of Crockford base 32 in lower case, time first (as a ULID),
    /// so keys made later sort later.
    pub fn key(&mut self, at: crate::Timestamp) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let time = u128::from(u64::try_from(at.0).unwrap_or(0)) & 0xffff_ffff_ffff;
        let [a, b, c, d, e, f, g, h, i, j, ..] = self.bytes();
        let mut tail = [0_u8; 16];
        if let Some(low) = tail.get_mut(6..) {
            low.copy_from_slice(&[a, b, c, d, e, f, g, h, i, j]);
        }
        let value = (time << 80) | u128::from_be_bytes(tail);
        (0..26_u32)
            .map(|place| {
                let digit = usize::try_from((value >> (5 * (25 - place))) & 31).unwrap_or(0);
                char::from(ALPHABET.get(digit).copied().unwrap_or(b'0'))
            })
            .collect()
    }
}

impl std::fmt::Debug for Chance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chance").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn a_seed_gives_one_stream_and_keys_sort_by_time() {
        let (mut one, mut two) = (Chance::from_number(7), Chance::from_number(7));
        assert_eq!(one.bytes(), two.bytes());
        let early = one.key(Timestamp(1_000));
        let late = one.key(Timestamp(2_000));
        assert_eq!(early.len(), 26);
        assert!(early < late);
        assert!(one.below(10) < 10);
    }
}
