//! A compact range: the least that must be kept of a tree to append to it and know its root.

use crate::{Error, Hash};

/// Leaves of the largest tree: C2SP proofs have at most 63 hashes.
pub const SIZE_MAX: u64 = (1 << 63) - 1;

/// The root of the complete subtree of 2^`level` leaves at `index`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// 0 for a leaf.
    pub level: u8,
    /// Its place among the nodes of its level.
    pub index: u64,
    /// Its hash.
    pub hash: Hash,
}

/// The roots of the complete subtrees that a tree of `size` leaves falls into: one per bit of its
/// size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Range {
    size: u64,
    /// Largest subtree first.
    frontier: Vec<Hash>,
}

impl Range {
    /// How many leaves it has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf and tells `completed` every node that thereby is final, the leaf first.
    /// Costs one node hash per leaf on average and allocates nothing once grown.
    pub fn append(&mut self, leaf: Hash, mut completed: impl FnMut(Node)) {
        assert!(self.size < SIZE_MAX, "a tree has at most 2^63 - 1 leaves");
        let mut node = Node { level: 0, index: self.size, hash: leaf };
        completed(node);
        while node.index % 2 == 1
            && let Some(left) = self.frontier.pop()
        {
            let hash = Hash::node(left, node.hash);
            node = Node { level: node.level.saturating_add(1), index: node.index / 2, hash };
            completed(node);
        }
        self.frontier.push(node.hash);
        self.size = self.size.saturating_add(1);
    }

    /// The tree's root.
    #[must_use]
    pub fn root(&self) -> Hash {
        let smallest_first = self.frontier.iter().rev().copied();
        let joined = smallest_first.reduce(|right, left| Hash::node(left, right));
        joined.unwrap_or_else(Hash::empty)
    }

    /// The size in 8 bytes, big-endian, then the frontier, largest subtree first.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        bytes.extend(self.frontier.iter().flat_map(|hash| hash.0));
        bytes
    }

    /// Reads what [`Range::bytes`] wrote.
    ///
    /// # Errors
    /// [`Error::Range`] when the hashes are not as many as the size demands.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let (size, rest) = bytes.split_first_chunk::<8>().ok_or(Error::Range)?;
        let size = u64::from_be_bytes(*size);
        let (frontier, odd) = rest.as_chunks::<32>();
        let fits = usize::try_from(size.count_ones()) == Ok(frontier.len());
        if size > SIZE_MAX || !odd.is_empty() || !fits {
            return Err(Error::Range);
        }
        Ok(Self { size, frontier: frontier.iter().copied().map(Hash).collect() })
    }
}
