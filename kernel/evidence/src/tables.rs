//! Where tiles and checkpoints are kept; both can be made again from the journal, except that a
//! signed checkpoint is a promise already given.

use lingnan_journal::{Datum, Fault};
use lingnan_store::{Reader, SideTable, Statement};
use lingnan_tlog::{Hash, Tile};

/// Tiles and checkpoints.
pub const SIDE_TABLES: [SideTable; 2] = [
    SideTable {
        ddl: "create table if not exists evidence_tile (
            level bigint not null,
            place bigint not null,
            hashes {blob} not null,
            primary key (level, place))",
    },
    SideTable {
        ddl: "create table if not exists evidence_checkpoint (
            size bigint not null primary key,
            root {blob} not null,
            note text not null,
            time_ms bigint not null)",
    },
];

pub(crate) const SELECT_NEWEST: &str =
    "select size, note from evidence_checkpoint order by size desc limit 1";
pub(crate) const SELECT_ONE: &str = "select note from evidence_checkpoint where size = $1";
pub(crate) const SELECT_ALL_AFTER: &str =
    "select size, note from evidence_checkpoint where size > $1 order by size limit 1000";
pub(crate) const INSERT_CHECKPOINT: &str =
    "insert into evidence_checkpoint (size, root, note, time_ms) values ($1, $2, $3, $4)";
const SELECT_TILE: &str = "select hashes from evidence_tile where level = $1 and place = $2";
const DELETE_TILE: &str = "delete from evidence_tile where level = $1 and place = $2";
const INSERT_TILE: &str = "insert into evidence_tile (level, place, hashes) values ($1, $2, $3)";

/// Reads a tile; none when it is not stored.
pub(crate) async fn tile(
    reader: &Reader,
    level: u8,
    index: u64,
) -> Result<Option<Vec<Hash>>, Fault> {
    let values = vec![Datum::Int(level.into()), Datum::count(index)];
    let rows = reader.query(SELECT_TILE, values).await?;
    let Some([Datum::Blob(bytes)]) = rows.first().map(Vec::as_slice) else { return Ok(None) };
    let hashes = bytes.chunks_exact(32).filter_map(|chunk| Some(Hash(chunk.try_into().ok()?)));
    Ok(Some(hashes.collect()))
}

/// Statements that store a tile in place of a shorter one.
pub(crate) fn put(tile: &Tile) -> [Statement; 2] {
    let key = vec![Datum::Int(tile.level.into()), Datum::count(tile.index)];
    let bytes: Vec<u8> = tile.hashes.iter().flat_map(|hash| hash.0).collect();
    let mut values = key.clone();
    values.push(Datum::Blob(bytes));
    [Statement::new(DELETE_TILE, key), Statement::new(INSERT_TILE, values)]
}
