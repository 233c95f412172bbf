//! Readers: a few connections that never write, lent out one query at a time.

use crate::engine::{Engine, Rows, Trouble, is_postgres, postgres::Link, sqlite::Sqlite};
use lingnan_journal::{Datum, Fault};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Connections that read at once: twice the cores of the machine we measure on.
const READERS_MAX: usize = 4;

enum Connection {
    Sqlite(Box<Sqlite>),
    Postgres(Box<Link>),
}

struct Shared {
    url: String,
    idle: Mutex<Vec<Connection>>,
    permits: Semaphore,
}

/// Reads from the database; cheap to clone.
#[derive(Clone)]
pub struct Reader(Arc<Shared>);

impl Reader {
    /// Readers of `url`, which connect when first needed.
    #[must_use]
    pub fn new(url: &str) -> Self {
        Self(Arc::new(Shared {
            url: url.to_owned(),
            idle: Mutex::new(Vec::new()),
            permits: Semaphore::new(READERS_MAX),
        }))
    }

    /// One reader that sees the database as it is at its first query, however long it lives. It
    /// keeps SQLite's write-ahead log from being cut, so it is for verifying, not for serving.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot be reached.
    pub async fn frozen(url: &str) -> Result<Self, Fault> {
        let connection = if is_postgres(url) {
            let mut link = Link::new(url);
            let begin = "begin isolation level repeatable read read only";
            link.define(begin).await.map_err(Trouble::into_fault)?;
            Connection::Postgres(Box::new(link))
        } else {
            let mut sqlite = Sqlite::open_reader(url)?;
            sqlite.define("begin").map_err(Trouble::into_fault)?;
            Connection::Sqlite(Box::new(sqlite))
        };
        Ok(Self(Arc::new(Shared {
            url: url.to_owned(),
            idle: Mutex::new(vec![connection]),
            permits: Semaphore::new(1),
        })))
    }

    /// Reads; the text uses `$1`, `$2`… on both engines.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot be reached or the statement fails.
    pub async fn query(&self, sql: &'static str, values: Vec<Datum>) -> Result<Rows, Fault> {
        self.query_text(sql.to_owned(), values).await
    }

    /// Reads with a text made at run time, for lists whose filters and scope vary. Values are
    /// always bound, never written into the text.
    ///
    /// # Errors
    /// As [`Reader::query`].
    pub async fn query_text(&self, sql: String, values: Vec<Datum>) -> Result<Rows, Fault> {
        let shared = Arc::clone(&self.0);
        let _permit = shared
            .permits
            .acquire()
            .await
            .map_err(|_| Fault::Unavailable("the readers are closed".to_owned()))?;
        match self.take()? {
            Connection::Sqlite(mut sqlite) => {
                let reader = self.clone();
                let work = tokio::task::spawn_blocking(move || {
                    let rows = sqlite.query(&sql, &values);
                    reader.give_back(Connection::Sqlite(sqlite));
                    rows
                });
                let rows = work.await.map_err(|e| Fault::Engine(e.to_string()))?;
                rows.map_err(Trouble::into_fault)
            }
            Connection::Postgres(mut link) => {
                let rows = link.query(&sql, &values).await;
                self.give_back(Connection::Postgres(link));
                rows.map_err(Trouble::into_fault)
            }
        }
    }

    fn take(&self) -> Result<Connection, Fault> {
        let idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(connection) => Ok(connection),
            None if is_postgres(&self.0.url) => {
                Ok(Connection::Postgres(Box::new(Link::new(&self.0.url))))
            }
            None => Ok(Connection::Sqlite(Box::new(Sqlite::open_reader(&self.0.url)?))),
        }
    }

    fn give_back(&self, connection: Connection) {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}
