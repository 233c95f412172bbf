//! Laws over random trees.

use crate::vectors::{Tree, leaves};
use lingnan_tlog::{
    Error, Hash, Range, Tile, Tiles, consistency, inclusion, node_in_tiles, verify_consistency,
    verify_inclusion,
};
use proptest::prelude::*;
use proptest::sample::Index;

/// RFC 6962 2.1, word for word.
fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::empty(),
        [one] => *one,
        _ => {
            let split = leaves.len().next_power_of_two() / 2;
            Hash::node(root(&leaves[..split]), root(&leaves[split..]))
        }
    }
}

fn flip(path: &mut [Hash], bit: Index) -> bool {
    if path.is_empty() {
        return false;
    }
    let at = bit.index(path.len() * 256);
    path[at / 256].0[at % 256 / 8] ^= 1 << (at % 8);
    true
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn ranges_and_tiles_have_the_root_of_the_definition(size in 0_u64..1200) {
        let all = leaves(size);
        let tree = Tree::of(all.iter().copied());
        let mut tiles = Tiles::default();
        all.iter().for_each(|leaf| drop(tiles.append(*leaf)));
        prop_assert_eq!(tree.range.root(), root(&all));
        prop_assert_eq!(tiles.root(), root(&all));
        prop_assert_eq!(tree.range.size(), size);
    }

    #[test]
    fn a_range_taken_up_again_goes_on_as_if_never_left(size in 0_u64..600, at: Index) {
        let all = leaves(size);
        let (before, after) = all.split_at(at.index(all.len() + 1));
        let range = Tree::of(before.iter().copied()).range;
        let mut resumed = Range::parse(&range.bytes()).unwrap();
        prop_assert_eq!(&resumed, &range);
        after.iter().for_each(|leaf| resumed.append(*leaf, |_| ()));
        prop_assert_eq!(resumed.root(), root(&all));
        let short = &range.bytes()[1..];
        prop_assert_eq!(Range::parse(short), Err(Error::Range));
    }

    #[test]
    fn every_proof_verifies_and_a_flipped_bit_does_not(
        size in 1_u64..1200, at: Index, bit: Index, kind in 0..4
    ) {
        let all = leaves(size);
        let tree = Tree::of(all.iter().copied());
        let index = at.index(all.len());
        let (leaf, whole) = (all[index], tree.range.root());
        let (index, old) = (index as u64, index as u64 + 1);
        let read = |level, index| tree.node(level, index);
        let mut path = inclusion(index, size, read).unwrap().unwrap();
        prop_assert!(verify_inclusion(index, size, leaf, &path, whole));
        let mut proof = consistency(old, size, read).unwrap().unwrap();
        let old_root = tree.roots[index as usize + 1];
        prop_assert!(verify_consistency(old, size, old_root, whole, &proof));

        let wrong = Hash::leaf(b"wrong");
        prop_assert!(!verify_inclusion(index, size, leaf, &path, wrong));
        prop_assert!(!verify_inclusion(index, size, wrong, &path, whole));
        prop_assert!(!verify_inclusion(index ^ 1, size, leaf, &path, whole) || size == 1);
        prop_assert!(!verify_consistency(old, size, old_root, wrong, &proof));
        prop_assert!(!verify_consistency(old, size, wrong, whole, &proof));
        match kind {
            0 => {
                prop_assert!(!flip(&mut path, bit)
                    || !verify_inclusion(index, size, leaf, &path, whole));
                prop_assert!(!flip(&mut proof, bit)
                    || !verify_consistency(old, size, old_root, whole, &proof));
            }
            1 => {
                path.push(wrong);
                proof.push(wrong);
                prop_assert!(!verify_inclusion(index, size, leaf, &path, whole));
                prop_assert!(!verify_consistency(old, size, old_root, whole, &proof));
            }
            2 => {
                prop_assert!(path.pop().is_none()
                    || !verify_inclusion(index, size, leaf, &path, whole));
                prop_assert!(proof.pop().is_none()
                    || !verify_consistency(old, size, old_root, whole, &proof));
            }
            _ => prop_assert!(!verify_consistency(size + 1, size, whole, whole, &proof)),
        }
    }

    #[test]
    fn proofs_out_of_tiles_are_those_out_of_nodes(size in 1_u64..1200, at: Index) {
        let all = leaves(size);
        let tree = Tree::of(all.iter().copied());
        let mut tiles = Tiles::default();
        let mut stored: Vec<Tile> = all.iter().flat_map(|leaf| tiles.append(*leaf)).collect();
        stored.extend(tiles.tails());
        let tile = |level, index| {
            let mut found = stored.iter().filter(|t| (t.level, t.index) == (level, index));
            Ok::<_, String>(found.next().map(|tile| tile.hashes.clone()))
        };
        let from_tiles = |level, index| {
            node_in_tiles(level, index, tile)?.ok_or_else(|| format!("no node {level} {index}"))
        };
        let index = at.index(all.len()) as u64;
        let read = |level, index| tree.node(level, index);
        prop_assert_eq!(inclusion(index, size, from_tiles), inclusion(index, size, read));
        let old = index + 1;
        prop_assert_eq!(consistency(old, size, from_tiles), consistency(old, size, read));
    }

    #[test]
    fn tiles_taken_up_again_go_on_as_if_never_left(size in 0_u64..1200, at: Index) {
        let all = leaves(size);
        let (before, after) = all.split_at(at.index(all.len() + 1));
        let mut whole = Tiles::default();
        before.iter().for_each(|leaf| drop(whole.append(*leaf)));
        let widths = Tiles::tail_widths(whole.size());
        let tails = whole.tails();
        let stored = |level, width: usize| {
            let tail = tails.iter().find(|tile| tile.level == level);
            tail.map_or_else(Vec::new, |tile| tile.hashes[..width].to_vec())
        };
        let rows = widths.into_iter().map(|(level, _, width)| stored(level, width)).collect();
        let mut resumed = Tiles::resume(whole.size(), rows);
        for leaf in after {
            prop_assert_eq!(resumed.append(*leaf), whole.append(*leaf));
        }
        prop_assert_eq!(resumed.root(), whole.root());
        prop_assert_eq!(resumed.tails(), whole.tails());
    }
}
