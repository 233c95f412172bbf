//! What every handler has at hand.

use crate::{Press, Scanner, Viewer};
use lingnan_auth::{Accounts, Passkeys};
use lingnan_base::{Calendar, Timestamp};
use lingnan_directory::{Demonstration, Directory};
use lingnan_evidence::Evidence;
use lingnan_handlers::Setting;
use lingnan_search::Search;
use lingnan_store::{Blobs, Store};
use std::sync::{Arc, PoisonError, RwLock};

/// Name of the session cookie.
pub const SESSION_COOKIE: &str = "lingnan_session";

/// The parts of a running cell; cheap to clone.
#[derive(Clone)]
pub struct Kit {
    /// The journal and read tables.
    pub store: Store,
    /// Units, posts and people, as they are now.
    pub directory: Arc<RwLock<Directory>>,
    /// Accounts and sessions.
    pub accounts: Accounts,
    /// Second factors.
    pub passkeys: Passkeys,
    /// Checkpoints and proofs.
    pub evidence: Evidence,
    /// Attached files.
    pub blobs: Blobs,
    /// Sets documents.
    pub press: Press,
    /// Shows files in fixed layout.
    pub viewer: Viewer,
    /// Reads what came on paper.
    pub scanner: Scanner,
    /// Finds documents by number, title and text.
    pub search: Search,
    /// Working days.
    pub calendar: Arc<Calendar>,
    /// Where the pages are served; over https the session cookie is `Secure`.
    pub origin: Arc<str>,
    /// Proxies whose word is taken for whom they speak.
    pub proxies: Arc<[std::net::IpAddr]>,
    /// The cell's name on screen.
    pub cell_name: Arc<str>,
    /// The one-time token of the first run, while there is no account.
    pub setup_token: Option<Arc<str>>,
    /// The first run is carried out by one at a time.
    pub setup_turn: Arc<tokio::sync::Mutex<()>>,
    /// Who may sign in without a password; empty outside the demonstration.
    pub demonstration: Arc<Demonstration>,
}

impl Kit {
    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.store.now()
    }

    /// The world around commands.
    #[must_use]
    pub fn setting(&self) -> Setting {
        Setting { directory: Arc::clone(&self.directory), calendar: Arc::clone(&self.calendar) }
    }

    /// Looks something up in the directory.
    pub fn with_directory<T>(&self, look: impl FnOnce(&Directory) -> T) -> T {
        look(&self.directory.read().unwrap_or_else(PoisonError::into_inner))
    }
}
