//! What is filed becomes a packet with a number; the packet tells of any byte that was changed.

use crate::browser::{Browser, Province, Told, approve, check, fresh, head, province};
use crate::messages::told;
use lingnan_archives::{Keeper, packet};
use lingnan_server::handover;
use serde_json::{Value, json};
use std::process::Command;

async fn ok(browser: &Browser, id: &str, request: Value) {
    check(&browser.act(id, request).await, 200, "");
}

/// A document that was issued and concluded.
async fn concluded(province: &Province, title: &str) -> String {
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head(title), &["各市：", "请于年底前拨付三百万元。"]).await;
    let (status, file) = crate::bad_input::upload(&drafter, "清单.pdf", b"%PDF-1.7 list").await;
    assert_eq!(status, 200);
    ok(&drafter, &id, json!({ "do": "attach", "digest": file["digest"] })).await;
    ok(&drafter, &id, json!({ "do": "submit" })).await;
    ok(&province.as_person("chenzhuo").await, &id, approve("edit_check")).await;
    ok(&province.as_person("ouyangqing").await, &id, approve("countersign")).await;
    ok(&province.as_person("hejing").await, &id, approve("sign_off")).await;
    let clerk = province.as_person("zhouwen").await;
    for request in [
        json!({ "do": "number" }),
        json!({ "do": "distribute" }),
        json!({ "do": "conclude", "opinion": "办结。" }),
    ] {
        ok(&clerk, &id, request).await;
    }
    id
}

async fn act(browser: &Browser, post: &str, id: &str, request: Value) -> Told {
    let version = view(browser, id).await["version"].clone();
    let body = json!({ "act_id": fresh(), "as_post": post, "seen": version, "request": request });
    browser.post(&format!("/api/archives/{id}/acts"), &body).await
}

async fn view(browser: &Browser, id: &str) -> Value {
    let told = browser.get(&format!("/api/archives/{id}")).await;
    check(&told, 200, "");
    told.1
}

async fn titles(browser: &Browser, query: &str) -> Vec<String> {
    let told = browser.get(&format!("/api/archives?{query}")).await;
    check(&told, 200, "");
    let items = told.1["items"].as_array().unwrap().iter();
    items.map(|item| item["number"].as_str().unwrap().to_owned()).collect()
}

const WS: &str = "440000-bgt.ws";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_two_clerks_file_at_once_gets_consecutive_numbers_and_verifies() {
    let province = province().await;
    let one = concluded(&province, "关于甲类资金的通知").await;
    let two = concluded(&province, "关于乙类资金的通知").await;
    let (a, b) = (province.as_person("zhouwen").await, province.as_person("zhouwen").await);
    let unfiled = a.get("/api/archives/unfiled").await.1;
    let mine = |line: &&Value| line["id"] == one.as_str();
    let line = unfiled.as_array().unwrap().iter().find(mine).unwrap().clone();
    assert_eq!((&line["standing"], &line["desk"]), (&json!("undecided"), &json!("文书 周雯")));
    assert_eq!(state(&a, &one).await["proposal"]["retention"], "thirty_years");
    let short = json!({ "do": "archive", "retention": "ten_years" });
    check(&a.act(&one, short).await, 422, "documents.retention_shorter");
    let reasoned = json!({ "do": "archive", "retention": "ten_years", "reason": "只涉及当年。" });
    let (first, second) = tokio::join!(a.act(&one, reasoned.clone()), b.act(&two, reasoned));
    check(&first, 200, "");
    check(&second, 200, "");
    let keeper = Keeper::new(&province.kit);
    let (x, y) = (keeper.clone(), keeper.clone());
    let (x, y) = tokio::join!(x.round(), y.round());
    assert!(x.unwrap().packed + y.unwrap().packed >= 2);
    let mut numbers = titles(&a, "q=%E7%B1%BB%E8%B5%84%E9%87%91").await;
    numbers.sort();
    let series = "440000BGT-WS·2026-D10-BGS";
    assert_eq!(numbers, [format!("{series}-0001"), format!("{series}-0002")]);
    assert_eq!(a.get("/api/archives/unfiled").await.1, json!([]));

    let id = format!("document.{one}");
    let shown = view(&a, &id).await;
    assert_eq!(shown["tests"][0]["passed"], true, "{}", shown["tests"][0]);
    let lines = shown["tests"][0]["test"]["lines"].to_string();
    for what in ["版式正本符合 PDF/A-2u", "版式正本为可长期保存的 OFD"] {
        assert!(lines.contains(what), "{what}: {lines}");
    }
    let (_, bytes) = a.fetch(&format!("/api/archives/{id}/packet")).await;
    let folder = packet::unpack(&bytes).unwrap();
    let verdict = packet::verify(&folder, None);
    assert!(verdict.holds(), "{verdict:#?}");
    for path in [
        "content/original.pdf",
        "content/original.ofd",
        "content/sheet.html",
        "content/final.html",
        "attachments/001.pdf",
        "metadata.xml",
    ] {
        assert!(folder.contains_key(path), "{path} of {:?}", folder.keys());
    }
    let sheet = String::from_utf8(folder["content/sheet.html"].clone()).unwrap();
    assert!(sheet.contains("只涉及当年") && sheet.contains("签发"), "{sheet}");
    every_changed_byte_is_named(&folder);
    outside(&province, &bytes, &folder);
}

async fn state(browser: &Browser, id: &str) -> Value {
    let told = browser.get(&format!("/api/documents/{id}")).await;
    check(&told, 200, "");
    told.1
}

/// One byte of any file, a file less, a file more: the packet says which.
fn every_changed_byte_is_named(folder: &packet::Folder) {
    for path in folder.keys().filter(|path| *path != packet::MANIFEST) {
        let mut changed = folder.clone();
        let bytes = changed.get_mut(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        let verdict = packet::verify(&changed, None);
        let told = verdict.of("digests").unwrap();
        assert!(!told.holds && told.found[0].contains(path), "{path}: {told:?}");
        let mut fewer = folder.clone();
        fewer.remove(path);
        let told = packet::verify(&fewer, None);
        assert!(told.of("complete").unwrap().found[0].contains(path), "{path}");
    }
    let mut more = folder.clone();
    more.insert("content/extra.txt".to_owned(), b"x".to_vec());
    assert!(packet::verify(&more, None).of("complete").unwrap().found[0].contains("extra.txt"));
    // Whoever changes the title together with its digests contradicts the acts.
    let mut forged = folder.clone();
    let text = String::from_utf8(forged[packet::METADATA].clone()).unwrap();
    let text = text.replace("甲类资金", "丙类资金");
    forged.insert(packet::METADATA.to_owned(), text.into_bytes());
    let mut manifest = packet::Manifest::read(&forged).unwrap();
    for part in &mut manifest.parts {
        let bytes = &forged[&part.path];
        *part = packet::Part::of(&part.group, &part.path, &part.label, &part.media, bytes);
    }
    forged.insert(packet::MANIFEST.to_owned(), manifest.text().into_bytes());
    let verdict = packet::verify(&forged, None);
    assert!(verdict.of("digests").unwrap().holds);
    assert!(!verdict.of("described").unwrap().holds);
}

/// The program and a script of nothing but Python's own library agree, on a ZIP and on a folder.
fn outside(province: &Province, bytes: &[u8], folder: &packet::Folder) {
    let zip = province.folder.path().join("packet.zip");
    std::fs::write(&zip, bytes).unwrap();
    let laid_out = province.folder.path().join("packet");
    for (path, bytes) in folder {
        let path = laid_out.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../modules/archives/tests/verify_packet.py");
    let run = |place: &std::path::Path| {
        let place = place.to_str().unwrap();
        let ours = Command::new(env!("CARGO_BIN_EXE_lingnan"))
            .args(["archive", "verify", place])
            .output()
            .unwrap();
        let theirs = Command::new("python3").args([script, place]).output().unwrap();
        let text = |output: &std::process::Output| {
            String::from_utf8_lossy(&output.stdout).into_owned()
                + &String::from_utf8_lossy(&output.stderr)
        };
        (ours.status.success(), theirs.status.success(), text(&ours) + &text(&theirs))
    };
    for place in [&zip, &laid_out] {
        let (ours, theirs, text) = run(place);
        assert!(ours && theirs, "{text}");
    }
    let sheet = laid_out.join("content/sheet.html");
    let mut changed = std::fs::read(&sheet).unwrap();
    changed[100] ^= 1;
    std::fs::write(&sheet, changed).unwrap();
    let (ours, theirs, text) = run(&laid_out);
    assert!(!ours && !theirs, "{text}");
    assert_eq!(text.matches("content/sheet.html").count(), 4, "SM3 and SHA-256, twice: {text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_packet_is_lent_for_a_time_and_what_is_read_is_on_record() {
    let province = province().await;
    let document = concluded(&province, "关于借阅的通知").await;
    let clerk = province.as_person("zhouwen").await;
    ok(&clerk, &document, json!({ "do": "archive", "retention": "permanent" })).await;
    let keeper = Keeper::new(&province.kit);
    keeper.round().await.unwrap();
    let id = format!("document.{document}");
    let other = province.as_person("fanghao").await;
    let (real, missing) = (
        other.get(&format!("/api/archives/{id}")).await,
        other.get("/api/archives/document.nothing").await,
    );
    assert_eq!((real.0.as_u16(), &real), (404, &missing));
    let reader = province.as_person("linlan").await;
    let packet = format!("/api/archives/{id}/packet");
    check(&reader.get(&packet).await, 403, "archives.no_loan");
    let ask = json!({ "do": "ask_loan", "purpose": "查对拨付数额。" });
    let ng = "440000-bgt.ng";
    check(&act(&reader, ng, &id, ask.clone()).await, 200, "");
    check(&act(&reader, ng, &id, ask).await, 409, "archives.loan_open");
    check(
        &act(&reader, ng, &id, json!({ "do": "grant_loan", "loan": 0, "days": 3 })).await,
        403,
        "archives.not_keeper",
    );
    check(
        &act(&clerk, WS, &id, json!({ "do": "grant_loan", "loan": 0, "days": 60 })).await,
        422,
        "archives.days",
    );
    check(
        &act(&clerk, WS, &id, json!({ "do": "grant_loan", "loan": 0, "days": 3 })).await,
        200,
        "",
    );
    let wanted = format!("wanted 申请借阅：{}", "查对拨付数额。");
    assert!(told(&clerk, &id, "").await.contains(&wanted));
    let answer = told(&reader, &id, "").await;
    assert!(answer.iter().any(|one| one.starts_with("answered 准予借阅至")), "{answer:?}");
    let (_, bytes) = reader.fetch(&packet).await;
    assert!(bytes.starts_with(b"PK"));
    reader.fetch(&format!("/api/archives/{id}/files/1")).await;
    assert_eq!(view(&clerk, &id).await["loans"][0]["read"], 2);
    province.clock.advance_ms(4 * 86_400_000);
    let (reader, clerk) = (province.as_person("linlan").await, province.as_person("zhouwen").await);
    check(&reader.get(&packet).await, 403, "archives.no_loan");
    let refused = act(&clerk, WS, &id, json!({ "do": "propose_destruction", "reason": "无用" }));
    check(&refused.await, 409, "archives.permanent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_past_its_term_is_destroyed_by_three_and_leaves_a_record() {
    let province = province().await;
    let document = concluded(&province, "关于放假值班的通知").await;
    let clerk = province.as_person("zhouwen").await;
    ok(&clerk, &document, json!({ "do": "archive", "retention": "ten_years" })).await;
    let keeper = Keeper::new(&province.kit);
    keeper.round().await.unwrap();
    let id = format!("document.{document}");
    let digest = view(&clerk, &id).await["digest"].as_str().unwrap().to_owned();
    let file = province.folder.path().join("blobs").join(&digest[..2]).join(&digest);
    assert!(file.is_file());
    let propose = json!({ "do": "propose_destruction", "reason": "期满，无继续保存价值。" });
    check(&act(&clerk, WS, &id, propose.clone()).await, 409, "archives.term_runs");
    // The term runs to the end of 2036.
    province.clock.advance_ms(11 * 366 * 86_400_000);
    let clerk = province.as_person("zhouwen").await;
    check(&act(&clerk, WS, &id, propose).await, 200, "");
    let register = async |browser: &Browser| browser.get("/api/archives/destructions").await.1;
    let line = register(&clerk).await[0].clone();
    assert_eq!((&line["id"], &line["destroyed_ms"]), (&json!(id), &Value::Null));
    let agree = || json!({ "do": "approve_destruction" });
    check(&act(&clerk, WS, &id, agree()).await, 403, "archives.not_judge");
    let (reviewer, leader) =
        (province.as_person("chenzhuo").await, province.as_person("hejing").await);
    for judge in [&reviewer, &leader] {
        let wanted = "wanted 提请销毁，须两人同意：期满，无继续保存价值。";
        assert_eq!(told(judge, &id, "").await, [wanted]);
    }
    assert!(told(&province.as_person("fanghao").await, &id, "").await.is_empty());
    check(&act(&reviewer, "440000-bgt.hg", &id, agree()).await, 200, "");
    check(&act(&reviewer, "440000-bgt.hg", &id, agree()).await, 409, "archives.same_person");
    check(&act(&leader, "440000-bgt.zr", &id, agree()).await, 200, "");
    assert_eq!(keeper.round().await.unwrap().destroyed, 1);
    assert!(!file.exists());
    let shown = view(&clerk, &id).await;
    assert!(shown["destroyed_ms"].is_i64() && shown["number"].is_string(), "{shown}");
    check(&clerk.get(&format!("/api/archives/{id}/packet")).await, 409, "archives.destroyed");
    assert_eq!(told(&clerk, &id, "").await[0], "answered 两人同意，已经销毁。");
    let line = register(&leader).await[0].clone();
    assert_eq!(line["approved"].as_array().unwrap().len(), 2, "{line}");
    assert!(line["destroyed_ms"].is_i64() && line["reason"] == "期满，无继续保存价值。", "{line}");
    let other = province.as_person("fanghao").await;
    assert_eq!(register(&other).await, json!([]), "another unit's register");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_opened_is_read_by_all_until_it_is_kept_back() {
    let province = province().await;
    let document = concluded(&province, "关于开放档案的通知").await;
    let clerk = province.as_person("zhouwen").await;
    ok(&clerk, &document, json!({ "do": "archive", "retention": "permanent" })).await;
    Keeper::new(&province.kit).round().await.unwrap();
    let id = format!("document.{document}");
    let open = |reason: &str| json!({ "do": "open", "reason": reason });
    let early = act(&clerk, WS, &id, open("")).await;
    check(&early, 422, "archives.open_early");
    assert_eq!(early.1["rule"], "《档案法》第二十七条");
    let reader = province.as_person("linlan").await;
    check(&act(&reader, "440000-bgt.ng", &id, open("科技类")).await, 403, "archives.not_keeper");

    let other = province.as_person("fanghao").await;
    let page = format!("/api/archives/{id}");
    assert_eq!(other.get(&page).await.0, 404);
    check(&act(&clerk, WS, &id, open("属于科技类档案。")).await, 200, "");
    let shown = view(&other, &id).await;
    assert_eq!((&shown["readable"], &shown["opening"]["open"]), (&json!(true), &json!(true)));
    assert_eq!(shown["actions"], json!([]), "nothing need be asked for");
    assert!(!other.fetch(&format!("{page}/files/1")).await.1.is_empty());
    assert_eq!(titles(&other, "only=open").await, [shown["number"].as_str().unwrap()]);
    check(&act(&clerk, WS, &id, open("")).await, 409, "archives.open");

    let back = |reason: &str| json!({ "do": "keep_back", "reason": reason });
    check(&act(&clerk, WS, &id, back(" ")).await, 422, "archives.keep_back");
    check(&act(&clerk, WS, &id, back("涉及重大利益。")).await, 200, "");
    assert_eq!(other.get(&page).await.0, 404);
    assert!(titles(&other, "only=open").await.is_empty());

    // In the twenty-sixth year it is to be opened or kept back; this was decided.
    province.clock.advance_ms(26 * 366 * 86_400_000);
    let clerk = province.as_person("zhouwen").await;
    let number = view(&clerk, &id).await["number"].as_str().unwrap().to_owned();
    assert!(!titles(&clerk, "only=opening").await.contains(&number));
    check(&act(&clerk, WS, &id, open("")).await, 200, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_night_a_packet_that_was_changed_is_found_and_listed() {
    let province = province().await;
    let document = concluded(&province, "关于夜间检测的通知").await;
    let clerk = province.as_person("zhouwen").await;
    ok(&clerk, &document, json!({ "do": "archive", "retention": "permanent" })).await;
    let keeper = Keeper::new(&province.kit);
    keeper.round().await.unwrap();
    let id = format!("document.{document}");
    assert_eq!(keeper.night().await.unwrap().tested, 0, "it was tested when it was filed");
    let digest = view(&clerk, &id).await["digest"].as_str().unwrap().to_owned();
    let file = province.folder.path().join("blobs").join(&digest[..2]).join(&digest);
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    province.clock.advance_ms(200 * 86_400_000);
    let round = keeper.night().await.unwrap();
    assert!(round.tested >= 1);
    assert_eq!(round.failed, 1, "{round:?}");
    let clerk = province.as_person("zhouwen").await;
    assert_eq!(titles(&clerk, "only=failed").await.len(), 1);
    assert_eq!(view(&clerk, &id).await["tests"][0]["passed"], false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_is_handed_to_an_empty_cell_bit_for_bit() {
    let province = province().await;
    let clerk = province.as_person("zhouwen").await;
    for title in ["关于移交甲事的通知", "关于移交乙事的通知"] {
        let document = concluded(&province, title).await;
        ok(&clerk, &document, json!({ "do": "archive", "retention": "permanent" })).await;
    }
    Keeper::new(&province.kit).round().await.unwrap();
    let folder = province.folder.path().join("handed-over");
    let key = province.kit.evidence.verifier_key();
    let unit = ("440000-bgt", 2026);
    // A unit that is mistyped is told, and no empty folder passes for a handover.
    let nothing = ("440000-bgt", 1999);
    let told = handover::export(&province.cell, &key, nothing, &folder).await.unwrap_err();
    assert!(told.to_string().contains("没有归档的件") && !folder.exists(), "{told}");
    let handed = handover::export(&province.cell, &key, unit, &folder).await.unwrap();
    assert!(handed.len() >= 2, "{handed:?}");

    let other = tempfile::tempdir().unwrap();
    let database = other.path().join("cell.sqlite");
    let clock = std::sync::Arc::clone(&province.clock);
    let empty = crate::browser::open(database.to_str().unwrap(), other.path(), clock, 9);
    assert_eq!(handover::import(&empty, &folder).await.unwrap(), handed);
    assert_eq!(handover::import(&empty, &folder).await.unwrap(), handed, "again is the same");
    let rows = empty.store.query("select matter from archive", vec![]).await.unwrap();
    assert_eq!(rows.len(), handed.len());
    for row in rows {
        let [lingnan_journal::Datum::Text(matter)] = row.as_slice() else { panic!("{row:?}") };
        let id = lingnan_journal::MatterId::parse(matter).unwrap();
        let (_, here) = empty.store.load::<lingnan_archives::Archive>(&id).await.unwrap();
        let (_, there) = province.cell.store.load::<lingnan_archives::Archive>(&id).await.unwrap();
        assert_eq!((&here.title, &here.packet), (&there.title, &there.packet));
        assert_eq!((&here.files, &here.tests[0].1), (&there.files, &there.tests[0].1));
        let digest = &here.packet.as_ref().unwrap().digest;
        let path = |root: &std::path::Path| root.join("blobs").join(&digest[..2]).join(digest);
        let bytes = std::fs::read(path(other.path())).unwrap();
        assert_eq!(bytes, std::fs::read(path(province.folder.path())).unwrap());
    }
    // One byte changed on the way is not taken in.
    let packets = std::fs::read_dir(folder.join("packets")).unwrap();
    let first = packets.map(|entry| entry.unwrap().path()).min().unwrap();
    let mut bytes = std::fs::read(&first).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&first, bytes).unwrap();
    let another = tempfile::tempdir().unwrap();
    let database = another.path().join("cell.sqlite");
    let clock = std::sync::Arc::clone(&province.clock);
    let empty = crate::browser::open(database.to_str().unwrap(), another.path(), clock, 10);
    assert!(handover::import(&empty, &folder).await.is_err());
}
