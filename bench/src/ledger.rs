//! A matter of one field and one row: the least that an act can be.

use lingnan_base::{Chance, Clock, FixedClock, Timestamp};
use lingnan_journal::{
    Actor, Answer, Column, Command, Datum, Draft, Fault, Matter, MatterId, Registry, Row, Stamp,
    Stop, Table,
};
use lingnan_store::{Options, Store};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::SystemTime;

/// One row a matter.
pub(crate) static COUNTS: Table = Table {
    name: "bench_count",
    version: 1,
    columns: &[Column::text("counter"), Column::int("count"), Column::text("step")],
    key_columns: 1,
    indexes: &["(step, counter)"],
};

/// A counter.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Counter {
    count: i64,
}

/// It was counted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Counted {
    remark: String,
}

impl Matter for Counter {
    const KIND: &'static str = "counter";
    const FOLD_VERSION: u32 = 1;
    type Fact = Counted;

    fn unwritten() -> Self {
        Self { count: 0 }
    }

    fn fold(&mut self, _: &Counted, _: &Stamp) {
        self.count += 1;
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        let values = vec![Datum::text(id.key()), Datum::Int(self.count), Datum::text("办理")];
        vec![Row { table: &COUNTS, values }]
    }
}

/// Counts once.
#[derive(Debug, Clone)]
pub(crate) struct Count {
    /// Which counter.
    pub(crate) key: String,
}

impl Command for Count {
    fn name(&self) -> &'static str {
        "bench.count"
    }

    fn request(&self) -> Value {
        json!({ "key": self.key })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = MatterId::new(Counter::KIND, &self.key)
            .map_err(|e| Fault::corrupt(&self.key, 0, &e))?;
        let remark = "同意。请各有关单位认真落实，月底前报送进展。".to_owned();
        draft.record::<Counter>(&id, &[Counted { remark }])?;
        Ok(json!({}))
    }
}

/// The counters, with their read table and others.
pub(crate) fn counters(more: &[&'static Table]) -> Registry {
    let tables: Vec<&'static Table> = [&COUNTS].into_iter().chain(more.iter().copied()).collect();
    Registry::new().with::<Counter>(&tables)
}

/// Opens a store at `url` that knows these kinds.
pub(crate) fn open(url: &str, registry: Registry) -> Result<Store, String> {
    let clock: Arc<dyn Clock> = Arc::new(FixedClock::new(Timestamp(1_795_572_000_000)));
    let options = Options::new(url, "bench", registry, clock, Chance::from_number(1));
    lingnan_store::open(options).map_err(|fault| fault.to_string())
}

/// Keys as clients and the platform make them: time first.
pub(crate) struct Keys(Chance);

impl Keys {
    /// Keys that no other number gives.
    pub(crate) fn new(number: u32) -> Self {
        Self(Chance::from_number(number.into()))
    }

    /// The next.
    pub(crate) fn fresh(&mut self) -> String {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        self.0.key(Timestamp(i64::try_from(since.as_millis()).unwrap_or_default()))
    }
}

/// The platform.
pub(crate) fn actor() -> Actor {
    Actor::system("bench")
}
