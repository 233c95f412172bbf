//! What the server shows and decides from: every matter folded again, its snapshots and rows
//! compared with those stored. Rows are compared by keyed sums per bucket, so memory does not
//! grow with the tables; only what differs is looked at row by row.

use super::matters::Matters;
use super::{Report, blobs};
use lingnan_journal::{Datum, Fault, Held, MatterId, Registry, Table};
use lingnan_store::Reader;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Sums kept per table: 16 bytes each.
const BUCKETS: usize = 16_384;
/// Rows of a table read at once.
const ROWS_MAX: usize = 2_000;
/// Rows that differ looked at one by one; with more the table is named as a whole.
const SUSPECTS_MAX: usize = 20_000;

/// What is compared and by which key.
pub(super) struct Views<'a> {
    pub(super) reader: &'a Reader,
    pub(super) registry: &'a Registry,
    pub(super) blobs: Option<&'a Path>,
    pub(super) key: [u8; 32],
}

type Sums = BTreeMap<&'static str, Vec<u128>>;
/// Rows by table and key, with the matter that shows them.
type Suspects = BTreeMap<(&'static str, Vec<Datum>), (Vec<Datum>, MatterId)>;

/// Verifies snapshots and read tables.
pub(super) async fn verify(views: &Views<'_>, report: &mut Report) -> Result<(), Fault> {
    let tables = views.registry.tables();
    let mut sums: Sums = tables.iter().map(|table| (table.name, vec![0; BUCKETS])).collect();
    let mut matters = Matters::new(views.reader, views.registry);
    while let Some((id, state, facts)) = matters.next(report).await? {
        report.matters = report.matters.saturating_add(1);
        if let Some(folder) = views.blobs {
            attached(folder, &facts, report);
        }
        for row in state.rows(&id) {
            let (bucket, sum) = views.weigh(row.table, &row.values);
            if let Some(slot) = sums.get_mut(row.table.name).and_then(|t| t.get_mut(bucket)) {
                *slot = slot.wrapping_add(sum);
            }
        }
    }
    for table in tables {
        let Some(sums) = sums.get_mut(table.name) else { continue };
        views
            .read_table(table, report, |row| {
                let (bucket, sum) = views.weigh(table, row);
                if let Some(slot) = sums.get_mut(bucket) {
                    *slot = slot.wrapping_sub(sum);
                }
            })
            .await?;
    }
    let differing: BTreeMap<&'static str, BTreeSet<usize>> = sums
        .into_iter()
        .map(|(name, sums)| {
            let wrong = sums.into_iter().enumerate().filter(|(_, sum)| *sum != 0);
            (name, wrong.map(|(bucket, _)| bucket).collect())
        })
        .filter(|(_, wrong): &(_, BTreeSet<usize>)| !wrong.is_empty())
        .collect();
    if differing.is_empty() {
        return Ok(());
    }
    views.name(&differing, report).await
}

fn attached(folder: &Path, facts: &[serde_json::Value], report: &mut Report) {
    // What was destroyed in due form has left a fact that says so.
    let gone: BTreeSet<&str> =
        facts.iter().filter_map(|fact| fact.get("gone").and_then(|gone| gone.as_str())).collect();
    for fact in facts {
        blobs::attached(fact, &mut |digest| {
            if !gone.contains(digest)
                && !blobs::path(folder, digest).is_some_and(|path| path.is_file())
            {
                report.add(None, format!("附件 {digest} 缺失：文件被删除。"));
            }
        });
    }
}

impl Views<'_> {
    /// The bucket of a row's key and the row's share of its sum.
    fn weigh(&self, table: &Table, row: &[Datum]) -> (usize, u128) {
        let mut hash = Sha256::new().chain_update(self.key).chain_update(table.name);
        let mut bucket = 0;
        for (place, datum) in row.iter().enumerate() {
            match datum {
                Datum::Null => hash.update([0]),
                Datum::Int(number) => {
                    hash.update([1]);
                    hash.update(number.to_be_bytes());
                }
                Datum::Text(text) => put(&mut hash, 2, text.as_bytes()),
                Datum::Blob(bytes) => put(&mut hash, 3, bytes),
            }
            if place.saturating_add(1) == table.key_columns {
                let [a, b, ..] = <[u8; 32]>::from(hash.clone().finalize());
                bucket = usize::from(u16::from_be_bytes([a, b])) % BUCKETS;
            }
        }
        let digest = <[u8; 32]>::from(hash.finalize());
        let (front, _) = digest.split_first_chunk::<16>().unwrap_or((&[0; 16], &[]));
        (bucket, u128::from_be_bytes(*front))
    }

    async fn read_table(
        &self,
        table: &Table,
        report: &mut Report,
        mut each: impl FnMut(&[Datum]),
    ) -> Result<(), Fault> {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        let key = columns.get(..table.key_columns).unwrap_or_default().join(", ");
        let holes: Vec<String> = (1..=table.key_columns).map(|n| format!("${n}")).collect();
        let (columns, name, holes) = (columns.join(", "), table.name, holes.join(", "));
        let mut after: Option<Vec<Datum>> = None;
        loop {
            let beyond =
                if after.is_some() { format!("where ({key}) > ({holes})") } else { String::new() };
            let sql =
                format!("select {columns} from {name} {beyond} order by {key} limit {ROWS_MAX}");
            let rows = self.reader.query_text(sql, after.clone().unwrap_or_default()).await?;
            for row in &rows {
                report.rows = report.rows.saturating_add(1);
                each(row);
            }
            let last = rows.last().and_then(|row| row.get(..table.key_columns));
            let last = last.map(<[Datum]>::to_vec);
            if rows.len() < ROWS_MAX {
                return Ok(());
            }
            if last <= after {
                report.add(None, format!("表 {name} 的主键列类型不对，未能读完。"));
                return Ok(());
            }
            after = last;
        }
    }

    /// Folds again and reads again, keeping only what lies in differing buckets.
    async fn name(
        &self,
        differing: &BTreeMap<&'static str, BTreeSet<usize>>,
        report: &mut Report,
    ) -> Result<(), Fault> {
        let suspect = |table: &Table, row: &[Datum]| {
            let (bucket, _) = self.weigh(table, row);
            differing.get(table.name).is_some_and(|buckets| buckets.contains(&bucket))
        };
        let mut expected = Suspects::new();
        let mut matters = Matters::new(self.reader, self.registry);
        let mut quiet = Report::default();
        while let Some((id, state, _)) = matters.next(&mut quiet).await? {
            for row in state.rows(&id) {
                if suspect(row.table, &row.values) && expected.len() < SUSPECTS_MAX {
                    let key = row.values.get(..row.table.key_columns).unwrap_or_default();
                    let key = (row.table.name, key.to_vec());
                    expected.insert(key, (row.values, id.clone()));
                }
            }
        }
        for table in self.registry.tables() {
            if !differing.contains_key(table.name) {
                continue;
            }
            let mut wrong = Vec::new();
            let read = self.read_table(table, &mut quiet, |row| {
                if suspect(table, row) && wrong.len() < SUSPECTS_MAX {
                    let key = row.get(..table.key_columns).unwrap_or_default().to_vec();
                    match expected.remove(&(table.name, key.clone())) {
                        Some((values, _)) if values == row => {}
                        Some((_, id)) => wrong.push(format!("事项{id}的一行被改动")),
                        None => wrong.push(format!("多出一行（{}）", shown(&key))),
                    }
                }
            });
            read.await?;
            for what in wrong {
                report.add(None, format!("读表 {}：{what}。", table.name));
            }
        }
        for ((table, _), (_, id)) in expected {
            report.add(None, format!("读表 {table}：事项{id}的一行缺失。"));
        }
        Ok(())
    }
}

fn put(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
    hash.update(bytes);
}

fn shown(key: &[Datum]) -> String {
    let parts = key.iter().map(|datum| match datum {
        Datum::Null => "空".to_owned(),
        Datum::Int(number) => number.to_string(),
        Datum::Text(text) => text.clone(),
        Datum::Blob(bytes) => format!("{}字节", bytes.len()),
    });
    parts.collect::<Vec<_>>().join("，")
}

/// A matter's state, to be asked for its rows.
pub(super) type State = std::sync::Arc<dyn Held>;
