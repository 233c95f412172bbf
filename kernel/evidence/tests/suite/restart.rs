//! Taking the log up again: what can be made again is, what was promised is kept, and what
//! contradicts a signature stops the start.

use crate::cell::{cell, open_evidence, open_store, tell};
use lingnan_evidence::COPIES_FILE;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn missing_and_short_tiles_are_made_again_from_the_journal() {
    for sql in [
        "delete from evidence_tile",
        "update evidence_tile set hashes = substr(hashes, 1, 32)",
        "update evidence_tile set hashes = zeroblob(length(hashes))",
    ] {
        let cell = cell(600).await;
        cell.tamper(sql);
        let copies = cell.folder.path().join(COPIES_FILE);
        let again = open_evidence(&cell.store, copies).await.unwrap();
        assert_eq!(tell(&cell.verify().await), Vec::<String>::new(), "{sql}");
        cell.count(600, 610).await;
        assert_eq!(again.advance().await.unwrap(), 610);
        assert_eq!(tell(&cell.verify().await), Vec::<String>::new(), "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_journal_that_contradicts_its_signature_is_not_signed_further() {
    let cell = cell(600).await;
    cell.tamper("delete from evidence_tile; delete from journal_act where seq = 300");
    let copies = cell.folder.path().join(COPIES_FILE);
    let refused = open_evidence(&cell.store, copies).await.err().unwrap().to_string();
    assert!(refused.contains("lingnan verify"), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_older_than_its_file_of_checkpoints_is_not_signed_further() {
    let cell = cell(600).await;
    cell.tamper(
        "delete from evidence_checkpoint where size = 600; delete from evidence_tile;
         delete from journal_act where seq >= 300; delete from journal_stream where seq >= 300",
    );
    let url = cell.folder.path().join("cell.sqlite");
    let store = open_store(url.to_str().unwrap());
    let again = open_evidence(&store, cell.folder.path().join(COPIES_FILE)).await.unwrap();
    let refused = again.advance().await.err().unwrap().to_string();
    assert!(refused.contains("lingnan verify"), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_checkpoint_that_only_the_file_has_is_kept_as_promised() {
    let cell = cell(600).await;
    let promised = cell.evidence.newest().await.unwrap();
    cell.tamper("delete from evidence_checkpoint where size = 600");
    cell.count(600, 610).await;
    let url = cell.folder.path().join("cell.sqlite");
    let store = open_store(url.to_str().unwrap());
    let again = open_evidence(&store, cell.folder.path().join(COPIES_FILE)).await.unwrap();
    assert_eq!(again.advance().await.unwrap(), 610);
    assert_eq!(again.checkpoint(600).await.unwrap(), Some(promised));
    assert_eq!(tell(&cell.verify().await), Vec::<String>::new());
}
