//! What goes wrong inside a batch or a writer hits only what it must.

use crate::ledger::{open, person, transfer};
use lingnan_journal::{ActId, Answer, Command, Draft, Stop};
use serde_json::{Value, json};

fn id(text: &str) -> ActId {
    ActId::parse(text).unwrap()
}

/// A statement of one act that the engine refuses, among acts that are well.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_poisoned_act_fails_alone() {
    let database = crate::engines::sqlite();
    let store = open(&database.url);
    let guard = "create trigger poison before insert on balances when new.account = 'bad' \
        begin select raise(fail, 'poisoned'); end";
    rusqlite::Connection::open(&database.url).unwrap().execute_batch(guard).unwrap();
    let mut waiting = tokio::task::JoinSet::new();
    for number in 0..60 {
        let store = store.clone();
        let to = if number == 30 { "bad".to_owned() } else { format!("a{number}") };
        waiting.spawn(async move {
            let act = id(&format!("act-{number}"));
            (number, store.submit(act, person("林岭"), transfer("", &to, 1)).await)
        });
    }
    for (number, told) in waiting.join_all().await {
        assert_eq!(told.is_ok(), number != 30, "{number}: {told:?}");
    }
    assert_eq!(store.count(), 59);
}

struct Panics;

impl Command for Panics {
    fn name(&self) -> &'static str {
        "ledger.panic"
    }

    fn request(&self) -> Value {
        json!({})
    }

    fn decide(&self, _: &mut Draft<'_>) -> Result<Answer, Stop> {
        panic!("a bug in a module");
    }
}

/// Runs itself again as the process that ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panic_of_the_writer_ends_the_process() {
    const CHILD: &str = "LINGNAN_TEST_PANICS_AT";
    if let Ok(url) = std::env::var(CHILD) {
        let store = open(&url);
        let _ = store.submit(id("act-1"), person("林岭"), Panics).await;
        // The answer may come before the end does; a server without a writer lives on.
        let end = std::future::pending::<()>();
        let _ = tokio::time::timeout(std::time::Duration::from_secs(20), end).await;
        std::process::exit(0);
    }
    let database = crate::engines::sqlite();
    let mut again = std::process::Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "failures::a_panic_of_the_writer_ends_the_process"]);
    let ended = again.env(CHILD, &database.url).output().unwrap().status;
    assert!(!ended.success() && ended.code().is_none(), "{ended}");
}
