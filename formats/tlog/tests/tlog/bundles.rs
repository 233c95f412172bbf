//! Proof bundles: text in and out, after the cases of the Go library, and every flipped bit.

use crate::vectors::Tree;
use lingnan_tlog::{
    Bundle, Checkpoint, Cosigner, Entry, Error, Hash, Member, Policy, Signer, Verdict, commitment,
    inclusion,
};

const NOTE: &str = "checkpoint\n";

#[test]
fn bundles_are_written_and_read_back_in_one_way() {
    let hash = Hash::leaf(b"one");
    let whole = Bundle {
        extra: b"extra information".to_vec(),
        index: 10,
        path: vec![hash, Hash::empty()],
        note: NOTE.to_owned(),
    };
    let bare = Bundle { extra: vec![], index: 0, path: vec![], note: NOTE.to_owned() };
    assert_eq!(
        whole.text(),
        "c2sp.org/tlog-proof@v1\nextra ZXh0cmEgaW5mb3JtYXRpb24=\nindex 10\n\
         0Nc2CrefWKseHj/mStd+LqC8B+NrX0btIiPt2SmN+ek=\n\
         47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\ncheckpoint\n"
    );
    assert_eq!(bare.text(), "c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n");
    for bundle in [whole, bare] {
        assert_eq!(Bundle::parse(&bundle.text()), Ok(bundle));
    }
}

#[test]
fn what_is_not_a_bundle_is_refused() {
    let head = "c2sp.org/tlog-proof@v1\n";
    let hash = format!("{}\n", Hash::empty().base64());
    let long = format!("{}AAAA\n", Hash::empty().base64().trim_end_matches('='));
    for (what, text) in [
        ("another header", format!("c2sp.org/tlog-proof@v2\nindex 0\n\n{NOTE}")),
        ("no header", format!("index 0\n\n{NOTE}")),
        ("extra that is not base64", format!("{head}extra !!!\nindex 0\n\n{NOTE}")),
        ("extra that is empty", format!("{head}extra \nindex 0\n\n{NOTE}")),
        ("extra that is not canonical", format!("{head}extra AAB=\nindex 0\n\n{NOTE}")),
        ("extra twice", format!("{head}extra AAA=\nextra AAA=\nindex 0\n\n{NOTE}")),
        ("no index", format!("{head}\n\n{NOTE}")),
        ("index that is a word", format!("{head}index nought\n\n{NOTE}")),
        ("index below zero", format!("{head}index -5\n\n{NOTE}")),
        ("index with a sign", format!("{head}index +5\n\n{NOTE}")),
        ("index with a leading zero", format!("{head}index 05\n\n{NOTE}")),
        ("index too large", format!("{head}index 18446744073709551616\n\n{NOTE}")),
        ("a path that is not base64", format!("{head}index 0\n!!!\n\n{NOTE}")),
        ("a hash too long", format!("{head}index 0\n{long}\n{NOTE}")),
        ("64 hashes", format!("{head}index 0\n{}\n{NOTE}", hash.repeat(64))),
        ("one endless line", format!("{head}index 0\n{}\n", "a".repeat(65 * 1024))),
        ("no checkpoint", format!("{head}index 0\n\n")),
        ("no empty line", format!("{head}index 0\n{NOTE}")),
        ("carriage returns", format!("{head}index 0\n\n{NOTE}").replace('\n', "\r\n")),
        ("nothing", String::new()),
    ] {
        assert_eq!(Bundle::parse(&text), Err(Error::Bundle), "{what}");
    }
    assert!(Bundle::parse(&format!("{head}index 0\n{}\n{NOTE}", hash.repeat(63))).is_ok());
}

struct Sample {
    policy: Policy,
    bundle: Bundle,
    entry: Entry,
}

const NOW: u64 = 1_764_400_000;
const PAYLOAD: &[u8] = b"{\"act\":\"issue\"}";

fn sample() -> Sample {
    let signer = Signer::new("evidence.gd.example/cell", [9; 32]);
    let cosigner = Cosigner::new("w.dangan.gd.example/1", [8; 32]);
    let salt = [5; 32];
    let entries: Vec<Entry> = (0..300)
        .map(|seq| Entry { cell: "gd".to_owned(), seq, commitment: commitment(&salt, PAYLOAD) })
        .collect();
    let tree = Tree::of(entries.iter().map(Entry::leaf));
    let origin = signer.verifier().name().to_owned();
    let head = Checkpoint { origin, size: 300, root: tree.range.root() }.text();
    let path = inclusion(138, 300, |level, index| tree.node(level, index)).unwrap().unwrap();
    let note = signer.sign(&head) + &cosigner.cosign(&head, NOW);
    let member = Member { witness: cosigner.witness(), operator: "dangan".to_owned() };
    let policy = Policy::new(signer.verifier(), vec![member], 1).unwrap();
    let bundle = Bundle { extra: salt.to_vec(), index: 138, path, note };
    Sample { policy, bundle, entry: entries[138].clone() }
}

#[test]
fn a_bundle_proves_its_entry_offline_and_no_other() {
    let Sample { policy, bundle, entry } = sample();
    let judge = |entry: &str| policy.judge(&bundle.text(), entry.as_bytes(), NOW);
    assert!(matches!(judge(&entry.text()), Verdict::Verified(_)));
    let next = entry.text().replace("138", "139");
    assert_eq!(judge(&next), Verdict::Refused(Error::NotIncluded));
    let early = policy.judge(&bundle.text(), entry.text().as_bytes(), NOW - 301);
    assert_eq!(early, Verdict::Refused(Error::Future));
    let signer = |seed| Signer::new("evidence.gd.example/cell", [seed; 32]).verifier();
    assert!(bundle.verify(entry.text().as_bytes(), &signer(9)).is_ok());
    let stranger = bundle.verify(entry.text().as_bytes(), &signer(8));
    assert_eq!(stranger, Err(Error::Unsigned));
}

#[test]
fn a_key_signs_for_its_own_log_alone() {
    let Sample { entry, .. } = sample();
    let signer = Signer::new("another.log", [9; 32]);
    let origin = "evidence.gd.example/cell".to_owned();
    let head = Checkpoint { origin, size: 1, root: entry.leaf() };
    let note = signer.sign(&head.text());
    let bundle = Bundle { extra: vec![], index: 0, path: vec![], note };
    let verdict = bundle.verify(entry.text().as_bytes(), &signer.verifier());
    assert_eq!(verdict, Err(Error::Origin));
}

#[test]
fn any_flipped_bit_of_a_bundle_is_noticed() {
    let Sample { policy, bundle, entry } = sample();
    let whole = bundle.text();
    for at in 0..whole.len() * 8 {
        let mut bytes = whole.clone().into_bytes();
        bytes[at / 8] ^= 1 << (at % 8);
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let verdict = policy.judge(&text, entry.text().as_bytes(), NOW);
        // The salt is not under any signature: it is checked by opening the commitment.
        let opens = Bundle::parse(&text).is_ok_and(|bundle| {
            let salt = <[u8; 32]>::try_from(bundle.extra);
            salt.is_ok_and(|salt| entry.opens_with(&salt, PAYLOAD))
        });
        assert!(!(opens && matches!(verdict, Verdict::Verified(_))), "bit {at}: {verdict:?}");
    }
}
