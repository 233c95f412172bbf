//! Signed notes (C2SP signed-note): a text and the signatures under it; Ed25519 log keys (0x01).

use crate::Error;
use crate::key::{Kind, NamedKey, key_text, parse_key};
use crate::text::{decode, encode, is_name};
use ed25519_dalek::{Signer as _, SigningKey};

/// Most signatures read from one note; the specification asks for at least 16.
const SIGNATURES_MAX: usize = 64;
/// Bytes of the longest note: 64 signatures of the largest kind, and a text.
const NOTE_BYTES_MAX: usize = 1_000_000;
/// What a secret key's text begins with.
const SECRET: &str = "PRIVATE+KEY+";

/// A note taken apart; nothing in it is verified yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note<'a> {
    text: &'a str,
    signatures: Vec<NoteSignature<'a>>,
}

/// One signature line of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature<'a> {
    /// The signer's name.
    pub name: &'a str,
    /// The key id; with the name it says which key and which kind of signature.
    pub id: [u8; 4],
    /// The signature itself.
    pub bytes: Vec<u8>,
}

impl<'a> Note<'a> {
    /// Takes a note apart.
    ///
    /// # Errors
    /// [`Error::Note`]
    pub fn parse(note: &'a str) -> Result<Self, Error> {
        let control = note.bytes().any(|byte| byte < b' ' && byte != b'\n');
        if control || note.len() > NOTE_BYTES_MAX {
            return Err(Error::Note);
        }
        let read = || {
            let (head, lines) = note.strip_suffix('\n')?.rsplit_once("\n\n")?;
            let text = note.get(..head.len().checked_add(1)?)?;
            if lines.split('\n').count() > SIGNATURES_MAX {
                return None;
            }
            let signatures = lines.split('\n').map(signature_line).collect::<Option<_>>()?;
            Some(Self { text, signatures })
        };
        read().ok_or(Error::Note)
    }

    /// The text, with its last newline. Believe it only after a known key's signature held.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// All signatures, in order.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature<'a>] {
        &self.signatures
    }

    /// The signatures that claim to be by `key`.
    pub(crate) fn by(&self, key: &NamedKey) -> impl Iterator<Item = &NoteSignature<'a>> {
        self.signatures.iter().filter(|line| line.name == key.name && line.id == key.id)
    }
}

fn signature_line(line: &str) -> Option<NoteSignature<'_>> {
    let (name, encoded) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    let bytes = decode(encoded)?;
    let (id, signature) = bytes.split_first_chunk::<4>()?;
    let line = NoteSignature { name, id: *id, bytes: signature.to_vec() };
    Some(line).filter(|line| is_name(name) && !line.bytes.is_empty())
}

/// A signature line as it stands under a note.
pub(crate) fn line(name: &str, id: [u8; 4], signature: &[u8]) -> String {
    let mut bytes = id.to_vec();
    bytes.extend(signature);
    format!("\u{2014} {name} {}\n", encode(&bytes))
}

/// A key that signs notes under a name.
pub struct Signer {
    key: SigningKey,
    public: NamedKey,
}

impl Signer {
    /// The key that follows from a secret seed. The name must be one that a note can carry: no
    /// spaces, no plus.
    #[must_use]
    pub fn new(name: &str, seed: [u8; 32]) -> Self {
        let key = SigningKey::from_bytes(&seed);
        let public = NamedKey::new(name, Kind::Note, key.verifying_key());
        Self { key, public }
    }

    /// Reads `PRIVATE+KEY+name+keyid+base64(type ‖ seed)`.
    ///
    /// # Errors
    /// [`Error::Key`]
    pub fn parse(text: &str) -> Result<Self, Error> {
        let read = || {
            let (name, rest) = text.strip_prefix(SECRET)?.split_once('+')?;
            let (id, seed) = rest.split_once('+')?;
            let signer = Self::new(name, parse_key(seed, Kind::Note)?);
            Some(signer).filter(|signer| is_name(name) && hex::encode(signer.public.id) == id)
        };
        read().ok_or(Error::Key)
    }

    /// The secret as text, which [`Signer::parse`] reads.
    #[must_use]
    pub fn secret_text(&self) -> String {
        let seed = key_text(Kind::Note, self.key.as_bytes());
        format!("{SECRET}{}+{}+{seed}", self.public.name, hex::encode(self.public.id))
    }

    /// The key by which others verify.
    #[must_use]
    pub fn verifier(&self) -> Verifier {
        Verifier(self.public.clone())
    }

    /// The signed note of `text`, which must end with a newline.
    #[must_use]
    pub fn sign(&self, text: &str) -> String {
        let signature = self.key.sign(text.as_bytes()).to_bytes();
        format!("{text}\n{}", line(&self.public.name, self.public.id, &signature))
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").field("name", &self.public.name).finish_non_exhaustive()
    }
}

/// A key that verifies notes of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier(pub(crate) NamedKey);

impl Verifier {
    /// Reads `name+keyid+base64(0x01 ‖ key)`; the key id must be the right one.
    ///
    /// # Errors
    /// [`Error::Key`]
    pub fn parse(text: &str) -> Result<Self, Error> {
        NamedKey::parse(text, Kind::Note).map(Self)
    }

    /// `name+keyid+base64(0x01 ‖ key)`
    #[must_use]
    pub fn text(&self) -> String {
        self.0.text()
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Checks that this key signed the note. Signatures of unknown keys are passed over; one
    /// wrong signature under this key refuses the note, whatever else is under it.
    ///
    /// # Errors
    /// [`Error::Signature`] for a wrong one, [`Error::Unsigned`] for none.
    pub fn check(&self, note: &Note<'_>) -> Result<(), Error> {
        let mut verdict = Err(Error::Unsigned);
        for line in note.by(&self.0) {
            self.0.verify(note.text.as_bytes(), &line.bytes)?;
            verdict = Ok(());
        }
        verdict
    }

    /// The text of a note that this key signed.
    ///
    /// # Errors
    /// [`Error`] says why the note is not accepted.
    pub fn open<'a>(&self, note: &'a str) -> Result<&'a str, Error> {
        let note = Note::parse(note)?;
        self.check(&note)?;
        Ok(note.text)
    }
}
