//! SQLite and PostgreSQL behind the journal's door: one writer that commits in groups, a pool of
//! readers, read tables kept by difference, and their rebuilding.

mod blobs;
mod courier;
mod engine;
mod journal_rows;
mod lease;
mod load;
mod options;
mod outbox;
mod pool;
mod rebuild;
mod schema;
mod statement;
mod store;
mod table_sql;
mod writer;

pub use blobs::{BLOB_BYTES_MAX, BlobError, BlobWriter, Blobs, Stored};
pub use courier::{Carry, Courier};
pub use journal_rows::{JournalRow, StoredRow, rows_after, stored_after};
pub use lease::{LEASE_MS, Lease};
pub use options::{FailPoint, NoFailPoints, Observer, Options, Rebuild, SideTable};
pub use outbox::Delivery;
pub use pool::Reader;
pub use statement::Statement;
pub use store::{Accepted, Committed, Store, open};
