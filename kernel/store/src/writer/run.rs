//! The writer's thread: wait, drain, judge, commit, answer.

use super::batch::{Bench, Job};
use super::cache::Cache;
use super::follow::{Follower, Head};
use crate::engine::{self, Engine, Trouble, sqlite::Sqlite};
use crate::schema::JOURNAL;
use crate::table_sql::TableSql;
use crate::{Accepted, FailPoint, Options, rebuild};
use lingnan_base::{Chance, Clock, Timestamp};
use lingnan_journal::{Act, Datum, Fault, Registry, Stop};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::oneshot;

/// Acts in one transaction; more would only make the first of them wait longer.
const BATCH_MAX: usize = 512;
/// Times a batch is judged again because another process wrote first.
const RETRIES_MAX: u32 = 8;
const SELECT_SEQ: &str = "select seq from journal_act where act_id = $1";
/// How often the write-ahead log is copied into the file.
const CHECKPOINT_EVERY_MS: u64 = 500;

struct Writer {
    cell: String,
    registry: Arc<Registry>,
    sql: TableSql,
    engine: Box<dyn Engine>,
    cache: Cache,
    clock: Arc<dyn Clock>,
    chance: Chance,
    fail_point: Arc<dyn FailPoint>,
    follower: Follower,
    count: Arc<AtomicU64>,
    last_time: Timestamp,
}

/// A panic of the writer ends the process: without its writer a server would only ever answer that
/// it is unavailable, and nobody would start it again.
struct EndWithWriter;

impl Drop for EndWithWriter {
    fn drop(&mut self) {
        if std::thread::panicking() {
            tracing::error!("the journal's writer panicked: stopping, to be started again");
            std::process::abort();
        }
    }
}

/// Starts the writer; returns when the tables are ready.
pub(crate) fn start(
    options: Options,
    queue: Receiver<Job>,
    follower: Follower,
    count: Arc<AtomicU64>,
) -> Result<Arc<Registry>, Fault> {
    let (ready, opened) = sync_channel(1);
    let work = move || match Writer::open(options, follower, count) {
        Ok(mut writer) => {
            let registry = Arc::clone(&writer.registry);
            if ready.send(Ok(registry)).is_ok() {
                let _armed = EndWithWriter;
                writer.run(&queue);
            }
        }
        Err(fault) => {
            // Nobody waits any more only when the opener itself is gone.
            let _ = ready.send(Err(fault));
        }
    };
    let thread = std::thread::Builder::new().name("journal-writer".to_owned());
    thread.spawn(work).map_err(|e| Fault::Engine(e.to_string()))?;
    opened.recv().map_err(|_| Fault::Engine("the writer did not start".to_owned()))?
}

/// Copies the write-ahead log into the database file from a connection of its own, so that no
/// act waits for it; ends with the store.
pub(crate) fn start_checkpointer(url: &str, alive: Weak<AtomicU64>) -> Result<(), Fault> {
    if engine::is_postgres(url) {
        return Ok(());
    }
    let sqlite = Sqlite::open(url)?;
    let (_kept, ticks) = sync_channel::<()>(0);
    let work = move || {
        let mut seen = 0;
        // Held here, so that waiting ends by time and not by the sender's going.
        let _sender = _kept;
        loop {
            let waited = ticks.recv_timeout(Duration::from_millis(CHECKPOINT_EVERY_MS));
            if waited != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let Some(count) = alive.upgrade().map(|count| count.load(Ordering::Acquire)) else {
                return;
            };
            if count == seen {
                continue;
            }
            seen = count;
            if let Err(error) = sqlite.checkpoint() {
                tracing::warn!(%error, "the write-ahead log was not copied; trying again");
            }
        }
    };
    let thread = std::thread::Builder::new().name("journal-checkpoint".to_owned());
    thread.spawn(work).map(|_| ()).map_err(|e| Fault::Engine(e.to_string()))
}

/// Whether a fault may be one act's own: what the whole engine suffers is not tried again by each.
const fn is_of_one(fault: &Fault) -> bool {
    matches!(fault, Fault::Engine(_) | Fault::Corrupt { .. })
}

type Reply = (oneshot::Sender<Result<Accepted, Stop>>, Result<Accepted, Stop>);

impl Writer {
    fn open(options: Options, follower: Follower, count: Arc<AtomicU64>) -> Result<Self, Fault> {
        let mut engine = engine::open(&options.url)?;
        for table in JOURNAL.iter().chain(&options.side_tables) {
            engine.define(table.ddl).map_err(Trouble::into_fault)?;
        }
        let sql = TableSql::new(options.registry.tables());
        let tables = rebuild::Tables { registry: &options.registry, sql: &sql };
        tables.renew(engine.as_mut(), options.rebuild, options.fail_point.as_ref())?;
        let mut writer = Self {
            cell: options.cell,
            registry: Arc::new(options.registry),
            sql,
            engine,
            cache: Cache::default(),
            clock: options.clock,
            chance: options.chance,
            fail_point: options.fail_point,
            follower,
            count,
            last_time: Timestamp::default(),
        };
        let head = writer.follower.begin(writer.engine.as_mut()).map_err(Trouble::into_fault)?;
        writer.went_on(&head);
        Ok(writer)
    }

    /// Takes up what other processes have committed.
    fn catch_up(&mut self) -> Result<(), Trouble> {
        let head = self.follower.catch_up(self.engine.as_mut(), &mut self.cache)?;
        self.went_on(&head);
        Ok(())
    }

    fn went_on(&mut self, head: &Head) {
        self.count.store(head.count, Ordering::Release);
        self.last_time = self.last_time.max(head.time);
    }

    fn run(&mut self, queue: &Receiver<Job>) {
        while let Ok(first) = queue.recv() {
            let mut acts = Vec::new();
            let mut waiting = Some(first);
            while let Some(job) = waiting.take() {
                match job {
                    Job::Act(act) => acts.push(act),
                    Job::Look => {
                        if let Err(trouble) = self.catch_up() {
                            let fault = trouble.into_fault();
                            tracing::warn!(%fault, "following the journal failed; trying again");
                        }
                    }
                    Job::Side(side) => {
                        let done = self.engine.commit(&side.statements);
                        self.fail_point.reached("side");
                        // A caller that went away does not need the answer.
                        let _ = side.reply.send(done.map_err(Trouble::into_fault));
                    }
                }
                if acts.len() < BATCH_MAX {
                    waiting = queue.try_recv().ok();
                }
            }
            if !acts.is_empty() {
                for (reply, answer) in self.process(acts) {
                    let _ = reply.send(answer);
                }
            }
            self.cache.trim();
        }
    }

    fn process(&mut self, jobs: Vec<super::ActJob>) -> Vec<Reply> {
        let answers = match self.attempt_again(&jobs) {
            Ok(answers) => answers,
            Err(fault) if jobs.len() > 1 && is_of_one(&fault) => {
                // One act's statement must not fail the strangers in its batch.
                tracing::warn!(%fault, acts = jobs.len(), "a batch was not written; one by one");
                let single = jobs.chunks(1).map(|job| match self.attempt_again(job) {
                    Ok(mut answers) => answers.pop().unwrap_or(Err(Stop::Failed(Fault::Busy))),
                    Err(fault) => Err(Stop::Failed(fault)),
                });
                single.collect()
            }
            Err(fault) => {
                tracing::error!(%fault, acts = jobs.len(), "a batch was not written");
                jobs.iter().map(|_| Err(Stop::Failed(fault.clone()))).collect()
            }
        };
        jobs.into_iter().map(|job| job.reply).zip(answers).collect()
    }

    /// Judges and writes, again when another process wrote first.
    fn attempt_again(
        &mut self,
        jobs: &[super::ActJob],
    ) -> Result<Vec<Result<Accepted, Stop>>, Fault> {
        let mut tries = 0;
        loop {
            let trouble = match self.attempt(jobs) {
                Ok(answers) => return Ok(answers),
                Err(trouble) => trouble,
            };
            self.cache.clear();
            tries += 1;
            match trouble {
                Trouble::Conflict(what) if tries <= RETRIES_MAX => {
                    tracing::info!(what, tries, "another process wrote first; judging again");
                    self.catch_up().map_err(Trouble::into_fault)?;
                }
                trouble => return Err(trouble.into_fault()),
            }
        }
    }

    fn attempt(&mut self, jobs: &[super::ActJob]) -> Result<Vec<Result<Accepted, Stop>>, Trouble> {
        // Judged as of now: what another process has answered already is not overlooked.
        if self.engine.is_shared() {
            self.catch_up()?;
        }
        // Time in the journal never runs backwards, whatever the machine's clock does.
        let time = self.clock.now().max(self.last_time);
        let mut bench = Bench::new(
            &self.cell,
            &self.registry,
            &self.sql,
            self.engine.as_mut(),
            &mut self.cache,
            &mut self.chance,
            time,
            self.count.load(Ordering::Acquire),
        );
        let answers: Vec<_> = jobs.iter().map(|job| bench.judge(job)).collect();
        if bench.acts.is_empty() {
            return Ok(answers);
        }
        bench.project();
        let (statements, acts, next) = (bench.statements, bench.acts, bench.next_seq);
        self.fail_point.reached("judged");
        match self.engine.commit(&statements) {
            Err(Trouble::Fault(Fault::Unknown(what))) => self.settle(&acts, what)?,
            outcome => outcome.map(|_| ())?,
        }
        self.fail_point.reached("committed");
        self.last_time = time;
        self.count.store(next, Ordering::Release);
        self.follower.feed(&acts);
        Ok(answers)
    }

    /// After a lost answer: the batch is durable as a whole or not at all, so one act tells. One
    /// that is not is judged again; when nobody can tell, the callers are told that.
    fn settle(&mut self, acts: &[Act], what: String) -> Result<(), Trouble> {
        let Some(last) = acts.last() else { return Ok(()) };
        let found = self.engine.query(SELECT_SEQ, &[Datum::text(last.id.as_str())]);
        match found {
            Ok(rows) if rows == [[Datum::count(last.seq)]] => Ok(()),
            Ok(_) => Err(Trouble::Conflict(what)),
            Err(_) => Err(Fault::Unknown(what).into()),
        }
    }
}
