//! Signing in and out, the first run, one's own sessions.

use crate::capacity::{cookie, has_left, left, own_actor};
use crate::kit::{Kit, SESSION_COOKIE};
use crate::{Client, JsonBody, Problem, ProblemBody, Segment, SignedIn};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use lingnan_auth::{ABSOLUTE_MS, Action, SignIn};
use lingnan_base::PersonId;
use lingnan_directory::{Appoint, duty};
use lingnan_journal::{ActId, Actor, Fault, Kind, Refusal, Stop};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A name and a password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    /// The name one signs in with.
    username: String,
    /// The password.
    password: String,
}

/// A capacity in which one may act.
#[derive(Serialize, ToSchema)]
pub(crate) struct PostView {
    /// The post.
    id: String,
    /// Its title.
    title: String,
    /// Its unit.
    unit_id: String,
    /// The unit's short name.
    unit_name: String,
    /// Its duties.
    duties: Vec<String>,
    /// Whose post it is, when one stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    for_person: Option<String>,
}

/// A second factor is asked for.
#[derive(Serialize, ToSchema)]
pub(crate) struct SecondFactor {
    /// To be brought back with the answer.
    ticket: String,
    /// Options for `navigator.credentials.get`.
    options: serde_json::Value,
}

/// Who is signed in.
#[derive(Serialize, ToSchema)]
pub(crate) struct Who {
    /// The person's id.
    person: String,
    /// His name.
    name: String,
    /// In what capacities he may act.
    posts: Vec<PostView>,
    /// The cell's name.
    cell: String,
    /// Whether this is the demonstration.
    demonstration: bool,
}

/// Whether the cell waits for its first accounts.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupState {
    /// Whether it does.
    needed: bool,
    /// Whether the units and posts have been imported: without them nobody can be seated.
    imported: bool,
    /// Whether this is the demonstration.
    demonstration: bool,
}

/// One administrator of the first run.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAdministrator {
    /// The name he will sign in with.
    username: String,
    /// His name.
    name: String,
    /// His password.
    password: String,
}

/// The first run: three administrators, three people.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Setup {
    /// The token that the server printed when it started.
    token: String,
    /// 系统管理员
    system: NewAdministrator,
    /// 安全管理员
    security: NewAdministrator,
    /// 审计管理员
    audit: NewAdministrator,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPassword {
    /// The present one.
    old: String,
    /// The new one.
    new: String,
}

/// One of one's sessions.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionView {
    /// Its id.
    id: String,
    /// Since when, in milliseconds.
    created_ms: i64,
    /// Last used.
    used_ms: i64,
    /// From which address.
    address: String,
    /// With which browser.
    agent: String,
    /// Whether it is this one.
    current: bool,
}

/// 登录
#[utoipa::path(post, path = "/session", request_body = Credentials, responses(
    (status = 200, description = "Signed in; a cookie is set", body = Who),
    (status = 202, description = "The password is right; a passkey is asked for",
     body = SecondFactor),
    (status = 403, description = "Name or password wrong, or too many tries", body = ProblemBody)))]
pub(crate) async fn sign_in(
    State(kit): State<Kit>,
    client: Client,
    headers: HeaderMap,
    body: JsonBody<Credentials>,
) -> Result<Response, Problem> {
    let JsonBody(asked) = body;
    let attempt = SignIn {
        person: asked.username,
        password: asked.password,
        address: client.0.to_string(),
        agent: agent(&headers),
    };
    let person = kit.accounts.check(&attempt).await?;
    if let Some(challenge) = kit.passkeys.challenge(&person).await? {
        let (ticket, options) = (challenge.ticket, challenge.options);
        let body = Json(SecondFactor { ticket, options });
        return Ok((StatusCode::ACCEPTED, body).into_response());
    }
    welcome(&kit, &person, client, &headers).await
}

/// 本人
#[utoipa::path(get, path = "/session", responses(
    (status = 200, description = "Who is signed in", body = Who),
    (status = 401, description = "Nobody is", body = ProblemBody)))]
pub(crate) async fn who(State(kit): State<Kit>, asker: SignedIn) -> Result<Json<Who>, Problem> {
    Ok(Json(view(&kit, &asker.person)))
}

/// 退出
#[utoipa::path(delete, path = "/session", responses(
    (status = 204, description = "Signed out"),
    (status = 401, description = "Nobody is signed in", body = ProblemBody)))]
pub(crate) async fn sign_out(State(kit): State<Kit>, asker: SignedIn) -> Result<Response, Problem> {
    kit.accounts.sign_out(asker.own("sign_out"), &asker.token).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    set_cookie(&kit, &mut response, "", 0)?;
    Ok(response)
}

/// 首次启用的状态
#[utoipa::path(get, path = "/setup", responses(
    (status = 200, description = "Whether the first accounts are missing", body = SetupState)))]
pub(crate) async fn setup_state(State(kit): State<Kit>) -> Result<Json<SetupState>, Problem> {
    let needed = kit.setup_token.is_some() && kit.accounts.is_empty().await?;
    let imported = kit.with_directory(|directory| directory.unit_count() > 0);
    Ok(Json(SetupState { needed, imported, demonstration: !kit.demonstration.is_empty() }))
}

/// 首次启用
#[utoipa::path(post, path = "/setup", request_body = Setup, responses(
    (status = 204, description = "The three administrators have their accounts"),
    (status = 403, description = "Another token, or too many tries", body = ProblemBody),
    (status = 404, description = "Done already", body = ProblemBody),
    (status = 422, description = "A rule is broken", body = ProblemBody)))]
pub(crate) async fn setup(
    State(kit): State<Kit>,
    client: Client,
    body: JsonBody<Setup>,
) -> Result<StatusCode, Problem> {
    let JsonBody(asked) = body;
    let _turn = kit.setup_turn.lock().await;
    let token = kit.setup_token.as_deref().ok_or_else(Refusal::missing)?;
    if !kit.accounts.is_empty().await? {
        return Err(Refusal::missing().into());
    }
    kit.accounts.check_setup(token, asked.token.trim(), &client.0.to_string()).await?;
    let all = [
        (asked.system, duty::SYSTEM_ADMIN),
        (asked.security, duty::SECURITY_ADMIN),
        (asked.audit, duty::AUDIT_ADMIN),
    ];
    let mut names: Vec<&str> = all.iter().map(|(admin, _)| admin.username.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() != 3 {
        let message = "三个管理员应是三个人。";
        return Err(Refusal::new(Kind::Invalid, "directory.three_admins", message)
            .with_rule("GB/T 22239-2019 8.1.4.2 d")
            .into());
    }
    let mut passwords = Vec::new();
    for (admin, _) in &all {
        lingnan_auth::check_password(&admin.password)?;
        passwords.push((person_id(&admin.username)?, admin.password.clone()));
    }
    // Accounts come last and at once: until then this can be asked again.
    for (admin, duty) in &all {
        seat(&kit, &person_id(&admin.username)?, &admin.name, duty).await?;
    }
    kit.accounts.set_passwords(Actor::system("setup"), &passwords).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn seat(kit: &Kit, person: &PersonId, name: &str, duty: &str) -> Result<(), Problem> {
    let found = kit.with_directory(|directory| {
        directory.units().find_map(|(unit, content)| {
            let post = content.posts.iter().find(|(_, post)| post.duties.iter().any(|d| d == duty));
            post.map(|(post, _)| (unit.clone(), post.clone()))
        })
    });
    let Some((unit, post)) = found else {
        let message = "通讯录尚未导入，没有管理员岗位。";
        return Err(Refusal::new(Kind::Invalid, "directory.empty", message)
            .with_next("请停止服务，运行 lingnan import，再启动。")
            .into());
    };
    let id = ActId::parse(&format!("setup-{person}-{}", kit.now().0))
        .map_err(|e| Fault::corrupt("act id", 0, &e))?;
    let command =
        Appoint { person: person.clone(), name: name.to_owned(), unit, post, acting: false };
    kit.store.submit(id, Actor::system("setup"), command).await?;
    Ok(())
}

fn person_id(username: &str) -> Result<PersonId, Problem> {
    PersonId::parse(username).map_err(|_| {
        let message = "用户名应为1至64个小写字母、数字或 . _ -。";
        Refusal::new(Kind::Invalid, "auth.username", message).into()
    })
}

/// 我的会话
#[utoipa::path(get, path = "/sessions", responses(
    (status = 200, description = "One's own sessions", body = Vec<SessionView>),
    (status = 401, description = "Not signed in", body = ProblemBody)))]
pub(crate) async fn own_sessions(
    State(kit): State<Kit>,
    asker: SignedIn,
) -> Result<Json<Vec<SessionView>>, Problem> {
    asker.require(Action::ManageOwnSessions)?;
    let rows = kit.accounts.sessions(&asker.person).await?;
    let view = |row: lingnan_auth::SessionRow| SessionView {
        current: row.id == asker.session.id,
        id: row.id,
        created_ms: row.created.0,
        used_ms: row.used.0,
        address: row.address,
        agent: row.agent,
    };
    Ok(Json(rows.into_iter().map(view).collect()))
}

/// 结束我的一个会话
#[utoipa::path(delete, path = "/sessions/{id}", params(("id" = String, Path)), responses(
    (status = 204, description = "Ended"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "Not one's own, or there is none", body = ProblemBody)))]
pub(crate) async fn end_own_session(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<StatusCode, Problem> {
    asker.require(Action::ManageOwnSessions)?;
    kit.accounts.end_session(asker.own("sign_out"), &asker.person, &id.0).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 修改口令
#[utoipa::path(post, path = "/session/password", request_body = NewPassword, responses(
    (status = 200, description = "Changed; other sessions have ended, a new cookie is set",
     body = Who),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "The present password is wrong", body = ProblemBody),
    (status = 422, description = "The new one breaks a rule", body = ProblemBody)))]
pub(crate) async fn change_password(
    State(kit): State<Kit>,
    asker: SignedIn,
    client: Client,
    headers: HeaderMap,
    body: JsonBody<NewPassword>,
) -> Result<Response, Problem> {
    let JsonBody(asked) = body;
    lingnan_auth::check_password(&asked.new)?;
    let attempt = SignIn {
        person: asker.person.to_string(),
        password: asked.old,
        address: client.0.to_string(),
        agent: String::new(),
    };
    kit.accounts.check(&attempt).await?;
    let by = asker.own("change_password");
    kit.accounts.set_password(by.clone(), &asker.person, &asked.new).await?;
    kit.accounts.end_all(by, &asker.person).await?;
    welcome(&kit, &asker.person, client, &headers).await
}

pub(super) fn agent(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    agent.unwrap_or_default().to_owned()
}

/// Opens a session for someone who has proved who he is; the one he had ends (rotation).
pub(super) async fn welcome(
    kit: &Kit,
    person: &PersonId,
    client: Client,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    if has_left(kit, person) {
        return Err(left().into());
    }
    if let Some(before) = cookie(headers) {
        kit.accounts.sign_out(Actor::system("sign_in"), &before).await?;
    }
    let by = own_actor(kit, person, "sign_in");
    let address = client.0.to_string();
    let token = kit.accounts.open_session(by, person, &address, &agent(headers)).await?;
    let mut response = Json(view(kit, person)).into_response();
    set_cookie(kit, &mut response, token.secret(), ABSOLUTE_MS / 1_000)?;
    Ok(response)
}

fn set_cookie(
    kit: &Kit,
    response: &mut Response,
    value: &str,
    seconds: i64,
) -> Result<(), Problem> {
    let secure = if kit.origin.starts_with("https://") { "; Secure" } else { "" };
    let text = format!(
        "{SESSION_COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}"
    );
    let value = HeaderValue::from_str(&text)
        .map_err(|e| Stop::Failed(Fault::corrupt("session cookie", 0, &e)))?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(())
}

fn view(kit: &Kit, person: &PersonId) -> Who {
    let now = kit.now();
    kit.with_directory(|directory| {
        let name = |id: &PersonId| directory.person(id).map(|p| p.name.clone());
        let post = |capacity: lingnan_directory::Capacity| PostView {
            id: capacity.post.to_string(),
            title: capacity.title,
            unit_id: capacity.unit.to_string(),
            unit_name: directory
                .unit(&capacity.unit)
                .map(|unit| unit.short_name.clone())
                .unwrap_or_default(),
            duties: capacity.duties,
            for_person: capacity.for_person.as_ref().and_then(name),
        };
        Who {
            person: person.to_string(),
            name: name(person).unwrap_or_default(),
            posts: directory.capacities(person, now).into_iter().map(post).collect(),
            cell: kit.cell_name.to_string(),
            demonstration: !kit.demonstration.is_empty(),
        }
    })
}
