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

/// A row of `journal_act` as the engine returns it, every column, whatever its type: column by
/// column `seq, act_id, command, person, post, unit, time_ms, payload, salt, commitment`.
pub type StoredRow = [Datum; 10];

const SELECT_STORED: &str = "select seq, act_id, command, person, post, unit, time_ms, payload, \
    salt, commitment from journal_act where seq >= $1 order by seq limit $2";
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

/// At most `limit` rows from place `from` on, with every column and no type presumed: what is
/// damaged must be reportable.
///
/// # Errors
/// [`Fault`] when the engine fails.
pub async fn stored_after(
    reader: &crate::Reader,
    from: i64,
    limit: u32,
) -> Result<Vec<StoredRow>, Fault> {
    let values = vec![Datum::Int(from), Datum::Int(limit.into())];
    let rows = reader.query(SELECT_STORED, values).await?;
    let fixed = rows.into_iter().map(StoredRow::try_from).collect::<Result<_, _>>();
    fixed.map_err(|_| Fault::corrupt("journal_act", 0, &"a row has other columns"))
}
