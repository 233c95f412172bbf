//! How the cell stands, for whoever watches over it: three counts, nothing about any act.

use crate::kit::Kit;
use crate::{Problem, ProblemBody};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// How far the parts of the cell are.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthView {
    /// How many acts the journal holds.
    acts: u64,
    /// How many of them the newest checkpoint covers.
    signed: u64,
    /// How many the answering process has followed: its directory and live news are that far.
    followed: u64,
    /// How many its full-text search has taken in.
    searchable: u64,
}

/// 运行状态
#[utoipa::path(get, path = "/health", responses(
    (status = 200, description = "How far the parts of the cell are", body = HealthView),
    (status = 503, description = "The database does not answer", body = ProblemBody)))]
pub(crate) async fn health(State(kit): State<Kit>) -> Result<Json<HealthView>, Problem> {
    // The parts before the whole: none must seem to be further than the journal.
    let followed = kit.store.followed();
    let signed = kit.evidence.newest().await?.size;
    let acts = kit.store.size().await?;
    let searchable = followed.saturating_sub(kit.search.behind());
    Ok(Json(HealthView { acts, signed, followed, searchable }))
}
