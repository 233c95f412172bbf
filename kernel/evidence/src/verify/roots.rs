//! Who is right, the rows or the tiles: the signed root says. Two trees grow side by side, one
//! from the rows and one from the stored tiles; at every checkpoint at most one can be right.

use super::Report;
use crate::tables::tile;
use lingnan_journal::Fault;
use lingnan_store::Reader;
use lingnan_tlog::{Checkpoint, Hash, Tile, Tiles};

/// Differences remembered between two checkpoints; more are only counted.
const PENDING_MAX: usize = 1_000;

/// What became of an act's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// Its leaf was computed and nothing was found yet.
    Read(Hash),
    /// Its leaf was computed and the act is named already.
    Named(Hash),
    /// It is missing or cannot be read; the act is named already.
    Gone,
}

/// The two trees.
#[derive(Default)]
pub(super) struct Roots {
    from_rows: Tiles,
    from_tiles: Tiles,
    /// Acts whose leaves differ since the last checkpoint, and whether they are named already.
    pending: Vec<(u64, bool)>,
    /// Inner tiles completed since the last checkpoint.
    inner: Vec<Tile>,
    /// The size up to which everything fits a signed root.
    covered: u64,
    /// From here on no root can be computed or trusted.
    pub(super) lost: bool,
}

impl Roots {
    /// Appends an act's two leaves.
    pub(super) fn append(&mut self, seq: u64, row: Row, logged: Option<Hash>) {
        let (computed, named) = match row {
            Row::Read(leaf) => (Some(leaf), false),
            Row::Named(leaf) => (Some(leaf), true),
            Row::Gone => (None, true),
        };
        if let (Some(computed), Some(logged)) = (computed, logged)
            && computed != logged
            && self.pending.len() < PENDING_MAX
        {
            self.pending.push((seq, named));
        }
        let Some(either) = computed.or(logged) else {
            self.lost = true;
            return;
        };
        let completed = self.from_rows.append(computed.unwrap_or(either));
        self.inner.extend(completed.into_iter().filter(|tile| tile.level > 0));
        self.from_tiles.append(logged.unwrap_or(either));
    }

    /// Compares both trees with a signed root; whether it fits one of them.
    pub(super) fn meet(&mut self, checkpoint: &Checkpoint, report: &mut Report) -> bool {
        if self.lost {
            return false;
        }
        let rows_fit = self.from_rows.root() == checkpoint.root;
        let tiles_fit = self.from_tiles.root() == checkpoint.root;
        let pending = std::mem::take(&mut self.pending);
        if rows_fit {
            for (seq, _) in &pending {
                report.add(None, format!("存证瓦片中第{seq}项的条目被改动；该项办理本身完好。"));
            }
            self.from_tiles = self.from_rows.clone();
        } else if tiles_fit {
            let unnamed = pending.iter().filter(|(_, named)| !named);
            for (seq, _) in unnamed {
                let what = "内容与存证日志中的条目不符：内容与承诺值被一并改动。";
                report.add(Some(*seq), what);
            }
            self.from_rows = self.from_tiles.clone();
            self.inner.clear();
        } else {
            self.name_both(&pending, checkpoint, report);
        }
        if rows_fit || tiles_fit {
            self.covered = checkpoint.size;
        }
        rows_fit || tiles_fit
    }

    fn name_both(&mut self, pending: &[(u64, bool)], checkpoint: &Checkpoint, report: &mut Report) {
        for (seq, _) in pending.iter().filter(|(_, named)| !named) {
            report.add(Some(*seq), "内容与存证瓦片不符，且两者都与已签的根不符：至少其一被改动。");
        }
        let (from, size) = (self.covered, checkpoint.size);
        let last = size.saturating_sub(1);
        let what = format!("第{from}至{last}项办理中有改动：与已签检查点（{size}项）的根不符。");
        report.add(None, what);
        self.lost = true;
    }

    /// Differences after the last checkpoint: no signature says who is right.
    pub(super) fn end(&mut self, report: &mut Report) {
        for (seq, named) in std::mem::take(&mut self.pending) {
            if !named {
                report.add(Some(seq), "内容与存证瓦片不符，且没有已签检查点覆盖。");
            }
        }
    }

    /// Compares the inner tiles that the rows have proved with those stored.
    pub(super) async fn compare_inner(
        &mut self,
        reader: &Reader,
        newest: u64,
        report: &mut Report,
    ) -> Result<(), Fault> {
        if self.lost {
            return Ok(());
        }
        let mut expected = std::mem::take(&mut self.inner);
        if self.from_rows.size() == newest {
            expected.extend(self.from_rows.tails());
        }
        for wanted in expected {
            let found = tile(reader, wanted.level, wanted.index).await?.unwrap_or_default();
            // The lowest level is compared leaf by leaf as it is read.
            let same = found.starts_with(&wanted.hashes);
            if !same && (wanted.level > 0 || found.len() < wanted.hashes.len()) {
                let (level, index) = (wanted.level, wanted.index);
                report.add(None, format!("存证瓦片 {level}/{index} 缺失或被改动。"));
            }
        }
        Ok(())
    }
}
