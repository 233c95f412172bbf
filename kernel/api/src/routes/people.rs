//! Managing the directory: appointments, leaving, renaming, merging; and one's own delegations.

use crate::kit::Kit;
use crate::{JsonBody, Problem, ProblemBody, SignedIn, act_id};
use axum::Json;
use axum::extract::State;
use lingnan_auth::Action;
use lingnan_base::{PersonId, PostId, Timestamp, UnitId};
use lingnan_directory::{
    Abolish, Appoint, Delegate, Delegation, Directory, EndDelegation, Leave, Merge, Rename, Unseat,
};
use lingnan_journal::{Kind, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What can be asked of the directory.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum DirectoryRequest {
    /// 任职: brings a person in, if need be, and gives him a post.
    Appoint {
        /// Who, by the name he signs in with.
        person: String,
        /// His name.
        name: String,
        /// The post.
        post: String,
        /// 代理
        acting: bool,
    },
    /// 免职
    Unseat {
        /// Who.
        person: String,
        /// The post.
        post: String,
    },
    /// 离职
    Leave {
        /// Who.
        person: String,
    },
    /// 机构更名
    Rename {
        /// The unit.
        unit: String,
        /// Full name.
        name: String,
        /// Short name.
        short_name: String,
    },
    /// 机构合并
    Merge {
        /// The unit that ends.
        unit: String,
        /// The unit that takes over.
        into: String,
        /// On what basis.
        basis: String,
    },
    /// 机构撤销
    Abolish {
        /// The unit that ends.
        unit: String,
        /// The unit that takes over.
        successor: String,
        /// On what basis.
        basis: String,
    },
}

/// An act on the directory.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DirectoryAct {
    /// The client's id of the act.
    act_id: String,
    /// From which post.
    as_post: String,
    /// What is asked.
    request: DirectoryRequest,
}

/// 委托代理: another post may act for one of mine.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DelegationAct {
    /// The client's id of the act.
    act_id: String,
    /// My post.
    as_post: String,
    /// The post that acts.
    to_post: String,
    /// Until when, in milliseconds.
    ends_ms: i64,
}

/// 收回委托
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndDelegationAct {
    /// The client's id of the act.
    act_id: String,
    /// My post.
    as_post: String,
}

/// One of my delegations.
#[derive(Serialize, ToSchema)]
pub(crate) struct DelegationView {
    /// My post.
    from_post: String,
    /// The post that acts.
    to_post: String,
    /// Its unit and title, and who holds it.
    to_name: String,
    /// Since when, in milliseconds.
    begins_ms: i64,
    /// Until when, in milliseconds.
    ends_ms: i64,
}

/// What the client is told.
#[derive(Serialize, ToSchema)]
pub(crate) struct Recorded {
    /// The act's place in the journal; absent when nothing needed to be recorded.
    seq: Option<u64>,
}

/// 管理机构人员
#[utoipa::path(post, path = "/directory/acts", request_body = DirectoryAct, responses(
    (status = 200, description = "Done", body = Recorded),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Not the system administrator", body = ProblemBody),
    (status = 422, description = "A rule is broken", body = ProblemBody)))]
pub(crate) async fn manage(
    State(kit): State<Kit>,
    asker: SignedIn,
    body: JsonBody<DirectoryAct>,
) -> Result<Json<Recorded>, Problem> {
    let JsonBody(act) = body;
    let acting = asker.acting(&post(&act.as_post)?, Action::ManageDirectory)?;
    let id = act_id(&act.act_id)?;
    let (store, actor) = (&kit.store, acting.actor);
    let told = match act.request {
        DirectoryRequest::Appoint { person: who, name, post: seat, acting } => {
            let post = post(&seat)?;
            let unit = unit_of(&kit, &post)?;
            let command = Appoint { person: person(&who)?, name, unit, post, acting };
            store.submit(id, actor, command).await
        }
        DirectoryRequest::Unseat { person: who, post: seat } => {
            let command = Unseat { person: person(&who)?, post: post(&seat)? };
            store.submit(id, actor, command).await
        }
        DirectoryRequest::Leave { person: who } => {
            let who = person(&who)?;
            let left = store.submit(id, actor.clone(), Leave { person: who.clone() }).await?;
            kit.accounts.end_all(actor, &who).await?;
            Ok(left)
        }
        DirectoryRequest::Rename { unit: of, name, short_name } => {
            store.submit(id, actor, Rename { unit: unit(&of)?, name, short_name }).await
        }
        DirectoryRequest::Merge { unit: of, into, basis } => {
            let command = Merge { unit: unit(&of)?, into: unit(&into)?, basis };
            store.submit(id, actor, command).await
        }
        DirectoryRequest::Abolish { unit: of, successor, basis } => {
            let command = Abolish { unit: unit(&of)?, successor: unit(&successor)?, basis };
            store.submit(id, actor, command).await
        }
    };
    Ok(Json(Recorded { seq: told?.seq }))
}

/// 委托代理
#[utoipa::path(post, path = "/session/delegations", request_body = DelegationAct, responses(
    (status = 200, description = "Done", body = Recorded),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Not one's own post", body = ProblemBody),
    (status = 422, description = "A rule is broken", body = ProblemBody)))]
pub(crate) async fn delegate(
    State(kit): State<Kit>,
    asker: SignedIn,
    body: JsonBody<DelegationAct>,
) -> Result<Json<Recorded>, Problem> {
    let JsonBody(act) = body;
    let from_post = post(&act.as_post)?;
    let acting = asker.acting(&from_post, Action::HandleDocuments)?;
    if acting.capacity.for_person.is_some() {
        let message = "受托的岗位不能再委托他人。";
        return Err(Refusal::new(Kind::Invalid, "directory.delegate_depth", message)
            .with_next("请由岗位本人另行委托。")
            .into());
    }
    let to_post = post(&act.to_post)?;
    unit_of(&kit, &to_post)?;
    let (begins, ends) = (kit.now(), Timestamp(act.ends_ms));
    let delegation = Delegation { from_post, to_post, begins, ends };
    let command = Delegate { person: asker.person.clone(), delegation };
    let told = kit.store.submit(act_id(&act.act_id)?, acting.actor, command).await?;
    Ok(Json(Recorded { seq: told.seq }))
}

/// 我的委托
#[utoipa::path(get, path = "/session/delegations", responses(
    (status = 200, description = "Those that have not ended", body = Vec<DelegationView>),
    (status = 401, description = "Not signed in", body = ProblemBody)))]
pub(crate) async fn delegations(
    State(kit): State<Kit>,
    asker: SignedIn,
) -> Result<Json<Vec<DelegationView>>, Problem> {
    asker.require(Action::ManageOwnSessions)?;
    let now = kit.now();
    let view = |directory: &Directory, one: &Delegation| {
        let found = directory.post(&one.to_post);
        let unit = found.and_then(|(unit, _)| directory.unit(unit));
        let holders = directory.holders(&one.to_post);
        let names: Vec<&str> = holders.iter().map(|(_, person)| person.name.as_str()).collect();
        let unit = unit.map(|unit| unit.short_name.as_str()).unwrap_or_default();
        let title = found.map(|(_, post)| post.title.as_str()).unwrap_or_default();
        DelegationView {
            from_post: one.from_post.to_string(),
            to_post: one.to_post.to_string(),
            to_name: format!("{unit} {title} {}", names.join("、")),
            begins_ms: one.begins.0,
            ends_ms: one.ends.0,
        }
    };
    let own = kit.with_directory(|directory| {
        let person = directory.person(&asker.person);
        let all = person.into_iter().flat_map(|person| &person.delegations);
        all.filter(|one| now < one.ends).map(|one| view(directory, one)).collect()
    });
    Ok(Json(own))
}

/// 收回委托
#[utoipa::path(delete, path = "/session/delegations", request_body = EndDelegationAct, responses(
    (status = 200, description = "Ended", body = Recorded),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "There is none", body = ProblemBody)))]
pub(crate) async fn end_delegation(
    State(kit): State<Kit>,
    asker: SignedIn,
    body: JsonBody<EndDelegationAct>,
) -> Result<Json<Recorded>, Problem> {
    let JsonBody(act) = body;
    let from_post = post(&act.as_post)?;
    let acting = asker.acting(&from_post, Action::HandleDocuments)?;
    let command = EndDelegation { person: asker.person.clone(), from_post };
    let told = kit.store.submit(act_id(&act.act_id)?, acting.actor, command).await?;
    Ok(Json(Recorded { seq: told.seq }))
}

fn post(text: &str) -> Result<PostId, Problem> {
    PostId::parse(text).map_err(|_| Refusal::missing().into())
}

fn unit(text: &str) -> Result<UnitId, Problem> {
    UnitId::parse(text).map_err(|_| Refusal::missing().into())
}

fn person(text: &str) -> Result<PersonId, Problem> {
    PersonId::parse(text).map_err(|_| {
        let message = "用户名应为1至64个小写字母、数字或 . _ -。";
        Refusal::new(Kind::Invalid, "auth.username", message).into()
    })
}

fn unit_of(kit: &Kit, post: &PostId) -> Result<UnitId, Problem> {
    let unit = kit.with_directory(|directory| directory.post(post).map(|(unit, _)| unit.clone()));
    unit.ok_or_else(|| Refusal::missing().into())
}
