//! Two server processes on one PostgreSQL: what is done through one, the other knows.

use crate::browser::{self, NOW, Province, check, fresh, head};
use axum::body::Body;
use axum::http::Method;
use futures_util::StreamExt;
use lingnan_base::{Chance, FixedClock, PersonId, Timestamp};
use lingnan_directory::{
    Appoint, Demonstration, DemonstrationPerson, ImportUnits, Leave, demonstration_people, plan,
};
use lingnan_journal::{ActId, Actor, Command};
use lingnan_server::cell::Cell;
use lingnan_store::{LEASE_MS, Reader};
use lingnan_tlog::Verifier;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;

/// What is done through one process is known to the other within it.
const SECOND: Duration = Duration::from_secs(1);

/// An empty database in the private cluster that the tests are given.
pub(crate) async fn database() -> String {
    let base = std::env::var("LINGNAN_TEST_POSTGRES")
        .expect("LINGNAN_TEST_POSTGRES names a private cluster; cargo xtask test starts one");
    let mut chance = Chance::from_number(u64::from(std::process::id()));
    let name = format!("story_{}", chance.key(Timestamp(0)));
    let (client, connection) =
        tokio_postgres::connect(&format!("{base}/postgres"), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(&format!("create database {name}")).await.unwrap();
    format!("{base}/{name}")
}

async fn act(cell: &Cell, command: impl Command) {
    let id = ActId::parse(&fresh()).unwrap();
    cell.store.submit(id, Actor::system("test"), command).await.unwrap();
}

/// The province's own units, without those below, and its people of the demonstration.
pub(crate) async fn populate(cell: &Cell) {
    let areas = include_str!("../../../catalogue/directory/guangdong.csv");
    let areas: Vec<&str> = areas
        .lines()
        .enumerate()
        .filter(|(n, l)| *n == 0 || l.starts_with("440000"))
        .map(|(_, l)| l)
        .collect();
    let planned = plan(
        &areas.join("\n"),
        include_str!("../../../catalogue/directory/provincial_units.csv"),
        include_str!("../../../catalogue/directory/departments.tsv"),
        include_str!("../../../catalogue/directory/posts.tsv"),
    );
    for group in planned.unwrap() {
        act(cell, ImportUnits { units: group.units }).await;
    }
    for person in people() {
        for post in person.posts {
            let unit = cell.directory.read().unwrap().post(&post).unwrap().0.clone();
            let (person, name) = (person.id.clone(), person.name.clone());
            act(cell, Appoint { person, name, unit, post, acting: false }).await;
        }
    }
}

pub(crate) fn people() -> Vec<DemonstrationPerson> {
    let all = include_str!("../../../catalogue/people/demonstration.tsv");
    let mut people = demonstration_people(all).unwrap();
    people.retain(|person| person.posts.iter().all(|post| post.as_str().starts_with("440000")));
    people
}

/// Two processes, the second opened on what the first has made.
async fn pair() -> (Province, Province) {
    let url = database().await;
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let clock = Arc::new(FixedClock::new(NOW));
    let one = browser::open(&url, folder.path(), Arc::clone(&clock), 11);
    one.load_directory().await.unwrap();
    populate(&one).await;
    let two = browser::open(&url, folder.path(), Arc::clone(&clock), 12);
    two.load_directory().await.unwrap();
    let people = || Demonstration { cast: people(), staff: Vec::new() };
    let one = browser::serve(one, people(), Arc::clone(&folder), Arc::clone(&clock), 21).await;
    (one, browser::serve(two, people(), folder, clock, 22).await)
}

/// Waits until `holds`, a second at most.
async fn within_a_second(mut holds: impl AsyncFnMut() -> bool) {
    let waited = tokio::time::timeout(SECOND, async {
        while !holds().await {
            tokio::task::yield_now().await;
        }
    });
    assert!(waited.await.is_ok(), "not within a second");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_done_through_one_process_the_other_knows_within_a_second() {
    let (one, two) = pair().await;
    let (drafter, elsewhere) = (one.as_person("linlan").await, two.as_person("linlan").await);

    // Live news of an act made in the other process.
    let events = elsewhere.request(Method::GET, "/api/events").body(Body::empty()).unwrap();
    let mut events =
        two.router.clone().oneshot(events).await.unwrap().into_body().into_data_stream();
    let id = drafter.begin(head_without_others(), &["正文。"]).await;
    let told = tokio::time::timeout(SECOND, events.next()).await.unwrap().unwrap().unwrap();
    assert!(String::from_utf8_lossy(&told).contains(&id), "{told:?}");

    // The position is stated, and is the journal's.
    within_a_second(async || {
        let (_, health) = two.stranger().get("/api/health").await;
        health["followed"] == health["acts"] && health["acts"] == one.cell.store.count()
    })
    .await;

    // One who has left is refused by both.
    act(&one.cell, Leave { person: PersonId::parse("linlan").unwrap() }).await;
    check(&drafter.get("/api/inbox?box=todo").await, 401, "auth.left");
    within_a_second(async || elsewhere.get("/api/inbox?box=todo").await.1["code"] == "auth.left")
        .await;
    check(
        &two.stranger().post("/api/demo/session", &json!({ "username": "linlan" })).await,
        403,
        "auth.left",
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_judges_by_what_the_other_has_answered() {
    let (one, two) = pair().await;
    let (drafter, elsewhere) = (one.as_person("linlan").await, two.as_person("linlan").await);
    let id = drafter.begin(head_without_others(), &["正文。"]).await;
    for turn in 0..6 {
        let (here, title) =
            (if turn % 2 == 0 { &elsewhere } else { &drafter }, format!("关于第{turn}次的通知"));
        let mut head = head_without_others();
        head["title"] = json!(title);
        let body = browser::text(&["正文。"]);
        let saved = json!({ "do": "save", "base": turn + 1, "head": head, "body": body });
        check(&here.act(&id, saved).await, 200, "");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_through_one_process_is_found_through_the_other() {
    let (one, two) = pair().await;
    let (drafter, elsewhere) = (one.as_person("linlan").await, two.as_person("linlan").await);
    let titles = async || {
        two.cell.search.catch_up().await.unwrap();
        let told = elsewhere.get("/api/search?q=荔枝").await.1;
        let title = |item: &serde_json::Value| -> String {
            let parts = item["title"].as_array().unwrap().iter();
            parts.map(|part| part["text"].as_str().unwrap()).collect()
        };
        told["items"].as_array().unwrap().iter().map(title).collect::<Vec<_>>()
    };
    assert!(titles().await.is_empty());
    let mut head = head_without_others();
    head["title"] = json!("关于荔枝保鲜的通知");
    let id = drafter.begin(head.clone(), &["正文。"]).await;
    assert_eq!(titles().await, ["关于荔枝保鲜的通知"]);
    head["title"] = json!("关于荔枝外运的通知");
    let body = browser::text(&["正文。"]);
    let saved = json!({ "do": "save", "base": 1, "head": head, "body": body });
    check(&drafter.act(&id, saved).await, 200, "");
    assert_eq!(titles().await, ["关于荔枝外运的通知"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_are_asked_for_and_read_on_postgresql_too() {
    let (one, _) = pair().await;
    let drafter = one.as_person("linlan").await;
    check(&drafter.get("/api/messages?unread=true").await, 200, "");
    for (path, body) in [
        ("/api/messages/read", json!({ "messages": ["none"] })),
        ("/api/messages/read-all", json!({ "until_ms": browser::NOW.0 })),
    ] {
        check(&drafter.post(path, &body).await, 204, "");
    }
    check(&drafter.get("/api/messages/unread").await, 200, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_holder_of_the_lease_appends_to_the_log() {
    let (one, two) = pair().await;
    let drafter = one.as_person("linlan").await;
    let next = async || {
        drafter.begin(head_without_others(), &["正文。"]).await;
        one.cell.store.count()
    };
    let (first, holder, other) = (one.cell.store.count(), &one.kit.evidence, &two.kit.evidence);
    assert_eq!(other.advance().await.unwrap(), 0, "the first has the lease");
    assert_eq!(holder.advance().await.unwrap(), first);
    let second = next().await;
    assert_eq!(other.advance().await.unwrap(), first, "not a second hand");

    // One that was silent for too long finds another in its place.
    one.clock.advance_ms(LEASE_MS + 1);
    assert_eq!(other.advance().await.unwrap(), second);
    let third = next().await;
    assert_eq!(holder.advance().await.unwrap(), second, "it has lost the lease");
    assert_eq!(other.advance().await.unwrap(), third);

    // Both at once, while leases run out: every checkpoint is of one log.
    for _ in 0..10 {
        next().await;
        one.clock.advance_ms(LEASE_MS / 2 + 1);
        let (one, two) = tokio::join!(holder.advance(), other.advance());
        assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    }
    other.release().await.unwrap();
    holder.advance().await.unwrap();
    let report = verified(&one).await;
    assert_eq!(report.findings, [], "{report:?}");
    assert_eq!(report.acts, one.cell.store.count());
}

/// What a verifier from outside says of the cell.
async fn verified(province: &Province) -> lingnan_evidence::Report {
    let reader = Reader::frozen(province.cell.url()).await.unwrap();
    let verifier = Verifier::parse(&province.kit.evidence.verifier_key()).unwrap();
    let mut audit = lingnan_evidence::Audit::new(&reader, "gd", &verifier);
    audit.copies = Some(province.folder.path().join(lingnan_evidence::COPIES_FILE));
    audit.verify().await.unwrap()
}

pub(crate) fn head_without_others() -> serde_json::Value {
    let mut head = head("关于两个进程的通知");
    head["recipients"] = json!(["440000-03"]);
    head["copies"] = json!([]);
    head
}
