//! `bench`: the figures of the design's bars, one a line.

use crate::postgres::Cluster;
use crate::shell::{must, program};

/// Builds the benches for speed and passes their lines through.
pub(crate) fn bench(arguments: &[String]) -> Result<(), String> {
    crate::machine::prepare_for_tests()?;
    let cluster = Cluster::start()?;
    must(program("cargo", ".").args(["build", "--release", "--package", "lingnan-bench"]))?;
    let mut run = program("cargo", ".");
    run.args(["run", "--release", "--quiet", "--package", "lingnan-bench", "--"]);
    run.args(arguments).env("LINGNAN_TEST_POSTGRES", &cluster.url);
    must(&mut run)
}
