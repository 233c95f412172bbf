//! Nobody gets in who should not, and nobody learns what he should not.

use crate::browser::{approve, check, fresh, head, province};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::json;

/// Operations that a stranger may use. How far journal, log and followers are is three counts for
/// whoever watches over the machine and has no account. The last two are an outsider's view of the
/// log: signed heads and hashes, which say nothing about any act and which the cell must be unable
/// to show differently to different people.
const OPEN: [(&str, &str); 9] = [
    ("post", "/api/session/second-factor"),
    ("post", "/api/session"),
    ("get", "/api/setup"),
    ("post", "/api/setup"),
    ("get", "/api/demo/people"),
    ("post", "/api/demo/session"),
    ("get", "/api/health"),
    ("get", "/api/checkpoint"),
    ("get", "/api/consistency"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_refuses_a_stranger() {
    let province = province().await;
    let stranger = province.stranger();
    let api = serde_json::to_value(lingnan_server::web::openapi()).unwrap();
    let mut tried = 0;
    for (path, operations) in api["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            if OPEN.contains(&(method.as_str(), path.as_str())) {
                continue;
            }
            let target = path.replace("{id}", "x").replace("{seq}", "0").replace("{unit}", "x");
            let target =
                target.replace("{number}", "1").replace("{digest}", "00").replace("{person}", "x");
            let method: Method = method.to_uppercase().parse().unwrap();
            let request = stranger.request(method.clone(), &target);
            let request = request.header("content-type", "application/json");
            let (status, told) = stranger.send(request.body(Body::from("{}")).unwrap()).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{method} {path}: {told}");
            tried += 1;
        }
    }
    assert!(tried >= 20, "only {tried} operations were tried");
    // The live news is a stream and stands outside the description.
    check(&stranger.get("/api/events").await, 401, "auth.signed_out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_units_document_answers_exactly_as_a_missing_one() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于保密工作的通知"), &["正文。"]).await;
    let other = province.as_person("fanghao").await;
    for path in [
        "",
        "/receipts",
        "/versions/1",
        "/compare?from=1&to=1",
        "/attachments/00",
        "/attachments/00/pages",
        "/print/pages",
        "/print/pages/1",
        "/word",
    ] {
        let real = other.get(&format!("/api/documents/{id}{path}")).await;
        let missing = other.get(&format!("/api/documents/nothing{path}")).await;
        assert_eq!(real, missing, "{path}");
        assert_eq!(real.0, StatusCode::NOT_FOUND);
    }
    for path in ["/api/incoming/{}", "/api/incoming/{}/x", "/api/numbers/{}"] {
        let real = other.get(&path.replace("{}", "440000-bgt")).await;
        assert_eq!(real, other.get(&path.replace("{}", "nothing")).await, "{path}");
        assert_eq!(real.0, StatusCode::NOT_FOUND);
    }
    let real = other.act(&id, json!({ "do": "submit" })).await;
    let missing = other.act("nothing", json!({ "do": "submit" })).await;
    assert_eq!(real, missing);
    let (_, found) = other.get("/api/inbox?box=todo&q=保密工作").await;
    assert_eq!(found["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_three_administrators_see_no_business_and_do_not_do_each_others_work() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let id = drafter.begin(head("关于三员分立的通知"), &["正文。"]).await;
    let book = json!({ "act_id": fresh(), "as_post": "440000-zsj.xt", "key": "440000-04.1",
                       "unit": "440000-04", "code": "粤教办" });
    for admin in ["xitong", "anquan", "shenji"] {
        let browser = province.as_person(admin).await;
        check(&browser.get(&format!("/api/documents/{id}")).await, 404, "missing");
        let journal = browser.get("/api/journal").await;
        check(&journal, if admin == "shenji" { 200 } else { 403 }, "");
        assert!(!journal.1.to_string().contains("三员分立"), "the envelope says no business");
        let opened = browser.post("/api/number-books", &book).await;
        check(&opened, if admin == "xitong" { 200 } else { 403 }, "");
    }
    check(&drafter.get("/api/journal").await, 403, "auth.forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_that_is_not_ones_own_cannot_be_used() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    let body = json!({ "act_id": fresh(), "as_post": "440000-bgt.zr", "head": head("冒用"),
                       "body": { "type": "doc", "content": [] } });
    check(&drafter.post("/api/documents", &body).await, 403, "not_your_post");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stand_in_acts_for_another_and_the_act_says_so() {
    let province = province().await;
    let (drafter, deputy) =
        (province.as_person("linlan").await, province.as_person("chenzhuo").await);
    let head_of_office = province.as_person("hejing").await;
    let week = province.cell.store.now().0 + 7 * 86_400_000;
    let grant = json!({ "act_id": fresh(), "as_post": "440000-bgt.zr",
                        "to_post": "440000-bgt.hg", "ends_ms": week });
    check(&head_of_office.post("/api/session/delegations", &grant).await, 200, "");
    let mut head = head("关于代签的通知");
    head["countersign"] = json!([]);
    let id = drafter.begin(head, &["正文。"]).await;
    check(&drafter.act(&id, json!({ "do": "submit" })).await, 200, "");
    check(&deputy.act(&id, approve("edit_check")).await, 200, "");
    let (_, view) = deputy.get(&format!("/api/documents/{id}")).await;
    let body = json!({ "act_id": fresh(), "as_post": "440000-bgt.zr", "seen": view["version"],
                       "request": approve("sign_off") });
    check(&deputy.post(&format!("/api/documents/{id}/acts"), &body).await, 200, "");
    let (_, view) = drafter.get(&format!("/api/documents/{id}")).await;
    let signed = view["opinions"].as_array().unwrap().iter().find(|o| o["step"] == "签发");
    assert_eq!(signed.unwrap()["person"], "陈卓 代 何靖");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_security_administrator_gives_accounts_and_ends_sessions() {
    let province = province().await;
    let security = province.as_person("anquan").await;
    let give = |person: &str, password: &str| {
        let as_post = "440000-zsj.aq";
        json!({ "as_post": as_post, "person": person, "password": password })
    };
    let weak = security.post("/api/accounts", &give("linlan", "123456")).await;
    check(&weak, 422, "auth.weak_password");
    let nobody = security.post("/api/accounts", &give("nobody", "kapok river dim sum")).await;
    check(&nobody, 404, "missing");
    let drafter = province.as_person("linlan").await;
    let given = security.post("/api/accounts", &give("linlan", "kapok river dim sum")).await;
    check(&given, 204, "");
    check(&drafter.get("/api/session").await, 401, "auth.signed_out");
    let by_name = json!({ "username": "linlan", "password": "kapok river dim sum" });
    check(&province.stranger().post("/api/session", &by_name).await, 200, "");
    let clerk = province.as_person("zhouwen").await;
    check(&clerk.delete("/api/accounts/linlan/sessions").await, 403, "auth.forbidden");
    check(&security.delete("/api/accounts/zhouwen/sessions").await, 204, "");
    check(&clerk.get("/api/session").await, 401, "auth.signed_out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_system_administrator_moves_people_and_units_and_nobody_else_does() {
    let province = province().await;
    let admin = province.as_person("xitong").await;
    let manage = |request: serde_json::Value| {
        let as_post = "440000-zsj.xt";
        json!({ "act_id": fresh(), "as_post": as_post, "request": request })
    };
    let appoint = json!({ "do": "appoint", "person": "linlan", "name": "林岚",
                          "post": "440000-11.ng", "acting": true });
    check(&admin.post("/api/directory/acts", &manage(appoint.clone())).await, 200, "");
    let (_, who) = province.as_person("linlan").await.get("/api/session").await;
    assert_eq!(who["posts"].as_array().unwrap().len(), 2);
    let merge = json!({ "do": "merge", "unit": "440000-29", "into": "440000-11", "basis": " " });
    check(&admin.post("/api/directory/acts", &manage(merge)).await, 422, "directory.no_basis");
    let twice = json!({ "do": "appoint", "person": "xitong", "name": "石磊",
                        "post": "440000-zsj.sj", "acting": false });
    check(&admin.post("/api/directory/acts", &manage(twice)).await, 422, "directory.three_admins");
    let drafter = province.as_person("fanghao").await;
    let body = json!({ "act_id": fresh(), "as_post": "440000-11.ng", "request": appoint });
    check(&drafter.post("/api/directory/acts", &body).await, 403, "auth.forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_who_has_left_is_told_so_and_can_do_nothing() {
    let province = province().await;
    let admin = province.as_person("xitong").await;
    let (one, two) = (province.as_person("linlan").await, province.as_person("zhouwen").await);
    let leave = |person: &str| {
        let request = json!({ "do": "leave", "person": person });
        json!({ "act_id": fresh(), "as_post": "440000-zsj.xt", "request": request })
    };
    check(&admin.post("/api/directory/acts", &leave("linlan")).await, 200, "");
    check(&one.get("/api/session").await, 401, "auth.signed_out");
    // However the leaving came about: a session that lives on is no use.
    let person = lingnan_base::PersonId::parse("zhouwen").unwrap();
    let act = lingnan_journal::ActId::parse(&fresh()).unwrap();
    let by = lingnan_journal::Actor::system("test");
    let left = lingnan_directory::Leave { person };
    province.cell.store.submit(act, by, left).await.unwrap();
    check(&two.get("/api/inbox?box=todo").await, 401, "auth.left");
    let again = json!({ "username": "zhouwen" });
    check(&province.stranger().post("/api/demo/session", &again).await, 403, "auth.left");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn power_over_an_account_asks_for_a_fresh_proof_of_who_one_is() {
    let province = province().await;
    let mut person = province.as_person("linlan").await;
    check(&person.post("/api/passkeys/challenge", &json!({})).await, 200, "");
    province.clock.advance_ms(lingnan_auth::PROVED_MS + 1);
    check(&person.post("/api/passkeys/challenge", &json!({})).await, 403, "auth.step_up");
    check(&person.delete("/api/passkeys/x").await, 403, "auth.step_up");
    let before = person.copy();
    person.sign_in(&json!({ "username": "linlan" }), "/api/demo/session").await;
    check(&person.post("/api/passkeys/challenge", &json!({})).await, 200, "");
    check(&before.get("/api/session").await, 401, "auth.signed_out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_password_ends_the_other_sessions_and_renews_this_one() {
    let province = province().await;
    let security = province.as_person("anquan").await;
    let give = json!({ "as_post": "440000-zsj.aq", "person": "linlan",
                       "password": "kapok river dim sum" });
    check(&security.post("/api/accounts", &give).await, 204, "");
    let (mut one, two) = (province.as_person("linlan").await, province.as_person("linlan").await);
    let before = one.copy();
    let change = json!({ "old": "kapok river dim sum", "new": "lychee ferry old town" });
    one.sign_in(&change, "/api/session/password").await;
    check(&one.get("/api/session").await, 200, "");
    check(&two.get("/api/session").await, 401, "auth.signed_out");
    check(&before.get("/api/session").await, 401, "auth.signed_out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_guesses_at_once_are_no_more_than_many_in_turn() {
    let province = province().await;
    let tries = (0..24).map(|n| {
        let stranger = province.stranger();
        let body = json!({ "username": "linlan", "password": format!("wrong wrong {n}") });
        async move { stranger.post("/api/session", &body).await.1["code"].clone() }
    });
    let told = futures_util::future::join_all(tries).await;
    let tried = told.iter().filter(|code| *code == "auth.not_signed_in").count();
    assert_eq!(tried, 5, "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_delegation_can_be_repeated_seen_and_taken_back() {
    let province = province().await;
    let person = province.as_person("hejing").await;
    let week = province.cell.store.now().0 + 7 * 86_400_000;
    let grant = json!({ "act_id": fresh(), "as_post": "440000-bgt.zr",
                        "to_post": "440000-bgt.hg", "ends_ms": week });
    let first = person.post("/api/session/delegations", &grant).await;
    province.clock.advance_ms(1_000);
    assert_eq!(person.post("/api/session/delegations", &grant).await, first);
    let (_, own) = person.get("/api/session/delegations").await;
    assert_eq!(own[0]["to_name"], "省政府办公厅 综合科科长 陈卓");
    let end = json!({ "act_id": fresh(), "as_post": "440000-bgt.zr" });
    let request = person.request(Method::DELETE, "/api/session/delegations");
    let request = request.header("content-type", "application/json");
    let ended = person.send(request.body(Body::from(end.to_string())).unwrap()).await;
    check(&ended, 200, "");
    assert_eq!(person.get("/api/session/delegations").await.1, json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_end_when_idle_when_signed_out_and_when_killed() {
    let province = province().await;
    let (one, two) = (province.as_person("linlan").await, province.as_person("linlan").await);
    let (_, sessions) = one.get("/api/sessions").await;
    let other = sessions.as_array().unwrap().iter().find(|s| s["current"] == false).unwrap();
    let path = format!("/api/sessions/{}", other["id"].as_str().unwrap());
    let stranger = province.as_person("zhouwen").await;
    check(&stranger.delete(&path).await, 404, "missing");
    check(&one.delete(&path).await, 204, "");
    check(&two.get("/api/session").await, 401, "auth.signed_out");
    check(&one.delete("/api/session").await, 204, "");
    check(&one.get("/api/session").await, 401, "auth.signed_out");
    province.clock.advance_ms(lingnan_auth::IDLE_MS + 1);
    check(&stranger.get("/api/session").await, 401, "auth.signed_out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_name_and_a_wrong_password_are_answered_alike_and_slowed_down() {
    let province = province().await;
    let person = lingnan_base::PersonId::parse("linlan").unwrap();
    let by = lingnan_journal::Actor::system("test");
    let password = "kapok river dim sum";
    province.kit.accounts.set_password(by, &person, password).await.unwrap();
    let stranger = province.stranger();
    let attempt = |name: &str, password: &str| json!({ "username": name, "password": password });
    let known = stranger.post("/api/session", &attempt("linlan", "wrong wrong wrong")).await;
    let unknown = stranger.post("/api/session", &attempt("nobody", "wrong wrong wrong")).await;
    assert_eq!(known, unknown);
    check(&known, 403, "auth.not_signed_in");
    for _ in 0..4 {
        stranger.post("/api/session", &attempt("linlan", "wrong wrong wrong")).await;
    }
    let slowed = stranger.post("/api/session", &attempt("linlan", password)).await;
    check(&slowed, 403, "auth.throttled");
    province.clock.advance_ms(3_600_000);
    check(&stranger.post("/api/session", &attempt("linlan", password)).await, 200, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_sites_page_cannot_act_in_ones_name() {
    let province = province().await;
    let drafter = province.as_person("linlan").await;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let request = drafter
            .request(Method::POST, "/api/documents")
            .header("host", "127.0.0.1:8640")
            .header(name, value)
            .header("content-type", "application/json");
        let told = drafter.send(request.body(Body::from("{}")).unwrap()).await;
        check(&told, 403, "auth.cross_site");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_carry_a_strict_policy_and_a_fresh_nonce() {
    use tower::ServiceExt;
    let province = province().await;
    let get = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    let policy = |response: &axum::response::Response| {
        response.headers()["content-security-policy"].to_str().unwrap().to_owned()
    };
    let one = province.router.clone().oneshot(get("/inbox")).await.unwrap();
    let two = province.router.clone().oneshot(get("/inbox")).await.unwrap();
    assert!(policy(&one).contains("script-src 'self';"));
    assert!(policy(&one).contains("frame-ancestors 'none'"));
    assert_ne!(policy(&one), policy(&two));
    let api = province.router.clone().oneshot(get("/api/setup")).await.unwrap();
    assert_eq!(api.headers()["cache-control"], "no-store");
    assert_eq!(api.headers()["x-content-type-options"], "nosniff");
}
