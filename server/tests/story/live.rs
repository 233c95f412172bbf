//! Live news end with the session, however much flows, and do not keep it alive.

use crate::browser::{head, province};
use axum::body::{Body, to_bytes};
use axum::http::Method;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tower::ServiceExt;

/// Longer than the stream waits before it looks at its session, on a busy machine.
const SOON: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_session_hears_no_more_though_news_flow() {
    let province = province().await;
    let (one, two) = (province.as_person("linlan").await, province.as_person("linlan").await);
    let request = one.request(Method::GET, "/api/events").body(Body::empty()).unwrap();
    let response = province.router.clone().oneshot(request).await.unwrap();
    let stop = std::sync::Arc::new(AtomicBool::new(false));
    let stopped = std::sync::Arc::clone(&stop);
    let writer = two.copy();
    let flowing = tokio::spawn(async move {
        while !stopped.load(Ordering::SeqCst) {
            writer.begin(head("关于不断来文的通知"), &["正文。"]).await;
        }
    });
    assert_eq!(one.delete("/api/session").await.0.as_u16(), 204);
    let ended = tokio::time::timeout(SOON, to_bytes(response.into_body(), 64 << 20)).await;
    stop.store(true, Ordering::SeqCst);
    flowing.await.unwrap();
    assert!(ended.is_ok(), "the stream still flows");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_page_does_not_keep_its_session_alive() {
    let province = province().await;
    let browser = province.as_person("linlan").await;
    let request = browser.request(Method::GET, "/api/events").body(Body::empty()).unwrap();
    let response = province.router.clone().oneshot(request).await.unwrap();
    let mut reading = std::pin::pin!(to_bytes(response.into_body(), 64 << 20));
    province.clock.advance_ms(lingnan_auth::IDLE_MS - 60_000);
    let looked = tokio::time::timeout(Duration::from_secs(5), &mut reading).await;
    assert!(looked.is_err(), "the session is still good");
    province.clock.advance_ms(61_000);
    assert!(tokio::time::timeout(SOON, reading).await.is_ok(), "the open page was taken for use");
}
