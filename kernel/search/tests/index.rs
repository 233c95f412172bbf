//! The index as it is used: what is found, in what order, and what survives on disk.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use lingnan_search::{Entry, Index, Looking, Part, Wish};

fn entry(key: &str, number: &str, title: &str, text: &str, time_ms: i64) -> Entry {
    Entry {
        matter: format!("document:{key}"),
        number: number.to_owned(),
        title: title.to_owned(),
        unit: "省政府办公厅".to_owned(),
        sort: "通知".to_owned(),
        text: text.to_owned(),
        time_ms,
    }
}

fn filled(folder: &std::path::Path) -> Index {
    let mut index = Index::open(folder).unwrap();
    let entries = [
        entry("a", "粤府办〔2026〕1号", "关于加强数字政府建设的通知", "各市要统筹推进。", 1),
        entry("b", "粤府办〔2026〕12号", "关于做好防汛工作的通知", "数字政府平台值守周雯联系。", 2),
        entry(
            "c",
            "粤府办〔2026〕11号",
            "关于粤府办〔2026〕1号文的补充",
            "建设数字乡村，政府负责。",
            3,
        ),
        entry("d", "", "关于数字政府的意见", "附件：经费表", 4),
    ];
    for entry in &entries {
        index.put(entry).unwrap();
    }
    index.commit("4 x").unwrap();
    index
}

fn found(looking: &Looking, text: &str) -> Vec<String> {
    let wish = Wish { text: text.to_owned(), ..Wish::default() };
    let mut sight = looking.look(&wish, None, 100).unwrap();
    let candidates = sight.next(100).unwrap();
    candidates.iter().map(|found| found.matter.replace("document:", "")).collect()
}

#[test]
fn the_exact_number_comes_first_then_titles_then_texts_each_newest_first() {
    let folder = tempfile::tempdir().unwrap();
    let looking = filled(folder.path()).looking();
    for (text, wanted) in [
        ("粤府办[2026]1号", "ac"),
        ("粤府办〔2026〕12号", "b"),
        ("府办〔2026〕", "cba"),
        ("数字政府", "dacb"),
        ("“数字政府”", "dab"),
        ("数字政府 防汛", "b"),
        ("周雯", "b"),
        ("文补", ""),
        ("经费表", "d"),
        ("通知", "badc"),
        ("无此词语", ""),
        ("，", ""),
    ] {
        assert_eq!(found(&looking, text).concat(), wanted, "{text}");
    }
}

#[test]
fn pages_go_on_where_the_last_ended_and_filters_hold() {
    let folder = tempfile::tempdir().unwrap();
    let looking = filled(folder.path()).looking();
    let mut wish = Wish { text: "数字政府".to_owned(), ..Wish::default() };
    let first = looking.look(&wish, None, 2).unwrap().next(9).unwrap();
    let rest = looking.look(&wish, Some(first[1].place), 9).unwrap().next(9).unwrap();
    let all = first.iter().chain(&rest).map(|found| found.matter.as_str());
    assert_eq!(all.collect::<Vec<_>>(), ["document:d", "document:a", "document:c", "document:b"]);
    (wish.from_ms, wish.before_ms) = (Some(2), Some(4));
    assert_eq!(looking.look(&wish, None, 9).unwrap().next(9).unwrap().len(), 2);
    wish.sort = Some("决定".to_owned());
    assert!(looking.look(&wish, None, 9).unwrap().next(9).unwrap().is_empty());
}

#[test]
fn what_is_shown_is_marked() {
    let folder = tempfile::tempdir().unwrap();
    let looking = filled(folder.path()).looking();
    let wish = Wish { text: "数字政府".to_owned(), ..Wish::default() };
    let mut sight = looking.look(&wish, None, 9).unwrap();
    let all = sight.next(9).unwrap();
    let part = |text: &str, hit| Part { text: text.to_owned(), hit };
    let title = sight.show(&all[1]).unwrap().title;
    assert_eq!(title, [part("关于加强", false), part("数字政府", true), part("建设的通知", false)]);
    let snippet = sight.show(&all[3]).unwrap().snippet;
    assert_eq!(snippet, [part("数字政府", true), part("平台值守周雯联系。", false)]);
}

#[test]
fn an_index_is_kept_replaced_and_made_anew_when_it_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = filled(folder.path());
    index.put(&entry("a", "", "关于种植荔枝的通知", "", 9)).unwrap();
    index.remove("document:b");
    index.commit("6 y").unwrap();
    drop(index);
    let index = Index::open(folder.path()).unwrap();
    assert_eq!((index.note(), index.looking().count()), ("6 y", 3));
    assert_eq!(found(&index.looking(), "荔枝").concat(), "a");
    assert_eq!(found(&index.looking(), "防汛").concat(), "");
    drop(index);
    let files =
        std::fs::read_dir(folder.path().join("0")).unwrap().map(|file| file.unwrap().path());
    let store =
        files.filter(|path| path.extension().is_some_and(|end| end == "pos")).max().unwrap();
    let mut bytes = std::fs::read(&store).unwrap();
    bytes[3] ^= 1;
    std::fs::write(&store, bytes).unwrap();
    let index = Index::open(folder.path()).unwrap();
    assert_eq!((index.note(), index.looking().count()), ("", 0));
}

#[test]
fn two_processes_in_one_folder_have_an_index_each() {
    let folder = tempfile::tempdir().unwrap();
    let _first = filled(folder.path());
    assert_eq!(Index::open(folder.path()).unwrap().looking().count(), 0);
    assert!(folder.path().join("1").is_dir());
}
