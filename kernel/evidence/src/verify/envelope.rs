//! Every column of a journal row against the payload it stands beside.

use lingnan_journal::{Act, Datum, canonical};
use lingnan_store::StoredRow;

/// A row whose columns have the journal's types.
pub(super) struct Sound {
    /// The payload, as stored.
    pub(super) payload: String,
    /// The salt, as stored.
    pub(super) salt: [u8; 32],
    /// The commitment, as stored.
    pub(super) commitment: Vec<u8>,
}

/// The parts that are hashed; an error names the columns of other types.
pub(super) fn sound(row: &StoredRow) -> Result<Sound, String> {
    let [_, act_id, command, person, post, unit, time, payload, salt, commitment] = row;
    let is_text = |datum: &Datum| matches!(datum, Datum::Text(_));
    let is_name = |datum: &Datum| matches!(datum, Datum::Text(_) | Datum::Null);
    let salt_bytes = match salt {
        Datum::Blob(bytes) => <[u8; 32]>::try_from(bytes.as_slice()).ok(),
        _ => None,
    };
    let checks = [
        ("act_id", is_text(act_id)),
        ("command", is_text(command)),
        ("person", is_name(person)),
        ("post", is_name(post)),
        ("unit", is_name(unit)),
        ("time_ms", matches!(time, Datum::Int(_))),
        ("payload", is_text(payload)),
        ("salt", salt_bytes.is_some()),
        ("commitment", matches!(commitment, Datum::Blob(_))),
    ];
    let wrong: Vec<&str> = checks.iter().filter(|(_, ok)| !ok).map(|(name, _)| *name).collect();
    match (payload, salt_bytes, commitment, wrong.is_empty()) {
        (Datum::Text(payload), Some(salt), Datum::Blob(commitment), true) => {
            Ok(Sound { payload: payload.clone(), salt, commitment: commitment.clone() })
        }
        _ => Err(format!("{}列的类型不对或为空。", wrong.join("、"))),
    }
}

/// Reads the payload and compares every column with it; gives what differs.
pub(super) fn compare(row: &StoredRow, sound: &Sound, cell: &str) -> (Option<Act>, Vec<String>) {
    let act: Act = match serde_json::from_str(&sound.payload) {
        Ok(act) => act,
        Err(error) => return (None, vec![format!("内容读不出来：{error}。")]),
    };
    let mut wrong = Vec::new();
    let written = serde_json::to_value(&act).map(|value| canonical::text(&value));
    if written.ok().as_deref() != Some(sound.payload.as_str()) {
        wrong.push("内容不是规范写法。".to_owned());
    }
    if act.cell != cell {
        wrong.push("内容中的节点与所在日志不符。".to_owned());
    }
    let seat = act.actor.seat();
    let expected = [
        ("seq", Datum::count(act.seq)),
        ("act_id", Datum::text(act.id.as_str())),
        ("command", Datum::text(act.command.as_str())),
        ("person", Datum::optional_text(seat.map(|seat| seat.person.as_str()))),
        ("post", Datum::optional_text(seat.map(|seat| seat.post.as_str()))),
        ("unit", Datum::optional_text(seat.map(|seat| seat.unit.as_str()))),
        ("time_ms", Datum::Int(act.time.0)),
    ];
    for ((name, expected), stored) in expected.iter().zip(row) {
        if expected != stored {
            wrong.push(format!("{name}列与内容不符：列被改动。"));
        }
    }
    (Some(act), wrong)
}
