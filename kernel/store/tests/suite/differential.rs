//! The same commands leave the same journal on both engines, byte for byte.

use crate::engines;
use crate::ledger::{open, person, transfer};
use lingnan_journal::ActId;
use lingnan_store::{JournalRow, rows_after};

async fn journal_after(url: &str, commands: &[(u8, u8, i64)]) -> Vec<JournalRow> {
    let store = open(url);
    for (number, (from, to, amount)) in commands.iter().enumerate() {
        let from = if *from == 0 { String::new() } else { format!("a{from}") };
        let command = transfer(&from, &format!("a{to}"), *amount);
        let id = ActId::parse(&format!("d-{number}")).unwrap();
        // A refusal is an outcome like any other here: it must be the same on both.
        let _ = store.submit(id, person("林岭"), command).await;
    }
    rows_after(store.reader(), 0, 10_000).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_commands_leave_the_same_journal() {
    let mut chance = lingnan_base::Chance::from_number(20_261_124);
    let commands: Vec<(u8, u8, i64)> = (0..300)
        .map(|_| {
            let small = |n: u64| u8::try_from(n).unwrap();
            let amount = i64::try_from(chance.below(50)).unwrap() + 1;
            (small(chance.below(6)), small(chance.below(5)) + 1, amount)
        })
        .collect();
    let sqlite = engines::sqlite();
    let postgres = engines::postgres().await;
    let one = journal_after(&sqlite.url, &commands).await;
    let two = journal_after(&postgres.url, &commands).await;
    assert!(one.len() > 100, "most commands are accepted: {}", one.len());
    assert_eq!(one, two);
}
