//! Processes as data: started, handled, watched and released without a line of code for them.

use crate::browser::{Browser, NOW, Province, check, fresh, province};
use lingnan_journal::Datum;
use lingnan_server::{clock, import};
use lingnan_store::Statement;
use serde_json::{Value, json};

pub(crate) async fn with_processes() -> Province {
    let province = province().await;
    import::processes(&province.cell.store).await.unwrap();
    province
}

pub(crate) async fn start(browser: &Browser, post: &str, code: &str, fields: Value) -> String {
    let body = json!({ "act_id": fresh(), "as_post": post, "code": code, "fields": fields,
                       "submit": true });
    let told = browser.post("/api/works", &body).await;
    check(&told, 200, "");
    told.1["id"].as_str().unwrap().to_owned()
}

async fn view(browser: &Browser, id: &str) -> Value {
    let told = browser.get(&format!("/api/works/{id}")).await;
    check(&told, 200, "");
    told.1
}

pub(crate) async fn act(
    browser: &Browser,
    post: &str,
    id: &str,
    request: Value,
) -> crate::browser::Told {
    let seen = browser.get(&format!("/api/works/{id}")).await.1["version"].as_u64();
    let body = json!({ "act_id": fresh(), "as_post": post, "seen": seen, "request": request });
    browser.post(&format!("/api/works/{id}/acts"), &body).await
}

fn ask(post: &str, request: Value) -> Value {
    json!({ "act_id": fresh(), "as_post": post, "request": request })
}

pub(crate) fn expenditure(yuan: i64) -> Value {
    json!({ "事由": "采购会议设备", "金额": yuan * 100, "类别": "办公费", "经费来源": "公用经费",
            "用途说明": "用于年度工作会议。" })
}

fn approve(step: &str, fields: Value) -> Value {
    json!({ "do": "approve", "step": step, "opinion": "同意。", "fields": fields })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_of_the_catalogue_goes_from_start_to_archive_without_code_of_its_own() {
    let province = with_processes().await;
    let drafter = province.as_person("fanghao").await;
    let (_, found) = drafter.get("/api/processes?q=经费支出").await;
    assert_eq!(found["items"][0]["code"], "cw14", "{found}");
    let (_, process) = drafter.get("/api/processes/cw14").await;
    assert_eq!(process["posts"], json!(["440000-11.ng"]));
    let category = process["form"]["properties"]["类别"]["enum"][0].clone();
    let source = process["form"]["properties"]["经费来源"].clone();
    let mut fields = expenditure(80_000);
    fields["类别"] = category;
    if let Some(first) = source["enum"].get(0) {
        fields["经费来源"] = first.clone();
    }
    let id = start(&drafter, "440000-11.ng", "cw14", fields).await;
    let seen = view(&drafter, &id).await;
    assert_eq!(seen["title"], "经费支出审批：采购会议设备");
    let stranger = province.as_person("luying").await;
    check(&stranger.get(&format!("/api/works/{id}")).await, 404, "missing");
    check(
        &act(&stranger, "440000-04.ws", &id, approve("manager", json!({}))).await,
        404,
        "missing",
    );

    let manager = province.as_person(&holder(&seen, &province, "manager")).await;
    let post = at(&view(&manager, &id).await, "approve");
    check(&act(&manager, &post, &id, approve("manager", json!({}))).await, 200, "");
    let reviewer = province.as_person("pengli").await;
    let (_, todo) = reviewer.get("/api/inbox?box=todo&q=采购会议设备").await;
    assert_eq!(
        (&todo["items"][0]["kind"], &todo["items"][0]["step"]),
        (&json!("work"), &json!("财务审核"))
    );
    let told = act(&reviewer, "440000-11.hg", &id, approve("account", json!({}))).await;
    check(&told, 422, "workflow.form");
    let decided = json!({ "审核意见": "票据齐全", "核定金额": 8_000_000 });
    check(&act(&reviewer, "440000-11.hg", &id, approve("account", decided)).await, 200, "");
    let head = province.as_person("ouyangqing").await;
    check(&act(&head, "440000-11.jz", &id, approve("head", json!({}))).await, 200, "");
    let done = view(&drafter, &id).await;
    assert_eq!((&done["state"], &done["kept"]), (&json!("concluded"), &json!("10年")));
    assert_eq!(done["number"], "CW14-2026-0001");
    let (_, package) = drafter.get(&format!("/api/works/{id}/package")).await;
    assert_eq!((&package["matches"], &package["digest"]), (&json!(true), &done["package"]));
}

/// The step's post as a person of the demonstration.
pub(crate) fn holder(view: &Value, province: &Province, step: &str) -> String {
    let stages = view["stages"].as_array().unwrap().iter();
    let stage = stages.into_iter().find(|stage| stage["id"] == step).unwrap();
    let shown = stage["holders"][0].as_str().unwrap().to_owned();
    let everyone = province.kit.demonstration.everyone();
    let person = everyone.into_iter().find(|person| shown.ends_with(&person.name));
    person.unwrap_or_else(|| panic!("nobody is {shown}")).id.to_string()
}

/// From which post an action can be done.
fn at(view: &Value, name: &str) -> String {
    let actions = view["actions"].as_array().unwrap().iter();
    let action = actions.into_iter().find(|action| action["name"] == name).unwrap();
    action["post"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_edition_takes_two_people_and_running_matters_stay_on_theirs() {
    let province = with_processes().await;
    let (system, security) =
        (province.as_person("xitong").await, province.as_person("anquan").await);
    let drafter = province.as_person("fanghao").await;
    let (_, process) = drafter.get("/api/processes/hq16").await;
    let (flow, form) = (process["flow"].as_str().unwrap(), process["form"].to_string());
    let next = flow.replacen(" v1 ", " v2 ", 1);
    let path = "/api/processes/hq16/acts";
    let propose = |flow: &str| {
        let form = form.clone();
        json!({ "do": "propose", "flow": flow, "form": form, "note": "按新制度调整" })
    };
    check(&drafter.post(path, &ask("440000-11.ng", propose(&next))).await, 403, "auth.forbidden");
    let broken = next.replace("by starter", "by boss");
    check(
        &system.post(path, &ask("440000-zsj.xt", propose(&broken))).await,
        422,
        "workflow.process_text",
    );
    check(
        &system.post(path, &ask("440000-zsj.xt", propose(flow))).await,
        422,
        "workflow.next_version",
    );
    check(&system.post(path, &ask("440000-zsj.xt", propose(&next))).await, 200, "");
    let release = json!({ "do": "release", "version": 2 });
    let own = system.post(path, &ask("440000-zsj.xt", release.clone())).await;
    check(&own, 403, "workflow.second_person");
    assert_eq!(drafter.get("/api/processes/hq16").await.1["version"], 1);
    check(&security.post(path, &ask("440000-zsj.aq", release)).await, 200, "");
    assert_eq!(drafter.get("/api/processes/hq16").await.1["version"], 2);
    let back = json!({ "do": "roll_back", "version": 1, "note": "新版有误" });
    check(&security.post(path, &ask("440000-zsj.aq", back)).await, 200, "");
    let release = json!({ "do": "release", "version": 1 });
    check(&system.post(path, &ask("440000-zsj.xt", release)).await, 200, "");
    assert_eq!(drafter.get("/api/processes/hq16").await.1["version"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn administrators_see_where_matters_stand_and_never_what_they_are_about() {
    let province = with_processes().await;
    let drafter = province.as_person("fanghao").await;
    let (_, process) = drafter.get("/api/processes/cw14").await;
    let mut fields = expenditure(100);
    fields["类别"] = process["form"]["properties"]["类别"]["enum"][0].clone();
    if let Some(first) = process["form"]["properties"]["经费来源"]["enum"].get(0) {
        fields["经费来源"] = first.clone();
    }
    let id = start(&drafter, "440000-11.ng", "cw14", fields).await;
    let (system, security) =
        (province.as_person("xitong").await, province.as_person("anquan").await);
    check(&drafter.get("/api/monitor/steps").await, 403, "auth.forbidden");
    let (_, counts) = system.get("/api/monitor/steps").await;
    assert_eq!((&counts[0]["step"], &counts[0]["count"]), (&json!("manager"), &json!(1)));
    let (_, standing) = system.get("/api/monitor/works?code=cw14").await;
    assert_eq!(standing["items"][0]["id"], id.as_str());
    assert!(!standing.to_string().contains("采购会议设备"), "{standing}");
    check(&system.get(&format!("/api/works/{id}")).await, 404, "missing");
    let path = format!("/api/monitor/works/{id}/acts");
    let business = approve("manager", json!({}));
    check(&system.post(&path, &ask("440000-zsj.xt", business)).await, 403, "workflow.business");
    let past = json!({ "what": "jump", "from": "manager", "target": "account" });
    let jump = json!({ "do": "intervene", "reason": "分管负责人出差", "intervention": past });
    check(&system.post(&path, &ask("440000-zsj.xt", jump)).await, 200, "");
    let confirm = json!({ "do": "confirm_intervention" });
    let own = system.post(&path, &ask("440000-zsj.xt", confirm.clone())).await;
    check(&own, 403, "workflow.second_person");
    check(&security.post(&path, &ask("440000-zsj.aq", confirm)).await, 200, "");
    let stages = view(&drafter, &id).await["stages"].clone();
    let active = stages.as_array().unwrap().iter().find(|s| s["standing"] == "active").unwrap();
    assert_eq!(active["id"], "account");
    let suspend = json!({ "do": "suspend", "reason": "等待复核" });
    check(&system.post(&path, &ask("440000-zsj.xt", suspend)).await, 200, "");
    assert_eq!(view(&drafter, &id).await["state"], "suspended");
}

/// Alarms of matters that cannot hear them, all before any other: more than are read at once.
async fn alarms_that_nobody_hears(province: &Province) {
    let insert = "insert into work_timer (matter, at_ms) values ($1, $2)";
    let ghosts = (0..600).map(|number| {
        let matter = Datum::Text(format!("work:ghost-{number}"));
        Statement::new(insert, vec![matter, Datum::Int(number)])
    });
    province.cell.store.execute(ghosts.collect()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_that_passes_lights_its_lamps_by_itself_behind_alarms_that_nobody_hears() {
    let province = with_processes().await;
    let drafter = province.as_person("fanghao").await;
    let (_, process) = drafter.get("/api/processes/cw14").await;
    let mut fields = expenditure(100);
    fields["类别"] = process["form"]["properties"]["类别"]["enum"][0].clone();
    if let Some(first) = process["form"]["properties"]["经费来源"]["enum"].get(0) {
        fields["经费来源"] = first.clone();
    }
    let id = start(&drafter, "440000-11.ng", "cw14", fields).await;
    alarms_that_nobody_hears(&province).await;
    assert_eq!(clock::round(&province.cell).await.unwrap(), 0);
    for _ in 0..8 {
        province.clock.advance_ms(86_400_000);
        clock::round(&province.cell).await.unwrap();
    }
    let drafter = province.as_person("fanghao").await;
    let stages = view(&drafter, &id).await["stages"].clone();
    let active = stages.as_array().unwrap().iter().find(|s| s["standing"] == "active").unwrap();
    assert_eq!(active["light"], "yellow");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_in_a_year_without_a_notice_is_provisional_until_the_notice_comes() {
    let mut province = with_processes().await;
    // 2026-12-30 09:00, a Wednesday: the third working day is in the next year.
    province.clock.advance_ms(1_798_592_400_000 - NOW.0);
    let drafter = province.as_person("fanghao").await;
    let (_, process) = drafter.get("/api/processes/cw14").await;
    let mut fields = expenditure(100);
    fields["类别"] = process["form"]["properties"]["类别"]["enum"][0].clone();
    if let Some(first) = process["form"]["properties"]["经费来源"]["enum"].get(0) {
        fields["经费来源"] = first.clone();
    }
    let id = start(&drafter, "440000-11.ng", "cw14", fields).await;
    let seen = view(&drafter, &id).await;
    let day =
        |view: &Value| lingnan_base::Timestamp(view["due_ms"].as_i64().unwrap() - 1).to_string();
    assert_eq!(day(&seen), "2027-01-05 23:59:59");
    assert_eq!(seen["due_provisional"], true);
    let active = |view: &Value| {
        let stages = view["stages"].as_array().unwrap().clone();
        stages.into_iter().find(|s| s["standing"] == "active").unwrap()
    };
    assert_eq!(active(&seen)["due_provisional"], false, "its own limit ends within the year");
    assert_eq!(clock::reckon_again(&province.cell).await.unwrap(), 0, "nothing more is known");

    // The notice: 2027-01-04 is off, and a Sunday is worked for it.
    let notices = include_str!("../../../catalogue/calendars/china.tsv");
    let notices = notices.replacen("years\t2023\t2026", "years\t2023\t2027", 1)
        + "2027-01-01\tholiday\t元旦\n2027-01-04\tholiday\t元旦\n2027-01-10\tmakeup\t元旦\n";
    let festivals = include_str!("../../../catalogue/calendars/festivals.tsv");
    let calendar = lingnan_base::Calendar::parse(&notices, festivals).unwrap();
    province.cell.calendar = std::sync::Arc::new(calendar);
    assert_eq!(clock::reckon_again(&province.cell).await.unwrap(), 1);
    let firm = view(&drafter, &id).await;
    assert_eq!(day(&firm), "2027-01-06 23:59:59");
    assert_eq!(firm["due_provisional"], false);
    assert_eq!(clock::reckon_again(&province.cell).await.unwrap(), 0, "once is enough");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trial_shows_what_would_happen_and_leaves_nothing() {
    let province = with_processes().await;
    let system = province.as_person("xitong").await;
    let acts = province.cell.store.count();
    let file = lingnan_workflow::catalogue::files().iter().find(|f| f.code() == "hq16").unwrap();
    let trial = json!({ "flow": file.flow, "form": file.form, "scenario": file.scenario });
    let (_, told) = system.post("/api/processes/rehearse", &trial).await;
    assert_eq!(told["passed"], true, "{told}");
    assert!(told["transcript"].as_str().unwrap().contains("归档"));
    let limits = told["limits"].as_array().unwrap();
    assert!(limits.iter().any(|limit| limit["due_ms"].is_i64()), "{told}");
    assert!(limits.iter().all(|limit| limit["open"] == false), "{told}");
    let (_, setup) = system.get("/api/processes/hq16/trial").await;
    assert_eq!(setup["scenario"], file.scenario);
    assert!(setup["moments"][0]["name"].as_str().unwrap().starts_with("国庆节前的周五"));
    let texts = json!({ "flow": file.flow.replace("by starter", "by boss"), "form": file.form });
    let (_, checked) = system.post("/api/processes/check", &texts).await;
    assert_eq!(checked["mistakes"][0]["of"], "flow");
    assert!(checked["mistakes"][0]["line"].as_u64().unwrap() > 1, "{checked}");
    assert_eq!(province.cell.store.count(), acts);
}

const EDITOR: &str = "xitong";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drawing_is_read_back_to_the_same_text() {
    let province = with_processes().await;
    let system = province.as_person(EDITOR).await;
    let drawing = system.get_text("/api/processes/cw14/drawing").await;
    assert!(drawing.contains("BPMNShape"), "{drawing}");
    let told = system.post("/api/processes/import", &json!({ "bpmn": drawing })).await;
    check(&told, 200, "");
    let (_, texts) = system.get("/api/processes/cw14/editions/1").await;
    assert_eq!(told.1, json!({ "origin": "ours", "flow": texts["flow"], "notes": [] }));
    check(&system.get("/api/processes/cw14/drawing?edition=9").await, 404, "missing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_drawn_only_for_administrators_and_only_as_far_as_it_reads() {
    let province = with_processes().await;
    let system = province.as_person(EDITOR).await;
    let file = lingnan_workflow::catalogue::files().iter().find(|f| f.code() == "cw14").unwrap();
    let texts = json!({ "flow": file.flow, "form": file.form });
    let (_, checked) = system.post("/api/processes/check", &texts).await;
    assert!(checked["drawing"].as_str().unwrap().contains("BPMNShape"), "{checked}");
    let strange = file.flow.replace("back fill(direct)", "back nowhere");
    let (_, checked) =
        system.post("/api/processes/check", &json!({ "flow": strange, "form": file.form })).await;
    assert_eq!(checked["findings"][0]["step"], "manager", "{checked}");
    let broken = json!({ "flow": file.flow.replace("step ", "stop "), "form": file.form });
    let (_, checked) = system.post("/api/processes/check", &broken).await;
    assert_eq!(checked["drawing"], Value::Null);
    let long = json!({ "flow": "#".repeat((1 << 20) + 1), "form": "{}" });
    let told = system.post("/api/processes/check", &long).await;
    check(&told, 422, "workflow.too_large");
    let drafter = province.as_person("fanghao").await;
    for path in ["/api/processes/check", "/api/processes/import"] {
        let body = if path.ends_with("check") { texts.clone() } else { json!({ "bpmn": "" }) };
        check(&drafter.post(path, &body).await, 403, "");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hostile_file_is_refused_with_a_sentence() {
    let province = with_processes().await;
    let system = province.as_person(EDITOR).await;
    let acts = province.cell.store.count();
    let deep = format!("{}{}", "<a>".repeat(5_000), "</a>".repeat(5_000));
    for file in ["", "<a/>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", &deep] {
        let told = system.post("/api/processes/import", &json!({ "bpmn": file })).await;
        check(&told, 422, "workflow.bpmn_file");
        assert!(told.1["title"].as_str().unwrap().ends_with('。'), "{}", told.1);
    }
    let long = json!({ "bpmn": " ".repeat((4 << 20) + 1) });
    check(&system.post("/api/processes/import", &long).await, 422, "workflow.too_large");
    assert_eq!(province.cell.store.count(), acts);
}
