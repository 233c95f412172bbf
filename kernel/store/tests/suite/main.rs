//! The store suite: every test on SQLite and on PostgreSQL, and one that compares the two.

mod differential;
mod engines;
mod failures;
mod ledger;
mod overlap;
mod promises;
mod unknown;
