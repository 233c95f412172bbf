//! Public vectors, and laws over random trees.

use lingnan_tlog::{
    Bundle, Checkpoint, Hash, Signer, Tiles, Verifier, consistency, inclusion, verify_consistency,
    verify_inclusion,
};
use proptest::prelude::*;
use serde_json::Value;
use std::convert::Infallible;

/// Some vectors hold hashes of a wrong length: they do not read, so nothing verifies.
fn hash(value: &Value) -> Option<Hash> {
    Hash::from_base64(value.as_str()?)
}

fn path(value: &Value) -> Option<Vec<Hash>> {
    let all = value.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().map(|h| Hash::from_base64(h.as_str()?)).collect()
}

#[test]
fn roots_of_the_eight_leaves_are_those_of_rfc_6962() {
    let vectors: Value = serde_json::from_str(include_str!("vectors/roots.json")).unwrap();
    let bytes = |hex: &str| {
        let pairs = (0..hex.len() / 2).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16));
        pairs.collect::<Result<Vec<u8>, _>>().unwrap()
    };
    let mut tiles = Tiles::default();
    let leaves = vectors["leaf_inputs_hex"].as_array().unwrap();
    let roots = vectors["sha256_roots_hex_by_size"].as_array().unwrap();
    assert_eq!(tiles.root().0.to_vec(), bytes(roots[0].as_str().unwrap()));
    for (leaf, root) in leaves.iter().zip(&roots[1..]) {
        tiles.append(Hash::leaf(&bytes(leaf.as_str().unwrap())));
        assert_eq!(tiles.root().0.to_vec(), bytes(root.as_str().unwrap()));
    }
}

#[test]
fn inclusion_vectors_are_judged_as_published() {
    for line in include_str!("vectors/inclusion.jsonl").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let verdict = path(&case["proof"]).is_some_and(|path| {
            let Some(index) = case["leafIdx"].as_u64() else { return false };
            let Some(size) = case["treeSize"].as_u64() else { return false };
            let (leaf, root) = (hash(&case["leafHash"]), hash(&case["root"]));
            leaf.zip(root).is_some_and(|(l, r)| verify_inclusion(index, size, l, &path, r))
        });
        assert_eq!(verdict, case["wantErr"] == false, "{}", case["file"]);
    }
}

#[test]
fn consistency_vectors_are_judged_as_published() {
    for line in include_str!("vectors/consistency.jsonl").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let (Some(old), Some(new)) = (case["size1"].as_u64(), case["size2"].as_u64()) else {
            continue;
        };
        let verdict = path(&case["proof"]).is_some_and(|path| {
            let roots = hash(&case["root1"]).zip(hash(&case["root2"]));
            roots.is_some_and(|(one, two)| verify_consistency(old, new, one, two, &path))
        });
        assert_eq!(verdict, case["wantErr"] == false, "{}", case["file"]);
    }
}

#[test]
fn the_example_note_of_the_specification_verifies_and_a_changed_one_does_not() {
    let text = include_str!("vectors/c2sp-signed-note.json");
    let example: Value = serde_json::from_str(text).unwrap();
    let verifier = Verifier::parse(example["vkey"].as_str().unwrap()).unwrap();
    let note = example["note"].as_str().unwrap();
    assert!(verifier.open(note).is_ok());
    assert!(verifier.open(&note.replace("example message", "another message")).is_err());
    assert!(Verifier::parse(&example["vkey"].as_str().unwrap().replace("530d", "530e")).is_err());
}

/// The root of a complete subtree, by definition.
fn node(leaves: &[Hash], level: u32, index: u64) -> Hash {
    let width = 1_usize << level;
    let from = usize::try_from(index).unwrap() * width;
    let mut tiles = Tiles::default();
    leaves[from..from + width].iter().for_each(|leaf| drop(tiles.append(*leaf)));
    tiles.root()
}

fn leaves(count: usize) -> Vec<Hash> {
    (0..count).map(|n| Hash::leaf(&n.to_be_bytes())).collect()
}

fn root(leaves: &[Hash]) -> Hash {
    let mut tiles = Tiles::default();
    leaves.iter().for_each(|leaf| drop(tiles.append(*leaf)));
    tiles.root()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_proof_verifies_and_a_flipped_bit_does_not(size in 1_usize..700, at in 0_usize..700,
                                                       bit in 0_usize..256) {
        let all = leaves(size);
        let (index, size) = ((at % size) as u64, size as u64);
        let read = |level, index| Ok::<_, Infallible>(node(&all, level, index));
        let Ok(path) = inclusion(index, size, read);
        let mut path = path.unwrap();
        let leaf = all[usize::try_from(index).unwrap()];
        prop_assert!(verify_inclusion(index, size, leaf, &path, root(&all)));
        let old = index + 1;
        let read = |level, index| Ok::<_, Infallible>(node(&all, level, index));
        let Ok(proof) = consistency(old, size, read);
        let old_root = root(&all[..usize::try_from(old).unwrap()]);
        prop_assert!(verify_consistency(old, size, old_root, root(&all), &proof.unwrap()));
        if let Some(first) = path.first_mut() {
            first.0[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(!verify_inclusion(index, size, leaf, &path, root(&all)));
        }
    }

    #[test]
    fn reading_never_panics(text in ".{0,400}") {
        let _ = Bundle::parse(&text);
        let _ = Checkpoint::parse(&text);
        let _ = Verifier::parse(&text);
        let verifier = Signer::new("log", [7; 32]).verifier();
        prop_assert!(verifier.open(&text).is_err());
    }
}

#[test]
fn a_bundle_proves_its_entry_offline_and_no_other() {
    let signer = Signer::new("evidence.gd.example/cell", [9; 32]);
    let entries: Vec<String> =
        (0..300).map(|seq| lingnan_tlog::entry("gd", seq, &[7; 32])).collect();
    let all: Vec<Hash> = entries.iter().map(|entry| Hash::leaf(entry.as_bytes())).collect();
    let origin = "evidence.gd.example/cell".to_owned();
    let checkpoint = Checkpoint { origin, size: 300, root: root(&all) };
    let Ok(path) = inclusion(138, 300, |l, i| Ok::<_, Infallible>(node(&all, l, i)));
    let note = signer.sign(&checkpoint.text());
    let bundle = Bundle { extra: vec![1; 32], index: 138, path: path.unwrap(), note };
    let read = Bundle::parse(&bundle.text()).unwrap();
    assert_eq!(read, bundle);
    let key = Verifier::parse(&signer.verifier().text()).unwrap();
    assert_eq!(read.verify(entries[138].as_bytes(), &key), Ok(checkpoint));
    assert!(read.verify(entries[139].as_bytes(), &key).is_err());
    let stranger = Signer::new("evidence.gd.example/cell", [8; 32]).verifier();
    assert!(read.verify(entries[138].as_bytes(), &stranger).is_err());
}
