//! Tests: one rule for Ed25519's edge cases, `verify_strict`, pinned by public vectors.

use crate::key::{Kind, NamedKey};
use crate::text::encode;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

const CCTV: &str = include_str!("../tests/vectors/ed25519/cctv-ed25519vectors.json");
const WYCHEPROOF: &str = include_str!("../tests/vectors/ed25519/wycheproof-ed25519_test.json");

/// The key as it comes in, as text.
fn key(bytes: &[u8]) -> Option<NamedKey> {
    let typed = [&[Kind::Note.byte()], bytes].concat();
    let id = Sha256::digest([b"log\n", typed.as_slice()].concat());
    NamedKey::parse(&format!("log+{}+{}", hex::encode(&id[..4]), encode(&typed)), Kind::Note).ok()
}

fn field(case: &Value, name: &str) -> Vec<u8> {
    let text = case[name].as_str().unwrap();
    let pairs = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

#[test]
fn points_of_small_order_are_refused_and_points_of_mixed_order_are_not() {
    let cases: Value = serde_json::from_str(CCTV).unwrap();
    let mut accepted = 0;
    for case in cases.as_array().unwrap() {
        let flags: Vec<&str> =
            case["flags"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let expected = flags.iter().all(|flag| flag.starts_with("low_order_component"));
        let key = key(&field(case, "key"));
        assert_eq!(key.is_some(), !flags.contains(&"low_order_A"), "case {}", case["number"]);
        let message = case["msg"].as_str().unwrap().as_bytes();
        let verdict = key.is_some_and(|key| key.verify(message, &field(case, "sig")).is_ok());
        assert_eq!(verdict, expected, "case {}: {flags:?}", case["number"]);
        accepted += u32::from(verdict);
    }
    assert_eq!((cases.as_array().unwrap().len(), accepted), (914, 43));
}

#[test]
fn wycheproof_agrees() {
    let vectors: Value = serde_json::from_str(WYCHEPROOF).unwrap();
    let mut count = 0;
    for group in vectors["testGroups"].as_array().unwrap() {
        let key = key(&field(&group["publicKey"], "pk"));
        for case in group["tests"].as_array().unwrap() {
            let (message, signature) = (field(case, "msg"), field(case, "sig"));
            let verdict = key.as_ref().is_some_and(|key| key.verify(&message, &signature).is_ok());
            assert_eq!(verdict, case["result"] == "valid", "case {}", case["tcId"]);
            count += 1;
        }
    }
    assert_eq!(Some(count), vectors["numberOfTests"].as_u64());
}
