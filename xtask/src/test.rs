//! `test`: everything that must hold, in order; the first that does not ends it.

use crate::postgres::Cluster;
use crate::shell::{flag, has, must, program, root};
use crate::{machine, run, tidy};

/// What clippy allows in tests only: a panic there is a failed test.
const IN_TESTS: [&str; 5] =
    ["unwrap_used", "expect_used", "indexing_slicing", "panic", "print_stdout"];

type Phase = (&'static str, fn(&Setting) -> Result<(), String>);

struct Setting {
    postgres: String,
    storm_seconds: String,
}

const PHASES: [Phase; 8] = [
    ("tidy", |_| tidy::report()),
    ("format", |_| must(program("cargo", ".").args(["fmt", "--all", "--check"]))),
    ("lint", |_| lint()),
    ("rust", rust),
    ("pages", |_| pages()),
    ("interface", |_| interface()),
    ("storm", storm),
    ("browser", |_| browser()),
];

/// Runs every phase.
pub(crate) fn test(arguments: &[String]) -> Result<(), String> {
    println!("== machine");
    machine::prepare_for_tests()?;
    let cluster = Cluster::start()?;
    let storm_seconds = flag(arguments, "--storm-seconds").unwrap_or_else(|| "20".to_owned());
    let setting = Setting { postgres: cluster.url.clone(), storm_seconds };
    for (name, phase) in PHASES {
        println!("== {name}");
        phase(&setting)?;
    }
    println!("{} passed, 0 failed", PHASES.len());
    Ok(())
}

fn lint() -> Result<(), String> {
    let base = ["clippy", "--workspace", "--quiet"];
    must(program("cargo", ".").args(base).args(["--", "-D", "warnings"]))?;
    let mut tests = program("cargo", ".");
    tests.args(base).args(["--all-targets", "--", "-D", "warnings"]);
    for lint in IN_TESTS {
        tests.args(["-A", &format!("clippy::{lint}")]);
    }
    must(tests.args(["-A", "clippy::as_conversions", "-A", "clippy::string_slice"]))
}

fn rust(setting: &Setting) -> Result<(), String> {
    let mut tests = program("cargo", ".");
    if has("cargo-nextest") {
        tests.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
    } else {
        tests.args(["test", "--workspace"]);
    }
    must(tests.env("LINGNAN_TEST_POSTGRES", &setting.postgres))
}

fn pages() -> Result<(), String> {
    must(program("npm", "web").args(["ci", "--no-audit", "--no-fund"]))?;
    for script in ["typecheck", "lint", "test"] {
        must(program("npm", "web").args(["run", script]))?;
    }
    run::build_pages()
}

/// The committed API description and the client made from it are those of this code.
fn interface() -> Result<(), String> {
    let mut export = program("cargo", ".");
    export.args(["run", "--quiet", "--package", "lingnan-server", "--", "openapi"]);
    let output = export.output().map_err(|e| format!("openapi: {e}"))?;
    let committed = root().join("web/openapi.json");
    let kept = std::fs::read(&committed).map_err(|e| format!("{}: {e}", committed.display()))?;
    if !output.status.success() || output.stdout != kept {
        return Err("web/openapi.json is stale: cargo run -p lingnan-server -- openapi > \
                    web/openapi.json && (cd web && npm run client)"
            .to_owned());
    }
    let schema = root().join("web/src/api/schema.ts");
    let before = std::fs::read(&schema).map_err(|e| format!("{}: {e}", schema.display()))?;
    must(program("npm", "web").args(["run", "client"]))?;
    let after = std::fs::read(&schema).map_err(|e| format!("{}: {e}", schema.display()))?;
    if before == after {
        return Ok(());
    }
    Err("web/src/api/schema.ts was stale and has been made again; commit it".to_owned())
}

fn storm(setting: &Setting) -> Result<(), String> {
    must(program("cargo", ".").args(["build", "--quiet", "--package", "lingnan-server"]))?;
    let mut storm = program("cargo", ".");
    storm.args(["run", "--quiet", "--package", "lingnan-testkit", "--bin", "storm", "--"]);
    must(storm.args(["--seconds", &setting.storm_seconds]))
}

fn browser() -> Result<(), String> {
    must(program("npm", "web").args(["run", "e2e"]))
}
