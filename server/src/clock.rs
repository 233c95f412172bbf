//! 时钟: hears the alarms of matters, warns, lights lamps and ends waits.

use crate::cell::Cell;
use lingnan_journal::{ActId, Actor, Datum, Fault, Stop};
use lingnan_workflow::{Setting, Tick};
use std::sync::Arc;
use std::time::Duration;

/// How often alarms are looked at: lights are a matter of days, waits of minutes.
const EVERY: Duration = Duration::from_secs(5);
/// Alarms heard in one round, at once, so that the writer commits them together; the rest are
/// heard in the next round, which follows at once.
const ROUND_MAX: u32 = 500;

const DUE: &str = "select matter, at_ms from work_timer where at_ms <= $1 order by at_ms, matter \
    limit $2";

/// Hears alarms as long as the cell is served.
pub async fn run(cell: Cell) {
    loop {
        match round(&cell).await {
            Ok(heard) if heard == ROUND_MAX => {}
            Ok(_) => tokio::time::sleep(EVERY).await,
            Err(fault) => {
                tracing::error!(%fault, "hearing alarms");
                tokio::time::sleep(EVERY).await;
            }
        }
    }
}

/// Hears what is due now; tells how many alarms were heard.
///
/// # Errors
/// [`Fault`] when the engine fails; what was heard stays heard.
pub async fn round(cell: &Cell) -> Result<u32, Fault> {
    let now = cell.store.now();
    let due = cell.store.query(DUE, vec![Datum::Int(now.0), Datum::Int(ROUND_MAX.into())]).await?;
    let mut hearing = tokio::task::JoinSet::new();
    for row in &due {
        let [Datum::Text(matter), Datum::Int(at)] = row.as_slice() else { continue };
        let key = matter.split_once(':').map_or("", |(_, key)| key).to_owned();
        // Whoever hears it first has heard it: the alarm's own moment is part of the act's id.
        let id = ActId::parse(&format!("tick-{key}-{at}"))
            .map_err(|error| Fault::corrupt(matter, 0, &error))?;
        let setting = Setting {
            directory: Arc::clone(&cell.directory),
            calendar: Arc::clone(&cell.calendar),
        };
        let (store, matter) = (cell.store.clone(), matter.clone());
        hearing.spawn(async move {
            let told = store.submit(id, Actor::system("clock"), Tick { key, setting }).await;
            (matter, told)
        });
    }
    let (mut heard, mut failed) = (0, None);
    for (matter, told) in hearing.join_all().await {
        match told {
            Ok(_) => heard += 1,
            Err(Stop::Failed(fault)) => failed = Some(fault),
            Err(Stop::Refused(refusal)) => {
                tracing::warn!(matter, code = refusal.code, "an alarm could not be heard");
            }
        }
    }
    failed.map_or(Ok(heard), Err)
}
