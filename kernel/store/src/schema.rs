//! The journal's own tables. They only ever gain columns: one that exists stays as it was made.

use crate::SideTable;

/// The journal, its streams, snapshots, outbox, leases, and the versions of read tables.
pub(crate) const JOURNAL: &[SideTable] = &[
    SideTable {
        ddl: "create table if not exists journal_act (
            seq {position} not null primary key,
            act_id text not null,
            command text not null,
            person text,
            post text,
            unit text,
            time_ms bigint not null,
            payload text not null,
            salt {blob} not null,
            commitment {blob} not null)",
    },
    SideTable { ddl: "create unique index if not exists journal_act_id on journal_act (act_id)" },
    SideTable { ddl: "create index if not exists journal_act_unit on journal_act (unit, seq)" },
    SideTable {
        ddl: "create table if not exists journal_stream (
            matter text not null,
            version bigint not null,
            seq bigint not null,
            primary key (matter, version)){by_key}",
    },
    SideTable { ddl: "create index if not exists journal_stream_seq on journal_stream (seq)" },
    SideTable {
        ddl: "create table if not exists journal_snapshot (
            matter text not null,
            version bigint not null,
            fold_version bigint not null,
            state text not null,
            primary key (matter, version))",
    },
    SideTable {
        ddl: "create table if not exists outbox (
            seq bigint not null,
            number bigint not null,
            topic text not null,
            body text not null,
            attempts bigint not null,
            primary key (seq, number))",
    },
    SideTable {
        ddl: "create table if not exists lease (
            name text not null primary key,
            holder text not null,
            until_ms bigint not null)",
    },
    SideTable {
        ddl: "create table if not exists view_version (
            name text not null primary key,
            version bigint not null)",
    },
];

/// Adds an act to the journal.
pub(crate) const INSERT_ACT: &str = "insert into journal_act \
    (seq, act_id, command, person, post, unit, time_ms, payload, salt, commitment) \
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
/// Adds an act's change to a matter's stream.
pub(crate) const INSERT_STREAM: &str =
    "insert into journal_stream (matter, version, seq) values ($1, $2, $3)";
/// Keeps a folded state.
pub(crate) const INSERT_SNAPSHOT: &str = "insert into journal_snapshot \
    (matter, version, fold_version, state) values ($1, $2, $3, $4)";
/// Drops folded states that a newer one replaces.
pub(crate) const DELETE_SNAPSHOTS: &str =
    "delete from journal_snapshot where matter = $1 and version < $2";
/// Leaves work for afterwards.
pub(crate) const INSERT_PARCEL: &str =
    "insert into outbox (seq, number, topic, body, attempts) values ($1, $2, $3, $4, 0)";
/// The newest act's place and time.
pub(crate) const SELECT_HEAD: &str =
    "select seq, time_ms from journal_act order by seq desc limit 1";
/// Acts in order from a place on.
pub(crate) const SELECT_AFTER: &str =
    "select seq, time_ms, payload from journal_act where seq >= $1 order by seq limit $2";
/// The newest snapshot of a matter that the present fold made.
pub(crate) const SELECT_SNAPSHOT: &str = "select version, state from journal_snapshot \
    where matter = $1 and fold_version = $2 order by version desc limit 1";
/// A matter's acts after that snapshot.
pub(crate) const SELECT_STREAM: &str = "select a.payload \
    from journal_stream s join journal_act a on a.seq = s.seq \
    where s.matter = $1 and s.version > coalesce((select max(k.version) from journal_snapshot k \
    where k.matter = $1 and k.fold_version = $2), 0) order by s.version";
/// Where a matter's acts after that snapshot stand.
pub(crate) const SELECT_PLACES: &str = "select s.seq from journal_stream s \
    where s.matter = $1 and s.version > coalesce((select max(k.version) from journal_snapshot k \
    where k.matter = $1 and k.fold_version = $2), 0) order by s.version";
/// One act.
pub(crate) const SELECT_ACT: &str = "select payload from journal_act where seq = $1";
