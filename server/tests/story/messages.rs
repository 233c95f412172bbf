//! What concerns somebody is told him, once, and stays read when he has read it.

use crate::browser::{Browser, Province, approve, check, head, province};
use crate::process;
use axum::body::Body;
use axum::http::Method;
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::time::Duration;
use tower::ServiceExt;

async fn ok(browser: &Browser, id: &str, request: Value) {
    check(&browser.act(id, request).await, 200, "");
}

/// `退回 title` and so on: what the newest messages say, those about `id` alone.
pub(crate) async fn told(browser: &Browser, id: &str, query: &str) -> Vec<String> {
    let (status, page) = browser.get(&format!("/api/messages{query}")).await;
    assert_eq!(status.as_u16(), 200, "{page}");
    let items = page["items"].as_array().unwrap().iter();
    let about = items.filter(|one| one["matter"] == id);
    about.map(|one| format!("{} {}", text(one, "happened"), text(one, "words"))).collect()
}

fn text<'a>(one: &'a Value, field: &str) -> &'a str {
    one[field].as_str().unwrap()
}

async fn unread(browser: &Browser) -> u64 {
    browser.get("/api/messages/unread").await.1["count"].as_u64().unwrap()
}

pub(crate) async fn distributed(province: &Province, title: &str) -> String {
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head(title), &["正文。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    ok(&province.as_person("chenzhuo").await, &id, approve("edit_check")).await;
    ok(&province.as_person("ouyangqing").await, &id, approve("countersign")).await;
    ok(&province.as_person("hejing").await, &id, approve("sign_off")).await;
    let clerk = province.as_person("zhouwen").await;
    ok(&clerk, &id, json!({ "do": "number" })).await;
    ok(&clerk, &id, json!({ "do": "distribute" })).await;
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_back_is_told_with_its_reason_and_stays_read() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let before = unread(&drafter).await;
    let id = drafter.begin(head("关于消息的通知"), &["正文。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    let reviewer = province.as_person("chenzhuo").await;
    let back = json!({ "do": "return", "node": "edit_check", "target": "draft", "direct": true,
                       "opinion": "请补充依据。" });
    ok(&reviewer, &id, back).await;
    assert_eq!(told(&drafter, &id, "").await, ["returned 请补充依据。"]);
    assert!(told(&reviewer, &id, "").await.is_empty(), "who did it is not told");
    assert_eq!(unread(&drafter).await, before + 1);

    let (_, page) = drafter.get("/api/messages?unread=true").await;
    let message = page["items"].as_array().unwrap().iter().find(|one| one["matter"] == id).unwrap();
    assert_eq!(text(message, "teller"), "省政府办公厅 陈卓");
    let read = json!({ "messages": [message["id"]] });
    assert_eq!(reviewer.post("/api/messages/read", &read).await.0.as_u16(), 204);
    assert_eq!(unread(&drafter).await, before + 1, "another's reading is his own");
    for _ in 0..2 {
        assert_eq!(drafter.post("/api/messages/read", &read).await.0.as_u16(), 204);
        assert_eq!(unread(&drafter).await, before);
    }
    assert!(told(&drafter, &id, "?unread=true").await.is_empty());
    assert_eq!(told(&drafter, &id, "").await.len(), 1, "read, and still there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_is_read_up_to_what_was_seen_and_no_further() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于全部已读的通知"), &["正文。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    let reviewer = province.as_person("chenzhuo").await;
    let back = json!({ "do": "return", "node": "edit_check", "target": "draft", "direct": true,
                       "opinion": "请改。" });
    ok(&reviewer, &id, back.clone()).await;
    let far = json!({ "until_ms": i64::MAX });
    assert_eq!(drafter.post("/api/messages/read-all", &far).await.0.as_u16(), 204);
    assert_eq!(unread(&drafter).await, 0);
    province.clock.advance_ms(1_000);
    ok(&drafter, &id, approve("draft")).await;
    ok(&reviewer, &id, back).await;
    assert_eq!(unread(&drafter).await, 1, "what came later is not read by that");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sender_is_told_of_what_comes_back_and_when_all_have_answered() {
    let province = province().await;
    let id = distributed(&province, "关于回执的通知").await;
    let clerk = province.as_person("zhouwen").await;
    let back = json!({ "do": "return_document", "reason": "非我市职责。" });
    ok(&province.as_person("jianghe").await, &format!("{id}.440100000000"), back).await;
    assert_eq!(told(&clerk, &id, "").await, ["sent_back 非我市职责。"]);
    let acknowledge = json!({ "do": "acknowledge" });
    ok(&province.as_person("huangqi").await, &format!("{id}.440700000000"), acknowledge.clone())
        .await;
    assert_eq!(told(&clerk, &id, "").await.len(), 1, "one has not answered");
    ok(&province.as_person("dengxin").await, &format!("{id}.440000-03"), acknowledge).await;
    let all = "receipted 2个单位签收，1个单位退文。";
    assert_eq!(told(&clerk, &id, "").await, [all, "sent_back 非我市职责。"]);
    province.clock.advance_ms(1_000);
    ok(&clerk, &id, json!({ "do": "conclude", "opinion": "办结。" })).await;
    let drafter = province.as_person("linlan").await;
    assert_eq!(told(&drafter, &id, "").await, ["concluded 办结。", all, "sent_back 非我市职责。"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_handed_over_is_told_and_administrators_are_told_nothing() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于转办的通知"), &["正文。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    let hand = json!({ "do": "transfer", "node": "edit_check", "to": "440000-bgt.ws",
                       "opinion": "请代为核稿。" });
    ok(&province.as_person("chenzhuo").await, &id, hand).await;
    let clerk = province.as_person("zhouwen").await;
    assert_eq!(told(&clerk, &id, "").await, ["handed 请代为核稿。"]);
    let admin = province.as_person("xitong").await;
    let (status, page) = admin.get("/api/messages").await;
    assert_eq!((status.as_u16(), page["items"].as_array().unwrap().len()), (200, 0));
    let many: Vec<String> = (0..101).map(|n| n.to_string()).collect();
    let told = clerk.post("/api/messages/read", &json!({ "messages": many })).await;
    check(&told, 422, "messages.too_many");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_matter_of_a_process_tells_too() {
    let province = process::with_processes().await;
    let starter = province.as_person("fanghao").await;
    let post = "440000-11.ng";
    let mut fields = process::expenditure(100);
    fields["类别"] = json!("维修");
    let id = process::start(&starter, post, "cw14", fields).await;
    let (_, view) = starter.get(&format!("/api/works/{id}")).await;
    let manager = province.as_person(&process::holder(&view, &province, "manager")).await;
    let urge = json!({ "do": "urge", "step": "manager", "text": "请尽快。" });
    check(&process::act(&starter, post, &id, urge).await, 200, "");
    assert_eq!(told(&manager, &id, "").await, ["urged 请尽快。"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_senders_open_page_hears_of_the_receivers() {
    let province = province().await;
    let id = distributed(&province, "关于实时回执的通知").await;
    let clerk = province.as_person("zhouwen").await;
    let request = clerk.request(Method::GET, "/api/events").body(Body::empty()).unwrap();
    let response = province.router.clone().oneshot(request).await.unwrap();
    let city = format!("{id}.440700000000");
    ok(&province.as_person("huangqi").await, &city, json!({ "do": "acknowledge" })).await;
    let mut news = response.into_body().into_data_stream();
    let first = tokio::time::timeout(Duration::from_secs(20), news.next()).await.unwrap();
    let first = String::from_utf8(first.unwrap().unwrap().to_vec()).unwrap();
    assert!(first.contains(&format!("document:{id}")), "{first}");
    assert!(!first.contains("incoming:"), "the receiver's matter is its own: {first}");
}
