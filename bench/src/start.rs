//! How long a cell with a long journal takes to open.

use crate::ledger::{Count, actor, counters, open};
use crate::{Extent, line};
use lingnan_journal::ActId;
use std::time::Instant;

/// Seconds from opening to the first answer.
pub(crate) async fn with_many_acts(extent: Extent) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let path = folder.path().join("start.sqlite").to_string_lossy().into_owned();
    let acts: u32 = if extent == Extent::Quick { 50_000 } else { 1_000_000 };
    let store = open(&path, counters(&[]))?;
    let mut waiting = tokio::task::JoinSet::new();
    for caller in 0..500_u32 {
        let store = store.clone();
        waiting.spawn(async move {
            for number in 0..acts / 500 {
                let id = ActId::parse(&format!("s-{caller}-{number}"));
                let id = id.map_err(|e| e.to_string())?;
                let command = Count { key: format!("s{caller}-{}", number / 50) };
                store.submit(id, actor(), command).await.map_err(|stop| format!("{stop:?}"))?;
            }
            Ok::<_, String>(())
        });
    }
    while let Some(done) = waiting.join_next().await {
        done.map_err(|e| e.to_string())??;
    }
    drop(store);
    let begun = Instant::now();
    let store = open(&path, counters(&[]))?;
    let id = ActId::parse("first-after-start").map_err(|e| e.to_string())?;
    let command = Count { key: "s0-0".to_owned() };
    store.submit(id, actor(), command).await.map_err(|stop| format!("{stop:?}"))?;
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(store.count(), u64::from(acts) + 1, "the whole journal is there");
    line(&format!("start.{acts}_acts"), seconds * 1_000.0, "ms", "<= 5000 at 1000000");
    Ok(())
}
