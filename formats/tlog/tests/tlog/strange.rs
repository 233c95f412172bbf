//! Whatever comes in, reading answers and never panics; what reads is written back the same.

use lingnan_tlog::{
    Bundle, Checkpoint, Cosigner, Entry, Hash, Member, Note, Policy, Range, Signer, Stamp, Tile,
    TileKind, TilePath, Verdict, Verifier, Witness, read_entries, verify_consistency,
    verify_inclusion, write_entries,
};
use proptest::prelude::*;

const SEEDS: [&str; 6] = [
    "c2sp.org/tlog-proof@v1\nextra AAAA\nindex 5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\
     log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\u{2014} log AAAAAAAA\n",
    "log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
    "govact/v1\ncell gd\nseq 7\ncommit sha256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "tile/5/x123/x456/078.p/2",
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
];

/// Random text, and good texts cut, doubled and stirred.
fn strange() -> impl Strategy<Value = String> {
    let stirred =
        (0..SEEDS.len(), 0..300_usize, 0..300_usize, ".{0,3}").prop_map(|(seed, from, to, put)| {
            let all: Vec<char> = SEEDS[seed].chars().collect();
            let (from, to) = (from % (all.len() + 1), to % (all.len() + 1));
            let head: String = all[..from].iter().collect();
            head + &put + &all[to..].iter().collect::<String>()
        });
    prop_oneof!["(?s).{0,300}", "[a-z0-9 +/=\u{2014}\n]{0,300}", stirred]
}

fn policy() -> Policy {
    let witness = Cosigner::new("w", [2; 32]).witness();
    let member = Member { witness, operator: "one".to_owned() };
    Policy::new(Signer::new("log", [1; 32]).verifier(), vec![member], 1).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn texts_are_read_or_refused_and_read_ones_are_written_the_same(text in strange()) {
        if let Ok(bundle) = Bundle::parse(&text) {
            prop_assert_eq!(bundle.text(), text.clone());
        }
        if let Ok(checkpoint) = Checkpoint::parse(&text) {
            prop_assert_eq!(checkpoint.text(), text.clone());
        }
        if let Ok(entry) = Entry::parse(&text) {
            prop_assert_eq!(entry.text(), text.clone());
        }
        if let Ok(path) = TilePath::parse(&text) {
            prop_assert_eq!(path.text(), text.clone());
        }
        if let Ok(key) = Verifier::parse(&text) {
            prop_assert_eq!(key.text(), text.clone());
        }
        if let Ok(key) = Signer::parse(&text) {
            prop_assert_eq!(key.secret_text(), text.clone());
        }
        let _ = (Witness::parse(&text), Note::parse(&text), Hash::from_hex(&text));
        let _ = Hash::from_base64(&text);
        let verdict = policy().judge(&text, b"entry", 0);
        prop_assert!(matches!(verdict, Verdict::Refused(_)));
    }

    #[test]
    fn bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(entries) = read_entries(&bytes) {
            prop_assert_eq!(write_entries(&entries), Ok(bytes.clone()));
        }
        if let Ok(range) = Range::parse(&bytes) {
            prop_assert_eq!(range.bytes(), bytes.clone());
        }
        let path = TilePath::new(TileKind::Hashes(0), 0, bytes.len() / 32 + 1);
        prop_assert!(path.is_err() || Tile::parse(path.unwrap(), &bytes).is_err());
        let _ = Stamp::parse(&bytes);
    }

    #[test]
    fn no_sizes_confuse_the_verifier(a: u64, b: u64, count in 0..70_usize) {
        let hash = Hash::leaf(b"x");
        let path = vec![hash; count];
        prop_assert!(!verify_inclusion(a, b, hash, &path, Hash::empty()));
        prop_assert!(!verify_consistency(a, b, hash, Hash::empty(), &path));
    }
}

#[test]
fn entries_beyond_a_tile_are_refused() {
    assert!(write_entries(&vec![b""; 256]).is_ok());
    assert!(write_entries(&vec![b""; 257]).is_err());
    assert!(read_entries(&[0; 512]).is_ok());
    assert!(read_entries(&[0; 514]).is_err());
    assert!(write_entries(&[vec![0; 65_535]]).is_ok());
    assert!(write_entries(&[vec![0; 65_536]]).is_err());
}
