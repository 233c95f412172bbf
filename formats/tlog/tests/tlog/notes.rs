//! Keys, notes and cosignatures as other implementations write and refuse them.

use crate::vectors::json;
use lingnan_tlog::{Cosigner, Error, Note, Signer, Stamp, TileKind, TilePath, Verifier, Witness};

/// The text with one byte raised by one, for every byte; where that is still a text.
fn mangled(text: &str) -> impl Iterator<Item = String> {
    (0..text.len()).filter_map(|at| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] = bytes[at].wrapping_add(1);
        String::from_utf8(bytes).ok()
    })
}

fn proper_parts(text: &str) -> impl Iterator<Item = &str> {
    (0..text.len())
        .flat_map(move |from| (from + 1..=text.len()).map(move |to| &text[from..to]))
        .filter(move |part| part.len() < text.len())
}

#[test]
fn go_keys_read_and_nothing_near_them_does() {
    let rules = json("note/go-sumdb-note.json");
    let (public, secret) = (rules["vkey_ok"].as_str().unwrap(), rules["skey_ok"].as_str().unwrap());
    let verifier = Verifier::parse(public).unwrap();
    let signer = Signer::parse(secret).unwrap();
    assert_eq!((verifier.text().as_str(), verifier.name()), (public, "PeterNeumann"));
    assert_eq!(signer.verifier(), verifier);
    assert_eq!(signer.secret_text(), secret);
    for text in proper_parts(public).map(str::to_owned).chain(mangled(public)) {
        assert_eq!(Verifier::parse(&text), Err(Error::Key), "{text}");
    }
    for text in proper_parts(secret).map(str::to_owned).chain(mangled(secret)) {
        assert!(Signer::parse(&text).is_err(), "{text}");
    }
    for bad in rules["vkey_bad"].as_array().unwrap() {
        assert_eq!(Verifier::parse(bad.as_str().unwrap()), Err(Error::Key), "{bad}");
    }
    assert!(verifier.open(&signer.sign("text\n")).is_ok());
    assert!(!format!("{signer:?}").contains("AYEK"), "a secret is not printed");
}

#[test]
fn a_key_of_small_order_or_with_a_space_in_its_name_does_not_read() {
    let weak = [&[1_u8][..], &[0; 32]].concat();
    let id = {
        use sha2::Digest as _;
        let digest = sha2::Sha256::digest([b"log\n", weak.as_slice()].concat());
        digest[..4].iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    use base64::Engine as _;
    let weak = base64::engine::general_purpose::STANDARD.encode(weak);
    assert_eq!(Verifier::parse(&format!("log+{id}+{weak}")), Err(Error::Key));
    for name in ["", "a b", "a\u{3000}b", "a+b", "a\nb"] {
        let verifier = Signer::new(name, [7; 32]).verifier();
        assert_eq!(Verifier::parse(&verifier.text()), Err(Error::Key), "{name:?}");
    }
}

#[test]
fn the_example_note_of_the_specification_verifies_and_a_changed_one_does_not() {
    let example = json("note/c2sp-signed-note.json");
    let verifier = Verifier::parse(example["vkey"].as_str().unwrap()).unwrap();
    let note = example["note"].as_str().unwrap();
    assert_eq!(verifier.open(note), Ok("This is an example message.\n"));
    for changed in mangled(note) {
        assert!(verifier.open(&changed).is_err(), "{changed}");
    }
}

#[test]
fn a_wrong_signature_of_a_known_key_refuses_the_note_and_an_unknown_key_is_passed_over() {
    let (log, other) = (Signer::new("log", [1; 32]), Signer::new("other", [2; 32]));
    let line = |note: &str| note.rsplit_once("\n\n").unwrap().1.to_owned();
    let signed = log.sign("text\n");
    let stranger = line(&other.sign("text\n"));
    let wrong = line(&log.sign("another text\n"));
    let short = {
        use base64::Engine as _;
        let engine = base64::engine::general_purpose::STANDARD;
        let (head, encoded) = wrong.trim_end().rsplit_once(' ').unwrap();
        format!("{head} {}\n", engine.encode(&engine.decode(encoded).unwrap()[..20]))
    };
    let open = |note: &str| log.verifier().open(note).map(str::to_owned);
    assert_eq!(open(&signed), Ok("text\n".to_owned()));
    assert_eq!(open(&format!("{signed}{stranger}")), Ok("text\n".to_owned()));
    assert_eq!(open(&format!("{signed}{}", line(&signed))), Ok("text\n".to_owned()));
    assert_eq!(open(&format!("{signed}{wrong}")), Err(Error::Signature));
    assert_eq!(open(&format!("{signed}{short}")), Err(Error::Signature));
    assert_eq!(open(&other.sign("text\n")), Err(Error::Unsigned));
    let namesake = Signer::new("log", [3; 32]);
    assert_eq!(open(&namesake.sign("text\n")), Err(Error::Unsigned), "same name, other id");
}

#[test]
fn a_note_is_written_in_one_way() {
    let log = Signer::new("log", [1; 32]);
    let signed = log.sign("one\n\ntwo\n");
    assert_eq!(Note::parse(&signed).unwrap().text(), "one\n\ntwo\n");
    let line = signed.rsplit_once("\n\n").unwrap().1;
    let refused = [
        signed.trim_end().to_owned(),
        format!("{signed}\n"),
        signed.replace("\n\n\u{2014}", "\n\u{2014}"),
        signed.replace('\u{2014}', "-"),
        signed.replace('\n', "\r\n"),
        signed.replace("one", "o\tne"),
        signed.replace("\u{2014} log ", "\u{2014} l+g "),
        signed.replace("\u{2014} log ", "\u{2014} l\u{a0}g "),
        signed.replace("\u{2014} log ", "\u{2014}  "),
        format!("{signed}\u{2014} log AAAAAA==\n"),
        format!("{signed}\u{2014} log AAAAAAB=\n"),
        format!("{signed}{}", line.repeat(64)),
        String::new(),
        "\n\n".to_owned(),
    ];
    for note in refused {
        assert_eq!(Note::parse(&note), Err(Error::Note), "{note:?}");
    }
    assert!(Note::parse(&format!("{signed}{}", line.repeat(63))).is_ok());
}

#[test]
fn cosignature_keys_of_the_go_library_read_and_the_one_with_a_wrong_id_does_not() {
    let vectors = json("cosignature/formats-cosigv1.json");
    let key = |at: usize| vectors["vkeys"][at]["vkey"].as_str().unwrap();
    let converted = Witness::of(&Verifier::parse(key(0)).unwrap());
    assert_eq!(converted.name(), "TEST");
    assert_eq!(Witness::parse(&converted.text()).unwrap(), converted);
    assert_eq!(Witness::parse(key(0)), Err(Error::Key), "a note key is not a witness's");
    assert_eq!(Witness::parse(key(1)).unwrap().text(), key(1));
    assert_eq!(Verifier::parse(key(1)).unwrap_err(), Error::Key);
    assert_eq!(Witness::parse(key(2)), Err(Error::Key));

    let sample = format!("text\n\n\u{2014} w {}\n", vectors["timestamp"]["sig"].as_str().unwrap());
    let note = Note::parse(&sample).unwrap();
    let stamp = Stamp::parse(&note.signatures()[0].bytes).unwrap();
    assert_eq!(Some(stamp.time), vectors["timestamp"]["unix"].as_u64());
}

#[test]
fn a_cosignature_says_when_and_holds_for_this_text_alone() {
    let (log, cosigner) = (Signer::new("log", [1; 32]), Cosigner::new("w", [2; 32]));
    let signed = log.sign("text\n");
    let check = |note: &str| cosigner.witness().check(&Note::parse(note).unwrap());
    assert_eq!(check(&signed), Ok(None));
    let (one, two) = (cosigner.cosign("text\n", 1_764_400_000), cosigner.cosign("text\n", 5));
    assert_eq!(check(&format!("{signed}{one}")), Ok(Some(1_764_400_000)));
    assert_eq!(check(&format!("{signed}{one}{two}")), Ok(Some(1_764_400_000)));
    let other = cosigner.cosign("another text\n", 5);
    assert_eq!(check(&format!("{signed}{one}{other}")), Err(Error::Signature));
    assert_eq!(Stamp::parse(&[0xff; 72]), Err(Error::Signature), "a time beyond 2^63");
    assert_eq!(Stamp::parse(&[0; 71]), Err(Error::Signature));
    let as_note = Signer::new("w", [2; 32]).sign("text\n");
    assert_eq!(check(&as_note), Ok(None), "the same key as a note key has another id");
}

#[test]
fn go_tile_paths_without_their_height_read_as_ours() {
    let rules = json("note/go-sumdb-note.json");
    for path in rules["tile_paths_go_style"].as_array().unwrap() {
        let (path, bad) = match path.as_str().unwrap().split_once(" (") {
            Some((path, _)) => (path, true),
            None => (path.as_str().unwrap(), false),
        };
        // The first number of theirs is the tile's height, which C2SP fixes at 8.
        let (_, rest) = path.strip_prefix("tile/").unwrap().split_once('/').unwrap();
        let read = TilePath::parse(&format!("tile/{rest}"));
        assert_eq!(read.is_err(), bad, "{path}");
    }
    let large = TilePath::parse("tile/5/x123/x456/078.p/2").unwrap();
    let expected = (TileKind::Hashes(5), 123_456_078, 2);
    assert_eq!((large.kind(), large.index(), large.width()), expected);
}

#[test]
fn a_tile_path_is_written_in_one_way() {
    for text in [
        "tile/0/000",
        "tile/63/x001/x234/067",
        "tile/entries/x001/000.p/255",
        "tile/0/x018/x446/x744/x073/x709/x551/615",
    ] {
        assert_eq!(TilePath::parse(text).unwrap().text(), text);
    }
    for text in [
        "tile/64/000",
        "tile/00/000",
        "tile/0/0",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/x000/001",
        "tile/0/001/001",
        "tile/0/x001",
        "tile/0/+01",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/data/000",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/",
        "",
    ] {
        assert_eq!(TilePath::parse(text), Err(Error::Tile), "{text}");
    }
}
