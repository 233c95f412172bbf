//! SQLite and PostgreSQL behind the journal's door: the only engine code.
