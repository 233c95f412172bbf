//! The store's face: submit a command, read, subscribe.

use crate::engine;
use crate::schema::SELECT_HEAD;
use crate::writer::{self, ActJob, Follower, Job, SideJob};
use crate::{Options, Reader, Statement};
use crossbeam_channel::{Sender, TrySendError, bounded};
use lingnan_base::{Clock, Timestamp};
use lingnan_journal::{ActId, Actor, Command, Datum, Fault, Matter, MatterId, Registry, Stop};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{broadcast, oneshot};

/// Acts waiting for the writer; beyond it callers are told to try again.
pub(crate) const QUEUE_MAX: usize = 8_192;
/// Committed acts a slow subscriber may fall behind before it is told that it missed some.
const NEWS_MAX: usize = 4_096;

/// What the client is told of an accepted command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The act's place; `None` when nothing needed to be recorded.
    pub seq: Option<u64>,
    /// The act's time.
    pub time: Timestamp,
    /// The command's answer.
    pub answer: serde_json::Value,
    /// Whether this is the first answer of an act sent before under the same id.
    pub repeated: bool,
}

/// News of a durable act.
#[derive(Debug, Clone)]
pub struct Committed {
    /// Its place.
    pub seq: u64,
    /// Its time.
    pub time: Timestamp,
    /// Its command.
    pub command: String,
    /// The matters it changed.
    pub matters: Vec<MatterId>,
}

/// What every handle of a store shares.
pub(crate) struct Shared {
    jobs: Sender<Job>,
    reader: Reader,
    shared: bool,
    registry: Arc<Registry>,
    clock: Arc<dyn Clock>,
    news: broadcast::Sender<Committed>,
    count: Arc<AtomicU64>,
    followed: Arc<AtomicU64>,
}

impl Shared {
    /// Has the writer take up acts of other processes, when the journal holds more than was
    /// followed.
    pub(crate) fn look(&self, acts: u64) {
        if acts > self.followed.load(Ordering::Acquire) {
            // A full queue is looked at soon enough: before a batch, or at the next look.
            let _ = self.jobs.try_send(Job::Look);
        }
    }
}

/// A cell's journal and read tables; cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Shared>);

/// Opens the store, creating or upgrading its tables; returns when it can take commands.
///
/// # Errors
/// [`Fault`] when the database cannot be opened or a read table cannot be rebuilt.
pub fn open(mut options: Options) -> Result<Store, Fault> {
    let (jobs, queue) = bounded(QUEUE_MAX);
    let (news, _) = broadcast::channel(NEWS_MAX);
    let count = Arc::new(AtomicU64::new(0));
    let reader = Reader::new(&options.url);
    let clock = Arc::clone(&options.clock);
    let url = options.url.clone();
    let followed = Arc::new(AtomicU64::new(0));
    let observers = std::mem::take(&mut options.observers);
    let follower = Follower::new(Arc::clone(&followed), observers, news.clone());
    let registry = writer::start(options, queue, follower, Arc::clone(&count))?;
    writer::start_checkpointer(&url, Arc::downgrade(&count))?;
    let shared = engine::is_postgres(&url);
    let shared = Shared { jobs, reader, shared, registry, clock, news, count, followed };
    let shared = Arc::new(shared);
    writer::start_lookout(&url, Arc::downgrade(&shared))?;
    Ok(Store(shared))
}

impl Store {
    /// Asks for an act. The answer comes when it is durable, or when a rule says no.
    ///
    /// # Errors
    /// [`Stop`]: a refusal, or a fault after which the same `id` may be sent again.
    pub async fn submit<C: Command>(
        &self,
        id: ActId,
        actor: Actor,
        command: C,
    ) -> Result<Accepted, Stop> {
        let (reply, answer) = oneshot::channel();
        let job = ActJob { id, actor, command: Box::new(command), reply };
        self.send(Job::Act(job))?;
        answer.await.map_err(|_| Fault::Unavailable("the writer stopped".to_owned()))?
    }

    /// Changes side tables in one transaction; returns the rows each statement touched.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails or a statement touched other rows than expected.
    pub async fn execute(&self, statements: Vec<Statement>) -> Result<Vec<u64>, Fault> {
        let (reply, answer) = oneshot::channel();
        self.send(Job::Side(SideJob { statements, reply }))?;
        answer.await.map_err(|_| Fault::Unavailable("the writer stopped".to_owned()))?
    }

    /// Reads; see [`Reader::query`].
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn query(
        &self,
        sql: &'static str,
        values: Vec<Datum>,
    ) -> Result<Vec<Vec<Datum>>, Fault> {
        self.0.reader.query(sql, values).await
    }

    /// The readers.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.0.reader
    }

    /// A matter's version and state, as readers see it; version 0 when there is none.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails or a fact does not read.
    pub async fn load<M: Matter>(&self, id: &MatterId) -> Result<(u64, Arc<M>), Fault> {
        let loaded = crate::load::matter_async(&self.0.registry, id, &self.0.reader).await?;
        let state = loaded.state.into_any().downcast::<M>();
        let state = state.map_err(|_| Fault::corrupt(id.as_str(), 0, &"another kind of matter"))?;
        Ok((loaded.version, state))
    }

    /// News of every act from now on, of other processes too, in order, each after it is durable.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Committed> {
        self.0.news.subscribe()
    }

    /// How many acts the journal holds, as far as this process has seen.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.count.load(Ordering::Acquire)
    }

    /// Whether other processes may write to this database.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.0.shared
    }

    /// How many acts the observers and subscribers of this process have been told of.
    #[must_use]
    pub fn followed(&self) -> u64 {
        self.0.followed.load(Ordering::Acquire)
    }

    /// How many acts the journal holds now, whoever made them.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn size(&self) -> Result<u64, Fault> {
        let head = self.query(SELECT_HEAD, vec![]).await?;
        Ok(match head.first().map(Vec::as_slice) {
            Some([Datum::Int(seq), _]) => u64::try_from(*seq).unwrap_or(0).saturating_add(1),
            _ => 0,
        })
    }

    /// The present moment, by the store's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    fn send(&self, job: Job) -> Result<(), Fault> {
        self.0.jobs.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => Fault::Busy,
            TrySendError::Disconnected(_) => Fault::Unavailable("the writer stopped".to_owned()),
        })
    }
}
