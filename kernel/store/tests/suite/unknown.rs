//! The connection goes after the database has committed and before it could say so, or the
//! database stands still.

use crate::ledger::{open, person, transfer};
use lingnan_journal::{ActId, Fault, Stop};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch::{self, Receiver};

/// Passes everything on; once armed, cuts the connection instead of the answer to a commit.
async fn proxy(target: String, armed: Arc<AtomicBool>, still: Receiver<bool>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(&target).await.unwrap();
            tokio::spawn(pass(client, server, Arc::clone(&armed), still.clone()));
        }
    });
    port
}

async fn pass(
    mut client: TcpStream,
    mut server: TcpStream,
    armed: Arc<AtomicBool>,
    mut still: Receiver<bool>,
) {
    let (mut up, mut down) = (vec![0; 65_536], vec![0; 65_536]);
    let mut committing = false;
    loop {
        tokio::select! {
            read = client.read(&mut up) => {
                let Ok(count @ 1..) = read else { return };
                if still.wait_for(|still| !still).await.is_err() { return }
                committing = up[..count].windows(7).any(|part| part == b"commit\0");
                if server.write_all(&up[..count]).await.is_err() { return }
            }
            read = server.read(&mut down) => {
                let Ok(count @ 1..) = read else { return };
                let answer = down[..count].windows(7).any(|part| part == b"COMMIT\0");
                if committing && answer && armed.swap(false, Ordering::SeqCst) { return }
                if client.write_all(&down[..count]).await.is_err() { return }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_that_was_committed_unheard_is_answered_and_announced_once() {
    let database = crate::engines::postgres().await;
    let (_, place) = database.url.split_once('@').unwrap();
    let (target, name) = place.split_once('/').unwrap();
    let armed = Arc::new(AtomicBool::new(false));
    let (_move, still) = watch::channel(false);
    let port = proxy(target.to_owned(), Arc::clone(&armed), still).await;
    let store = open(&format!("postgres://postgres@127.0.0.1:{port}/{name}"));
    let mut news = store.subscribe();
    armed.store(true, Ordering::SeqCst);
    let act = ActId::parse("act-1").unwrap();
    let told = store.submit(act, person("林岭"), transfer("", "a", 7)).await.unwrap();
    assert!(!armed.load(Ordering::SeqCst), "the answer was cut off");
    assert_eq!((told.seq, told.repeated, store.count()), (Some(0), false, 1));
    assert_eq!(news.recv().await.unwrap().seq, 0);
    assert!(news.try_recv().is_err(), "announced once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_stands_still_is_said_to_and_serves_again_when_it_moves() {
    let database = crate::engines::postgres().await;
    let (_, place) = database.url.split_once('@').unwrap();
    let (target, name) = place.split_once('/').unwrap();
    let (stand, still) = watch::channel(false);
    let port = proxy(target.to_owned(), Arc::new(AtomicBool::new(false)), still).await;
    let store = open(&format!("postgres://postgres@127.0.0.1:{port}/{name}"));
    let send = |act: &str| {
        let act = ActId::parse(act).unwrap();
        store.submit(act, person("林岭"), transfer("", "a", 7))
    };
    send("act-1").await.unwrap();
    stand.send(true).unwrap();
    let told = send("act-2").await;
    let clear = matches!(told, Err(Stop::Failed(Fault::Unavailable(_) | Fault::Unknown(_))));
    assert!(clear, "{told:?}");
    stand.send(false).unwrap();
    send("act-2").await.unwrap();
    assert_eq!(store.count(), 2);
    let again = open(&database.url);
    assert_eq!(again.count(), 2);
}
