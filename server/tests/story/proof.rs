//! The journal proves itself to an outsider, and names the act that was changed.

use crate::browser::{head, province};
use lingnan_evidence::verify;
use lingnan_store::Statement;
use lingnan_tlog::{Bundle, Verifier};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_changed_byte_is_found_and_the_act_is_named() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    drafter.begin(head("关于核验的通知"), &["拨付三百万元。"]).await;
    province.kit.evidence.advance().await.unwrap();
    let verifier = Verifier::parse(&province.kit.evidence.verifier_key()).unwrap();
    let store = &province.cell.store;
    let clean = verify(store.reader(), "gd", &verifier).await.unwrap();
    assert_eq!((clean.findings.as_slice(), clean.covered), ([].as_slice(), store.count()));

    let last = store.count() - 1;
    let forge = "update journal_act set payload = replace(payload, '三百', '三千') where seq = $1";
    let values = vec![lingnan_journal::Datum::count(last)];
    store.execute(vec![Statement::new(forge, values).expecting(1)]).await.unwrap();
    let found = verify(store.reader(), "gd", &verifier).await.unwrap();
    assert_eq!(found.findings.len(), 1, "{:?}", found.findings);
    assert_eq!(found.findings[0].seq, Some(last));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forger_who_also_mends_the_commitment_is_found_by_the_log() {
    let province = province().await;
    province.kit.evidence.advance().await.unwrap();
    let verifier = Verifier::parse(&province.kit.evidence.verifier_key()).unwrap();
    let store = &province.cell.store;
    let rows = lingnan_store::rows_after(store.reader(), 2_000, 1).await.unwrap();
    let payload = rows[0].payload.replace("\"time\":1", "\"time\":2");
    let salt: [u8; 32] = rows[0].salt.clone().try_into().unwrap();
    let commitment = lingnan_journal::commitment(&salt, payload.as_bytes());
    let forge = "update journal_act set payload = $1, commitment = $2 where seq = 2000";
    let values = vec![
        lingnan_journal::Datum::Text(payload),
        lingnan_journal::Datum::Blob(commitment.to_vec()),
    ];
    store.execute(vec![Statement::new(forge, values).expecting(1)]).await.unwrap();
    let found = verify(store.reader(), "gd", &verifier).await.unwrap();
    assert_eq!(found.findings[0].seq, Some(2_000), "{:?}", found.findings);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acts_cut_off_at_the_end_are_missed_by_the_checkpoint() {
    let province = province().await;
    province.kit.evidence.advance().await.unwrap();
    let verifier = Verifier::parse(&province.kit.evidence.verifier_key()).unwrap();
    let store = &province.cell.store;
    let cut = Statement::new("delete from journal_act where seq >= 2200", vec![]);
    store.execute(vec![cut]).await.unwrap();
    let found = verify(store.reader(), "gd", &verifier).await.unwrap();
    assert!(found.findings.iter().any(|f| f.what.contains("被删除")), "{:?}", found.findings);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proof_taken_away_is_checked_offline() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于证明的通知"), &["正文。"]).await;
    province.kit.evidence.advance().await.unwrap();
    let (_, view) = drafter.get(&format!("/api/documents/{id}")).await;
    let seq = view["timeline"][0]["seq"].as_u64().unwrap();
    let (_, proof) = drafter.get(&format!("/api/journal/{seq}/proof")).await;
    let bundle = Bundle::parse(proof["bundle"].as_str().unwrap()).unwrap();
    let verifier = Verifier::parse(proof["key"].as_str().unwrap()).unwrap();
    let entry = proof["entry"].as_str().unwrap();
    assert!(bundle.verify(entry.as_bytes(), &verifier).unwrap().size > seq);
    assert!(bundle.verify(entry.replace("gd", "gz").as_bytes(), &verifier).is_err());
    let stranger = province.as_person("fanghao").await;
    let (status, told) = stranger.get(&format!("/api/journal/{seq}/proof")).await;
    assert_eq!((status.as_u16(), &told["code"]), (404, &json!("missing")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proof_tells_its_holder_what_was_done_and_an_auditor_only_that_it_was() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于下载证明的通知"), &["正文。"]).await;
    province.kit.evidence.advance().await.unwrap();
    let (_, view) = drafter.get(&format!("/api/documents/{id}")).await;
    let path = format!("/api/journal/{}/proof", view["timeline"][0]["seq"]);
    let (_, proof) = drafter.get(&path).await;
    let key = province.kit.evidence.verifier_key();
    let verifier = Verifier::parse(&key).unwrap();
    let check = |proof: &serde_json::Value| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("proof.json");
        std::fs::write(&file, proof.to_string()).unwrap();
        let told = lingnan_server::verify::proof(&file, &verifier).unwrap();
        (told.well, told.lines.join("\n"))
    };
    let (well, told) = check(&proof);
    assert!(well, "{told}");
    for part in ["documents.begin", "林岚", "关于下载证明的通知", "2026-11-25"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let mut forged = proof.clone();
    forged["payload"] = json!(proof["payload"].as_str().unwrap().replace("证明", "表彰"));
    assert!(!check(&forged).0);
    let (_, audited) = province.as_person("shenji").await.get(&path).await;
    assert_eq!(audited.get("payload"), None);
    assert!(Bundle::parse(audited["bundle"].as_str().unwrap()).unwrap().extra.is_empty());
    let (well, told) = check(&audited);
    assert!(well && !told.contains("关于下载证明的通知"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outsider_checks_that_the_log_only_grows() {
    let province = province().await;
    province.kit.evidence.advance().await.unwrap();
    let stranger = province.stranger();
    let (_, old) = stranger.get("/api/checkpoint").await;
    let drafter = province.as_person("linlan").await;
    drafter.begin(head("关于一致性的通知"), &["正文。"]).await;
    province.kit.evidence.advance().await.unwrap();
    let from = old["size"].as_u64().unwrap();
    let (status, told) = stranger.get(&format!("/api/consistency?from={from}")).await;
    assert_eq!(status.as_u16(), 200, "{told}");
    let verifier = Verifier::parse(told["key"].as_str().unwrap()).unwrap();
    let read = |note: &serde_json::Value| {
        let text = verifier.open(note.as_str().unwrap()).unwrap().to_owned();
        lingnan_tlog::Checkpoint::parse(&text).unwrap()
    };
    let hashes = told["path"].as_array().unwrap().iter();
    let path: Vec<_> = hashes
        .map(|hash| lingnan_tlog::Hash::from_base64(hash.as_str().unwrap()).unwrap())
        .collect();
    assert!(read(&told["note"]).follows(&read(&old["note"]), &path));
    let (status, _) = stranger.get("/api/consistency?from=1&to=999999").await;
    assert_eq!(status.as_u16(), 404);
}
