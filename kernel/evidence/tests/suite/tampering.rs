//! Whatever is changed behind the server's back is found, named, and nothing else is.

use crate::cell::{cell, open_evidence, tell};
use lingnan_evidence::{COPIES_FILE, Running};
use lingnan_tlog::{Checkpoint, Hash, Signer};

/// Tampers with a cell of 600 acts and compares all that is found.
async fn check(sql: &str, expected: &[&str]) {
    let cell = cell(600).await;
    let clean = cell.verify().await;
    assert_eq!((tell(&clean), clean.covered), (vec![], 600));
    cell.tamper(sql);
    let found = tell(&cell.verify().await);
    assert_eq!(found.len(), expected.len(), "{sql}: {found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.contains(expected), "{sql}: {found} is not {expected}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_byte_in_any_column_of_an_act_is_found() {
    let set = |column: &str, value: &str| {
        format!("update journal_act set {column} = {value} where seq = 300")
    };
    for (column, value) in [
        ("act_id", "'other'"),
        ("command", "'tally.other'"),
        ("person", "'p-2'"),
        ("person", "null"),
        ("post", "'post-2'"),
        ("unit", "'440100'"),
        ("time_ms", "time_ms + 1"),
    ] {
        let named = format!("300: {column}列与内容不符");
        check(&set(column, value), &[&named, "未再比对"]).await;
    }
    check(&set("payload", "replace(payload, '林', '李')"), &["300: 内容与", "未再比对"]).await;
    check(&set("salt", "zeroblob(32)"), &["300: 内容与", "未再比对"]).await;
    check(&set("commitment", "zeroblob(32)"), &["300: 内容与", "未再比对"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_type_or_a_null_names_the_act_and_stops_nothing() {
    let sql = "update journal_act set payload = x'00' where seq = 5; \
        update journal_act set salt = 'short' where seq = 400";
    check(sql, &["5: payload列的类型不对", "400: salt列的类型不对", "未再比对"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_act_deleted_in_the_middle_is_one_finding() {
    let sql = "delete from journal_act where seq = 100";
    check(sql, &["100: 这项办理缺失", "未再比对"]).await;
    let sql = "delete from journal_act where seq between 100 and 120";
    check(sql, &["100: 第100至120项办理缺失", "未再比对"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_altered_tile_does_not_blame_an_intact_act() {
    let cell = cell(257).await;
    let sql = "update evidence_tile set hashes = zeroblob(32) where level = 0 and place = 1";
    cell.tamper(sql);
    let found = tell(&cell.verify().await);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("存证瓦片中第256项的条目被改动"), "{found:?}");
    let sql = "update evidence_tile set hashes = zeroblob(64) where level = 1";
    check(sql, &["存证瓦片 1/0 缺失或被改动", "未再比对"]).await;
    let sql = "delete from evidence_tile where level = 0 and place = 0";
    check(sql, &["存证瓦片 0/0 缺失或被改动", "未再比对"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_server_shows_and_decides_from_is_compared_too() {
    let named = "journal_stream 中事项tally:even";
    let sql = "delete from journal_stream where matter = 'tally:even' and version = 300";
    check(sql, &[named, "未再比对"]).await;
    let sql = "insert into journal_stream values ('tally:even', 301, 9000)";
    check(sql, &["journal_stream 中事项tally:even有一行指向不存在的办理", "未再比对"]).await;
    let sql = "update journal_snapshot set state = '{\"total\":7}' where matter = 'tally:odd'";
    check(sql, &["快照 journal_snapshot：事项tally:odd第300版的状态被改动"]).await;
    let sql = "insert into journal_snapshot values ('tally:none', 5, 1, '{\"total\":7}')";
    check(sql, &["快照 journal_snapshot：事项tally:none没有这一版"]).await;
    let sql = "update tallies set total = 1 where name = 'odd'";
    check(sql, &["读表 tallies：事项tally:odd的一行被改动"]).await;
    let sql = "delete from tallies where name = 'odd'";
    check(sql, &["读表 tallies：事项tally:odd的一行缺失"]).await;
    check("insert into tallies values ('ghost', 1)", &["读表 tallies：多出一行（ghost）"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deleted_checkpoints_are_missed() {
    let sql = "delete from evidence_checkpoint where size = 300";
    check(sql, &["检查点300在数据库中缺失", "未再比对"]).await;
    let cell = cell(600).await;
    cell.tamper("delete from evidence_checkpoint");
    // The file outside the database still covers every act.
    assert_eq!(cell.verify().await.covered, 600);
    std::fs::remove_file(cell.folder.path().join(COPIES_FILE)).unwrap();
    let found = tell(&cell.verify().await);
    assert!(found.iter().any(|f| f.contains("末尾600项办理没有已签检查点覆盖")), "{found:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acts_that_nobody_signed_are_a_finding_unless_they_are_young_and_the_cell_runs() {
    let cell = cell(20).await;
    cell.count(20, 25).await;
    let stopped = cell.verify().await;
    assert_eq!(stopped.uncovered, 5);
    assert!(tell(&stopped)[0].contains("末尾5项办理没有已签检查点覆盖"));
    for (age, findings) in [(9_000, 0), (11_000, 2)] {
        let report = cell.verify_with(|audit| {
            audit.running = Running::Yes;
            audit.now = lingnan_base::Timestamp(1_795_000_000_000 + age);
        });
        assert_eq!(report.await.findings.len(), findings, "{age}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn history_written_anew_contradicts_a_checkpoint_that_was_kept() {
    let cell = cell(20).await;
    let kept = cell.evidence.newest().await.unwrap().note;
    let agrees = cell.verify_with(|audit| audit.kept.push(kept.clone())).await;
    assert_eq!(tell(&agrees), Vec::<String>::new());
    // The holder of the key signs another history of the same size.
    let origin = "evidence.gd.lingnan".to_owned();
    let other = Checkpoint { origin, size: 20, root: Hash([9; 32]) };
    let note = Signer::new("evidence.gd.lingnan", [3; 32]).sign(&other.text());
    let found = cell.verify_with(|audit| audit.kept.push(note)).await;
    assert!(tell(&found).iter().any(|f| f.contains("历史被改写")), "{:?}", tell(&found));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_or_unnamed_file_is_found() {
    let cell = cell(4).await;
    let blobs = cell.blobs();
    let mut writer = blobs.begin("one").await.unwrap();
    writer.write("正文".as_bytes()).await.unwrap();
    let stored = writer.finish().await.unwrap();
    assert_eq!(cell.verify().await.files, 1);
    let path = cell.folder.path().join("blobs").join(&stored.digest[..2]).join(&stored.digest);
    std::fs::write(path, "正交").unwrap();
    assert!(tell(&cell.verify().await)[0].contains("内容与其摘要不符"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_is_consistent_between_any_two_sizes() {
    let cell = cell(600).await;
    let root = |size: u64| {
        let evidence = cell.evidence.clone();
        async move {
            let note = evidence.checkpoint(size).await.unwrap().unwrap().note;
            Checkpoint::parse(&format!("{}\n", note.split_once("\n\n").unwrap().0)).unwrap()
        }
    };
    let (old, new) = (root(300).await, root(600).await);
    let path = cell.evidence.consistency(300, 600).await.unwrap().unwrap();
    assert!(new.follows(&old, &path));
    for from in [1, 2, 255, 256, 257, 511, 512, 599, 600] {
        assert!(cell.evidence.consistency(from, 600).await.unwrap().is_some(), "{from}");
    }
    assert_eq!(cell.evidence.consistency(5, 601).await.unwrap(), None);
    // The same log, taken up again.
    let again = open_evidence(&cell.store, cell.folder.path().join(COPIES_FILE)).await.unwrap();
    assert_eq!(again.advance().await.unwrap(), 600);
}
