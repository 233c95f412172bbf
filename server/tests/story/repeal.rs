//! 废止: what is repealed says so on both sides, and stands in the list of what is in force no more.

use crate::browser::{Browser, Province, approve, check, head, province};
use crate::exchange::sent;
use serde_json::{Value, json};

async fn ok(browser: &Browser, id: &str, request: Value) {
    check(&browser.act(id, request).await, 200, "");
}

async fn view(browser: &Browser, path: &str) -> Value {
    let told = browser.get(path).await;
    check(&told, 200, "");
    told.1
}

fn repealing(title: &str, repeals: Value) -> Value {
    let mut head = head(title);
    head["countersign"] = json!([]);
    head["repeals"] = repeals;
    head
}

/// Signed and numbered by the provincial office.
async fn numbered(province: &Province, head: Value) -> String {
    let id = province.as_person("linlan").await.begin(head, &["各市：", "现予废止。"]).await;
    for (person, request) in [
        ("linlan", json!({ "do": "submit" })),
        ("chenzhuo", approve("edit_check")),
        ("hejing", approve("sign_off")),
        ("zhouwen", json!({ "do": "number" })),
    ] {
        ok(&province.as_person(person).await, &id, request).await;
    }
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_document_repeals_says_so_once_it_is_sent() {
    let province = province().await;
    let clerk = province.as_person("zhouwen").await;
    let city = province.as_person("huangqi").await;
    let before = sent(&province, head("关于报送周报的通知")).await;
    let old = view(&clerk, &format!("/api/documents/{before}")).await;
    let (number, title) = (old["number"].clone(), old["head"]["title"].clone());
    let repeals = json!([
        { "key": before, "number": number, "title": title },
        { "number": "粤府办〔2011〕9号", "title": "平台以前的通知" },
    ]);
    let id = numbered(&province, repealing("关于废止部分文件的通知", repeals.clone())).await;
    let page = format!("/api/documents/{before}");
    assert_eq!(view(&clerk, &page).await["repealed"], Value::Null, "not before it is sent");
    ok(&clerk, &id, json!({ "do": "distribute" })).await;
    let by = view(&clerk, &format!("/api/documents/{id}")).await["number"].clone();
    let mut told = json!({ "document": id, "number": by, "receipt": null });
    assert_eq!(view(&clerk, &page).await["repealed"], told);
    told["receipt"] = json!(format!("{id}.440700000000"));
    let receipt = format!("/api/incoming/{before}.440700000000");
    assert_eq!(view(&city, &receipt).await["repealed"], told, "its readers see it too");
    let list = view(&clerk, "/api/exchange/repealed").await;
    let line = &list["items"][0];
    assert_eq!(
        (&line["id"], &line["number"], &line["way"], &line["by_number"]),
        (&json!(before), &number, &json!("repealed"), &by)
    );
    let others = view(&city, "/api/exchange/repealed").await;
    assert_eq!(others["items"], json!([]), "another unit's are not its own");

    let again = numbered(&province, repealing("关于再次废止的通知", repeals)).await;
    let told = clerk.act(&again, json!({ "do": "distribute" })).await;
    check(&told, 409, "documents.repealed_already");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_ones_own_unit_sent_can_be_repealed_and_each_once() {
    let province = province().await;
    let clerk = province.as_person("zhouwen").await;
    let drafter = province.as_person("linlan").await;
    let twice = json!([{ "number": "粤府办〔2011〕9号" }, { "number": " 粤府办〔2011〕9号 " }]);
    for (repeals, code) in [
        (twice, "documents.repeals"),
        (json!([{ "number": " " }]), "empty_field"),
        (
            json!((0..501).map(|n| json!({ "number": n.to_string() })).collect::<Vec<_>>()),
            "documents.repeals",
        ),
    ] {
        let told = drafter.try_begin(repealing("关于废止的通知", repeals), &["正文。"], "").await;
        check(&told, 422, code);
    }
    // A draft is in force nowhere; and a number must be that of the document it is said to be.
    let draft = drafter.begin(head("关于草稿的通知"), &["正文。"]).await;
    let real = sent(&province, head("关于报送月报的通知")).await;
    for key in [draft, real] {
        let wrong = json!([{ "key": key, "number": "粤府办〔2011〕9号" }]);
        let id = numbered(&province, repealing("关于废止月报的通知", wrong)).await;
        let told = clerk.act(&id, json!({ "do": "distribute" })).await;
        check(&told, 422, "documents.repeals_another");
    }
}
