//! One document from draft to archive, over five levels, and what may happen on the way.

use crate::browser::{Browser, FIRST_CHECK, Province, approve, check, head, province, text};
use lingnan_journal::Datum;
use lingnan_store::Statement;
use serde_json::{Value, json};

async fn ok(browser: &Browser, id: &str, request: Value) {
    let told = browser.act(id, request).await;
    check(&told, 200, "");
}

/// A document that has come to be numbered.
pub(crate) async fn signed(province: &Province, title: &str) -> String {
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head(title), &["各市：", "请于年底前拨付三百万元。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    ok(&province.as_person("chenzhuo").await, &id, approve("edit_check")).await;
    ok(&province.as_person("ouyangqing").await, &id, approve("countersign")).await;
    ok(&province.as_person("hejing").await, &id, approve("sign_off")).await;
    id
}

async fn state(browser: &Browser, id: &str) -> Value {
    let kind = if id.contains('.') { "incoming" } else { "documents" };
    let told = browser.get(&format!("/api/{kind}/{id}")).await;
    check(&told, 200, "");
    told.1
}

fn active(view: &Value) -> Vec<&str> {
    let stages = view["stages"].as_array().unwrap().iter();
    stages.filter(|s| s["standing"] == "active").map(|s| s["id"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_goes_from_draft_to_archive_over_five_levels() {
    let province = province().await;
    let id = signed(&province, "广东省人民政府办公厅关于做好冬修水利工作的通知").await;
    let clerk = province.as_person("zhouwen").await;
    let numbered = clerk.act(&id, json!({ "do": "number" })).await;
    check(&numbered, 200, "");
    let number = numbered.1["number"].as_str().unwrap().to_owned();
    assert!(number.starts_with("粤府办〔2026〕") && number.ends_with('号'), "{number}");
    ok(&clerk, &id, json!({ "do": "distribute" })).await;

    let city = format!("{id}.440700000000");
    let (city_clerk, mayor) =
        (province.as_person("huangqi").await, province.as_person("situning").await);
    let (_, todo) = city_clerk.get("/api/inbox?box=todo&q=冬修水利").await;
    assert_eq!(todo["items"][0]["id"], city.as_str(), "{todo}");
    ok(&city_clerk, &city, json!({ "do": "acknowledge" })).await;
    ok(&city_clerk, &city, json!({ "do": "relay", "units": ["440783000000"] })).await;
    let mut unchecked = approve("propose");
    unchecked["checked"] = json!(["competence", "route", "form", "consultation"]);
    let told = city_clerk.act(&city, unchecked).await;
    check(&told, 422, "documents.not_first_checked");
    assert!(told.1.to_string().contains("符合公文起草的其他要求"), "{}", told.1);
    ok(&city_clerk, &city, approve("propose")).await;
    let (_, shown) = city_clerk.get(&format!("/api/incoming/{city}")).await;
    assert_eq!(shown["checked"]["items"], json!(FIRST_CHECK));
    // 退回 to 拟办: what was checked is not checked again.
    let back = json!({ "do": "return", "node": "instruct", "target": "propose", "direct": false,
        "opinion": "请补充拟办意见。" });
    ok(&mayor, &city, back).await;
    let again = json!({ "do": "approve", "node": "propose", "opinion": "拟请市长批示。" });
    ok(&city_clerk, &city, again).await;
    ok(&mayor, &city, approve("instruct")).await;
    let county = format!("{id}.440783000000");
    let county_clerk = province.as_person("yupei").await;
    ok(&county_clerk, &county, json!({ "do": "acknowledge" })).await;
    ok(&county_clerk, &county, json!({ "do": "relay", "units": ["440783108000"] })).await;
    let town = format!("{id}.440783108000");
    let town_clerk = province.as_person("zhangmo").await;
    ok(&town_clerk, &town, json!({ "do": "acknowledge" })).await;
    ok(&town_clerk, &town, json!({ "do": "relay", "units": ["440783108221"] })).await;
    let village = format!("{id}.440783108221");
    let secretary = province.as_person("fangjiaming").await;
    for request in [
        json!({ "do": "acknowledge" }),
        approve("propose"),
        approve("instruct"),
        approve("handle"),
        json!({ "do": "conclude", "opinion": "已清淤两公里，办结。" }),
        json!({ "do": "archive", "retention": "ten_years" }),
    ] {
        ok(&secretary, &village, request).await;
    }
    let view = state(&secretary, &village).await;
    assert_eq!((&view["state"], &view["number"]), (&json!("archived"), &json!(number)));
    assert_eq!(view["body"], text(&["各市：", "请于年底前拨付三百万元。"]));

    ok(&clerk, &id, json!({ "do": "conclude", "opinion": "办结。" })).await;
    ok(&clerk, &id, json!({ "do": "archive", "retention": "permanent" })).await;
    let (_, receipts) = clerk.get(&format!("/api/documents/{id}/receipts")).await;
    assert_eq!(receipts.as_array().unwrap().len(), 6, "three sent, three relayed: {receipts}");
    let view = state(&clerk, &id).await;
    assert_eq!(view["state"], "archived");
    let ranks: Vec<u64> = view["opinions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|opinion| opinion["rank"].as_u64().unwrap())
        .collect();
    assert!(ranks.is_sorted(), "opinions stand in order of rank: {ranks:?}");
    assert!(view["opinions"].as_array().unwrap().iter().all(|o| o["version"] == 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_character_changed_after_signing_goes_back_to_the_signer() {
    let province = province().await;
    let id = signed(&province, "关于拨付补助资金的通知").await;
    let clerk = province.as_person("zhouwen").await;
    let changed = text(&["各市：", "请于年底前拨付三千万元。"]);
    let save = json!({
        "do": "save", "base": 1, "head": head("关于拨付补助资金的通知"), "body": changed
    });
    ok(&clerk, &id, save).await;
    let view = state(&clerk, &id).await;
    assert_eq!(active(&view), ["sign_off"]);
    assert_eq!(view["signed"], false);
    check(&clerk.act(&id, json!({ "do": "number" })).await, 409, "flow.not_open");
    let (_, pieces) = clerk.get(&format!("/api/documents/{id}/compare?from=1&to=2")).await;
    let inserted = pieces[2]["pieces"].as_array().unwrap().iter();
    let inserted: Vec<&Value> = inserted.filter(|p| p["standing"] == "inserted").collect();
    assert_eq!(inserted[0]["text"], "千");
    ok(&province.as_person("hejing").await, &id, approve("sign_off")).await;
    assert_eq!(active(&state(&clerk, &id).await), ["number"], "straight back to the clerk");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whom_it_goes_to_and_what_is_attached_are_signed_too() {
    let province = province().await;
    let id = signed(&province, "关于附件和主送的通知").await;
    let clerk = province.as_person("zhouwen").await;
    let view = state(&clerk, &id).await;
    assert_eq!(view["signed"], true);
    let mut wider = head("关于附件和主送的通知");
    wider["recipients"] = json!(["440700000000", "440100000000", "440300000000"]);
    ok(&clerk, &id, json!({ "do": "save", "base": 1, "head": wider, "body": view["body"] })).await;
    assert_eq!(active(&state(&clerk, &id).await), ["sign_off"]);
    ok(&province.as_person("hejing").await, &id, approve("sign_off")).await;
    let (status, file) = crate::bad_input::upload(&clerk, "清单.pdf", b"%PDF-1.7 list").await;
    assert_eq!(status, 200);
    ok(&clerk, &id, json!({ "do": "attach", "digest": file["digest"] })).await;
    let view = state(&clerk, &id).await;
    assert_eq!((active(&view), &view["signed"]), (vec!["sign_off"], &json!(false)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn returned_after_signing_it_is_unsigned_and_can_be_mended() {
    let province = province().await;
    let id = signed(&province, "关于签发后退回的通知").await;
    let clerk = province.as_person("zhouwen").await;
    let back = json!({ "do": "return", "node": "number", "target": "edit_check", "direct": false,
                       "opinion": "文种有误。" });
    ok(&clerk, &id, back).await;
    let view = state(&clerk, &id).await;
    assert_eq!((active(&view), &view["signed"]), (vec!["edit_check"], &json!(false)));
    let reviewer = province.as_person("chenzhuo").await;
    let mended = text(&["各市：", "请于年底前拨付三百二十万元。"]);
    let save =
        json!({ "do": "save", "base": 1, "head": head("关于签发后退回的通知"), "body": mended });
    ok(&reviewer, &id, save).await;
    ok(&reviewer, &id, approve("edit_check")).await;
    ok(&province.as_person("ouyangqing").await, &id, approve("countersign")).await;
    ok(&province.as_person("hejing").await, &id, approve("sign_off")).await;
    assert_eq!(state(&clerk, &id).await["signed"], true);
    ok(&clerk, &id, json!({ "do": "number" })).await;
    ok(&clerk, &id, json!({ "do": "distribute" })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_opinion_says_which_version_it_is_of_and_a_signature_is_a_leaders() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let mut foreign = head("关于签发权限的通知");
    foreign["signer"] = json!("440000-11.jz");
    let told = drafter.try_begin(foreign, &["正文。"], "").await;
    check(&told, 422, "documents.signer");
    let id = drafter.begin(head("关于签发权限的通知"), &["正文。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    let reviewer = province.as_person("chenzhuo").await;
    let told = reviewer.act_seen(&id, None, approve("edit_check")).await;
    check(&told, 422, "documents.version_unsaid");
    ok(&reviewer, &id, approve("edit_check")).await;
    ok(&province.as_person("ouyangqing").await, &id, approve("countersign")).await;
    let signer = province.as_person("hejing").await;
    for (to, code) in
        [("440000-bgt.ng", "documents.signer"), ("440000-zsj.xt", "documents.nobody_there")]
    {
        let hand = json!({ "do": "transfer", "node": "sign_off", "to": to, "opinion": "" });
        check(&signer.act(&id, hand).await, 422, code);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_merged_unit_had_in_hand_is_finished_by_its_successor() {
    let province = province().await;
    let id = signed(&province, "关于机构合并的通知").await;
    let clerk = province.as_person("zhouwen").await;
    ok(&clerk, &id, json!({ "do": "number" })).await;
    ok(&clerk, &id, json!({ "do": "distribute" })).await;
    let received = format!("{id}.440000-03");
    let admin = province.as_person("xitong").await;
    let manage = |request: Value| {
        let act_id = crate::browser::fresh();
        json!({ "act_id": act_id, "as_post": "440000-zsj.xt", "request": request })
    };
    let finance = province.as_person("tanwei").await;
    check(&finance.get(&format!("/api/incoming/{received}")).await, 404, "missing");
    for request in [
        json!({ "do": "merge", "unit": "440000-03", "into": "440000-11", "basis": "粤编办〔2026〕1号" }),
        json!({ "do": "leave", "person": "dengxin" }),
    ] {
        check(&admin.post("/api/directory/acts", &manage(request)).await, 200, "");
    }
    let view = state(&finance, &received).await;
    assert_eq!(active(&view), ["acknowledge"]);
    let (_, todo) = finance.get("/api/inbox?box=todo&q=机构合并").await;
    assert_eq!(todo["items"][0]["id"], received.as_str(), "{todo}");
    let seen = view["version"].as_u64();
    let body = json!({ "act_id": crate::browser::fresh(), "as_post": "440000-03.ws",
                       "seen": seen, "request": { "do": "acknowledge" } });
    check(&finance.post(&format!("/api/incoming/{received}/acts"), &body).await, 200, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_clerks_at_once_get_consecutive_numbers_and_a_void_stays_visible() {
    let province = province().await;
    let one = signed(&province, "关于甲事项的通知").await;
    let two = signed(&province, "关于乙事项的通知").await;
    let (a, b) = (province.as_person("zhouwen").await, province.as_person("zhouwen").await);
    let (first, second) = tokio::join!(
        a.act(&one, json!({ "do": "number" })),
        b.act(&two, json!({ "do": "number" }))
    );
    let digits = |told: &(axum::http::StatusCode, Value)| -> u32 {
        let text = told.1["number"].as_str().unwrap();
        text.split('〕').nth(1).unwrap().trim_end_matches('号').parse().unwrap()
    };
    let mut numbers = [digits(&first), digits(&second)];
    numbers.sort_unstable();
    assert_eq!(numbers[1], numbers[0] + 1);
    ok(&a, &one, json!({ "do": "void_number", "reason": "套红有误" })).await;
    ok(&a, &one, json!({ "do": "number" })).await;
    let (_, all) = a.get("/api/numbers/440000-bgt").await;
    let void: Vec<&Value> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|n| n["void_reason"] == "套红有误")
        .collect();
    assert_eq!(void.len(), 1);
    assert_eq!(void[0]["title"], "广东省人民政府办公厅关于甲事项的通知");
    assert_eq!(digits(&(first.0, json!({ "number": all["items"][0]["text"] }))), numbers[1] + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_book_of_many_numbers_is_read_page_by_page_to_its_end() {
    let province = province().await;
    let row = "insert into document_number \
        (book, year, number, unit, text, document, given_ms, void_reason) \
        values ($1, $2, $3, '440000-bgt', $4, 'document:x', 0, null)";
    // Two books that give the same numbers, over the turn of a year.
    let rows = (0..120_i64).map(|n| {
        let (book, year, number) = (format!("number_book:{}", n % 2), 2101 + n / 80, n / 2);
        let text = format!("粤测{}〔{year}〕{number}号", n % 2);
        let values = [Datum::Text(book), Datum::Int(year), Datum::Int(number), Datum::Text(text)];
        Statement::new(row, values.to_vec())
    });
    province.cell.store.execute(rows.collect()).await.unwrap();
    let clerk = province.as_person("zhouwen").await;
    let (mut texts, mut cursor, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let told = clerk.get(&format!("/api/numbers/440000-bgt?cursor={cursor}")).await;
        check(&told, 200, "");
        let items = told.1["items"].as_array().unwrap().clone();
        texts.extend(items.iter().map(|n| n["text"].as_str().unwrap().to_owned()));
        pages += 1;
        let Some(next) = told.1["next"].as_str() else { break };
        assert_eq!(items.len(), 50);
        next.clone_into(&mut cursor);
    }
    assert!(pages >= 3 && texts.len() >= 120, "{pages} pages, {} numbers", texts.len());
    assert_eq!((&*texts[0], &*texts[1]), ("粤测1〔2102〕59号", "粤测0〔2102〕59号"));
    let once: std::collections::BTreeSet<_> = texts.iter().collect();
    assert_eq!(once.len(), texts.len(), "no number twice");
    for wrong in ["nonsense", "MjAyNiB4"] {
        let told = clerk.get(&format!("/api/numbers/440000-bgt?cursor={wrong}")).await;
        check(&told, 422, "request.cursor");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_on_one_step_one_wins_and_the_other_is_told_what_happened() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于同时办理的通知"), &["正文。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    let reviewer = province.as_person("chenzhuo").await;
    let seen = state(&reviewer, &id).await["version"].as_u64();
    let (one, two) = tokio::join!(
        reviewer.act_seen(&id, seen, approve("edit_check")),
        reviewer.act_seen(&id, seen, approve("edit_check"))
    );
    let mut statuses = [one.0.as_u16(), two.0.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let loser = if one.0 == 409 { one } else { two };
    check(&loser, 409, "stale_version");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn returned_with_a_reason_it_comes_straight_back_and_may_be_withdrawn_in_time() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于退回的通知"), &["正文。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    ok(&drafter, &id, json!({ "do": "withdraw", "node": "draft" })).await;
    assert_eq!(active(&state(&drafter, &id).await), ["draft"]);
    ok(&drafter, &id, approve("draft")).await;
    let reviewer = province.as_person("chenzhuo").await;
    let back = |reason: &str| {
        json!({ "do": "return", "node": "edit_check", "target": "draft", "direct": true,
                "opinion": reason })
    };
    check(&reviewer.act(&id, back(" ")).await, 422, "empty_field");
    ok(&reviewer, &id, back("请补充依据。")).await;
    let view = state(&drafter, &id).await;
    assert_eq!(active(&view), ["draft"]);
    ok(&drafter, &id, approve("draft")).await;
    assert_eq!(active(&state(&drafter, &id).await), ["edit_check"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiving_unit_may_send_it_back_with_a_reason_that_the_sender_sees() {
    let province = province().await;
    let id = signed(&province, "关于退文的通知").await;
    let clerk = province.as_person("zhouwen").await;
    ok(&clerk, &id, json!({ "do": "number" })).await;
    ok(&clerk, &id, json!({ "do": "distribute" })).await;
    let city = format!("{id}.440100000000");
    let city_clerk = province.as_person("jianghe").await;
    let reason = json!({ "do": "return_document", "reason": "非我市职责范围。" });
    ok(&city_clerk, &city, reason).await;
    let (_, receipts) = clerk.get(&format!("/api/documents/{id}/receipts")).await;
    let returned: Vec<&Value> =
        receipts.as_array().unwrap().iter().filter(|r| r["state"] == "returned").collect();
    assert_eq!(returned[0]["return_reason"], "非我市职责范围。");
    check(&city_clerk.act(&city, json!({ "do": "acknowledge" })).await, 409, "flow.not_open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_the_demonstration_everybody_in_business_has_something_to_do() {
    let province = province().await;
    for person in &province.kit.demonstration.cast {
        let browser = province.as_person(person.id.as_str()).await;
        let (_, todo) = browser.get("/api/inbox?box=todo").await;
        let (_, drafted) = browser.get("/api/inbox?box=drafted").await;
        let count = |told: &Value| told["items"].as_array().unwrap().len();
        let administers = person.posts.iter().any(|post| post.as_str().starts_with("440000-zsj"));
        let busy = count(&todo) + count(&drafted) > 0;
        assert!(busy || administers, "{}", person.id);
    }
}
