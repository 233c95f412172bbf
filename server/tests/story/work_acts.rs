//! Around a matter's steps: files, signers taken away again, 延期, branches that were not taken.

use crate::browser::{Browser, Province, Told, check, fresh, province};
use axum::body::Body;
use axum::http::{Method, header};
use lingnan_server::import;
use serde_json::{Value, json};

const FLOW: &str = "process hq16 \"会议用房\" v2 in procurement_assets
basis \"机关办公用房管理办法\"
retention 10y
start by anyone
step fill \"填报\" by starter
step check \"审核\" by post:440000-11.hg due 2wd extend 2wd hide 底价
choose {
  when form.事由 = \"大会\" {
    step large \"大会场安排\" by post:440000-11.hg
  }
  else {
    step small \"小会场安排\" by post:440000-11.hg
  }
}
step sign \"签批\" by post:440000-11.jz
end
";

fn form() -> String {
    let files = json!({ "type": "array", "items": { "type": "string", "format": "file" } });
    let form = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "会议用房",
        "type": "object",
        "properties": { "事由": { "type": "string", "maxLength": 100 }, "附件": files,
                        "底价": files },
        "required": ["事由"], "additionalProperties": false, "x-title": "事由"
    });
    form.to_string()
}

async fn with_process() -> Province {
    let province = province().await;
    import::processes(&province.cell.store).await.unwrap();
    let acts = [
        (
            "xitong",
            "440000-zsj.xt",
            json!({ "do": "propose", "flow": FLOW, "form": form(), "note": "试改" }),
        ),
        ("anquan", "440000-zsj.aq", json!({ "do": "release", "version": 2 })),
    ];
    for (person, post, request) in acts {
        let admin = province.as_person(person).await;
        let body = json!({ "act_id": fresh(), "as_post": post, "request": request });
        check(&admin.post("/api/processes/hq16/acts", &body).await, 200, "");
    }
    province
}

async fn upload(browser: &Browser, name: &str, bytes: &'static [u8]) -> String {
    let path = format!("/api/attachments?name={name}");
    let request = browser.request(Method::POST, &path);
    let (status, told) = browser.send(request.body(Body::from(bytes)).unwrap()).await;
    assert_eq!(status, 200, "{told}");
    told["digest"].as_str().unwrap().to_owned()
}

async fn try_start(browser: &Browser, fields: Value) -> Told {
    let body = json!({ "act_id": fresh(), "as_post": "440000-11.ng", "code": "hq16",
                       "fields": fields, "submit": true });
    browser.post("/api/works", &body).await
}

async fn start(browser: &Browser, fields: Value) -> String {
    let told = try_start(browser, fields).await;
    check(&told, 200, "");
    told.1["id"].as_str().unwrap().to_owned()
}

async fn view(browser: &Browser, id: &str) -> Value {
    let told = browser.get(&format!("/api/works/{id}")).await;
    check(&told, 200, "");
    told.1
}

async fn act(browser: &Browser, post: &str, id: &str, request: Value) -> Told {
    let seen = browser.get(&format!("/api/works/{id}")).await.1["version"].as_u64();
    let body = json!({ "act_id": fresh(), "as_post": post, "seen": seen, "request": request });
    browser.post(&format!("/api/works/{id}/acts"), &body).await
}

/// The posts of an action that is offered.
fn holders(view: &Value, name: &str) -> Vec<String> {
    let actions = view["actions"].as_array().unwrap().iter();
    let offered = actions.filter(|action| action["name"] == name);
    let posts = offered.flat_map(|action| action["holders"].as_array().unwrap().clone());
    posts.map(|holder| holder["post"].as_str().unwrap().to_owned()).collect()
}

const HG: &str = "440000-11.hg";
const JZ: &str = "440000-11.jz";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_in_a_form_is_had_by_name_by_whoever_may_see_its_field() {
    let province = with_process().await;
    let drafter = province.as_person("fanghao").await;
    let shown = upload(&drafter, "%E8%AF%B4%E6%98%8E.txt", b"for everyone").await;
    let hidden = upload(&drafter, "price.txt", b"not for the reviewer").await;
    let fields = |digest: &str| json!({ "事由": "会议", "附件": [digest] });
    let others = province.as_person("pengli").await;
    check(&try_start(&others, fields(&shown)).await, 403, "");
    let other = upload(&others, "x.txt", b"of another").await;
    check(&try_start(&drafter, fields(&other)).await, 422, "workflow.no_such_file");
    let id = start(&drafter, json!({ "事由": "会议", "附件": [shown], "底价": [hidden] })).await;
    let files = view(&drafter, &id).await["files"].clone();
    let files = files.as_array().unwrap();
    let named = files.iter().find(|file| file["name"] == "说明.txt").unwrap();
    assert_eq!((files.len(), &named["size"]), (2, &json!(12)));
    let seen = view(&others, &id).await["files"].clone();
    assert_eq!(seen.as_array().unwrap().len(), 1);
    let get = |digest: &str| format!("/api/works/{id}/files/{digest}");
    check(&others.get(&get(&hidden)).await, 404, "missing");
    check(&others.get(&get(&other)).await, 404, "missing");
    let stranger = province.as_person("luying").await;
    check(&stranger.get(&get(&shown)).await, 404, "missing");
    let (headers, bytes) = others.fetch(&get(&shown)).await;
    assert_eq!(bytes, b"for everyone");
    let name = headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert_eq!(name, "attachment; filename*=UTF-8''%E8%AF%B4%E6%98%8E%2E%74%78%74");
    // What is in a matter is not swept away with what was given up.
    province.clock.advance_ms(3 * 86_400_000);
    lingnan_api::uploads::tidy(&province.cell.store, &province.cell.blobs).await.unwrap();
    let others = province.as_person("pengli").await;
    assert_eq!(others.fetch(&get(&shown)).await.1, b"for everyone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signers_that_were_added_can_be_taken_away_by_who_added_them() {
    let province = with_process().await;
    let drafter = province.as_person("fanghao").await;
    let id = start(&drafter, json!({ "事由": "会议" })).await;
    let reviewer = province.as_person("pengli").await;
    assert_eq!(holders(&view(&reviewer, &id).await, "reduce"), Vec::<String>::new());
    let add = json!({ "do": "add_before", "step": "check", "posts": [JZ], "opinion": "请先看。" });
    check(&act(&reviewer, HG, &id, add).await, 200, "");
    assert_eq!(holders(&view(&reviewer, &id).await, "reduce"), [JZ]);
    let guest = province.as_person("ouyangqing").await;
    assert_eq!(holders(&view(&guest, &id).await, "reduce"), Vec::<String>::new());
    let reduce = json!({ "do": "reduce", "step": "check", "post": JZ });
    check(&act(&reviewer, HG, &id, reduce.clone()).await, 200, "");
    check(&act(&reviewer, HG, &id, reduce).await, 409, "flow.not_added");
    let approve = json!({ "do": "approve", "step": "check", "opinion": "同意。" });
    check(&act(&reviewer, HG, &id, approve).await, 200, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_extension_reaches_the_leaders_inbox_and_is_his_to_grant() {
    let province = with_process().await;
    let drafter = province.as_person("fanghao").await;
    let id = start(&drafter, json!({ "事由": "延期的会议" })).await;
    let reviewer = province.as_person("pengli").await;
    let due = |view: &Value| {
        let stages = view["stages"].as_array().unwrap().iter();
        stages.into_iter().find(|stage| stage["id"] == "check").unwrap()["due_ms"].as_i64()
    };
    let before = due(&view(&reviewer, &id).await).unwrap();
    let ask = json!({ "do": "ask_extension", "step": "check", "reason": "材料较多" });
    check(&act(&reviewer, HG, &id, ask).await, 200, "");
    let everyone = province.kit.demonstration.everyone();
    let mut found = None;
    for person in everyone.filter(|person| person.id.as_str() != "pengli") {
        let browser = province.as_person(person.id.as_str()).await;
        let (_, todo) = browser.get("/api/inbox?box=todo&q=延期的会议").await;
        let item = &todo["items"][0];
        if item["step"].as_str().is_some_and(|step| step.starts_with("延期审批")) {
            found = Some(browser);
            break;
        }
    }
    let leader = found.expect("a leader has it in his inbox");
    let seen = view(&leader, &id).await;
    assert_eq!(holders(&seen, "answer_extension"), [HG]);
    let offered = seen["actions"].as_array().unwrap().iter();
    let offered = offered.into_iter().find(|a| a["name"] == "answer_extension").unwrap();
    let post = offered["post"].as_str().unwrap();
    let grant = json!({ "do": "answer_extension", "step": "check", "post": HG, "granted": true });
    check(&act(&reviewer, HG, &id, grant.clone()).await, 403, "workflow.extension");
    check(&act(&leader, post, &id, grant.clone()).await, 200, "");
    check(&act(&leader, post, &id, grant).await, 409, "flow.no_extension");
    assert!(due(&view(&reviewer, &id).await).unwrap() > before);
    let (_, todo) = leader.get("/api/inbox?box=todo&q=延期的会议").await;
    assert_eq!(todo["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_branch_that_was_not_taken_is_shown_as_such_once_that_is_decided() {
    let province = with_process().await;
    let drafter = province.as_person("fanghao").await;
    let id = start(&drafter, json!({ "事由": "会议" })).await;
    let reviewer = province.as_person("pengli").await;
    let standing = |view: &Value, step: &str| {
        let stages = view["stages"].as_array().unwrap().iter();
        let stage = stages.into_iter().find(|stage| stage["id"] == step).unwrap();
        stage["standing"].as_str().unwrap().to_owned()
    };
    assert_eq!(standing(&view(&reviewer, &id).await, "large"), "ahead");
    let approve = json!({ "do": "approve", "step": "check", "opinion": "同意。" });
    check(&act(&reviewer, HG, &id, approve).await, 200, "");
    let seen = view(&reviewer, &id).await;
    assert_eq!(
        (standing(&seen, "large"), standing(&seen, "small")),
        ("not_taken".to_owned(), "active".to_owned())
    );
    let reject = json!({ "do": "reject", "step": "small", "opinion": "没有会场。" });
    check(&act(&reviewer, HG, &id, reject).await, 200, "");
    assert_eq!(standing(&view(&reviewer, &id).await, "sign"), "not_taken");
}
