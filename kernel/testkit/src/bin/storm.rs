//! The storm: a server is killed again and again while clients act; nothing acknowledged may be
//! lost, nothing may be half done, and the log must extend every checkpoint that was seen.

#![expect(clippy::print_stdout, reason = "a tool speaks on its standard output")]
#![expect(clippy::disallowed_methods, reason = "the storm measures real time")]

use lingnan_base::Chance;
use lingnan_testkit::{Client, Issuing, Server};
use lingnan_tlog::{Checkpoint, Hash};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Where the server ends itself, and at the how-manieth time at most: before and after the
/// journal's commit, after one of side tables (sessions, parcels, leases), between the steps of
/// the notary and of keeping a file.
const POINTS: [(&str, u64); 9] = [
    ("judged", 40),
    ("committed", 40),
    ("side", 40),
    ("signed", 5),
    ("copied", 5),
    ("logged", 5),
    ("written", 3),
    ("synced", 3),
    ("renamed", 3),
];
/// One round in so many begins with read tables whose recomputing was killed: it takes as long as
/// several rounds.
const REBUILT_ROUNDS: u64 = 40;
/// One round in so many lasts until a document was issued whole: its page is set for seconds.
const LONG_ROUNDS: u64 = 4;
/// Longest life of such a round.
const ISSUED: Duration = Duration::from_secs(15);
/// How often the newest checkpoint is asked for.
const LOOKS: Duration = Duration::from_millis(20);
/// Clients that act at once.
const CLIENTS: u64 = 6;

/// Kills after which the folder that checkpoints are copied to is there: until then they wait.
const ABSENT_KILLS: u32 = 3;
/// Longest wait for what is in the outbox at the end.
const ARRIVAL: Duration = Duration::from_secs(15);

/// Acts that were acknowledged: the request, and the document it was told.
type Acknowledged = Mutex<BTreeMap<String, (Value, Value)>>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        let at = words.iter().position(|word| word == name)?;
        words.get(at.saturating_add(1))?.parse::<u64>().ok()
    };
    let database = words.iter().position(|word| word == "--database");
    let database = database.and_then(|at| words.get(at.saturating_add(1))).map(String::as_str);
    let seconds = value("--seconds").unwrap_or(20);
    let seed = value("--seed").unwrap_or(20_261_124);
    match storm(Duration::from_secs(seconds), seed, database) {
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

fn storm(length: Duration, seed: u64, database: Option<&str>) -> Result<String, String> {
    let folder = tempfile::tempdir().map_err(|e| format!("a folder: {e}"))?;
    let data = folder.path();
    let elsewhere = data.join("elsewhere");
    let copies = elsewhere.display().to_string();
    let place: Vec<&str> = database.into_iter().flat_map(|url| ["--database", url]).collect();
    let start = |point: Option<&str>| {
        Server::start_with(data, point, &[&place, ["--copies", &copies].as_slice()].concat())
    };
    drop(start(None)?);
    let mut chance = Chance::from_number(seed);
    let acknowledged = Acknowledged::default();
    let (numbers, issuing) = (AtomicU64::new(0), Mutex::new(Issuing::default()));
    let (begun, mut kills, mut seen) = (Instant::now(), 0_u32, None::<String>);
    while begun.elapsed() < length {
        if chance.below(REBUILT_ROUNDS) == 0 {
            kill_rebuild(data, &place, &mut chance)?;
            kills += 1;
        }
        let nth = chance.below(u64::try_from(POINTS.len()).unwrap_or(1).saturating_add(1));
        let point = usize::try_from(nth).ok().and_then(|nth| POINTS.get(nth));
        let point = point.map(|(name, most)| format!("{name}:{}", chance.below(*most) + 1));
        let mut server = match start(point.as_deref()) {
            Ok(server) => server,
            // Ended at its fail point while it was starting: that is a kill too.
            Err(_) if point.is_some() => {
                kills += 1;
                continue;
            }
            Err(message) => return Err(format!("after {kills} kills: {message}")),
        };
        check_all(&server.address, &acknowledged, Strictness::MayEnd)?;
        // No answer means that the server came to its fail point meanwhile.
        extends(&server.address, seen.as_deref(), Strictness::MayEnd)?;
        let long = chance.below(LONG_ROUNDS) == 0;
        let wait = Duration::from_millis(50 + chance.below(450));
        let life = Life { wait, until_issued: if long { ISSUED } else { Duration::ZERO } };
        seen = act_until_killed(&mut server, life, &acknowledged, &numbers, &issuing)?.or(seen);
        kills += 1;
        if kills == ABSENT_KILLS {
            std::fs::create_dir(&elsewhere).map_err(|e| format!("a folder for copies: {e}"))?;
        }
    }
    std::fs::create_dir_all(&elsewhere).map_err(|e| format!("a folder for copies: {e}"))?;
    // The last round is checked like every other, by a server that nobody kills. It finds read
    // tables half made, and the verifier compares what it makes of them with a clean recomputing.
    kill_rebuild(data, &place, &mut chance)?;
    if start(Some("filled:3")).is_ok() {
        return Err("read tables left half made were not computed again".to_owned());
    }
    let server = start(None).map_err(|e| format!("after the storm: {e}"))?;
    check_all(&server.address, &acknowledged, Strictness::MustAnswer)?;
    extends(&server.address, seen.as_deref(), Strictness::MustAnswer)?;
    let mut issuing = issuing.into_inner().unwrap_or_else(PoisonError::into_inner);
    // What was on its way when the last server was killed arrives.
    issuing.finish(&server.address)?;
    issuing.check(&server.address)?;
    arrived(&server.address, data, &elsewhere)?;
    server.stop()?;
    verify(data, &place, seen.as_deref())?;
    let count = acknowledged.lock().unwrap_or_else(PoisonError::into_inner).len();
    let issued = issuing.issued();
    let size = size_of(seen.as_deref());
    let engine = if database.is_some() { "PostgreSQL" } else { "SQLite" };
    Ok(format!(
        "{engine}: {kills} kills, {count} acknowledged acts, 0 lost, {issued} documents issued \
         whole, the log extends the {size} acts seen"
    ))
}

/// Has the read tables computed again and the work killed in the middle.
fn kill_rebuild(data: &Path, place: &[&str], chance: &mut Chance) -> Result<(), String> {
    let name = if chance.below(2) == 0 { "emptied" } else { "filled" };
    let ended = Server::rebuild(data, &format!("{name}:{}", chance.below(5) + 1), place)?;
    if ended { Err(format!("the fail point {name} was never reached")) } else { Ok(()) }
}

/// Whether a server may end while it is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strictness {
    MayEnd,
    MustAnswer,
}

/// How long a server lives.
#[derive(Clone, Copy)]
struct Life {
    wait: Duration,
    /// The wait begins when a document was issued, or after this.
    until_issued: Duration,
}

/// Clients act until the server is killed; gives the newest checkpoint that was seen.
fn act_until_killed(
    server: &mut Server,
    life: Life,
    acknowledged: &Acknowledged,
    numbers: &AtomicU64,
    issuing: &Mutex<Issuing>,
) -> Result<Option<String>, String> {
    let (stop, issued) = (AtomicBool::new(false), AtomicBool::new(false));
    let seen = Mutex::new(None);
    let address = server.address.clone();
    std::thread::scope(|scope| {
        let issuer = scope.spawn(|| {
            let mut issuing = issuing.lock().unwrap_or_else(PoisonError::into_inner);
            issuing.go_on(&address, || issued.store(true, Ordering::SeqCst))
        });
        for _ in 0..CLIENTS {
            scope.spawn(|| act(&address, &stop, acknowledged, numbers));
        }
        scope.spawn(|| {
            while !stop.load(Ordering::SeqCst) {
                match checkpoint(&address) {
                    Ok(note) => *seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(note),
                    Err(_) => break,
                }
                std::thread::park_timeout(LOOKS);
            }
        });
        let begun = Instant::now();
        // An issuer that has no answer any more has a server that came to its fail point.
        while begun.elapsed() < life.until_issued
            && !issued.load(Ordering::SeqCst)
            && !issuer.is_finished()
        {
            std::thread::park_timeout(LOOKS);
        }
        std::thread::sleep(life.wait);
        server.kill();
        stop.store(true, Ordering::SeqCst);
        issuer.join().map_err(|_| "the issuer panicked".to_owned())?
    })?;
    Ok(seen.into_inner().unwrap_or_else(PoisonError::into_inner))
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
fn check_all(
    address: &str,
    acknowledged: &Acknowledged,
    strictness: Strictness,
) -> Result<(), String> {
    let mut client = Client::new(address);
    let all = acknowledged.lock().unwrap_or_else(PoisonError::into_inner);
    let ended = |message: String| match strictness {
        // The server came to its fail point meanwhile; the next round checks again.
        Strictness::MayEnd => Ok(()),
        Strictness::MustAnswer => Err(message),
    };
    if all.is_empty() {
        return Ok(());
    }
    if let Err(message) = client.sign_in("linlan") {
        return ended(message);
    }
    // Between the kills the newest are asked for, at the end every one.
    let most = if strictness == Strictness::MustAnswer { all.len() } else { 200 };
    for (act, (body, id)) in all.iter().rev().take(most) {
        let (status, told) = match client.post("/api/documents", body) {
            Ok(answer) => answer,
            Err(message) => return ended(message),
        };
        let same = told.get("id") == Some(id) && told.get("repeated") == Some(&json!(true));
        if status != 200 || !same {
            return Err(format!("{act} was acknowledged and now answers {status}: {told}"));
        }
    }
    Ok(())
}

/// Every checkpoint that was signed before now arrives in the second place.
fn arrived(address: &str, data: &Path, elsewhere: &Path) -> Result<(), String> {
    let lines = |folder: &Path| -> BTreeSet<String> {
        let text = std::fs::read_to_string(folder.join("evidence.checkpoints")).unwrap_or_default();
        text.lines().map(ToOwned::to_owned).collect()
    };
    let (begun, signed) = (Instant::now(), lines(data));
    while !signed.is_subset(&lines(elsewhere)) {
        if begun.elapsed() > ARRIVAL {
            let missing = signed.difference(&lines(elsewhere)).count();
            return Err(format!("{missing} of {} checkpoints did not arrive", signed.len()));
        }
        checkpoint(address)?;
    }
    Ok(())
}

/// The newest signed note; an empty text before the first.
fn checkpoint(address: &str) -> Result<String, String> {
    let (_, told) = Client::new(address).get("/api/checkpoint")?;
    Ok(told.get("note").and_then(Value::as_str).unwrap_or_default().to_owned())
}

/// The log is shown by proof to extend the checkpoint that was seen.
fn extends(address: &str, seen: Option<&str>, strictness: Strictness) -> Result<(), String> {
    let Some(older) = seen.and_then(read) else { return Ok(()) };
    let path = format!("/api/consistency?from={}", older.size);
    let told = match Client::new(address).get(&path) {
        Ok((200, told)) => told,
        Ok((status, told)) => return Err(format!("{path} answered {status}: {told}")),
        Err(_) if strictness == Strictness::MayEnd => return Ok(()),
        Err(message) => return Err(message),
    };
    let newer = told.get("note").and_then(Value::as_str).and_then(read);
    let hashes = told.get("path").and_then(Value::as_array).into_iter().flatten();
    let hashes: Option<Vec<Hash>> =
        hashes.map(|hash| Hash::from_base64(hash.as_str().unwrap_or_default())).collect();
    match (newer, hashes) {
        (Some(newer), Some(hashes)) if newer.follows(&older, &hashes) => Ok(()),
        _ => Err(format!("the log does not extend its checkpoint of {}: {told}", older.size)),
    }
}

/// The head in a note; the verifier checks its signature at the end.
fn read(note: &str) -> Option<Checkpoint> {
    let (text, _) = note.split_once("\n\n")?;
    Checkpoint::parse(&format!("{text}\n")).ok()
}

fn size_of(note: Option<&str>) -> u64 {
    note.and_then(read).map_or(0, |checkpoint| checkpoint.size)
}

/// The verifier, from outside, finds nothing, and the log extends what was seen.
fn verify(data: &Path, place: &[&str], seen: Option<&str>) -> Result<(), String> {
    let mut command = Command::new(Server::binary()?);
    command.arg("verify").args(place).arg("--data").arg(data);
    if let Some(note) = seen.filter(|note| !note.is_empty()) {
        let kept = data.join("seen.note");
        std::fs::write(&kept, note).map_err(|e| format!("keeping a checkpoint: {e}"))?;
        command.arg("--checkpoint").arg(kept);
    }
    let output = command.output().map_err(|e| format!("verify: {e}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stdout).into_owned())
}
