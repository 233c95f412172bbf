//! Opening a cell: its store, its directory in memory, its keys.

use crate::following::Following;
use anyhow::Context;
use lingnan_api::{Kit, Press, Program, Scanner, Viewer};
use lingnan_auth::{Account, Accounts, Passkeys};
use lingnan_base::{Calendar, Chance, Clock};
use lingnan_directory::{Demonstration, Directory, PEOPLE, POSTS, Person, SEATS, UNITS, Unit};
use lingnan_documents::Documents;
use lingnan_evidence::{Elsewhere, Evidence};
use lingnan_handlers::Setting;
use lingnan_journal::{Fault, Registry};
use lingnan_search::Search;
use lingnan_store::{Blobs, FailPoint, Options, Reader, Rebuild, Store};
use lingnan_tlog::Signer;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// Where a cell lives and what it is called.
pub trait Naming {
    /// Its data directory.
    fn data(&self) -> &Path;
    /// Its name.
    fn cell(&self) -> &str;
    /// Where its pages are served: scheme, host name and port.
    fn origin(&self) -> String;
    /// The folder on another disk that checkpoints are copied to.
    fn copies(&self) -> Option<&Path> {
        None
    }
    /// What sets documents.
    fn press(&self) -> Program;
    /// What shows files in fixed layout.
    fn viewer(&self) -> Program;
    /// What reads what came on paper.
    fn scanner(&self) -> Program;
    /// Proxies whose word is taken for whom they speak.
    fn proxies(&self) -> Vec<IpAddr> {
        Vec::new()
    }
}

/// What it takes to open a cell.
pub struct Opening {
    /// The database.
    pub url: String,
    /// The cell's name.
    pub cell: String,
    /// The data directory.
    pub data: PathBuf,
    /// Whose time.
    pub clock: Arc<dyn Clock>,
    /// Whose chance.
    pub chance: Chance,
    /// Where the process may be ended, in tests.
    pub fail_point: Arc<dyn FailPoint>,
    /// Which read tables are computed again.
    pub rebuild: Rebuild,
}

/// An open cell.
#[derive(Clone)]
pub struct Cell {
    /// The journal and read tables.
    pub store: Store,
    /// The directory in memory.
    pub directory: Arc<RwLock<Directory>>,
    /// Attached files.
    pub blobs: Blobs,
    /// Finds documents by number, title and text.
    pub search: Search,
    /// Working days.
    pub calendar: Arc<Calendar>,
    /// Where the process may be ended, in tests.
    pub fail_point: Arc<dyn FailPoint>,
    url: String,
    following: Following,
}

/// Every kind of matter this server knows.
#[must_use]
pub fn registry() -> Registry {
    let registry = Registry::new()
        .with::<Unit>(&[&UNITS, &POSTS])
        .with::<Person>(&[&PEOPLE, &SEATS])
        .with::<Account>(&[]);
    lingnan_archives::register(lingnan_workflow::register(lingnan_documents::register(registry)))
}

/// Opens a cell.
///
/// # Errors
/// [`Fault`] when the database cannot be opened or the calendar does not read.
pub fn open(opening: Opening) -> Result<Cell, Fault> {
    let directory = Arc::new(RwLock::new(Directory::default()));
    let mut options =
        Options::new(&opening.url, &opening.cell, registry(), opening.clock, opening.chance);
    options.fail_point = Arc::clone(&opening.fail_point);
    options.rebuild = opening.rebuild;
    options.side_tables.extend(lingnan_auth::SIDE_TABLES);
    options.side_tables.extend(lingnan_evidence::SIDE_TABLES);
    options.side_tables.extend(lingnan_api::SIDE_TABLES);
    options.side_tables.push(lingnan_api::uploads::TABLE);
    let following = Following::new(Arc::clone(&directory));
    options.observers.push(Box::new(following.clone()));
    let notices = include_str!("../../catalogue/calendars/china.tsv");
    let festivals = include_str!("../../catalogue/calendars/festivals.tsv");
    let calendar =
        Calendar::parse(notices, festivals).map_err(|e| Fault::corrupt("calendar", 0, &e))?;
    let store = lingnan_store::open(options)?;
    let folder = opening.data.join("search");
    Ok(Cell {
        search: Search::new(folder, store.clone(), Arc::new(Documents)),
        store,
        directory,
        blobs: Blobs::new(opening.data.join("blobs"), Arc::clone(&opening.fail_point)),
        calendar: Arc::new(calendar),
        fail_point: opening.fail_point,
        url: opening.url,
        following,
    })
}

impl Cell {
    /// The world around commands.
    #[must_use]
    pub fn setting(&self) -> Setting {
        Setting { directory: Arc::clone(&self.directory), calendar: Arc::clone(&self.calendar) }
    }

    /// The database.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether no directory has been imported yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.directory.read().unwrap_or_else(PoisonError::into_inner).unit_count() == 0
    }

    /// Reads the directory into memory, as of one moment, and follows it from there.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails or a row does not read.
    pub async fn load_directory(&self) -> Result<(), Fault> {
        self.following.read(&Reader::frozen(&self.url).await?).await
    }

    /// The parts that handlers need.
    ///
    /// # Errors
    /// When the engine fails or the verifier key cannot be written down.
    pub async fn kit(
        &self,
        naming: &impl Naming,
        people: Demonstration,
        seed: [u8; 32],
        chance: &mut Chance,
    ) -> anyhow::Result<Kit> {
        let origin = format!("evidence.{}.lingnan", naming.cell());
        let signer = Signer::new(&origin, seed);
        let evidence = Evidence::open(lingnan_evidence::Opening {
            store: self.store.clone(),
            cell: naming.cell().to_owned(),
            signer,
            copies: naming.data().join(lingnan_evidence::COPIES_FILE),
            elsewhere: if naming.copies().is_some() {
                Elsewhere::Copied
            } else {
                Elsewhere::Nowhere
            },
            holder: chance.key(self.store.now()),
            fail_point: Arc::clone(&self.fail_point),
        })
        .await?;
        std::fs::write(naming.data().join("evidence.vkey"), evidence.verifier_key())
            .context("writing evidence.vkey")?;
        let accounts = Accounts::new(self.store.clone(), chance.split());
        let passkeys = Passkeys::new(self.store.clone(), chance.split(), &naming.origin())?;
        let first_run = people.is_empty() && accounts.is_empty().await?;
        let setup_token = first_run.then(|| chance.key(self.store.now()).into());
        Ok(Kit {
            store: self.store.clone(),
            directory: Arc::clone(&self.directory),
            accounts,
            passkeys,
            evidence,
            blobs: self.blobs.clone(),
            press: Press::new(naming.press()),
            viewer: Viewer::new(naming.viewer()),
            scanner: Scanner::new(naming.scanner()),
            search: self.search.clone(),
            calendar: Arc::clone(&self.calendar),
            origin: naming.origin().into(),
            proxies: naming.proxies().into(),
            cell_name: "广东省".into(),
            setup_token,
            setup_turn: Arc::default(),
            demonstration: Arc::new(people),
        })
    }
}

/// The secret seed of the cell's log key, made at the first start.
///
/// # Errors
/// When the file cannot be read or written.
pub fn signing_seed(data: &Path, chance: &mut Chance) -> anyhow::Result<[u8; 32]> {
    let path = data.join("evidence.key");
    if let Ok(bytes) = std::fs::read(&path) {
        return bytes
            .try_into()
            .map_err(|_| anyhow::anyhow!("{} does not hold 32 bytes", path.display()));
    }
    let seed = chance.bytes();
    write_secret(&path, &seed).with_context(|| format!("writing {}", path.display()))?;
    Ok(seed)
}

fn write_secret(path: &Path, secret: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(secret)?;
    file.sync_all()
}
