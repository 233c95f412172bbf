//! 账号: the security administrator gives accounts and ends sessions; he learns no business.

use crate::kit::Kit;
use crate::{JsonBody, Problem, ProblemBody, Segment, SignedIn};
use axum::extract::State;
use axum::http::StatusCode;
use lingnan_auth::Action;
use lingnan_base::{PersonId, PostId};
use lingnan_journal::Refusal;
use serde::Deserialize;
use utoipa::ToSchema;

/// A first or new password for someone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GiveAccount {
    /// From which post.
    as_post: String,
    /// For whom.
    person: String,
    /// The password he will change.
    password: String,
}

/// 开通账号或重置口令
#[utoipa::path(post, path = "/accounts", request_body = GiveAccount, responses(
    (status = 204, description = "Set; his sessions are ended"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Not the security administrator", body = ProblemBody),
    (status = 404, description = "No such person", body = ProblemBody),
    (status = 422, description = "The password breaks a rule", body = ProblemBody)))]
pub(crate) async fn give(
    State(kit): State<Kit>,
    asker: SignedIn,
    body: JsonBody<GiveAccount>,
) -> Result<StatusCode, Problem> {
    let JsonBody(asked) = body;
    let post = PostId::parse(&asked.as_post).map_err(|_| Refusal::missing())?;
    let acting = asker.acting(&post, Action::ManageAccounts)?;
    asker.just_proved()?;
    let person = known(&kit, &asked.person)?;
    kit.accounts.set_password(acting.actor.clone(), &person, &asked.password).await?;
    kit.accounts.end_all(acting.actor, &person).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 结束一人的全部会话
#[utoipa::path(delete, path = "/accounts/{person}/sessions", params(("person" = String, Path)),
    responses(
    (status = 204, description = "Ended"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Not the security administrator", body = ProblemBody),
    (status = 404, description = "No such person", body = ProblemBody)))]
pub(crate) async fn end_sessions(
    State(kit): State<Kit>,
    asker: SignedIn,
    person: Segment,
) -> Result<StatusCode, Problem> {
    let by = asker.acting_as_any(Action::EndSessions)?;
    let person = known(&kit, &person.0)?;
    kit.accounts.end_all(by, &person).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn known(kit: &Kit, person: &str) -> Result<PersonId, Problem> {
    let person = PersonId::parse(person).map_err(|_| Refusal::missing())?;
    let there = kit.with_directory(|directory| {
        directory.person(&person).is_some_and(|person| person.left.is_none())
    });
    if there { Ok(person) } else { Err(Refusal::missing().into()) }
}
