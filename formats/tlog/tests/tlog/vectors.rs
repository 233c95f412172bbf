//! Reading the vector files.

use lingnan_tlog::{Hash, Node, Range};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The folder of the vectors.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

pub fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(folder().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub fn text(path: &str) -> String {
    String::from_utf8(bytes(path)).unwrap()
}

pub fn json(path: &str) -> Value {
    serde_json::from_slice(&bytes(path)).unwrap()
}

/// One case per line.
pub fn lines(path: &str) -> Vec<Value> {
    text(path).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub fn hex(text: &str) -> Vec<u8> {
    let pairs = (0..text.len() / 2).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16));
    pairs.collect::<Result<_, _>>().unwrap()
}

/// Some vectors hold hashes of a wrong length: they do not read, so nothing verifies.
pub fn hash(value: &Value) -> Option<Hash> {
    Hash::from_base64(value.as_str()?)
}

/// Consistency vectors also hold roots that are no hashes. They are only compared, so another
/// hash that differs as they do stands for them.
pub fn root(value: &Value) -> Option<Hash> {
    Some(hash(value).unwrap_or_else(|| Hash::leaf(value.as_str().unwrap_or_default().as_bytes())))
}

pub fn path(value: &Value) -> Option<Vec<Hash>> {
    let all = value.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().map(hash).collect()
}

/// A tree with all its nodes.
#[derive(Default)]
pub struct Tree {
    pub range: Range,
    pub nodes: BTreeMap<(u32, u64), Hash>,
    /// The root of each size, from the empty tree on.
    pub roots: Vec<Hash>,
}

impl Tree {
    pub fn of(leaves: impl IntoIterator<Item = Hash>) -> Self {
        let mut tree = Self { roots: vec![Hash::empty()], ..Self::default() };
        for leaf in leaves {
            let nodes = &mut tree.nodes;
            tree.range.append(leaf, |Node { level, index, hash }| {
                assert_eq!(nodes.insert((level.into(), index), hash), None, "each node once");
            });
            tree.roots.push(tree.range.root());
        }
        tree
    }

    /// The node reader that proofs are made with; a missing node is an error.
    pub fn node(&self, level: u32, index: u64) -> Result<Hash, String> {
        let found = self.nodes.get(&(level, index)).copied();
        found.ok_or_else(|| format!("no node at level {level}, index {index}"))
    }
}

pub fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|n| Hash::leaf(&n.to_be_bytes())).collect()
}
