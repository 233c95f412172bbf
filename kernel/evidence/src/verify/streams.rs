//! Which acts make up a matter, as `journal_stream` says, against what the acts themselves say.

use lingnan_journal::{Act, Datum, Fault};
use lingnan_store::Reader;
use std::collections::BTreeMap;

const SELECT: &str = "select s.seq, s.matter, s.version, (select max(p.version) \
    from journal_stream p where p.matter = s.matter and p.version < s.version) \
    from journal_stream s where s.seq >= $1 and s.seq <= $2 order by s.seq";
const SELECT_STRAY: &str =
    "select matter from journal_stream where seq < 0 or seq >= $1 order by matter limit 100";

/// The stream rows of a page of acts.
pub(super) struct Streams(BTreeMap<i64, Vec<Vec<Datum>>>);

impl Streams {
    /// Reads the rows of acts `from` to `to`.
    pub(super) async fn read(reader: &Reader, from: i64, to: i64) -> Result<Self, Fault> {
        let rows = reader.query(SELECT, vec![Datum::Int(from), Datum::Int(to)]).await?;
        let mut by_seq: BTreeMap<i64, Vec<Vec<Datum>>> = BTreeMap::new();
        for row in rows {
            if let Some(Datum::Int(seq)) = row.first() {
                by_seq.entry(*seq).or_default().push(row);
            }
        }
        Ok(Self(by_seq))
    }

    /// What differs between the act's changes and the rows that name it.
    pub(super) fn compare(&mut self, act: &Act) -> Vec<String> {
        let mut rows = self.0.remove(&i64::try_from(act.seq).unwrap_or(-1)).unwrap_or_default();
        let mut wrong = Vec::new();
        for change in &act.changes {
            let key = (Datum::text(change.matter.as_str()), Datum::count(change.version));
            let place = rows.iter().position(|row| {
                matches!(row.as_slice(), [_, matter, version, _]
                    if *matter == key.0 && *version == key.1)
            });
            let Some(row) = place.map(|place| rows.swap_remove(place)) else {
                let (matter, version) = (&change.matter, change.version);
                wrong.push(format!(
                    "journal_stream 中事项{matter}第{version}版的一行缺失或被改动。"
                ));
                continue;
            };
            let before = match row.get(3) {
                Some(Datum::Int(before)) => u64::try_from(*before).unwrap_or(u64::MAX),
                _ => 0,
            };
            let count = u64::try_from(change.facts.len()).unwrap_or(u64::MAX);
            if before.saturating_add(count) != change.version {
                wrong.push(format!("journal_stream 中事项{}的版本不连续。", change.matter));
            }
        }
        let matters = rows.iter().map(|row| match row.get(1) {
            Some(Datum::Text(matter)) => matter.clone(),
            _ => "（类型不对）".to_owned(),
        });
        let stray = matters.map(|matter| {
            format!("journal_stream 中事项{matter}有一行不是这项办理所写：被增加或改动。")
        });
        wrong.extend(stray);
        wrong
    }
}

/// Rows that name acts which are not there: matters.
pub(super) async fn stray(reader: &Reader, acts: u64) -> Result<Vec<String>, Fault> {
    let rows = reader.query(SELECT_STRAY, vec![Datum::count(acts)]).await?;
    let matters = rows.into_iter().map(|row| match row.into_iter().next() {
        Some(Datum::Text(matter)) => matter,
        _ => "（类型不对）".to_owned(),
    });
    Ok(matters.collect())
}
