//! A cell of one kind of matter, with files around it, that tests may damage.

use lingnan_base::{Chance, FixedClock, PersonId, PostId, Timestamp, UnitId};
use lingnan_evidence::{
    Audit, COPIES_FILE, Elsewhere, Evidence, Extent, Opening, Report, Running, SIDE_TABLES,
};
use lingnan_journal::{
    ActId, Actor, Answer, Column, Command, Datum, Draft, Fault, Label, Matter, MatterId, Registry,
    Row, Seat, Stamp, Stop, Table,
};
use lingnan_store::{Blobs, NoFailPoints, Options, Reader, Store};
use lingnan_tlog::{Signer, Verifier};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;

pub(crate) static TALLIES: Table = Table {
    name: "tallies",
    version: 1,
    columns: &[Column::text("name"), Column::int("total")],
    key_columns: 1,
    indexes: &[],
};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Tally {
    total: u64,
}

impl Matter for Tally {
    const KIND: &'static str = "tally";
    const FOLD_VERSION: u32 = 1;
    type Fact = u64;

    fn unwritten() -> Self {
        Self { total: 0 }
    }

    fn fold(&mut self, fact: &u64, _: &Stamp) {
        self.total += fact;
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        let total = Datum::count(self.total);
        vec![Row { table: &TALLIES, values: vec![Datum::text(id.key()), total] }]
    }
}

pub(crate) struct Count(pub(crate) String);

impl Command for Count {
    fn name(&self) -> &'static str {
        "tally.count"
    }

    fn request(&self) -> Value {
        json!({ "name": self.0 })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        draft.record::<Tally>(&MatterId::new("tally", &self.0).unwrap(), &[1])?;
        Ok(json!({}))
    }
}

pub(crate) struct Cell {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) store: Store,
    pub(crate) evidence: Evidence,
}

pub(crate) fn registry() -> Registry {
    Registry::new().with::<Tally>(&[&TALLIES])
}

pub(crate) fn open_store(url: &str) -> Store {
    store_at(url, &Arc::new(FixedClock::new(Timestamp(1_795_000_000_000))))
}

pub(crate) fn store_at(url: &str, clock: &Arc<FixedClock>) -> Store {
    let clock = Arc::clone(clock) as Arc<dyn lingnan_base::Clock>;
    let mut options = Options::new(url, "gd", registry(), clock, Chance::from_number(1));
    options.side_tables.extend(SIDE_TABLES);
    lingnan_store::open(options).unwrap()
}

pub(crate) async fn open_evidence(store: &Store, copies: PathBuf) -> Result<Evidence, Fault> {
    Evidence::open(Opening {
        store: store.clone(),
        cell: "gd".to_owned(),
        signer: Signer::new("evidence.gd.lingnan", [3; 32]),
        copies,
        elsewhere: Elsewhere::Copied,
        holder: "the test".to_owned(),
        fail_point: Arc::new(NoFailPoints),
    })
    .await
}

/// A cell of `acts` acts, two checkpoints, the second of which covers everything.
pub(crate) async fn cell(acts: u64) -> Cell {
    let folder = tempfile::tempdir().unwrap();
    let store = open_store(folder.path().join("cell.sqlite").to_str().unwrap());
    let evidence = open_evidence(&store, folder.path().join(COPIES_FILE)).await.unwrap();
    let cell = Cell { folder, store, evidence };
    cell.count(0, acts / 2).await;
    cell.evidence.advance().await.unwrap();
    cell.count(acts / 2, acts).await;
    cell.evidence.advance().await.unwrap();
    cell
}

impl Cell {
    pub(crate) async fn count(&self, from: u64, to: u64) {
        let seat = Seat {
            person: PersonId::parse("p-1").unwrap(),
            post: PostId::parse("post-1").unwrap(),
            unit: UnitId::parse("440000").unwrap(),
        };
        let label = Label { person: "林岭".to_owned(), ..Label::default() };
        let actor = Actor::Person { seat, on_behalf_of: None, label };
        let mut waiting = tokio::task::JoinSet::new();
        for number in from..to {
            let (store, actor) = (self.store.clone(), actor.clone());
            waiting.spawn(async move {
                let id = ActId::parse(&format!("act-{number}")).unwrap();
                let name = if number % 2 == 0 { "even" } else { "odd" };
                store.submit(id, actor, Count(name.to_owned())).await.unwrap();
            });
        }
        waiting.join_all().await;
    }

    /// Changes the database behind the server's back.
    pub(crate) fn tamper(&self, sql: &str) {
        let path = self.folder.path().join("cell.sqlite");
        let connection = rusqlite::Connection::open(path).unwrap();
        connection.execute_batch(sql).unwrap();
    }

    /// Its attached files.
    pub(crate) fn blobs(&self) -> Blobs {
        Blobs::new(self.folder.path().join("blobs"), Arc::new(NoFailPoints))
    }

    pub(crate) async fn verify(&self) -> Report {
        self.verify_with(|_| {}).await
    }

    pub(crate) async fn verify_with(&self, with: impl FnOnce(&mut Audit<'_>)) -> Report {
        let path = self.folder.path().join("cell.sqlite");
        let reader = Reader::frozen(path.to_str().unwrap()).await.unwrap();
        let verifier = Verifier::parse(&self.evidence.verifier_key()).unwrap();
        let registry = registry();
        let blobs = self.folder.path().join("blobs");
        let mut audit = Audit::new(&reader, "gd", &verifier);
        audit.extent = Extent::All { registry: &registry, blobs: Some(&blobs), key: [7; 32] };
        audit.copies = Some(self.folder.path().join(COPIES_FILE));
        audit.running = Running::No;
        with(&mut audit);
        audit.verify().await.unwrap()
    }
}

/// The findings as one text a line, each with its act.
pub(crate) fn tell(report: &Report) -> Vec<String> {
    let one = |finding: &lingnan_evidence::Finding| match finding.seq {
        Some(seq) => format!("{seq}: {}", finding.what),
        None => finding.what.clone(),
    };
    report.findings.iter().map(one).collect()
}
