//! The outside verifier: reads what is stored, recomputes everything, trusts one key.

use crate::tables::tile;
use lingnan_journal::{Act, Datum, Fault, MatterId, canonical, commitment};
use lingnan_store::{JournalRow, Reader, rows_after};
use lingnan_tlog::{Checkpoint, Hash, Tiles, Verifier, entry};
use std::collections::BTreeMap;

/// Acts read at once.
const ROWS_MAX: u32 = 2_000;
/// Findings reported one by one; a journal that is wrong throughout needs no more.
const FINDINGS_MAX: usize = 1_000;

const SELECT_CHECKPOINTS: &str =
    "select size, note from evidence_checkpoint where size > $1 order by size limit 1000";

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The act, when it is one act.
    pub seq: Option<u64>,
    /// What is wrong, in Chinese.
    pub what: String,
}

/// What verification found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Acts read.
    pub acts: u64,
    /// Checkpoints whose signature and root were checked.
    pub checkpoints: u64,
    /// Acts that the newest good checkpoint covers.
    pub covered: u64,
    /// What is wrong; empty when all is well.
    pub findings: Vec<Finding>,
}

impl Report {
    fn add(&mut self, seq: Option<u64>, what: impl Into<String>) {
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(Finding { seq, what: what.into() });
        }
    }
}

/// Recomputes the whole journal: every commitment, the chain of versions of every matter, every
/// leaf, every signed root.
///
/// # Errors
/// [`Fault`] when the store cannot be read at all; what is read and wrong is a [`Finding`].
pub async fn verify(reader: &Reader, cell: &str, verifier: &Verifier) -> Result<Report, Fault> {
    let mut work = Work {
        report: Report::default(),
        tiles: Tiles::default(),
        versions: BTreeMap::new(),
        last_time: i64::MIN,
        cell,
    };
    let mut checkpoints = checkpoints(reader, verifier, &mut work.report).await?;
    let mut expected: Vec<Hash> = Vec::new();
    loop {
        let rows = rows_after(reader, work.report.acts, ROWS_MAX).await?;
        let full = rows.len() == usize::try_from(ROWS_MAX).unwrap_or(usize::MAX);
        for row in &rows {
            let place = work.report.acts;
            if place.is_multiple_of(256) {
                expected = tile(reader, 0, place / 256).await?.unwrap_or_default();
            }
            let logged = expected.get(usize::try_from(place % 256).unwrap_or(0)).copied();
            work.take(row, logged);
            if let Some(checkpoint) = checkpoints.remove(&work.tiles.size()) {
                work.meet(&checkpoint);
            }
        }
        if !full {
            break;
        }
    }
    for size in checkpoints.keys() {
        let what =
            format!("已签检查点覆盖{size}项办理，但日志只有{}项：有办理被删除。", work.report.acts);
        work.report.add(None, what);
    }
    Ok(work.report)
}

async fn checkpoints(
    reader: &Reader,
    verifier: &Verifier,
    report: &mut Report,
) -> Result<BTreeMap<u64, Checkpoint>, Fault> {
    let mut all = BTreeMap::new();
    let mut after = 0;
    loop {
        let rows = reader.query(SELECT_CHECKPOINTS, vec![Datum::Int(after)]).await?;
        if rows.is_empty() {
            return Ok(all);
        }
        for row in rows {
            let [Datum::Int(size), Datum::Text(note)] = row.as_slice() else {
                return Err(Fault::corrupt("evidence_checkpoint", 0, &"other columns"));
            };
            after = *size;
            let opened = verifier.open(note).and_then(Checkpoint::parse);
            match opened {
                Ok(checkpoint)
                    if i64::try_from(checkpoint.size) == Ok(*size)
                        && checkpoint.origin == verifier.name() =>
                {
                    all.insert(checkpoint.size, checkpoint);
                }
                Ok(_) => report.add(None, format!("检查点{size}的内容与其位置不符。")),
                Err(error) => report.add(None, format!("检查点{size}的签名不对：{error}。")),
            }
        }
    }
}

struct Work<'a> {
    report: Report,
    tiles: Tiles,
    versions: BTreeMap<MatterId, u64>,
    last_time: i64,
    cell: &'a str,
}

impl Work<'_> {
    /// Checks one row and appends its recomputed leaf.
    fn take(&mut self, row: &JournalRow, logged: Option<Hash>) {
        let place = self.report.acts;
        if row.seq != place {
            let what = format!("第{place}项办理缺失，其后是第{}项。", row.seq);
            self.report.add(Some(place), what);
        }
        let salt = <[u8; 32]>::try_from(row.salt.as_slice()).unwrap_or_default();
        let computed = commitment(&salt, row.payload.as_bytes());
        let leaf = Hash::leaf(entry(self.cell, row.seq, &computed).as_bytes());
        let kept = computed.as_slice() == row.commitment.as_slice();
        let same_as_logged = logged.is_none_or(|logged| logged == leaf);
        if !kept {
            self.report.add(Some(row.seq), "内容与入账时的承诺值不符：内容、盐值或承诺值被改动。");
        } else if !same_as_logged {
            self.report.add(Some(row.seq), "内容与存证日志中的条目不符：内容与承诺值被一并改动。");
        } else {
            self.read(row);
        }
        // A changed act has been named; with its logged leaf in its place the signed roots tell
        // whether all the others are as they were.
        self.tiles.append(if same_as_logged { leaf } else { logged.unwrap_or(leaf) });
        self.report.acts = self.report.acts.saturating_add(1);
    }

    fn read(&mut self, row: &JournalRow) {
        let act: Act = match serde_json::from_str(&row.payload) {
            Ok(act) => act,
            Err(error) => {
                self.report.add(Some(row.seq), format!("内容读不出来：{error}。"));
                return;
            }
        };
        let written = serde_json::to_value(&act).map(|value| canonical::text(&value));
        if written.ok().as_deref() != Some(row.payload.as_str()) {
            self.report.add(Some(row.seq), "内容不是规范写法。");
        }
        if act.seq != row.seq || act.cell != self.cell {
            self.report.add(Some(row.seq), "内容中的序号或节点与所在位置不符。");
        }
        if act.time.0 < self.last_time {
            self.report.add(Some(row.seq), "时间早于上一项办理。");
        }
        self.last_time = self.last_time.max(act.time.0);
        for change in &act.changes {
            let known = self.versions.get(&change.matter).copied().unwrap_or(0);
            let count = u64::try_from(change.facts.len()).unwrap_or(u64::MAX);
            if known.saturating_add(count) != change.version && !self.has_named_an_act() {
                let what = format!("事项{}的版本不连续。", change.matter);
                self.report.add(Some(row.seq), what);
            }
            self.versions.insert(change.matter.clone(), change.version);
        }
    }

    /// After a changed act the versions of its matters are unknown, so gaps mean nothing new.
    fn has_named_an_act(&self) -> bool {
        self.report.findings.iter().any(|finding| finding.seq.is_some())
    }

    fn meet(&mut self, checkpoint: &Checkpoint) {
        self.report.checkpoints = self.report.checkpoints.saturating_add(1);
        if self.tiles.root() == checkpoint.root {
            self.report.covered = checkpoint.size;
            return;
        }
        let from = self.report.covered;
        let what = format!(
            "第{from}至{}项办理中有改动：与已签检查点（{}项）的根不符。",
            checkpoint.size.saturating_sub(1),
            checkpoint.size
        );
        self.report.add(None, what);
    }
}
