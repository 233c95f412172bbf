//! The module's routes.

mod changes;
mod drawing;
mod files;
mod library;
mod lists;
mod monitor;
mod parts;
mod running;
mod show;
mod trial;
mod works;

use lingnan_api::{Kit, Problem};
use lingnan_base::PostId;
use lingnan_journal::Refusal;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of processes and matters, to be nested under `/api`.
#[must_use]
pub fn routes() -> OpenApiRouter<Kit> {
    OpenApiRouter::new()
        .routes(routes!(library::processes))
        .routes(routes!(library::process))
        .routes(routes!(library::process_edition))
        .routes(routes!(drawing::process_drawing))
        .routes(routes!(drawing::import_process))
        .routes(routes!(drawing::check_process))
        .routes(routes!(trial::trial_setup))
        .routes(routes!(trial::rehearse_process))
        .routes(routes!(changes::change_process))
        .routes(routes!(running::running))
        .routes(routes!(running::running_matters))
        .routes(routes!(works::start_work, lists::works))
        .routes(routes!(works::handle_work))
        .routes(routes!(show::work))
        .routes(routes!(show::work_package))
        .routes(routes!(files::work_file))
        .routes(routes!(monitor::counts))
        .routes(routes!(monitor::standing_units))
        .routes(routes!(monitor::standing))
        .routes(routes!(monitor::administer_work))
}

fn post(text: &str) -> Result<PostId, Problem> {
    PostId::parse(text).map_err(|_| Refusal::missing().into())
}
