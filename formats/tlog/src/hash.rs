//! SHA-256 hashes of leaves and nodes (RFC 6962 2.1).

use crate::text;
use sha2::{Digest, Sha256};

/// A SHA-256 hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// `SHA-256(0x00 ‖ data)`
    #[must_use]
    pub fn leaf(data: &[u8]) -> Self {
        Self(Sha256::new().chain_update([0]).chain_update(data).finalize().into())
    }

    /// `SHA-256(0x01 ‖ left ‖ right)`
    #[must_use]
    pub fn node(left: Self, right: Self) -> Self {
        let hasher = Sha256::new().chain_update([1]).chain_update(left.0);
        Self(hasher.chain_update(right.0).finalize().into())
    }

    /// The root of a tree without leaves: `SHA-256()`.
    #[must_use]
    pub fn empty() -> Self {
        Self(Sha256::digest([]).into())
    }

    /// Standard base64 with padding.
    #[must_use]
    pub fn base64(self) -> String {
        text::encode(&self.0)
    }

    /// Reads standard base64; only the canonical text is accepted.
    #[must_use]
    pub fn from_base64(text: &str) -> Option<Self> {
        Some(Self(text::decode(text)?.try_into().ok()?))
    }

    /// Lower-case hexadecimal.
    #[must_use]
    pub fn hex(self) -> String {
        hex::encode(self.0)
    }

    /// Reads 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes)).filter(|hash| hash.hex() == text)
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.base64())
    }
}
