//! One process a data directory: a second one would write the same log. The kernel lets go of the
//! lock when the process ends, however it ends.

use anyhow::Context;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

const FILE: &str = "serving.lock";

/// Whether several processes may share the data directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// SQLite: one writer.
    Alone,
    /// PostgreSQL: the lease in the database says who signs.
    Shared,
}

/// Takes the lock; it is held until the file is dropped.
///
/// # Errors
/// When another process holds it or the file cannot be made.
pub fn take(data: &Path, sharing: Sharing) -> anyhow::Result<File> {
    let path = data.join(FILE);
    let file = OpenOptions::new().create(true).append(true).open(&path);
    let file = file.with_context(|| format!("opening {}", path.display()))?;
    let taken = match sharing {
        Sharing::Alone => file.try_lock(),
        Sharing::Shared => file.try_lock_shared(),
    };
    match taken {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => anyhow::bail!(
            "数据目录 {} 正由另一个进程使用；SQLite 节点同时只能运行一个，重算读表须独占，请先停止它",
            data.display()
        ),
        Err(TryLockError::Error(error)) => Err(error).context("locking the data directory"),
    }
}

/// Whether a process serves from the data directory now.
#[must_use]
pub fn is_held(data: &Path) -> bool {
    let Ok(file) = OpenOptions::new().append(true).open(data.join(FILE)) else { return false };
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}
