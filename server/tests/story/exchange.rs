//! Exchange and handling: what was sent is recalled, sent further or replaced; what was received
//! is registered, given to those who handle it, circulated and answered.

use crate::browser::{Browser, Province, approve, check, head, province};
use crate::rules::{base, holder, put};
use serde_json::{Value, json};

async fn ok(browser: &Browser, id: &str, request: Value) {
    check(&browser.act(id, request).await, 200, "");
}

/// A document of the provincial office to two cities and a department, signed.
async fn signed(province: &Province, head: Value) -> String {
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head, &["各市：", "请于年底前报送。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    ok(&province.as_person("chenzhuo").await, &id, approve("edit_check")).await;
    if drafter.get(&format!("/api/documents/{id}")).await.1["head"]["countersign"] != json!([]) {
        ok(&province.as_person("ouyangqing").await, &id, approve("countersign")).await;
    }
    ok(&province.as_person("hejing").await, &id, approve("sign_off")).await;
    id
}

pub(crate) async fn sent(province: &Province, head: Value) -> String {
    let id = signed(province, head).await;
    let clerk = province.as_person("zhouwen").await;
    ok(&clerk, &id, json!({ "do": "number" })).await;
    ok(&clerk, &id, json!({ "do": "distribute" })).await;
    id
}

async fn view(browser: &Browser, id: &str) -> Value {
    let kind = if id.contains('.') { "incoming" } else { "documents" };
    let told = browser.get(&format!("/api/{kind}/{id}")).await;
    check(&told, 200, "");
    told.1
}

fn head_of(title: &str) -> Value {
    head(&format!("广东省人民政府办公厅关于{title}的通知"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_having_acknowledged_it_is_recalled_everywhere_at_once() {
    let province = province().await;
    let id = sent(&province, head_of("报送年度总结")).await;
    let clerk = province.as_person("zhouwen").await;
    check(&clerk.act(&id, json!({ "do": "recall", "reason": " " })).await, 422, "empty_field");
    ok(&clerk, &id, json!({ "do": "recall", "reason": "附件有误" })).await;
    assert_eq!(view(&clerk, &id).await["recalled"]["reason"], "附件有误");
    let city = province.as_person("huangqi").await;
    let receipt = format!("{id}.440700000000");
    let shown = view(&city, &receipt).await;
    assert_eq!(
        (&shown["state"], shown["actions"].as_array().unwrap().len()),
        (&json!("recalled"), 0)
    );
    let (_, todo) = city.get("/api/inbox?box=todo&q=报送年度总结").await;
    assert_eq!(todo["items"], json!([]), "it is on nobody's desk any more");
    let late = city.act(&receipt, json!({ "do": "acknowledge" })).await;
    check(&late, 409, "flow.not_open");
    let again = clerk.act(&id, json!({ "do": "recall", "reason": "附件有误" })).await;
    check(&again, 409, "documents.recalled");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_unit_having_acknowledged_it_is_replaced_instead() {
    let province = province().await;
    let id = sent(&province, head_of("开展安全检查")).await;
    let (clerk, city) = (province.as_person("zhouwen").await, province.as_person("huangqi").await);
    let receipt = format!("{id}.440700000000");
    let offered = async |browser: &Browser| {
        view(browser, &id).await["actions"].to_string().contains(r#""name":"recall""#)
    };
    assert!(offered(&clerk).await);
    ok(&city, &receipt, json!({ "do": "acknowledge" })).await;
    assert!(!offered(&clerk).await, "what would be refused is not offered");
    let refused = clerk.act(&id, json!({ "do": "recall", "reason": "日期有误" })).await;
    check(&refused, 409, "documents.recall_acknowledged");
    let title = refused.1["title"].as_str().unwrap();
    assert!(title.contains("江门市") && title.contains("1个单位"), "{title}");
    let mut correction = head_of("更正安全检查日期");
    correction["replaces"] = json!(id);
    let by = sent(&province, correction).await;
    let number = view(&clerk, &by).await["number"].clone();
    let link = |document: &str, number: &Value, receipt: Value| {
        let number = number.clone();
        json!({ "document": document, "number": number, "receipt": receipt })
    };
    let original = view(&clerk, &id).await;
    assert_eq!(original["replaced"], link(&by, &number, Value::Null));
    let last = original["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(last["facts"], json!(["replaced"]), "the act was on another document");
    // Who received both is led to what he received, not to a page of the sender.
    let second = format!("{by}.440700000000");
    assert_eq!(view(&city, &receipt).await["replaced"], link(&by, &number, json!(second)));
    let before = link(&id, &original["number"], Value::Null);
    assert_eq!(view(&clerk, &by).await["replaces"], before);
    let before = link(&id, &original["number"], json!(receipt));
    assert_eq!(view(&city, &second).await["replaces"], before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sent_further_reaches_only_who_has_it_not() {
    let province = province().await;
    let mut narrow = head_of("加强值班");
    narrow["recipients"] = json!(["440700000000"]);
    let id = sent(&province, narrow).await;
    let clerk = province.as_person("zhouwen").await;
    let further = |units: Value| json!({ "do": "send_further", "units": units, "reason": "漏发" });
    ok(&clerk, &id, further(json!(["440700000000", "440100000000"]))).await;
    let (_, receipts) = clerk.get(&format!("/api/documents/{id}/receipts")).await;
    assert_eq!(receipts.as_array().unwrap().len(), 3, "two, and one copied to: {receipts}");
    let again = clerk.act(&id, further(json!(["440100000000"]))).await;
    check(&again, 409, "documents.all_have_it");
    let drafter = province.as_person("linlan").await;
    check(&drafter.act(&id, further(json!(["440300000000"]))).await, 404, "missing");
    let guangzhou = province.as_person("jianghe").await;
    ok(&guangzhou, &format!("{id}.440100000000"), json!({ "do": "acknowledge" })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_unit_acknowledges_is_numbered_in_its_register() {
    let province = province().await;
    let city = province.as_person("huangqi").await;
    let mut numbers = Vec::new();
    for title in ["第一件事", "第二件事"] {
        let id = sent(&province, head_of(title)).await;
        let receipt = format!("{id}.440700000000");
        assert_eq!(view(&city, &receipt).await["registered"], Value::Null);
        ok(&city, &receipt, json!({ "do": "acknowledge" })).await;
        let text = view(&city, &receipt).await["registered"].as_str().unwrap().to_owned();
        let number = text.strip_prefix("收〔2026〕").and_then(|rest| rest.strip_suffix('号'));
        numbers.push(number.unwrap().parse::<u32>().unwrap());
    }
    assert_eq!(numbers[0] + 1, numbers[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lead_and_assistant_both_handle_and_circulation_goes_on_beside() {
    let province = province().await;
    let id = sent(&province, head_of("冬季防火")).await;
    let (city, mayor) = (province.as_person("huangqi").await, province.as_person("situning").await);
    let receipt = format!("{id}.440700000000");
    ok(&city, &receipt, json!({ "do": "acknowledge" })).await;
    ok(&city, &receipt, approve("propose")).await;
    let posts = city.get("/api/directory/units/440700000000").await.1;
    let leader = posts["posts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|post| post["title"].as_str().unwrap().contains("分管"));
    let leader = leader.unwrap()["id"].as_str().unwrap().to_owned();
    let instruct = |lead: Value, assists: Value| {
        json!({ "do": "approve", "node": "instruct", "opinion": "请办。", "lead": lead,
            "assists": assists })
    };
    let no_lead = mayor.act(&receipt, instruct(Value::Null, json!([leader]))).await;
    check(&no_lead, 422, "documents.no_lead");
    let outside = mayor.act(&receipt, instruct(json!("440100000000.ws"), json!([]))).await;
    check(&outside, 422, "documents.not_within");
    ok(&mayor, &receipt, instruct(json!("440700000000.ws"), json!([leader]))).await;
    let shown = view(&city, &receipt).await;
    let active: Vec<&str> = shown["stages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|stage| stage["standing"] == "active")
        .map(|stage| stage["id"].as_str().unwrap())
        .collect();
    assert_eq!(active, ["handle", "assist"]);
    ok(&city, &receipt, json!({ "do": "circulate", "to": ["440700000000.sz"] })).await;
    let readers = view(&city, &receipt).await["readers"].clone();
    assert_eq!((readers.as_array().unwrap().len(), &readers[0]["read_ms"]), (1, &Value::Null));
    let (_, notices) = mayor.get("/api/inbox?box=notices&q=冬季防火").await;
    assert_eq!(notices["items"].as_array().unwrap().len(), 1, "it is found where one reads");
    ok(&mayor, &receipt, json!({ "do": "read" })).await;
    assert!(view(&city, &receipt).await["readers"][0]["read_ms"].is_i64());
    check(&mayor.act(&receipt, json!({ "do": "read" })).await, 409, "flow.no_such_notice");
    let twice = city.act(&receipt, json!({ "do": "circulate", "to": ["440700000000.sz"] })).await;
    check(&twice, 409, "documents.all_read_it");
    ok(&city, &receipt, json!({ "do": "urge", "opinion": "请抓紧。" })).await;
    ok(&city, &receipt, approve("handle")).await;
    let early = city.act(&receipt, json!({ "do": "conclude", "opinion": "" })).await;
    check(&early, 409, "flow.not_open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_governments_office_answers_what_its_government_received() {
    let province = province().await;
    let asked = sent(&province, head_of("征求意见")).await;
    let (clerk, mayor) =
        (province.as_person("huangqi").await, province.as_person("situning").await);
    let receipt = format!("{asked}.440700000000");
    ok(&clerk, &receipt, json!({ "do": "acknowledge" })).await;
    ok(&clerk, &receipt, approve("propose")).await;
    let lead = json!({ "do": "approve", "node": "instruct", "opinion": "请办公室起草答复。",
                       "lead": "440700-bgs.ng", "assists": [] });
    ok(&mayor, &receipt, lead).await;
    assert_eq!(view(&clerk, &receipt).await["answer_posts"], json!([]), "a clerk does not draft");
    let drafter = holder(&province, "440700-bgs.ng").await;
    assert_eq!(view(&drafter, &receipt).await["answer_posts"], json!(["440700-bgs.ng"]));
    let mut answer = base(
        "440700-bgs",
        &json!({ "title": "江门市人民政府关于征求意见的报告", "issuer": "440700000000",
                 "document_type": "report", "recipients": ["440000000000"],
                 "signer": "440700000000.sz" }),
    );
    answer["answers"] = json!({ "receipt": receipt, "title": "征求意见", "number": "" });
    let id = drafter.begin(answer, &["省政府：", "我市没有意见。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    ok(&holder(&province, "440700-bgs.hg").await, &id, approve("edit_check")).await;
    ok(&mayor, &id, approve("sign_off")).await;
    let office = holder(&province, "440700-bgs.ws").await;
    ok(&office, &id, json!({ "do": "number" })).await;
    ok(&office, &id, json!({ "do": "distribute" })).await;
    let shown = view(&drafter, &receipt).await;
    assert_eq!((&shown["answered"]["document"], &shown["answer_posts"]), (&json!(id), &json!([])));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_can_answer_only_what_its_own_unit_received() {
    let province = province().await;
    let asked = sent(&province, head_of("征求意见")).await;
    let city = province.as_person("huangqi").await;
    let receipt = format!("{asked}.440700000000");
    ok(&city, &receipt, json!({ "do": "acknowledge" })).await;
    let mut answer = head_of("别人的答复");
    answer["answers"] = json!({ "receipt": receipt, "title": "征求意见", "number": "" });
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(answer, &["各市：", "请按此办理。"]).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    ok(&province.as_person("chenzhuo").await, &id, approve("edit_check")).await;
    if drafter.get(&format!("/api/documents/{id}")).await.1["head"]["countersign"] != json!([]) {
        ok(&province.as_person("ouyangqing").await, &id, approve("countersign")).await;
    }
    ok(&province.as_person("hejing").await, &id, approve("sign_off")).await;
    let clerk = province.as_person("zhouwen").await;
    ok(&clerk, &id, json!({ "do": "number" })).await;
    let refused = clerk.act(&id, json!({ "do": "distribute" })).await;
    check(&refused, 422, "documents.answers_another");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_sent_keeps_its_printed_page() {
    let province = province().await;
    let id = sent(&province, head_of("做好防汛工作")).await;
    let city = province.as_person("huangqi").await;
    let (_, pdf) = city.fetch(&format!("/api/documents/{id}/print/pdf")).await;
    assert!(pdf.starts_with(b"%PDF-"));
    let (_, ofd) = city.fetch(&format!("/api/documents/{id}/print/ofd")).await;
    assert!(ofd.starts_with(b"PK"));
    let told = city.get(&format!("/api/documents/{id}/print")).await;
    check(&told, 200, "");
    assert_eq!((&told.1["sent"], &told.1["missing"]), (&json!(true), &json!([])));
    let stranger = province.as_person("fangjiaming").await;
    let refused = stranger.get(&format!("/api/documents/{id}/print/pdf")).await;
    check(&refused, 404, "missing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_most_urgent_and_not_acknowledged_in_time_is_told_to_both_sides_once() {
    let province = province().await;
    let mut urgent = head_of("启动应急响应");
    urgent["urgency"] = json!("most_urgent");
    let id = sent(&province, urgent).await;
    let city = province.as_person("huangqi").await;
    let receipt = format!("{id}.440700000000");
    let due = view(&city, &receipt).await["stages"][0]["due_ms"].as_i64().unwrap();
    let (_, todo) = city.get("/api/inbox?box=todo&q=启动应急响应").await;
    assert_eq!(todo["items"][0]["due_ms"], json!(due));
    let guangzhou = province.as_person("jianghe").await;
    ok(&guangzhou, &format!("{id}.440100000000"), json!({ "do": "acknowledge" })).await;
    let told = |who: &'static str| {
        let province = &province;
        async move {
            let person = province.as_person(who).await;
            let (_, all) = person.get("/api/messages").await;
            let late = all["items"].as_array().unwrap().iter().filter(|m| {
                m["happened"] == "late" && m["title"].as_str().unwrap().contains("启动应急响应")
            });
            late.map(|m| m["words"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        }
    };
    province.clock.advance_ms(14 * 60_000);
    lingnan_server::clock::round(&province.cell).await.unwrap();
    assert_eq!(told("huangqi").await, Vec::<String>::new());
    province.clock.advance_ms(2 * 60_000);
    for _ in 0..2 {
        lingnan_server::clock::round(&province.cell).await.unwrap();
    }
    assert_eq!(told("huangqi").await, ["已超过签收时限，请立即签收。"]);
    assert_eq!(told("jianghe").await, Vec::<String>::new(), "it was in time");
    let sender = told("zhouwen").await;
    assert!(sender.contains(&"“江门市政府”超过时限没有签收，请提醒。".to_owned()), "{sender:?}");
    assert_eq!(told("linlan").await, sender, "clerk and drafter alike");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_desk_shows_what_is_to_be_sent_what_was_sent_and_what_came() {
    let province = province().await;
    let clerk = province.as_person("zhouwen").await;
    let list = |browser: &Browser, of: &str, state: &str, q: &str| {
        let (browser, path) =
            (browser.copy(), format!("/api/exchange?list={of}&state={state}&q={q}"));
        async move {
            let told = browser.get(&path).await;
            check(&told, 200, "");
            told.1["items"].clone()
        }
    };
    let id = sent(&province, head_of("交换台账")).await;
    let line = list(&clerk, "sent", "", "交换台账").await;
    let line = &line[0];
    assert_eq!(
        (&line["id"], &line["units"], &line["acknowledged"]),
        (&json!(id), &json!(3), &json!(0))
    );
    assert_eq!(list(&clerk, "sent", "acknowledged", "交换台账").await, json!([]));
    let city = province.as_person("huangqi").await;
    let waiting = list(&city, "received", "waiting", "交换台账").await;
    let receipt = format!("{id}.440700000000");
    assert_eq!((&waiting[0]["id"], &waiting[0]["state"]), (&json!(receipt), &json!("delivered")));
    province.clock.advance_ms(4 * 86_400_000);
    let (clerk, city) = (province.as_person("zhouwen").await, province.as_person("huangqi").await);
    assert_eq!(list(&city, "received", "late", "交换台账").await[0]["late"], json!(1));
    ok(&city, &receipt, json!({ "do": "acknowledge" })).await;
    assert_eq!(list(&city, "received", "late", "交换台账").await, json!([]));
    let line = list(&clerk, "sent", "late", "交换台账").await;
    assert_eq!((&line[0]["acknowledged"], &line[0]["late"]), (&json!(1), &json!(2)));
    let back = json!({ "do": "return_document", "reason": "主送有误" });
    ok(&province.as_person("jianghe").await, &format!("{id}.440100000000"), back).await;
    assert_eq!(list(&clerk, "sent", "returned", "交换台账").await[0]["returned"], json!(1));
    assert_eq!(list(&city, "sent", "", "交换台账").await, json!([]), "another unit's");
    check(&clerk.get("/api/exchange?list=none").await, 422, "request.unknown");
    check(&clerk.get("/api/exchange?list=sent&state=none").await, 422, "request.unknown");
    let mut notice = head_of("水库管制水域");
    let nobody = json!({ "document_type": "public_notice", "recipients": [], "copies": [],
                         "countersign": [] });
    put(&mut notice, &nobody);
    notice["title"] = json!("广东省人民政府办公厅关于水库管制水域的通告");
    let id = sent(&province, notice).await;
    let line = list(&clerk, "sent", "", "管制水域").await;
    assert_eq!((&line[0]["id"], &line[0]["units"]), (&json!(id), &json!(0)), "it is out as well");
    assert_eq!(list(&clerk, "sent", "acknowledged", "管制水域").await, json!([]));
    let pending = list(&clerk, "pending", "", "").await;
    let pending = pending.as_array().unwrap();
    assert!(pending.iter().all(|line| line["unit"] == "省政府办公厅"), "{pending:?}");
    assert!(!pending.is_empty(), "the demonstration has some");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_may_be_printed_so_many_times_is_read_on_screen_and_each_copy_is_noted() {
    let province = province().await;
    let id = signed(&province, head_of("限定份数")).await;
    let clerk = province.as_person("zhouwen").await;
    ok(&clerk, &id, json!({ "do": "number" })).await;
    ok(&clerk, &id, json!({ "do": "distribute", "prints": 2 })).await;
    let city = province.as_person("huangqi").await;
    let receipt = format!("{id}.440700000000");
    let copy = || city.act(&receipt, json!({ "do": "take_copy" }));
    check(&copy().await, 409, "documents.not_to_print");
    ok(&city, &receipt, json!({ "do": "acknowledge" })).await;
    let print = format!("/api/documents/{id}/print");
    check(&city.get(&format!("{print}/pages")).await, 200, "");
    check(&city.get(&format!("{print}/pdf")).await, 403, "documents.print_quota");
    check(&city.get(&format!("{print}/ofd")).await, 403, "documents.print_quota");
    for _ in 0..2 {
        check(&copy().await, 200, "");
    }
    check(&copy().await, 409, "documents.print_quota");
    let shown = view(&city, &receipt).await;
    assert_eq!((&shown["prints"], &shown["copies"]), (&json!(2), &json!(2)));
    let (_, pdf) = clerk.fetch(&format!("{print}/pdf")).await;
    assert!(pdf.starts_with(b"%PDF-"), "its sender has it");
    let other = province.as_person("jianghe").await;
    let alien = other.act(&receipt, json!({ "do": "take_copy" })).await;
    check(&alien, 404, "missing");
}
