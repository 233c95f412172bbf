//! What was uploaded, by whom: a file's name, size and kind are established as it comes in, and
//! only who brought it may attach it.

use crate::Attachment;
use lingnan_base::PersonId;
use lingnan_journal::{Datum, Fault};
use lingnan_store::{Blobs, SideTable, Statement, Store};

/// The table of uploads; files themselves lie in the blob store.
pub const TABLE: SideTable = SideTable {
    ddl: "create table if not exists document_upload (
        person text not null,
        digest text not null,
        name text not null,
        size bigint not null,
        media text not null,
        uploaded_ms bigint not null,
        attached bigint not null,
        primary key (person, digest))",
};

/// An upload that was not attached within a day was given up.
const KEPT_MS: i64 = 86_400_000;
/// Most files that one person may have uploaded and not yet attached.
pub(crate) const WAITING_MAX: i64 = 50;

const DELETE: &str = "delete from document_upload where person = $1 and digest = $2";
const INSERT: &str = "insert into document_upload \
    (person, digest, name, size, media, uploaded_ms, attached) \
    values ($1, $2, $3, $4, $5, $6, 0)";
const SELECT: &str = "select name, size, media from document_upload \
    where person = $1 and digest = $2";
const ANYBODYS: &str = "select 1 from document_upload where digest = $1 limit 1";
const COUNT: &str = "select count(*) from document_upload where person = $1 and attached = 0";
const ATTACHED: &str = "update document_upload set attached = 1 where person = $1 and digest = $2";
/// The act tells, not the note of it: a process may end between the two.
const SELECT_ATTACHED: &str = "select 1 from journal_act \
    where command in ('documents.begin', 'documents.save', 'documents.attach', \
    'documents.distribute', 'documents.approve', 'incoming.approve', 'incoming.register') \
    and payload like $1 limit 1";
const GIVEN_UP: &str = "select person, digest from document_upload u \
    where attached = 0 and uploaded_ms < $1 and not exists (select 1 from document_upload o \
    where o.digest = u.digest and (o.attached = 1 or o.uploaded_ms >= $1))";

fn key(person: &PersonId, digest: &str) -> Vec<Datum> {
    vec![Datum::text(person.as_str()), Datum::text(digest)]
}

/// How many files a person has uploaded and not attached.
pub(crate) async fn waiting(store: &Store, person: &PersonId) -> Result<i64, Fault> {
    let rows = store.query(COUNT, vec![Datum::text(person.as_str())]).await?;
    Ok(match rows.first().map(Vec::as_slice) {
        Some([Datum::Int(count)]) => *count,
        _ => 0,
    })
}

/// Notes a file that has come in.
///
/// # Errors
/// [`Fault`] when the engine fails.
pub async fn note(store: &Store, person: &PersonId, file: &Attachment) -> Result<(), Fault> {
    let mut values = key(person, &file.digest);
    values.extend([
        Datum::text(file.name.as_str()),
        Datum::count(file.size),
        Datum::text(file.media.as_str()),
        Datum::Int(store.now().0),
    ]);
    let forget = Statement::new(DELETE, key(person, &file.digest));
    store.execute(vec![forget, Statement::new(INSERT, values)]).await.map(|_| ())
}

/// A file that this person uploaded; none when it was another, or nobody.
///
/// # Errors
/// [`Fault`] when the engine fails.
pub async fn find(
    store: &Store,
    person: &PersonId,
    digest: &str,
) -> Result<Option<Attachment>, Fault> {
    let rows = store.query(SELECT, key(person, digest)).await?;
    Ok(match rows.first().map(Vec::as_slice) {
        Some([Datum::Text(name), Datum::Int(size), Datum::Text(media)]) => Some(Attachment {
            digest: digest.to_owned(),
            name: name.clone(),
            size: u64::try_from(*size).unwrap_or(0),
            media: media.clone(),
        }),
        _ => None,
    })
}

/// Notes that a file was attached: it is kept for good.
///
/// # Errors
/// [`Fault`] when the engine fails.
pub async fn attached(store: &Store, person: &PersonId, digest: &str) -> Result<(), Fault> {
    store.execute(vec![Statement::new(ATTACHED, key(person, digest))]).await.map(|_| ())
}

/// Forgets a file that must not be kept, and removes its bytes unless another has brought them too.
///
/// # Errors
/// [`Fault`] when the engine fails or the file cannot be removed.
pub async fn give_up(
    store: &Store,
    blobs: &Blobs,
    person: &PersonId,
    digest: &str,
) -> Result<(), Fault> {
    store.execute(vec![Statement::new(DELETE, key(person, digest))]).await?;
    if store.query(ANYBODYS, vec![Datum::text(digest)]).await?.is_empty() {
        blobs.remove(digest).await.map_err(|e| Fault::Engine(e.to_string()))?;
    }
    Ok(())
}

/// Removes files that nobody attached within a day, and unfinished ones; tells how many. At start,
/// when nothing is coming in.
///
/// # Errors
/// [`Fault`] when the engine fails or a file cannot be removed.
pub async fn tidy(store: &Store, blobs: &Blobs) -> Result<usize, Fault> {
    let unfinished = blobs.remove_unfinished().await;
    let mut count = unfinished.map_err(|e| Fault::Engine(e.to_string()))?;
    let before = Datum::Int(store.now().0.saturating_sub(KEPT_MS));
    for row in store.query(GIVEN_UP, vec![before]).await? {
        let [Datum::Text(person), Datum::Text(digest)] = row.as_slice() else { continue };
        let named = vec![Datum::Text(format!("%{digest}%"))];
        if !store.query(SELECT_ATTACHED, named).await?.is_empty() {
            let values = vec![Datum::text(person.as_str()), Datum::text(digest.as_str())];
            store.execute(vec![Statement::new(ATTACHED, values)]).await?;
            continue;
        }
        blobs.remove(digest).await.map_err(|e| Fault::Engine(e.to_string()))?;
        let values = vec![Datum::text(person.as_str()), Datum::text(digest.as_str())];
        store.execute(vec![Statement::new(DELETE, values)]).await?;
        count = count.saturating_add(1);
    }
    Ok(count)
}
