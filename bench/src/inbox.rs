//! A page of an inbox among millions of tickets, while acts are being written.

use crate::ledger::{Count, actor, counters, open};
use crate::{Extent, line, quantile};
use lingnan_flow::inbox::TICKETS;
use lingnan_journal::{ActId, Datum};
use lingnan_store::{Statement, Store};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Posts among which the tickets are spread.
const HOLDERS: u32 = 5_000;
/// Rows in one statement batch.
const BATCH: u32 = 10_000;
/// Pages read.
const PAGES: u32 = 2_000;

const INSERT: &str = "insert into inbox_ticket (matter, ticket, holder, node, step, title, unit, \
    urgency, opened_ms, due_ms) values ($1, 0, $2, 'handle', '承办', $3, '省政府办公厅', \
    'ordinary', $4, $5)";
const PAGE: &str = "select matter, title, step, unit, urgency, opened_ms, due_ms \
    from inbox_ticket where holder in ($1, $2) order by due_ms, matter limit 51";

/// p50 and p99 of a page while a writer writes.
pub(crate) async fn page(extent: Extent) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let path = folder.path().join("inbox.sqlite");
    let store = open(&path.to_string_lossy(), counters(&[&TICKETS]))?;
    let tickets: u32 = if extent == Extent::Quick { 300_000 } else { 5_000_000 };
    fill(&store, tickets).await?;
    let stop = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn(write(store.clone(), Arc::clone(&stop)));
    let mut times = Vec::new();
    for page in 0..PAGES {
        let holder = |number: u32| Datum::Text(format!("post-{}", number % HOLDERS));
        let sent = Instant::now();
        let rows = store.query(PAGE, vec![holder(page * 7), holder(page * 13 + 1)]).await;
        assert!(!rows.map_err(|e| e.to_string())?.is_empty(), "every post has tickets");
        times.push(sent.elapsed());
    }
    stop.store(true, Ordering::SeqCst);
    let written = writer.await.map_err(|e| e.to_string())??;
    assert!(written > 0, "the writer wrote meanwhile");
    let name = format!("inbox.{tickets}_tickets");
    line(&format!("{name}.p50"), quantile(&mut times, 0.5), "ms", "");
    line(&format!("{name}.p99"), quantile(&mut times, 0.99), "ms", "<= 20 at 5000000");
    Ok(())
}

async fn fill(store: &Store, tickets: u32) -> Result<(), String> {
    let mut number = 0;
    while number < tickets {
        let end = tickets.min(number + BATCH);
        let row = |number: u32| {
            let due = i64::from(number.wrapping_mul(2_654_435_761) >> 8);
            let values = vec![
                Datum::Text(format!("document:{number:08}")),
                Datum::Text(format!("post-{}", number % HOLDERS)),
                Datum::Text(format!("关于第{number}号事项的通知")),
                Datum::Int(due),
                Datum::Int(due + 86_400_000),
            ];
            Statement::new(INSERT, values)
        };
        store.execute((number..end).map(row).collect()).await.map_err(|e| e.to_string())?;
        number = end;
    }
    Ok(())
}

async fn write(store: Store, stop: Arc<AtomicBool>) -> Result<u32, String> {
    let mut number = 0_u32;
    while !stop.load(Ordering::SeqCst) {
        let id = ActId::parse(&format!("w-{number}")).map_err(|e| e.to_string())?;
        let command = Count { key: format!("w{}", number % 100) };
        store.submit(id, actor(), command).await.map_err(|stop| format!("{stop:?}"))?;
        number += 1;
    }
    Ok(number)
}
