//! The first run: whoever reads the output of the server makes the three administrators, and nobody
//! else does.

use crate::browser::{Browser, Province, Told, check, province, serve};
use lingnan_directory::Demonstration;
use serde_json::{Value, json};

const HOUR_MS: i64 = 3_600_000;

/// The province as it is imported, without anybody's account.
async fn unmanned() -> (Province, String) {
    let Province { cell, clock, folder, .. } = province().await;
    let province = serve(cell, Demonstration::default(), folder, clock, 41).await;
    let token = province.kit.setup_token.as_deref().unwrap().to_owned();
    (province, token)
}

fn administrator(username: &str) -> Value {
    json!({ "username": username, "name": "关山", "password": "kapok river dim sum" })
}

async fn try_setup(browser: &Browser, token: &str) -> Told {
    let body = json!({ "token": token, "system": administrator("guanyi"),
        "security": administrator("guaner"), "audit": administrator("guansan") });
    browser.post("/api/setup", &body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_token_is_said_to_be_wrong_until_there_are_administrators() {
    let (province, token) = unmanned().await;
    let stranger = province.stranger();
    let (_, state) = stranger.get("/api/setup").await;
    assert_eq!((&state["needed"], &state["imported"]), (&json!(true), &json!(true)));
    let told = try_setup(&stranger, "another").await;
    check(&told, 403, "auth.setup_token");
    assert!(told.1["next"].as_str().unwrap().contains("服务器启动时的输出"));
    check(&try_setup(&stranger, &format!(" {token}\n")).await, 204, "");
    for token in [token.as_str(), "another"] {
        check(&try_setup(&stranger, token).await, 404, "missing");
    }
    assert_eq!(stranger.get("/api/setup").await.1["needed"], false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_token_cannot_be_guessed() {
    let (province, token) = unmanned().await;
    let stranger = province.stranger();
    for number in 0..5 {
        let told = try_setup(&stranger, &format!("guess {number}")).await;
        check(&told, 403, "auth.setup_token");
    }
    check(&try_setup(&stranger, &token).await, 403, "auth.throttled");
    province.clock.advance_ms(HOUR_MS);
    check(&try_setup(&stranger, &token).await, 204, "");
}
