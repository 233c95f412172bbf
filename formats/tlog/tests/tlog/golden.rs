//! Our golden log of 300 acts with six departmental witnesses.

use crate::vectors::{Tree, bytes, json, path, text};
use lingnan_tlog::{
    Checkpoint, Entry, Error, Hash, Member, Policy, Tile, TileKind, TilePath, Verdict, Verifier,
    Witness, node_in_tiles, read_entries,
};
use std::fmt::Write as _;

const VERDICTS: &str = "\
valid-3of5-ed25519: verified
valid-mixed-ed-mldsa-sm2: short, 1 vouch
valid-unknown-signature-ignored: verified
valid-leaf-0: verified
valid-last-leaf: verified
quorum-2of5: short, 2 vouch
quorum-same-department-twice: short, 3 vouch
duplicate-cosignature-line: short, 2 vouch
no-log-signature: refused: no known key signed the note
tampered-entry: refused: the entry is not in the log at that place
wrong-index: refused: the entry is not in the log at that place
index-past-size: refused: the entry is not in the log at that place
extra-hash: refused: the entry is not in the log at that place
missing-hash: refused: the entry is not in the log at that place
size-edited: refused: the signature of a known key is wrong
cosig-replayed-to-other-origin: refused: no known key signed the note
cosig-from-the-future: refused: a cosignature is from the future
known-witness-bad-signature: refused: the signature of a known key is wrong
ed25519-S-plus-L-malleable: refused: the signature of a known key is wrong
crlf: refused: the text is not a proof bundle
noncanonical-base64: refused: the note is not a checkpoint
leading-zero-size: refused: the note is not a checkpoint
";

/// The policy file, as far as this crate's keys go: each `group <operator> any <witnesses>` is an
/// operator. The ML-DSA and SM2 witnesses are unknown keys here.
fn policy() -> Policy {
    let file = text("golden/policy.txt");
    let lines = || file.lines().map(|line| line.split(' ').collect::<Vec<_>>());
    let operator = |name: &str| {
        let group = lines().find(|words| words[0] == "group" && words[3..].contains(&name));
        group.unwrap()[1].to_owned()
    };
    let mut members = Vec::new();
    let mut unknown = Vec::new();
    for words in lines().filter(|words| words[0] == "witness") {
        match Witness::parse(words[2]) {
            Ok(witness) => members.push(Member { witness, operator: operator(words[1]) }),
            Err(error) => unknown.push((words[1].to_owned(), error)),
        }
    }
    let expected = ["szdata", "mima"].map(|name| (name.to_owned(), Error::Key));
    assert_eq!((members.len(), unknown), (4, expected.to_vec()));
    Policy::new(log(), members, 3).unwrap()
}

fn log() -> Verifier {
    let file = text("golden/policy.txt");
    let line = file.lines().find_map(|line| line.strip_prefix("log ")).unwrap();
    Verifier::parse(line).unwrap()
}

fn opened(note: &str) -> Checkpoint {
    Checkpoint::parse(log().open(note).unwrap()).unwrap()
}

#[test]
fn proofs_are_judged_as_by_the_reference_but_for_votes_of_unknown_keys() {
    let policy = policy();
    let mut table = String::new();
    for case in json("golden/proof-cases.json")["cases"].as_array().unwrap() {
        let text = |field: &str| case[field].as_str().unwrap();
        let now = case["now"].as_u64().unwrap();
        let verdict = policy.judge(text("proof"), text("entry").as_bytes(), now);
        let told = match &verdict {
            Verdict::Verified(_) => "verified".to_owned(),
            Verdict::QuorumShort(proved) => format!("short, {} vouch", proved.cosigned.len()),
            Verdict::SignedOnly(_) => "signed only".to_owned(),
            Verdict::Refused(error) => format!("refused: {error}"),
        };
        writeln!(table, "{}: {told}", text("name")).unwrap();
        let accepted = matches!(verdict, Verdict::Verified(_));
        // Its quorum needs the votes of the ML-DSA and the SM2 witness, which we cannot check.
        let beyond_us = text("name") == "valid-mixed-ed-mldsa-sm2";
        assert_eq!(accepted, text("expect") == "accept" && !beyond_us, "{table}");
    }
    assert_eq!(table, VERDICTS);
}

#[test]
fn a_verified_proof_names_who_vouched_and_when() {
    let cases = json("golden/proof-cases.json");
    let case = &cases["cases"][0];
    let (proof, entry) = (case["proof"].as_str().unwrap(), case["entry"].as_str().unwrap());
    let Verdict::Verified(proved) = policy().judge(proof, entry.as_bytes(), u64::MAX) else {
        panic!("not verified");
    };
    assert_eq!((proved.index, proved.checkpoint.size), (137, 300));
    let told: Vec<String> = proved
        .cosigned
        .iter()
        .map(|one| format!("{} {} {}", one.operator, one.name, one.time))
        .collect();
    let expected = [
        "fin w.caizheng.gd.example/1 1764400000",
        "arch w.dangan.gd.example/1 1764400001",
        "aud w.shenji.gd.example/1 1764400002",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_policy_that_counts_a_key_twice_or_cannot_be_met_is_refused() {
    let key = "w.dangan.gd.example/1+6d1dcb35+BFCJLgrJd2Hw01HgJ5UrlBiMXs/yGmySvsde3c8OXLAw";
    let member = |operator: &str| Member {
        witness: Witness::parse(key).unwrap(),
        operator: operator.to_owned(),
    };
    let policy = |members, quorum| Policy::new(log(), members, quorum).err();
    assert_eq!(policy(vec![member("arch")], 1), None);
    assert_eq!(policy(vec![member("arch"), member("fin")], 1), Some(Error::Policy));
    assert_eq!(policy(vec![member("arch")], 0), Some(Error::Policy));
    assert_eq!(policy(vec![member("arch")], 2), Some(Error::Policy));
    let own = Member { witness: Witness::of(&log()), operator: "log".to_owned() };
    assert_eq!(policy(vec![own], 1), Some(Error::Policy), "the log does not witness itself");
}

#[test]
fn the_tiles_and_entries_of_the_log_give_its_signed_roots() {
    let mut entries = Vec::new();
    let files = [bytes("golden/tile-entries-000.bin"), bytes("golden/tile-entries-001.p44.bin")];
    files.iter().for_each(|file| entries.extend(read_entries(file).unwrap()));
    let tree = Tree::of(entries.iter().map(|entry| Hash::leaf(entry)));
    for file in ["golden/checkpoint-260.txt", "golden/checkpoint-300.txt"] {
        let head = opened(&text(file));
        assert_eq!(head.root, tree.roots[usize::try_from(head.size).unwrap()]);
    }
    let tile = |level, index, width, file| {
        let path = TilePath::new(TileKind::Hashes(level), index, width).unwrap();
        Tile::parse(path, &bytes(file)).unwrap()
    };
    let tiles = [
        tile(0, 0, 256, "golden/tile-0-000.bin"),
        tile(0, 1, 44, "golden/tile-0-001.p44.bin"),
        tile(1, 0, 1, "golden/tile-1-000.p1.bin"),
    ];
    let read = |level, index| {
        let found = tiles.iter().find(|tile| (tile.level, tile.index) == (level, index));
        Ok::<_, Error>(found.map(|tile| tile.hashes.clone()))
    };
    for ((level, index), hash) in &tree.nodes {
        assert_eq!(node_in_tiles(*level, *index, read), Ok(Some(*hash)), "{level} {index}");
    }
    assert_eq!(node_in_tiles(0, 300, read), Ok(None), "beyond the tail");
    assert_eq!(node_in_tiles(63, u64::MAX, read), Ok(None));
    assert_eq!(node_in_tiles(u32::MAX, 0, read), Ok(None));
    for (seq, entry) in (0_u64..).zip(entries) {
        let entry = std::str::from_utf8(entry).unwrap();
        let read = Entry::parse(entry).unwrap();
        assert_eq!((read.seq, read.text().as_str()), (seq, entry));
        assert_eq!(Ok(read.leaf()), tree.node(0, seq).map_err(|_| ()));
    }
}

#[test]
fn heads_follow_one_another_or_do_not_as_the_client_cases_say() {
    let cases = json("golden/client-state-cases.json");
    for case in cases.as_array().unwrap() {
        let head = |field: &str| opened(case[field].as_str().unwrap());
        let (remembered, offered) = (head("remembered"), head("offered"));
        let proof = path(&case["consistency"]).unwrap();
        let name = case["name"].as_str().unwrap();
        let follows = offered.follows(&remembered, &proof);
        assert_eq!(follows, name == "extend-260-300", "{name}");
        // A rollback is an older head of the same lineage: stale, not a fork.
        assert_eq!(remembered.follows(&offered, &proof), name == "rollback", "{name}");
    }
    assert_eq!(cases.as_array().unwrap().len(), 5);
}

#[test]
fn an_entry_opens_with_its_salt_and_payload_and_with_nothing_else() {
    let case = json("golden/erasure.json");
    let entry = Entry::parse(case["entry"].as_str().unwrap()).unwrap();
    let payload = case["payload_before_erasure"].as_str().unwrap().as_bytes();
    let salt = Hash::from_hex(case["salt_hex"].as_str().unwrap()).unwrap().0;
    assert!(entry.opens_with(&salt, payload));
    assert!(!entry.opens_with(&[0; 32], payload), "an erased salt opens nothing");
    assert!(!entry.opens_with(&salt, &payload[1..]));
}

#[test]
fn an_entry_is_written_in_one_way() {
    let text =
        "govact/v1\ncell gd\nseq 7\ncommit sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    assert!(Entry::parse(text).is_ok());
    for (from, to) in [
        ("govact/v1", "govact/v2"),
        ("seq 7", "seq 07"),
        ("seq 7", "seq +7"),
        ("seq 7", "seq 7 "),
        ("cell gd", "cell "),
        ("cell gd", "cell g d"),
        ("AAA=", "AAB="),
        ("AAA=", "AAA"),
        ("sha256", "sm3"),
        ("=\n", "=\n\n"),
        ("=\n", "=\nmore\n"),
        ("=\n", "="),
        ("\n", "\r\n"),
    ] {
        assert_eq!(Entry::parse(&text.replace(from, to)), Err(Error::Entry), "{from} {to}");
    }
}
