//! The world around a matter as commands carry it: the directory and the working calendar.

use lingnan_base::{Calendar, PersonId, PostId, UnitId};
use lingnan_directory::{Directory, duty};
use lingnan_forms::{Known, Reference};
use std::sync::{Arc, PoisonError, RwLock};

/// The world around a matter.
#[derive(Clone)]
pub struct Setting {
    /// Units, posts and people, as they are now.
    pub directory: Arc<RwLock<Directory>>,
    /// Working days.
    pub calendar: Arc<Calendar>,
}

impl Setting {
    /// Looks something up in the directory.
    pub fn with_directory<T>(&self, look: impl FnOnce(&Directory) -> T) -> T {
        look(&self.directory.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Short name of a unit, or its id when it is unknown.
    #[must_use]
    pub fn unit_name(&self, unit: &UnitId) -> String {
        self.with_directory(|directory| {
            directory.unit(unit).map_or_else(|| unit.to_string(), |u| u.short_name.clone())
        })
    }

    /// Whether somebody holds the post and it handles business.
    #[must_use]
    pub fn is_in_business(&self, post: &PostId) -> bool {
        self.with_directory(|directory| {
            let duties = directory.post(post).map(|(_, content)| &content.duties);
            let administers = duties.is_some_and(|duties| {
                duties.iter().any(|duty| duty::ADMINISTRATORS.contains(&duty.as_str()))
            });
            !administers && !directory.holders(post).is_empty()
        })
    }
}

impl Known for Setting {
    fn is_known(&self, reference: Reference, id: &str) -> bool {
        self.with_directory(|directory| match reference {
            Reference::Unit => UnitId::parse(id).is_ok_and(|unit| directory.unit(&unit).is_some()),
            Reference::Post => PostId::parse(id).is_ok_and(|post| directory.post(&post).is_some()),
            Reference::Person => {
                PersonId::parse(id).is_ok_and(|person| directory.person(&person).is_some())
            }
            // A file is named by its digest; that it was uploaded is asked at the door.
            Reference::File => id.len() == 64 && id.bytes().all(|b| b.is_ascii_hexdigit()),
        })
    }
}
