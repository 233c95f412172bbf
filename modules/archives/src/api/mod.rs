//! The module's routes.

mod acts;
mod destructions;
mod files;
mod lists;
mod show;
mod unfiled;

use crate::decide::{keeps, matter};
use crate::model::Archive;
use lingnan_api::{Kit, Problem, SignedIn};
use lingnan_auth::Action;
use lingnan_base::{PostId, UnitId};
use lingnan_directory::duty;
use lingnan_journal::{MatterId, Refusal};
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of the archives, to be nested under `/api`.
#[must_use]
pub fn routes() -> OpenApiRouter<Kit> {
    OpenApiRouter::new()
        .routes(routes!(lists::archives))
        .routes(routes!(destructions::destructions))
        .routes(routes!(unfiled::unfiled))
        .routes(routes!(acts::fonds, acts::name_fonds))
        .routes(routes!(show::archive))
        .routes(routes!(acts::handle_archive))
        .routes(routes!(files::archive_packet))
        .routes(routes!(files::archive_file))
}

/// A 件 that the asker may know of, and in what capacity.
struct Seen {
    id: MatterId,
    version: u64,
    archive: Arc<Archive>,
    /// The post from which he keeps it, if he does.
    keeper: Option<PostId>,
}

/// Whoever keeps a unit's archives knows of its packets, and everyone of the unit: those may ask to
/// read them. What is open is open to all.
async fn seen(kit: &Kit, asker: &SignedIn, key: &str) -> Result<Seen, Problem> {
    asker.require(Action::HandleDocuments)?;
    let id = matter(key)?;
    let (version, archive) = kit.store.load::<Archive>(&id).await?;
    let unit = archive.title.as_ref().map(|title| &title.unit).ok_or_else(Refusal::missing)?;
    let setting = kit.setting();
    let mut posts = asker.capacities().into_iter().map(|capacity| capacity.post);
    let keeper = posts.find(|post| keeps(&setting, post, unit));
    if keeper.is_none() && !archive.is_open() {
        asker.must_see(&id).await?;
    }
    Ok(Seen { id, version, archive, keeper })
}

/// The units whose archives the asker keeps: his own as a clerk, and the government of its area.
fn kept_units(kit: &Kit, asker: &SignedIn) -> BTreeSet<UnitId> {
    let clerks = asker.capacities().into_iter();
    let clerks = clerks.filter(|capacity| capacity.duties.iter().any(|d| d == duty::CLERK));
    let units: Vec<UnitId> = clerks.map(|capacity| capacity.unit).collect();
    kit.with_directory(|directory| {
        let areas = units.iter().filter_map(|unit| directory.unit(unit));
        let areas = areas.filter_map(|unit| UnitId::parse(&unit.area).ok());
        areas.chain(units.iter().cloned()).collect()
    })
}
