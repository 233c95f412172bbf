//! Bad input, and what it gets: a clear sentence, nothing lost, nothing half done.

use crate::browser::{Browser, check, fresh, head, province, text};
use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

fn with(mut value: Value, key: &str, other: Value) -> Value {
    value[key] = other;
    value
}

fn begin(head: &Value) -> Value {
    json!({ "act_id": fresh(), "as_post": "440000-bgt.ng", "head": head, "body": text(&["正文。"]) })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fields_that_are_wrong_are_named_and_nothing_is_kept() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let before = province.cell.store.count();
    let good = head("关于字段的通知");
    for (body, status, code) in [
        (with(begin(&good), "surprise", json!(1)), 422, "request.fields"),
        (with(begin(&good), "act_id", json!("多余")), 422, "request.act_id"),
        (with(begin(&good), "head", json!("文本")), 422, "request.fields"),
        (begin(&with(good.clone(), "title", json!(" "))), 422, "empty_field"),
        (begin(&with(good.clone(), "title", json!("长".repeat(201)))), 422, "field_too_long"),
        (begin(&with(good.clone(), "title", json!("控\u{7}制"))), 422, "control_character"),
        (begin(&with(good.clone(), "document_type", json!("memo"))), 422, "request.fields"),
        (begin(&with(good.clone(), "recipients", json!(["999"]))), 422, "documents.unknown_unit"),
        (
            begin(&with(good.clone(), "copies", json!(["440700000000"]))),
            422,
            "documents.unit_twice",
        ),
        (begin(&with(good.clone(), "signer", json!("440000-bgt.ws"))), 422, "documents.signer"),
    ] {
        check(&drafter.post("/api/documents", &body).await, status, code);
    }
    let broken = [0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d].to_vec();
    check(&drafter.post_text("/api/documents", broken).await, 400, "");
    check(
        &drafter.post_text("/api/documents", b"{\"act_id\":".to_vec()).await,
        400,
        "request.syntax",
    );
    let huge = vec![b' '; 9 << 20];
    check(&drafter.post_text("/api/documents", huge).await, 413, "request.too_large");
    assert_eq!(province.cell.store.count(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_state_secret_is_refused_wherever_it_is_marked_and_never_stored() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let before = province.cell.store.count();
    let title = "关于某事项的通知";
    for (head, lines, secrecy) in [
        (head(title), vec!["正文。"], "机密"),
        (head(title), vec!["秘密★1年", "正文。"], ""),
        (head(title), vec!["000001", "绝 密", "正文。"], ""),
        (head("机密★20年"), vec!["正文。"], ""),
    ] {
        let told = drafter.try_begin(head, &lines, secrecy).await;
        check(&told, 422, "documents.state_secret");
        assert!(told.1["rule"].as_str().unwrap().contains("保守国家秘密法"));
        assert!(told.1["next"].as_str().unwrap().contains("机要"));
    }
    assert_eq!(province.cell.store.count(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_submit_changes_nothing_and_gets_the_first_answer() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let body = begin(&head("关于重复提交的通知"));
    let first = drafter.post("/api/documents", &body).await;
    let second = drafter.post("/api/documents", &body).await;
    check(&first, 200, "");
    assert_eq!((&first.1["id"], &second.1["repeated"]), (&second.1["id"], &json!(true)));
    let other = with(body, "head", head("另一件事"));
    check(&drafter.post("/api/documents", &other).await, 409, "act_id_reused");
}

pub(crate) async fn upload(
    browser: &Browser,
    name: &str,
    bytes: &[u8],
) -> (axum::http::StatusCode, Value) {
    let encoded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let path = format!("/api/attachments?name={encoded}");
    let request = browser.request(Method::POST, &path).body(Body::from(bytes.to_vec())).unwrap();
    browser.send(request).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_with_tricky_names_or_lying_types_are_refused_and_good_ones_come_back() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let pdf = b"%PDF-1.7 a small file";
    for (name, bytes, code) in [
        ("../../etc/passwd", pdf.as_slice(), "files.name"),
        ("C:\\boot.ini", pdf, "files.name"),
        (".htaccess", pdf, "files.name"),
        ("\u{202e}fdp.exe", pdf, "files.name"),
        ("图片.png", pdf, "files.type"),
        ("通知.pdf", b"MZ\x90\x00", "files.type"),
        ("机密★1年.pdf", pdf, "documents.state_secret"),
    ] {
        check(&upload(&drafter, name, bytes).await, 422, code);
    }
    let (status, attachment) = upload(&drafter, "附件1.pdf", pdf).await;
    assert_eq!(status, 200, "{attachment}");
    let id = drafter.begin(head("关于附件的通知"), &["正文。"]).await;
    let attach = json!({ "do": "attach", "digest": attachment["digest"] });
    check(&drafter.act(&id, attach).await, 200, "");
    let path =
        format!("/api/documents/{id}/attachments/{}", attachment["digest"].as_str().unwrap());
    let (status, _) = drafter.get(&path).await;
    assert_eq!(status, 200);
    let stranger = province.as_person("fanghao").await;
    check(&stranger.get(&path).await, 404, "missing");
    // Knowing a file's digest gives nobody the file: only who brought it can attach it.
    let own = stranger.begin(stranger_head(), &["正文。"]).await;
    let steal = json!({ "do": "attach", "digest": attachment["digest"] });
    check(&stranger.act(&own, steal).await, 422, "documents.not_uploaded");
}

fn stranger_head() -> Value {
    let mut head = head("关于他人附件的通知");
    head["signer"] = json!("440000-11.jz");
    head
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_beyond_what_an_archive_packet_holds_are_refused_before_they_are_attached() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于附件的通知"), &["正文。"]).await;
    let mut told = Vec::new();
    for (name, megabytes) in [("一.txt", 70), ("二.txt", 60)] {
        let (status, file) = upload(&drafter, name, &vec![b' '; megabytes << 20]).await;
        assert_eq!(status, 200, "{file}");
        told.push(drafter.act(&id, json!({ "do": "attach", "digest": file["digest"] })).await);
    }
    check(&told[0], 200, "");
    check(&told[1], 422, "documents.attachments_large");
    assert_eq!(told[1].1["title"], "附件合计超过100 MB，办结后无法归入一个归档信息包。");
}
