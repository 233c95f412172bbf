//! Word: a file read into a draft that is not kept, and a document taken away as one.

use crate::browser::{Browser, check, head, province};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lingnan_gongwen::{Block, Gongwen, Image};
use lingnan_word::{export, import};
use serde_json::{Value, json};

async fn bring(browser: &Browser, bytes: Vec<u8>) -> (StatusCode, Value) {
    let path = "/api/documents/import?unit=440000-bgt";
    browser.send(browser.request(Method::POST, path).body(Body::from(bytes)).unwrap()).await
}

fn document(title: &str, lines: &[&str]) -> Gongwen {
    serde_json::from_value(json!({
        "kind": "notice", "issuers": ["广东省人民政府办公厅"], "number": "粤府办〔2026〕3号",
        "title": title, "recipients": [["江门市人民政府"]],
        "body": lines.iter().map(|line| Block::paragraph(line)).collect::<Vec<_>>(),
        "annexes": [{ "name": "清单", "body": [Block::paragraph("第一项")] }],
        "date": "2026-03-05", "note": "此件公开发布",
    }))
    .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_word_file_becomes_a_draft_and_nothing_of_it_is_kept() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let before = province.cell.store.count();
    let written = export(&document("关于导入的通知", &["一、总体要求", "认真落实。"])).unwrap();
    let (status, draft) = bring(&drafter, written).await;
    assert_eq!(status, 200, "{draft}");
    assert_eq!(draft["title"], "关于导入的通知");
    assert_eq!(draft["document_type"], "notice");
    assert_eq!(draft["recipients"][0]["id"], "440700000000", "{draft}");
    assert_eq!((&draft["note"], &draft["openness"]), (&json!("此件公开发布"), &json!("active")));
    assert_eq!(draft["body"]["content"][0]["type"], "heading");
    assert_eq!(draft["annexes"][0]["name"], "清单.docx");
    let annex = STANDARD.decode(draft["annexes"][0]["data"].as_str().unwrap()).unwrap();
    let annex = import(&annex).unwrap();
    assert!(annex.body.iter().any(|block| block.text() == "第一项"), "{:?}", annex.body);
    assert_eq!(province.cell.store.count(), before);
    // What came out is what the editor sends in.
    let mut head = head("关于导入的通知");
    head["recipients"] = json!(["440700000000"]);
    let body = json!({ "act_id": crate::browser::fresh(), "as_post": "440000-bgt.ng",
        "head": head, "body": draft["body"] });
    check(&drafter.post("/api/documents", &body).await, 200, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_of_a_word_file_stand_in_the_text_and_come_apart_to_be_uploaded() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let mut value = document("关于图片的通知", &["见图。"]);
    let png = crate::pictures::png(60, 30, 120);
    for (description, width_mm) in [("水位图", 90), ("图片", 3)] {
        let (data, description) = (STANDARD.encode(&png), description.to_owned());
        value.body.push(Block::Image(Image { data, description, width_mm }));
    }
    let (status, draft) = bring(&drafter, export(&value).unwrap()).await;
    assert_eq!(status, 200, "{draft}");
    let pictures = draft["pictures"].as_array().unwrap();
    assert_eq!((pictures.len(), &pictures[0]["name"]), (1, &json!("图片1.png")));
    assert_eq!(STANDARD.decode(pictures[0]["data"].as_str().unwrap()).unwrap(), png);
    let digest = crate::pictures::brought(&drafter, "图片1.png", &png).await;
    assert_eq!(pictures[0]["digest"], digest.as_str());
    let body = draft["body"]["content"].as_array().unwrap();
    let shown: Vec<&Value> = body.iter().filter(|block| block["type"] == "image").collect();
    assert_eq!(shown.len(), 2);
    assert_eq!(shown[0]["attrs"]["description"], "水位图");
    assert_eq!(
        (&shown[0]["attrs"]["width_mm"], &shown[1]["attrs"]["width_mm"]),
        (&json!(90), &json!(10))
    );
    let told = draft["dropped"].to_string();
    assert!(told.contains("“见图。”一段之后的图片在文件中没有说明"), "{told}");
}

/// Whose a file is that says so, as the province's general office reads it: issuer, joint issuers
/// and signer, and the sentences of what was not certain.
async fn whose(browser: &Browser, change: Value) -> (Value, Vec<String>) {
    let mut value = serde_json::to_value(document("关于署名的通知", &["正文。"])).unwrap();
    for (field, own) in change.as_object().unwrap() {
        value[field] = own.clone();
    }
    let written = export(&serde_json::from_value(value).unwrap()).unwrap();
    let (status, draft) = bring(browser, written).await;
    assert_eq!(status, 200, "{draft}");
    let said = draft["dropped"].as_array().unwrap().iter().map(|one| one.as_str().unwrap());
    let said = said.filter(|one| ["发文机关“", "签发人"].iter().any(|word| one.contains(word)));
    let ids = |units: &Value| -> Vec<Value> {
        units.as_array().unwrap().iter().map(|unit| unit["id"].clone()).collect()
    };
    let told = json!([draft["issuer"]["id"], ids(&draft["joint"]), draft["signer"]["id"]]);
    (told, said.map(str::to_owned).collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn issuers_and_signer_are_filled_in_where_certain_and_told_where_not() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let none: [&str; 0] = [];
    let own = ["广东省人民政府办公厅"];
    let up = |issuers: Value, signer: &str| {
        json!({ "kind": "report", "title": "关于署名的报告", "issuers": issuers,
                "signers": [{ "name": signer }] })
    };
    for (change, whose_it_is, sentence) in [
        (json!({}), json!([null, none, null]), ""),
        (up(json!(own), "何靖"), json!([null, none, "440000-bgt.zr"]), ""),
        (up(json!(own), "某甲"), json!([null, none, null]), "签发人“某甲”不能对应"),
        (
            json!({ "issuers": ["广东省人民政府"], "title": "广东省人民政府关于署名的通知" }),
            json!(["440000000000", none, null]),
            "",
        ),
        (json!({ "issuers": [own[0], "广东省财政厅"] }), json!([null, ["440000-11"], null]), ""),
        (
            json!({ "issuers": [own[0], "岭南某某委员会"] }),
            json!([null, none, null]),
            "中的“岭南某某委员会”不在机构名录中",
        ),
        (
            json!({ "issuers": ["广东省财政厅"] }),
            json!([null, none, null]),
            "“广东省财政厅”不是本单位",
        ),
        (json!({ "issuers": ["岭南某某委员会"] }), json!([null, none, null]), "没有同名机构"),
    ] {
        let (told, said) = whose(&drafter, change.clone()).await;
        assert_eq!(told, whose_it_is, "{change} {said:?}");
        let expected = said.iter().all(|one| !sentence.is_empty() && one.contains(sentence));
        assert!(expected && said.is_empty() == sentence.is_empty(), "{change} {said:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sent_document_is_taken_away_as_word_with_the_day_it_was_printed() {
    let province = province().await;
    let id = crate::messages::distributed(&province, "关于印发日期的通知").await;
    province.clock.advance_ms(3 * 86_400_000);
    let clerk = province.as_person("zhouwen").await;
    let (_, bytes) = clerk.fetch(&format!("/api/documents/{id}/word")).await;
    let printing = import(&bytes).unwrap().found.printing.unwrap();
    let told = (printing.office.as_str(), printing.date.to_string());
    assert_eq!(told, ("广东省人民政府办公厅", "2026-11-25".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_marked_file_and_a_bad_one_are_refused_in_a_sentence() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let marked = export(&document("关于某事的通知", &["正文。", "机密★1年"])).unwrap();
    check(&bring(&drafter, marked).await, 422, "documents.state_secret");
    for bytes in [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), b"PK\x03\x04".to_vec(), vec![]] {
        let told = bring(&drafter, bytes).await;
        check(&told, 422, "viewer.refused");
        assert!(told.1["title"].as_str().unwrap().contains("docx"), "{}", told.1);
    }
    check(&bring(&drafter, vec![0; (20 << 20) + 1]).await, 422, "documents.word_large");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_is_taken_away_as_word_by_whoever_sees_it() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于下载的通知"), &["请认真落实。"]).await;
    let (headers, bytes) = drafter.fetch(&format!("/api/documents/{id}/word")).await;
    let name = headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(name.ends_with("%2E%64%6F%63%78"), "{name}");
    let imported = import(&bytes).unwrap();
    assert!(imported.found.title.ends_with("关于下载的通知"));
    assert!(imported.body.iter().any(|block| block.text() == "请认真落实。"));
    let stranger = province.as_person("fanghao").await;
    check(&stranger.get(&format!("/api/documents/{id}/word")).await, 404, "missing");
}
