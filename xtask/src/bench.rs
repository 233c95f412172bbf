//! `bench`: the figures of the design's bars, one a line.

use crate::machine;
use crate::postgres::{Cluster, Fsync};
use crate::shell::{must, program};

/// Builds the benches for speed and passes their lines through.
pub(crate) fn bench(arguments: &[String]) -> Result<(), String> {
    if let Some(unknown) = arguments.iter().find(|word| *word != "--quick") {
        return Err(format!("unknown: {unknown}; known: --quick"));
    }
    machine::prepare_for_tests()?;
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
