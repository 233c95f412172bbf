//! Two hands on one draft: nothing that was saved is undone unseen.

use crate::browser::{Browser, Told, check, fresh, head, province, text};
use serde_json::{Value, json};

const TITLE: &str = "关于两人改稿的通知";

async fn save(browser: &Browser, id: &str, base: u32, line: &str) -> Told {
    let body = text(&[line]);
    let request = json!({ "do": "save", "base": base, "head": head(TITLE), "body": body });
    browser.act_seen(id, None, request).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_on_an_older_version_is_refused_and_says_who_saved_when() {
    let province = province().await;
    let (one, two) = (province.as_person("linlan").await, province.as_person("linlan").await);
    let id = one.begin(head(TITLE), &["第一稿。"]).await;
    check(&save(&one, &id, 1, "第二稿。").await, 200, "");
    let told = save(&two, &id, 1, "另一个第二稿。").await;
    check(&told, 409, "stale_version");
    let title = told.1["title"].as_str().unwrap();
    assert!(title.contains("林岚已于11月25日10:00保存第2稿"), "{title}");
    let view = two.get(&format!("/api/documents/{id}")).await.1;
    assert_eq!(view["body"], text(&["第二稿。"]), "what was saved stands");

    let mine = json!({ "title": TITLE, "body": text(&["另一个第二稿。"]) });
    let (status, lines) = two.post(&format!("/api/documents/{id}/versions/2/compare"), &mine).await;
    assert_eq!(status.as_u16(), 200, "{lines}");
    let added: Vec<&Value> = lines[1]["pieces"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|p| p["standing"] == "inserted")
        .collect();
    assert_eq!(added[0]["text"], "另一个");

    check(&save(&two, &id, 2, "另一个第二稿。").await, 200, "");
    let view = two.get(&format!("/api/documents/{id}")).await.1;
    assert_eq!(view["versions"].as_array().unwrap().len(), 3, "theirs stays below mine");
    check(&save(&one, &id, 1, "另一个第二稿。").await, 200, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_that_names_no_version_is_refused() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head(TITLE), &["第一稿。"]).await;
    let request = json!({ "do": "save", "head": head(TITLE), "body": text(&["第二稿。"]) });
    check(&drafter.act_seen(&id, None, request).await, 422, "request.fields");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_kept_or_is_anothers_is_not_compared() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head(TITLE), &["第一稿。"]).await;
    let address = format!("/api/documents/{id}/versions/1/compare");
    let bad = json!({ "type": "doc", "content": [{ "type": "heading", "attrs": { "level": 9 } }] });
    let asked = json!({ "title": TITLE, "body": bad });
    check(&drafter.post(&address, &asked).await, 422, "documents.body");
    let (other, asked) =
        (province.as_person("fanghao").await, json!({ "title": "", "body": text(&[]) }));
    check(&other.post(&address, &asked).await, 404, "missing");
    let body =
        json!({ "act_id": fresh(), "as_post": "440000-bgt.ng", "request": { "do": "submit" } });
    check(&other.post(&format!("/api/documents/{id}/acts"), &body).await, 404, "missing");
}
