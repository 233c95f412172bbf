//! What a rule lets one declare is recorded and shown; what it only hints at stops nothing; what
//! comes up on a document's way is judged there.

use crate::bad_input::upload;
use crate::browser::{Browser, Province, approve, check, fresh, head, province, text};
use crate::rules::{JIANGMEN, KAIPING, PROVINCE, base, drafter, findings, hints, put};
use lingnan_base::{PostId, UnitId};
use lingnan_directory::{Appoint, ImportUnits, Level, Post, Status, Unit, UnitKind, duty};
use lingnan_journal::{ActId, Actor};
use serde_json::{Value, json};
use std::collections::BTreeMap;

async fn ok(browser: &Browser, id: &str, request: Value) {
    check(&browser.act(id, request).await, 200, "");
}

fn submit(rule: &str, declared: &Value) -> Value {
    let mut declared = declared.clone();
    declared["rule"] = json!(rule);
    json!({ "do": "submit", "declarations": [declared] })
}

async fn attached(browser: &Browser, id: &str, name: &str) -> Value {
    let (_, file) = upload(browser, name, format!("%PDF-1.7 {name}").as_bytes()).await;
    ok(browser, id, json!({ "do": "attach", "digest": file["digest"] })).await;
    file["digest"].clone()
}

fn skipping() -> Value {
    base(
        "440783-bgs",
        &json!({ "title": "开平市人民政府办公室关于水库险情的报告",
                 "document_type": "report", "recipients": [PROVINCE] }),
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reason_lets_a_level_be_skipped_and_stays_with_the_document() {
    let province = province().await;
    let drafter = drafter(&province, "440783-bgs").await;
    let id = drafter.begin(skipping(), &["水库出现险情，正在抢护。"]).await;
    for (declared, title) in [
        (json!({ "reason": "急" }), "请写明理由。"),
        (json!({ "attachment": "0".repeat(64) }), "所选的附件不在本文的附件中。"),
    ] {
        let told = drafter.act(&id, submit("14", &declared)).await;
        check(&told, 422, "documents.rule.14");
        assert_eq!(told.1["title"], title);
    }
    let reason = json!({ "reason": "险情紧急，已电话报告江门市政府。" });
    ok(&drafter, &id, submit("14", &reason)).await;
    let view = drafter.get(&format!("/api/documents/{id}")).await.1;
    let declared = &view["declarations"][0];
    assert_eq!(declared["reason"], reason["reason"]);
    assert_eq!(declared["article"], "《党政机关公文处理工作条例》第十四条");
    let about = "主送“广东省人民政府”越过了“江门市人民政府”，又没有抄送它。";
    assert_eq!(declared["about"], about);
    let found = findings(&drafter, &id, "submit").await;
    assert_eq!((&found[0]["rule"], &found[0]["settled"]), (&json!("14"), &json!(true)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reason_counts_for_the_fault_it_was_written_for_and_for_no_other() {
    let province = province().await;
    let drafter = drafter(&province, "440783-bgs").await;
    let id = drafter.begin(skipping(), &["水库出现险情，正在抢护。"]).await;
    ok(&drafter, &id, submit("14", &json!({ "reason": "险情紧急，来不及逐级上报。" }))).await;
    ok(&drafter, &id, json!({ "do": "withdraw", "node": "draft" })).await;
    let mut other = skipping();
    other["recipients"] = json!(["440000-bgt"]);
    let body = text(&["水库出现险情，正在抢护。"]);
    ok(&drafter, &id, json!({ "do": "save", "base": 1, "head": other, "body": body })).await;
    check(&drafter.act(&id, approve("draft")).await, 422, "documents.rule.14");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_must_be_mended_cannot_be_declared_away() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let mut unnamed = head("关于做好值班工作的通知");
    unnamed["title"] = json!("关于做好值班工作的通知");
    let id = drafter.begin(unnamed, &["正文。"]).await;
    let told = drafter.act(&id, submit("9.7", &json!({ "reason": "领导已经同意了。" }))).await;
    check(&told, 422, "documents.rule.9.7");
    assert_eq!(told.1["title"], "这一条不能以说明代替改正。");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn consent_is_attached_or_said_to_be_needless_and_a_person_is_written_to_if_he_asked() {
    let province = province().await;
    let drafter = drafter(&province, "440700-czj").await;
    let up = base(
        "440700-czj",
        &json!({ "title": "江门市财政局关于调整预算科目的请示", "recipients": ["440000-11"],
                 "document_type": "request_for_instruction" }),
    );
    let id = drafter.begin(up.clone(), &["拟调整预算科目。妥否，请批复。"]).await;
    let told = drafter.act(&id, json!({ "do": "submit" })).await;
    check(&told, 422, "documents.rule.15.2");
    let sentence =
        "向上级主管部门“广东省财政厅”请示、报告重大事项，应当经“江门市人民政府”同意或者授权。";
    assert_eq!(told.1["title"], sentence);
    assert_eq!(told.1["rule"], "《党政机关公文处理工作条例》第十五条（二）");
    assert!(told.1["next"].as_str().unwrap().starts_with("请附上“江门市人民政府”同意的文件"));
    let file = attached(&drafter, &id, "市政府批复.pdf").await;
    ok(&drafter, &id, submit("15.2", &json!({ "attachment": file }))).await;
    let id = drafter.begin(up, &["拟调整预算科目。妥否，请批复。"]).await;
    ok(&drafter, &id, submit("15.2", &json!({ "reason": "属于本局职权范围内的事项。" }))).await;

    let office = crate::rules::drafter(&province, "440700-bgs").await;
    let report = base(
        "440700-bgs",
        &json!({ "title": "江门市人民政府办公室关于冬修水利情况的报告",
                 "document_type": "report", "recipients": [PROVINCE] }),
    );
    let id = office.begin(report, &["黄省长：", "现将有关情况报告如下。"]).await;
    let told = office.act(&id, json!({ "do": "submit" })).await;
    check(&told, 422, "documents.rule.15.5");
    let sentence = "不得以本机关名义向上级机关负责人报送公文，正文抬头写的是“黄省长”。";
    assert_eq!(told.1["title"], sentence);
    assert_eq!(told.1["rule"], "《党政机关公文处理工作条例》第十五条（五）");
    ok(&office, &id, submit("15.5", &json!({ "reason": "黄省长11月20日在江门调研时交办。" })))
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_normative_document_needs_its_reviews_on_paper() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    for (flag, rule, sentence, article) in [
        (
            "normative",
            "legality",
            "行政规范性文件须送合法性审核，并附送审材料。",
            "《国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见》（国办发〔2018〕115号）",
        ),
        (
            "market_impact",
            "competition",
            "涉及经营者经济活动的政策措施未经公平竞争审查的，不得出台。",
            "《公平竞争审查条例》第十八条",
        ),
    ] {
        let mut rules = head("关于印发《水库管理办法》的通知");
        rules[flag] = json!(true);
        let id = drafter.begin(rules, &["正文。"]).await;
        let told = drafter.act(&id, json!({ "do": "submit" })).await;
        check(&told, 422, &format!("documents.rule.{rule}"));
        assert_eq!((&told.1["title"], &told.1["rule"]), (&json!(sentence), &json!(article)));
        let said = submit(rule, &json!({ "reason": "已经口头征求过意见。" }));
        let told = drafter.act(&id, said).await;
        assert_eq!(told.1["title"], "请附上证明文件。");
        let file = attached(&drafter, &id, &format!("{rule}.pdf")).await;
        ok(&drafter, &id, submit(rule, &json!({ "attachment": file }))).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_review_answers_for_every_item_of_its_list_and_for_the_version_it_saw() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于做好审核工作的通知"), &["正文。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    let reviewer = province.as_person("chenzhuo").await;
    let plain = json!({ "do": "approve", "node": "edit_check", "opinion": "同意。" });
    let told = reviewer.act(&id, plain.clone()).await;
    check(&told, 422, "documents.rule.20");
    assert_eq!(told.1["title"], "第1稿须按审核要点逐项核对。");
    assert_eq!(told.1["next"], "请逐项核对行文依据、内容、协商、文种格式后确认。");
    assert_eq!(told.1["rule"], "《党政机关公文处理工作条例》第二十条");
    let mut some = plain.clone();
    some["declarations"] = json!([{ "rule": "20", "items": ["grounds", "form"] }]);
    check(&reviewer.act(&id, some).await, 422, "documents.rule.20");
    ok(&reviewer, &id, approve("edit_check")).await;
    ok(&reviewer, &id, json!({ "do": "withdraw", "node": "edit_check" })).await;
    ok(&reviewer, &id, plain.clone()).await;
    ok(&reviewer, &id, json!({ "do": "withdraw", "node": "edit_check" })).await;
    let (title, body) = (head("关于做好审核工作的通知"), text(&["改过的正文。"]));
    ok(&reviewer, &id, json!({ "do": "save", "base": 1, "head": title, "body": body })).await;
    let told = reviewer.act(&id, plain).await;
    assert_eq!(told.1["title"], "第2稿须按审核要点逐项核对。");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_department_that_disagreed_cannot_be_left_out() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于安排水利资金的通知"), &["正文。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    ok(&province.as_person("chenzhuo").await, &id, approve("edit_check")).await;
    let back = json!({ "do": "return", "node": "countersign", "target": "draft", "direct": false,
                       "opinion": "资金没有着落。" });
    ok(&province.as_person("ouyangqing").await, &id, back).await;
    assert!(findings(&drafter, &id, "submit").await.is_empty(), "it will be asked again");
    let mut without = head("关于安排水利资金的通知");
    without["countersign"] = json!([]);
    let body = text(&["正文。"]);
    ok(&drafter, &id, json!({ "do": "save", "base": 1, "head": without, "body": body })).await;
    let told = drafter.act(&id, approve("draft")).await;
    check(&told, 422, "documents.rule.16.4");
    assert_eq!(told.1["title"], "“省财政厅”会签时不同意，部门之间未协商一致的不得向下行文。");
    assert_eq!(told.1["rule"], "《党政机关公文处理工作条例》第十六条（四）");
    let mut agreed = approve("draft");
    agreed["declarations"] =
        json!([{ "rule": "16.4", "reason": "11月24日协调会上省财政厅同意按年度预算安排。" }]);
    ok(&drafter, &id, agreed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rule_broken_after_signing_stops_the_number() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let mut ready = head("关于复核的通知");
    ready["countersign"] = json!([]);
    let id = drafter.begin(ready.clone(), &["正文。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    ok(&province.as_person("chenzhuo").await, &id, approve("edit_check")).await;
    let signer = province.as_person("hejing").await;
    ok(&signer, &id, approve("sign_off")).await;
    let clerk = province.as_person("zhouwen").await;
    put(&mut ready, &json!({ "openness": null }));
    let (_, who) = clerk.get("/api/session").await;
    let asked = json!({ "as_post": who["posts"][0]["id"], "document": id, "head": ready,
                        "body": text(&["正文。"]) });
    let told = clerk.post("/api/documents/rules", &asked).await.1;
    let hint = told.as_array().unwrap().iter().find(|one| one["rule"] == "25.1").unwrap();
    assert_eq!(hint["sentence"], "本文已经签发，现在的改动属于实质性修改。");
    assert_eq!(hint["article"], "《党政机关公文处理工作条例》第二十五条（一）");
    let save = json!({ "do": "save", "base": 1, "head": ready, "body": text(&["正文。"]) });
    ok(&clerk, &id, save).await;
    ok(&signer, &id, approve("sign_off")).await;
    let told = clerk.act(&id, json!({ "do": "number" })).await;
    check(&told, 422, "documents.rule.openness");
    assert_eq!(told.1["title"], "还没有填写公开属性。");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hints_stop_nothing() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let issued = drafter.begin(head("关于做好冬修水利工作的通知"), &["正文。"]).await;
    ok(&drafter, &issued, json!({ "do": "submit" })).await;
    let rule = |found: &[Value], rule: &str| {
        let one = found.iter().find(|one| one["rule"] == rule);
        one.map(|one| one["sentence"].as_str().unwrap().to_owned())
    };
    for (rule_id, parts, sentence) in [
        (
            "13",
            json!({ "title": "广东省人民政府办公厅关于做好冬季水利工作的通知" }),
            "与本单位已有的《广东省人民政府办公厅关于做好冬修水利工作的通知》标题相近。",
        ),
        (
            "16.1",
            json!({ "urgency": "most_urgent" }),
            "重要的下行文应当同时抄送直接上级机关“广东省人民政府”。",
        ),
        (
            "normative",
            json!({ "title": "广东省人民政府办公厅关于印发《水库管理办法》的通知" }),
            "标题中有“办法”，可能是行政规范性文件。",
        ),
    ] {
        let mut written = head("关于部署值班工作的通知");
        assert_eq!(rule(&hints(&drafter, &written, &["正文。"]).await, rule_id), None);
        put(&mut written, &parts);
        let found = hints(&drafter, &written, &["正文。"]).await;
        assert_eq!(rule(&found, rule_id).as_deref(), Some(sentence));
        let id = drafter.begin(written, &["正文。"]).await;
        ok(&drafter, &id, json!({ "do": "submit" })).await;
    }
    let city = crate::rules::drafter(&province, "440700-bgs").await;
    let mut asked = base(
        "440700-bgs",
        &json!({ "title": "江门市人民政府办公室关于设立水文站的请示", "recipients": [PROVINCE],
                 "document_type": "request_for_instruction", "note": "" }),
    );
    let lines = &["拟设立水文站，妥否，请批示。"];
    let found = hints(&city, &asked, lines).await;
    let sentence = "请示没有在附注处写明联系人和电话。";
    assert_eq!(rule(&found, "9.14").as_deref(), Some(sentence));
    asked["note"] = json!("联系人：张三，电话：0750-1234567");
    assert!(hints(&city, &asked, lines).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_published_is_addressed_to_nobody_and_needs_no_receipt() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let mut notice = head("关于水库管制水域的通告");
    put(&mut notice, &json!({ "document_type": "public_notice", "countersign": [], "copies": [] }));
    let id = drafter.begin(notice.clone(), &["正文。"]).await;
    let told = drafter.act(&id, json!({ "do": "submit" })).await;
    check(&told, 422, "documents.addressed");
    assert_eq!(told.1["title"], "通告面向社会公布，不写主送机关。");
    let found = findings(&drafter, &id, "submit").await;
    assert_eq!(found[0]["rule"], "documents.addressed", "the dialog says so before");
    notice["recipients"] = json!([]);
    let id = drafter.begin(notice, &["正文。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    ok(&province.as_person("chenzhuo").await, &id, approve("edit_check")).await;
    ok(&province.as_person("hejing").await, &id, approve("sign_off")).await;
    let clerk = province.as_person("zhouwen").await;
    ok(&clerk, &id, json!({ "do": "number" })).await;
    ok(&clerk, &id, json!({ "do": "distribute" })).await;
    ok(&clerk, &id, json!({ "do": "conclude", "opinion": "已公布。" })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_signs_what_goes_up_is_there_to_be_named() {
    let province = province().await;
    let drafter = drafter(&province, "440700-bgs").await;
    let chief = PostId::parse("440700-bgs.zr").unwrap();
    let holders = province.kit.with_directory(|directory| {
        directory.holders(&chief).iter().map(|(id, _)| (*id).clone()).collect::<Vec<_>>()
    });
    let report = base(
        "440700-bgs",
        &json!({ "title": "江门市人民政府办公室关于冬修水利情况的报告",
                 "document_type": "report", "recipients": [PROVINCE], "copies": ["440000-11"] }),
    );
    let id = drafter.begin(report, &["特此报告。"]).await;
    let admin = province.as_person("xitong").await;
    let leave = json!({ "do": "leave", "person": holders[0] });
    let body = json!({ "act_id": fresh(), "as_post": "440000-zsj.xt", "request": leave });
    check(&admin.post("/api/directory/acts", &body).await, 200, "");
    let told = drafter.act(&id, json!({ "do": "submit" })).await;
    check(&told, 422, "documents.rule.9.6");
    let sentence = "上行文应当标注签发人姓名，所选岗位“江门市办公室主任”现在没有人员。";
    assert_eq!(told.1["title"], sentence);
    assert_eq!(told.1["rule"], "《党政机关公文处理工作条例》第九条（六）");
}

/// An office within the finance department, with a drafter of its own.
async fn budget_office(province: &Province) -> PostId {
    let (unit, finance) =
        (UnitId::parse("440000-11ys").unwrap(), UnitId::parse("440000-11").unwrap());
    let post = PostId::parse("440000-11ys.ng").unwrap();
    let content =
        Post { title: "拟稿人".to_owned(), rank: 60, duties: vec![duty::DRAFTER.to_owned()] };
    let office = Unit {
        name: "广东省财政厅预算处".to_owned(),
        short_name: "省财政厅预算处".to_owned(),
        level: Level::Province,
        parent: Some(finance),
        area: PROVINCE.to_owned(),
        kind: UnitKind::Department,
        rank: 1,
        shares_data: false,
        status: Status::Active,
        posts: BTreeMap::from([(post.clone(), content)]),
    };
    let system = || Actor::system("test");
    let act = |id: &str| ActId::parse(id).unwrap();
    let units = ImportUnits { units: vec![(unit.clone(), office)] };
    province.cell.store.submit(act("test-office"), system(), units).await.unwrap();
    let person = lingnan_base::PersonId::parse("fanghao").unwrap();
    let name = "方浩".to_owned();
    let appoint = Appoint { person, name, unit, post: post.clone(), acting: false };
    province.cell.store.submit(act("test-appoint"), system(), appoint).await.unwrap();
    post
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_within_a_department_writes_to_nobody_outside() {
    let province = province().await;
    let post = budget_office(&province).await;
    let drafter = province.as_person("fanghao").await;
    let written = json!({ "title": "广东省财政厅预算处关于清理结转资金的通知", "openness": "active",
                          "document_type": "notice", "recipients": ["440700-czj"],
                          "signer": "440000-11.jz" });
    let body =
        json!({ "act_id": fresh(), "as_post": post, "head": written, "body": text(&["正文。"]) });
    let id = drafter.post("/api/documents", &body).await.1["id"].as_str().unwrap().to_owned();
    let request = json!({ "act_id": fresh(), "as_post": post, "request": { "do": "submit" } });
    let told = drafter.post(&format!("/api/documents/{id}/acts"), &request).await;
    check(&told, 422, "documents.rule.17");
    let sentence = "“广东省财政厅预算处”是内设机构，除办公厅（室）外不得对外正式行文。";
    assert_eq!(told.1["title"], sentence);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_issues_in_anothers_name_and_a_meeting_is_on_a_day() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    for (parts, code) in [
        (json!({ "issuer": JIANGMEN }), "documents.issuer"),
        (json!({ "joint": ["999"] }), "documents.unknown_unit"),
        (
            json!({ "meeting": { "name": "常务会议", "date": "2026-02-29" } }),
            "documents.meeting_date",
        ),
        (json!({ "note": "长".repeat(201) }), "field_too_long"),
        (json!({ "copies": [KAIPING], "note": "机密★1年" }), "documents.state_secret"),
    ] {
        let mut wrong = head("关于字段的通知");
        put(&mut wrong, &parts);
        check(&drafter.try_begin(wrong, &["正文。"], "").await, 422, code);
    }
}
