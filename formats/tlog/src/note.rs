//! Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint), signed with Ed25519.

use crate::Hash;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// The signature type of a log's own Ed25519 key.
const ED25519: u8 = 0x01;
/// Most signatures read from one note.
const SIGNATURES_MAX: usize = 64;

/// Why a note is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// The text is not a signed note.
    #[error("the text is not a signed note")]
    Note,
    /// The text is not a checkpoint.
    #[error("the note is not a checkpoint")]
    Checkpoint,
    /// The key is not written as one.
    #[error("the verifier key does not read")]
    Key,
    /// A known key's signature is wrong: the whole note is refused.
    #[error("the signature of a known key is wrong")]
    Signature,
    /// No known key signed.
    #[error("no known key signed the note")]
    Unsigned,
}

/// The head of a log: origin, size, root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: String,
    /// How many leaves.
    pub size: u64,
    /// Their root.
    pub root: Hash,
}

impl Checkpoint {
    /// The three lines that are signed; we write no extension lines.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root.base64())
    }

    /// Reads the three lines; further lines are extensions and passed over.
    ///
    /// # Errors
    /// [`NoteError::Checkpoint`]
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let mut lines = text.lines();
        let mut next = || lines.next().filter(|line| !line.is_empty());
        let read = || {
            let origin = next()?.to_owned();
            let size = next()?;
            let canonical = size == "0" || !size.starts_with(['0', '+', '-']);
            let size = size.parse().ok().filter(|_| canonical)?;
            Some(Self { origin, size, root: Hash::from_base64(next()?)? })
        };
        let mut read = read;
        read().ok_or(NoteError::Checkpoint)
    }
}

fn key_id(name: &str, key: &[u8; 32]) -> [u8; 4] {
    let digest = Sha256::new()
        .chain_update(name.as_bytes())
        .chain_update(b"\n")
        .chain_update([ED25519])
        .chain_update(key)
        .finalize();
    let [a, b, c, d, ..] = <[u8; 32]>::from(digest);
    [a, b, c, d]
}

/// A key that signs notes under a name.
pub struct Signer {
    name: String,
    key: SigningKey,
}

impl Signer {
    /// The key that follows from a secret seed.
    #[must_use]
    pub fn new(name: &str, seed: [u8; 32]) -> Self {
        Self { name: name.to_owned(), key: SigningKey::from_bytes(&seed) }
    }

    /// The key by which others verify.
    #[must_use]
    pub fn verifier(&self) -> Verifier {
        Verifier { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// The signed note of `text`, which must end with a newline.
    #[must_use]
    pub fn sign(&self, text: &str) -> String {
        let signature = self.key.sign(text.as_bytes()).to_bytes();
        let id = key_id(&self.name, self.key.verifying_key().as_bytes());
        let mut bytes = id.to_vec();
        bytes.extend(signature);
        format!("{text}\n\u{2014} {} {}\n", self.name, STANDARD.encode(bytes))
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A key that verifies notes of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    key: VerifyingKey,
}

impl Verifier {
    /// Reads `name+keyid+base64(type ‖ key)`; the key id must be the right one.
    ///
    /// # Errors
    /// [`NoteError::Key`]
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let read = || {
            let (name, rest) = text.trim().split_once('+')?;
            let (id, key) = rest.split_once('+')?;
            let bytes = STANDARD.decode(key).ok()?;
            let (kind, key) = bytes.split_first()?;
            let key: [u8; 32] = key.try_into().ok()?;
            let plain = !name.is_empty() && !name.contains(char::is_whitespace);
            let written: String = key_id(name, &key).iter().map(|b| format!("{b:02x}")).collect();
            if !plain || *kind != ED25519 || written != id {
                return None;
            }
            let key = VerifyingKey::from_bytes(&key).ok()?;
            Some(Self { name: name.to_owned(), key })
        };
        read().ok_or(NoteError::Key)
    }

    /// `name+keyid+base64(type ‖ key)`
    #[must_use]
    pub fn text(&self) -> String {
        let id = key_id(&self.name, self.key.as_bytes());
        let id: String = id.iter().map(|b| format!("{b:02x}")).collect();
        let mut bytes = vec![ED25519];
        bytes.extend(self.key.as_bytes());
        format!("{}+{id}+{}", self.name, STANDARD.encode(bytes))
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text of a note that this key signed. Signatures of unknown keys are passed over; a
    /// wrong signature under this key refuses the note.
    ///
    /// # Errors
    /// [`NoteError`] says why the note is not accepted.
    pub fn open<'a>(&self, note: &'a str) -> Result<&'a str, NoteError> {
        let control = note.chars().any(|c| c.is_control() && c != '\n');
        let at = note.rfind("\n\n").filter(|_| !control && note.ends_with('\n'));
        let (text, signatures) =
            at.and_then(|at| note.split_at_checked(at.saturating_add(1))).ok_or(NoteError::Note)?;
        let signatures = signatures.strip_prefix('\n').ok_or(NoteError::Note)?;
        let mut signed = false;
        if signatures.lines().count() > SIGNATURES_MAX {
            return Err(NoteError::Note);
        }
        let own = key_id(&self.name, self.key.as_bytes());
        for line in signatures.lines() {
            let (name, id, signature) = signature_line(line).ok_or(NoteError::Note)?;
            if name != self.name || id != own {
                continue;
            }
            let signature = Signature::from_slice(&signature).map_err(|_| NoteError::Signature)?;
            self.key
                .verify_strict(text.as_bytes(), &signature)
                .map_err(|_| NoteError::Signature)?;
            signed = true;
        }
        if signed { Ok(text) } else { Err(NoteError::Unsigned) }
    }
}

fn signature_line(line: &str) -> Option<(&str, [u8; 4], Vec<u8>)> {
    let (name, encoded) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    let bytes = STANDARD.decode(encoded).ok()?;
    let (id, signature) = bytes.split_first_chunk::<4>()?;
    (!name.is_empty() && !name.contains('+')).then(|| (name, *id, signature.to_vec()))
}
