//! Many hands at one moment: a ticket is decided once, and colleagues do not stand in each
//! other's way.

use crate::browser::{Browser, Province, Told, check, fresh, head, province};
use lingnan_server::import;
use serde_json::{Value, json};

const CLICKS: usize = 100;
const HG: &str = "440000-11.hg";
const JZ: &str = "440000-11.jz";

const FORM: &str = r#"{
    "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "会议用房",
    "type": "object", "properties": { "事由": { "type": "string", "maxLength": 100 } },
    "required": ["事由"], "additionalProperties": false, "x-title": "事由"
}"#;

/// A province in which 会议用房 is checked by two posts in this way.
async fn deciding(kind: &str, share: &str) -> Province {
    let province = province().await;
    import::processes(&province.cell.store).await.unwrap();
    let flow = format!(
        "process hq16 \"会议用房\" v2 in procurement_assets\nbasis \"机关办公用房管理办法\"\n\
         retention 10y\nstart by anyone\nstep fill \"填报\" by starter\n\
         {kind} check \"会签\" by post:{HG}+post:{JZ}{share} write 事由\n\
         step sign \"签批\" by post:{JZ}\nend\n"
    );
    let propose = json!({ "do": "propose", "flow": flow, "form": FORM, "note": "试改" });
    let release = json!({ "do": "release", "version": 2 });
    for (person, post, request) in
        [("xitong", "440000-zsj.xt", propose), ("anquan", "440000-zsj.aq", release)]
    {
        let body = json!({ "act_id": fresh(), "as_post": post, "request": request });
        let admin = province.as_person(person).await;
        check(&admin.post("/api/processes/hq16/acts", &body).await, 200, "");
    }
    province
}

async fn start(province: &Province) -> String {
    let drafter = province.as_person("fanghao").await;
    let body = json!({ "act_id": fresh(), "as_post": "440000-11.ng", "code": "hq16",
                       "fields": { "事由": "会议" }, "submit": true });
    let told = drafter.post("/api/works", &body).await;
    check(&told, 200, "");
    told.1["id"].as_str().unwrap().to_owned()
}

async fn version(browser: &Browser, id: &str) -> u64 {
    browser.get(&format!("/api/works/{id}")).await.1["version"].as_u64().unwrap()
}

fn approval(post: &str, seen: u64, fields: Value) -> Value {
    let request =
        json!({ "do": "approve", "step": "check", "opinion": "同意。", "fields": fields });
    json!({ "act_id": fresh(), "as_post": post, "seen": seen, "request": request })
}

async fn approve(browser: &Browser, post: &str, id: &str, seen: u64) -> Told {
    browser.post(&format!("/api/works/{id}/acts"), &approval(post, seen, json!({}))).await
}

/// Sends all bodies at once.
async fn at_once(browser: &Browser, id: &str, bodies: Vec<Value>) -> Vec<Told> {
    let path = format!("/api/works/{id}/acts");
    let sent = bodies.into_iter().map(|body| {
        let (browser, path) = (browser.copy(), path.clone());
        tokio::spawn(async move { browser.post(&path, &body).await })
    });
    let mut told = Vec::new();
    for answer in sent.collect::<Vec<_>>() {
        told.push(answer.await.unwrap());
    }
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_hundred_clicks_on_one_ticket_one_counts() {
    let province = deciding("vote", " all").await;
    let id = start(&province).await;
    let reviewer = province.as_person("pengli").await;
    let seen = version(&reviewer, &id).await;
    let before = province.cell.store.count();
    let bodies = (0..CLICKS).map(|_| approval(HG, seen, json!({}))).collect();
    let told = at_once(&reviewer, &id, bodies).await;
    let (counted, refused): (Vec<&Told>, Vec<&Told>) =
        told.iter().partition(|told| told.0.as_u16() == 200);
    assert_eq!((counted.len(), refused.len()), (1, CLICKS - 1));
    for told in refused {
        check(told, 409, "stale_version");
        let title = told.1["title"].as_str().unwrap();
        assert!(title.contains("彭莉已于11月25日10:00先办了这一步"), "{title}");
    }
    assert_eq!(province.cell.store.count(), before + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_click_that_is_sent_a_hundred_times_is_one_act_with_one_answer() {
    let province = deciding("vote", " all").await;
    let id = start(&province).await;
    let reviewer = province.as_person("pengli").await;
    let body = approval(HG, version(&reviewer, &id).await, json!({}));
    let before = province.cell.store.count();
    let told = at_once(&reviewer, &id, vec![body.clone(); CLICKS]).await;
    assert_eq!(province.cell.store.count(), before + 1);
    let first = told.iter().filter(|told| told.1["repeated"] == json!(false)).count();
    assert_eq!(first, 1);
    for (status, mut answer) in told {
        answer["repeated"] = json!(true);
        let (_, mut again) = reviewer.post(&format!("/api/works/{id}/acts"), &body).await;
        again["repeated"] = json!(true);
        assert_eq!((status.as_u16(), &answer), (200, &again));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signers_of_one_vote_from_one_version_all_sign() {
    let province = deciding("vote", " all").await;
    let id = start(&province).await;
    let (one, two) = (province.as_person("pengli").await, province.as_person("ouyangqing").await);
    let seen = version(&one, &id).await;
    let told = tokio::join!(approve(&one, HG, &id, seen), approve(&two, JZ, &id, seen));
    check(&told.0, 200, "");
    check(&told.1, 200, "");
    let view = one.get(&format!("/api/works/{id}")).await.1;
    let at = view["stages"].as_array().unwrap().iter().find(|stage| stage["id"] == "sign");
    assert_eq!(at.unwrap()["standing"], "active", "{view}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signer_whose_form_was_changed_meanwhile_is_refused() {
    let province = deciding("vote", " all").await;
    let id = start(&province).await;
    let (one, two) = (province.as_person("pengli").await, province.as_person("ouyangqing").await);
    let seen = version(&one, &id).await;
    let changing = approval(HG, seen, json!({ "事由": "大会" }));
    check(&one.post(&format!("/api/works/{id}/acts"), &changing).await, 200, "");
    let told = approve(&two, JZ, &id, seen).await;
    check(&told, 409, "stale_version");
    assert!(told.1["title"].as_str().unwrap().contains("所办内容有改动"), "{}", told.1);
    let seen = version(&two, &id).await;
    check(&approve(&two, JZ, &id, seen).await, 200, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_one_is_enough_the_other_is_told_who_decided() {
    let province = deciding("any", "").await;
    let id = start(&province).await;
    let (one, two) = (province.as_person("pengli").await, province.as_person("ouyangqing").await);
    let seen = version(&one, &id).await;
    check(&approve(&one, HG, &id, seen).await, 200, "");
    let told = approve(&two, JZ, &id, seen).await;
    check(&told, 409, "stale_version");
    assert!(told.1["title"].as_str().unwrap().contains("彭莉已于11月25日10:00"), "{}", told.1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_that_countersign_a_document_from_one_version_all_sign() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let mut head = head("关于同时会签的通知");
    head["countersign"] = json!(["440000-11", "440000-03"]);
    let id = drafter.begin(head, &["正文。"]).await;
    check(&drafter.act(&id, json!({ "do": "submit" })).await, 200, "");
    let reviewer = province.as_person("chenzhuo").await;
    let approve = crate::browser::approve;
    check(&reviewer.act(&id, approve("edit_check")).await, 200, "");
    let (one, two) = (province.as_person("ouyangqing").await, province.as_person("yuanbo").await);
    let seen = one.get(&format!("/api/documents/{id}")).await.1["version"].as_u64();
    let told = tokio::join!(
        one.act_seen(&id, seen, approve("countersign")),
        two.act_seen(&id, seen, approve("countersign"))
    );
    check(&told.0, 200, "");
    check(&told.1, 200, "");
    check(&two.act_seen(&id, seen, approve("countersign")).await, 409, "stale_version");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_urges_need_not_have_seen_what_colleagues_did_meanwhile() {
    let province = deciding("vote", " all").await;
    let id = start(&province).await;
    let (starter, one) = (province.as_person("fanghao").await, province.as_person("pengli").await);
    let seen = version(&starter, &id).await;
    check(&approve(&one, HG, &id, seen).await, 200, "");
    let urge = json!({ "do": "urge", "step": "check", "text": "请尽快。" });
    let body = json!({ "act_id": fresh(), "as_post": "440000-11.ng", "seen": seen,
                       "request": urge });
    check(&starter.post(&format!("/api/works/{id}/acts"), &body).await, 200, "");
    let take_back = json!({ "do": "withdraw", "step": "check" });
    let body = json!({ "act_id": fresh(), "as_post": HG, "seen": seen, "request": take_back });
    let told = one.post(&format!("/api/works/{id}/acts"), &body).await;
    check(&told, 409, "stale_version");
}
