//! 合法性审核: a normative document goes to its government's department of justice before anybody
//! signs it, and only what was passed is signed (国办发〔2018〕115号).

use crate::bad_input::upload;
use crate::browser::{Browser, Province, approve, check, head, province, text};
use crate::rules::{findings, holder, put};
use serde_json::{Value, json};

const ITEMS: [&str; 7] = ["maker", "powers", "lawful", "licences", "rights", "duties", "procedure"];

async fn ok(browser: &Browser, id: &str, request: Value) {
    check(&browser.act(id, request).await, 200, "");
}

fn normative() -> Value {
    let mut head = head("关于印发《水库管理办法》的通知");
    put(&mut head, &json!({ "normative": true, "countersign": [] }));
    head
}

/// A normative document that was submitted with its material and checked; and the material.
async fn checked(province: &Province) -> (String, Value) {
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(normative(), &["水库管理办法正文。"]).await;
    let (_, file) = upload(&drafter, "送审说明.pdf", b"%PDF-1.7 grounds").await;
    let digest = file["digest"].clone();
    ok(&drafter, &id, json!({ "do": "attach", "digest": digest })).await;
    let material = json!([{ "rule": "legality", "attachment": digest }]);
    ok(&drafter, &id, json!({ "do": "submit", "declarations": material })).await;
    ok(&province.as_person("chenzhuo").await, &id, approve("edit_check")).await;
    (id, digest)
}

fn returned(node: &str, target: &str, opinion: &str) -> Value {
    json!({ "do": "return", "node": node, "target": target, "direct": false, "opinion": opinion })
}

fn passed() -> Value {
    json!({ "do": "approve", "node": "legality_review", "opinion": "经审核，内容合法。",
            "declarations": [{ "rule": "legality.items", "items": ITEMS }] })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_justice_passed_is_signed_and_its_material_is_not_sent() {
    let province = province().await;
    let (id, material) = checked(&province).await;
    let signer = province.as_person("hejing").await;
    let early = signer.act(&id, approve("sign_off")).await;
    check(&early, 422, "documents.rule.legality.passed");
    let justice = holder(&province, "440000-10.fjz").await;
    let found = findings(&justice, &id, "legality").await;
    assert_eq!((&found[0]["rule"], &found[0]["items"]), (&json!("legality.items"), &json!(ITEMS)));
    let mut some = passed();
    some["declarations"][0]["items"] = json!(["maker", "powers"]);
    check(&justice.act(&id, some).await, 422, "documents.rule.legality.items");
    ok(&justice, &id, passed()).await;
    ok(&signer, &id, approve("sign_off")).await;
    let clerk = province.as_person("zhouwen").await;
    ok(&clerk, &id, json!({ "do": "number" })).await;
    ok(&clerk, &id, json!({ "do": "distribute" })).await;
    let shown = clerk.get(&format!("/api/documents/{id}")).await.1;
    assert_eq!(shown["proofs"], json!([material]));
    let city = province.as_person("huangqi").await;
    let received = city.get(&format!("/api/incoming/{id}.440700000000")).await.1;
    assert_eq!(received["attachments"], json!([]), "the material stays with the office");
    let path = format!("/api/documents/{id}/attachments/{}", material.as_str().unwrap());
    check(&city.get(&path).await, 404, "missing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_changed_after_the_review_is_reviewed_again() {
    let province = province().await;
    let (id, _) = checked(&province).await;
    let justice = holder(&province, "440000-10.fjz").await;
    let back = returned("legality_review", "draft", "第三条设定罚款没有法律依据，应当予以修改。");
    ok(&justice, &id, back).await;
    let drafter = province.as_person("linlan").await;
    let save = |body: &str, base: u64| {
        let body = text(&[body]);
        json!({ "do": "save", "base": base, "head": normative(), "body": body })
    };
    ok(&drafter, &id, save("删去罚款的正文。", 1)).await;
    ok(&drafter, &id, approve("draft")).await;
    let reviewer = province.as_person("chenzhuo").await;
    ok(&reviewer, &id, approve("edit_check")).await;
    ok(&justice, &id, passed()).await;

    let signer = province.as_person("hejing").await;
    let back = json!({ "do": "return", "node": "sign_off", "target": "draft", "direct": true,
                       "opinion": "请再加一条。" });
    ok(&signer, &id, back).await;
    ok(&drafter, &id, save("又加了一条的正文。", 2)).await;
    ok(&drafter, &id, approve("draft")).await;
    let told = signer.act(&id, approve("sign_off")).await;
    check(&told, 422, "documents.rule.legality.passed");
    let sentence = "行政规范性文件未经合法性审核的，不得印发；这一稿还没有审核通过。";
    assert_eq!(told.1["title"], sentence);
    let again = returned("sign_off", "legality_review", "请重新审核。");
    ok(&signer, &id, again).await;
    ok(&justice, &id, passed()).await;
    ok(&signer, &id, approve("sign_off")).await;
}
