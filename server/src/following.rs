//! The directory in memory: read from its tables at a stated place of the journal, and followed
//! act by act from there, whichever process acts.

use lingnan_directory::Directory;
use lingnan_journal::{Act, Datum, Fault};
use lingnan_store::{Observer, Reader};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Where following stands.
enum Place {
    /// Not read yet: acts wait for the tables.
    Unread(Vec<Act>),
    /// Read together with every act before this place.
    Read(u64),
}

/// Keeps the directory in memory in step; cheap to clone.
#[derive(Clone)]
pub(crate) struct Following {
    directory: Arc<RwLock<Directory>>,
    place: Arc<Mutex<Place>>,
}

impl Following {
    /// Follows into `directory`, once it was read.
    pub(crate) fn new(directory: Arc<RwLock<Directory>>) -> Self {
        Self { directory, place: Arc::new(Mutex::new(Place::Unread(Vec::new()))) }
    }

    /// Reads the directory's tables as of one moment, and goes on from there.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails or a row does not read.
    pub(crate) async fn read(&self, reader: &Reader) -> Result<(), Fault> {
        let size = reader.query("select max(seq) from journal_act", vec![]).await?;
        let units = "select unit, parent, name, short_name, level, area, kind, rank, status, \
             successor, shares_data from directory_unit";
        let units = reader.query(units, vec![]).await?;
        let posts = "select post, unit, title, rank, duties from directory_post";
        let posts = reader.query(posts, vec![]).await?;
        let people = "select person, name, left_ms, delegations from directory_person";
        let people = reader.query(people, vec![]).await?;
        let seats = "select person, post, unit, acting, since_ms from directory_seat";
        let seats = reader.query(seats, vec![]).await?;
        let mut read = Directory::from_rows(&units, &posts, &people, &seats)?;
        let next = match size.first().map(Vec::as_slice) {
            Some([Datum::Int(seq)]) => u64::try_from(*seq).unwrap_or(0).saturating_add(1),
            _ => 0,
        };
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Place::Unread(waiting) = &*place {
            waiting.iter().filter(|act| act.seq >= next).for_each(|act| read.committed(act));
        }
        *self.directory.write().unwrap_or_else(PoisonError::into_inner) = read;
        *place = Place::Read(next);
        Ok(())
    }
}

impl Observer for Following {
    fn committed(&mut self, act: &Act) {
        let touches = |kind: &str| act.changes.iter().any(|change| change.matter.kind() == kind);
        if !touches("unit") && !touches("person") {
            return;
        }
        match &mut *self.place.lock().unwrap_or_else(PoisonError::into_inner) {
            Place::Unread(waiting) => waiting.push(act.clone()),
            Place::Read(next) if act.seq >= *next => {
                self.directory.write().unwrap_or_else(PoisonError::into_inner).committed(act);
            }
            Place::Read(_) => {}
        }
    }
}
