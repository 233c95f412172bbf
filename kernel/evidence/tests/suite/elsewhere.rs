//! Checkpoints reach a folder on another disk, whatever happens to it or to the process meanwhile.

use crate::cell::{Cell, cell, open_store, store_at};
use lingnan_base::{FixedClock, Timestamp};
use lingnan_evidence::{COPIES_FILE, COPY_TOPIC, carry_to};
use lingnan_store::{Courier, Store};
use std::path::Path;
use std::sync::Arc;

fn courier(store: &Store, folder: &Path, holder: &str) -> Courier {
    Courier::new(store.clone(), COPY_TOPIC, holder.to_owned(), carry_to(folder.to_owned()))
}

/// The notes in a folder's file, in order.
fn notes(folder: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join(COPIES_FILE)).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_checkpoint_arrives_in_order_also_after_a_restart() {
    let cell = cell(20).await;
    let target = tempfile::tempdir().unwrap();
    let waiting = cell.store.parcels(COPY_TOPIC, 10).await.unwrap();
    assert_eq!(waiting.iter().map(|parcel| parcel.seq).collect::<Vec<_>>(), [9, 19]);
    let Cell { folder, store, evidence } = cell;
    drop((store, evidence));
    let store = open_store(folder.path().join("cell.sqlite").to_str().unwrap());
    assert_eq!(courier(&store, target.path(), "second").round().await.unwrap(), 2);
    assert_eq!(notes(target.path()), notes(folder.path()));
    assert_eq!(store.parcels(COPY_TOPIC, 10).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_is_not_there_is_tried_again_after_a_growing_wait() {
    let cell = cell(20).await;
    let clock = Arc::new(FixedClock::new(Timestamp(1_795_000_000_000)));
    let store = store_at(cell.folder.path().join("cell.sqlite").to_str().unwrap(), &clock);
    let outside = tempfile::tempdir().unwrap();
    let target = outside.path().join("disk");
    let mut courier = courier(&store, &target, "one");
    for (wait_ms, attempts) in [(0, 1), (499, 1), (1, 2), (999, 2), (1, 3), (1_999, 3), (1, 4)] {
        clock.advance_ms(wait_ms);
        assert_eq!(courier.round().await.unwrap(), 0);
        let first = store.parcels(COPY_TOPIC, 1).await.unwrap();
        assert_eq!(first[0].attempts, attempts, "after {wait_ms} ms");
    }
    assert!(!target.exists(), "a disk that is not there is not made up");
    std::fs::create_dir(&target).unwrap();
    assert_eq!(courier.round().await.unwrap(), 0, "its time has not come");
    clock.advance_ms(4_000);
    assert_eq!(courier.round().await.unwrap(), 2);
    assert_eq!(notes(&target), notes(cell.folder.path()));
}
