//! Named keys: how a verifier key is written and how its key id follows from it (C2SP signed-note).

use crate::Error;
use crate::text::{decode, encode, is_name};
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

/// What a key signs: the signature type byte of C2SP signed-note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 0x01, the note's text.
    Note,
    /// 0x04, a time and the note's text.
    Cosignature,
}

impl Kind {
    pub(crate) const fn byte(self) -> u8 {
        match self {
            Self::Note => 0x01,
            Self::Cosignature => 0x04,
        }
    }
}

/// `SHA-256(name ‖ "\n" ‖ type ‖ key)`, its first four bytes.
pub(crate) fn key_id(name: &str, kind: Kind, key: &[u8; 32]) -> [u8; 4] {
    let hasher = Sha256::new().chain_update(name.as_bytes()).chain_update(b"\n");
    let digest = hasher.chain_update([kind.byte()]).chain_update(key).finalize();
    let [a, b, c, d, ..] = <[u8; 32]>::from(digest);
    [a, b, c, d]
}

/// A public Ed25519 key under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedKey {
    pub(crate) name: String,
    pub(crate) id: [u8; 4],
    kind: Kind,
    key: VerifyingKey,
}

impl NamedKey {
    pub(crate) fn new(name: &str, kind: Kind, key: VerifyingKey) -> Self {
        Self { name: name.to_owned(), id: key_id(name, kind, key.as_bytes()), kind, key }
    }

    /// Reads `name+keyid+base64(type ‖ key)`; the key id must be the right one and the key no
    /// point of small order.
    pub(crate) fn parse(text: &str, kind: Kind) -> Result<Self, Error> {
        let read = || {
            let (name, rest) = text.split_once('+')?;
            let (id, key) = rest.split_once('+')?;
            let key = parse_key(key, kind)?;
            let key = VerifyingKey::from_bytes(&key).ok().filter(|key| !key.is_weak())?;
            let named = Self::new(name, kind, key);
            Some(named).filter(|named| is_name(name) && hex::encode(named.id) == id)
        };
        read().ok_or(Error::Key)
    }

    pub(crate) fn text(&self) -> String {
        format!(
            "{}+{}+{}",
            self.name,
            hex::encode(self.id),
            key_text(self.kind, self.key.as_bytes())
        )
    }

    /// The same key for another kind of signature.
    pub(crate) fn of_kind(&self, kind: Kind) -> Self {
        Self::new(&self.name, kind, self.key)
    }

    pub(crate) fn is_same_key(&self, other: &Self) -> bool {
        self.key == other.key
    }

    /// One rule for all edge cases of Ed25519: `verify_strict`, which refuses non-canonical
    /// numbers and points of small order.
    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Error> {
        let signature = Signature::from_slice(signature).map_err(|_| Error::Signature)?;
        self.key.verify_strict(message, &signature).map_err(|_| Error::Signature)
    }
}

/// Reads `base64(type ‖ key)`, for public keys and for secret seeds.
pub(crate) fn parse_key(text: &str, kind: Kind) -> Option<[u8; 32]> {
    let bytes = decode(text)?;
    let (first, key) = bytes.split_first()?;
    key.try_into().ok().filter(|_| *first == kind.byte())
}

/// `base64(type ‖ key)`
pub(crate) fn key_text(kind: Kind, key: &[u8; 32]) -> String {
    let mut bytes = vec![kind.byte()];
    bytes.extend(key);
    encode(&bytes)
}
