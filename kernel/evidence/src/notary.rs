//! The notary: follows the journal and signs its head, at most a second behind.

use crate::tables::{INSERT_CHECKPOINT, SELECT_NEWEST, SELECT_ONE, put, tile};
use crate::{copies, elsewhere, rebuild};
use lingnan_base::Timestamp;
use lingnan_journal::{Datum, Fault};
use lingnan_store::{FailPoint, JournalRow, LEASE_MS, Lease, Statement, Store, rows_after};
use lingnan_tlog::{
    Bundle, Checkpoint, Hash, Signer, TILE_WIDTH, Tile, Tiles, consistency, entry, inclusion,
};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// A new checkpoint is signed this often while there are new acts.
pub const CHECKPOINT_EVERY_MS: u64 = 500;
/// Acts taken up at once.
const ROWS_MAX: u32 = 4_096;

/// A checkpoint with its signature.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignedCheckpoint {
    /// How many acts it covers.
    pub size: u64,
    /// The signed note; empty while there is none.
    pub note: String,
}

/// A proof that an act is in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The act's canonical text; with the salt in the bundle it opens the commitment in `entry`.
    /// None in a proof that must tell nothing.
    pub payload: Option<String>,
    /// The entry, as hashed.
    pub entry: String,
    /// The bundle, as text.
    pub bundle: String,
}

/// Whether a proof opens the commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// With salt and text: for those who may see the matter.
    Told,
    /// Only that the act is in the log: for auditors.
    Withheld,
}

/// Whether checkpoints are copied to yet another place, by a courier of [`crate::COPY_TOPIC`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// They are left in the outbox for it.
    Copied,
    /// There is no courier.
    Nowhere,
}

/// What [`Evidence::open`] needs.
pub struct Opening {
    /// The journal.
    pub store: Store,
    /// The cell's name.
    pub cell: String,
    /// The cell's log key.
    pub signer: Signer,
    /// The file outside the database that every checkpoint is also written to.
    pub copies: PathBuf,
    /// Whether checkpoints are also left in the outbox.
    pub elsewhere: Elsewhere,
    /// A name that no other process of the cell has: only one of them appends to the log.
    pub holder: String,
    /// Where the process may be ended, in tests.
    pub fail_point: Arc<dyn FailPoint>,
}

struct Shared {
    store: Store,
    cell: String,
    signer: Signer,
    copies: PathBuf,
    elsewhere: Elsewhere,
    fail_point: Arc<dyn FailPoint>,
    lease: Lease,
    /// None while another process appends to the log.
    growing: Mutex<Option<Growing>>,
}

struct Growing {
    tiles: Tiles,
    /// Until when the lease is surely held.
    until: Timestamp,
    /// A checkpoint that is in the file and not yet in the database: a promise to be kept.
    promised: Option<(Checkpoint, String)>,
}

/// The cell's evidence log; cheap to clone.
#[derive(Clone)]
pub struct Evidence(Arc<Shared>);

impl Evidence {
    /// Takes the log up where its newest checkpoint left it, unless another process has it. Tiles
    /// that are missing or do not fit are made again from the journal; what is signed is never
    /// signed differently.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails or the journal contradicts what was signed.
    pub async fn open(opening: Opening) -> Result<Self, Fault> {
        let Opening { store, cell, signer, copies, elsewhere, holder, fail_point } = opening;
        let lease = Lease::new(store.clone(), "notary", holder);
        let growing = Mutex::new(None);
        let shared = Shared { store, cell, signer, copies, elsewhere, fail_point, lease, growing };
        let opened = Self(Arc::new(shared));
        let taken = opened.take_up().await?;
        *opened.0.growing.lock().await = taken;
        Ok(opened)
    }

    /// Takes the log up, when no other process holds its lease.
    async fn take_up(&self) -> Result<Option<Growing>, Fault> {
        let Shared { store, cell, signer, copies, lease, .. } = &*self.0;
        let until = store.now().plus_ms(LEASE_MS);
        if !lease.take().await? {
            return Ok(None);
        }
        let verifier = signer.verifier();
        let newest = newest(store).await?;
        let tiles = rebuild::tiles(lease, store, cell, &verifier, &newest).await?;
        let promised = match rebuild::promised(store, copies, &verifier, &newest).await? {
            Some(note) => {
                let checkpoint = rebuild::read(&verifier, &note)?;
                Some((checkpoint, note))
            }
            None => None,
        };
        Ok(Some(Growing { tiles, until, promised }))
    }

    /// Lets another process take the log up at once.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails; then the lease runs out by itself.
    pub async fn release(&self) -> Result<(), Fault> {
        match self.0.growing.lock().await.take() {
            Some(_) => self.0.lease.release().await,
            None => Ok(()),
        }
    }

    /// The key by which checkpoints are verified.
    #[must_use]
    pub fn verifier_key(&self) -> String {
        self.0.signer.verifier().text()
    }

    /// Follows the journal until the store is gone.
    pub async fn run(self) {
        let mut ticks = tokio::time::interval(Duration::from_millis(CHECKPOINT_EVERY_MS));
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(fault) = self.advance().await {
                tracing::error!(%fault, "the evidence log did not advance");
            }
        }
    }

    /// Takes up every act that is not in the log and signs the new head; returns its size. Does
    /// nothing while another process does.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails; then the log stays where it was.
    pub async fn advance(&self) -> Result<u64, Fault> {
        let mut held = self.0.growing.lock().await;
        if held.is_none() {
            let size = self.newest().await?.size;
            if size == self.0.store.size().await? {
                return Ok(size);
            }
            *held = self.take_up().await?;
        }
        let Some(growing) = held.as_mut() else { return Ok(self.newest().await?.size) };
        match self.advance_held(growing).await {
            Ok(size) => Ok(size),
            Err(fault) => {
                // What was promised is in the file; what is logged is in the database.
                *held = None;
                if self.0.lease.is_held().await? {
                    return Err(fault);
                }
                tracing::info!("another process has taken the evidence log up");
                Ok(self.newest().await?.size)
            }
        }
    }

    async fn advance_held(&self, growing: &mut Growing) -> Result<u64, Fault> {
        if let Some((promised, note)) = growing.promised.clone() {
            self.step(growing, Some((promised, note))).await?;
        }
        self.step(growing, None).await
    }

    /// Makes sure that the lease is held for longer than signing takes.
    async fn renew(&self, growing: &mut Growing) -> Result<(), Fault> {
        let now = self.0.store.now();
        if now.plus_ms(LEASE_MS / 2) > growing.until {
            self.0.store.execute(vec![self.0.lease.fence()]).await?;
            growing.until = now.plus_ms(LEASE_MS);
        }
        Ok(())
    }

    /// Grows the log to its promised size, or to the journal's end under a new signature.
    async fn step(
        &self,
        growing: &mut Growing,
        promised: Option<(Checkpoint, String)>,
    ) -> Result<u64, Fault> {
        let shared = &self.0;
        let limit = promised.as_ref().map_or(u64::MAX, |(checkpoint, _)| checkpoint.size);
        let (tiles, completed) = self.grown(&growing.tiles, limit).await?;
        if promised.is_none() && tiles.size() == growing.tiles.size() {
            return Ok(tiles.size());
        }
        self.renew(growing).await?;
        let root = tiles.root();
        let checkpoint_note = match promised {
            Some((checkpoint, _)) if checkpoint.root != root || checkpoint.size != tiles.size() => {
                return Err(rebuild::contradiction(checkpoint.size));
            }
            Some((_, note)) => note,
            None => {
                let origin = shared.signer.verifier().name().to_owned();
                let checkpoint = Checkpoint { origin, size: tiles.size(), root };
                let note = shared.signer.sign(&checkpoint.text());
                shared.fail_point.reached("signed");
                copies::append(&shared.copies, &note)
                    .map_err(|e| Fault::Engine(format!("writing checkpoints: {e}")))?;
                note
            }
        };
        shared.fail_point.reached("copied");
        let mut statements: Vec<Statement> = vec![shared.lease.fence()];
        for tile in completed.iter().chain(&tiles.tails()) {
            statements.extend(put(tile));
        }
        let values = vec![
            Datum::count(tiles.size()),
            Datum::Blob(root.0.to_vec()),
            Datum::Text(checkpoint_note.clone()),
            Datum::Int(shared.store.now().0),
        ];
        // A commit whose answer was lost may have been made all the same.
        let known = self.checkpoint(tiles.size()).await?;
        if known.is_none_or(|known| known.note != checkpoint_note) {
            if shared.elsewhere == Elsewhere::Copied {
                statements.extend(elsewhere::parcel(tiles.size(), &checkpoint_note));
            }
            statements.push(Statement::new(INSERT_CHECKPOINT, values));
            let now = shared.store.now();
            shared.store.execute(statements).await?;
            growing.until = now.plus_ms(LEASE_MS);
        }
        shared.fail_point.reached("logged");
        growing.tiles = tiles;
        growing.promised = None;
        Ok(growing.tiles.size())
    }

    async fn grown(&self, from: &Tiles, limit: u64) -> Result<(Tiles, Vec<Tile>), Fault> {
        let shared = &self.0;
        let mut tiles = from.clone();
        let mut completed = Vec::new();
        loop {
            let rows = rows_after(shared.store.reader(), tiles.size(), ROWS_MAX).await?;
            let full = rows.len() == usize::try_from(ROWS_MAX).unwrap_or(usize::MAX);
            for row in rows {
                if row.seq >= limit {
                    return Ok((tiles, completed));
                }
                if row.seq != tiles.size() {
                    return Err(Fault::corrupt("journal_act", row.seq, &"an act is missing"));
                }
                completed.extend(tiles.append(leaf(&shared.cell, &row)?));
            }
            if !full {
                return Ok((tiles, completed));
            }
        }
    }

    /// The proof that the log of `from` acts is a prefix of that of `to`; none when either is
    /// beyond the newest checkpoint.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails or a tile is missing.
    pub async fn consistency(&self, from: u64, to: u64) -> Result<Option<Vec<Hash>>, Fault> {
        if to > self.newest().await?.size {
            return Ok(None);
        }
        if from == 0 {
            return Ok(Some(Vec::new()));
        }
        let mut tiles = self.tiles_for(from.saturating_sub(1), to).await?;
        tiles.extend(self.tiles_for(from, to).await?);
        consistency(from, to, |level, index| node(&tiles, level, index))
    }

    /// A signed checkpoint of a given size; none when none was signed there.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn checkpoint(&self, size: u64) -> Result<Option<SignedCheckpoint>, Fault> {
        let rows = self.0.store.query(SELECT_ONE, vec![Datum::count(size)]).await?;
        Ok(match rows.first().map(Vec::as_slice) {
            Some([Datum::Text(note)]) => Some(SignedCheckpoint { size, note: note.clone() }),
            _ => None,
        })
    }

    /// The newest checkpoint; of size 0 and without a note while there is none.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn newest(&self) -> Result<SignedCheckpoint, Fault> {
        newest(&self.0.store).await
    }

    /// A proof for the act at `seq` under the newest checkpoint; none when it is not covered.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails or a tile is missing.
    pub async fn prove(&self, seq: u64, content: Content) -> Result<Option<Proof>, Fault> {
        let shared = &self.0;
        let newest = self.newest().await?;
        let row = rows_after(shared.store.reader(), seq, 1).await?.into_iter().next();
        let Some(row) = row.filter(|row| row.seq == seq && seq < newest.size) else {
            return Ok(None);
        };
        let tiles = self.tiles_for(seq, newest.size).await?;
        let path = inclusion(seq, newest.size, |level, index| node(&tiles, level, index))?;
        let commitment = commitment(&row)?;
        let told = content == Content::Told;
        let bundle = Bundle {
            extra: if told { row.salt.clone() } else { Vec::new() },
            index: seq,
            path: path.unwrap_or_default(),
            note: newest.note,
        };
        let entry = entry(&shared.cell, seq, &commitment);
        let payload = told.then(|| row.payload.clone());
        Ok(Some(Proof { payload, entry, bundle: bundle.text() }))
    }

    /// Every tile that a proof of `seq` in a tree of `size` can need: at each level the one above
    /// `seq` and the tail, which are at most two.
    async fn tiles_for(&self, seq: u64, size: u64) -> Result<TileSet, Fault> {
        let mut set = TileSet::new();
        let (mut at, mut last) = (seq, size);
        for level in 0..8_u8 {
            for index in [at / 256, last / 256] {
                let key = (level, index);
                if !set.contains_key(&key)
                    && let Some(hashes) = tile(self.0.store.reader(), level, index).await?
                {
                    set.insert(key, hashes);
                }
            }
            at /= 256;
            last /= 256;
            if last == 0 {
                break;
            }
        }
        Ok(set)
    }
}

type TileSet = BTreeMap<(u8, u64), Vec<Hash>>;

/// The root of the complete subtree of 2^level leaves at `index`, from stored tiles.
fn node(tiles: &TileSet, level: u32, index: u64) -> Result<Hash, Fault> {
    let missing = || Fault::corrupt("evidence_tile", index, &"a tile is missing");
    let tile_level = u8::try_from(level / 8).map_err(|_| missing())?;
    let width = 1_u64 << (level % 8);
    let first = index.saturating_mul(width);
    let tile_width = u64::try_from(TILE_WIDTH).unwrap_or(256);
    let key = (tile_level, first / tile_width);
    let from = usize::try_from(first % tile_width).map_err(|_| missing())?;
    let to = from.saturating_add(usize::try_from(width).map_err(|_| missing())?);
    let hashes = tiles.get(&key).and_then(|tile| tile.get(from..to)).ok_or_else(missing)?;
    Ok(lingnan_tlog::root_of_tails(&[hashes.to_vec()]))
}

async fn newest(store: &Store) -> Result<SignedCheckpoint, Fault> {
    let rows = store.query(SELECT_NEWEST, vec![]).await?;
    Ok(match rows.first().map(Vec::as_slice) {
        Some([Datum::Int(size), Datum::Text(note)]) => {
            SignedCheckpoint { size: u64::try_from(*size).unwrap_or(0), note: note.clone() }
        }
        _ => SignedCheckpoint::default(),
    })
}

/// The commitment as stored. The verifier computes it again from payload and salt; the notary
/// logs what the act was acknowledged under.
fn commitment(row: &JournalRow) -> Result<[u8; 32], Fault> {
    let stored = row.commitment.as_slice();
    stored.try_into().map_err(|_| Fault::corrupt("journal_act", row.seq, &"commitment length"))
}

/// The act's leaf in the log.
pub(crate) fn leaf(cell: &str, row: &JournalRow) -> Result<Hash, Fault> {
    let commitment = commitment(row)?;
    Ok(Hash::leaf(entry(cell, row.seq, &commitment).as_bytes()))
}
