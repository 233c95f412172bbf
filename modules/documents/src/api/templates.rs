//! 范本: what a document can begin with.

use crate::template::{Template, templates};
use axum::Json;
use lingnan_api::{Problem, ProblemBody, SignedIn};
use lingnan_auth::Action;

/// 公文范本
#[utoipa::path(get, path = "/document-templates", responses(
    (status = 200, description = "Templates, in the order of types", body = Vec<Template>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Handles no business", body = ProblemBody)))]
pub(crate) async fn all(asker: SignedIn) -> Result<Json<Vec<Template>>, Problem> {
    asker.require(Action::HandleDocuments)?;
    Ok(Json(templates().to_vec()))
}
