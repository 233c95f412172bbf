//! The demonstration's people: found, let in, and the same after a restart.

use crate::browser::province;
use lingnan_server::demonstration;
use serde_json::Value;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_cast_is_listed_and_whoever_else_holds_a_post_is_found_and_let_in() {
    let province = province().await;
    let stranger = province.stranger();
    let (_, cast) = stranger.get("/api/demo/people").await;
    assert_eq!(cast.as_array().unwrap().len(), province.kit.demonstration.cast.len());
    let q = "q=%E6%B1%9F%E9%97%A8%E5%B8%82%E8%B4%A2%E6%94%BF%E5%B1%80%20%E6%96%87%E4%B9%A6";
    let (_, found) = stranger.get(&format!("/api/demo/people?{q}")).await;
    let [clerk] = found.as_array().unwrap().as_slice() else { panic!("{found}") };
    assert_eq!((&clerk["unit"], &clerk["post"]), (&"江门市财政局".into(), &"文书".into()));
    let browser = province.as_person(clerk["username"].as_str().unwrap()).await;
    let (_, who) = browser.get("/api/session").await;
    assert_eq!(who["posts"][0]["id"], "440700-czj.ws");
    let (_, many) = stranger.get("/api/demo/people?q=%E6%96%87%E4%B9%A6").await;
    assert_eq!(many.as_array().unwrap().len(), 30);
    let (_, nobody) = stranger.get("/api/demo/people?q=xxxxxx").await;
    assert_eq!(nobody, Value::Array(Vec::new()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_records_nothing_and_leaves_everybody_where_he_was() {
    let province = province().await;
    let staff = &province.kit.demonstration.staff;
    assert!(staff.len() > 700, "{}", staff.len());
    province.kit.with_directory(|directory| {
        for person in staff {
            let seats = &directory.person(&person.id).unwrap().seats;
            assert!(seats.keys().eq(&person.posts), "{}", person.id);
        }
    });
    let acts = province.cell.store.count();
    let again = demonstration::load(&province.cell).await.unwrap();
    assert_eq!(&again.staff, staff);
    assert_eq!(province.cell.store.count(), acts);
}
