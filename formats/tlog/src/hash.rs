//! SHA-256 hashes of leaves and nodes (RFC 6962 2.1).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
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
        STANDARD.encode(self.0)
    }

    /// Reads standard base64; only the canonical text is accepted.
    #[must_use]
    pub fn from_base64(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.base64())
    }
}
