//! What may be done to a 件.

mod file;
mod handle;

pub use file::{Codes, Pack, Receive, Register, Test};
pub use handle::{Handle, JUDGES, ReadFile};

use crate::model::Archive;
use lingnan_base::{PostId, UnitId};
use lingnan_directory::{Directory, duty};
use lingnan_handlers::Setting;
use lingnan_journal::{Matter, MatterId, Refusal};
use std::collections::BTreeSet;

/// Parcels that name a packet whose bytes are to be destroyed.
pub const DESTROY_TOPIC: &str = "archive_destroy";

/// The 件 of a key.
pub fn matter(key: &str) -> Result<MatterId, Refusal> {
    MatterId::new(Archive::KIND, key).map_err(|_| Refusal::missing())
}

/// The key of the 件 that is made of a matter: a matter is archived once.
#[must_use]
pub fn key_of(source: &MatterId) -> String {
    format!("{}.{}", source.kind(), source.key())
}

/// Whether a post serves a unit: it is the unit's own, or of an office of the government's area.
pub fn serves(directory: &Directory, post: &PostId, unit: &UnitId) -> bool {
    directory.post(post).is_some_and(|(own, _)| {
        own == unit || directory.unit(own).is_some_and(|own| own.area == unit.as_str())
    })
}

/// The posts that serve a unit and have one of some duties.
pub fn serving(directory: &Directory, unit: &UnitId, duties: &[&str]) -> BTreeSet<PostId> {
    let offices = directory.units().filter(|(_, office)| office.area == unit.as_str());
    let units = offices.map(|(id, _)| id).chain([unit]);
    let posts = units.flat_map(|unit| duties.iter().map(move |duty| (unit, *duty)));
    posts.flat_map(|(unit, duty)| directory.posts_with(unit, duty)).collect()
}

/// Whether a post keeps the archives of a unit: it serves it as a clerk.
pub fn keeps(setting: &Setting, post: &PostId, unit: &UnitId) -> bool {
    setting.with_directory(|directory| {
        serves(directory, post, unit) && has(directory, post, &[duty::CLERK])
    })
}

/// Whether a post has one of some duties.
pub fn has(directory: &Directory, post: &PostId, duties: &[&str]) -> bool {
    let post = directory.post(post).map(|(_, post)| post);
    post.is_some_and(|post| post.duties.iter().any(|duty| duties.contains(&duty.as_str())))
}
