//! While one batch is being written the next is judged upon it; nobody hears of either before both
//! hold.

use crate::ledger::{Account, account, options, person, transfer};
use lingnan_journal::{ActId, Stop};
use lingnan_store::{Accepted, FailPoint, Store};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Long enough for what waits to be judged.
const JUDGED: Duration = Duration::from_millis(200);

/// Holds the first batch that is to be written until it is let go.
struct Gate {
    held: AtomicBool,
    go: Mutex<Receiver<()>>,
}

impl FailPoint for Gate {
    fn reached(&self, name: &'static str) {
        if name == "judged" && !self.held.swap(true, Ordering::SeqCst) {
            self.go.lock().unwrap().recv().unwrap();
        }
    }
}

fn gated(url: &str) -> (Store, Arc<Gate>, Sender<()>) {
    let (go, waiting) = channel();
    let gate = Arc::new(Gate { held: AtomicBool::new(false), go: Mutex::new(waiting) });
    let mut options = options(url);
    options.fail_point = Arc::clone(&gate) as Arc<dyn FailPoint>;
    (lingnan_store::open(options).unwrap(), gate, go)
}

type Waiting = JoinHandle<Result<Accepted, Stop>>;

fn submit(store: &Store, id: &str, from: &str, to: &str, amount: i64) -> Waiting {
    let (store, id, command) =
        (store.clone(), ActId::parse(id).unwrap(), transfer(from, to, amount));
    tokio::spawn(async move { store.submit(id, person("林岭"), command).await })
}

/// Submits an act and comes back when it is about to be written.
async fn hold(store: &Store, gate: &Gate, id: &str, to: &str) -> Waiting {
    let first = submit(store, id, "", to, 10);
    while !gate.held.load(Ordering::SeqCst) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    first
}

fn is_refused(told: &Result<Accepted, Stop>) -> bool {
    matches!(told, Err(Stop::Refused(refusal)) if refusal.code == "ledger.overdrawn")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_told_what_does_not_hold_yet() {
    let database = crate::engines::sqlite();
    let (store, gate, go) = gated(&database.url);
    let first = hold(&store, &gate, "a", "one").await;
    let again = submit(&store, "a", "", "one", 10);
    let [upon, other] = ["b", "c"].map(|id| submit(&store, id, "one", "two", 10));
    tokio::time::sleep(JUDGED).await;
    for waiting in [&first, &again, &upon, &other] {
        assert!(!waiting.is_finished());
    }
    assert_eq!(store.count(), 0);
    go.send(()).unwrap();
    assert_eq!(first.await.unwrap().unwrap().seq, Some(0));
    let again = again.await.unwrap().unwrap();
    assert!(again.repeated && again.seq == Some(0));
    let told = [upon.await.unwrap(), other.await.unwrap()];
    let (refused, held): (Vec<_>, Vec<_>) = told.iter().partition(|told| is_refused(told));
    assert_eq!(refused.len(), 1, "{told:?}");
    assert!(held.iter().all(|told| matches!(told, Ok(one) if one.seq == Some(1))), "{told:?}");
    assert_eq!(store.count(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_judged_upon_a_batch_that_failed_is_judged_again() {
    let database = crate::engines::sqlite();
    let (store, gate, go) = gated(&database.url);
    let guard = "create trigger poison before insert on balances when new.account = 'bad' \
        begin select raise(fail, 'poisoned'); end";
    rusqlite::Connection::open(&database.url).unwrap().execute_batch(guard).unwrap();
    let first = hold(&store, &gate, "a", "bad").await;
    let again = submit(&store, "a", "", "bad", 10);
    let upon = submit(&store, "b", "bad", "good", 5);
    let stranger = submit(&store, "c", "", "good", 1);
    tokio::time::sleep(JUDGED).await;
    go.send(()).unwrap();
    for failed in [first, again] {
        let told = failed.await.unwrap();
        assert!(matches!(told, Err(Stop::Failed(_))), "{told:?}");
    }
    let upon = upon.await.unwrap();
    assert!(is_refused(&upon), "{upon:?}");
    assert_eq!(stranger.await.unwrap().unwrap().seq, Some(0));
    let (version, good) = store.load::<Account>(&account("good")).await.unwrap();
    assert_eq!((store.count(), version, good.balance), (1, 1, 1));
}
