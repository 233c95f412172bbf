//! The storm: a server is killed again and again while clients act; nothing acknowledged may be
//! lost, nothing may be half done, and the log must extend every checkpoint that was seen.

#![expect(clippy::print_stdout, reason = "a tool speaks on its standard output")]
#![expect(clippy::disallowed_methods, reason = "the storm measures real time")]

use lingnan_base::Chance;
use lingnan_testkit::{Client, Server};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Clients that act at once.
const CLIENTS: u64 = 6;

/// Acts that were acknowledged: the request, and the document it was told.
type Acknowledged = Mutex<BTreeMap<String, (Value, Value)>>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        let at = words.iter().position(|word| word == name)?;
        words.get(at.saturating_add(1))?.parse::<u64>().ok()
    };
    let seconds = value("--seconds").unwrap_or(20);
    let seed = value("--seed").unwrap_or(20_261_124);
    match storm(Duration::from_secs(seconds), seed) {
        Ok(told) => {
            println!("{told}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            println!("the storm with seed {seed} found: {message}");
            ExitCode::FAILURE
        }
    }
}

fn storm(length: Duration, seed: u64) -> Result<String, String> {
    let folder = tempfile::tempdir().map_err(|e| format!("a folder: {e}"))?;
    let data = folder.path();
    drop(Server::start(data, None)?);
    let mut chance = Chance::from_number(seed);
    let acknowledged = Acknowledged::default();
    let numbers = AtomicU64::new(0);
    let (begun, mut kills, mut seen) = (Instant::now(), 0_u32, 0_u64);
    while begun.elapsed() < length {
        let point = match chance.below(3) {
            0 => None,
            1 => Some(format!("judged:{}", chance.below(40) + 1)),
            _ => Some(format!("committed:{}", chance.below(40) + 1)),
        };
        let Ok(mut server) = Server::start(data, point.as_deref()) else {
            // Ended at its fail point while it was starting: that is a kill too.
            kills += 1;
            continue;
        };
        check_all(&server.address, &acknowledged)?;
        // No answer means that the server came to its fail point meanwhile.
        let size = checkpoint_size(&server.address).unwrap_or(seen);
        if size < seen {
            return Err(format!("the log shrank from {seen} to {size}"));
        }
        let wait = Duration::from_millis(50 + chance.below(450));
        seen = seen.max(act_until_killed(&mut server, wait, &acknowledged, &numbers));
        kills += 1;
    }
    verify(data, seen)?;
    let count = acknowledged.lock().unwrap_or_else(PoisonError::into_inner).len();
    Ok(format!("{kills} kills, {count} acknowledged acts, 0 lost, the log covers {seen} and more"))
}

/// Clients act until the server is killed; gives the largest checkpoint that was seen.
fn act_until_killed(
    server: &mut Server,
    wait: Duration,
    acknowledged: &Acknowledged,
    numbers: &AtomicU64,
) -> u64 {
    let stop = AtomicBool::new(false);
    let seen = AtomicU64::new(0);
    let address = server.address.clone();
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| act(&address, &stop, acknowledged, numbers));
        }
        scope.spawn(|| {
            while !stop.load(Ordering::SeqCst) {
                match checkpoint_size(&address) {
                    Ok(size) => seen.fetch_max(size, Ordering::SeqCst),
                    Err(_) => break,
                };
            }
        });
        let begun = Instant::now();
        while begun.elapsed() < wait {
            std::thread::yield_now();
        }
        server.kill();
        stop.store(true, Ordering::SeqCst);
    });
    seen.load(Ordering::SeqCst)
}

fn act(address: &str, stop: &AtomicBool, acknowledged: &Acknowledged, numbers: &AtomicU64) {
    let mut client = Client::new(address);
    if client.sign_in("linlan").is_err() {
        return;
    }
    while !stop.load(Ordering::SeqCst) {
        let number = numbers.fetch_add(1, Ordering::SeqCst);
        let body = begin(number);
        let Ok((200, told)) = client.post("/api/documents", &body) else { continue };
        let id = told.get("id").cloned().unwrap_or_default();
        let mut all = acknowledged.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(format!("storm-{number}"), (body, id));
    }
}

fn begin(number: u64) -> Value {
    json!({
        "act_id": format!("storm-{number}"),
        "as_post": "440000-bgt.ng",
        "head": { "title": format!("第{number}号风暴通知"), "document_type": "notice" },
        "body": { "type": "doc", "content": [
            { "type": "paragraph", "content": [{ "type": "text", "text": "正文。" }] } ] }
    })
}

/// Every acknowledged act is there, once: sent again, it gives its first answer.
fn check_all(address: &str, acknowledged: &Acknowledged) -> Result<(), String> {
    let mut client = Client::new(address);
    let all = acknowledged.lock().unwrap_or_else(PoisonError::into_inner);
    if all.is_empty() || client.sign_in("linlan").is_err() {
        return Ok(());
    }
    for (act, (body, id)) in all.iter().rev().take(200) {
        let Ok((status, told)) = client.post("/api/documents", body) else {
            // The server came to its fail point meanwhile; the next round checks again.
            return Ok(());
        };
        let same = told.get("id") == Some(id) && told.get("repeated") == Some(&json!(true));
        if status != 200 || !same {
            return Err(format!("{act} was acknowledged and now answers {status}: {told}"));
        }
    }
    Ok(())
}

fn checkpoint_size(address: &str) -> Result<u64, String> {
    let mut client = Client::new(address);
    client.sign_in("shenji")?;
    let (_, told) = client.get("/api/checkpoint")?;
    Ok(told.get("size").and_then(Value::as_u64).unwrap_or(0))
}

/// The verifier, from outside, finds nothing, and the log covers what was seen.
fn verify(data: &Path, seen: u64) -> Result<(), String> {
    let mut command = Command::new(Server::binary()?);
    let output = command.arg("verify").arg("--data").arg(data).output();
    let output = output.map_err(|e| format!("verify: {e}"))?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        return Err(told);
    }
    let covered = told.split("已签覆盖 ").nth(1).and_then(|rest| rest.split(' ').next());
    let covered: u64 = covered.and_then(|text| text.parse().ok()).unwrap_or(0);
    if covered < seen {
        return Err(format!("a checkpoint of {seen} was seen, the log covers {covered}"));
    }
    Ok(())
}
