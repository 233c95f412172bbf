//! Bringing a matter back: its newest snapshot and the facts after it.

use crate::engine::Rows;
use crate::schema::{SELECT_ACT, SELECT_PLACES, SELECT_SNAPSHOT, SELECT_STREAM};
use lingnan_journal::{
    Act, Datum, Fault, Loaded, MatterId, Registry, Stamp, StoredFact, StoredMatter, StoredSnapshot,
};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Acts kept at hand while many matters are read; an act is a few kilobytes, seldom a megabyte.
const ACTS_KEPT: usize = 64;

/// Rows for each of several texts with the same values.
pub(crate) type QueryAll<'a> = dyn FnMut(&[(&str, &[Datum])]) -> Result<Vec<Rows>, Fault> + 'a;

/// Reads a matter on the writer's own connection.
pub(crate) fn matter(
    registry: &Registry,
    id: &MatterId,
    query: &mut QueryAll<'_>,
) -> Result<Loaded, Fault> {
    let key = key(registry, id);
    let found = query(&[(SELECT_SNAPSHOT, &key), (SELECT_STREAM, &key)])?;
    let [kept, facts] = found.as_slice() else {
        return Err(Fault::corrupt(id.as_str(), 0, &"rows for other texts"));
    };
    let stored = StoredMatter { snapshot: snapshot(id, kept)?, facts: facts_of(id, facts)? };
    registry.restore(id.kind(), &stored)
}

/// Reads a matter through the readers.
pub(crate) async fn matter_async(
    registry: &Registry,
    id: &MatterId,
    reader: &crate::Reader,
) -> Result<Loaded, Fault> {
    let key = key(registry, id).to_vec();
    let snapshot = snapshot(id, &reader.query(SELECT_SNAPSHOT, key.clone()).await?)?;
    let facts = facts_of(id, &reader.query(SELECT_STREAM, key).await?)?;
    registry.restore(id.kind(), &StoredMatter { snapshot, facts })
}

/// What a matter is found by: its id, and the fold whose snapshots can be used.
fn key(registry: &Registry, id: &MatterId) -> [Datum; 2] {
    let fold = registry.fold_version(id.kind()).map_or(Datum::Null, |v| Datum::Int(v.into()));
    [Datum::text(id.as_str()), fold]
}

fn snapshot(id: &MatterId, rows: &Rows) -> Result<Option<StoredSnapshot>, Fault> {
    let Some(row) = rows.first() else { return Ok(None) };
    let [Datum::Int(version), Datum::Text(state)] = row.as_slice() else {
        return Err(Fault::corrupt(id.as_str(), 0, &"snapshot row has other columns"));
    };
    let state = serde_json::from_str(state).map_err(|e| Fault::corrupt(id.as_str(), 0, &e))?;
    Ok(Some(StoredSnapshot { version: u64::try_from(*version).unwrap_or(0), state }))
}

fn facts_of(id: &MatterId, rows: &Rows) -> Result<Vec<StoredFact>, Fault> {
    let mut facts = Vec::with_capacity(rows.len());
    for row in rows {
        let [Datum::Text(payload)] = row.as_slice() else {
            return Err(Fault::corrupt(id.as_str(), 0, &"journal row has other columns"));
        };
        facts.extend(facts_in(id, &read(id, payload)?));
    }
    Ok(facts)
}

fn read(id: &MatterId, payload: &str) -> Result<Act, Fault> {
    serde_json::from_str(payload).map_err(|e| Fault::corrupt(id.as_str(), 0, &e))
}

/// What an act says of one matter.
fn facts_in(id: &MatterId, act: &Act) -> Vec<StoredFact> {
    let mut facts = Vec::new();
    for change in act.changes.iter().filter(|change| change.matter == *id) {
        let count = u64::try_from(change.facts.len()).unwrap_or(u64::MAX);
        let first = change.version.saturating_sub(count).saturating_add(1);
        let stamp = Stamp { seq: act.seq, time: act.time, actor: act.actor.clone() };
        let numbered = (first..).zip(&change.facts);
        facts.extend(numbered.map(|(version, fact)| StoredFact {
            version,
            stamp: stamp.clone(),
            fact: fact.clone(),
        }));
    }
    facts
}

/// Reads rows.
pub(crate) type Query<'a> = dyn FnMut(&'static str, &[Datum]) -> Result<Rows, Fault> + 'a;

/// Acts read lately: one may change thousands of matters that stand side by side, as an import
/// does, and is read once for all of them.
#[derive(Default)]
pub(crate) struct Acts(BTreeMap<i64, Act>);

impl Acts {
    /// Reads a matter on the writer's own connection, as [`matter`] does.
    pub(crate) fn matter(
        &mut self,
        registry: &Registry,
        id: &MatterId,
        query: &mut Query<'_>,
    ) -> Result<Loaded, Fault> {
        let key = key(registry, id);
        let snapshot = snapshot(id, &query(SELECT_SNAPSHOT, &key)?)?;
        let mut facts = Vec::new();
        for row in query(SELECT_PLACES, &key)? {
            let [Datum::Int(seq)] = *row.as_slice() else { continue };
            facts.extend(facts_in(id, self.act(seq, id, query)?));
        }
        registry.restore(id.kind(), &StoredMatter { facts, snapshot })
    }

    fn act(&mut self, seq: i64, id: &MatterId, query: &mut Query<'_>) -> Result<&Act, Fault> {
        if self.0.len() >= ACTS_KEPT && !self.0.contains_key(&seq) {
            self.0.clear();
        }
        match self.0.entry(seq) {
            Entry::Occupied(kept) => Ok(kept.into_mut()),
            Entry::Vacant(place) => {
                let rows = query(SELECT_ACT, &[Datum::Int(seq)])?;
                let Some([Datum::Text(payload)]) = rows.first().map(Vec::as_slice) else {
                    return Err(Fault::corrupt(id.as_str(), 0, &"an act is missing"));
                };
                Ok(place.insert(read(id, payload)?))
            }
        }
    }
}
