//! Following the journal: whoever keeps something in step with it is fed every act once, in
//! order, whichever process committed it.
//!
//! Own acts are fed as soon as they are durable, before they are acknowledged. Acts of other
//! processes are read from the journal: before a batch is judged, and when the lookout sees them.

use super::cache::Cache;
use crate::engine::{self, Engine, Trouble};
use crate::schema::{SELECT_AFTER, SELECT_HEAD};
use crate::{Committed, Observer, store::Shared};
use lingnan_base::Timestamp;
use lingnan_journal::{Act, Datum, Fault};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::broadcast;

/// Acts read at once while catching up.
const ACTS_MAX: i64 = 512;
/// How often the lookout asks whether another process has committed: an act made elsewhere is
/// known here within a second, on a busy machine too.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Feeds the process's consumers, and knows how far they are.
pub(crate) struct Follower {
    position: Arc<AtomicU64>,
    observers: Vec<Box<dyn Observer>>,
    news: broadcast::Sender<Committed>,
}

/// How far the journal was read.
pub(crate) struct Head {
    /// How many acts there are.
    pub(crate) count: u64,
    /// The newest act's time, as far as it was read.
    pub(crate) time: Timestamp,
}

impl Follower {
    /// Consumers that have yet to be told where they begin.
    pub(crate) fn new(
        position: Arc<AtomicU64>,
        observers: Vec<Box<dyn Observer>>,
        news: broadcast::Sender<Committed>,
    ) -> Self {
        Self { position, observers, news }
    }

    /// Begins at the journal's end: what was before is read from tables.
    pub(crate) fn begin(&self, engine: &mut dyn Engine) -> Result<Head, Trouble> {
        let head = engine.query(SELECT_HEAD, &[])?;
        let head = match head.first().map(Vec::as_slice) {
            Some([Datum::Int(seq), Datum::Int(time)]) => {
                Head { count: after(*seq), time: Timestamp(*time) }
            }
            _ => Head { count: 0, time: Timestamp::default() },
        };
        self.position.store(head.count, Ordering::Release);
        Ok(head)
    }

    /// Feeds acts that follow the position.
    pub(crate) fn feed<'a>(&mut self, acts: impl IntoIterator<Item = &'a Act>) {
        for act in acts {
            for observer in &mut self.observers {
                observer.committed(act);
            }
            // Without subscribers there is nobody to tell.
            let _ = self.news.send(Committed {
                seq: act.seq,
                time: act.time,
                command: act.command.clone(),
                matters: act.changes.iter().map(|change| change.matter.clone()).collect(),
            });
            self.position.store(act.seq.saturating_add(1), Ordering::Release);
        }
    }

    /// Reads what others have committed since the position and feeds it; matters they moved are
    /// no longer at hand as they are stored.
    pub(crate) fn catch_up(
        &mut self,
        engine: &mut dyn Engine,
        cache: &mut Cache,
    ) -> Result<Head, Trouble> {
        let mut time = Timestamp::default();
        loop {
            let from = Datum::count(self.position.load(Ordering::Acquire));
            let rows = engine.query(SELECT_AFTER, &[from, Datum::Int(ACTS_MAX)])?;
            if rows.is_empty() {
                return Ok(Head { count: self.position.load(Ordering::Acquire), time });
            }
            for row in rows {
                let [Datum::Int(seq), Datum::Int(time_ms), Datum::Text(payload)] = row.as_slice()
                else {
                    return Err(Fault::corrupt("journal_act", 0, &"other columns").into());
                };
                time = time.max(Timestamp(*time_ms));
                match serde_json::from_str::<Act>(payload) {
                    Ok(act) if Datum::count(act.seq) == Datum::Int(*seq) => {
                        for change in &act.changes {
                            cache.forget(&change.matter);
                        }
                        self.feed([&act]);
                    }
                    // The verifier says what is wrong with it; who follows goes on without it.
                    _ => {
                        tracing::error!(seq, "an act of another process does not read");
                        cache.clear();
                        self.position.store(after(*seq), Ordering::Release);
                    }
                }
            }
        }
    }
}

fn after(seq: i64) -> u64 {
    u64::try_from(seq).unwrap_or(0).saturating_add(1)
}

/// Looks out for acts of other processes from a connection of its own, so that no act waits for a
/// database that does not answer; ends with the store.
pub(crate) fn start_lookout(url: &str, store: Weak<Shared>) -> Result<(), Fault> {
    let url = url.to_owned();
    let (kept, ticks) = sync_channel::<()>(0);
    let work = move || {
        // Held here, so that waiting ends by time and not by the sender's going.
        let _sender = kept;
        let mut engine = None;
        while ticks.recv_timeout(LOOK_EVERY) == Err(RecvTimeoutError::Timeout) {
            // What happens to the database is told by whoever acts.
            engine = engine.or_else(|| engine::open(&url).ok());
            let head = engine.as_mut().and_then(|engine| engine.query(SELECT_HEAD, &[]).ok());
            let head = head.unwrap_or_default();
            let Some(store) = store.upgrade() else { return };
            if let Some([Datum::Int(seq), _]) = head.first().map(Vec::as_slice) {
                store.look(after(*seq));
            }
        }
    };
    let thread = std::thread::Builder::new().name("journal-lookout".to_owned());
    thread.spawn(work).map(|_| ()).map_err(|e| Fault::Engine(e.to_string()))
}
