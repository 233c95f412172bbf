//! A server process: started, awaited, killed without mercy.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running `lingnan serve --demo`; killed when it is dropped.
pub struct Server {
    child: Child,
    /// Host and port.
    pub address: String,
}

impl Server {
    /// The binary beside the one that runs now.
    ///
    /// # Errors
    /// A sentence when it has not been built.
    pub fn binary() -> Result<PathBuf, String> {
        let own = std::env::current_exe().map_err(|e| format!("own path: {e}"))?;
        let folders = own.ancestors().skip(1).take(2);
        let found = folders.map(|folder| folder.join("lingnan")).find(|path| path.is_file());
        found.ok_or_else(|| "lingnan is not built: cargo build -p lingnan-server".to_owned())
    }

    /// Starts a server on a free port and waits until it says that it listens.
    ///
    /// # Errors
    /// A sentence when it does not start.
    pub fn start(data: &Path, fail_at: Option<&str>) -> Result<Self, String> {
        Self::start_with(data, fail_at, &[])
    }

    /// The same, with more words on its command line.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub fn start_with(data: &Path, fail_at: Option<&str>, more: &[&str]) -> Result<Self, String> {
        let mut command = Command::new(Self::binary()?);
        command.args(["serve", "--demo", "--listen", "127.0.0.1:0", "--data"]).arg(data).args(more);
        command.env("LINGNAN_LOG", "error").stdout(Stdio::piped()).stderr(Stdio::null());
        if let Some(point) = fail_at {
            command.env("LINGNAN_FAIL_AT", point);
        }
        let mut child = command.spawn().map_err(|e| format!("starting the server: {e}"))?;
        let output = child.stdout.take().ok_or("the server has no output")?;
        let address = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.rsplit_once("http://").map(|(_, rest)| rest.to_owned()));
        match address {
            Some(address) => Ok(Self { child, address }),
            // It ended before it listened: at a fail point, as was asked.
            None => {
                let _ = child.kill();
                let _ = child.wait();
                Err("the server ended before it listened".to_owned())
            }
        }
    }

    /// Has every read table computed again; tells whether it was, or ended at its fail point.
    ///
    /// # Errors
    /// A sentence when it failed otherwise.
    pub fn rebuild(data: &Path, fail_at: &str, more: &[&str]) -> Result<bool, String> {
        let mut command = Command::new(Self::binary()?);
        command.args(["rebuild", "--data"]).arg(data).args(more);
        command.env("LINGNAN_LOG", "error").env("LINGNAN_FAIL_AT", fail_at);
        let output = command.output().map_err(|e| format!("rebuild: {e}"))?;
        // Whoever is ended at a fail point has no exit code.
        match output.status.code() {
            None => Ok(false),
            Some(0) => Ok(true),
            Some(_) => Err(format!("rebuild: {}", String::from_utf8_lossy(&output.stderr))),
        }
    }

    /// Ends the process at once, as `kill -9` does.
    pub fn kill(&mut self) {
        // A process that has ended by itself needs no killing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Asks the process to stop, and waits until it has signed its end and gone.
    ///
    /// # Errors
    /// A sentence when it cannot be asked or does not end well.
    pub fn stop(mut self) -> Result<(), String> {
        let mut ask = Command::new("kill");
        ask.arg("-TERM").arg(self.child.id().to_string());
        let asked = ask.status().map_err(|e| format!("kill: {e}"))?;
        let ended = self.child.wait().map_err(|e| format!("waiting: {e}"))?;
        if asked.success() && ended.success() {
            Ok(())
        } else {
            Err(format!("the server did not stop well: {ended}"))
        }
    }

    /// Memory the process holds now, in KiB; 0 when it cannot be told.
    #[must_use]
    pub fn resident_kib(&self) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
