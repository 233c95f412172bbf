//! Opinions by hand and by voice, and the sheets that show how a document was handled.

use crate::bad_input::upload;
use crate::browser::{Browser, approve, check, head, province};
use crate::exchange::sent;
use axum::http::header;
use serde_json::{Value, json};

/// A recording, as far as its first bytes tell.
const VOICE: &[u8] = b"OggS\x00\x02 and then sound";

async fn uploaded(browser: &Browser, name: &str, bytes: &[u8]) -> String {
    let told = upload(browser, name, bytes).await;
    check(&told, 200, "");
    told.1["digest"].as_str().unwrap().to_owned()
}

/// The text of a PDF without spaces.
pub(crate) fn text(pdf: Vec<u8>) -> String {
    let pages = lingnan_pdf::Pdf::open(pdf).unwrap().pages().unwrap();
    pages.iter().flat_map(|page| &page.glyphs).map(|glyph| glyph.text.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leader_signs_by_hand_and_voice_and_the_issue_sheet_shows_it() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let mut urgent = head("关于手写签发的通知");
    urgent["urgency"] = json!("urgent");
    urgent["countersign"] = json!([]);
    let id = drafter.begin(urgent, &["各市：", "请办理。"]).await;
    check(&drafter.act(&id, json!({ "do": "submit" })).await, 200, "");
    let reviewer = province.as_person("chenzhuo").await;
    check(&reviewer.act(&id, approve("edit_check")).await, 200, "");
    let signer = province.as_person("hejing").await;
    let node = "sign_off";
    let sign =
        |hand: Value| json!({ "do": "approve", "node": node, "opinion": "", "by_hand": hand });
    let ink = json!({ "width": 600, "height": 200, "strokes": [[10, 10, 300, 150], [500, 20]] });
    let torn = json!({ "width": 600, "height": 200, "strokes": [[10, 10, 601]] });
    check(&signer.act(&id, sign(json!({ "ink": torn }))).await, 422, "documents.ink");
    let others = uploaded(&reviewer, "a.ogg", VOICE).await;
    let alien = signer.act(&id, sign(json!({ "voice": others }))).await;
    check(&alien, 422, "documents.no_voice");
    let paper = uploaded(&signer, "a.txt", b"not a sound").await;
    let mute = signer.act(&id, sign(json!({ "voice": paper }))).await;
    check(&mute, 422, "documents.not_a_voice");
    let voice = uploaded(&signer, "voice.ogg", VOICE).await;
    check(&signer.act(&id, sign(json!({ "ink": ink, "voice": voice }))).await, 200, "");

    let (_, view) = signer.get(&format!("/api/documents/{id}")).await;
    let said = view["opinions"].as_array().unwrap();
    let said = said.iter().find(|one| one["ink"] != Value::Null).unwrap();
    assert_eq!((&said["ink"], &said["text"]), (&ink, &json!("（手写、语音意见）")));
    assert_eq!((&said["version"], &said["voice"]["digest"]), (&json!(1), &json!(voice)));
    // What is in an opinion is not swept away with what was given up.
    province.clock.advance_ms(3 * 86_400_000);
    lingnan_api::uploads::tidy(&province.cell.store, &province.cell.blobs).await.unwrap();
    let signer = province.as_person("hejing").await;
    let (headers, bytes) = signer.fetch(&format!("/api/documents/{id}/voices/{voice}")).await;
    assert_eq!(
        (bytes.as_slice(), &headers[header::CONTENT_TYPE]),
        (VOICE, &"audio/ogg".parse().unwrap())
    );
    let stranger = province.as_person("huangqi").await;
    for hidden in ["sheet", &format!("voices/{voice}")] {
        let told = stranger.get(&format!("/api/documents/{id}/{hidden}")).await;
        check(&told, 404, "missing");
    }
    let (headers, sheet) = signer.fetch(&format!("/api/documents/{id}/sheet")).await;
    assert_eq!(headers[header::CONTENT_TYPE], "application/pdf");
    let shown = text(sheet);
    for part in ["发文稿纸", "手写签发", "加急", "（附语音）", "核稿"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let place = |words: &str| shown.find(words).unwrap();
    assert!(place("（手写、语音意见）") < place("同意。（所见第1稿）"), "by rank: {shown}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_city_does_is_on_its_processing_sheet_and_stays_in_the_city() {
    let province = province().await;
    let id = sent(&province, head("关于处理单的通知")).await;
    let city = province.as_person("huangqi").await;
    let receipt = format!("{id}.440700000000");
    check(&city.act(&receipt, json!({ "do": "acknowledge" })).await, 200, "");
    check(&city.act(&receipt, approve("propose")).await, 200, "");
    let mayor = province.as_person("situning").await;
    let ink = json!({ "width": 600, "height": 200, "strokes": [[10, 10, 300, 150]] });
    let instruct = json!({ "do": "approve", "node": "instruct", "opinion": "",
        "by_hand": { "ink": ink } });
    check(&mayor.act(&receipt, instruct).await, 200, "");
    let (_, sheet) = city.fetch(&format!("/api/incoming/{receipt}/sheet")).await;
    let shown = text(sheet);
    for part in [
        "江门市",
        "文件处理单",
        "收〔2026〕",
        "（手写意见）",
        "拟办",
        "签收，登记为",
        "初审",
        "符合行文规则",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let sender = province.as_person("zhouwen").await;
    let (_, list) = sender.fetch(&format!("/api/documents/{id}/dispatch")).await;
    let shown = text(list);
    for part in
        ["公文分送清单", "3个", "江门市政府（主送）", "黄淇", "广州市政府（主送）", "未签收"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    check(&sender.get(&format!("/api/incoming/{receipt}/sheet")).await, 404, "missing");
}
