//! 公文检索: found by number, title and text by whoever may see it, and by nobody else.

use crate::bad_input::upload;
use crate::browser::{Browser, Province, check, head, open, province, serve, text};
use crate::intake::{letter, printed, register, registration};
use crate::journey::signed;
use lingnan_server::demonstration;
use serde_json::{Value, json};
use std::sync::Arc;

const TITLE: &str = "广东省人民政府办公厅关于做好荔枝保鲜工作的通知";

async fn found(province: &Province, who: &Browser, query: &str) -> Vec<Value> {
    province.cell.search.catch_up().await.unwrap();
    let query = query.replace(' ', "%20");
    let told = who.get(&format!("/api/search?q={query}")).await;
    check(&told, 200, "");
    assert_eq!(told.1["behind"], 0, "{}", told.1);
    told.1["items"].as_array().unwrap().clone()
}

async fn keys(province: &Province, who: &Browser, query: &str) -> Vec<String> {
    let items = found(province, who, query).await;
    items.iter().map(|item| format!("{} {}", item["kind"], item["id"]).replace('"', "")).collect()
}

/// A document that was sent to two cities; its key and its number.
async fn sent(province: &Province) -> (String, String) {
    let id = signed(province, TITLE).await;
    let clerk = province.as_person("zhouwen").await;
    let numbered = clerk.act(&id, json!({ "do": "number" })).await;
    check(&numbered, 200, "");
    check(&clerk.act(&id, json!({ "do": "distribute" })).await, 200, "");
    (id, numbered.1["number"].as_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_is_found_by_number_title_and_text_where_each_may_see_it() {
    let province = province().await;
    let (id, number) = sent(&province).await;
    let clerk = province.as_person("zhouwen").await;
    let own = [format!("document {id}")];
    let plain = number.replace(['〔', '〕'], "");
    for query in [&number, &plain, "荔枝保鲜", "荔枝 通知", "三百万元", "“拨付三百万元”"]
    {
        assert_eq!(keys(&province, &clerk, query).await, own, "{query}");
    }
    for query in ["“三百万元拨付”", "荔枝 龙眼", "荔枝&kind=意见", "荔枝&to=2026-11-24"]
    {
        assert_eq!(keys(&province, &clerk, query).await, [""; 0], "{query}");
    }
    let narrowed = "荔枝&kind=通知&from=2026-11-25&to=2026-11-25";
    assert_eq!(keys(&province, &clerk, narrowed).await, own);
    let items = found(&province, &clerk, "三百万元").await;
    let hits = items[0]["snippet"].as_array().unwrap().iter();
    let hits: Vec<&Value> = hits.filter(|part| part["hit"] == true).collect();
    assert_eq!(hits, [&json!({ "text": "三百万元", "hit": true })]);

    let receiver = province.as_person("huangqi").await;
    let receipt = [format!("incoming {id}.440700000000")];
    for query in [number.as_str(), "荔枝", "三百万元"] {
        assert_eq!(keys(&province, &receiver, query).await, receipt, "{query}");
    }
    check(&receiver.get(&format!("/api/incoming/{id}.440700000000")).await, 200, "");
    let elsewhere = province.as_person("fangjiaming").await;
    province.cell.search.catch_up().await.unwrap();
    let told = elsewhere.get(&format!("/api/search?q={number}")).await;
    assert_eq!(told.1, json!({ "items": [], "behind": 0 }));
    check(&province.stranger().get("/api/search?q=荔枝").await, 401, "");
    check(&province.as_person("xitong").await.get("/api/search?q=荔枝").await, 403, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_looked_for_is_said() {
    let province = province().await;
    let clerk = province.as_person("zhouwen").await;
    check(&clerk.get("/api/search?q=荔枝").await, 503, "");
    province.cell.search.catch_up().await.unwrap();
    let long = "长".repeat(201);
    for (query, code) in [
        ("q=", "empty_field"),
        ("q=，。", "search.nothing"),
        ("q=荔枝&from=去年", "search.day"),
        ("q=荔枝&to=2026-02-30", "search.day"),
        ("q=荔枝&cursor=x", "request.cursor"),
        ("", "request.query"),
        ("q=荔枝&page=2", "request.query"),
        (&format!("q={long}"), "field_too_long"),
    ] {
        check(&clerk.get(&format!("/api/search?{query}")).await, 422, code);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_text_takes_the_place_of_the_old_and_pages_follow_each_other() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于芒果的通知"), &["各市："]).await;
    assert_eq!(keys(&province, &drafter, "芒果").await, [format!("document {id}")]);
    let (new, body) = (head("关于杨桃的通知"), text(&["榕江"]));
    let edit = json!({ "do": "save", "base": 1, "head": new, "body": body });
    check(&drafter.act(&id, edit).await, 200, "");
    assert_eq!(keys(&province, &drafter, "芒果").await, [""; 0]);
    assert_eq!(keys(&province, &drafter, "榕江").await, [format!("document {id}")]);
    assert_eq!(keys(&province, &province.as_person("zhouwen").await, "榕江").await, [""; 0]);

    let mut wanted = Vec::new();
    for number in 0..25 {
        let key = drafter.begin(head(&format!("关于木瓜第{number}期的通知")), &["略。"]).await;
        wanted.push(format!("document {key}"));
    }
    province.cell.search.catch_up().await.unwrap();
    let (_, first) = drafter.get("/api/search?q=木瓜").await;
    let next = first["next"].as_str().unwrap();
    let (_, second) = drafter.get(&format!("/api/search?q=木瓜&cursor={next}")).await;
    assert_eq!(second["next"], Value::Null);
    let all = [&first, &second].map(|page| page["items"].as_array().unwrap());
    assert_eq!((all[0].len(), all[1].len()), (20, 5));
    let mut seen: Vec<String> = all
        .into_iter()
        .flatten()
        .map(|item| format!("document {}", item["id"].as_str().unwrap()))
        .collect();
    seen.sort();
    wanted.sort();
    assert_eq!(seen, wanted, "each once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_index_outlives_the_process_and_is_made_again_when_it_is_gone() {
    let province = province().await;
    let (id, _) = sent(&province).await;
    let folder = Arc::clone(&province.folder);
    let file = folder.path().join("cell.sqlite");
    let clerk = province.as_person("zhouwen").await;
    assert_eq!(keys(&province, &clerk, "荔枝").await, [format!("document {id}")]);
    let clock = Arc::clone(&province.clock);
    drop((clerk, province));
    let index = folder.path().join("search").join("0");
    let written = || std::fs::metadata(index.join("meta.json")).unwrap().modified().unwrap();
    let before = written();
    for (gone, chance) in [(false, 7), (true, 9)] {
        if gone {
            std::fs::remove_dir_all(folder.path().join("search")).unwrap();
        }
        let cell = open(file.to_str().unwrap(), folder.path(), Arc::clone(&clock), chance);
        cell.load_directory().await.unwrap();
        let people = demonstration::load(&cell).await.unwrap();
        let again = serve(cell, people, Arc::clone(&folder), Arc::clone(&clock), chance + 1).await;
        let clerk = again.as_person("zhouwen").await;
        assert_eq!(keys(&again, &clerk, "荔枝").await, [format!("document {id}")]);
        assert_eq!(written() != before, gone, "indexed again only when it was gone");
        drop((clerk, again));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_on_paper_is_found_by_number_title_and_sender() {
    let province = province().await;
    let clerk = province.as_person("huangqi").await;
    let (_, file) = upload(&clerk, "来文.pdf", &printed(&province, &letter()).await).await;
    let post = "440700000000.ws";
    let told = register(&clerk, post, &[&file["digest"]], registration(&letter())).await;
    check(&told, 200, "");
    let key = [format!("incoming {}", told.1["id"].as_str().unwrap())];
    for query in
        ["粤发改能源函(2026)1408号", "光伏发电", "广东省发展和改革委员会 光伏", "光伏&kind=函"]
    {
        assert_eq!(keys(&province, &clerk, query).await, key, "{query}");
    }
    let elsewhere = province.as_person("zhouwen").await;
    assert_eq!(keys(&province, &elsewhere, "光伏发电").await, [""; 0]);
}
