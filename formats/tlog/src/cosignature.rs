//! Cosignatures (C2SP tlog-cosignature, type 0x04): a witness states when it saw a log's head.

use crate::Error;
use crate::key::{Kind, NamedKey};
use crate::note::{Note, Verifier, line};
use ed25519_dalek::{Signer as _, SigningKey};

/// The latest time that a cosignature may carry, in seconds since 1970.
const TIME_MAX: u64 = (1 << 63) - 1;

/// What a cosignature is made of: a time and a signature over it and the note's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Seconds since 1970; a claim until the signature is verified.
    pub time: u64,
    /// The Ed25519 signature.
    pub signature: [u8; 64],
}

impl Stamp {
    /// Reads the bytes of a cosignature.
    ///
    /// # Errors
    /// [`Error::Signature`]
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let (time, signature) = bytes.split_first_chunk::<8>().ok_or(Error::Signature)?;
        let time = u64::from_be_bytes(*time);
        let signature = signature.try_into().map_err(|_| Error::Signature)?;
        if time > TIME_MAX { Err(Error::Signature) } else { Ok(Self { time, signature }) }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.time.to_be_bytes().to_vec();
        bytes.extend(self.signature);
        bytes
    }
}

fn message(time: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

/// A key that cosigns checkpoints under a name.
pub struct Cosigner {
    key: SigningKey,
    public: NamedKey,
}

impl Cosigner {
    /// The key that follows from a secret seed. One seed belongs to one name: the signed message
    /// does not say who signs.
    #[must_use]
    pub fn new(name: &str, seed: [u8; 32]) -> Self {
        let key = SigningKey::from_bytes(&seed);
        let public = NamedKey::new(name, Kind::Cosignature, key.verifying_key());
        Self { key, public }
    }

    /// The key by which others verify.
    #[must_use]
    pub fn witness(&self) -> Witness {
        Witness(self.public.clone())
    }

    /// The line to be put under the note whose text is `text`, seen at `time` (seconds since
    /// 1970, at most 2⁶³ − 1).
    #[must_use]
    pub fn cosign(&self, text: &str, time: u64) -> String {
        let time = time.min(TIME_MAX);
        let signature = self.key.sign(message(time, text).as_bytes()).to_bytes();
        line(&self.public.name, self.public.id, &Stamp { time, signature }.bytes())
    }
}

impl std::fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cosigner").field("name", &self.public.name).finish_non_exhaustive()
    }
}

/// A key that verifies the cosignatures of one witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness(pub(crate) NamedKey);

impl Witness {
    /// Reads `name+keyid+base64(0x04 ‖ key)`; the key id must be the right one.
    ///
    /// # Errors
    /// [`Error::Key`]
    pub fn parse(text: &str) -> Result<Self, Error> {
        NamedKey::parse(text, Kind::Cosignature).map(Self)
    }

    /// The witness whose key was given as a note key (0x01): same name and key, other key id.
    #[must_use]
    pub fn of(verifier: &Verifier) -> Self {
        Self(verifier.0.of_kind(Kind::Cosignature))
    }

    /// `name+keyid+base64(0x04 ‖ key)`
    #[must_use]
    pub fn text(&self) -> String {
        self.0.text()
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// When this witness cosigned the note, in seconds since 1970; the latest time if more than
    /// once, `None` if never.
    ///
    /// # Errors
    /// [`Error::Signature`] when a line under this key is wrong, which refuses the whole note.
    pub fn check(&self, note: &Note<'_>) -> Result<Option<u64>, Error> {
        let mut latest = None;
        for line in note.by(&self.0) {
            let stamp = Stamp::parse(&line.bytes)?;
            self.0.verify(message(stamp.time, note.text()).as_bytes(), &stamp.signature)?;
            latest = latest.max(Some(stamp.time));
        }
        Ok(latest)
    }
}
