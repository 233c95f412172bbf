//! A real log of another implementation: Tessera's, 15 entries with every checkpoint.

use crate::vectors::{Tree, bytes, text};
use lingnan_tlog::{
    Checkpoint, Hash, Tile, TilePath, Tiles, Verifier, consistency, inclusion, read_entries,
    verify_consistency, verify_inclusion, write_entries,
};

fn verifier() -> Verifier {
    Verifier::parse(text("tessera/VKEY").trim_end()).unwrap()
}

fn checkpoint(size: u64) -> Checkpoint {
    let note = text(&format!("tessera/checkpoint.{size}"));
    Checkpoint::parse(verifier().open(&note).unwrap()).unwrap()
}

#[test]
fn every_checkpoint_tile_and_entry_of_the_log_agrees_with_our_tree() {
    let entries = bytes("tessera/tile/entries/000.p/15");
    let entries = read_entries(&entries).unwrap();
    let tree = Tree::of(entries.iter().map(|entry| Hash::leaf(entry)));
    let mut tiles = Tiles::default();
    for size in 0..=15_u64 {
        let head = checkpoint(size);
        assert_eq!((head.size, head.origin.as_str()), (size, "example.com/log/testdata"));
        assert_eq!(head.root, tree.roots[usize::try_from(size).unwrap()]);
        assert_eq!(head.root, tiles.root());
        for tile in tiles.tails() {
            let path = tile.path().unwrap();
            let served = bytes(&format!("tessera/{}", path.text()));
            assert_eq!(Tile::parse(path, &served).unwrap(), tile);
            assert_eq!(tile.bytes(), served);
            let width = path.width();
            let stored = bytes(&format!("tessera/tile/entries/000.p/{width}"));
            assert_eq!(read_entries(&stored).unwrap(), entries[..width]);
            assert_eq!(write_entries(&entries[..width]).unwrap(), stored);
        }
        if let Some(entry) = entries.get(usize::try_from(size).unwrap()) {
            assert!(tiles.append(Hash::leaf(entry)).is_empty());
        }
    }
}

#[test]
fn proofs_over_the_log_verify_between_its_own_signed_heads() {
    let tiles = TilePath::parse("tile/0/000.p/15").unwrap();
    let tile = Tile::parse(tiles, &bytes("tessera/tile/0/000.p/15")).unwrap();
    let tree = Tree::of(tile.hashes.iter().copied());
    let read = |level, index| tree.node(level, index);
    let newest = checkpoint(15);
    for size in 1..=15 {
        let older = checkpoint(size);
        let path = consistency(size, 15, read).unwrap().unwrap();
        assert!(verify_consistency(size, 15, older.root, newest.root, &path));
        assert!(newest.follows(&older, &path));
        assert_eq!(older.follows(&newest, &path), size == 15);
        let path = inclusion(size - 1, 15, read).unwrap().unwrap();
        let leaf = tile.hashes[usize::try_from(size - 1).unwrap()];
        assert!(verify_inclusion(size - 1, 15, leaf, &path, newest.root));
    }
    assert!(newest.follows(&checkpoint(0), &[]));
}
