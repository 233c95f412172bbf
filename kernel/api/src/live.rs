//! Live news: which matters in one's scope have moved.

use crate::capacity::SignedIn;
use crate::kit::Kit;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use lingnan_journal::Datum;
use lingnan_store::Committed;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// How often a quiet stream looks whether its session is still good.
const LOOK_EVERY: Duration = Duration::from_secs(2);

struct Listener {
    kit: Kit,
    asker: SignedIn,
    news: Receiver<Committed>,
}

/// The stream of news for one session; it ends within two seconds of the session.
pub(crate) async fn events(
    State(kit): State<Kit>,
    asker: SignedIn,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let news = kit.store.subscribe();
    let listener = Listener { kit, asker, news };
    let stream = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

impl Listener {
    async fn next(&mut self) -> Option<Event> {
        loop {
            match tokio::time::timeout(LOOK_EVERY, self.news.recv()).await {
                Ok(Ok(committed)) => {
                    if let Some(matters) = self.visible(&committed).await {
                        let text = matters.join(" ");
                        return Some(Event::default().event("moved").data(text));
                    }
                }
                Ok(Err(RecvError::Lagged(_))) => {
                    return Some(Event::default().event("moved").data("*"));
                }
                Ok(Err(RecvError::Closed)) => return None,
                Err(_) => {
                    let session = self.kit.accounts.session(&self.asker.token).await;
                    if !matches!(session, Ok(Some(_))) {
                        return None;
                    }
                }
            }
        }
    }

    /// The matters of an act that the listener may see.
    async fn visible(&self, committed: &Committed) -> Option<Vec<String>> {
        let scope = self.asker.scope();
        let mut seen = Vec::new();
        for matter in &committed.matters {
            let mut values = vec![Datum::text(matter.as_str())];
            let condition = scope.condition("p.matter", &mut values);
            let sql =
                format!("select 1 from matter_part p where p.matter = $1 and {condition} limit 1");
            let rows = self.kit.store.reader().query_text(sql, values).await.ok()?;
            if !rows.is_empty() {
                seen.push(matter.to_string());
            }
        }
        (!seen.is_empty()).then_some(seen)
    }
}
