//! A tile: 256 hashes of one row of the tree, its path, its bytes (C2SP tlog-tiles).

use crate::text::decimal;
use crate::{Error, Hash};

/// Hashes of a full tile.
pub const TILE_WIDTH: usize = 256;
/// The highest level that a path may name.
const LEVEL_MAX: u64 = 63;
/// Rows of the tree that one tile spans.
const ROWS: u32 = 8;

/// A tile: at level L its hashes are roots of complete subtrees of 256ᴸ leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Its level.
    pub level: u8,
    /// Its place within the level.
    pub index: u64,
    /// At most [`TILE_WIDTH`] hashes.
    pub hashes: Vec<Hash>,
}

impl Tile {
    /// Where it is served.
    ///
    /// # Errors
    /// [`Error::Tile`] when it has no or too many hashes: such a tile is never served.
    pub fn path(&self) -> Result<TilePath, Error> {
        TilePath::new(TileKind::Hashes(self.level), self.index, self.hashes.len())
    }

    /// Its hashes, one after the other.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.hashes.iter().flat_map(|hash| hash.0).collect()
    }

    /// Reads what was served at `path`.
    ///
    /// # Errors
    /// [`Error::Tile`] when the bytes are not as many as the path says.
    pub fn parse(path: TilePath, bytes: &[u8]) -> Result<Self, Error> {
        let TileKind::Hashes(level) = path.kind else { return Err(Error::Tile) };
        let (hashes, odd) = bytes.as_chunks::<32>();
        if !odd.is_empty() || hashes.len() != path.width {
            return Err(Error::Tile);
        }
        let hashes = hashes.iter().copied().map(Hash).collect();
        Ok(Self { level, index: path.index, hashes })
    }
}

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TileKind {
    /// Hashes of a level.
    Hashes(u8),
    /// The entries themselves.
    Entries,
}

/// `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`: where a log serves a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TilePath {
    kind: TileKind,
    index: u64,
    width: usize,
}

impl TilePath {
    /// The path of the tile with `width` hashes or entries.
    ///
    /// # Errors
    /// [`Error::Tile`] when a level or width is out of bounds; empty tiles are never served.
    pub fn new(kind: TileKind, index: u64, width: usize) -> Result<Self, Error> {
        let known = !matches!(kind, TileKind::Hashes(level) if u64::from(level) > LEVEL_MAX);
        let path = Self { kind, index, width };
        if known && (1..=TILE_WIDTH).contains(&width) { Ok(path) } else { Err(Error::Tile) }
    }

    /// Hashes of which level, or entries.
    #[must_use]
    pub const fn kind(self) -> TileKind {
        self.kind
    }

    /// Its place within the level.
    #[must_use]
    pub const fn index(self) -> u64 {
        self.index
    }

    /// How many hashes or entries it has: 256 when full.
    #[must_use]
    pub const fn width(self) -> usize {
        self.width
    }

    /// The path as text; index 1234067 is written `x001/x234/067`.
    #[must_use]
    pub fn text(self) -> String {
        let mut index = format!("{:03}", self.index % 1000);
        let mut rest = self.index / 1000;
        while rest > 0 {
            index = format!("x{:03}/{index}", rest % 1000);
            rest /= 1000;
        }
        let kind = match self.kind {
            TileKind::Hashes(level) => level.to_string(),
            TileKind::Entries => "entries".to_owned(),
        };
        let part =
            if self.width == TILE_WIDTH { String::new() } else { format!(".p/{}", self.width) };
        format!("tile/{kind}/{index}{part}")
    }

    /// Reads a path; only the one canonical text of a path is accepted.
    ///
    /// # Errors
    /// [`Error::Tile`]
    pub fn parse(text: &str) -> Result<Self, Error> {
        let read = || {
            let (kind, rest) = text.strip_prefix("tile/")?.split_once('/')?;
            let kind = match kind {
                "entries" => TileKind::Entries,
                level => TileKind::Hashes(u8::try_from(decimal(level)?).ok()?),
            };
            let (index, width) = match rest.split_once(".p/") {
                Some((index, width)) => (index, usize::try_from(decimal(width)?).ok()?),
                None => (rest, TILE_WIDTH),
            };
            let path = Self::new(kind, read_index(index)?, width).ok()?;
            Some(path).filter(|path| path.text() == text)
        };
        read().ok_or(Error::Tile)
    }
}

/// The number in `x001/x234/067`; the caller checks that it was written canonically.
fn read_index(text: &str) -> Option<u64> {
    text.split('/').try_fold(0_u64, |index, group| {
        let digits = group.strip_prefix('x').unwrap_or(group);
        let group: u64 = digits.parse().ok().filter(|_| digits.len() == 3)?;
        index.checked_mul(1000)?.checked_add(group)
    })
}

/// The root of the complete subtree of 2^`level` leaves at `index`, out of the one tile that has
/// it; `tile(level, index)` gives a tile's hashes. `None` when the tile is missing or too short.
///
/// # Errors
/// Whatever `tile` fails with.
pub fn node_in_tiles<E>(
    level: u32,
    index: u64,
    tile: impl FnOnce(u8, u64) -> Result<Option<Vec<Hash>>, E>,
) -> Result<Option<Hash>, E> {
    let place = || {
        let width = 1_usize << (level % ROWS);
        let per_tile = u64::try_from(TILE_WIDTH / width).ok()?;
        let first = usize::try_from(index.checked_rem(per_tile)?).ok()?.checked_mul(width)?;
        let tile_level = u8::try_from(level / ROWS).ok()?;
        Some((tile_level, index.checked_div(per_tile)?, first, first.checked_add(width)?))
    };
    let Some((tile_level, tile_index, from, to)) = place() else { return Ok(None) };
    let hashes = tile(tile_level, tile_index)?.unwrap_or_default();
    Ok(hashes.get(from..to).map(row_root))
}

/// The root over a row of subtrees of one size, of which the last may be smaller (RFC 6962 2.1:
/// split at the largest power of two below the count).
pub(crate) fn row_root(row: &[Hash]) -> Hash {
    match row {
        [] => Hash::empty(),
        [one] => *one,
        _ => {
            let split = row.len().next_power_of_two() / 2;
            let (left, right) = row.split_at_checked(split).unwrap_or((row, &[]));
            Hash::node(row_root(left), row_root(right))
        }
    }
}
