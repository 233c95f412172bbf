//! What the store promises, each promise tried on both engines.

use crate::ledger::{Account, account, open, options, person, transfer};
use crate::on_both;
use lingnan_journal::{ActId, Datum, Fault, Stop};
use lingnan_store::{Accepted, FailPoint, Rebuild, SideTable, Statement, Store, rows_after};
use std::sync::Arc;

on_both!(
    an_accepted_act_is_read_back_and_shown,
    a_refused_command_leaves_nothing,
    a_retry_returns_the_first_answer,
    one_act_id_serves_one_request,
    many_at_once_lose_nothing_and_balance,
    a_matter_longer_than_its_snapshot_reads_back,
    rows_follow_the_state_and_are_rebuilt,
    a_rebuilding_that_was_killed_is_done_again_whole,
    two_processes_on_one_journal_do_not_overwrite_each_other,
    parcels_wait_until_they_are_delivered,
    side_statements_are_all_or_nothing,
    subscribers_hear_of_acts_in_order,
    every_sql_text_of_a_reversed_binding_means_the_same,
);

fn id(text: &str) -> ActId {
    ActId::parse(text).unwrap()
}

async fn send(store: &Store, act: &str, from: &str, to: &str, amount: i64) -> Accepted {
    store.submit(id(act), person("林岭"), transfer(from, to, amount)).await.unwrap()
}

async fn an_accepted_act_is_read_back_and_shown(url: &str) {
    let store = open(url);
    let told = send(&store, "act-1", "", "a", 70).await;
    assert_eq!((told.seq, told.repeated), (Some(0), false));
    assert_eq!(told.answer["balance"], 70);
    let (version, state) = store.load::<Account>(&account("a")).await.unwrap();
    assert_eq!((version, state.balance), (1, 70));
    let rows = store.query("select account, balance from balances", vec![]).await.unwrap();
    assert_eq!(rows, vec![vec![Datum::text("a"), Datum::Int(70)]]);
    drop(store);
    let again = open(url);
    assert_eq!(again.load::<Account>(&account("a")).await.unwrap().1.balance, 70);
    assert_eq!(send(&again, "act-2", "a", "b", 20).await.seq, Some(1));
}

async fn a_refused_command_leaves_nothing(url: &str) {
    let store = open(url);
    send(&store, "act-1", "", "a", 10).await;
    let stop = store.submit(id("act-2"), person("林岭"), transfer("a", "b", 11)).await;
    assert!(matches!(stop, Err(Stop::Refused(r)) if r.code == "ledger.overdrawn"));
    assert_eq!(store.load::<Account>(&account("a")).await.unwrap().1.balance, 10);
    assert_eq!(store.load::<Account>(&account("b")).await.unwrap().0, 0);
    assert_eq!(store.count(), 1);
}

async fn a_retry_returns_the_first_answer(url: &str) {
    let store = open(url);
    let first = send(&store, "act-1", "", "a", 5).await;
    let second = send(&store, "act-1", "", "a", 5).await;
    assert_eq!((second.seq, second.answer), (first.seq, first.answer));
    assert!(second.repeated);
    let (one, two) =
        tokio::join!(send(&store, "act-2", "", "a", 5), send(&store, "act-2", "", "a", 5));
    assert_eq!(one.seq, two.seq);
    assert_eq!(store.load::<Account>(&account("a")).await.unwrap().1.balance, 10);
}

async fn one_act_id_serves_one_request(url: &str) {
    let store = open(url);
    send(&store, "act-1", "", "a", 5).await;
    let stop = store.submit(id("act-1"), person("林岭"), transfer("", "a", 6)).await;
    assert!(matches!(stop, Err(Stop::Refused(r)) if r.code == "act_id_reused"));
}

async fn many_at_once_lose_nothing_and_balance(url: &str) {
    let store = open(url);
    send(&store, "seed", "", "a0", 1_000).await;
    let mut waiting = tokio::task::JoinSet::new();
    for number in 0..400_u32 {
        let store = store.clone();
        waiting.spawn(async move {
            let (from, to) = (format!("a{}", number % 7), format!("a{}", (number + 1) % 7));
            store.submit(id(&format!("m-{number}")), person("群"), transfer(&from, &to, 3)).await
        });
    }
    let mut accepted = 0;
    for outcome in waiting.join_all().await {
        accepted += u64::from(outcome.is_ok());
    }
    assert!(accepted > 0);
    assert_eq!(store.count(), accepted + 1);
    let rows = store.query("select balance from balances", vec![]).await.unwrap();
    let total: i64 =
        rows.iter().map(|row| if let [Datum::Int(n)] = row.as_slice() { *n } else { 0 }).sum();
    assert_eq!(total, 1_000);
    let journal = rows_after(store.reader(), 0, 1_000).await.unwrap();
    assert!(journal.iter().enumerate().all(|(place, row)| row.seq == place as u64));
}

async fn a_matter_longer_than_its_snapshot_reads_back(url: &str) {
    let store = open(url);
    for number in 0..250 {
        send(&store, &format!("n-{number}"), "", "long", 1).await;
    }
    let kept = store.query("select version from journal_snapshot", vec![]).await.unwrap();
    assert_eq!(kept, vec![vec![Datum::Int(200)]]);
    let (version, state) = open(url).load::<Account>(&account("long")).await.unwrap();
    assert_eq!((version, state.balance), (250, 250));
}

async fn rows_follow_the_state_and_are_rebuilt(url: &str) {
    let store = open(url);
    send(&store, "act-1", "", "a", 5).await;
    send(&store, "act-2", "a", "b", 5).await;
    let expected = vec![vec![Datum::text("b"), Datum::Int(5), Datum::text("林岭")]];
    let select = "select account, balance, last_person from balances";
    assert_eq!(store.query(select, vec![]).await.unwrap(), expected);
    let forget = "update view_version set version = 0";
    store.execute(vec![Statement::new(forget, vec![])]).await.unwrap();
    store.execute(vec![Statement::new("delete from balances", vec![])]).await.unwrap();
    drop(store);
    assert_eq!(open(url).query(select, vec![]).await.unwrap(), expected);
}

/// Ends the writer's thread, as near to killing the process as a test may go.
struct EndAt(&'static str);

impl FailPoint for EndAt {
    fn reached(&self, name: &'static str) {
        assert_ne!(name, self.0, "ended as asked");
    }
}

async fn a_rebuilding_that_was_killed_is_done_again_whole(url: &str) {
    let store = open(url);
    for number in 0..20 {
        send(&store, &format!("act-{number}"), "", &format!("a{number}"), 5).await;
    }
    let select = "select account, balance, last_person from balances order by account";
    let clean = store.query(select, vec![]).await.unwrap();
    assert_eq!(clean.len(), 20);
    drop(store);
    for point in ["emptied", "filled"] {
        let mut killed = options(url);
        (killed.rebuild, killed.fail_point) = (Rebuild::All, Arc::new(EndAt(point)));
        assert!(lingnan_store::open(killed).is_err(), "{point}");
        // Nobody asks for it again: what is half made is known to be.
        assert_eq!(open(url).query(select, vec![]).await.unwrap(), clean, "{point}");
    }
}

async fn two_processes_on_one_journal_do_not_overwrite_each_other(url: &str) {
    let (one, two) = (open(url), open(url));
    for number in 0..20 {
        send(&one, &format!("one-{number}"), "", "a", 1).await;
        send(&two, &format!("two-{number}"), "", "a", 1).await;
    }
    assert_eq!(one.load::<Account>(&account("a")).await.unwrap().1.balance, 40);
    assert_eq!(two.load::<Account>(&account("a")).await.unwrap().0, 40);
}

async fn parcels_wait_until_they_are_delivered(url: &str) {
    let store = open(url);
    send(&store, "act-1", "", "a", 5).await;
    send(&store, "act-2", "", "b", 5).await;
    let waiting = store.parcels("receipt", 10).await.unwrap();
    assert_eq!(waiting.iter().map(|p| p.seq).collect::<Vec<_>>(), [0, 1]);
    store.undelivered(&waiting[0]).await.unwrap();
    store.delivered(&waiting[1]).await.unwrap();
    let left = store.parcels("receipt", 10).await.unwrap();
    assert_eq!(left.iter().map(|p| (p.seq, p.attempts)).collect::<Vec<_>>(), [(0, 1)]);
}

async fn side_statements_are_all_or_nothing(url: &str) {
    let mut options = options(url);
    let ddl = "create table if not exists note (name text not null primary key, body {blob})";
    options.side_tables.push(SideTable { ddl });
    let store = lingnan_store::open(options).unwrap();
    let insert = |name: &str| {
        let values = vec![Datum::text(name), Datum::Blob(vec![1, 2])];
        Statement::new("insert into note (name, body) values ($1, $2)", values)
    };
    let gone = Statement::new("delete from note where name = $1", vec![Datum::text("none")]);
    let failed = store.execute(vec![insert("x"), gone.clone().expecting(1)]).await;
    assert!(matches!(failed, Err(Fault::Engine(_))));
    assert_eq!(store.execute(vec![insert("x"), gone]).await.unwrap(), [1, 0]);
    assert!(store.execute(vec![insert("x")]).await.is_err());
}

async fn subscribers_hear_of_acts_in_order(url: &str) {
    let store = open(url);
    let mut news = store.subscribe();
    send(&store, "act-1", "", "a", 5).await;
    send(&store, "act-2", "a", "b", 1).await;
    assert_eq!(news.recv().await.unwrap().seq, 0);
    let second = news.recv().await.unwrap();
    assert_eq!(second.command, "ledger.transfer");
    assert_eq!(second.matters, [account("a"), account("b")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_connection_is_made_again_and_the_same_act_is_sent_again() {
    let database = crate::engines::postgres().await;
    let store = open(&database.url);
    send(&store, "act-1", "", "a", 5).await;
    let (client, connection) =
        tokio_postgres::connect(&database.url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let others = "select pg_terminate_backend(pid) from pg_stat_activity \
        where datname = current_database() and pid <> pg_backend_pid()";
    client.batch_execute(others).await.unwrap();
    let mut told = store.submit(id("act-2"), person("林岭"), transfer("", "a", 7)).await;
    for _ in 0..5 {
        if told.is_ok() {
            break;
        }
        assert!(matches!(told, Err(Stop::Failed(Fault::Unavailable(_)))), "{told:?}");
        told = store.submit(id("act-2"), person("林岭"), transfer("", "a", 7)).await;
    }
    assert!(told.is_ok(), "{told:?}");
    assert_eq!(open(&database.url).load::<Account>(&account("a")).await.unwrap().1.balance, 12);
    assert_eq!(store.count(), 2);
}

async fn every_sql_text_of_a_reversed_binding_means_the_same(url: &str) {
    let store = open(url);
    let values = vec![Datum::text("first"), Datum::text("second")];
    let sql = "select cast($2 as text), cast($1 as text)";
    let rows = store.query(sql, values).await.unwrap();
    assert_eq!(rows, vec![vec![Datum::text("second"), Datum::text("first")]]);
}
