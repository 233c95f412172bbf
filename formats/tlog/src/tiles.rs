//! A tree that grows leaf by leaf and hands out its tiles as they fill (C2SP tlog-tiles).

use crate::tile::row_root;
use crate::{Hash, TILE_WIDTH, Tile};

/// Levels of tiles that 64-bit sizes can need.
const LEVELS_MAX: usize = 8;

/// The right edge of a growing tree: the tail tile of each level.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tiles {
    size: u64,
    tails: Vec<Vec<Hash>>,
}

impl Tiles {
    /// Takes up a tree of `size` leaves from its tail tiles, lowest level first.
    #[must_use]
    pub fn resume(size: u64, tails: Vec<Vec<Hash>>) -> Self {
        Self { size, tails }
    }

    /// How many leaves it has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// How many hashes the tail tile of each level has for a tree of `size` leaves.
    #[must_use]
    pub fn tail_widths(size: u64) -> Vec<(u8, u64, usize)> {
        let mut widths = Vec::new();
        let mut count = size;
        for level in 0..8_u8 {
            let width = usize::try_from(count % 256).unwrap_or(0);
            widths.push((level, count / 256, width));
            count /= 256;
            if count == 0 {
                break;
            }
        }
        widths
    }

    /// Appends a leaf; returns the tiles it completed.
    pub fn append(&mut self, leaf: Hash) -> Vec<Tile> {
        let mut completed = Vec::new();
        let mut hash = leaf;
        self.size = self.size.saturating_add(1);
        let mut count = self.size;
        for level in 0..LEVELS_MAX {
            if self.tails.len() <= level {
                self.tails.push(Vec::new());
            }
            let Some(tail) = self.tails.get_mut(level) else { break };
            tail.push(hash);
            if tail.len() < TILE_WIDTH {
                break;
            }
            let hashes = std::mem::take(tail);
            count /= 256;
            hash = row_root(&hashes);
            let level = u8::try_from(level).unwrap_or(u8::MAX);
            completed.push(Tile { level, index: count.saturating_sub(1), hashes });
        }
        completed
    }

    /// The tail tiles that are not empty.
    #[must_use]
    pub fn tails(&self) -> Vec<Tile> {
        let places = Self::tail_widths(self.size);
        let both = places.into_iter().zip(&self.tails);
        both.filter(|(_, tail)| !tail.is_empty())
            .map(|((level, index, _), tail)| Tile { level, index, hashes: tail.clone() })
            .collect()
    }

    /// The tree's root.
    #[must_use]
    pub fn root(&self) -> Hash {
        root_of_tails(&self.tails)
    }
}

/// The root of a tree given by its tail tiles, lowest level first.
#[must_use]
pub fn root_of_tails(tails: &[Vec<Hash>]) -> Hash {
    let mut rest: Option<Hash> = None;
    for tail in tails {
        let mut row = tail.clone();
        row.extend(rest);
        rest = if row.is_empty() { None } else { Some(row_root(&row)) };
    }
    rest.unwrap_or_else(Hash::empty)
}
