//! PostgreSQL by URL: every statement of a commit is sent before the first answer is awaited.

use super::{Dialect, Engine, Rows, Trouble};
use crate::Statement;
use lingnan_journal::{Datum, Fault};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::runtime::{Handle, Runtime};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, NoTls, error::SqlState};

const DIALECT: Dialect = Dialect { blob: "bytea", position: "bigint", by_key: "" };

/// Longest wait for a connection; then the caller is told that the database is unavailable.
const CONNECT_TIMEOUT_SECONDS: u64 = 3;

/// Longest silence of a network or of a statement; a database that stands still answers nobody, so
/// its caller is told that it is unavailable.
const SILENCE_SECONDS: u64 = 10;

/// Waits for an answer, but not for ever: a connection that gave none is given up.
async fn answered<T>(work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    let waited = tokio::time::timeout(Duration::from_secs(SILENCE_SECONDS), work).await;
    let silent = || Fault::Unavailable("the database does not answer".to_owned());
    waited.unwrap_or_else(|_| Err(silent().into()))
}

/// The thread that drives all PostgreSQL connections of the process.
fn driver() -> Result<Handle, Fault> {
    static DRIVER: OnceLock<Option<Runtime>> = OnceLock::new();
    DRIVER
        .get_or_init(|| {
            tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .thread_name("postgres")
                .enable_all()
                .build()
                .ok()
        })
        .as_ref()
        .map(|runtime| runtime.handle().clone())
        .ok_or_else(|| Fault::Engine("the PostgreSQL driver thread did not start".to_owned()))
}

/// A connection that is made again when it was lost.
pub(crate) struct Link {
    url: String,
    client: Option<Arc<Client>>,
    prepared: BTreeMap<String, tokio_postgres::Statement>,
}

impl Link {
    /// A link that connects at first use.
    pub(crate) fn new(url: &str) -> Self {
        Self { url: url.to_owned(), client: None, prepared: BTreeMap::new() }
    }

    async fn client(&mut self) -> Result<Arc<Client>, Trouble> {
        if let Some(client) = self.client.as_ref().filter(|client| !client.is_closed()) {
            return Ok(Arc::clone(client));
        }
        self.prepared.clear();
        let mut config: tokio_postgres::Config = self.url.parse().map_err(|e| trouble(&e))?;
        config.connect_timeout(Duration::from_secs(CONNECT_TIMEOUT_SECONDS));
        config.tcp_user_timeout(Duration::from_secs(SILENCE_SECONDS));
        config.keepalives_idle(Duration::from_secs(SILENCE_SECONDS));
        let (client, connection) = config.connect(NoTls).await.map_err(|e| trouble(&e))?;
        driver()?.spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "a PostgreSQL connection ended");
            }
        });
        let client = Arc::new(client);
        self.client = Some(Arc::clone(&client));
        Ok(client)
    }

    async fn prepare(
        &mut self,
        client: &Client,
        sql: &str,
    ) -> Result<tokio_postgres::Statement, Trouble> {
        if let Some(known) = self.prepared.get(sql) {
            return Ok(known.clone());
        }
        let prepared = client.prepare(sql).await.map_err(|e| trouble(&e))?;
        self.prepared.insert(sql.to_owned(), prepared.clone());
        Ok(prepared)
    }

    /// Carries out a text that has no values and gives no rows.
    pub(crate) async fn define(&mut self, text: &str) -> Result<(), Trouble> {
        let client = self.client().await?;
        client.batch_execute(text).await.map_err(|e| trouble(&e))
    }

    /// Reads.
    pub(crate) async fn query(&mut self, sql: &str, values: &[Datum]) -> Result<Rows, Trouble> {
        Ok(self.query_all(&[(sql, values)]).await?.pop().unwrap_or_default())
    }

    /// Reads with several texts, all sent before the first answer is awaited.
    async fn query_all(&mut self, queries: &[(&str, &[Datum])]) -> Result<Vec<Rows>, Trouble> {
        let told = answered(async {
            let client = self.client().await?;
            let mut prepared = Vec::with_capacity(queries.len());
            for (sql, _) in queries {
                prepared.push(self.prepare(&client, sql).await?);
            }
            let values: Vec<Vec<&(dyn ToSql + Sync)>> =
                queries.iter().map(|(_, values)| values.iter().map(bound).collect()).collect();
            let sent =
                prepared.iter().zip(&values).map(|(text, values)| client.query(text, values));
            futures_util::future::try_join_all(sent).await.map_err(|e| trouble(&e))
        });
        let told = told.await;
        if let Err(Trouble::Fault(Fault::Unavailable(_))) = &told {
            self.client = None;
        }
        told?.iter().map(|rows| rows.iter().map(datums).collect()).collect()
    }

    async fn commit(&mut self, statements: &[Statement]) -> Result<Vec<u64>, Trouble> {
        let client = self.client().await?;
        let mut prepared = Vec::with_capacity(statements.len());
        for statement in statements {
            prepared.push(self.prepare(&client, &statement.sql).await?);
        }
        let values: Vec<Vec<&(dyn ToSql + Sync)>> = statements
            .iter()
            .map(|statement| statement.values.iter().map(bound).collect())
            .collect();
        // Polled in order, so that all are on the wire before the first answer is read.
        let sent = prepared.iter().zip(&values).map(|(text, values)| client.execute(text, values));
        let work = futures_util::future::join_all(sent);
        let begin = client.batch_execute("begin");
        let both = futures_util::future::join(begin, work);
        let (begun, done) = answered(async { Ok(both.await) }).await?;
        let outcome = begun.map_err(|e| trouble(&e)).and_then(|()| checked(statements, done));
        match outcome {
            Ok(touched) => {
                let sent = client.batch_execute("commit");
                let told = answered(async { sent.await.map_err(|e| trouble(&e)) }).await;
                told.map_err(|trouble| match trouble {
                    // The server may have committed before the connection was lost.
                    Trouble::Fault(Fault::Unavailable(what)) => Fault::Unknown(what).into(),
                    other => other,
                })?;
                Ok(touched)
            }
            Err(error) => {
                let _ = client.batch_execute("rollback").await;
                Err(error)
            }
        }
    }
}

fn checked(
    statements: &[Statement],
    done: Vec<Result<u64, tokio_postgres::Error>>,
) -> Result<Vec<u64>, Trouble> {
    let mut touched = Vec::with_capacity(done.len());
    for (statement, result) in statements.iter().zip(done) {
        let rows = result.map_err(|e| trouble(&e))?;
        if let Some(expected) = statement.expect.filter(|expected| *expected != rows) {
            return Err(Trouble::Conflict(format!("expected {expected} rows, touched {rows}")));
        }
        touched.push(rows);
    }
    Ok(touched)
}

/// The writer's connection.
pub(crate) struct Postgres {
    driver: Handle,
    link: Link,
}

impl Postgres {
    /// Connects to `url`.
    pub(crate) fn open(url: &str) -> Result<Self, Fault> {
        let mut opened = Self { driver: driver()?, link: Link::new(url) };
        opened.query("select 1", &[]).map_err(Trouble::into_fault)?;
        Ok(opened)
    }
}

impl Engine for Postgres {
    fn commit(&mut self, statements: &[Statement]) -> Result<Vec<u64>, Trouble> {
        let link = &mut self.link;
        self.driver.clone().block_on(async {
            let told = link.commit(statements).await;
            if let Err(Trouble::Fault(Fault::Unavailable(_) | Fault::Unknown(_))) = &told {
                link.client = None;
            }
            told
        })
    }

    fn query_all(&mut self, queries: &[(&str, &[Datum])]) -> Result<Vec<Rows>, Trouble> {
        self.driver.clone().block_on(self.link.query_all(queries))
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn define(&mut self, ddl: &str) -> Result<(), Trouble> {
        self.driver.clone().block_on(self.link.define(&DIALECT.say(ddl)))
    }
}

fn bound(datum: &Datum) -> &(dyn ToSql + Sync) {
    match datum {
        Datum::Null => &Null,
        Datum::Int(number) => number,
        Datum::Text(text) => text,
        Datum::Blob(bytes) => bytes,
    }
}

#[derive(Debug)]
struct Null;

impl ToSql for Null {
    fn to_sql(
        &self,
        _: &Type,
        _: &mut tokio_postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        Ok(IsNull::Yes)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn datums(row: &tokio_postgres::Row) -> Result<Vec<Datum>, Trouble> {
    let mut out = Vec::with_capacity(row.len());
    for (place, column) in row.columns().iter().enumerate() {
        let value = match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(place).map(|v| v.map(Datum::Int)),
            Type::INT4 => {
                row.try_get::<_, Option<i32>>(place).map(|v| v.map(|n| Datum::Int(n.into())))
            }
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(place).map(|v| v.map(Datum::Blob)),
            _ => row.try_get::<_, Option<String>>(place).map(|v| v.map(Datum::Text)),
        };
        out.push(value.map_err(|e| trouble(&e))?.unwrap_or(Datum::Null));
    }
    Ok(out)
}

fn trouble(error: &tokio_postgres::Error) -> Trouble {
    let Some(code) = error.code() else {
        return Trouble::Fault(Fault::Unavailable(error.to_string()));
    };
    if *code == SqlState::UNIQUE_VIOLATION || *code == SqlState::T_R_SERIALIZATION_FAILURE {
        return Trouble::Conflict(error.to_string());
    }
    if *code == SqlState::DISK_FULL {
        return Trouble::Fault(Fault::Full);
    }
    let gone = ["08", "57"].iter().any(|class| code.code().starts_with(class));
    let text = error.as_db_error().map_or_else(|| error.to_string(), |db| db.message().to_owned());
    Trouble::Fault(if gone { Fault::Unavailable(text) } else { Fault::Engine(text) })
}
