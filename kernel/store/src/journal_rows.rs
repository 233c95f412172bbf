//! The journal read in order: what followers, auditors and the evidence log see.

use lingnan_journal::{Datum, Fault};

/// A journal row as stored, nothing interpreted: what a verifier starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// The act's place.
    pub seq: u64,
    /// The act's canonical text, as stored.
    pub payload: String,
    /// The salt, as stored.
    pub salt: Vec<u8>,
    /// The commitment, as stored.
    pub commitment: Vec<u8>,
}

const SELECT: &str = "select seq, payload, salt, commitment from journal_act \
    where seq >= $1 order by seq limit $2";

/// At most `limit` rows from place `from` on.
///
/// # Errors
/// [`Fault`] when the engine fails or a row has other types than the journal's.
pub async fn rows_after(
    reader: &crate::Reader,
    from: u64,
    limit: u32,
) -> Result<Vec<JournalRow>, Fault> {
    let values = vec![Datum::count(from), Datum::Int(limit.into())];
    reader.query(SELECT, values).await?.into_iter().map(read).collect()
}

fn read(row: Vec<Datum>) -> Result<JournalRow, Fault> {
    match <[Datum; 4]>::try_from(row) {
        Ok([Datum::Int(seq), Datum::Text(payload), Datum::Blob(salt), Datum::Blob(commitment)]) => {
            let seq = u64::try_from(seq).unwrap_or(0);
            Ok(JournalRow { seq, payload, salt, commitment })
        }
        _ => Err(Fault::corrupt("journal_act", 0, &"a row has columns of other types")),
    }
}
