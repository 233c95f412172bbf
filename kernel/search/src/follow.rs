//! Search follows the journal: what acts changed is indexed in batches, and how far that goes is
//! noted in the same commit, so that after any end nothing is lost and nothing doubled.

use crate::index::{Entry, Index, Looking, SearchError};
use futures_util::future::BoxFuture;
use lingnan_journal::{Fault, MatterId};
use lingnan_store::{Store, rows_after};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::Mutex;

/// Acts read and committed at once.
const ACTS_MAX: u32 = 512;
/// How often the index looks for new acts: what was done is found within a second.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// What a module tells of its matters, so that they are found.
pub trait Findable: Send + Sync {
    /// The kinds of matter that may be found.
    fn kinds(&self) -> &'static [&'static str];
    /// What is to be found of a matter as it is now; nothing of one that is not found by itself.
    fn entry<'a>(
        &'a self,
        store: &'a Store,
        matter: &'a MatterId,
    ) -> BoxFuture<'a, Result<Option<Entry>, Fault>>;
    /// SQL for rows `(entry, place)`: an entry is found by whoever may see one of its places,
    /// which are matters themselves, and is opened there.
    fn places(&self) -> &'static str;
}

/// How far the journal was indexed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Mark {
    /// The first act that was not.
    next: u64,
    /// The commitment of the last that was: tells whether it is still the same journal.
    commitment: String,
}

impl Mark {
    fn read(note: &str) -> Self {
        let read = || {
            let (next, commitment) = note.split_once(' ')?;
            Some(Self { next: next.parse().ok()?, commitment: commitment.to_owned() })
        };
        read().unwrap_or_default()
    }

    fn text(&self) -> String {
        format!("{} {}", self.next, self.commitment)
    }
}

struct Open {
    index: Index,
    mark: Mark,
}

struct Shared {
    folder: PathBuf,
    store: Store,
    findable: Arc<dyn Findable>,
    open: Mutex<Option<Open>>,
    looking: RwLock<Option<Looking>>,
    next: AtomicU64,
}

/// The search of a cell: its index, and its following; cheap to clone.
#[derive(Clone)]
pub struct Search(Arc<Shared>);

/// What is read of an act: the matters it changed.
#[derive(Deserialize)]
struct Changed {
    changes: Vec<OfMatter>,
}

#[derive(Deserialize)]
struct OfMatter {
    matter: MatterId,
}

impl Search {
    /// A search whose index is in `folder`; it is opened when it is first caught up.
    #[must_use]
    pub fn new(folder: PathBuf, store: Store, findable: Arc<dyn Findable>) -> Self {
        Self(Arc::new(Shared {
            folder,
            store,
            findable,
            open: Mutex::new(None),
            looking: RwLock::new(None),
            next: AtomicU64::new(0),
        }))
    }

    /// Follows the journal until the process ends.
    pub async fn run(self) {
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut failing = false;
        loop {
            ticks.tick().await;
            match self.catch_up().await {
                Ok(()) => failing = false,
                Err(fault) if failing => tracing::debug!(%fault, "search still falls behind"),
                Err(fault) => {
                    failing = true;
                    tracing::warn!(%fault, "search falls behind the journal; trying again");
                }
            }
        }
    }

    /// Indexes every act there is.
    ///
    /// # Errors
    /// [`Fault`] when the engine or the index fails; what was committed stays, and the next time
    /// goes on from there.
    pub async fn catch_up(&self) -> Result<(), Fault> {
        let mut held = self.0.open.lock().await;
        let mut open = match held.take() {
            Some(open) => open,
            None => self.open().await?,
        };
        while let Some(batch) = self.batch(&open.mark).await? {
            open = blocking(move || write(open, &batch)).await?;
            self.0.next.store(open.mark.next, Ordering::Release);
        }
        *held = Some(open);
        Ok(())
    }

    /// What is looked into; nothing until the index is open.
    #[must_use]
    pub fn looking(&self) -> Option<Looking> {
        self.0.looking.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// SQL for the places of entries: [`Findable::places`].
    #[must_use]
    pub fn places(&self) -> &'static str {
        self.0.findable.places()
    }

    /// How many acts are not indexed yet, as far as this process has seen the journal.
    #[must_use]
    pub fn behind(&self) -> u64 {
        self.0.store.followed().saturating_sub(self.0.next.load(Ordering::Acquire))
    }

    async fn open(&self) -> Result<Open, Fault> {
        let folder = self.0.folder.clone();
        let mut index = blocking(move || Index::open(&folder)).await?;
        let mut mark = Mark::read(index.note());
        if !self.is_of_this_journal(&mark).await? {
            tracing::info!("the search index is of another journal and is made anew");
            index = blocking(move || index.clear().map(|()| index)).await?;
            mark = Mark::default();
        }
        let looking = Some(index.looking());
        *self.0.looking.write().unwrap_or_else(PoisonError::into_inner) = looking;
        self.0.next.store(mark.next, Ordering::Release);
        Ok(Open { index, mark })
    }

    async fn is_of_this_journal(&self, mark: &Mark) -> Result<bool, Fault> {
        let Some(last) = mark.next.checked_sub(1) else { return Ok(true) };
        let rows = rows_after(self.0.store.reader(), last, 1).await?;
        let same = |row: &lingnan_store::JournalRow| {
            row.seq == last && hex::encode(&row.commitment) == mark.commitment
        };
        Ok(rows.first().is_some_and(same))
    }

    /// What the next acts changed; nothing when there are none.
    async fn batch(&self, from: &Mark) -> Result<Option<Batch>, Fault> {
        let rows = rows_after(self.0.store.reader(), from.next, ACTS_MAX).await?;
        let Some(last) = rows.last() else { return Ok(None) };
        let commitment = hex::encode(&last.commitment);
        let mark = Mark { next: last.seq.saturating_add(1), commitment };
        let full = u32::try_from(rows.len()).is_ok_and(|acts| acts == ACTS_MAX);
        let mut touched = BTreeSet::new();
        for row in &rows {
            match serde_json::from_str::<Changed>(&row.payload) {
                Ok(act) => touched.extend(act.changes.into_iter().map(|change| change.matter)),
                // The verifier says what is wrong with it; who follows goes on without it.
                Err(error) => tracing::error!(seq = row.seq, %error, "an act does not read"),
            }
        }
        touched.retain(|matter| self.0.findable.kinds().contains(&matter.kind()));
        let mut entries = Vec::with_capacity(touched.len());
        for matter in touched {
            match self.0.findable.entry(&self.0.store, &matter).await {
                Ok(entry) => entries.push((matter, entry)),
                Err(Fault::Corrupt { place, reason, .. }) => {
                    tracing::error!(place, reason, "a matter does not read and is not found");
                }
                Err(other) => return Err(other),
            }
        }
        Ok(Some(Batch { mark, full, entries }))
    }
}

/// What some acts changed, to be written.
struct Batch {
    mark: Mark,
    full: bool,
    entries: Vec<(MatterId, Option<Entry>)>,
}

fn write(mut open: Open, batch: &Batch) -> Result<Open, SearchError> {
    for (matter, entry) in &batch.entries {
        match entry {
            Some(entry) => open.index.put(entry)?,
            None => open.index.remove(matter.as_str()),
        }
    }
    // Acts that touched nothing are read again after an end, which costs less than a commit for
    // each.
    if batch.full || !batch.entries.is_empty() {
        open.index.commit(&batch.mark.text())?;
    }
    open.mark = batch.mark.clone();
    Ok(open)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SearchError> + Send + 'static,
) -> Result<T, Fault> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|e| Fault::Engine(e.to_string()))?.map_err(fault)
}

#[expect(clippy::needless_pass_by_value, reason = "is mapped over errors")]
fn fault(error: SearchError) -> Fault {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    Fault::Engine(text)
}
