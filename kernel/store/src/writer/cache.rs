//! Matters the writer has at hand, with the rows they show.

use lingnan_journal::{Held, Loaded, MatterId, Row};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Matters kept; the rest are read again when needed.
const MATTERS_MAX: usize = 50_000;

/// A matter at hand.
#[derive(Clone)]
pub(crate) struct Entry {
    /// Version and state.
    pub(crate) loaded: Loaded,
    /// The rows it shows, once they were computed.
    pub(crate) rows: Option<Arc<Vec<Row>>>,
    used: u64,
}

/// The matters at hand; forgets those not used for longest.
#[derive(Default)]
pub(crate) struct Cache {
    entries: BTreeMap<MatterId, Entry>,
    tick: u64,
}

impl Cache {
    /// A matter, if it is at hand.
    pub(crate) fn get(&mut self, id: &MatterId) -> Option<&Entry> {
        self.tick = self.tick.saturating_add(1);
        let tick = self.tick;
        let entry = self.entries.get_mut(id)?;
        entry.used = tick;
        Some(entry)
    }

    /// Keeps a matter at hand.
    pub(crate) fn put(&mut self, id: MatterId, loaded: Loaded, rows: Option<Arc<Vec<Row>>>) {
        self.tick = self.tick.saturating_add(1);
        self.entries.insert(id, Entry { loaded, rows, used: self.tick });
    }

    /// Forgets a matter that another process has moved.
    pub(crate) fn forget(&mut self, id: &MatterId) {
        self.entries.remove(id);
    }

    /// Forgets everything: what is at hand may not be what is stored.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    /// Whether there are more than shall be kept.
    pub(crate) fn is_full(&self) -> bool {
        self.entries.len() > MATTERS_MAX
    }

    /// Forgets the older half when there are too many. Not to be called within a batch.
    pub(crate) fn trim(&mut self) {
        if !self.is_full() {
            return;
        }
        let mut used: Vec<u64> = self.entries.values().map(|entry| entry.used).collect();
        used.sort_unstable();
        let middle = used.get(used.len() / 2).copied().unwrap_or(0);
        self.entries.retain(|_, entry| entry.used > middle);
    }
}

/// The rows of a state.
pub(crate) fn rows_of(state: &Arc<dyn Held>, id: &MatterId) -> Vec<Row> {
    state.rows(id)
}
