//! Pages in fixed layout: of a document as it is printed, and of files attached to it.

use crate::bad_input::upload;
use crate::browser::{Browser, check, head, province};
use crate::journey::signed;
use axum::body::Body;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::IntoResponse;
use lingnan_api::{Program, Viewer};
use serde_json::{Value, json};
use std::path::Path;

fn sample(name: &str) -> Vec<u8> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../formats/ofd/tests/samples");
    std::fs::read(samples.join(name)).unwrap()
}

/// All text of a file, without blanks.
fn words(overview: &Value) -> String {
    let pages = overview["pages"].as_array().unwrap().iter();
    let lines = pages.flat_map(|page| page["lines"].as_array().unwrap());
    let text: String = lines.map(|line| line.as_str().unwrap()).collect();
    text.split_whitespace().collect()
}

/// The page, and its headers.
async fn page(browser: &Browser, path: &str) -> (HeaderMap, String) {
    let (headers, bytes) = browser.fetch(path).await;
    (headers, String::from_utf8(bytes).unwrap())
}

async fn attach(browser: &Browser, id: &str, name: &str, bytes: &[u8]) -> String {
    let (status, file) = upload(browser, name, bytes).await;
    assert_eq!(status, 200, "{file}");
    check(&browser.act(id, json!({ "do": "attach", "digest": file["digest"] })).await, 200, "");
    format!("/api/documents/{id}/attachments/{}/pages", file["digest"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_a_draft_are_those_of_its_present_text() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于校样的通知"), &["请认真校对。"]).await;
    let path = format!("/api/documents/{id}/print/pages");
    let (status, overview) = drafter.get(&path).await;
    assert_eq!(status, 200, "{overview}");
    assert_eq!(overview["pages"][0]["width"], 210.0);
    assert!(words(&overview).contains("关于校样的通知"), "{overview}");
    assert_eq!(overview["signatures"], json!([]));

    let (headers, svg) = page(&drafter, &format!("{path}/1")).await;
    assert!(svg.starts_with("<svg") && svg.contains("<use href=\"#g"), "drawn");
    assert!(!svg.contains("style=") && !svg.contains("<script"), "as our pages' policy wants it");
    assert_eq!(headers[header::CONTENT_TYPE], "image/svg+xml");
    assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(headers[header::CACHE_CONTROL], "private, no-cache");
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"), "{policy}");

    let again = drafter.request(Method::GET, &format!("{path}/1"));
    let again = again.header(header::IF_NONE_MATCH, &headers[header::ETAG]);
    let (status, _) = drafter.send(again.body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::NOT_MODIFIED);
    for beyond in ["0", "99", "-1", "x", "1.5"] {
        check(&drafter.get(&format!("{path}/{beyond}")).await, 404, "missing");
    }

    let stranger = province.as_person("fanghao").await;
    check(&stranger.get(&path).await, 404, "missing");
    let known = stranger.request(Method::GET, &format!("{path}/1"));
    let known = known.header(header::IF_NONE_MATCH, &headers[header::ETAG]);
    check(&stranger.send(known.body(Body::empty()).unwrap()).await, 404, "missing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_a_sent_document_are_those_that_were_sent() {
    let province = province().await;
    let id = signed(&province, "关于正本的通知").await;
    let clerk = province.as_person("zhouwen").await;
    check(&clerk.act(&id, json!({ "do": "number" })).await, 200, "");
    check(&clerk.act(&id, json!({ "do": "distribute" })).await, 200, "");
    let path = format!("/api/documents/{id}/print/pages");
    // Whoever received it has no part in the document itself.
    let receiver = province.as_person("huangqi").await;
    let (status, overview) = receiver.get(&path).await;
    assert_eq!(status, 200, "{overview}");
    assert!(words(&overview).contains("粤府办〔2026〕"), "{overview}");
    let (_, sent) = receiver.fetch(&format!("/api/documents/{id}/print/ofd")).await;
    let digest = overview["digest"].as_str().unwrap();
    let blobs = &province.kit.blobs;
    let mut kept = blobs.open(digest).await.unwrap().expect("it was kept when it was sent");
    let mut bytes = Vec::new();
    tokio::io::AsyncReadExt::read_to_end(&mut kept, &mut bytes).await.unwrap();
    assert_eq!(bytes, sent);
    let (_, svg) = page(&receiver, &format!("{path}/1")).await;
    assert!(svg.starts_with("<svg"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_attached_file_is_shown_with_its_seal_unverified_or_refused_in_a_sentence() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于版式附件的通知"), &["正文。"]).await;
    let sealed = attach(&drafter, &id, "盖章件.ofd", &sample("v5_seal.ofd")).await;
    let (_, overview) = drafter.get(&sealed).await;
    assert_eq!(overview["signatures"][0]["pages"], json!([1]), "{overview}");
    assert_eq!(words(&overview), "你好呀，OFDReader&Writer！");
    let (_, svg) = page(&drafter, &format!("{sealed}/1")).await;
    assert!(svg.contains("未验证"), "{svg}");
    check(&drafter.get(&format!("{sealed}/2")).await, 404, "missing");

    let whole = sample("helloworld.ofd");
    let half = attach(&drafter, &id, "半个.ofd", &whole[..whole.len() / 2]).await;
    let told = drafter.get(&half).await;
    check(&told, 422, "viewer.refused");
    assert!(told.1["title"].as_str().unwrap().starts_with("这不是完整的 OFD 文件"), "{told:?}");
    assert!(told.1["next"].is_string(), "{told:?}");
    check(&drafter.get(&format!("{half}/1")).await, 422, "viewer.refused");
    check(&drafter.get(&sealed).await, 200, "");

    let stranger = province.as_person("fanghao").await;
    for path in [&sealed, &format!("{sealed}/1")] {
        check(&stranger.get(path).await, 404, "missing");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_attached_pdf_is_shown_page_by_page_with_its_text() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于附件的通知"), &["请看附件。"]).await;
    let (_, pdf) = drafter.fetch(&format!("/api/documents/{id}/print/pdf")).await;
    let path = attach(&drafter, &id, "上级来文.pdf", &pdf).await;
    let (status, overview) = drafter.get(&path).await;
    assert_eq!(status, 200, "{overview}");
    let leaf = &overview["pages"][0];
    assert_eq!(
        (leaf["width"].as_f64().unwrap().round(), &overview["whole_text"]),
        (210.0, &json!(true))
    );
    assert!(words(&overview).contains("关于附件的通知"), "{overview}");
    let (headers, svg) = page(&drafter, &format!("{path}/1")).await;
    assert_eq!(headers[header::CONTENT_TYPE], "image/svg+xml");
    assert!(svg.contains("href=\"data:image/jpeg;base64,/9j/"), "drawn");
    assert_eq!(svg.matches("<text ").count(), leaf["lines"].as_array().unwrap().len());
    check(&drafter.get(&format!("{path}/99")).await, 404, "missing");
    let broken = attach(&drafter, &id, "坏.pdf", b"%PDF-1.7 nothing").await;
    let told = drafter.get(&broken).await;
    check(&told, 422, "viewer.refused");
    assert_eq!(told.1["next"], "请下载后用其他阅读软件核对，或请来文单位重新提供。");
}

/// A page that says 防汛通知 in a font that it only names, 表格 up its side, and its number in Times.
const NAMED: &str = "%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R
/Resources<</Font<</F 5 0 R/T 6 0 R>>>>>> endobj
4 0 obj <</Length 116>> stream
BT /F 16 Tf 79 700 Td <96326C5B901A77E5> Tj 0 1 -1 0 500 300 Tm <8868683C> Tj ET
BT /T 14 Tf 290 60 Td (- 1 -) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type0/BaseFont/FangSong_GB2312/Encoding/UniGB-UCS2-H
/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/FangSong_GB2312
/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>]>> endobj
6 0 obj <</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>> endobj
trailer <</Root 1 0 R>>
%%EOF";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_attached_pdf_that_only_names_its_fonts_is_shown_with_its_text() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于未嵌入字体的通知"), &["请看附件。"]).await;
    let path = attach(&drafter, &id, "来文.pdf", NAMED.as_bytes()).await;
    let (_, overview) = drafter.get(&path).await;
    assert_eq!(overview["pages"][0]["lines"], json!(["防汛通知", "- 1 -", "表格"]));
    let named = |name: &str| json!({ "name": name, "embedded": false });
    assert_eq!(overview["fonts"], json!([named("FangSong_GB2312"), named("Times-Roman")]));
    let (_, svg) = page(&drafter, &format!("{path}/1")).await;
    assert!(svg.contains(">防</tspan>"), "to be selected");
    assert!(
        svg.contains("<text xml:space=\"preserve\" transform=\"rotate(-90)\">"),
        "as it is seen"
    );
    // A page without ink makes a picture of a few thousand bytes.
    let picture = svg.split_once("base64,").unwrap().1.split_once('"').unwrap().0;
    assert!(picture.len() > 20_000, "{}", picture.len());
}

/// Asks a viewer of this program for a file's overview.
async fn asked(viewer: &Viewer) -> StatusCode {
    match viewer.overview(sample("helloworld.ofd")).await {
        Ok(_) => StatusCode::OK,
        Err(problem) => problem.into_response().status(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_viewer_that_ends_over_a_file_is_begun_anew_for_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let (once, program) = (folder.path().join("once"), env!("CARGO_BIN_EXE_lingnan"));
    let script = format!(
        "if [ -e {once} ]; then exec {program} ofd view --fonts {once}; fi; \
         touch {once}; kill -9 $$",
        once = once.display()
    );
    let arguments = vec!["-c".to_owned(), script];
    let viewer = Viewer::new(Program { path: "/bin/sh".into(), arguments });
    assert_eq!(asked(&viewer).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(asked(&viewer).await, StatusCode::OK);
    assert_eq!(asked(&viewer).await, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_reads_files_of_others_and_what_prints_have_bounded_memory() {
    for task in [["gongwen", "press"], ["ofd", "view"], ["ocr", "serve"]] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_lingnan"))
            .args(task)
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let limits = || std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
        let bounded = || {
            let limits = limits();
            let line = limits.lines().find(|line| line.starts_with("Max address space")).unwrap();
            line.split_whitespace().nth(3).unwrap().parse::<u64>().is_ok()
        };
        let told = async {
            while !bounded() {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        let told = tokio::time::timeout(std::time::Duration::from_secs(20), told).await;
        told.unwrap_or_else(|_| panic!("{task:?} never bounded its memory"));
        drop(child.stdin.take());
        assert!(child.wait().unwrap().success(), "{task:?}");
    }
}
