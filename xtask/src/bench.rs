//! `bench`: the figures of the design's bars, one a line.

use crate::machine;
use crate::postgres::{Cluster, Fsync};
use crate::shell::{must, program, root};

/// Builds the benches for speed and passes their lines through.
pub(crate) fn bench(arguments: &[String]) -> Result<(), String> {
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--quick" | "--peers" => {}
            "--only" => {
                words.next().ok_or("--only needs the name of a part")?;
            }
            _ => return Err(format!("unknown: {word}; known: --quick --peers --only PART")),
        }
    }
    machine::prepare_for_tests()?;
    if arguments.iter().any(|word| word == "--peers") {
        install_peers()?;
    }
    // The server too: its memory is measured from outside.
    let packages = ["--package", "lingnan-bench", "--package", "lingnan-server"];
    must(program("cargo", ".").args(["build", "--release"]).args(packages))?;
    // Only now: a cluster beside a build would be measured while it recovers from it.
    let cluster = Cluster::start(Fsync::On)?;
    let mut run = program("cargo", ".");
    run.args(["run", "--release", "--quiet", "--package", "lingnan-bench", "--"]);
    run.args(arguments).env("LINGNAN_TEST_POSTGRES", &cluster.url);
    must(&mut run)
}

/// Other engines, measured beside ours, in a folder of their own below `target`.
fn install_peers() -> Result<(), String> {
    let folder = root().join("target/peers");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    must(program("python3", "target/peers").args(["-m", "venv", "python"]))?;
    let python = folder.join("python/bin/python");
    let spiff = ["-m", "pip", "install", "--quiet", "SpiffWorkflow==3.2.0"];
    must(program(&python.to_string_lossy(), "target/peers").args(spiff))?;
    let engine = ["install", "--no-audit", "--no-fund", "--prefix", ".", "bpmn-engine@25.0.1"];
    must(program("npm", "target/peers").args(engine))
}
