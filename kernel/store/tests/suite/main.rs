//! The store suite: every test on SQLite and on PostgreSQL, and one that compares the two.

mod differential;
mod engines;
mod ledger;
mod promises;
