//! Slowing guesses down: per account and per address, growing, never for good.

use lingnan_base::Timestamp;
use lingnan_journal::{Datum, Fault};
use lingnan_store::{Statement, Store};

/// Failures that cost nothing: people mistype.
const FREE: i64 = 5;
/// Longest wait, in milliseconds; a victim of someone else's guessing waits no longer than this.
const WAIT_MS_MAX: i64 = 15 * 60_000;
/// Failures older than this are forgotten.
const MEMORY_MS: i64 = 60 * 60_000;

const SELECT: &str = "select failures, last_ms from auth_throttle where name = $1";
const INSERT: &str = "insert into auth_throttle (name, failures, last_ms) values ($1, $2, $3)";
const DELETE: &str = "delete from auth_throttle where name = $1";
const FORGET: &str = "delete from auth_throttle where last_ms < $1";
const RETURN: &str =
    "update auth_throttle set failures = failures - 1 where name = $1 and failures > 0";

/// Lets a try of all `names` in, or tells how many milliseconds to wait. A try counts as a failure
/// until it succeeds, so that many at once are no more than many in turn; callers take turns.
pub(crate) async fn enter(store: &Store, names: &[&str], now: Timestamp) -> Result<i64, Fault> {
    let mut statements =
        vec![Statement::new(FORGET, vec![Datum::Int(now.0.saturating_sub(MEMORY_MS))])];
    let mut longest = 0;
    for name in names {
        let (failures, last) = read(store, name, now).await?;
        longest = longest.max(wait(failures, last, now));
        let key = Datum::text(*name);
        let values = vec![key.clone(), Datum::Int(failures.saturating_add(1)), Datum::Int(now.0)];
        statements.push(Statement::new(DELETE, vec![key]));
        statements.push(Statement::new(INSERT, values));
    }
    if longest == 0 {
        store.execute(statements).await?;
    }
    Ok(longest)
}

fn wait(failures: i64, last: i64, now: Timestamp) -> i64 {
    let over = failures.saturating_sub(FREE);
    if over < 0 {
        return 0;
    }
    let wait = 1_000_i64.saturating_mul(1 << over.min(20)).min(WAIT_MS_MAX);
    last.saturating_add(wait).saturating_sub(now.0).max(0)
}

/// Takes back the failure that [`enter`] counted against a name that others share.
pub(crate) async fn returned(store: &Store, name: &str) -> Result<(), Fault> {
    store.execute(vec![Statement::new(RETURN, vec![Datum::text(name)])]).await.map(|_| ())
}

/// Forgets the failures of `name`.
pub(crate) async fn succeeded(store: &Store, name: &str) -> Result<(), Fault> {
    store.execute(vec![Statement::new(DELETE, vec![Datum::text(name)])]).await.map(|_| ())
}

async fn read(store: &Store, name: &str, now: Timestamp) -> Result<(i64, i64), Fault> {
    let rows = store.query(SELECT, vec![Datum::text(name)]).await?;
    Ok(match rows.first().map(Vec::as_slice) {
        Some([Datum::Int(failures), Datum::Int(last)])
            if now.0.saturating_sub(*last) < MEMORY_MS =>
        {
            (*failures, *last)
        }
        _ => (0, 0),
    })
}
