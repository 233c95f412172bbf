//! Very many running matters, each with a limit: opening the cell, and hearing all their alarms.

use crate::{Extent, line, rate};
use lingnan_base::{Chance, FixedClock, PersonId, PostId, Timestamp};
use lingnan_journal::{ActId, Actor, Datum};
use lingnan_server::{cell, clock, demonstration, import};
use lingnan_store::{NoFailPoints, Rebuild};
use lingnan_workflow::{Start, Submission};
use serde_json::json;
use std::path::Path;
use std::sync::{Arc, PoisonError};
use std::time::Instant;

/// Wednesday 2026-11-25, 10:00 in China.
const NOW: Timestamp = Timestamp(1_795_572_000_000);
/// The process that runs: an expenditure that a manager answers in two working days.
const CODE: &str = "cw14";
/// Matters begun at once.
const AT_ONCE: u32 = 256;
/// Days after which every first limit has passed.
const LATER_MS: i64 = 14 * 86_400_000;

/// Seconds to open a cell with that many matters, and alarms heard a second once all are due.
pub(crate) async fn with_timers(extent: Extent) -> Result<(), String> {
    let matters: u32 = if extent == Extent::Quick { 4_096 } else { 100_096 };
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let time = Arc::new(FixedClock::new(NOW));
    let cell = open(folder.path(), &time)?;
    let said = |error: &dyn std::fmt::Display| error.to_string();
    cell.load_directory().await.map_err(|e| said(&e))?;
    import::guangdong(&cell.store).await.map_err(|e| said(&e))?;
    demonstration::load(&cell).await.map_err(|e| said(&e))?;
    import::processes(&cell.store).await.map_err(|e| said(&e))?;
    let begun = Instant::now();
    begin(&cell, matters).await?;
    line(&format!("matters.{matters}.begin"), rate(matters, begun.elapsed()), "matters/s", "");
    drop(cell);
    let begun = Instant::now();
    let cell = open(folder.path(), &time)?;
    cell.load_directory().await.map_err(|e| said(&e))?;
    let waiting = count(&cell).await?;
    line(&format!("matters.{matters}.start"), begun.elapsed().as_secs_f64(), "s", "<= 5");
    assert!(waiting >= i64::from(matters), "every matter has its alarm");
    let begun = Instant::now();
    clock::round(&cell).await.map_err(|e| said(&e))?;
    let idle = begun.elapsed().as_secs_f64() * 1_000.0;
    line(&format!("matters.{matters}.idle_tick"), idle, "ms", "");
    time.advance_ms(LATER_MS);
    let begun = Instant::now();
    let heard = clock::round(&cell).await.map_err(|e| said(&e))?;
    assert!(heard >= matters, "every alarm was heard");
    line(&format!("matters.{matters}.alarms"), rate(heard, begun.elapsed()), "alarms/s", "");
    Ok(())
}

fn open(data: &Path, time: &Arc<FixedClock>) -> Result<cell::Cell, String> {
    let opening = cell::Opening {
        url: data.join("cell.sqlite").to_string_lossy().into_owned(),
        cell: "gd".to_owned(),
        data: data.to_owned(),
        clock: Arc::<FixedClock>::clone(time),
        chance: Chance::from_number(1),
        fail_point: Arc::new(NoFailPoints),
        rebuild: Rebuild::Stale,
    };
    cell::open(opening).map_err(|fault| fault.to_string())
}

async fn begin(cell: &cell::Cell, matters: u32) -> Result<(), String> {
    let actor = drafter(cell)?;
    let mut running = tokio::task::JoinSet::new();
    for runner in 0..AT_ONCE {
        let (cell, actor) = (cell.clone(), actor.clone());
        running.spawn(async move {
            for number in 0..matters / AT_ONCE {
                let id = ActId::parse(&format!("m-{runner}-{number}"));
                let id = id.map_err(|e| e.to_string())?;
                let told = cell.store.submit(id, actor.clone(), start(&cell)).await;
                told.map_err(|stop| format!("{stop:?}"))?;
            }
            Ok::<_, String>(())
        });
    }
    while let Some(done) = running.join_next().await {
        done.map_err(|e| e.to_string())??;
    }
    Ok(())
}

fn drafter(cell: &cell::Cell) -> Result<Actor, String> {
    let directory = cell.directory.read().unwrap_or_else(PoisonError::into_inner);
    let person = PersonId::parse("fanghao").map_err(|e| e.to_string())?;
    let post = PostId::parse("440000-11.ng").map_err(|e| e.to_string())?;
    let actor = directory.actor(&person, &post, NOW);
    actor.map_err(|refusal| refusal.message)
}

fn start(cell: &cell::Cell) -> Start {
    let fields = json!({
        "事由": "采购会议设备", "金额": 10_000, "类别": "办公", "经费来源": "公用经费",
        "用途说明": "用于年度工作会议。"
    });
    Start {
        code: CODE.to_owned(),
        fields: fields.as_object().cloned().unwrap_or_default(),
        submission: Submission::Submit("请审批。".to_owned()),
        files: Vec::new(),
        setting: cell.setting(),
    }
}

async fn count(cell: &cell::Cell) -> Result<i64, String> {
    let rows = cell.store.query("select count(*) from work_timer", Vec::new()).await;
    match rows.map_err(|e| e.to_string())?.first().map(Vec::as_slice) {
        Some([Datum::Int(count)]) => Ok(*count),
        _ => Err("the alarms cannot be counted".to_owned()),
    }
}
