//! Inclusion and consistency proofs (RFC 6962 2.1.1, 2.1.2): made from stored nodes, verified
//! from nothing but the proof.

use crate::Hash;

/// The root over leaves `from..to` of the tree, read through `node(level, index)`, which gives
/// the root of the complete subtree of 2^level leaves at that index.
fn subtree<E>(
    from: u64,
    to: u64,
    node: &mut impl FnMut(u32, u64) -> Result<Hash, E>,
) -> Result<Hash, E> {
    let width = to.saturating_sub(from);
    if width.is_power_of_two() && from.checked_rem(width) == Some(0) {
        return node(width.trailing_zeros(), from.checked_div(width).unwrap_or(0));
    }
    let middle = from.saturating_add(split(width));
    Ok(Hash::node(subtree(from, middle, node)?, subtree(middle, to, node)?))
}

/// The largest power of two below `width`, for `width` above 1.
const fn split(width: u64) -> u64 {
    if width < 2 {
        return 1;
    }
    1 << (63 - width.saturating_sub(1).leading_zeros())
}

/// The path from leaf `index` to the root of the first `size` leaves; `None` when there is no
/// such leaf.
///
/// # Errors
/// Whatever `node` fails with.
pub fn inclusion<E>(
    index: u64,
    size: u64,
    mut node: impl FnMut(u32, u64) -> Result<Hash, E>,
) -> Result<Option<Vec<Hash>>, E> {
    if index >= size {
        return Ok(None);
    }
    let (mut from, mut to) = (0, size);
    let mut path = Vec::new();
    while to.saturating_sub(from) > 1 {
        let middle = from.saturating_add(split(to.saturating_sub(from)));
        if index < middle {
            path.push(subtree(middle, to, &mut node)?);
            to = middle;
        } else {
            path.push(subtree(from, middle, &mut node)?);
            from = middle;
        }
    }
    path.reverse();
    Ok(Some(path))
}

/// The proof that the first `old` leaves are a prefix of the first `new`; `None` when `old` is 0
/// or beyond `new`. An empty tree is a prefix of every tree, for which no proof is needed.
///
/// # Errors
/// Whatever `node` fails with.
pub fn consistency<E>(
    old: u64,
    new: u64,
    mut node: impl FnMut(u32, u64) -> Result<Hash, E>,
) -> Result<Option<Vec<Hash>>, E> {
    if old == 0 || old > new {
        return Ok(None);
    }
    let (mut from, mut to) = (0_u64, new);
    let mut path = Vec::new();
    let mut is_old_root = true;
    while to != old {
        let middle = from.saturating_add(split(to.saturating_sub(from)));
        if old <= middle {
            path.push(subtree(middle, to, &mut node)?);
            to = middle;
        } else {
            path.push(subtree(from, middle, &mut node)?);
            from = middle;
            is_old_root = false;
        }
    }
    if !is_old_root {
        path.push(subtree(from, to, &mut node)?);
    }
    path.reverse();
    Ok(Some(path))
}

/// Whether `path` leads from `leaf` at `index` to the `root` of `size` leaves.
#[must_use]
pub fn verify_inclusion(index: u64, size: u64, leaf: Hash, path: &[Hash], root: Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last) = (index, size.saturating_sub(1));
    let mut hash = leaf;
    for sibling in path {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            hash = Hash::node(*sibling, hash);
            while at % 2 == 0 && at != 0 {
                at /= 2;
                last /= 2;
            }
        } else {
            hash = Hash::node(hash, *sibling);
        }
        at /= 2;
        last /= 2;
    }
    last == 0 && hash == root
}

/// Whether `path` shows that the tree of `old` leaves is a prefix of the tree of `new`. Sizes of
/// 0 have no proof and are refused here.
#[must_use]
pub fn verify_consistency(
    old: u64,
    new: u64,
    old_root: Hash,
    new_root: Hash,
    path: &[Hash],
) -> bool {
    if old == 0 || old > new {
        return false;
    }
    if old == new {
        return path.is_empty() && old_root == new_root;
    }
    let mut rest = path.iter().copied();
    let first = if old.is_power_of_two() { Some(old_root) } else { rest.next() };
    let Some(first) = first else { return false };
    let (mut at, mut last) = (old.saturating_sub(1), new.saturating_sub(1));
    while at % 2 == 1 {
        at /= 2;
        last /= 2;
    }
    let (mut one, mut two) = (first, first);
    for sibling in rest {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            one = Hash::node(sibling, one);
            two = Hash::node(sibling, two);
            while at % 2 == 0 && at != 0 {
                at /= 2;
                last /= 2;
            }
        } else {
            two = Hash::node(two, sibling);
        }
        at /= 2;
        last /= 2;
    }
    last == 0 && one == old_root && two == new_root
}
