//! 联合行文: two departments issue one document, and the head of each signs it.

use crate::browser::{Browser, Province, approve, check, province, text};
use serde_json::{Value, json};

async fn ok(browser: &Browser, id: &str, request: Value) {
    check(&browser.act(id, request).await, 200, "");
}

fn request_of_two() -> Value {
    json!({
        "title": "广东省财政厅 广东省发展和改革委员会关于安排水利专项资金的请示",
        "document_type": "request_for_instruction", "urgency": "ordinary",
        "recipients": ["440000000000"], "copies": [],
        "joint": ["440000-03"], "countersign": ["440000-03"],
        "signer": "440000-11.jz", "openness": "withheld", "openness_reason": "内部请示事项。",
        "note": "联系人：方浩，电话：020-83170000",
    })
}

/// Submitted, and checked before 会签.
async fn checked(province: &Province) -> String {
    let drafter = province.as_person("fanghao").await;
    let lines = ["省人民政府：", "拟安排水利专项资金。妥否，请批示。"];
    let id = drafter.begin(request_of_two(), &lines).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    ok(&province.as_person("pengli").await, &id, approve("edit_check")).await;
    id
}

async fn page(browser: &Browser, id: &str) -> String {
    let (_, pdf) = browser.fetch(&format!("/api/documents/{id}/print/pdf")).await;
    crate::by_hand::text(pdf)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_head_of_each_joint_issuer_signs_and_the_page_names_them() {
    let province = province().await;
    let id = checked(&province).await;
    let (lead, other) =
        (province.as_person("ouyangqing").await, province.as_person("yuanbo").await);
    // A clerk cannot sign for his unit.
    let to = |post: &str| {
        json!({ "do": "transfer", "node": "countersign", "to": post,
        "opinion": "请办。" })
    };
    ok(&other, &id, to("440000-03.ws")).await;
    let clerk = province.as_person("dengxin").await;
    let told = clerk.act(&id, approve("countersign")).await;
    check(&told, 422, "documents.joint_signer");
    assert_eq!(told.1["rule"], "《党政机关公文处理工作条例》第二十二条");
    ok(&clerk, &id, to("440000-03.jz")).await;
    let before = page(&lead, &id).await;
    assert!(before.contains("欧阳清") && !before.contains("袁博"), "{before}");
    ok(&other, &id, approve("countersign")).await;
    let (_, shown) = lead.get(&format!("/api/documents/{id}")).await;
    assert_eq!(shown["co_signed"][0]["person"], "袁博", "{shown}");
    ok(&lead, &id, approve("sign_off")).await;
    let signed = page(&lead, &id).await;
    let (first, second) = (signed.find("欧阳清"), signed.find("袁博"));
    assert!(first.is_some() && first < second, "the lead is named first: {signed}");
    let number = province.as_person("tanwei").await.act(&id, json!({ "do": "number" })).await;
    check(&number, 200, "");
    assert!(number.1["number"].as_str().unwrap().starts_with("粤财"), "{}", number.1);
    assert_eq!(page(&lead, &id).await.matches("〔2026〕").count(), 1, "one number, the lead's");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_changed_after_a_joint_issuer_signed_it_goes_back_to_him() {
    let province = province().await;
    let id = checked(&province).await;
    let (lead, other) =
        (province.as_person("ouyangqing").await, province.as_person("yuanbo").await);
    ok(&other, &id, approve("countersign")).await;
    let back = |target: &str, direct: bool| {
        json!({ "do": "return", "node": "sign_off",
        "target": target, "direct": direct, "opinion": "请补充。" })
    };
    ok(&lead, &id, back("draft", true)).await;
    let drafter = province.as_person("fanghao").await;
    let save = json!({ "do": "save", "base": 1, "head": request_of_two(),
        "body": text(&["省人民政府：", "拟安排水利专项资金2亿元。妥否，请批示。"]) });
    ok(&drafter, &id, save).await;
    ok(&drafter, &id, approve("draft")).await;
    let told = lead.act(&id, approve("sign_off")).await;
    check(&told, 422, "documents.rule.22.joint.signed");
    let sentence =
        "联合发文须由所有联署机关的负责人会签，“广东省发展和改革委员会”还没有会签这一稿。";
    assert_eq!(told.1["title"], sentence);
    assert_eq!(told.1["rule"], "《党政机关公文处理工作条例》第二十二条");
    assert!(!page(&lead, &id).await.contains("袁博"), "he has not signed this text");
    ok(&lead, &id, back("countersign", false)).await;
    ok(&other, &id, approve("countersign")).await;
    ok(&lead, &id, approve("sign_off")).await;
    check(&province.as_person("tanwei").await.act(&id, json!({ "do": "number" })).await, 200, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issuer_that_was_merged_is_told_and_its_successor_signs() {
    let province = province().await;
    let id = checked(&province).await;
    let admin = province.as_person("xitong").await;
    let merge = json!({ "do": "merge", "unit": "440000-03", "into": "440000-04",
        "basis": "粤编办〔2026〕1号" });
    let act = json!({ "act_id": crate::browser::fresh(), "as_post": "440000-zsj.xt",
        "request": merge });
    check(&admin.post("/api/directory/acts", &act).await, 200, "");
    // Its head still holds his post and signs; nothing is issued in its name for all that.
    ok(&province.as_person("yuanbo").await, &id, approve("countersign")).await;
    let lead = province.as_person("ouyangqing").await;
    let told = lead.act(&id, approve("sign_off")).await;
    check(&told, 422, "documents.rule.9.5");
    let sentence = "发文机关“广东省发展和改革委员会”已并入“广东省教育厅”，不能再以其名义发文。";
    assert_eq!(told.1["title"], sentence);
    let next = "请在联合发文机关和会签单位中改为“广东省教育厅”，标题中的机关名称一并改。";
    assert_eq!(told.1["next"], next, "{}", told.1);
    let back = json!({ "do": "return", "node": "sign_off", "target": "draft", "direct": false,
        "opinion": "请改由合并后的机关联署。" });
    ok(&lead, &id, back).await;
    let mut head = request_of_two();
    let named = json!({ "title": "广东省财政厅 广东省教育厅关于安排水利专项资金的请示",
        "joint": ["440000-04"], "countersign": ["440000-04"] });
    crate::rules::put(&mut head, &named);
    let body = text(&["省人民政府：", "拟安排水利专项资金。妥否，请批示。"]);
    let drafter = province.as_person("fanghao").await;
    ok(&drafter, &id, json!({ "do": "save", "base": 1, "head": head, "body": body })).await;
    ok(&drafter, &id, approve("draft")).await;
    ok(&province.as_person("pengli").await, &id, approve("edit_check")).await;
    let successor = crate::rules::holder(&province, "440000-04.jz").await;
    ok(&successor, &id, approve("countersign")).await;
    ok(&lead, &id, approve("sign_off")).await;
    check(&province.as_person("tanwei").await.act(&id, json!({ "do": "number" })).await, 200, "");
}
