//! What the platform does for the archives on its own: packets of what was filed, destroyed bytes,
//! and by night the test of what has not been tested for longest.

mod filing;
mod gather;

use crate::decide::{self, DESTROY_TOPIC, Test};
use crate::model::Archive;
use crate::packet::Folder;
use crate::test::{self, Known, Phase};
use lingnan_api::{Attachment, Kit};
use lingnan_base::Timestamp;
use lingnan_evidence::Evidence;
use lingnan_flow::closing::FILING_TOPIC;
use lingnan_handlers::Setting;
use lingnan_journal::{ActId, Actor, Datum, Fault, MatterId, Refusal, Stop};
use lingnan_store::{Blobs, Delivery, Lease, Store};
use lingnan_tlog::Verifier;
use std::time::Duration;

/// How often the keeper looks for what was filed.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Parcels taken up at once.
const PARCELS_MAX: u32 = 64;
/// After as many tries a parcel is struck off; the nightly round finds the matter again.
const ATTEMPTS_MAX: u64 = 20;
/// Packets tested in one night: a second each, so an hour.
const NIGHT_MAX: i64 = 3_600;
/// A packet is tested again after as many days.
const TEST_AGAIN_DAYS: i64 = 180;
/// The night begins and ends at these hours in China.
const NIGHT_HOURS: std::ops::Range<i8> = 1..5;
const DAY_MS: i64 = 86_400_000;

const OLDEST_TESTED: &str = "select matter from archive where packed = 1 and destroyed = 0 \
    and tested_ms < $1 order by tested_ms, matter limit $2";
/// What is kept by decision and has no packet: it was filed before there were packets, or its
/// parcel was struck off.
const WITHOUT_PACKET: &str = "select c.matter from matter_closing c where c.standing = 'kept' \
    and not exists (select 1 from archive a where a.source = c.matter and a.packed = 1) \
    order by c.ended_ms, c.matter limit $1";
const UNDECIDED: &str = "select count(*) from matter_closing where standing = 'undecided'";
const ITEMS: &str = "select item from archive where series = $1 and item <= $2 order by item";

/// What a round did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Round {
    /// Packets that were made.
    pub packed: usize,
    /// Packets whose bytes were destroyed.
    pub destroyed: usize,
    /// Packets that were tested.
    pub tested: usize,
    /// Packets that failed.
    pub failed: usize,
}

/// Keeps the archives of a cell; cheap to clone.
#[derive(Clone)]
pub struct Keeper {
    store: Store,
    blobs: Blobs,
    evidence: Evidence,
    setting: Setting,
}

/// Why a packet was not made.
enum Why {
    /// Something it needs is not there yet.
    NotYet,
    /// It cannot be made as things are.
    Cannot(String),
}

impl From<Fault> for Why {
    fn from(fault: Fault) -> Self {
        Self::Cannot(fault.to_string())
    }
}

impl From<Refusal> for Why {
    fn from(refusal: Refusal) -> Self {
        Self::Cannot(refusal.message)
    }
}

impl From<Stop> for Why {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refused(refusal) => refusal.into(),
            Stop::Failed(fault) => fault.into(),
        }
    }
}

impl Keeper {
    /// The keeper of a running cell.
    #[must_use]
    pub fn new(kit: &Kit) -> Self {
        Self {
            store: kit.store.clone(),
            blobs: kit.blobs.clone(),
            evidence: kit.evidence.clone(),
            setting: kit.setting(),
        }
    }

    /// Works until the process ends; of several processes, whose `holder` names differ, one does.
    pub async fn run(self, holder: String) {
        let lease = Lease::new(self.store.clone(), "archives", holder);
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut last_night = None;
        loop {
            ticks.tick().await;
            match lease.take().await {
                Ok(true) => {}
                Ok(false) => continue,
                Err(fault) => {
                    tracing::warn!(%fault, "the archives' lease was not taken");
                    continue;
                }
            }
            if let Err(fault) = self.round().await {
                tracing::warn!(%fault, "what was filed was not packed");
            }
            let local = self.store.now().china_datetime();
            if NIGHT_HOURS.contains(&local.hour()) && last_night != Some(local.date()) {
                last_night = Some(local.date());
                match self.night().await {
                    Ok(round) => tracing::info!(?round, "the archives were tested"),
                    Err(fault) => tracing::error!(%fault, "the archives were not tested"),
                }
            }
        }
    }

    /// Makes the packets of what was filed and destroys what is to be destroyed.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails; what was done stays so.
    pub async fn round(&self) -> Result<Round, Fault> {
        let mut round = Round::default();
        for parcel in self.store.parcels(FILING_TOPIC, PARCELS_MAX).await? {
            let source = parcel.body.as_str().and_then(|id| MatterId::parse(id).ok());
            let source =
                source.ok_or_else(|| Fault::corrupt("outbox", parcel.seq, &"no matter"))?;
            match self.file(&source).await {
                Ok(()) => {
                    self.store.delivered(&parcel).await?;
                    round.packed = round.packed.saturating_add(1);
                }
                Err(Why::NotYet) => {}
                Err(Why::Cannot(why)) => self.failed(&parcel, &source, &why).await?,
            }
        }
        for parcel in self.store.parcels(DESTROY_TOPIC, PARCELS_MAX).await? {
            let digest = parcel.body.as_str().unwrap_or_default();
            let removed = self.blobs.remove(digest).await;
            removed.map_err(|e| Fault::Engine(e.to_string()))?;
            self.store.delivered(&parcel).await?;
            round.destroyed = round.destroyed.saturating_add(1);
        }
        Ok(round)
    }

    async fn failed(&self, parcel: &Delivery, source: &MatterId, why: &str) -> Result<(), Fault> {
        if parcel.attempts >= ATTEMPTS_MAX {
            tracing::error!(%source, why, "a packet cannot be made; it is listed as missing");
            return self.store.delivered(parcel).await;
        }
        if parcel.attempts == 0 {
            tracing::warn!(%source, why, "a packet was not made; trying again");
        }
        self.store.undelivered(parcel).await
    }

    /// Tests what was not tested for longest, and makes packets that are missing.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails; what was tested stays so.
    pub async fn night(&self) -> Result<Round, Fault> {
        let mut round = Round::default();
        let now = self.store.now();
        for source in self.matters(WITHOUT_PACKET, vec![Datum::Int(NIGHT_MAX)]).await? {
            match self.file(&source).await {
                Ok(()) => round.packed = round.packed.saturating_add(1),
                Err(Why::NotYet) => {}
                Err(Why::Cannot(why)) => tracing::error!(%source, why, "a packet is missing"),
            }
        }
        let undecided = self.store.query(UNDECIDED, vec![]).await?;
        if let Some([Datum::Int(count)]) = undecided.first().map(Vec::as_slice)
            && *count > 0
        {
            tracing::warn!(count, "concluded matters are neither archived nor excepted");
        }
        let before = now.0.saturating_sub(TEST_AGAIN_DAYS.saturating_mul(DAY_MS));
        let page = vec![Datum::Int(before), Datum::Int(NIGHT_MAX)];
        for id in self.matters(OLDEST_TESTED, page).await? {
            let (_, archive) = self.store.load::<Archive>(&id).await?;
            let test = self.tested(&archive, Phase::Keeping).await?;
            round.tested = round.tested.saturating_add(1);
            if !test.passed() {
                round.failed = round.failed.saturating_add(1);
                tracing::error!(%id, "a packet in keeping failed its test");
            }
            let act = act_id("keep", &format!("{}-{}", id.key(), now.china_date()))?;
            let command = Test { key: id.key().to_owned(), test };
            match self.store.submit(act, Actor::system("archives"), command).await {
                Err(Stop::Failed(fault)) => return Err(fault),
                Err(Stop::Refused(refusal)) => {
                    tracing::error!(%id, code = refusal.code, "a test was not recorded");
                }
                Ok(_) => {}
            }
        }
        Ok(round)
    }

    async fn matters(&self, sql: &'static str, values: Vec<Datum>) -> Result<Vec<MatterId>, Fault> {
        let rows = self.store.query(sql, values).await?;
        let id = |row: &Vec<Datum>| match row.as_slice() {
            [Datum::Text(id)] => MatterId::parse(id).ok(),
            _ => None,
        };
        Ok(rows.iter().filter_map(id).collect())
    }

    /// Tests the packet of a 件 as it lies in the store.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn tested(&self, archive: &Archive, phase: Phase) -> Result<test::Test, Fault> {
        let digest = archive.packet.as_ref().map_or("", |packet| packet.digest.as_str());
        let bytes = self.bytes(digest).await?;
        self.test(archive, digest, bytes.as_deref(), phase).await
    }

    async fn test(
        &self,
        archive: &Archive,
        digest: &str,
        bytes: Option<&[u8]>,
        phase: Phase,
    ) -> Result<test::Test, Fault> {
        let number = archive.title.as_ref().map(|title| &title.number);
        let gaps = match number {
            Some(number) => self.gaps(&number.series(), number.item).await?,
            None => Vec::new(),
        };
        let number = number.map(ToString::to_string).unwrap_or_default();
        let key = Verifier::parse(&self.evidence.verifier_key());
        let key = key.map_err(|e| Fault::Engine(e.to_string()))?;
        Ok(test::test(phase, bytes, &Known { digest, number: &number, gaps: &gaps, key: &key }))
    }

    /// 件号 of a series that nothing has, up to the last.
    async fn gaps(&self, series: &str, last: u32) -> Result<Vec<u32>, Fault> {
        let rows =
            self.store.query(ITEMS, vec![Datum::text(series), Datum::Int(last.into())]).await?;
        let there: std::collections::BTreeSet<u32> = rows
            .iter()
            .filter_map(|row| match row.as_slice() {
                [Datum::Int(item)] => u32::try_from(*item).ok(),
                _ => None,
            })
            .collect();
        Ok((1..=last).filter(|item| !there.contains(item)).take(20).collect())
    }

    /// The bytes of a kept file; none when it is not there.
    ///
    /// # Errors
    /// [`Fault`] when it cannot be read.
    pub async fn bytes(&self, digest: &str) -> Result<Option<Vec<u8>>, Fault> {
        use tokio::io::AsyncReadExt;
        let failed = |error: &dyn std::fmt::Display| Fault::Engine(error.to_string());
        let Some(mut file) = self.blobs.open(digest).await.map_err(|e| failed(&e))? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).await.map_err(|e| failed(&e))?;
        Ok(Some(bytes))
    }

    /// The files of a 件; none when its packet is not there or does not open.
    ///
    /// # Errors
    /// [`Fault`] when it cannot be read.
    pub async fn folder(&self, archive: &Archive) -> Result<Option<Folder>, Fault> {
        let Some(packet) = &archive.packet else { return Ok(None) };
        let bytes = self.bytes(&packet.digest).await?;
        Ok(bytes.and_then(|bytes| crate::packet::unpack(&bytes).ok()))
    }

    /// Keeps bytes under their digest.
    async fn keep(&self, name: &str, bytes: &[u8], label: String) -> Result<Attachment, Fault> {
        let failed = |error: lingnan_store::BlobError| Fault::Engine(error.to_string());
        let mut writer = self.blobs.begin(name).await.map_err(failed)?;
        writer.write(bytes).await.map_err(failed)?;
        let stored = writer.finish().await.map_err(failed)?;
        let media = stored.media.to_owned();
        Ok(Attachment { digest: stored.digest, name: label, size: stored.size, media })
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.store.now()
    }
}

/// The id of an act that the platform does once for a 件.
fn act_id(verb: &str, key: &str) -> Result<ActId, Fault> {
    ActId::parse(&format!("{verb}-{key}")).or_else(|_| {
        // Keys of other cells may be as long as an act id is; their digest is not.
        let short: String = crate::packet::sm3(key.as_bytes()).chars().take(40).collect();
        ActId::parse(&format!("{verb}-{short}")).map_err(|e| Fault::corrupt(key, 0, &e))
    })
}

/// The 件 that is made of a matter.
fn archive_of(source: &MatterId) -> Result<MatterId, Refusal> {
    decide::matter(&decide::key_of(source))
}
