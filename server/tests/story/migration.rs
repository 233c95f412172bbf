//! 换版: a process is changed while matters run; they stay on theirs until two people say otherwise.

use crate::browser::{Browser, Province, check, fresh, province};
use lingnan_server::import;
use serde_json::{Value, json};

const RUNNING: usize = 100;
const PATH: &str = "/api/processes/hq16/acts";

/// A form that asks what for, and a remark of this kind if any.
fn form(remark: Option<Value>) -> String {
    let mut properties = json!({ "事由": { "type": "string", "maxLength": 100 } });
    let mut rows = vec![json!(["事由"])];
    if let Some(remark) = remark {
        properties["备注"] = remark;
        rows.push(json!(["备注"]));
    }
    let form = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "会议用房",
        "type": "object", "properties": properties, "required": ["事由"],
        "additionalProperties": false, "x-title": "事由",
        "x-layout": [{ "section": "内容", "rows": rows }]
    });
    form.to_string()
}

fn remarked() -> String {
    form(Some(json!({ "type": "string", "maxLength": 100 })))
}

fn edition(version: u32, steps: &str) -> String {
    format!(
        "process hq16 \"会议用房\" v{version} in procurement_assets\nbasis \"机关办公用房管理办法\"\n\
         retention 10y\nstart by anyone\n{steps}\nend\n"
    )
}

async fn ask(browser: &Browser, post: &str, request: Value) -> crate::browser::Told {
    let body = json!({ "act_id": fresh(), "as_post": post, "request": request });
    browser.post(PATH, &body).await
}

async fn release(province: &Province, flow: &str, form: &str, version: u32) {
    let system = province.as_person("xitong").await;
    let security = province.as_person("anquan").await;
    let propose = json!({ "do": "propose", "flow": flow, "form": form, "note": "试改" });
    check(&ask(&system, "440000-zsj.xt", propose).await, 200, "");
    let release = json!({ "do": "release", "version": version });
    check(&ask(&security, "440000-zsj.aq", release).await, 200, "");
}

async fn start(browser: &Browser, title: &str) -> String {
    let fields = json!({ "事由": title, "备注": "原有说明" });
    let body = json!({ "act_id": fresh(), "as_post": "440000-11.ng", "code": "hq16",
                       "fields": fields, "submit": true });
    let told = browser.post("/api/works", &body).await;
    check(&told, 200, "");
    told.1["id"].as_str().unwrap().to_owned()
}

async fn approve(browser: &Browser, post: &str, id: &str, step: &str) {
    let seen = browser.get(&format!("/api/works/{id}")).await.1["version"].as_u64();
    let request = json!({ "do": "approve", "step": step, "opinion": "同意。" });
    let body = json!({ "act_id": fresh(), "as_post": post, "seen": seen, "request": request });
    let told = browser.post(&format!("/api/works/{id}/acts"), &body).await;
    check(&told, 200, "");
}

async fn state(browser: &Browser, id: &str) -> Value {
    browser.get(&format!("/api/works/{id}")).await.1["state"].clone()
}

/// What going over would mean for each matter of the second edition.
async fn previewed(system: &Browser) -> Vec<Value> {
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/processes/hq16/running/matters?version=2{cursor}");
        let (_, page) = system.get(&path).await;
        seen.extend(page["items"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { return seen };
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_changes_while_a_hundred_matters_run_and_all_of_them_finish() {
    let province = province().await;
    import::processes(&province.cell.store).await.unwrap();
    let two = "step fill \"填报\" by starter\nstep check \"审核\" by post:440000-11.hg";
    release(&province, &edition(2, two), &remarked(), 2).await;
    let drafter = province.as_person("fanghao").await;
    let mut ids = Vec::new();
    for number in 0..RUNNING {
        ids.push(start(&drafter, &format!("会议{number}")).await);
    }
    let three = format!("{two}\nstep sign \"签批\" by post:440000-11.jz");
    release(&province, &edition(3, &three), &form(None), 3).await;
    let reviewer = province.as_person("pengli").await;
    let head = province.as_person("ouyangqing").await;

    // Whoever is not asked stays by the edition he began with.
    let (stays, rest) = ids.split_first().unwrap();
    approve(&reviewer, "440000-11.hg", stays, "check").await;
    assert_eq!(state(&reviewer, stays).await, "concluded");

    let system = province.as_person("xitong").await;
    let security = province.as_person("anquan").await;
    check(&drafter.get("/api/processes/hq16/running").await, 403, "auth.forbidden");
    let (_, running) = system.get("/api/processes/hq16/running").await;
    assert_eq!((&running["version"], &running["migration"]), (&json!(3), &Value::Null));
    let old = &running["editions"][0];
    assert_eq!((&old["version"], &old["count"]), (&json!(2), &json!(RUNNING - 1)));
    assert_eq!(old["steps"][0]["name"], "审核");
    let seen = previewed(&system).await;
    assert_eq!(seen.len(), RUNNING - 1);
    let first = &seen[0];
    assert_eq!(first["stands"], json!([{ "from": "审核", "to": "审核" }]));
    assert_eq!((&first["removed"], &first["obstacles"]), (&json!(["备注"]), &json!([])));
    assert!(!first.to_string().contains("会议"), "an administrator sees no business: {first}");

    let reason = "新制度即日起施行";
    let propose =
        |ids: &[String]| json!({ "do": "propose_migration", "matters": ids, "reason": reason });
    let as_system = "440000-zsj.xt";
    let none = ask(&system, as_system, propose(&[])).await;
    check(&none, 422, "workflow.migration_matters");
    let over = ask(&system, as_system, propose(std::slice::from_ref(stays))).await;
    check(&over, 409, "workflow.migration_matters");
    check(&ask(&system, as_system, propose(&["nothing".to_owned()])).await, 404, "missing");
    check(&ask(&system, as_system, propose(rest)).await, 200, "");
    check(&ask(&system, as_system, propose(rest)).await, 409, "workflow.migration_open");
    let confirm = json!({ "do": "confirm_migration", "version": 3 });
    check(&ask(&system, as_system, confirm.clone()).await, 403, "workflow.second_person");
    // One of them ends in the meantime: it is told, and the others go over.
    let (ended, rest) = rest.split_first().unwrap();
    approve(&reviewer, "440000-11.hg", ended, "check").await;
    check(&ask(&security, "440000-zsj.aq", confirm).await, 200, "");
    let (_, running) = system.get("/api/processes/hq16/running").await;
    let met = running["migration"]["matters"].as_array().unwrap();
    let of = |state: &str| met.iter().filter(|one| one["state"] == state).collect::<Vec<_>>();
    assert_eq!((of("moved").len(), of("waiting").len()), (RUNNING - 2, 0));
    let refused = of("refused");
    assert_eq!((refused.len(), &refused[0]["id"]), (1, &json!(ended)));
    assert_eq!(refused[0]["why"], "该事项不在办理中，不能换用新版流程。");

    let (_, view) = drafter.get(&format!("/api/works/{}", rest[0])).await;
    assert_eq!((&view["edition"], &view["values"]["备注"]), (&json!(3), &json!("原有说明")));
    assert_eq!(view["removed"], json!(["备注"]));
    let told = view["opinions"].as_array().unwrap().iter().find(|o| o["decision"] == "migrate");
    let told = told.unwrap()["text"].as_str().unwrap();
    assert!(told.starts_with("由第2版换用第3版：新制度即日起施行（"), "{told}");
    let commands = view["timeline"].as_array().unwrap().iter().map(|act| &act["command"]);
    assert!(commands.into_iter().any(|command| command == "workflow.migrate"));
    for id in rest {
        approve(&reviewer, "440000-11.hg", id, "check").await;
        approve(&head, "440000-11.jz", id, "sign").await;
    }
    for id in rest {
        assert_eq!(state(&head, id).await, "concluded");
    }
    let (_, running) = system.get("/api/processes/hq16/running").await;
    assert_eq!(running["editions"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_would_strand_is_told_before_and_stays_where_it_is() {
    let province = province().await;
    import::processes(&province.cell.store).await.unwrap();
    let two = "step fill \"填报\" by starter\nstep check \"审核\" by post:440000-11.hg";
    release(&province, &edition(2, two), &remarked(), 2).await;
    let drafter = province.as_person("fanghao").await;
    let id = start(&drafter, "会议").await;
    let gone = "step fill \"填报\" by starter\nstep sign \"签批\" by post:440000-11.jz";
    let number = form(Some(json!({ "type": "integer", "maximum": 9 })));
    release(&province, &edition(3, gone), &number, 3).await;
    let system = province.as_person("xitong").await;
    let security = province.as_person("anquan").await;
    let (_, page) = system.get("/api/processes/hq16/running/matters?version=2").await;
    let line = &page["items"][0];
    assert_eq!(line["stands"], json!([{ "from": "审核", "to": null }]));
    assert_eq!(line["obstacles"][0], "正在办理的“审核”环节在新版中没有了。");
    let misfit = line["obstacles"][1].as_str().unwrap();
    assert!(misfit.starts_with("已填内容不合新版表单：“备注”"), "{misfit}");
    let propose = json!({ "do": "propose_migration", "matters": [id], "reason": "试" });
    check(&ask(&system, "440000-zsj.xt", propose.clone()).await, 200, "");
    let dismiss = json!({ "do": "dismiss_migration", "reason": "再核对" });
    check(&ask(&security, "440000-zsj.aq", dismiss.clone()).await, 200, "");
    check(&ask(&security, "440000-zsj.aq", dismiss).await, 409, "workflow.no_migration");
    check(&ask(&system, "440000-zsj.xt", propose).await, 200, "");
    let confirm = json!({ "do": "confirm_migration", "version": 3 });
    check(&ask(&security, "440000-zsj.aq", confirm).await, 200, "");
    let (_, running) = system.get("/api/processes/hq16/running").await;
    assert_eq!(running["migration"]["matters"][0]["state"], "refused");
    assert_eq!(running["editions"][0]["version"], 2);
    let reviewer = province.as_person("pengli").await;
    approve(&reviewer, "440000-11.hg", &id, "check").await;
    assert_eq!(state(&reviewer, &id).await, "concluded");
}
