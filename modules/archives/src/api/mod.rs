//! The module's routes.

use lingnan_api::Kit;
use utoipa_axum::router::OpenApiRouter;

/// The routes of the archives, to be nested under `/api`.
#[must_use]
pub fn routes() -> OpenApiRouter<Kit> {
    OpenApiRouter::new()
}
