//! Acts per second, durable, with their read rows in the same commit.

use crate::ledger::{Count, Keys, actor, counters, open};
use crate::{Extent, line, quantile, rate};
use lingnan_journal::ActId;
use lingnan_store::Store;
use std::time::{Duration, Instant};

/// Callers at once.
const CALLERS: u32 = 256;

/// On SQLite.
pub(crate) async fn on_sqlite(extent: Extent) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let path = folder.path().join("bench.sqlite");
    let store = open(&path.to_string_lossy(), counters(&[]))?;
    measure("acts.sqlite", &store, extent, ">= 5000").await
}

/// On PostgreSQL, in the private cluster that the environment names.
pub(crate) async fn on_postgres(extent: Extent) -> Result<(), String> {
    let base = std::env::var("LINGNAN_TEST_POSTGRES")
        .map_err(|_| "LINGNAN_TEST_POSTGRES is not set; use cargo xtask bench".to_owned())?;
    let url = format!("{base}/postgres");
    let told = tokio_postgres::connect(&url, tokio_postgres::NoTls).await;
    let (client, connection) = told.map_err(|e| e.to_string())?;
    let driver = tokio::spawn(connection);
    let created = client.batch_execute("create database bench_acts").await;
    created.map_err(|e| e.to_string())?;
    drop(client);
    driver.await.map_err(|e| e.to_string())?.map_err(|e| e.to_string())?;
    let store = open(&format!("{base}/bench_acts"), counters(&[]))?;
    measure("acts.postgres", &store, extent, "the same journal").await
}

async fn measure(name: &str, store: &Store, extent: Extent, bar: &str) -> Result<(), String> {
    let each: u32 = if extent == Extent::Quick { 200 } else { 800 };
    let begun = Instant::now();
    let mut callers = tokio::task::JoinSet::new();
    for caller in 0..CALLERS {
        let store = store.clone();
        callers.spawn(async move {
            let mut times: Vec<Duration> = Vec::new();
            let mut keys = Keys::new(caller);
            for number in 0..each {
                let sent = Instant::now();
                let id = ActId::parse(&keys.fresh()).map_err(|e| e.to_string())?;
                let command = Count { key: format!("c{caller}-{}", number % 20) };
                let told = store.submit(id, actor(), command).await;
                told.map_err(|stop| format!("{stop:?}"))?;
                times.push(sent.elapsed());
            }
            Ok::<_, String>(times)
        });
    }
    let mut times = Vec::new();
    while let Some(done) = callers.join_next().await {
        times.extend(done.map_err(|e| e.to_string())??);
    }
    let whole = begun.elapsed();
    line(&format!("{name}.per_second"), rate(CALLERS * each, whole), "acts/s", bar);
    line(&format!("{name}.p50"), quantile(&mut times, 0.5), "ms", "");
    line(&format!("{name}.p99"), quantile(&mut times, 0.99), "ms", "");
    Ok(())
}
