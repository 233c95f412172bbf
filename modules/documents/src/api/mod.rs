//! The module's routes.

mod acts;
mod desk;
mod files;
mod intake;
mod links;
mod lists;
mod pages;
mod parts;
mod pictures;
mod print;
mod repealed;
mod rules;
mod sheet;
mod show;
mod templates;
mod versions;
mod word;

use lingnan_api::Kit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of documents, to be nested under `/api`.
#[must_use]
pub fn routes() -> OpenApiRouter<Kit> {
    OpenApiRouter::new()
        .routes(routes!(acts::begin))
        .routes(routes!(acts::handle))
        .routes(routes!(acts::handle_incoming))
        .routes(routes!(acts::open_book))
        .routes(routes!(intake::scan))
        .routes(routes!(intake::register_paper))
        .routes(routes!(show::document))
        .routes(routes!(rules::while_writing))
        .routes(routes!(rules::before_act))
        .routes(routes!(versions::version))
        .routes(routes!(versions::compared))
        .routes(routes!(versions::compared_unsaved))
        .routes(routes!(show::received))
        .routes(routes!(lists::receipts))
        .routes(routes!(lists::relayed))
        .routes(routes!(lists::numbers))
        .routes(routes!(files::download))
        .routes(routes!(files::download_of_paper))
        .routes(routes!(pictures::picture))
        .routes(routes!(print::show))
        .routes(routes!(print::file))
        .routes(routes!(desk::exchange))
        .routes(routes!(repealed::repealed))
        .routes(routes!(templates::all))
        .routes(routes!(sheet::of_outgoing))
        .routes(routes!(sheet::of_received))
        .routes(routes!(sheet::of_dispatch))
        .routes(routes!(sheet::voice_of_outgoing))
        .routes(routes!(sheet::voice_of_received))
        .routes(routes!(word::import))
        .routes(routes!(word::export))
        .routes(routes!(pages::of_print))
        .routes(routes!(pages::page_of_print))
        .routes(routes!(pages::of_attachment))
        .routes(routes!(pages::page_of_attachment))
        .routes(routes!(pages::of_paper))
        .routes(routes!(pages::page_of_paper))
}
