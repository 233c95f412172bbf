//! One batch: judge every job in order, then write what they recorded.

use super::cache::{Cache, rows_of};
use crate::engine::{Engine, Trouble};
use crate::schema::{DELETE_SNAPSHOTS, INSERT_ACT, INSERT_PARCEL, INSERT_SNAPSHOT, INSERT_STREAM};
use crate::table_sql::TableSql;
use crate::{Accepted, Statement, load};
use lingnan_base::{Chance, Timestamp};
use lingnan_journal::{
    Act, ActId, Actor, Command, Datum, Door, Draft, Fault, Loaded, MatterId, Outcome, Refusal,
    Registry, Row, Stamp, Stop, difference, request_digest,
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

/// What judging needs.
pub(crate) struct Bench<'a> {
    pub(crate) cell: &'a str,
    pub(crate) registry: &'a Registry,
    pub(crate) sql: &'a TableSql,
    pub(crate) engine: &'a mut dyn Engine,
    pub(crate) cache: &'a mut Cache,
    pub(crate) chance: &'a mut Chance,
    pub(crate) time: Timestamp,
    pub(crate) next_seq: u64,
    /// Rows of matters before this batch, for the difference.
    before: BTreeMap<MatterId, Arc<Vec<Row>>>,
    /// Places in `acts` by id, for the same act sent twice within a batch.
    earlier: BTreeMap<ActId, usize>,
    pub(crate) acts: Vec<Act>,
    pub(crate) statements: Vec<Statement>,
}

const SELECT_EARLIER: &str = "select payload from journal_act where act_id = $1";

impl<'a> Bench<'a> {
    /// A bench for one batch.
    #[expect(clippy::too_many_arguments, reason = "the writer's parts, borrowed for one batch")]
    pub(crate) fn new(
        cell: &'a str,
        registry: &'a Registry,
        sql: &'a TableSql,
        engine: &'a mut dyn Engine,
        cache: &'a mut Cache,
        chance: &'a mut Chance,
        time: Timestamp,
        next_seq: u64,
    ) -> Self {
        Self {
            cell,
            registry,
            sql,
            engine,
            cache,
            chance,
            time,
            next_seq,
            before: BTreeMap::new(),
            earlier: BTreeMap::new(),
            acts: Vec::new(),
            statements: Vec::new(),
        }
    }

    /// Judges one command; what it records is written with the batch.
    pub(crate) fn judge(&mut self, job: &ActJob) -> Result<Accepted, Stop> {
        if let Some(first) = self.first_answer(job)? {
            return first;
        }
        let cell = self.cell;
        let stamp = Stamp { seq: self.next_seq, time: self.time, actor: job.actor.clone() };
        let chance = self.chance.split();
        let mut draft = Draft::new(self, stamp, chance);
        let answer = job.command.decide(&mut draft)?;
        if draft.is_empty() {
            return Ok(Accepted { seq: None, time: self.time, answer, repeated: false });
        }
        let outcome = draft.close(cell, job.id.clone(), job.command.as_ref(), answer.clone());
        self.write(outcome)?;
        let seq = Some(self.next_seq);
        self.next_seq = self.next_seq.saturating_add(1);
        Ok(Accepted { seq, time: self.time, answer, repeated: false })
    }

    fn first_answer(&mut self, job: &ActJob) -> Result<Option<Result<Accepted, Stop>>, Stop> {
        let within = self.earlier.get(&job.id).and_then(|place| self.acts.get(*place));
        let act = match within {
            Some(act) => act.clone(),
            None => {
                let values = [Datum::text(job.id.as_str())];
                let found = self.engine.query(SELECT_EARLIER, &values);
                let found = found.map_err(Trouble::into_fault)?;
                match found.first().map(Vec::as_slice) {
                    Some([Datum::Text(payload)]) => serde_json::from_str::<Act>(payload)
                        .map_err(|e| Fault::corrupt(job.id.as_str(), 0, &e))?,
                    _ => return Ok(None),
                }
            }
        };
        let same = act.request == request_digest(job.command.as_ref());
        if !same || act.actor.seat().map(|s| &s.person) != job.actor.seat().map(|s| &s.person) {
            let message = "这个办理编号已用于另一次办理。";
            let refusal = Refusal::new(lingnan_journal::Kind::Conflict, "act_id_reused", message);
            return Ok(Some(Err(refusal.with_next("请刷新页面后重新提交。").into())));
        }
        let answer = act.answer.clone();
        let seq = Some(act.seq);
        Ok(Some(Ok(Accepted { seq, time: act.time, answer, repeated: true })))
    }

    fn write(&mut self, outcome: Outcome) -> Result<(), Fault> {
        let act = outcome.act;
        let sealed = act
            .seal(self.chance.bytes())
            .map_err(|e| Fault::corrupt(act.id.as_str(), act.seq, &e))?;
        let seat = act.actor.seat();
        let seq = Datum::count(act.seq);
        self.statements.push(Statement::new(
            INSERT_ACT,
            vec![
                seq.clone(),
                Datum::text(act.id.as_str()),
                Datum::text(act.command.as_str()),
                Datum::optional_text(seat.map(|s| s.person.as_str())),
                Datum::optional_text(seat.map(|s| s.post.as_str())),
                Datum::optional_text(seat.map(|s| s.unit.as_str())),
                Datum::Int(act.time.0),
                Datum::Text(sealed.payload),
                Datum::Blob(sealed.salt.to_vec()),
                Datum::Blob(sealed.commitment.to_vec()),
            ],
        ));
        for change in &act.changes {
            let values = vec![
                Datum::text(change.matter.as_str()),
                Datum::count(change.version),
                seq.clone(),
            ];
            self.statements.push(Statement::new(INSERT_STREAM, values));
        }
        for (number, parcel) in (0_u64..).zip(outcome.parcels) {
            let body = Datum::Text(parcel.body.to_string());
            let values = vec![seq.clone(), Datum::count(number), Datum::text(parcel.topic), body];
            self.statements.push(Statement::new(INSERT_PARCEL, values));
        }
        for (id, before, after) in outcome.moved {
            self.move_matter(id, &before, after)?;
        }
        self.earlier.insert(act.id.clone(), self.acts.len());
        self.acts.push(act);
        Ok(())
    }

    fn move_matter(&mut self, id: MatterId, before: &Loaded, after: Loaded) -> Result<(), Fault> {
        if !self.before.contains_key(&id) {
            let known = self.cache.get(&id).and_then(|entry| entry.rows.clone());
            let rows = known.unwrap_or_else(|| {
                let unwritten = before.version == 0;
                Arc::new(if unwritten { Vec::new() } else { rows_of(&before.state, &id) })
            });
            self.before.insert(id.clone(), rows);
        }
        if before.version / SNAPSHOT_EVERY < after.version / SNAPSHOT_EVERY {
            let key = Datum::text(id.as_str());
            let version = Datum::count(after.version);
            let values = vec![
                key.clone(),
                version.clone(),
                Datum::Int(after.state.fold_version().into()),
                Datum::Text(after.state.snapshot()?.to_string()),
            ];
            self.statements.push(Statement::new(INSERT_SNAPSHOT, values));
            self.statements.push(Statement::new(DELETE_SNAPSHOTS, vec![key, version]));
        }
        self.cache.put(id, after, None);
        Ok(())
    }

    /// Adds what the read tables need: per matter, the difference over the whole batch.
    pub(crate) fn project(&mut self) {
        for (id, before) in std::mem::take(&mut self.before) {
            let Some(entry) = self.cache.get(&id) else { continue };
            let loaded = entry.loaded.clone();
            let after = rows_of(&loaded.state, &id);
            let before = Arc::try_unwrap(before).unwrap_or_else(|shared| shared.as_ref().clone());
            let changes = difference(before, after.clone());
            self.statements.extend(changes.into_iter().map(|change| self.sql.statement(change)));
            self.cache.put(id, loaded, Some(Arc::new(after)));
        }
    }
}

impl Door for Bench<'_> {
    fn load(&mut self, id: &MatterId) -> Result<Loaded, Fault> {
        if let Some(entry) = self.cache.get(id) {
            return Ok(entry.loaded.clone());
        }
        let engine = &mut *self.engine;
        let loaded = load::matter(self.registry, id, |text, values| {
            engine.query(text, values).map_err(Trouble::into_fault)
        })?;
        self.cache.put(id.clone(), loaded.clone(), None);
        Ok(loaded)
    }
}
