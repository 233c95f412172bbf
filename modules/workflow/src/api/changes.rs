//! Acts on a process: two people agree on its editions, and on which matters go over to one.

use super::post;
use crate::carry;
use crate::library::decide::{Proposed, Text};
use crate::library::migration::{Arrange, Step};
use crate::library::{Confirm, Propose, Withdraw};
use axum::Json;
use axum::extract::State;
use lingnan_api::{JsonBody, Kit, Problem, ProblemBody, Segment, SignedIn, act_id};
use lingnan_auth::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is asked of a process.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum LibraryRequest {
    /// 提请发布 a new edition.
    Propose {
        /// The process.
        flow: String,
        /// Its form.
        form: String,
        /// Why.
        note: String,
    },
    /// 提请回退 to an old one.
    RollBack {
        /// The edition.
        version: u32,
        /// Why.
        note: String,
    },
    /// 确认发布, by another.
    Release {
        /// The edition that was looked at.
        version: u32,
    },
    /// 不予确认 or 撤回提请
    Dismiss {
        /// Why.
        reason: String,
    },
    /// 提请换版 of running matters to the edition in use.
    ProposeMigration {
        /// Their keys.
        matters: Vec<String>,
        /// Why.
        reason: String,
    },
    /// 确认换版, by another: each matter then goes over, or stays for a reason.
    ConfirmMigration {
        /// The edition that was looked at.
        version: u32,
    },
    /// 不予换版 or 撤回提请
    DismissMigration {
        /// Why.
        reason: String,
    },
}

/// An act on a process.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LibraryAct {
    /// The client's id of the act.
    act_id: String,
    /// From which post.
    as_post: String,
    /// What is asked.
    request: LibraryRequest,
}

/// What the client is told.
#[derive(Serialize, ToSchema)]
pub(crate) struct LibraryDone {
    /// The act's place in the journal.
    seq: Option<u64>,
}

/// 提请、确认、回退
#[utoipa::path(post, path = "/processes/{code}/acts", params(("code" = String, Path)),
    request_body = LibraryAct, responses(
    (status = 200, description = "Done", body = LibraryDone),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "No process administrator, or not the second", body = ProblemBody),
    (status = 409, description = "It stands otherwise now", body = ProblemBody),
    (status = 422, description = "A text does not read", body = ProblemBody)))]
pub(crate) async fn change_process(
    State(kit): State<Kit>,
    asker: SignedIn,
    code: Segment,
    body: JsonBody<LibraryAct>,
) -> Result<Json<LibraryDone>, Problem> {
    let JsonBody(act) = body;
    let acting = asker.acting(&post(&act.as_post)?, Action::ManageProcesses)?;
    let (id, by, code) = (act_id(&act.act_id)?, acting.actor, code.0);
    let told = match act.request {
        LibraryRequest::Propose { flow, form, note } => {
            let edition = Proposed::New(Text { flow: flow.into(), form: form.into() });
            kit.store.submit(id, by, Propose { code, edition, note }).await
        }
        LibraryRequest::RollBack { version, note } => {
            let edition = Proposed::Old(version);
            kit.store.submit(id, by, Propose { code, edition, note }).await
        }
        LibraryRequest::Release { version } => {
            kit.store.submit(id, by, Confirm { code, version }).await
        }
        LibraryRequest::Dismiss { reason } => {
            kit.store.submit(id, by, Withdraw { code, reason }).await
        }
        LibraryRequest::ProposeMigration { matters, reason } => {
            let step = Step::Propose { matters, reason };
            kit.store.submit(id, by, Arrange { code, step }).await
        }
        LibraryRequest::ConfirmMigration { version } => {
            let step = Step::Confirm { version };
            let told = kit.store.submit(id, by, Arrange { code, step }).await;
            if told.is_ok() {
                carry(&kit.store, &kit.setting()).await?;
            }
            told
        }
        LibraryRequest::DismissMigration { reason } => {
            let step = Step::Dismiss { reason };
            kit.store.submit(id, by, Arrange { code, step }).await
        }
    };
    Ok(Json(LibraryDone { seq: told?.seq }))
}
