//! A browser in miniature: a session cookie, JSON in and out.

use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::MockConnectInfo;
use axum::http::{Method, Request, StatusCode, header};
use lingnan_base::{Chance, FixedClock, Timestamp};
use lingnan_directory::Demonstration;
use lingnan_server::{cell, demonstration, import, web};
use lingnan_store::{NoFailPoints, Rebuild};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tower::ServiceExt;

/// Wednesday 2026-11-25, 10:00 in China.
pub(crate) const NOW: Timestamp = Timestamp(1_795_572_000_000);

/// A running cell with the demonstration's people.
pub(crate) struct Province {
    pub(crate) router: Router,
    pub(crate) cell: cell::Cell,
    pub(crate) kit: lingnan_api::Kit,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) folder: Arc<tempfile::TempDir>,
}

struct Place<'a>(&'a Path);

impl cell::Naming for Place<'_> {
    fn data(&self) -> &Path {
        self.0
    }

    fn cell(&self) -> &str {
        "gd"
    }

    fn origin(&self) -> String {
        "http://localhost:8640".to_owned()
    }

    fn press(&self) -> lingnan_api::Program {
        own_program(["gongwen", "press"])
    }

    fn viewer(&self) -> lingnan_api::Program {
        own_program(["ofd", "view"])
    }

    fn scanner(&self) -> lingnan_api::Program {
        own_program(["ocr", "serve"])
    }
}

fn own_program(task: [&str; 2]) -> lingnan_api::Program {
    let fonts = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/fonts");
    let arguments = task.into_iter().chain(["--fonts", fonts]).map(str::to_owned).collect();
    lingnan_api::Program { path: env!("CARGO_BIN_EXE_lingnan").into(), arguments }
}

/// Opens a province of its own for a test: a copy of one that this very binary made before. Tests
/// that begin while it is being made wait for it: two that make it at once take twice as long.
pub(crate) async fn province() -> Province {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let file = folder.path().join("cell.sqlite");
    let template = template();
    let making = std::fs::File::create(template.with_extension("lock")).unwrap();
    making.lock().unwrap();
    if template.exists() {
        making.unlock().unwrap();
    }
    let made = template.exists();
    if made {
        std::fs::copy(&template, &file).unwrap();
    }
    let clock = Arc::new(FixedClock::new(NOW));
    let cell = open(file.to_str().unwrap(), folder.path(), Arc::clone(&clock), 1);
    cell.load_directory().await.unwrap();
    if !made {
        import::guangdong(&cell.store).await.unwrap();
    }
    let people = demonstration::load(&cell).await.unwrap();
    if !made {
        keep(&file, &template);
    }
    serve(cell, people, folder, clock, 2).await
}

/// Opens a cell; each process of a cell has a chance of its own.
pub(crate) fn open(url: &str, data: &Path, clock: Arc<FixedClock>, chance: u64) -> cell::Cell {
    let opening = cell::Opening {
        url: url.to_owned(),
        cell: "gd".to_owned(),
        data: data.to_owned(),
        clock,
        chance: Chance::from_number(chance),
        fail_point: Arc::new(NoFailPoints),
        rebuild: Rebuild::Stale,
    };
    cell::open(opening).unwrap()
}

/// Serves an open cell to browsers.
pub(crate) async fn serve(
    cell: cell::Cell,
    people: Demonstration,
    folder: Arc<tempfile::TempDir>,
    clock: Arc<FixedClock>,
    chance: u64,
) -> Province {
    let mut chance = Chance::from_number(chance);
    let kit = cell.kit(&Place(folder.path()), people, [3; 32], &mut chance).await.unwrap();
    let router = web::router(kit.clone(), Path::new("no-pages")).unwrap();
    let address = SocketAddr::from(([127, 0, 0, 1], 4_000));
    let router = router.layer(MockConnectInfo(address));
    Province { router, cell, kit, clock, folder }
}

/// Where this binary's template lies; another build has another.
fn template() -> std::path::PathBuf {
    let exe = std::env::current_exe().unwrap();
    let built = exe.metadata().unwrap().modified().unwrap();
    let age = built.duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("province-{age}.sqlite"))
}

/// Keeps a finished copy; whoever is first wins, the others' copies are the same.
fn keep(file: &Path, template: &Path) {
    let part = template.with_extension(format!("{}.part", std::process::id()));
    let connection = rusqlite::Connection::open(file).unwrap();
    connection.execute("vacuum into ?1", [part.to_str().unwrap()]).unwrap();
    std::fs::rename(&part, template).unwrap();
}

/// A status with the JSON that came with it.
pub(crate) type Told = (StatusCode, Value);

/// Someone's browser.
pub(crate) struct Browser {
    router: Router,
    cookie: String,
    posts: Vec<String>,
}

impl Province {
    /// A browser in which nobody is signed in.
    pub(crate) fn stranger(&self) -> Browser {
        Browser { router: self.router.clone(), cookie: String::new(), posts: Vec::new() }
    }

    /// A browser in which a person of the demonstration is signed in.
    pub(crate) async fn as_person(&self, username: &str) -> Browser {
        let mut browser = self.stranger();
        browser.sign_in(&json!({ "username": username }), "/api/demo/session").await;
        let (_, who) = browser.get("/api/session").await;
        let posts = who["posts"].as_array().unwrap().iter();
        browser.posts = posts.map(|post| post["id"].as_str().unwrap().to_owned()).collect();
        browser
    }
}

impl Browser {
    /// Asks for something that gives a new session, and keeps its cookie.
    pub(crate) async fn sign_in(&mut self, body: &Value, path: &str) {
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path} {body}");
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        self.cookie = cookie.split(';').next().unwrap().to_owned();
    }

    /// Another browser with the same cookie.
    pub(crate) fn copy(&self) -> Self {
        let (router, cookie) = (self.router.clone(), self.cookie.clone());
        Self { router, cookie, posts: self.posts.clone() }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Told {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 64 << 20).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// Downloads a file.
    pub(crate) async fn fetch(&self, path: &str) -> (axum::http::HeaderMap, Vec<u8>) {
        let request = self.request(Method::GET, path).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let headers = response.headers().clone();
        let bytes = axum::body::to_bytes(response.into_body(), 64 << 20).await.unwrap();
        (headers, bytes.to_vec())
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        Request::builder().method(method).uri(path).header(header::COOKIE, &self.cookie)
    }

    pub(crate) async fn get(&self, path: &str) -> Told {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    /// The body of an answer that is no JSON.
    pub(crate) async fn get_text(&self, path: &str) -> String {
        let request = self.request(Method::GET, path).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let bytes = axum::body::to_bytes(response.into_body(), 64 << 20).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    pub(crate) async fn delete(&self, path: &str) -> Told {
        self.send(self.request(Method::DELETE, path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Told {
        self.post_text(path, body.to_string().into_bytes()).await
    }

    pub(crate) async fn post_text(&self, path: &str, body: Vec<u8>) -> Told {
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// An act on a document from this person's first post.
    pub(crate) async fn act(&self, id: &str, request: Value) -> Told {
        let kind = if id.contains('.') { "incoming" } else { "documents" };
        let seen = self.get(&format!("/api/{kind}/{id}")).await.1["version"].as_u64();
        self.act_seen(id, seen, request).await
    }

    pub(crate) async fn act_seen(&self, id: &str, seen: Option<u64>, request: Value) -> Told {
        let kind = if id.contains('.') { "incoming" } else { "documents" };
        let unit = id.split_once('.').map_or("-", |(_, unit)| unit);
        let post = self.posts.iter().find(|post| post.starts_with(unit));
        let body = json!({
            "act_id": fresh(), "as_post": post.unwrap_or(&self.posts[0]), "seen": seen,
            "request": request
        });
        self.post(&format!("/api/{kind}/{id}/acts"), &body).await
    }

    /// Begins a document; gives its key.
    pub(crate) async fn begin(&self, head: Value, lines: &[&str]) -> String {
        let (status, told) = self.try_begin(head, lines, "").await;
        assert_eq!(status, StatusCode::OK, "{told}");
        told["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn try_begin(&self, head: Value, lines: &[&str], secrecy: &str) -> Told {
        let body = json!({
            "act_id": fresh(), "as_post": self.posts[0], "head": head, "body": text(lines),
            "secrecy": secrecy
        });
        self.post("/api/documents", &body).await
    }
}

/// An act id no other act has.
pub(crate) fn fresh() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("test-{}", NUMBER.fetch_add(1, Ordering::SeqCst))
}

/// A text of paragraphs, as the editor writes it.
pub(crate) fn text(lines: &[&str]) -> Value {
    let paragraph =
        |line: &&str| json!({ "type": "paragraph", "content": [{ "type": "text", "text": line }] });
    json!({ "type": "doc", "content": lines.iter().map(paragraph).collect::<Vec<_>>() })
}

/// 同意 at a step; 核稿 and 拟办 say that every item of their lists was checked.
pub(crate) fn approve(node: &str) -> Value {
    let mut request = json!({ "do": "approve", "node": node, "opinion": "同意。" });
    if node == "edit_check" {
        let items = json!(["grounds", "content", "consultation", "form", "rest"]);
        request["declarations"] = json!([{ "rule": "20", "items": items }]);
    }
    if node == "propose" {
        request["checked"] = FIRST_CHECK.into();
    }
    request
}

/// 初审: all items.
pub(crate) const FIRST_CHECK: [&str; 5] =
    ["competence", "route", "form", "consultation", "drafting"];

/// A head that may be submitted; a title that begins with 关于 gets its issuer.
pub(crate) fn head(title: &str) -> Value {
    let issuer = if title.starts_with("关于") { "广东省人民政府办公厅" } else { "" };
    json!({
        "title": format!("{issuer}{title}"),
        "openness": "active",
        "document_type": "notice",
        "recipients": ["440700000000", "440100000000"],
        "copies": ["440000-03"],
        "countersign": ["440000-11"],
        "signer": "440000-bgt.zr"
    })
}

/// Asserts a status and, for problems, a code.
#[track_caller]
pub(crate) fn check(told: &Told, status: u16, code: &str) {
    assert_eq!(told.0.as_u16(), status, "{}", told.1);
    if !code.is_empty() {
        assert_eq!(told.1["code"], code, "{}", told.1);
        assert!(told.1["title"].as_str().is_some_and(|title| title.ends_with('。')));
    }
}
