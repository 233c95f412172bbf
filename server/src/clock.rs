//! 时钟: hears the alarms of matters, warns, lights lamps and ends waits; reckons provisional limits
//! again when the calendar has grown; goes on with a 换版 that was interrupted.

use crate::cell::Cell;
use lingnan_documents::{Incoming, Remind};
use lingnan_journal::{ActId, Actor, Command, Datum, Fault, Matter, Stop};
use lingnan_workflow::Tick;
use std::time::Duration;

/// How often alarms are looked at: lights are a matter of days, waits of minutes.
const EVERY: Duration = Duration::from_secs(5);
/// Alarms heard at once, so that the writer commits them together.
const PAGE: i64 = 500;

const DUE: &str = "select matter, at_ms from work_timer \
    where at_ms <= $1 and (at_ms, matter) > ($2, $3) order by at_ms, matter limit $4";

/// Matters with a limit that was reckoned while fewer years were arranged.
const PROVISIONAL: &str = "select matter from work where reckoned_to < $1 and matter > $2 \
    order by matter limit $3";

/// Hears alarms as long as the cell is served.
pub async fn run(cell: Cell) {
    if let Err(fault) = reckon_again(&cell).await {
        tracing::error!(%fault, "reckoning provisional limits again");
    }
    loop {
        if let Err(fault) = round(&cell).await {
            tracing::error!(%fault, "hearing alarms");
        }
        if let Err(fault) = lingnan_workflow::carry(&cell.store, &cell.setting()).await {
            tracing::error!(%fault, "carrying matters over to another edition");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Hears what is due now, each alarm once: one that cannot be heard does not keep the others
/// waiting. Tells how many alarms were heard.
///
/// # Errors
/// [`Fault`] when the engine fails; what was heard stays heard.
pub async fn round(cell: &Cell) -> Result<u32, Fault> {
    let now = cell.store.now();
    let (mut heard, mut failed) = (0, None);
    let mut after = (Datum::Int(i64::MIN), Datum::text(""));
    loop {
        let (at, matter) = after.clone();
        let page = vec![Datum::Int(now.0), at, matter, Datum::Int(PAGE)];
        let due = cell.store.query(DUE, page).await?;
        let Some([matter, at]) = due.last().map(Vec::as_slice) else {
            return failed.map_or(Ok(heard), Err);
        };
        after = (at.clone(), matter.clone());
        let mut hearing = tokio::task::JoinSet::new();
        for row in &due {
            let [Datum::Text(matter), Datum::Int(at)] = row.as_slice() else { continue };
            let (kind, key) = matter.split_once(':').unwrap_or_default();
            let (kind, key) = (kind.to_owned(), key.to_owned());
            // Whoever hears it first has heard it: the alarm's own moment is part of the act's id.
            let id = ActId::parse(&format!("tick-{key}-{at}"))
                .map_err(|error| Fault::corrupt(matter, 0, &error))?;
            let cell = cell.clone();
            hearing.spawn(async move {
                match kind.as_str() {
                    Incoming::KIND => told(&cell, id, Remind { key: key.clone() }, &key).await,
                    _ => tick(&cell, key, id).await,
                }
            });
        }
        for told in hearing.join_all().await {
            match told {
                Ok(was_heard) => heard += u32::from(was_heard),
                Err(fault) => failed = Some(fault),
            }
        }
    }
}

/// Limits that were provisional run to what the calendar knows now: it grows with the program, so
/// once at the start is enough. Tells how many matters there were.
///
/// # Errors
/// [`Fault`] when the engine fails; what was reckoned stays so.
pub async fn reckon_again(cell: &Cell) -> Result<usize, Fault> {
    let arranged_to = cell.calendar.arranged_to();
    let (mut after, mut done) = (String::new(), 0_usize);
    loop {
        let page =
            vec![Datum::Int(arranged_to.into()), Datum::text(after.as_str()), Datum::Int(PAGE)];
        let found = cell.store.query(PROVISIONAL, page).await?;
        for row in &found {
            let [Datum::Text(matter)] = row.as_slice() else { continue };
            let key = matter.split_once(':').map_or("", |(_, key)| key).to_owned();
            let id = ActId::parse(&format!("tick-{key}-arranged-{arranged_to}"))
                .map_err(|error| Fault::corrupt(matter, 0, &error))?;
            tick(cell, key, id).await?;
            after.clone_from(matter);
        }
        done = done.saturating_add(found.len());
        if found.is_empty() {
            return Ok(done);
        }
    }
}

/// Lets a matter hear what time it is; tells whether it could.
async fn tick(cell: &Cell, key: String, id: ActId) -> Result<bool, Fault> {
    told(cell, id, Tick { key: key.clone(), setting: cell.setting() }, &key).await
}

async fn told<C: Command + 'static>(
    cell: &Cell,
    id: ActId,
    command: C,
    key: &str,
) -> Result<bool, Fault> {
    match cell.store.submit(id, Actor::system("clock"), command).await {
        Ok(_) => Ok(true),
        Err(Stop::Failed(fault)) => Err(fault),
        Err(Stop::Refused(refusal)) => {
            tracing::warn!(key, code = refusal.code, "an alarm could not be heard");
            Ok(false)
        }
    }
}
