//! Taking the log up again at start: tiles are made again from the journal when they are missing,
//! and what was promised in the file outside the database is kept.

use crate::copies;
use crate::notary::{SignedCheckpoint, leaf};
use crate::tables::{SELECT_ALL_AFTER, put, tile};
use lingnan_journal::{Datum, Fault};
use lingnan_store::{Lease, Store, rows_after};
use lingnan_tlog::{Checkpoint, Tile, Tiles, Verifier};
use std::path::Path;

/// Acts read at once.
const ROWS_MAX: u32 = 4_096;
/// Tiles written in one transaction.
const TILES_MAX: usize = 1_000;

/// What the operator is told when the journal is not the one that was signed.
pub(crate) fn contradiction(size: u64) -> Fault {
    let reason = format!(
        "办理日志与已签检查点（{size}项）不符，节点不再启动，以免在被改动的日志上继续签名。\
         请先运行 lingnan verify 查明改动之处，从备份恢复数据库与 evidence.checkpoints 后再启动"
    );
    Fault::corrupt("journal_act", size, &reason)
}

/// Reads a signed checkpoint.
pub(crate) fn read(verifier: &Verifier, note: &str) -> Result<Checkpoint, Fault> {
    let opened = verifier.open(note).and_then(Checkpoint::parse);
    opened.map_err(|e| Fault::corrupt("evidence_checkpoint", 0, &e))
}

/// The right edge of the log at its newest checkpoint.
pub(crate) async fn tiles(
    lease: &Lease,
    store: &Store,
    cell: &str,
    verifier: &Verifier,
    newest: &SignedCheckpoint,
) -> Result<Tiles, Fault> {
    if newest.size == 0 {
        return Ok(Tiles::default());
    }
    let signed = read(verifier, &newest.note)?;
    if signed.size != newest.size {
        return Err(contradiction(newest.size));
    }
    let mut tails = Vec::new();
    for (level, index, width) in Tiles::tail_widths(newest.size) {
        let stored = tile(store.reader(), level, index).await?.unwrap_or_default();
        tails.push(stored.get(..width).unwrap_or_default().to_vec());
    }
    let resumed = Tiles::resume(newest.size, tails);
    if resumed.root() == signed.root {
        return Ok(resumed);
    }
    tracing::warn!(acts = newest.size, "tiles do not fit the checkpoint; making them again");
    let made = from_journal(store, cell, newest.size, None).await?;
    if made.size() != signed.size || made.root() != signed.root {
        return Err(contradiction(newest.size));
    }
    from_journal(store, cell, newest.size, Some(lease)).await
}

/// Makes tiles from the journal; writes them under `lease`, if it is given.
async fn from_journal(
    store: &Store,
    cell: &str,
    size: u64,
    lease: Option<&Lease>,
) -> Result<Tiles, Fault> {
    let mut tiles = Tiles::default();
    let mut waiting: Vec<Tile> = Vec::new();
    while tiles.size() < size {
        let rows = rows_after(store.reader(), tiles.size(), ROWS_MAX).await?;
        let before = tiles.size();
        for row in rows.iter().take_while(|row| row.seq < size) {
            if row.seq != tiles.size() {
                return Err(contradiction(size));
            }
            let completed = tiles.append(leaf(cell, row)?);
            if lease.is_some() {
                waiting.extend(completed);
            }
        }
        if tiles.size() == before {
            break;
        }
        if let Some(lease) = lease.filter(|_| waiting.len() >= TILES_MAX) {
            keep(store, lease, std::mem::take(&mut waiting)).await?;
        }
    }
    if let Some(lease) = lease {
        waiting.extend(tiles.tails());
        keep(store, lease, waiting).await?;
    }
    Ok(tiles)
}

async fn keep(store: &Store, lease: &Lease, tiles: Vec<Tile>) -> Result<(), Fault> {
    let mut statements = vec![lease.fence()];
    statements.extend(tiles.iter().flat_map(put));
    store.execute(statements).await.map(|_| ())
}

/// Compares the file of checkpoints with the database: a promise in the file that is not in the
/// database yet is given back; what the file lacks is added to it.
pub(crate) async fn promised(
    store: &Store,
    path: &Path,
    verifier: &Verifier,
    newest: &SignedCheckpoint,
) -> Result<Option<String>, Fault> {
    let failed = |e: std::io::Error| Fault::Engine(format!("reading checkpoints: {e}"));
    let last = copies::last(path).map_err(failed)?;
    let known = match &last {
        Some(note) => read(verifier, note)?.size,
        None => 0,
    };
    if known > newest.size {
        return Ok(last);
    }
    let mut after = known;
    while after < newest.size {
        for row in store.query(SELECT_ALL_AFTER, vec![Datum::count(after)]).await? {
            let [Datum::Int(size), Datum::Text(note)] = row.as_slice() else {
                return Err(Fault::corrupt("evidence_checkpoint", after, &"other columns"));
            };
            after = u64::try_from(*size).unwrap_or(u64::MAX);
            copies::append(path, note).map_err(failed)?;
        }
    }
    Ok(None)
}
