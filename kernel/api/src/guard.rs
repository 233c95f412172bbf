//! What stands before every handler: no cross-site acts, strict headers.

use crate::Problem;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use lingnan_journal::{Kind, Refusal};

/// Refuses acts that another site's page asks for: by Fetch Metadata where the browser sends it,
/// by Origin where it does not. A program sends neither and carries no ambient cookie.
pub async fn no_cross_site(request: Request, next: Next) -> Response {
    let reading = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reading || is_same_site(&request) {
        return next.run(request).await;
    }
    let refusal = Refusal::new(Kind::Forbidden, "auth.cross_site", "不接受其他网站发起的办理。")
        .with_next("请在本平台页面内操作。");
    Problem::with_status(StatusCode::FORBIDDEN, refusal).into_response()
}

fn is_same_site(request: &Request) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = header("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (header("origin"), header("host")) {
        (None, _) => true,
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, authority)| authority == host)
        }
        (Some(_), None) => false,
    }
}

/// Headers of every response; the page's own policy, with its nonce, is set where it is served.
pub async fn security_headers(request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let permissions = "camera=(), microphone=(self), geolocation=(), payment=()";
    headers.insert("permissions-policy", HeaderValue::from_static(permissions));
    let opener = HeaderValue::from_static("same-origin");
    headers.insert("cross-origin-opener-policy", opener.clone());
    headers.insert("cross-origin-resource-policy", opener);
    if is_api {
        // A page of a file says itself how it may be kept and what may be in it.
        let nothing = "default-src 'none'; frame-ancestors 'none'";
        for (name, value) in
            [(header::CACHE_CONTROL, "no-store"), (header::CONTENT_SECURITY_POLICY, nothing)]
        {
            headers.entry(name).or_insert(HeaderValue::from_static(value));
        }
    }
    response
}
