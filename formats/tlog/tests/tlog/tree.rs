//! RFC 6962: roots and proofs as published, and size 0 decided once.

use crate::vectors::{Tree, hash, hex, json, leaves, lines, path, root};
use lingnan_tlog::{
    Checkpoint, Hash, consistency, inclusion, verify_consistency, verify_inclusion,
};
use std::cell::Cell;

#[test]
fn roots_of_the_eight_leaves_are_those_of_rfc_6962() {
    let vectors = json("rfc6962/roots.json");
    let inputs = vectors["leaf_inputs_hex"].as_array().unwrap();
    let tree = Tree::of(inputs.iter().map(|leaf| Hash::leaf(&hex(leaf.as_str().unwrap()))));
    let published = vectors["sha256_roots_hex_by_size"].as_array().unwrap();
    let expected: Vec<_> =
        published.iter().map(|root| Hash::from_hex(root.as_str().unwrap()).unwrap()).collect();
    assert_eq!(tree.roots, expected);
}

#[test]
fn inclusion_vectors_are_judged_as_published() {
    let cases = lines("rfc6962/inclusion.jsonl");
    assert_eq!(cases.len(), 98);
    for case in cases {
        let judge = || {
            let (index, size) = (case["leafIdx"].as_u64()?, case["treeSize"].as_u64()?);
            let (leaf, root) = (hash(&case["leafHash"])?, hash(&case["root"])?);
            Some(verify_inclusion(index, size, leaf, &path(&case["proof"])?, root))
        };
        assert_eq!(judge().unwrap_or(false), case["wantErr"] == false, "{}", case["file"]);
    }
}

#[test]
fn consistency_vectors_are_judged_as_published() {
    let cases = lines("rfc6962/consistency.jsonl");
    assert_eq!(cases.len(), 98);
    for case in cases {
        let judge = || {
            let (old, new) = (case["size1"].as_u64()?, case["size2"].as_u64()?);
            let (one, two) = (root(&case["root1"])?, root(&case["root2"])?);
            Some(verify_consistency(old, new, one, two, &path(&case["proof"])?))
        };
        assert_eq!(judge().unwrap_or(false), case["wantErr"] == false, "{}", case["file"]);
    }
}

#[test]
fn a_tree_of_no_leaves_has_no_proof_but_a_witness_lets_every_tree_follow_it() {
    let root = Hash::leaf(b"one");
    assert!(!verify_consistency(0, 1, Hash::empty(), root, &[]));
    assert!(!verify_consistency(0, 0, Hash::empty(), Hash::empty(), &[]));
    assert_eq!(consistency(0, 1, |_, _| Err("nothing is read")), Ok(None));

    let head = |size, root| Checkpoint { origin: "log".to_owned(), size, root };
    let (empty, one) = (head(0, Hash::empty()), head(1, root));
    assert!(one.follows(&empty, &[]));
    assert!(empty.follows(&empty, &[]));
    assert!(!one.follows(&empty, &[root]), "a path where none is needed");
    assert!(!one.follows(&head(0, root), &[]), "an empty tree with a leaf's root");
    assert!(!head(0, root).follows(&empty, &[]), "an empty tree with a leaf's root");
    assert!(!empty.follows(&one, &[]), "a tree never shrinks");
    let other = Checkpoint { origin: "other".to_owned(), ..head(1, root) };
    assert!(!other.follows(&one, &[]), "another log");
}

#[test]
fn published_cases_of_an_empty_old_tree_are_for_the_witness_alone() {
    let zero = lines("rfc6962/consistency.jsonl").into_iter().filter(|case| case["size1"] == 0);
    let mut accepted = 0;
    for case in zero {
        let head = |size: &str, field: &str| {
            let origin = "log".to_owned();
            Some(Checkpoint {
                origin,
                size: case[size].as_u64()?,
                root: crate::vectors::root(&case[field])?,
            })
        };
        let Some(older) = head("size1", "root1") else { continue };
        let Some(newer) = head("size2", "root2") else { continue };
        let Some(proof) = path(&case["proof"]) else { continue };
        accepted += u32::from(newer.follows(&older, &proof));
        assert!(!verify_consistency(0, newer.size, older.root, newer.root, &proof));
    }
    assert_eq!(accepted, 1, "the one with the root of the empty tree and an empty path");
}

#[test]
fn a_proof_reads_no_more_nodes_than_twice_the_height_of_the_tree() {
    for size in [1, 2, 255, 256, 257, 1000, 1023, 4095] {
        let tree = Tree::of(leaves(size));
        let height = u64::from(64 - (size - 1).leading_zeros());
        for index in [0, 1, size / 3, size / 2, size - 1].map(|index| index % size) {
            let reads = Cell::new(0);
            let read = |level, index| {
                reads.set(reads.get() + 1);
                tree.node(level, index)
            };
            inclusion(index, size, read).unwrap().unwrap();
            consistency(index + 1, size, read).unwrap().unwrap();
            assert!(reads.get() <= 4 * height, "{} reads at {index} of {size}", reads.get());
        }
    }
}

#[test]
fn what_is_not_in_the_tree_has_no_proof() {
    let tree = Tree::of(leaves(5));
    let read = |level, index| tree.node(level, index);
    assert_eq!(inclusion(5, 5, read), Ok(None));
    assert_eq!(inclusion(0, 0, read), Ok(None));
    assert_eq!(consistency(6, 5, read), Ok(None));
    assert_eq!(consistency(5, 5, read), Ok(Some(vec![])));
    assert!(inclusion(0, 6, read).is_err(), "the reader's error comes through");
}
