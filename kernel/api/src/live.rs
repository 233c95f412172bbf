//! Live news: which matters in one's scope have moved.

use crate::capacity::SignedIn;
use crate::kit::Kit;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use lingnan_journal::{Column, Datum, MatterId, Row, Table};
use lingnan_store::Committed;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Interval, MissedTickBehavior};

/// How often a stream looks whether its session is still good, however much news flows.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Matters of one act asked for at once; an act of more is told as "look again".
const MATTERS_MAX: usize = 200;

/// Which matter shows what moves in another: whoever may see the one is told of the other.
pub static ECHOES: Table = Table {
    name: "matter_echo",
    version: 1,
    columns: &[Column::text("matter"), Column::text("within")],
    key_columns: 2,
    indexes: &[],
};

/// The row by which those who see `within` are told when `matter` moves.
#[must_use]
pub fn echo_row(matter: &MatterId, within: &MatterId) -> Row {
    let values = vec![Datum::text(matter.as_str()), Datum::text(within.as_str())];
    Row { table: &ECHOES, values }
}

struct Listener {
    kit: Kit,
    asker: SignedIn,
    news: Receiver<Committed>,
    ticks: Interval,
}

/// The stream of news for one session; it ends within two seconds of the session.
pub(crate) async fn events(
    State(kit): State<Kit>,
    asker: SignedIn,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let news = kit.store.subscribe();
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let listener = Listener { kit, asker, news, ticks };
    let stream = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

impl Listener {
    async fn next(&mut self) -> Option<Event> {
        loop {
            let heard = tokio::select! {
                // The tick first: a flood of news must not keep an ended session listening.
                biased;
                _ = self.ticks.tick() => None,
                heard = self.news.recv() => Some(heard),
            };
            match heard {
                None => {
                    let good = self.kit.accounts.is_session_good(&self.asker.token).await;
                    if !matches!(good, Ok(true)) {
                        return None;
                    }
                }
                Some(Ok(committed)) => {
                    if let Some(matters) = self.visible(&committed).await {
                        return Some(Event::default().event("moved").data(matters.join(" ")));
                    }
                }
                Some(Err(RecvError::Lagged(_))) => {
                    return Some(Event::default().event("moved").data("*"));
                }
                Some(Err(RecvError::Closed)) => return None,
            }
        }
    }

    /// The matters of an act that the listener may see, or that show it to him, by one query.
    async fn visible(&self, committed: &Committed) -> Option<Vec<String>> {
        if committed.matters.len() > MATTERS_MAX {
            return Some(vec!["*".to_owned()]);
        }
        let mut values: Vec<Datum> =
            committed.matters.iter().map(|matter| Datum::text(matter.as_str())).collect();
        let holes: Vec<String> = (1..=values.len()).map(|place| format!("${place}")).collect();
        let condition = self.asker.scope().condition("p.matter", &mut values);
        let holes = holes.join(", ");
        let sql = format!(
            "select distinct p.matter from matter_part p where (p.matter in ({holes}) \
             or p.matter in (select e.within from matter_echo e where e.matter in ({holes}))) \
             and {condition} order by p.matter"
        );
        let rows = self.kit.store.reader().query_text(sql, values).await.ok()?;
        let seen = rows.into_iter().filter_map(|row| match row.into_iter().next() {
            Some(Datum::Text(matter)) => Some(matter),
            _ => None,
        });
        let seen: Vec<String> = seen.collect();
        (!seen.is_empty()).then_some(seen)
    }
}
