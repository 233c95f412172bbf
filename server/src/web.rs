//! Routes and pages: the API under `/api`, the web application for everything else.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::from_fn;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use lingnan_api::{Kit, Problem, no_cross_site, security_headers};
use lingnan_base::Chance;
use lingnan_journal::Refusal;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tower::util::option_layer;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// Largest JSON body: a text of the greatest length, in UTF-8, with its marks.
const BODY_BYTES_MAX: usize = 8 * 1024 * 1024;

#[derive(OpenApi)]
#[openapi(info(
    title = "Lingnan 岭南",
    description = "Every act of government is an entry in a verifiable journal.",
    license(name = "Apache-2.0", identifier = "Apache-2.0")
))]
struct Description;

fn api() -> OpenApiRouter<Kit> {
    OpenApiRouter::with_openapi(Description::openapi()).nest(
        "/api",
        lingnan_api::routes::kernel()
            .merge(lingnan_documents::routes())
            .merge(lingnan_workflow::routes())
            .merge(lingnan_archives::routes()),
    )
}

/// The OpenAPI document.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    api().split_for_parts().1
}

/// Everything that is served.
///
/// # Errors
/// When the web application's page cannot be read.
pub fn router(kit: Kit, pages: &Path) -> std::io::Result<Router> {
    let (api, _) = api().split_for_parts();
    let index = std::fs::read_to_string(pages.join("index.html")).unwrap_or_else(|_| {
        "<!doctype html><meta charset=utf-8><title>岭南</title><p>网页尚未构建。</p>".to_owned()
    });
    let chance = Arc::new(Mutex::new(kit.accounts.chance()));
    let page = Page { index: index.into(), chance };
    let strict_transport = kit.origin.starts_with("https://").then(|| {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        SetResponseHeaderLayer::overriding(header::STRICT_TRANSPORT_SECURITY, year)
    });
    let unknown = get(|| async { Problem::from(Refusal::missing()) });
    let pages = Router::new()
        .nest_service("/assets", ServeDir::new(pages.join("assets")))
        .nest_service("/icons", ServeDir::new(pages.join("icons")))
        .route_service(
            "/manifest.webmanifest",
            tower_http::services::ServeFile::new(pages.join("manifest.webmanifest")),
        )
        .fallback(index_page)
        .with_state(page);
    Ok(api
        .route("/api/{*rest}", unknown)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(kit)
        .merge(pages)
        .layer(from_fn(no_cross_site))
        .layer(from_fn(security_headers))
        .layer(option_layer(strict_transport))
        .layer(CompressionLayer::new()))
}

#[derive(Clone)]
struct Page {
    index: Arc<str>,
    chance: Arc<Mutex<Chance>>,
}

async fn index_page(State(page): State<Page>, request: Request) -> Response {
    if request.uri().path().contains('.') {
        return StatusCode::NOT_FOUND.into_response();
    }
    let bytes = page.chance.lock().unwrap_or_else(PoisonError::into_inner).bytes();
    let nonce = hex::encode(bytes);
    let policy = format!(
        "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; \
         style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; \
         media-src 'self' blob:; \
         connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    );
    let mut response = Html(page.index.replace("__CSP_NONCE__", &nonce)).into_response();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
