//! One batch: every job judged in order, and what they recorded, ready to be written.

use super::cache::{Cache, rows_of};
use super::committer::Salted;
use crate::engine::{Engine, Rows, Trouble};
use crate::schema::{DELETE_SNAPSHOTS, INSERT_PARCEL, INSERT_SNAPSHOT};
use crate::table_sql::TableSql;
use crate::{Accepted, Statement, load};
use lingnan_base::{Chance, Timestamp};
use lingnan_journal::{
    Act, ActId, Actor, Command, Datum, Door, Draft, Fault, Kind, Loaded, MatterId, Outcome,
    Refusal, Registry, Row, Stamp, Stop, difference, request_digest,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::oneshot;

/// Facts between two snapshots of a matter: reading back costs at most this many folds.
const SNAPSHOT_EVERY: u64 = 100;

/// A command waiting to be judged.
pub(crate) struct ActJob {
    pub(crate) id: ActId,
    pub(crate) actor: Actor,
    pub(crate) command: Box<dyn Command>,
    pub(crate) reply: oneshot::Sender<Result<Accepted, Stop>>,
}

/// Statements for side tables.
pub(crate) struct SideJob {
    pub(crate) statements: Vec<Statement>,
    pub(crate) reply: oneshot::Sender<Result<Vec<u64>, Fault>>,
}

/// What the writer is sent.
pub(crate) enum Job {
    Act(ActJob),
    Side(SideJob),
    /// Another process has committed.
    Look,
}

/// Jobs with their answers, and what is to be written before anyone is answered.
#[derive(Default)]
pub(crate) struct Batch {
    /// The moment of all its acts.
    pub(crate) time: Timestamp,
    pub(crate) jobs: Vec<ActJob>,
    /// One for each job.
    pub(crate) answers: Vec<Result<Accepted, Stop>>,
    pub(crate) acts: Vec<Salted>,
    /// What is written besides the acts themselves.
    pub(crate) rest: Vec<Statement>,
    /// Rows of matters before this batch, for the difference.
    before: BTreeMap<MatterId, Arc<Vec<Row>>>,
    /// Places in `acts` by id, for the same act sent twice.
    pub(crate) places: BTreeMap<ActId, usize>,
}

/// The acts of a batch that is being written, by id.
pub(crate) struct Earlier<'a> {
    pub(crate) acts: &'a [Salted],
    pub(crate) places: &'a BTreeMap<ActId, usize>,
}

impl Earlier<'_> {
    fn find(&self, id: &ActId) -> Option<&Act> {
        self.places.get(id).and_then(|place| self.acts.get(*place)).map(|(act, _)| act)
    }
}

/// What judging needs.
pub(crate) struct Bench<'a> {
    pub(crate) cell: &'a str,
    pub(crate) registry: &'a Registry,
    pub(crate) sql: &'a TableSql,
    pub(crate) engine: &'a mut dyn Engine,
    pub(crate) cache: &'a mut Cache,
    pub(crate) chance: &'a mut Chance,
    pub(crate) next_seq: &'a mut u64,
    /// The batch that is being written, upon which this one stands.
    pub(crate) flying: Option<Earlier<'a>>,
    pub(crate) batch: &'a mut Batch,
}

const SELECT_EARLIER: &str = "select payload from journal_act where act_id = $1";

impl Bench<'_> {
    /// Judges commands in order; what they record is written with the batch.
    pub(crate) fn judge_all(&mut self, jobs: Vec<ActJob>) {
        let ids: Vec<_> = jobs.iter().map(|job| [Datum::text(job.id.as_str())]).collect();
        let queries: Vec<_> = ids.iter().map(|id| (SELECT_EARLIER, id.as_slice())).collect();
        match self.engine.query_all(&queries) {
            Ok(found) => {
                for (job, rows) in jobs.into_iter().zip(found) {
                    let answer = self.judge(&job, &rows);
                    self.batch.answers.push(answer);
                    self.batch.jobs.push(job);
                }
            }
            Err(trouble) => {
                let fault = trouble.into_fault();
                for job in jobs {
                    self.batch.answers.push(Err(Stop::Failed(fault.clone())));
                    self.batch.jobs.push(job);
                }
            }
        }
    }

    fn judge(&mut self, job: &ActJob, stored: &Rows) -> Result<Accepted, Stop> {
        if let Some(first) = self.first_answer(job, stored)? {
            return first;
        }
        let (cell, time) = (self.cell, self.batch.time);
        let stamp = Stamp { seq: *self.next_seq, time, actor: job.actor.clone() };
        let chance = self.chance.split();
        let mut draft = Draft::new(self, stamp, chance);
        let answer = job.command.decide(&mut draft)?;
        if draft.is_empty() {
            return Ok(Accepted { seq: None, time, answer, repeated: false });
        }
        let outcome = draft.close(cell, job.id.clone(), job.command.as_ref(), answer.clone());
        self.take(outcome)?;
        let seq = Some(*self.next_seq);
        *self.next_seq = self.next_seq.saturating_add(1);
        Ok(Accepted { seq, time, answer, repeated: false })
    }

    fn first_answer(
        &self,
        job: &ActJob,
        stored: &Rows,
    ) -> Result<Option<Result<Accepted, Stop>>, Stop> {
        let batch = Earlier { acts: &self.batch.acts, places: &self.batch.places };
        let within = batch.find(&job.id);
        let waiting = within.or_else(|| self.flying.as_ref().and_then(|f| f.find(&job.id)));
        match (waiting, stored.first().map(Vec::as_slice)) {
            (Some(act), _) => Ok(Some(again(job, act))),
            (None, Some([Datum::Text(payload)])) => {
                let act = serde_json::from_str::<Act>(payload)
                    .map_err(|e| Fault::corrupt(job.id.as_str(), 0, &e))?;
                Ok(Some(again(job, &act)))
            }
            _ => Ok(None),
        }
    }

    fn take(&mut self, outcome: Outcome) -> Result<(), Fault> {
        let act = outcome.act;
        for (number, parcel) in (0_u64..).zip(outcome.parcels) {
            let body = Datum::Text(parcel.body.to_string());
            let place = [Datum::count(act.seq), Datum::count(number), Datum::text(parcel.topic)];
            let values = place.into_iter().chain([body]).collect();
            self.batch.rest.push(Statement::new(INSERT_PARCEL, values));
        }
        for (id, before, after) in &outcome.moved {
            self.batch.rest.append(&mut snapshots(id, before, after)?);
        }
        for (id, before, after) in outcome.moved {
            self.move_matter(id, &before, after);
        }
        self.batch.places.insert(act.id.clone(), self.batch.acts.len());
        self.batch.acts.push((act, self.chance.bytes()));
        Ok(())
    }

    fn move_matter(&mut self, id: MatterId, before: &Loaded, after: Loaded) {
        if !self.batch.before.contains_key(&id) {
            let known = self.cache.get(&id).and_then(|entry| entry.rows.clone());
            let rows = known.unwrap_or_else(|| {
                let unwritten = before.version == 0;
                Arc::new(if unwritten { Vec::new() } else { rows_of(&before.state, &id) })
            });
            self.batch.before.insert(id.clone(), rows);
        }
        self.cache.put(id, after, None);
    }

    /// Adds what the read tables need: per matter, the difference over the whole batch.
    pub(crate) fn project(&mut self) {
        for (id, before) in std::mem::take(&mut self.batch.before) {
            let Some(entry) = self.cache.get(&id) else { continue };
            let loaded = entry.loaded.clone();
            let after = rows_of(&loaded.state, &id);
            let before = Arc::try_unwrap(before).unwrap_or_else(|shared| shared.as_ref().clone());
            let changes = difference(before, after.clone());
            let statements = changes.into_iter().map(|change| self.sql.statement(change));
            self.batch.rest.extend(statements);
            self.cache.put(id, loaded, Some(Arc::new(after)));
        }
    }
}

/// What keeps a matter's state and drops the older one, every so many facts.
fn snapshots(id: &MatterId, before: &Loaded, after: &Loaded) -> Result<Vec<Statement>, Fault> {
    if before.version / SNAPSHOT_EVERY == after.version / SNAPSHOT_EVERY {
        return Ok(Vec::new());
    }
    let (key, version) = (Datum::text(id.as_str()), Datum::count(after.version));
    let values = vec![
        key.clone(),
        version.clone(),
        Datum::Int(after.state.fold_version().into()),
        Datum::Text(after.state.snapshot()?.to_string()),
    ];
    Ok(vec![
        Statement::new(INSERT_SNAPSHOT, values),
        Statement::new(DELETE_SNAPSHOTS, vec![key, version]),
    ])
}

/// What a command is told whose id has been used: the first answer, if it is the same command.
fn again(job: &ActJob, first: &Act) -> Result<Accepted, Stop> {
    let same = first.request == request_digest(job.command.as_ref());
    if !same || first.actor.seat().map(|s| &s.person) != job.actor.seat().map(|s| &s.person) {
        let message = "这个办理编号已用于另一次办理。";
        let refusal = Refusal::new(Kind::Conflict, "act_id_reused", message);
        return Err(refusal.with_next("请刷新页面后重新提交。").into());
    }
    let answer = first.answer.clone();
    Ok(Accepted { seq: Some(first.seq), time: first.time, answer, repeated: true })
}

impl Door for Bench<'_> {
    fn load(&mut self, id: &MatterId) -> Result<Loaded, Fault> {
        if let Some(entry) = self.cache.get(id) {
            return Ok(entry.loaded.clone());
        }
        let engine = &mut *self.engine;
        let loaded = load::matter(self.registry, id, &mut |queries| {
            engine.query_all(queries).map_err(Trouble::into_fault)
        })?;
        self.cache.put(id.clone(), loaded.clone(), None);
        Ok(loaded)
    }
}
