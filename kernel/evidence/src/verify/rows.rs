//! The journal in order: every row, its streams, its leaf, and every signed root on the way.

use super::checkpoints::{Checkpoints, Source};
use super::roots::{Roots, Row};
use super::streams::{self, Streams};
use super::{Audit, Report, Running, UNSIGNED_MS_MAX, envelope};
use crate::copies::Copies;
use crate::tables::{SELECT_NEWEST, tile};
use lingnan_journal::{Datum, Fault, commitment};
use lingnan_store::{StoredRow, stored_after};
use lingnan_tlog::{Hash, entry};

/// Acts read at once.
const ROWS_MAX: u32 = 1_000;

struct Work<'a> {
    audit: &'a Audit<'a>,
    report: &'a mut Report,
    roots: Roots,
    checkpoints: Checkpoints<'a>,
    next: Option<u64>,
    place: u64,
    last_time: i64,
    /// The newest size whose signature was met, and the time of the first act after it.
    signed: u64,
    unsigned_since: Option<i64>,
    /// The newest checkpoint in the database.
    newest: u64,
    leaves: (Option<u64>, Vec<Hash>),
    has_copies: bool,
}

/// Verifies the journal.
pub(super) async fn verify(audit: &Audit<'_>, report: &mut Report) -> Result<(), Fault> {
    let newest = match audit.reader.query(SELECT_NEWEST, vec![]).await?.first().map(Vec::as_slice) {
        Some([Datum::Int(size), _]) => u64::try_from(*size).unwrap_or(0),
        _ => 0,
    };
    let mut checkpoints = Checkpoints::new(audit.reader, audit.verifier);
    let mut has_copies = false;
    if let Some(path) = &audit.copies {
        match Copies::open(path) {
            Ok(Some(copies)) => {
                has_copies = true;
                checkpoints.with_copies(copies, report);
            }
            Ok(None) if newest == 0 => {}
            Ok(None) => report.add(None, "库外检查点文件缺失：被删除或未随数据一并保存。"),
            Err(error) => report.add(None, format!("库外检查点文件读不出来：{error}。")),
        }
    }
    for note in &audit.kept {
        checkpoints.with_kept(note, report);
    }
    let next = checkpoints.next_size(report).await?;
    let mut work = Work {
        audit,
        report,
        roots: Roots::default(),
        checkpoints,
        next,
        place: 0,
        last_time: i64::MIN,
        signed: 0,
        unsigned_since: None,
        newest,
        leaves: (None, Vec::new()),
        has_copies,
    };
    work.read_all().await?;
    work.end().await
}

impl Work<'_> {
    async fn read_all(&mut self) -> Result<(), Fault> {
        let mut from = i64::MIN;
        loop {
            let rows = stored_after(self.audit.reader, from, ROWS_MAX).await?;
            let full = rows.len() == usize::try_from(ROWS_MAX).unwrap_or(usize::MAX);
            let places = rows.iter().filter_map(|row| match row {
                [Datum::Int(seq), ..] => Some(*seq),
                _ => None,
            });
            let last = places.clone().max();
            let Some(first) = places.min() else {
                for _ in &rows {
                    self.report.add(None, "journal_act 中有一行的序号不是数。");
                }
                return Ok(());
            };
            let last = last.unwrap_or(first);
            let mut streams = Streams::read(self.audit.reader, first, last).await?;
            for row in &rows {
                self.take(row, &mut streams).await?;
            }
            if !full || last == i64::MAX {
                return Ok(());
            }
            from = last.saturating_add(1);
        }
    }

    async fn take(&mut self, row: &StoredRow, streams: &mut Streams) -> Result<(), Fault> {
        let [Datum::Int(seq), ..] = row else {
            self.report.add(None, "journal_act 中有一行的序号不是数。");
            return Ok(());
        };
        let Ok(seq) = u64::try_from(*seq) else {
            self.report.add(None, format!("journal_act 中有一行的序号是{seq}：被增加。"));
            return Ok(());
        };
        self.pass_gap(seq).await?;
        let judged = self.judge(seq, row, streams);
        self.append(judged).await?;
        self.report.acts = self.report.acts.saturating_add(1);
        Ok(())
    }

    /// Acts that are not there: their logged leaves stand in, so that the rest can be judged.
    async fn pass_gap(&mut self, seq: u64) -> Result<(), Fault> {
        if self.place == seq {
            return Ok(());
        }
        let (from, last) = (self.place, seq.saturating_sub(1));
        let what = if from == last {
            "这项办理缺失：被删除。".to_owned()
        } else {
            format!("第{from}至{last}项办理缺失：被删除。")
        };
        self.report.add(Some(from), what);
        while self.place < seq && !self.roots.lost {
            self.append(Row::Gone).await?;
        }
        self.place = seq;
        Ok(())
    }

    fn judge(&mut self, seq: u64, row: &StoredRow, streams: &mut Streams) -> Row {
        let sound = match envelope::sound(row) {
            Ok(sound) => sound,
            Err(what) => {
                self.report.add(Some(seq), what);
                return Row::Gone;
            }
        };
        let computed = commitment(&sound.salt, sound.payload.as_bytes());
        let leaf = Hash::leaf(entry(self.audit.cell, seq, &computed).as_bytes());
        if computed.as_slice() != sound.commitment.as_slice() {
            let what = "内容与入账时的承诺值不符：内容、盐值或承诺值被改动。";
            self.report.add(Some(seq), what);
            return Row::Named(leaf);
        }
        let (act, mut wrong) = envelope::compare(row, &sound, self.audit.cell);
        if let Some(act) = act {
            if act.time.0 < self.last_time {
                wrong.push("时间早于上一项办理。".to_owned());
            }
            self.last_time = self.last_time.max(act.time.0);
            self.unsigned_since.get_or_insert(act.time.0);
            wrong.extend(streams.compare(&act));
        }
        let named = !wrong.is_empty();
        for what in wrong {
            self.report.add(Some(seq), what);
        }
        if named { Row::Named(leaf) } else { Row::Read(leaf) }
    }

    async fn append(&mut self, row: Row) -> Result<(), Fault> {
        let logged = self.logged().await?;
        self.roots.append(self.place, row, logged);
        self.place = self.place.saturating_add(1);
        while self.next.is_some_and(|size| size <= self.place) {
            self.meet().await?;
        }
        Ok(())
    }

    /// The leaf at this place as the tiles have it.
    async fn logged(&mut self) -> Result<Option<Hash>, Fault> {
        let index = self.place / 256;
        if self.leaves.0 != Some(index) {
            let leaves = tile(self.audit.reader, 0, index).await?;
            if leaves.is_none() && self.place < self.newest {
                self.report.add(None, format!("存证瓦片 0/{index} 缺失或被改动。"));
            }
            self.leaves = (Some(index), leaves.unwrap_or_default());
        }
        let within = usize::try_from(self.place % 256).unwrap_or(0);
        Ok(self.leaves.1.get(within).copied())
    }

    async fn meet(&mut self) -> Result<(), Fault> {
        let Some(size) = self.next else { return Ok(()) };
        let all = self.checkpoints.take(size, self.report);
        self.next = self.checkpoints.next_size(self.report).await?;
        let from = |wanted: Source| all.iter().any(|(source, _)| *source == wanted);
        if self.has_copies && from(Source::Database) && !from(Source::File) {
            self.report.add(None, format!("检查点{size}不在库外文件中：两者之一被改动。"));
        }
        if from(Source::File) && !from(Source::Database) && self.checkpoints.has_later() {
            self.report.add(None, format!("检查点{size}在数据库中缺失：被删除。"));
        }
        for (source, checkpoint) in &all {
            self.report.checkpoints = self.report.checkpoints.saturating_add(1);
            if self.place != size {
                self.report.add(None, format!("检查点{size}处没有办理，无从核对。"));
                continue;
            }
            if *source == Source::Kept && self.roots.lost {
                self.report.add(None, format!("所给的检查点（{size}项）与现有日志不符。"));
            } else if self.roots.meet(checkpoint, self.report) {
                self.report.covered = size;
            } else if *source == Source::Kept {
                let what = format!("所给的检查点（{size}项）与现有日志不符：历史被改写。");
                self.report.add(None, what);
            }
            self.signed = size;
            self.unsigned_since = None;
        }
        self.roots.compare_inner(self.audit.reader, self.newest, self.report).await
    }

    async fn end(&mut self) -> Result<(), Fault> {
        self.roots.end(self.report);
        while let Some(size) = self.next {
            for (source, _) in self.checkpoints.take(size, self.report) {
                let live = self.audit.running == Running::Yes && source == Source::File;
                if live {
                    continue;
                }
                let acts = self.place;
                let what =
                    format!("已签检查点覆盖{size}项办理，但日志只有{acts}项：有办理被删除。");
                self.report.add(None, what);
            }
            self.next = self.checkpoints.next_size(self.report).await?;
        }
        for matter in streams::stray(self.audit.reader, self.place).await? {
            let what = format!("journal_stream 中事项{matter}有一行指向不存在的办理。");
            self.report.add(None, what);
        }
        self.report.uncovered = self.place.saturating_sub(self.signed);
        let waits = self.unsigned_since.map_or(0, |since| self.audit.now.0.saturating_sub(since));
        let may_wait = self.audit.running == Running::Yes && waits <= UNSIGNED_MS_MAX;
        if self.report.uncovered > 0 && !may_wait {
            let count = self.report.uncovered;
            let what = format!(
                "末尾{count}项办理没有已签检查点覆盖：检查点被删除，或节点未正常停止；\
                 如属后者，启动节点后再核验。"
            );
            self.report.add(None, what);
        }
        Ok(())
    }
}
