//! The writer's thread: wait, drain, judge, commit, answer.

use super::batch::{Bench, Job};
use super::cache::Cache;
use crate::engine::{self, Engine, Trouble, sqlite::Sqlite};
use crate::schema::{JOURNAL, SELECT_HEAD};
use crate::table_sql::TableSql;
use crate::{Accepted, Committed, FailPoint, Observer, Options, rebuild};
use lingnan_base::{Chance, Clock, Timestamp};
use lingnan_journal::{Act, Datum, Fault, Registry, Stop};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::{broadcast, oneshot};

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
    observers: Vec<Box<dyn Observer>>,
    fail_point: Arc<dyn FailPoint>,
    news: broadcast::Sender<Committed>,
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
    news: broadcast::Sender<Committed>,
    count: Arc<AtomicU64>,
) -> Result<Arc<Registry>, Fault> {
    let (ready, opened) = sync_channel(1);
    let work = move || match Writer::open(options, news, count) {
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
    fn open(
        options: Options,
        news: broadcast::Sender<Committed>,
        count: Arc<AtomicU64>,
    ) -> Result<Self, Fault> {
        let mut engine = engine::open(&options.url)?;
        for table in JOURNAL.iter().chain(&options.side_tables) {
            engine.define(table.ddl).map_err(Trouble::into_fault)?;
        }
        let sql = TableSql::new(options.registry.tables());
        rebuild::stale_tables(engine.as_mut(), &options.registry, &sql)?;
        let mut writer = Self {
            cell: options.cell,
            registry: Arc::new(options.registry),
            sql,
            engine,
            cache: Cache::default(),
            clock: options.clock,
            chance: options.chance,
            observers: options.observers,
            fail_point: options.fail_point,
            news,
            count,
            last_time: Timestamp::default(),
        };
        writer.read_head()?;
        Ok(writer)
    }

    fn read_head(&mut self) -> Result<(), Fault> {
        let head = self.engine.query(SELECT_HEAD, &[]).map_err(Trouble::into_fault)?;
        if let Some([Datum::Int(seq), Datum::Int(time)]) = head.first().map(Vec::as_slice) {
            let count = u64::try_from(*seq).unwrap_or(0).saturating_add(1);
            self.count.store(count, Ordering::Release);
            self.last_time = self.last_time.max(Timestamp(*time));
        }
        Ok(())
    }

    fn run(&mut self, queue: &Receiver<Job>) {
        while let Ok(first) = queue.recv() {
            let mut acts = Vec::new();
            let mut waiting = Some(first);
            while let Some(job) = waiting.take() {
                match job {
                    Job::Act(act) => acts.push(act),
                    Job::Side(side) => {
                        let done = self.engine.commit(&side.statements);
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
            let head = self.read_head();
            match trouble {
                Trouble::Conflict(what) if head.is_ok() && tries <= RETRIES_MAX => {
                    tracing::info!(what, tries, "another process wrote first; judging again");
                }
                trouble => return Err(trouble.into_fault()),
            }
        }
    }

    fn attempt(&mut self, jobs: &[super::ActJob]) -> Result<Vec<Result<Accepted, Stop>>, Trouble> {
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
        self.announce(&acts);
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

    fn announce(&mut self, acts: &[Act]) {
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
        }
    }
}
