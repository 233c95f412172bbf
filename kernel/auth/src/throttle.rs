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

/// How long `name` must wait before the next try, in milliseconds; 0 when it need not.
pub(crate) async fn wait(store: &Store, name: &str, now: Timestamp) -> Result<i64, Fault> {
    let (failures, last) = read(store, name, now).await?;
    let over = failures.saturating_sub(FREE);
    if over < 0 {
        return Ok(0);
    }
    let wait = 1_000_i64.saturating_mul(1 << over.min(20)).min(WAIT_MS_MAX);
    Ok(last.saturating_add(wait).saturating_sub(now.0).max(0))
}

/// Counts a failure.
pub(crate) async fn failed(store: &Store, name: &str, now: Timestamp) -> Result<(), Fault> {
    let (failures, _) = read(store, name, now).await?;
    let key = Datum::text(name);
    let values = vec![key.clone(), Datum::Int(failures.saturating_add(1)), Datum::Int(now.0)];
    let both = vec![Statement::new(DELETE, vec![key]), Statement::new(INSERT, values)];
    store.execute(both).await.map(|_| ())
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
