//! A private PostgreSQL cluster for the store's tests: made, used, thrown away.

use crate::machine::is_root;
use crate::shell::{must, program, root};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How the folder of a cluster begins; the process that made it follows.
const PREFIX: &str = "lingnan-pg-";

/// Whether what is committed survives a loss of power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fsync {
    /// It does: a figure measured otherwise would be none.
    On,
    /// It need not: a test's data lives as long as the test.
    Off,
}

/// A running cluster; stopped and removed when it is dropped.
pub(crate) struct Cluster {
    binaries: PathBuf,
    folder: PathBuf,
    /// Where the tests connect.
    pub(crate) url: String,
}

impl Cluster {
    /// Makes a cluster on a free port of the loopback address.
    pub(crate) fn start(fsync: Fsync) -> Result<Self, String> {
        let binaries = binaries()?;
        remove_abandoned();
        // Not below the project: `postgres` may not be allowed into the owner's folders.
        let folder = std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
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
        // The machine's locale must not decide encoding and order: SQLite compares bytes.
        let fixed = ["--encoding=UTF8", "--locale=C", "-A", "trust", "-U", "postgres", "-N"];
        cluster.run("initdb", &[&["-D", data.as_str()], fixed.as_slice()].concat())?;
        let fsync = if fsync == Fsync::On { "on" } else { "off" };
        let options = format!("-p {port} -k {} -c fsync={fsync}", folder.display());
        let log = folder.join("log").display().to_string();
        let started =
            cluster.run("pg_ctl", &["-D", &data, "-o", &options, "-l", &log, "-w", "start"]);
        // Its own words, before its folder goes.
        let words = || std::fs::read_to_string(&log).unwrap_or_default();
        started.map_err(|message| format!("{message}\n{}", words())).map(|()| cluster)
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

/// Stops and removes clusters whose maker was killed before it could.
fn remove_abandoned() {
    let Ok(binaries) = binaries() else { return };
    let entries = std::fs::read_dir(std::env::temp_dir()).into_iter().flatten();
    for folder in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let maker = name.as_deref().and_then(|name| name.strip_prefix(PREFIX));
        let maker = maker.and_then(|maker| maker.parse::<u32>().ok());
        if maker.is_some_and(|maker| !Path::new("/proc").join(maker.to_string()).exists()) {
            drop(Cluster { binaries: binaries.clone(), folder, url: String::new() });
        }
    }
}

/// Where initdb and pg_ctl are: Debian keeps them off the path, others put them on it.
pub(crate) fn binaries() -> Result<PathBuf, String> {
    let base = Path::new("/usr/lib/postgresql");
    let versions = std::fs::read_dir(base).into_iter().flatten();
    let mut all: Vec<PathBuf> =
        versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect();
    // In order of version, the newest last: 9.6, 15, 18.
    all.sort_by_key(|folder| version(folder));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut on_path: Vec<PathBuf> = std::env::split_paths(&path).collect();
    on_path.reverse();
    let mut candidates = [on_path, all].concat();
    candidates.retain(|folder| ["initdb", "pg_ctl"].iter().all(|name| folder.join(name).is_file()));
    candidates
        .pop()
        .ok_or_else(|| format!("no PostgreSQL server under {} or on PATH", base.display()))
}

fn version(binaries: &Path) -> u32 {
    let name = binaries.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    name.split('.').next().and_then(|major| major.parse().ok()).unwrap_or(0)
}

fn free_port() -> Result<u16, String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0");
    let address = listener.and_then(|listener| listener.local_addr());
    address.map(|address| address.port()).map_err(|e| format!("{}: {e}", root().display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_answers_while_it_is_held_and_then_leaves_nothing() {
        let cluster = Cluster::start(Fsync::Off).unwrap();
        let (_, address) = cluster.url.split_once('@').unwrap();
        assert!(std::net::TcpStream::connect(address).is_ok(), "{address}");
        let folder = cluster.folder.clone();
        assert!(folder.exists());
        let address = address.to_owned();
        drop(cluster);
        assert!(!folder.exists());
        assert!(std::net::TcpStream::connect(&address).is_err(), "{address}");
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        let of = |path: &str| version(Path::new(path));
        assert!(of("/usr/lib/postgresql/9.6/bin") < of("/usr/lib/postgresql/15/bin"));
    }
}
