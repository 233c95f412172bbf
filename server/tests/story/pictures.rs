//! Pictures in the text: brought, checked, printed, shown to whoever reads it, and to no other.

use crate::bad_input::upload;
use crate::browser::{Browser, Province, Told, approve, check, fresh, head, province, text};
use axum::body::Body;
use axum::http::{Method, header};
use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use lingnan_archives::{Keeper, packet};
use lingnan_word::import;
use serde_json::{Value, json};

/// A square of print in four colours.
const CMYK: &[u8] = include_bytes!("cmyk.jpg");

/// A picture of its own colour.
pub(crate) fn png(width: u32, height: u32, grey: u8) -> Vec<u8> {
    let pixels = vec![grey; usize::try_from(width * height).unwrap()];
    let mut file = Vec::new();
    PngEncoder::new(&mut file).write_image(&pixels, width, height, ExtendedColorType::L8).unwrap();
    file
}

pub(crate) async fn brought(browser: &Browser, name: &str, bytes: &[u8]) -> String {
    let (status, file) = upload(browser, name, bytes).await;
    assert_eq!(status, 200, "{file}");
    file["digest"].as_str().unwrap().to_owned()
}

/// A text of one line and pictures.
pub(crate) fn shown(line: &str, pictures: &[(&str, &str)]) -> Value {
    let mut body = text(&[line]);
    for (digest, description) in pictures {
        let attrs = json!({ "digest": digest, "description": description, "width_mm": 80 });
        body["content"].as_array_mut().unwrap().push(json!({ "type": "image", "attrs": attrs }));
    }
    body
}

async fn save(browser: &Browser, id: &str, base: u32, title: &str, body: Value) -> Told {
    let request = json!({ "do": "save", "base": base, "head": head(title), "body": body });
    browser.act(id, request).await
}

async fn ok(browser: &Browser, id: &str, request: Value) {
    check(&browser.act(id, request).await, 200, "");
}

/// Sent to two cities.
async fn send(province: &Province, id: &str) {
    ok(&province.as_person("linlan").await, id, json!({ "do": "submit" })).await;
    ok(&province.as_person("chenzhuo").await, id, approve("edit_check")).await;
    ok(&province.as_person("ouyangqing").await, id, approve("countersign")).await;
    ok(&province.as_person("hejing").await, id, approve("sign_off")).await;
    let clerk = province.as_person("zhouwen").await;
    ok(&clerk, id, json!({ "do": "number" })).await;
    ok(&clerk, id, json!({ "do": "distribute" })).await;
}

fn count(bytes: &[u8], word: &[u8]) -> usize {
    bytes.windows(word.len()).filter(|window| *window == word).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_is_saved_compared_printed_and_read_by_whom_it_was_sent_to() {
    const TITLE: &str = "关于水位图的通知";
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let (draft, level) = (png(60, 20, 90), png(60, 40, 200));
    let early = brought(&drafter, "示意.png", &draft).await;
    let own = drafter.fetch(&format!("/api/attachments/{early}")).await;
    assert_eq!((own.1, &own.0[header::CONTENT_TYPE]), (draft, &"image/png".parse().unwrap()));
    let begin = json!({ "act_id": fresh(), "as_post": "440000-bgt.ng", "head": head(TITLE),
                        "body": shown("请看图。", &[(&early, "水位图")]) });
    let told = drafter.post("/api/documents", &begin).await;
    check(&told, 200, "");
    let id = told.1["id"].as_str().unwrap().to_owned();
    let digest = brought(&drafter, "水位.png", &level).await;
    let body = shown("请看图。", &[(&digest, "水位图"), (&digest, "水位图（再次）")]);
    check(&save(&drafter, &id, 1, TITLE, body.clone()).await, 200, "");

    let (_, lines) = drafter.get(&format!("/api/documents/{id}/compare?from=1&to=2")).await;
    let told: Vec<(&str, &str)> = lines.as_array().unwrap()[2..]
        .iter()
        .flat_map(|line| line["pieces"].as_array().unwrap())
        .map(|piece| (piece["standing"].as_str().unwrap(), piece["text"].as_str().unwrap()))
        .collect();
    let (gone, come) = (("deleted", "〔图：水位图〕"), ("inserted", "〔图：水位图〕"));
    assert_eq!(told, [gone, come, ("inserted", "〔图：水位图（再次）〕")]);

    let path = |digest: &str| format!("/api/documents/{id}/pictures/{digest}");
    let (headers, bytes) = drafter.fetch(&path(&digest)).await;
    assert_eq!(
        (bytes, &headers[header::X_CONTENT_TYPE_OPTIONS]),
        (level, &"nosniff".parse().unwrap())
    );
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"), "{policy}");

    send(&province, &id).await;
    let (_, pdf) = drafter.fetch(&format!("/api/documents/{id}/print/pdf")).await;
    let pictures = count(&pdf, b"/Subtype /Image") + count(&pdf, b"/Subtype/Image");
    assert_eq!(pictures, 1, "one file, shown twice");
    let mut drawn = 0;
    for page in 1..=2 {
        let page = drafter.fetch(&format!("/api/documents/{id}/print/pages/{page}")).await.1;
        drawn += count(&page, b"<image ");
    }
    assert_eq!(drawn, 2);
    let (_, word) = drafter.fetch(&format!("/api/documents/{id}/word")).await;
    let images = import(&word).unwrap().body;
    let images = images.iter().filter(|block| matches!(block, lingnan_gongwen::Block::Image(_)));
    assert_eq!(images.count(), 2);

    let receiver = province.as_person("huangqi").await;
    let receipt = receiver.get(&format!("/api/incoming/{id}.440700000000")).await.1;
    assert_eq!(receipt["body"], body);
    assert_eq!(receiver.get(&path(&digest)).await.0.as_u16(), 200);
    check(&receiver.get(&path(&early)).await, 404, "missing");
    let stranger = province.as_person("fanghao").await;
    for hidden in [path(&digest), path(&early), format!("/api/attachments/{digest}")] {
        check(&stranger.get(&hidden).await, 404, "missing");
    }
    check(&drafter.get(&path(&"0".repeat(64))).await, 404, "missing");
    let clerk = province.as_person("zhouwen").await;
    ok(&clerk, &id, json!({ "do": "conclude", "opinion": "办结。" })).await;
    ok(&clerk, &id, json!({ "do": "archive", "retention": "permanent" })).await;
    the_packet_holds_it(&province, &id, &digest).await;
}

/// 定稿 is whole: what its text shows lies beside it, and what only a draft had does not.
async fn the_packet_holds_it(province: &Province, id: &str, digest: &str) {
    Keeper::new(&province.kit).round().await.unwrap();
    let clerk = province.as_person("zhouwen").await;
    let (_, bytes) = clerk.fetch(&format!("/api/archives/document.{id}/packet")).await;
    let folder = packet::unpack(&bytes).unwrap();
    let pictures: Vec<_> = folder.iter().filter(|(path, _)| path.contains("pictures/")).collect();
    let [(path, picture)] = pictures.as_slice() else { panic!("{:?}", folder.keys()) };
    assert_eq!(
        (path.as_str(), packet::sm3(picture).as_str()),
        ("content/pictures/001.png", digest)
    );
    let page = String::from_utf8(folder["content/final.html"].clone()).unwrap();
    assert_eq!(page.matches("<img src=\"pictures/001.png\" alt=\"水位图").count(), 2, "{page}");
    let verdict = packet::verify(&folder, None);
    assert!(verdict.holds(), "{verdict:#?}");
    let mut fewer = folder.clone();
    fewer.remove(*path);
    let told = packet::verify(&fewer, None);
    assert!(told.of("held").unwrap().found[0].contains("水位.png"), "{told:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_sound_picture_of_ones_own_is_refused() {
    const TITLE: &str = "关于图片的通知";
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head(TITLE), &["正文。"]).await;
    check(&upload(&drafter, "水位.png", b"a text").await, 422, "files.type");

    let foreign = province.as_person("fanghao").await;
    let foreign = brought(&foreign, "别处.png", &png(9, 9, 1)).await;
    let words = brought(&drafter, "说明.txt", b"a text").await;
    let whole = png(90, 90, 7);
    let cut = brought(&drafter, "残缺.png", &whole[..whole.len() / 2]).await;
    let wide = brought(&drafter, "过大.png", &png(24_001, 1_000, 9)).await;
    let print_colours = brought(&drafter, "印刷.jpg", CMYK).await;
    let mut heavy = png(9, 9, 2);
    heavy.resize((10 << 20) + 1, 0);
    let heavy = brought(&drafter, "过重.png", &heavy).await;
    for (digest, code) in [
        (foreign.as_str(), "documents.picture_unknown"),
        (words.as_str(), "documents.picture_kind"),
        (cut.as_str(), "viewer.refused"),
        (wide.as_str(), "viewer.refused"),
        (print_colours.as_str(), "viewer.refused"),
        (heavy.as_str(), "documents.picture_large"),
        ("x", "documents.body"),
    ] {
        let body = shown("正文。", &[(digest, "图")]);
        check(&save(&drafter, &id, 1, TITLE, body.clone()).await, 422, code);
        let begin = json!({ "act_id": fresh(), "as_post": "440000-bgt.ng", "head": head(TITLE),
                            "body": body });
        check(&drafter.post("/api/documents", &begin).await, 422, code);
    }
    let own = drafter.request(Method::GET, &format!("/api/attachments/{words}"));
    check(&drafter.send(own.body(Body::empty()).unwrap()).await, 404, "missing");
    let secret = shown("正文。", &[(&brought(&drafter, "好.png", &whole).await, "机密★1年")]);
    check(&save(&drafter, &id, 1, TITLE, secret).await, 422, "documents.state_secret");
    let view = drafter.get(&format!("/api/documents/{id}")).await.1;
    assert_eq!(view["versions"].as_array().unwrap().len(), 1, "nothing was kept");
}
