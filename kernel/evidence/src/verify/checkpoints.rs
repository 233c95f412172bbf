//! Signed checkpoints in order of size, from the database, the file beside it and outside, read
//! page by page.

use super::Report;
use crate::copies::Copies;
use lingnan_journal::{Datum, Fault};
use lingnan_store::Reader;
use lingnan_tlog::{Checkpoint, Verifier};
use std::collections::{BTreeMap, VecDeque};

const SELECT: &str = "select size, root, note from evidence_checkpoint \
    where size > $1 order by size limit 1000";

/// Where a checkpoint was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Database,
    File,
    Kept,
}

/// Checkpoints in order of size.
pub(super) struct Checkpoints<'a> {
    reader: &'a Reader,
    verifier: &'a Verifier,
    page: VecDeque<Checkpoint>,
    after: i64,
    ended: bool,
    copies: Option<Copies>,
    copy: Option<Checkpoint>,
    file_newest: u64,
    kept: BTreeMap<u64, Vec<Checkpoint>>,
}

impl<'a> Checkpoints<'a> {
    pub(super) fn new(reader: &'a Reader, verifier: &'a Verifier) -> Self {
        Self {
            reader,
            verifier,
            page: VecDeque::new(),
            after: i64::MIN,
            ended: false,
            copies: None,
            copy: None,
            file_newest: 0,
            kept: BTreeMap::new(),
        }
    }

    /// Also those in the file beside the database.
    pub(super) fn with_copies(&mut self, copies: Copies, report: &mut Report) {
        self.copies = Some(copies);
        self.next_copy(report);
    }

    /// Also one that was kept elsewhere.
    pub(super) fn with_kept(&mut self, note: &str, report: &mut Report) {
        match opened(self.verifier, note) {
            Ok(checkpoint) => self.kept.entry(checkpoint.size).or_default().push(checkpoint),
            Err(why) => report.add(None, format!("所给的检查点不可用：{why}。")),
        }
    }

    /// The size of the next one.
    pub(super) async fn next_size(&mut self, report: &mut Report) -> Result<Option<u64>, Fault> {
        self.fill(report).await?;
        if self.copy.is_none() {
            // A running cell writes there before it writes to the database.
            self.next_copy(report);
        }
        let database = self.page.front().map(|checkpoint| checkpoint.size);
        let copy = self.copy.as_ref().map(|checkpoint| checkpoint.size);
        let kept = self.kept.keys().next().copied();
        Ok([database, copy, kept].into_iter().flatten().min())
    }

    /// Whether the database has a later one.
    pub(super) fn has_later(&self) -> bool {
        !self.page.is_empty()
    }

    /// Every checkpoint of `size`.
    pub(super) fn take(&mut self, size: u64, report: &mut Report) -> Vec<(Source, Checkpoint)> {
        let mut all = Vec::new();
        while let Some(next) = self.page.pop_front_if(|next| next.size == size) {
            all.push((Source::Database, next));
        }
        while let Some(next) = self.copy.take_if(|next| next.size == size) {
            all.push((Source::File, next));
            self.next_copy(report);
        }
        let kept = self.kept.remove(&size).unwrap_or_default();
        all.extend(kept.into_iter().map(|next| (Source::Kept, next)));
        all
    }

    async fn fill(&mut self, report: &mut Report) -> Result<(), Fault> {
        while self.page.is_empty() && !self.ended {
            let rows = self.reader.query(SELECT, vec![Datum::Int(self.after)]).await?;
            self.ended = rows.is_empty();
            for row in rows {
                let before = self.after;
                if let Some(Datum::Int(size)) = row.first() {
                    self.after = *size;
                }
                if before == self.after {
                    report.add(None, "evidence_checkpoint 表中有一行的列类型不对。");
                    self.ended = true;
                    continue;
                }
                self.read(&row, report);
            }
        }
        Ok(())
    }

    fn read(&mut self, row: &[Datum], report: &mut Report) {
        let [Datum::Int(size), Datum::Blob(root), Datum::Text(note)] = row else {
            report.add(None, format!("检查点{}的列类型不对。", self.after));
            return;
        };
        match opened(self.verifier, note) {
            Ok(checkpoint)
                if i64::try_from(checkpoint.size) == Ok(*size)
                    && root.as_slice() == checkpoint.root.0 =>
            {
                self.page.push_back(checkpoint);
            }
            Ok(_) => report.add(None, format!("检查点{size}的内容与其位置不符。")),
            Err(why) => report.add(None, format!("检查点{size}的签名不对：{why}。")),
        }
    }

    fn next_copy(&mut self, report: &mut Report) {
        while let Some(copies) = &mut self.copies {
            let Some(note) = copies.next() else { return };
            let read = note.map_err(|e| e.to_string());
            match read.and_then(|note| opened(self.verifier, &note)) {
                Ok(checkpoint) if checkpoint.size < self.file_newest => {
                    report.add(None, "库外检查点文件的次序被改动。");
                }
                Ok(checkpoint) => {
                    self.file_newest = checkpoint.size;
                    self.copy = Some(checkpoint);
                    return;
                }
                Err(why) => report.add(None, format!("库外检查点文件中有一份不对：{why}。")),
            }
        }
    }
}

fn opened(verifier: &Verifier, note: &str) -> Result<Checkpoint, String> {
    let checkpoint = verifier.open(note).and_then(Checkpoint::parse).map_err(|e| e.to_string())?;
    if checkpoint.origin == verifier.name() {
        Ok(checkpoint)
    } else {
        Err("它属于另一个节点".to_owned())
    }
}
