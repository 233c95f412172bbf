//! Memory of the demonstration province, idle and while many people act.

use crate::line;
use lingnan_testkit::{Client, Server};
use serde_json::json;

/// Resident memory of the server process.
pub(crate) fn of_the_demonstration() -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    drop(Server::start(folder.path(), None)?);
    let server = Server::start(folder.path(), None)?;
    let mut client = Client::new(&server.address);
    client.sign_in("zhouwen")?;
    client.get("/api/inbox?box=todo")?;
    let mib = |kib: u64| f64::from(u32::try_from(kib).unwrap_or(u32::MAX)) / 1024.0;
    line("memory.idle", mib(server.resident_kib()), "MB", "<= 300");
    let mut most = 0;
    std::thread::scope(|scope| {
        for caller in 0..16 {
            let address = server.address.clone();
            scope.spawn(move || act(&address, caller));
        }
        for _ in 0..200 {
            most = most.max(server.resident_kib());
            let _ = client.get("/api/directory/search?q=gz");
        }
    });
    line("memory.load", mib(most.max(server.resident_kib())), "MB", "<= 1024");
    Ok(())
}

fn act(address: &str, caller: u32) {
    let mut client = Client::new(address);
    if client.sign_in("linlan").is_err() {
        return;
    }
    for number in 0..100 {
        let body = json!({
            "act_id": format!("m-{caller}-{number}"),
            "as_post": "440000-bgt.ng",
            "head": { "title": format!("第{number}号通知"), "document_type": "notice" },
            "body": { "type": "doc", "content": [] }
        });
        let _ = client.post("/api/documents", &body);
    }
}
