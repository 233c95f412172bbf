//! The worker of an outbox topic: carries parcels in order, at least once, and again after a
//! growing wait while the far side fails.

use crate::{Delivery, Lease, Store};
use lingnan_base::Timestamp;
use lingnan_journal::Fault;
use std::sync::Arc;
use std::time::Duration;

/// How often the worker looks for parcels.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Parcels carried before the worker looks at the time again.
const PARCELS_MAX: u32 = 64;
/// Wait after the first failure; it doubles with each that follows.
const WAIT_MS: i64 = 500;
/// Doublings of the wait: two minutes at the most.
const DOUBLINGS_MAX: u64 = 8;

/// Carries one parcel; a sentence says why it could not. It may block, and may be given a parcel
/// again that it has carried before.
pub type Carry = dyn Fn(&Delivery) -> Result<(), String> + Send + Sync;

/// The worker of one topic.
pub struct Courier {
    store: Store,
    topic: &'static str,
    lease: Lease,
    carry: Arc<Carry>,
    failing: Option<Timestamp>,
}

impl Courier {
    /// A worker of `topic`; of several processes, whose `holder` names differ, one carries.
    #[must_use]
    pub fn new(store: Store, topic: &'static str, holder: String, carry: Arc<Carry>) -> Self {
        let lease = Lease::new(store.clone(), topic, holder);
        Self { store, topic, lease, carry, failing: None }
    }

    /// Works until the process ends.
    pub async fn run(mut self) {
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(fault) = self.round().await {
                tracing::warn!(%fault, topic = self.topic, "the outbox was not worked off");
            }
        }
    }

    /// Carries what is waiting, unless the last failure asks for patience; tells how many parcels
    /// arrived.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails; what was carried meanwhile may be carried again.
    pub async fn round(&mut self) -> Result<u64, Fault> {
        let mut carried: u64 = 0;
        if self.failing.is_some_and(|until| self.store.now() < until) {
            return Ok(carried);
        }
        let parcels = self.store.parcels(self.topic, PARCELS_MAX).await?;
        if parcels.is_empty() || !self.lease.take().await? {
            return Ok(carried);
        }
        for parcel in parcels {
            if let Err(reason) = self.try_one(&parcel).await? {
                self.failed(&parcel, &reason);
                self.store.undelivered(&parcel).await?;
                return Ok(carried);
            }
            self.store.delivered(&parcel).await?;
            if self.failing.take().is_some() {
                tracing::info!(topic = self.topic, "parcels of the outbox arrive again");
            }
            carried = carried.saturating_add(1);
        }
        Ok(carried)
    }

    async fn try_one(&self, parcel: &Delivery) -> Result<Result<(), String>, Fault> {
        let (carry, parcel) = (Arc::clone(&self.carry), parcel.clone());
        let work = tokio::task::spawn_blocking(move || carry(&parcel));
        work.await.map_err(|e| Fault::Engine(e.to_string()))
    }

    /// Waits longer after each failure; the log hears of the first only.
    fn failed(&mut self, parcel: &Delivery, reason: &str) {
        let wait = WAIT_MS << parcel.attempts.min(DOUBLINGS_MAX);
        if self.failing.is_none() {
            tracing::warn!(
                topic = self.topic,
                reason,
                "a parcel of the outbox did not arrive; trying again"
            );
        }
        self.failing = Some(self.store.now().plus_ms(wait));
    }
}
