//! Leases: work that only one process of a cell may do is done by whoever holds its row.

use crate::{Statement, Store};
use lingnan_journal::{Datum, Fault};

/// How long a lease is good for without being renewed. A process that was killed is followed by
/// another after as long.
pub const LEASE_MS: i64 = 3_000;

const SELECT: &str = "select holder, until_ms from lease where name = $1";
const INSERT: &str = "insert into lease (name, holder, until_ms) values ($1, $2, $3)";
const TAKE: &str = "update lease set holder = $1, until_ms = $2 \
    where name = $3 and holder = $4 and until_ms = $5";
const RENEW: &str = "update lease set until_ms = $1 where name = $2 and holder = $3";

/// One process's claim to a lease.
#[derive(Clone)]
pub struct Lease {
    store: Store,
    name: &'static str,
    holder: String,
}

impl Lease {
    /// A claim of `holder`, whose name no other process has, to the lease `name`.
    #[must_use]
    pub const fn new(store: Store, name: &'static str, holder: String) -> Self {
        Self { store, name, holder }
    }

    /// Takes the lease when it is free, has run out or is one's own already; tells whether one
    /// holds it now. Where only one process may serve, whoever held it before is gone.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn take(&self) -> Result<bool, Fault> {
        let now = self.store.now().0;
        let until = Datum::Int(now.saturating_add(LEASE_MS));
        let (name, holder) = (Datum::text(self.name), Datum::text(self.holder.as_str()));
        let Some((by, end)) = self.row().await? else {
            let first = Statement::new(INSERT, vec![name, holder, until]);
            let told = self.store.execute(vec![first]).await;
            // Refused when another was first: then there is a row now.
            return match (told, self.row().await?) {
                (Ok(_), _) => Ok(true),
                (Err(_), Some(_)) => Ok(false),
                (Err(fault), None) => Err(fault),
            };
        };
        if by != self.holder && end > now && self.store.is_shared() {
            return Ok(false);
        }
        let values = vec![holder, until, name, Datum::Text(by), Datum::Int(end)];
        Ok(self.store.execute(vec![Statement::new(TAKE, values)]).await? == [1])
    }

    /// Whether it is still one's own; another may have taken it the moment it ran out.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn is_held(&self) -> Result<bool, Fault> {
        Ok(self.row().await?.is_some_and(|(by, _)| by == self.holder))
    }

    /// Renews the lease as part of a commit, which fails as a whole when another has taken it.
    #[must_use]
    pub fn fence(&self) -> Statement {
        self.renewal(self.store.now().0.saturating_add(LEASE_MS)).expecting(1)
    }

    /// Gives it up, so that another need not wait.
    ///
    /// # Errors
    /// [`Fault`] when the engine fails.
    pub async fn release(&self) -> Result<(), Fault> {
        self.store.execute(vec![self.renewal(0)]).await.map(|_| ())
    }

    fn renewal(&self, until: i64) -> Statement {
        let holder = Datum::text(self.holder.as_str());
        Statement::new(RENEW, vec![Datum::Int(until), Datum::text(self.name), holder])
    }

    async fn row(&self) -> Result<Option<(String, i64)>, Fault> {
        let rows = self.store.query(SELECT, vec![Datum::text(self.name)]).await?;
        Ok(match rows.first().map(Vec::as_slice) {
            Some([Datum::Text(holder), Datum::Int(until)]) => Some((holder.clone(), *until)),
            _ => None,
        })
    }
}
