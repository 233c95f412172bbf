//! What may be done to a 件.

mod file;
mod handle;

pub use file::{Codes, Pack, Receive, Register, Test};
pub use handle::{Handle, ReadFile};

use crate::model::Archive;
use lingnan_base::{PostId, UnitId};
use lingnan_directory::{Directory, duty};
use lingnan_handlers::Setting;
use lingnan_journal::{Matter, MatterId, Refusal};

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
