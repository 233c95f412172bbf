//! The kernel's own routes: sessions, directory, journal, live news.

mod account;
mod demo;
mod directory;
mod health;
mod inbox;
mod journal;
pub(crate) mod messages;
mod passkey;
mod people;
mod search;
mod session;

use crate::kit::Kit;
use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The kernel's routes, to be nested under `/api`.
#[must_use]
pub fn kernel() -> OpenApiRouter<Kit> {
    OpenApiRouter::new()
        .routes(routes!(session::sign_in, session::who, session::sign_out))
        .routes(routes!(session::setup_state, session::setup))
        .routes(routes!(demo::demo_people))
        .routes(routes!(demo::demo_sign_in))
        .routes(routes!(session::own_sessions))
        .routes(routes!(session::end_own_session))
        .routes(routes!(session::change_password))
        .routes(routes!(inbox::inbox))
        .routes(routes!(messages::messages))
        .routes(routes!(messages::unread))
        .routes(routes!(messages::read))
        .routes(routes!(messages::read_all))
        .routes(routes!(directory::units))
        .routes(routes!(directory::unit))
        .routes(routes!(directory::search))
        .routes(routes!(search::find))
        .routes(routes!(account::give))
        .routes(routes!(account::end_sessions))
        .routes(routes!(passkey::prove))
        .routes(routes!(passkey::offer))
        .routes(routes!(passkey::register, passkey::own))
        .routes(routes!(passkey::remove))
        .routes(routes!(people::manage))
        .routes(routes!(people::delegate, people::delegations, people::end_delegation))
        .routes(routes!(crate::files::upload, crate::files::own_picture))
        .routes(routes!(health::health))
        .routes(routes!(journal::acts))
        .routes(routes!(journal::proof))
        .routes(routes!(journal::checkpoint))
        .routes(routes!(journal::consistency))
        .route("/events", get(crate::live::events))
}
