//! flow7 in the two engines that can be had here, beside ours: how many times as fast we are.

use crate::line;
use std::path::{Path, PathBuf};
use std::process::Command;

/// CPU-seconds that each is measured for.
const SECONDS: &str = "4";

/// An engine, where it is installed, and how it is run.
struct Peer {
    name: &'static str,
    program: &'static str,
    script: &'static str,
    /// What must be there, below the folder of the peers.
    needs: &'static str,
}

const PEERS: [Peer; 2] = [
    Peer {
        name: "spiffworkflow",
        program: "python/bin/python",
        script: "spiffworkflow.py",
        needs: "python/bin/python",
    },
    Peer {
        name: "bpmn_engine",
        program: "node",
        script: "bpmn-engine.mjs",
        needs: "node_modules/bpmn-engine",
    },
];

/// Instances per CPU-second of each peer that is installed, and the ratio to `ours`; says which
/// was not run.
#[expect(clippy::print_stderr, reason = "what was not measured is no figure")]
pub(crate) fn beside(ours: f64) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let installed = root.join("../target/peers");
    for peer in PEERS {
        if !installed.join(peer.needs).exists() {
            eprintln!("peer {}: not run, not installed; cargo xtask bench --peers", peer.name);
            continue;
        }
        let theirs = peer.run(&root.join("peers"), &installed)?;
        let name = format!("flow7.peer.{}", peer.name);
        line(&name, theirs, "instances/CPU-s", "");
        line(&format!("{name}.ratio"), ours / theirs, "times as fast", "");
    }
    Ok(())
}

impl Peer {
    fn run(&self, scripts: &Path, installed: &Path) -> Result<f64, String> {
        let own = installed.join(self.program);
        let program = if own.exists() { own } else { PathBuf::from(self.program) };
        let mut run = Command::new(program);
        run.arg(scripts.join(self.script)).arg(scripts.join("flow7.bpmn")).arg(SECONDS);
        let told = run.arg(installed).output().map_err(|e| format!("{}: {e}", self.name))?;
        let said = String::from_utf8_lossy(&told.stdout);
        said.trim()
            .parse()
            .map_err(|_| format!("{}: {}", self.name, String::from_utf8_lossy(&told.stderr).trim()))
    }
}
