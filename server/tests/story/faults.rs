//! The world fails: a full disk, a database that is gone, files that are too large or cut off.
//! Each gets its sentence, nothing is half done, and afterwards everything works again.

use crate::browser::{self, Browser, NOW, Province, check, head, province};
use crate::two_processes::{database, head_without_others, people, populate};
use axum::body::{Body, Bytes};
use axum::http::Method;
use futures_util::stream;
use lingnan_base::FixedClock;
use lingnan_directory::Demonstration;
use lingnan_store::Statement;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch::{self, Receiver};

/// Acts tried until the disk is full: the pages that are free already hold a few.
const ACTS_MAX: usize = 200;
const MEGABYTE: usize = 1 << 20;
/// How often everything is asked for while the database is gone.
const TRIES: usize = 20;

/// Lets the database grow to so many pages and no further; 1 stands for as many as there are.
async fn limit_pages(province: &Province, pages: u32) {
    let pragma = Statement::new(format!("pragma max_page_count = {pages}"), vec![]);
    // It is in force although it answers with a row, which no statement of ours does.
    let _ = province.cell.store.execute(vec![pragma]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_said_to_be_and_nothing_is_half_done() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    limit_pages(&province, 1).await;
    let mut kept = Vec::new();
    let refused = loop {
        assert!(kept.len() < ACTS_MAX, "the disk never was full");
        let told = drafter.try_begin(head("关于空间的通知"), &[&"长".repeat(2_000)], "").await;
        if told.0 != 200 {
            break told;
        }
        kept.push(told.1["id"].as_str().unwrap().to_owned());
    };
    check(&refused, 507, "fault.full");
    let count = province.cell.store.count();
    check(
        &drafter.try_begin(head("关于空间的通知"), &[&"长".repeat(2_000)], "").await,
        507,
        "fault.full",
    );
    assert_eq!(province.cell.store.size().await.unwrap(), count);
    for id in &kept {
        check(&drafter.get(&format!("/api/documents/{id}")).await, 200, "");
    }
    limit_pages(&province, u32::MAX - 1).await;
    let id = drafter.begin(head("关于空间已经腾出的通知"), &["正文。"]).await;
    check(&drafter.get(&format!("/api/documents/{id}")).await, 200, "");
    assert_eq!(province.cell.store.size().await.unwrap(), count + 1);
}

async fn upload(browser: &Browser, body: Body) -> crate::browser::Told {
    let path = "/api/attachments?name=a.txt";
    browser.send(browser.request(Method::POST, path).body(body).unwrap()).await
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_too_large_or_cut_off_leaves_nothing_behind() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let blobs = province.folder.path().join("blobs");
    let before = files(&blobs);
    let part = |number: usize| {
        let mut bytes = vec![0_u8; MEGABYTE];
        if number == 0 {
            bytes[..8].copy_from_slice(b"%PDF-1.7");
        }
        Bytes::from(bytes)
    };
    let large = stream::iter((0..=200).map(move |number| Ok::<_, std::io::Error>(part(number))));
    check(&upload(&drafter, Body::from_stream(large)).await, 422, "files.too_large");
    assert_eq!(files(&blobs), before);

    let cut = stream::iter((0..5).map(move |number| match number {
        4 => Err(std::io::Error::other("the connection was cut")),
        _ => Ok(part(number)),
    }));
    let told = upload(&drafter, Body::from_stream(cut)).await;
    check(&told, 422, "files.broken");
    assert_eq!(files(&blobs), before);

    let whole = stream::iter((0..3).map(move |number| Ok::<_, std::io::Error>(part(number))));
    check(&upload(&drafter, Body::from_stream(whole)).await, 200, "");
    assert_eq!(files(&blobs).len(), before.len() + 1);
}

/// The upload's note says that nobody attached it: a process was ended between the act and the
/// note, or the same bytes were brought once more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_an_act_attaches_is_not_given_up_though_its_note_is_behind() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于附件的通知"), &["正文。"]).await;
    let told = upload(&drafter, Body::from("attached")).await;
    let digest = told.1["digest"].as_str().unwrap().to_owned();
    check(&drafter.act(&id, json!({ "do": "attach", "digest": digest })).await, 200, "");
    check(&upload(&drafter, Body::from("attached")).await, 200, "");
    check(&upload(&drafter, Body::from("given up")).await, 200, "");
    province.clock.advance_ms(2 * 86_400_000);
    let (store, blobs) = (&province.cell.store, &province.cell.blobs);
    assert_eq!(lingnan_api::uploads::tidy(store, blobs).await.unwrap(), 1);
    let drafter = province.as_person("linlan").await;
    let path = format!("/api/documents/{id}/attachments/{digest}");
    assert_eq!(drafter.get(&path).await.0, 200);
}

/// Passes everything on to the database while it is there; else ends every connection.
async fn gate(target: String, there: Receiver<bool>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let (target, mut there) = (target.clone(), there.clone());
            tokio::spawn(async move {
                if !*there.borrow() {
                    return;
                }
                let mut server = TcpStream::connect(&target).await.unwrap();
                let gone = there.wait_for(|there| !there);
                tokio::select! {
                    _ = gone => {}
                    _ = tokio::io::copy_bidirectional(&mut client, &mut server) => {}
                }
            });
        }
    });
    port
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_gone_is_said_to_be_and_nothing_is_lost_when_it_is_back() {
    let url = database().await;
    let (_, place) = url.split_once('@').unwrap();
    let (target, name) = place.split_once('/').unwrap();
    let (door, there) = watch::channel(true);
    let port = gate(target.to_owned(), there).await;
    let url = format!("postgres://postgres@127.0.0.1:{port}/{name}");
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let clock = Arc::new(FixedClock::new(NOW));
    let cell = browser::open(&url, folder.path(), Arc::clone(&clock), 31);
    cell.load_directory().await.unwrap();
    populate(&cell).await;
    let demonstration = Demonstration { cast: people(), ..Demonstration::default() };
    let province = browser::serve(cell, demonstration, folder, clock, 32).await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head_without_others(), &["正文。"]).await;
    let count = province.cell.store.count();

    door.send(false).unwrap();
    let begin = json!({ "act_id": browser::fresh(), "as_post": "440000-bgt.ng",
        "head": head_without_others(), "body": browser::text(&["正文。"]) });
    for _ in 0..TRIES {
        let told = drafter.post("/api/documents", &begin).await;
        assert!(["fault.unavailable", "fault.unknown"].contains(&code(&told)), "{told:?}");
        assert_eq!(told.0, 503);
        assert_eq!(drafter.get(&format!("/api/documents/{id}")).await.0, 503);
        assert_eq!(drafter.get("/api/health").await.0, 503);
    }
    door.send(true).unwrap();

    // The page sends the same act again, as it was typed.
    let mut told = drafter.post("/api/documents", &begin).await;
    for _ in 0..5 {
        if told.0 == 503 {
            told = drafter.post("/api/documents", &begin).await;
        }
    }
    check(&told, 200, "");
    check(&drafter.get(&format!("/api/documents/{id}")).await, 200, "");
    assert_eq!(province.cell.store.size().await.unwrap(), count + 1);
}

fn code(told: &browser::Told) -> &str {
    told.1["code"].as_str().unwrap_or_default()
}
