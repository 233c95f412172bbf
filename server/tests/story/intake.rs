//! 来文登记: what came on paper is read, confirmed by a clerk, registered, and handled like any
//! other received document.

use crate::bad_input::upload;
use crate::browser::{Browser, Province, Told, approve, check, fresh, province};
use axum::body::Body;
use axum::http::{Method, header};
use lingnan_api::{Program, Scanner};
use lingnan_gongwen::Gongwen;
use lingnan_ocr::Picture;
use lingnan_pdf::NoFaces;
use serde_json::{Value, json};
use std::sync::Arc;

/// By which part of its width a photographed page is narrower at the top than at the bottom.
const KEYSTONE: f64 = 0.15;

const LONG: &str = "深入贯彻落实党中央、国务院决策部署，坚持人民至上、生命至上，坚持统筹发展和安全，\
    压紧压实防汛救灾责任，全面排查整治风险隐患，加强监测预报预警，突出抓好中小河流洪水、\
    山洪灾害、地质灾害和城市内涝防御，最大限度减少人员伤亡和财产损失。";

fn notice() -> Value {
    json!({
        "kind": "notice", "copy_number": 12, "urgency": "urgent",
        "issuers": ["广东省人民政府办公厅"], "number": "粤府办〔2026〕112号",
        "title": "广东省人民政府办公厅关于加强数字政府建设进一步优化营商环境的通知",
        "recipients": [["各地级以上市人民政府"], ["省政府各部门", "各直属机构"]],
        "body": [{ "paragraph": { "spans": [{ "text": LONG }] } }],
        "date": "2026-11-20", "signature": "unsealed",
        "printing": { "office": "广东省人民政府办公厅", "date": "2026-11-23" },
    })
}

pub(crate) fn letter() -> Value {
    json!({
        "kind": "letter", "issuers": ["广东省发展和改革委员会"], "mark": "name_only",
        "number": "粤发改能源函〔2026〕1408号",
        "title": "广东省发展和改革委员会关于江门市新会区光伏发电项目有关事项的复函",
        "recipients": [["江门市发展和改革局"]],
        "body": [{ "paragraph": { "spans": [{ "text": LONG }] } }],
        "date": "2026-11-09",
    })
}

fn request() -> Value {
    json!({
        "kind": "request_for_instruction", "urgency": "most_urgent",
        "issuers": ["台山市人民政府"], "number": "台府〔2026〕7号",
        "signers": [{ "name": "王某某" }],
        "title": "台山市人民政府关于设立华侨华人文化交流合作试验区的请示",
        "recipients": [["江门市人民政府"]],
        "body": [{ "paragraph": { "spans": [{ "text": LONG }] } }],
        "date": "2026-10-31", "signature": "unsealed", "note": "联系人：李某，电话：0750-1234567",
    })
}

/// The document in print, as PDF.
pub(crate) async fn printed(province: &Province, document: &Value) -> Vec<u8> {
    let document: Gongwen = serde_json::from_value(document.clone()).unwrap();
    province.kit.press.print(document.clone(), document).await.unwrap().pdf.clone()
}

/// A page as a scanner has it: turned by so many degrees, grey, with specks, and narrower at the
/// top, as a camera sees it from below.
fn scanned(pdf: &[u8], page: usize, degrees: f64) -> Picture {
    let pdf = lingnan_pdf::Pdf::open(pdf.to_vec()).unwrap();
    let drawn = pdf.draw(page, 1_754, &Arc::new(NoFaces)).unwrap();
    let (width, height) = (f64::from(drawn.width), f64::from(drawn.height));
    let (sin, cos) = degrees.to_radians().sin_cos();
    let mut chance = 1_u32;
    let mut dots = Vec::with_capacity(drawn.dots.len());
    for y in 0..drawn.height {
        for x in 0..drawn.width {
            let (own, down) = (f64::from(x) - width / 2.0, f64::from(y) - height / 2.0);
            let own = own * (1.0 + KEYSTONE * (0.5 - f64::from(y) / height));
            let from =
                (own * cos - down * sin + width / 2.0, own * sin + down * cos + height / 2.0);
            let inside = (0.0..width).contains(&from.0) && (0.0..height).contains(&from.1);
            let at = from.1 as usize * usize::from(drawn.width) + from.0 as usize;
            let dot = if inside { drawn.dots[at] } else { [255; 3] };
            chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let speck = (chance >> 24) as i32 % 24;
            dots.push(dot.map(|part| (i32::from(part) * 9 / 10 + speck).clamp(0, 255) as u8));
        }
    }
    Picture::new(usize::from(drawn.width), dots).unwrap()
}

/// A PDF of nothing but a photograph, as office machines make them.
fn pdf_of(picture: &Picture) -> Vec<u8> {
    let (width, height) = (picture.width(), picture.height());
    let jpeg = picture.jpeg(width.max(height)).unwrap();
    let draw = "q 595 0 0 842 0 0 cm /P Do Q";
    let objects: [Vec<u8>; 5] = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
          /Resources<</XObject<</P 5 0 R>>>>>>"
            .to_vec(),
        format!("<</Length {}>>stream\n{draw}\nendstream", draw.len()).into_bytes(),
        [
            format!(
                "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8\
                 /ColorSpace/DeviceRGB/Filter/DCTDecode/Length {}>>stream\n",
                jpeg.len()
            )
            .into_bytes(),
            jpeg,
            b"\nendstream".to_vec(),
        ]
        .concat(),
    ];
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj").bytes());
        file.extend(object);
        file.extend(b"endobj\n");
    }
    let table = file.len();
    file.extend(b"xref\n0 6\n0000000000 65535 f \n");
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
    file.extend(format!("trailer<</Size 6/Root 1 0 R>>startxref\n{table}\n%%EOF").bytes());
    file
}

async fn scan(browser: &Browser, file: &[u8]) -> Told {
    let request = browser
        .request(Method::POST, "/api/documents/scan")
        .header(header::CONTENT_TYPE, "application/octet-stream")
        .body(Body::from(file.to_vec()))
        .unwrap();
    browser.send(request).await
}

/// What was read as an element; nothing when it was not found.
fn read<'a>(scan: &'a Value, field: &str) -> &'a str {
    let elements = scan["elements"].as_array().unwrap().iter();
    let mut own = elements.filter(|one| one["field"] == field);
    own.next().map_or("", |one| one["text"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn number_title_sender_and_date_of_scanned_pages_are_read_right() {
    let province = province().await;
    let clerk = province.as_person("huangqi").await;
    // Upright, on its side, on its head.
    for (document, degrees, quarters, as_pdf) in
        [(notice(), 0.0, 0, true), (letter(), -5.0, 1, false), (request(), 4.0, 2, false)]
    {
        let page = scanned(&printed(&province, &document).await, 0, degrees).turned(quarters);
        let file = if as_pdf { pdf_of(&page) } else { page.jpeg(1_754).unwrap() };
        let (status, scan) = scan(&clerk, &file).await;
        assert_eq!(status, 200, "{scan}");
        let expected = [&document["issuers"][0], &document["number"], &document["title"]];
        let found = ["sender", "number", "title"].map(|field| read(&scan, field));
        assert_eq!(found.map(|text| json!(text)), expected.map(Value::clone));
        assert_eq!(json!(read(&scan, "date")), document["date"]);
        let urgency = match document["urgency"].as_str() {
            Some("urgent") => "加急",
            Some(_) => "特急",
            None => "",
        };
        assert_eq!(read(&scan, "urgency"), urgency);
        assert_eq!((&scan["count"], &scan["unread"]), (&json!(1), &Value::Null));
        assert_eq!(scan["pages"][0]["by_eye"], true);
        let picture = scan["pages"][0]["picture"].as_str().unwrap();
        assert!(picture.starts_with("data:image/jpeg;base64,/9j/"), "{}", &picture[..40]);
        for own in scan["elements"].as_array().unwrap() {
            let bounds = own["bounds"].as_array().unwrap().iter().map(|b| b.as_f64().unwrap());
            let [left, top, right, bottom] = bounds.collect::<Vec<_>>()[..] else { panic!() };
            assert!(0.0 <= left && left < right && right <= 1.0, "{own}");
            assert!(0.0 <= top && top < bottom && bottom <= 1.0, "{own}");
        }
    }
}

pub(crate) fn registration(document: &Value) -> Value {
    json!({
        "sender": document["issuers"][0], "number": document["number"],
        "title": document["title"], "date": document["date"], "urgency": "urgent",
    })
}

pub(crate) async fn register(
    browser: &Browser,
    post: &str,
    files: &[&Value],
    registration: Value,
) -> Told {
    let body = json!({
        "act_id": fresh(), "as_post": post, "registration": registration, "files": files
    });
    browser.post("/api/documents/incoming", &body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_is_registered_once_and_goes_the_way_of_every_received_document() {
    let province = province().await;
    let clerk = province.as_person("huangqi").await;
    let post = "440700000000.ws";
    let pdf = printed(&province, &notice()).await;
    let (status, scan) = scan(&clerk, &pdf).await;
    assert_eq!((status.as_u16(), &scan["pages"][0]["by_eye"]), (200, &json!(false)));
    let (_, file) = upload(&clerk, "来文.pdf", &pdf).await;
    let mut wanted = registration(&notice());
    wanted["title"] = json!("广东省人民政府办公厅关于加强数字政府建设的通知");
    let told = register(&clerk, post, &[&file["digest"]], wanted.clone()).await;
    check(&told, 200, "");
    let id = told.1["id"].as_str().unwrap().to_owned();
    let (_, view) = clerk.get(&format!("/api/incoming/{id}")).await;
    assert_eq!(view["state"], "acknowledged");
    let number = view["registered"].as_str().unwrap().to_owned();
    assert!(number.starts_with("收〔2026〕"), "{number}");
    assert_eq!(view["document"], Value::Null);
    assert_eq!(view["paper"]["date"], "2026-11-20");
    let readings = view["paper"]["readings"].as_array().unwrap();
    let title = readings.iter().find(|own| own["field"] == "title").unwrap();
    assert_eq!((&title["text"], &title["confirmed"]), (&notice()["title"], &wanted["title"]));
    assert_eq!(view["attachments"][0]["name"], "来文.pdf");
    let digest = file["digest"].as_str().unwrap();
    let (_, bytes) = clerk.fetch(&format!("/api/incoming/{id}/attachments/{digest}")).await;
    assert_eq!(bytes, pdf);
    let stranger = province.as_person("yupei").await;
    let path = format!("/api/incoming/{id}/attachments/{digest}");
    check(&stranger.get(&path).await, 404, "missing");

    let (_, file) = upload(&clerk, "再来.pdf", &pdf).await;
    let again = register(&clerk, post, &[&file["digest"]], wanted).await;
    check(&again, 409, "documents.paper_twice");
    assert!(again.1["title"].as_str().unwrap().contains(&number), "{}", again.1);

    let mayor = province.as_person("situning").await;
    let conclude = json!({ "do": "conclude", "opinion": "办结。" });
    for (who, request) in [
        (&clerk, approve("propose")),
        (&mayor, approve("instruct")),
        (&clerk, approve("handle")),
        (&clerk, conclude),
        (&clerk, json!({ "do": "archive", "retention": "ten_years" })),
    ] {
        check(&who.act(&id, request).await, 200, "");
    }
    let (_, view) = clerk.get(&format!("/api/incoming/{id}")).await;
    assert_eq!(view["state"], "archived");
    let keeper = lingnan_archives::Keeper::new(&province.kit);
    assert!(keeper.round().await.unwrap().packed >= 1);
    let (_, archived) = clerk.get("/api/archives").await;
    let items = archived["items"].as_array().unwrap().iter();
    let mut own = items.filter(|item| item["title"] == view["title"]);
    let key = own.next().unwrap()["id"].as_str().unwrap();
    let (_, packet) = clerk.get(&format!("/api/archives/{key}")).await;
    assert!(packet["files"].to_string().contains("来文.pdf"), "{packet}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_not_register_and_what_may_not_be_registered() {
    let province = province().await;
    let clerk = province.as_person("huangqi").await;
    let post = "440700000000.ws";
    let pdf = printed(&province, &letter()).await;
    let (_, file) = upload(&clerk, "来函.pdf", &pdf).await;
    let digest = &file["digest"];
    let mayor = province.as_person("situning").await;
    let (_, who) = mayor.get("/api/session").await;
    let own = who["posts"][0]["id"].as_str().unwrap();
    let (_, theirs) = upload(&mayor, "来函.pdf", &pdf).await;
    let told = register(&mayor, own, &[&theirs["digest"]], registration(&letter())).await;
    check(&told, 403, "documents.not_clerk");
    for (files, change, status, code) in [
        (vec![], json!({}), 422, "documents.paper_no_file"),
        (vec![&Value::Null; 0], json!({ "title": " " }), 422, "empty_field"),
        (vec![digest], json!({ "sender": "" }), 422, "empty_field"),
        (vec![digest], json!({ "title": "（机密）" }), 422, "documents.state_secret"),
        (vec![digest], json!({ "number": "x".repeat(61) }), 422, "field_too_long"),
        (vec![digest], json!({ "date": "2026-13-01" }), 422, "request.fields"),
        (vec![digest; 21], json!({}), 422, "documents.paper_files"),
    ] {
        let mut wanted = registration(&letter());
        wanted.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        check(&register(&clerk, post, &files, wanted).await, status, code);
    }
    let foreign = json!("0".repeat(64));
    check(&register(&clerk, post, &[&foreign], registration(&letter())).await, 404, "missing");
    // What was sent back may come again.
    let first = register(&clerk, post, &[digest], registration(&letter())).await;
    check(&first, 200, "");
    let id = first.1["id"].as_str().unwrap();
    let mut back = json!({ "do": "return_document", "reason": "不属本机关职权。" });
    let told = clerk.act(id, back.clone()).await;
    check(&told, 422, "documents.no_failed_item");
    back["failed"] = json!(["competence"]);
    check(&clerk.act(id, back).await, 200, "");
    let (_, shown) = clerk.get(&format!("/api/incoming/{id}")).await;
    assert_eq!(shown["return_reason"], "初审：不应当由本机关办理。不属本机关职权。");
    let second = register(&clerk, post, &[digest], registration(&letter())).await;
    check(&second, 200, "");
    let relay = json!({ "do": "relay", "units": ["440783000000"] });
    let told = clerk.act(second.1["id"].as_str().unwrap(), relay).await;
    check(&told, 409, "documents.on_paper");
}

/// The header of a PNG of so many dots, and nothing behind it.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = b"IHDR".to_vec();
    head.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
    head.extend([8, 2, 0, 0, 0]);
    file.extend(13_u32.to_be_bytes());
    file.extend(&head);
    let mut sum = u32::MAX;
    for byte in &head {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
        }
    }
    file.extend((!sum).to_be_bytes());
    file.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    file
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_page_is_refused_in_a_sentence_and_the_scanner_goes_on() {
    let province = province().await;
    let clerk = province.as_person("huangqi").await;
    let pdf = printed(&province, &letter()).await;
    let page = scanned(&pdf, 0, 0.0);
    let jpeg = page.jpeg(800).unwrap();
    let bomb = String::from_utf8_lossy(&pdf_of(&page)).replace(
        &format!("/Width {}/Height {}", page.width(), page.height()),
        "/Width 2000000000/Height 2000000000",
    );
    for (file, sentence) in [
        (Vec::new(), "这个文件不是，或已损坏"),
        (b"MZ\x90\0 a program".to_vec(), "只能识别 PNG、JPEG 图片和 PDF、OFD 文件"),
        (b"GIF89a\x01\0\x01\0".to_vec(), "只能识别 PNG、JPEG 图片和 PDF、OFD 文件"),
        (png_of(100, 100), "这个文件不是，或已损坏"),
        (png_of(12_000, 9_000), "图片超过80百万像素"),
        (png_of(4_000_000_000, 4_000_000_000), "图片超过80百万像素"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "这个文件不是，或已损坏"),
        (b"%PDF-1.7 nothing".to_vec(), "这不是可以打开的 PDF 文件"),
        (b"PK\x03\x04 nothing".to_vec(), "这不是完整的 OFD 文件"),
    ] {
        let (status, told) = scan(&clerk, &file).await;
        assert_eq!((status.as_u16(), &told["code"]), (422, &json!("scanner.refused")), "{told}");
        assert!(told["title"].as_str().unwrap().contains(sentence), "{told}");
    }
    // A picture that ends early may be read as far as it goes, or not; a bomb may end the process.
    for file in [jpeg[..jpeg.len() / 2].to_vec(), bomb.into_bytes()] {
        let (status, told) = scan(&clerk, &file).await;
        assert!([200, 422].contains(&status.as_u16()), "{told}");
    }
    check(&scan(&clerk, &pdf).await, 200, "");
    let large = vec![b' '; (64 << 20) + 1];
    check(&scan(&clerk, &large).await, 422, "scanner.large");
    let stranger = province.stranger();
    check(&scan(&stranger, &pdf).await, 401, "auth.signed_out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_marked_as_a_state_secret_is_refused_and_its_file_not_kept() {
    let province = province().await;
    let clerk = province.as_person("huangqi").await;
    let mut secret = letter();
    secret["body"] = json!([{ "paragraph": { "spans": [{ "text": "机密★20年" }] } }]);
    let page = scanned(&printed(&province, &secret).await, 0, 0.5).jpeg(1_754).unwrap();
    check(&scan(&clerk, &page).await, 422, "documents.state_secret");
    // Whoever leaves the scanner out gets no further.
    let (_, file) = upload(&clerk, "来函.jpg", &page).await;
    let digest = file["digest"].as_str().unwrap();
    let files = [&file["digest"]];
    let told = register(&clerk, "440700000000.ws", &files, registration(&letter())).await;
    check(&told, 422, "documents.state_secret");
    assert!(province.kit.blobs.open(digest).await.unwrap().is_none(), "the file is gone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_models_pictures_are_shown_and_told_to_be_unread_and_text_is_read_all_the_same() {
    let province = province().await;
    let arguments = ["ocr", "serve", "--models", "/nonexistent"].map(str::to_owned).to_vec();
    let scanner = Scanner::new(Program { path: env!("CARGO_BIN_EXE_lingnan").into(), arguments });
    let pdf = printed(&province, &letter()).await;
    let page = scanned(&pdf, 0, 0.0).jpeg(800).unwrap();
    let unread = scanner.read(page).await.unwrap();
    let told = unread.scan.unread.as_deref().unwrap();
    assert!(told.contains("没有安装文字识别模型"), "{told}");
    assert!(unread.scan.elements.is_empty() && unread.pictures.len() == 1);
    let text = scanner.read(pdf).await.unwrap();
    assert_eq!(text.scan.unread, None);
    assert!(text.scan.elements.iter().any(|own| own.text == "粤发改能源函〔2026〕1408号"));
}
