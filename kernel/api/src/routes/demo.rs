//! The demonstration: whom one can be, and being one of them by a press.

use super::session::{Who, welcome};
use crate::kit::Kit;
use crate::{Client, JsonBody, Params, Problem, ProblemBody};
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use lingnan_directory::{DemonstrationPerson, Directory};
use lingnan_journal::Refusal;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Most people found: what is seen at a glance; more words find fewer.
const FOUND_MAX: usize = 30;

/// Whom to look for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Words of a name, unit or post, or pinyin initials; without it, those with a part to play.
    q: Option<String>,
}

/// A person of the demonstration.
#[derive(Serialize, ToSchema)]
pub(crate) struct DemoPerson {
    /// The name he signs in with.
    username: String,
    /// His name.
    name: String,
    /// His first post.
    post: String,
    /// Its unit.
    unit: String,
    /// What he is there to show.
    note: String,
}

/// Whom to be in the demonstration.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DemoSignIn {
    /// The name he signs in with.
    username: String,
}

/// 演示人员
#[utoipa::path(get, path = "/demo/people", params(Wanted), responses(
    (status = 200, description = "Who can be tried; empty outside the demonstration",
     body = Vec<DemoPerson>)))]
pub(crate) async fn demo_people(
    State(kit): State<Kit>,
    wanted: Params<Wanted>,
) -> Json<Vec<DemoPerson>> {
    let people = &kit.demonstration;
    let q = wanted.0.q.unwrap_or_default();
    Json(kit.with_directory(|directory| match q.trim() {
        "" => people.cast.iter().map(|person| view(directory, person)).collect(),
        q => {
            let found = people.search(directory, q, FOUND_MAX).into_iter();
            found.map(|person| view(directory, person)).collect()
        }
    }))
}

/// 演示登录
#[utoipa::path(post, path = "/demo/session", request_body = DemoSignIn, responses(
    (status = 200, description = "Signed in; a cookie is set", body = Who),
    (status = 404, description = "No such person, or no demonstration", body = ProblemBody)))]
pub(crate) async fn demo_sign_in(
    State(kit): State<Kit>,
    client: Client,
    headers: HeaderMap,
    body: JsonBody<DemoSignIn>,
) -> Result<Response, Problem> {
    let JsonBody(asked) = body;
    let person = kit.demonstration.person(&asked.username).ok_or_else(Refusal::missing)?;
    welcome(&kit, &person.id, client, &headers).await
}

fn view(directory: &Directory, person: &DemonstrationPerson) -> DemoPerson {
    let found = person.posts.first().and_then(|post| directory.post(post));
    let unit = found.and_then(|(unit, _)| directory.unit(unit));
    DemoPerson {
        username: person.id.to_string(),
        name: person.name.clone(),
        post: found.map(|(_, post)| post.title.clone()).unwrap_or_default(),
        unit: unit.map(|unit| unit.short_name.clone()).unwrap_or_default(),
        note: person.note.clone(),
    }
}
