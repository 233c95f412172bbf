//! Every matter in order of its id, folded from its facts alone, its snapshots compared on the
//! way; a page of stream rows at a time.

use super::Report;
use super::views::State;
use lingnan_journal::{
    Act, Datum, Fault, Loaded, MatterId, Registry, Stamp, StoredFact, StoredMatter,
};
use lingnan_store::Reader;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Stream rows read at once.
const ROWS_MAX: usize = 500;

const SELECT_PAGE: &str = "select matter, version, seq from journal_stream \
    where (matter, version) > ($1, $2) order by matter, version limit 500";
const SELECT_SNAPSHOTS: &str = "select matter, version, fold_version, state \
    from journal_snapshot where matter >= $1 and matter <= $2 order by matter, version";
const SELECT_PAYLOAD: &str = "select payload from journal_act where seq = $1";
const SELECT_STRAY: &str = "select distinct s.matter from journal_snapshot s where not exists \
    (select 1 from journal_stream t where t.matter = s.matter and t.version = s.version) \
    order by s.matter limit 100";

/// Folds everything again.
pub(super) struct Matters<'a> {
    reader: &'a Reader,
    registry: &'a Registry,
    after: (String, i64),
    ended: bool,
    rows: VecDeque<(MatterId, u64, u64)>,
    facts: BTreeMap<(MatterId, u64), Vec<StoredFact>>,
    snapshots: BTreeMap<(String, u64), (i64, String)>,
}

impl<'a> Matters<'a> {
    pub(super) fn new(reader: &'a Reader, registry: &'a Registry) -> Self {
        Self {
            reader,
            registry,
            after: (String::new(), 0),
            ended: false,
            rows: VecDeque::new(),
            facts: BTreeMap::new(),
            snapshots: BTreeMap::new(),
        }
    }

    /// The next matter with its state and its facts of the last page.
    pub(super) async fn next(
        &mut self,
        report: &mut Report,
    ) -> Result<Option<(MatterId, State, Vec<serde_json::Value>)>, Fault> {
        self.fill(report).await?;
        let Some((id, _, _)) = self.rows.front().cloned() else { return Ok(None) };
        let mut loaded = self.registry.restore(id.kind(), &StoredMatter::default())?;
        let mut seen = Vec::new();
        loop {
            self.fill(report).await?;
            let Some((_, version, _)) = self.rows.pop_front_if(|(next, _, _)| *next == id) else {
                return Ok(Some((id, loaded.state, seen)));
            };
            let facts = self.facts.remove(&(id.clone(), version)).unwrap_or_default();
            loaded = self.registry.extend(id.kind(), loaded, &facts)?;
            seen.extend(facts.into_iter().map(|fact| fact.fact).filter(may_attach));
            self.compare_snapshot(&id, &loaded, report)?;
        }
    }

    fn compare_snapshot(
        &mut self,
        id: &MatterId,
        loaded: &Loaded,
        report: &mut Report,
    ) -> Result<(), Fault> {
        let key = (id.as_str().to_owned(), loaded.version);
        let Some((fold_version, stored)) = self.snapshots.remove(&key) else { return Ok(()) };
        if self.registry.fold_version(id.kind()).map(i64::from) != Some(fold_version) {
            // Made by another fold: the server does not use it either.
            return Ok(());
        }
        let stored: Option<serde_json::Value> = serde_json::from_str(&stored).ok();
        if stored != Some(loaded.state.snapshot()?) {
            let version = loaded.version;
            let what = format!("快照 journal_snapshot：事项{id}第{version}版的状态被改动。");
            report.add(None, what);
        }
        Ok(())
    }

    async fn fill(&mut self, report: &mut Report) -> Result<(), Fault> {
        if !self.rows.is_empty() || self.ended {
            return Ok(());
        }
        let values = vec![Datum::text(self.after.0.as_str()), Datum::Int(self.after.1)];
        let page = self.reader.query(SELECT_PAGE, values).await?;
        self.ended = page.len() < ROWS_MAX;
        for row in page {
            if let [Datum::Text(matter), Datum::Int(version), Datum::Int(seq)] = row.as_slice() {
                self.after = (matter.clone(), *version);
                let number = |n: i64| u64::try_from(n).unwrap_or(u64::MAX);
                if let Ok(id) = MatterId::parse(matter) {
                    self.rows.push_back((id, number(*version), number(*seq)));
                }
            }
        }
        self.read_facts().await?;
        self.read_snapshots(report).await?;
        if self.ended {
            for row in self.reader.query(SELECT_STRAY, vec![]).await? {
                if let [Datum::Text(matter)] = row.as_slice() {
                    let what = format!("快照 journal_snapshot：事项{matter}没有这一版。");
                    report.add(None, what);
                }
            }
        }
        Ok(())
    }

    /// The facts of the page, each act read once.
    async fn read_facts(&mut self) -> Result<(), Fault> {
        self.facts.clear();
        let wanted: BTreeSet<(MatterId, u64)> =
            self.rows.iter().map(|(id, version, _)| (id.clone(), *version)).collect();
        let acts: BTreeSet<u64> = self.rows.iter().map(|(_, _, seq)| *seq).collect();
        for seq in acts {
            let rows = self.reader.query(SELECT_PAYLOAD, vec![Datum::count(seq)]).await?;
            let Some([Datum::Text(payload)]) = rows.first().map(Vec::as_slice) else { continue };
            let act: Act = serde_json::from_str(payload)
                .map_err(|e| Fault::corrupt("journal_act", seq, &e))?;
            let stamp = Stamp { seq: act.seq, time: act.time, actor: act.actor };
            for change in act.changes {
                let key = (change.matter, change.version);
                if wanted.contains(&key) {
                    let count = u64::try_from(change.facts.len()).unwrap_or(u64::MAX);
                    let first = key.1.saturating_sub(count).saturating_add(1);
                    let numbered = (first..).zip(change.facts);
                    let stored = numbered.map(|(version, fact)| StoredFact {
                        version,
                        stamp: stamp.clone(),
                        fact,
                    });
                    let stored = stored.collect();
                    self.facts.insert(key, stored);
                }
            }
        }
        Ok(())
    }

    async fn read_snapshots(&mut self, report: &mut Report) -> Result<(), Fault> {
        let (Some(first), Some(last)) = (self.rows.front(), self.rows.back()) else {
            return Ok(());
        };
        let values = vec![Datum::text(first.0.as_str()), Datum::text(last.0.as_str())];
        for row in self.reader.query(SELECT_SNAPSHOTS, values).await? {
            match <[Datum; 4]>::try_from(row) {
                Ok(
                    [
                        Datum::Text(matter),
                        Datum::Int(version),
                        Datum::Int(fold_version),
                        Datum::Text(state),
                    ],
                ) => {
                    let version = u64::try_from(version).unwrap_or(u64::MAX);
                    self.snapshots.insert((matter, version), (fold_version, state));
                }
                _ => report.add(None, "快照 journal_snapshot：有一行的列类型不对。"),
            }
        }
        // Those of earlier pages have been compared or are older than the fold.
        let first = first.0.as_str().to_owned();
        self.snapshots = self.snapshots.split_off(&(first, 0));
        Ok(())
    }
}

/// Facts are kept only to look in them for attached files, and for those that were destroyed.
fn may_attach(fact: &serde_json::Value) -> bool {
    let mut found = fact.get("gone").is_some();
    super::blobs::attached(fact, &mut |_| found = true);
    found
}
