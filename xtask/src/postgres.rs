//! A private PostgreSQL cluster for the store's tests: made, used, thrown away.

use crate::machine::is_root;
use crate::shell::{must, program, root};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A running cluster; stopped and removed when it is dropped.
pub(crate) struct Cluster {
    binaries: PathBuf,
    folder: PathBuf,
    /// Where the tests connect.
    pub(crate) url: String,
}

impl Cluster {
    /// Makes a cluster on a free port of the loopback address.
    pub(crate) fn start() -> Result<Self, String> {
        let binaries = binaries()?;
        let folder = std::env::temp_dir().join(format!("lingnan-pg-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let port = free_port()?;
        let cluster = Self {
            binaries,
            url: format!("postgres://postgres@127.0.0.1:{port}"),
            folder: folder.clone(),
        };
        if is_root() {
            must(program("chown", ".").arg("postgres").arg(&folder))?;
        }
        let data = folder.join("data").display().to_string();
        cluster.run("initdb", &["-D", &data, "-A", "trust", "-U", "postgres", "-N"])?;
        let options = format!("-p {port} -k {} -c fsync=off", folder.display());
        let log = folder.join("log").display().to_string();
        cluster.run("pg_ctl", &["-D", &data, "-o", &options, "-l", &log, "-w", "start"])?;
        Ok(cluster)
    }

    /// Runs one of PostgreSQL's programs; it refuses root, so root becomes `postgres`.
    fn run(&self, name: &str, arguments: &[&str]) -> Result<(), String> {
        let path = self.binaries.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(&path);
            command
        } else {
            Command::new(&path)
        };
        command.current_dir(&self.folder).args(arguments);
        command.stdout(std::process::Stdio::null());
        must(&mut command)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.folder.join("data").display().to_string();
        // The folder goes in any case; a cluster that does not stop loses nothing of worth.
        let _ = self.run("pg_ctl", &["-D", &data, "-m", "immediate", "-w", "stop"]);
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn binaries() -> Result<PathBuf, String> {
    let base = Path::new("/usr/lib/postgresql");
    let versions = std::fs::read_dir(base).map_err(|e| format!("{}: {e}", base.display()))?;
    let mut all: Vec<PathBuf> =
        versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect();
    all.retain(|folder| folder.join("initdb").is_file());
    all.sort();
    all.pop().ok_or_else(|| format!("no PostgreSQL server under {}", base.display()))
}

fn free_port() -> Result<u16, String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0");
    let address = listener.and_then(|listener| listener.local_addr());
    address.map(|address| address.port()).map_err(|e| format!("{}: {e}", root().display()))
}
