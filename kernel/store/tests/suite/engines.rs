//! A database of its own for each test, on either engine.

use lingnan_base::Chance;
use std::sync::atomic::{AtomicU64, Ordering};

/// A database that is removed when the test ends.
pub(crate) struct Database {
    pub(crate) url: String,
    _folder: Option<tempfile::TempDir>,
}

/// A fresh SQLite file.
pub(crate) fn sqlite() -> Database {
    let folder = tempfile::tempdir().unwrap();
    let url = folder.path().join("cell.sqlite").to_str().unwrap().to_owned();
    Database { url, _folder: Some(folder) }
}

/// A fresh database in the private cluster that `LINGNAN_TEST_POSTGRES` names. Without it the
/// test fails: a suite that skips an engine says nothing about it.
pub(crate) async fn postgres() -> Database {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let base = std::env::var("LINGNAN_TEST_POSTGRES")
        .expect("LINGNAN_TEST_POSTGRES names a private cluster; cargo xtask test starts one");
    let number = NUMBER.fetch_add(1, Ordering::SeqCst);
    let mut chance = Chance::from_number(u64::from(std::process::id()) << 20 | number);
    let name = format!("store_{}", chance.key(lingnan_base::Timestamp(0)));
    let (client, connection) =
        tokio_postgres::connect(&format!("{base}/postgres"), tokio_postgres::NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    client.batch_execute(&format!("create database {name}")).await.unwrap();
    drop(client);
    driver.await.unwrap().unwrap();
    Database { url: format!("{base}/{name}"), _folder: None }
}

/// Runs a test body on both engines.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod on_sqlite { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let database = $crate::engines::sqlite();
                super::$name(&database.url).await;
            }
        )* }
        mod on_postgres { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let database = $crate::engines::postgres().await;
                super::$name(&database.url).await;
            }
        )* }
    };
}
