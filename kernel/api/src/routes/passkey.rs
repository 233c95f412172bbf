//! 通行密钥: registering, listing and removing one's own, and signing in with one.

use super::session::welcome;
use crate::kit::Kit;
use crate::{Client, JsonBody, Problem, ProblemBody, Segment, SignedIn};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use lingnan_auth::{AccountFact, Action};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A challenge for the browser.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChallengeView {
    /// To be brought back with the answer.
    ticket: String,
    /// Options for `navigator.credentials.create`.
    options: serde_json::Value,
}

/// The browser's answer to a registration.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPasskey {
    /// The ticket of the challenge.
    ticket: String,
    /// What its owner calls it.
    name: String,
    /// The credential, as the browser wrote it.
    credential: serde_json::Value,
}

/// The browser's answer to a second factor.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    /// The ticket of the challenge.
    ticket: String,
    /// The assertion, as the browser wrote it.
    credential: serde_json::Value,
}

/// One of one's passkeys.
#[derive(Serialize, ToSchema)]
pub(crate) struct PasskeyView {
    /// Its id.
    id: String,
    /// What its owner calls it.
    name: String,
    /// Since when, in milliseconds.
    created_ms: i64,
}

/// 以通行密钥完成登录
#[utoipa::path(post, path = "/session/second-factor", request_body = Answer, responses(
    (status = 200, description = "Signed in; a cookie is set", body = super::session::Who),
    (status = 403, description = "Wrong, late or used", body = ProblemBody)))]
pub(crate) async fn prove(
    State(kit): State<Kit>,
    client: Client,
    headers: HeaderMap,
    body: JsonBody<Answer>,
) -> Result<Response, Problem> {
    let JsonBody(answer) = body;
    let person = kit.passkeys.prove(&answer.ticket, answer.credential).await?;
    welcome(&kit, &person, client, &headers).await
}

/// 登记通行密钥：取得挑战
#[utoipa::path(post, path = "/passkeys/challenge", responses(
    (status = 200, description = "A challenge", body = ChallengeView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Signed in too long ago", body = ProblemBody)))]
pub(crate) async fn offer(
    State(kit): State<Kit>,
    asker: SignedIn,
) -> Result<Json<ChallengeView>, Problem> {
    asker.require(Action::ManageOwnSessions)?;
    asker.just_proved()?;
    let name = kit.with_directory(|directory| {
        directory.person(&asker.person).map(|person| person.name.clone()).unwrap_or_default()
    });
    let challenge = kit.passkeys.offer(&asker.person, &name).await?;
    Ok(Json(ChallengeView { ticket: challenge.ticket, options: challenge.options }))
}

/// 登记通行密钥
#[utoipa::path(post, path = "/passkeys", request_body = NewPasskey, responses(
    (status = 204, description = "Registered"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Wrong, late or used", body = ProblemBody)))]
pub(crate) async fn register(
    State(kit): State<Kit>,
    asker: SignedIn,
    body: JsonBody<NewPasskey>,
) -> Result<StatusCode, Problem> {
    let JsonBody(new) = body;
    asker.require(Action::ManageOwnSessions)?;
    kit.passkeys.register(&asker.person, &new.ticket, &new.name, new.credential).await?;
    let by = asker.own("passkey");
    kit.accounts.record(by, &asker.person, AccountFact::PasskeyAdded).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 我的通行密钥
#[utoipa::path(get, path = "/passkeys", responses(
    (status = 200, description = "One's own", body = Vec<PasskeyView>),
    (status = 401, description = "Not signed in", body = ProblemBody)))]
pub(crate) async fn own(
    State(kit): State<Kit>,
    asker: SignedIn,
) -> Result<Json<Vec<PasskeyView>>, Problem> {
    asker.require(Action::ManageOwnSessions)?;
    let rows = kit.passkeys.list(&asker.person).await?.into_iter();
    let view = |row: lingnan_auth::PasskeyRow| PasskeyView {
        id: row.id,
        name: row.name,
        created_ms: row.created.0,
    };
    Ok(Json(rows.map(view).collect()))
}

/// 删除通行密钥
#[utoipa::path(delete, path = "/passkeys/{id}", params(("id" = String, Path)), responses(
    (status = 204, description = "Removed"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "Not one's own, or there is none", body = ProblemBody)))]
pub(crate) async fn remove(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<StatusCode, Problem> {
    asker.require(Action::ManageOwnSessions)?;
    asker.just_proved()?;
    kit.passkeys.remove(&asker.person, &id.0).await?;
    let by = asker.own("passkey");
    kit.accounts.record(by, &asker.person, AccountFact::PasskeyRemoved).await?;
    Ok(StatusCode::NO_CONTENT)
}
