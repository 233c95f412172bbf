//! The judge's thread: wait, drain, judge, have it written, answer.

use super::EndWithWriter;
use super::batch::{ActJob, Batch, Bench, Earlier, Job};
use super::cache::Cache;
use super::committer::{Committer, Salted};
use super::follow::{Follower, Head};
use crate::engine::{self, Engine, Trouble, sqlite::Sqlite};
use crate::schema::JOURNAL;
use crate::table_sql::TableSql;
use crate::{Accepted, Options, rebuild};
use crossbeam_channel::{Receiver, RecvError, never, select_biased};
use lingnan_base::{Chance, Clock, Timestamp};
use lingnan_journal::{ActId, Datum, Fault, Registry, Stop};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Weak};
use std::time::Duration;

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
    /// Reads what is durable.
    engine: Box<dyn Engine>,
    committer: Committer,
    /// Whether other processes may write.
    shared: bool,
    cache: Cache,
    clock: Arc<dyn Clock>,
    chance: Chance,
    follower: Follower,
    /// Acts that are durable.
    count: Arc<AtomicU64>,
    /// Acts that are judged.
    next_seq: u64,
    last_time: Timestamp,
}

/// A batch that is being written.
struct Flying {
    jobs: Vec<ActJob>,
    answers: Vec<Result<Accepted, Stop>>,
    acts: Arc<Vec<Salted>>,
    places: BTreeMap<ActId, usize>,
    next_seq: u64,
    done: Receiver<Result<(), Trouble>>,
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

impl Writer {
    fn open(options: Options, follower: Follower, count: Arc<AtomicU64>) -> Result<Self, Fault> {
        let mut engine = engine::open(&options.url)?;
        for table in JOURNAL.iter().chain(&options.side_tables) {
            engine.define(table.ddl).map_err(Trouble::into_fault)?;
        }
        let sql = TableSql::new(options.registry.tables());
        let tables = rebuild::Tables { registry: &options.registry, sql: &sql };
        tables.renew(engine.as_mut(), options.rebuild, options.fail_point.as_ref())?;
        let head = follower.begin(engine.as_mut()).map_err(Trouble::into_fault)?;
        let mut writer = Self {
            cell: options.cell,
            registry: Arc::new(options.registry),
            sql,
            shared: engine.is_shared(),
            engine: engine::open_reader(&options.url)?,
            committer: Committer::start(engine, options.fail_point)?,
            cache: Cache::default(),
            clock: options.clock,
            chance: options.chance,
            follower,
            count,
            next_seq: 0,
            last_time: Timestamp::default(),
        };
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
        self.next_seq = head.count;
        self.last_time = self.last_time.max(head.time);
    }

    fn run(&mut self, queue: &Receiver<Job>) {
        let mut open = Batch::default();
        let mut flying: Option<Flying> = None;
        let (mut closed, nothing, unwritten) = (false, never(), never());
        while !closed || flying.is_some() || !open.jobs.is_empty() {
            let full = open.jobs.len() >= BATCH_MAX;
            if flying.is_none() && !open.jobs.is_empty() {
                flying = self.launch(std::mem::take(&mut open));
                continue;
            }
            if flying.is_none() && open.jobs.is_empty() {
                self.cache.trim();
            }
            // Nothing is judged upon what another process may still contradict.
            let upon = flying.is_none() || !(self.shared || self.cache.is_full());
            let jobs = if upon && !full && !closed { queue } else { &nothing };
            let done = flying.as_ref().map_or(&unwritten, |flying| &flying.done);
            select_biased! {
                recv(done) -> told => if let Some(landing) = flying.take() {
                    self.land(landing, told, &mut open);
                },
                recv(jobs) -> job => match job {
                    Ok(job) => self.take(job, queue, &mut open, flying.as_ref()),
                    Err(RecvError) => closed = true,
                },
            }
        }
    }

    /// Takes a job and those that wait behind it, as far as the batch has room.
    fn take(&mut self, job: Job, queue: &Receiver<Job>, open: &mut Batch, flying: Option<&Flying>) {
        let mut acts = Vec::new();
        let mut next = Some(job);
        while let Some(job) = next.take() {
            match job {
                Job::Act(act) => acts.push(act),
                Job::Side(side) => self.committer.side(side),
                Job::Look if flying.is_none() && open.jobs.is_empty() => {
                    if let Err(trouble) = self.catch_up() {
                        let fault = trouble.into_fault();
                        tracing::warn!(%fault, "following the journal failed; trying again");
                    }
                }
                // Soon enough: before the next batch, or at the next look.
                Job::Look => {}
            }
            if open.jobs.len().saturating_add(acts.len()) < BATCH_MAX {
                next = queue.try_recv().ok();
            }
        }
        self.judge(acts, open, flying);
    }

    fn judge(&mut self, jobs: Vec<ActJob>, batch: &mut Batch, flying: Option<&Flying>) {
        if jobs.is_empty() {
            return;
        }
        if batch.jobs.is_empty() {
            // Judged as of now: what another process has answered already is not overlooked.
            if let Some(trouble) = self.shared.then(|| self.catch_up()).and_then(Result::err) {
                answer_all(jobs, &trouble.into_fault());
                return;
            }
            // Time in the journal never runs backwards, whatever the machine's clock does.
            self.last_time = self.clock.now().max(self.last_time);
            batch.time = self.last_time;
        }
        self.bench(batch, flying).judge_all(jobs);
    }

    fn bench<'a>(&'a mut self, batch: &'a mut Batch, flying: Option<&'a Flying>) -> Bench<'a> {
        Bench {
            cell: &self.cell,
            registry: &self.registry,
            sql: &self.sql,
            engine: self.engine.as_mut(),
            cache: &mut self.cache,
            chance: &mut self.chance,
            next_seq: &mut self.next_seq,
            flying: flying.map(|f| Earlier { acts: &f.acts, places: &f.places }),
            batch,
        }
    }

    /// Has a batch written; one that records nothing is answered at once.
    fn launch(&mut self, mut batch: Batch) -> Option<Flying> {
        if batch.acts.is_empty() {
            answer(batch.jobs, batch.answers);
            return None;
        }
        self.bench(&mut batch, None).project();
        let acts = Arc::new(batch.acts);
        let done = self.committer.write(Arc::clone(&acts), batch.rest);
        let Batch { jobs, answers, places, .. } = batch;
        Some(Flying { jobs, answers, acts, places, next_seq: self.next_seq, done })
    }

    /// What was judged upon a batch that failed is judged again; nobody was answered yet.
    fn land(&mut self, landing: Flying, told: Told, open: &mut Batch) {
        if let Err((jobs, trouble)) = self.settle(landing, told) {
            let upon = std::mem::take(open).jobs;
            self.recover(jobs, trouble);
            self.judge(upon, open, None);
        }
    }

    /// Answers everyone once the batch is durable.
    fn settle(&mut self, landing: Flying, told: Told) -> Result<(), (Vec<ActJob>, Trouble)> {
        let gone = |_| Err(Fault::Unavailable("the writer stopped".to_owned()).into());
        let told = match told.unwrap_or_else(gone) {
            Err(Trouble::Fault(Fault::Unknown(what))) => self.inquire(&landing.acts, what),
            told => told,
        };
        if let Err(trouble) = told {
            return Err((landing.jobs, trouble));
        }
        self.count.store(landing.next_seq, Ordering::Release);
        self.follower.feed(landing.acts.iter().map(|(act, _)| act));
        answer(landing.jobs, landing.answers);
        Ok(())
    }

    /// After a lost answer: the batch is durable as a whole or not at all, so one act tells. One
    /// that is not is judged again; when nobody can tell, the callers are told that.
    fn inquire(&mut self, acts: &[Salted], what: String) -> Result<(), Trouble> {
        let Some((last, _)) = acts.last() else { return Ok(()) };
        let found = self.engine.query(SELECT_SEQ, &[Datum::text(last.id.as_str())]);
        match found {
            Ok(rows) if rows == [[Datum::count(last.seq)]] => Ok(()),
            Ok(_) => Err(Trouble::Conflict(what)),
            Err(_) => Err(Fault::Unknown(what).into()),
        }
    }

    /// Judges again what was not written, when another process wrote first; one by one, when one
    /// act's statement may have failed the strangers in its batch.
    fn recover(&mut self, mut jobs: Vec<ActJob>, mut trouble: Trouble) {
        let mut tries = 0;
        loop {
            self.cache.clear();
            self.next_seq = self.count.load(Ordering::Acquire);
            tries += 1;
            let told = match trouble {
                Trouble::Conflict(what) if tries <= RETRIES_MAX => {
                    tracing::info!(what, tries, "another process wrote first; judging again");
                    let current = self.catch_up();
                    if let Err(trouble) = current {
                        Err((jobs, trouble))
                    } else {
                        self.attempt(jobs)
                    }
                }
                trouble => {
                    let fault = trouble.into_fault();
                    tracing::error!(%fault, acts = jobs.len(), "a batch was not written");
                    return self.give_up(jobs, &fault);
                }
            };
            match told {
                Ok(()) => return,
                Err((back, why)) => (jobs, trouble) = (back, why),
            }
        }
    }

    fn give_up(&mut self, jobs: Vec<ActJob>, fault: &Fault) {
        if jobs.len() == 1 || !is_of_one(fault) {
            answer_all(jobs, fault);
            return;
        }
        for job in jobs {
            if let Err((job, trouble)) = self.attempt(vec![job]) {
                self.recover(job, trouble);
            }
        }
    }

    /// Judges and writes while everything else waits.
    fn attempt(&mut self, jobs: Vec<ActJob>) -> Result<(), (Vec<ActJob>, Trouble)> {
        let mut batch = Batch::default();
        self.judge(jobs, &mut batch, None);
        let Some(flying) = self.launch(batch) else { return Ok(()) };
        let told = flying.done.recv();
        self.settle(flying, told)
    }
}

/// How writing ended, if the thread lives.
type Told = Result<Result<(), Trouble>, RecvError>;

fn answer(jobs: Vec<ActJob>, answers: Vec<Result<Accepted, Stop>>) {
    for (job, answer) in jobs.into_iter().zip(answers) {
        // A caller that went away does not need the answer.
        let _ = job.reply.send(answer);
    }
}

fn answer_all(jobs: Vec<ActJob>, fault: &Fault) {
    for job in jobs {
        let _ = job.reply.send(Err(Stop::Failed(fault.clone())));
    }
}
