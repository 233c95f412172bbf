//! `test`: everything that must hold, in order; the first that does not ends it.

use crate::flags::Flags;
use crate::postgres::{Cluster, Fsync};
use crate::shell::{has, must, program, root};
use crate::{machine, run, tidy};
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// What clippy allows in tests only: a panic there is a failed test.
const IN_TESTS: [&str; 7] = [
    "unwrap_used",
    "expect_used",
    "indexing_slicing",
    "panic",
    "print_stdout",
    "as_conversions",
    "string_slice",
];

/// How long the storm rages unless told, half of it on each engine.
const STORM_SECONDS: u64 = 20;

struct Phase {
    name: &'static str,
    what: &'static str,
    run: fn(&Flags) -> Result<(), String>,
}

const PHASES: [Phase; 11] = [
    Phase { name: "machine", what: "what the tests need", run: |_| machine::prepare_for_tests() },
    Phase { name: "tidy", what: "the shape of the project", run: |_| tidy::report() },
    Phase { name: "format", what: "cargo fmt", run: |_| format() },
    Phase { name: "lint", what: "clippy, first what is shipped, then the tests", run: |_| lint() },
    Phase { name: "rust", what: "tests, on SQLite and a private PostgreSQL", run: rust },
    Phase { name: "pages", what: "types, lints, tests and build of web/", run: |_| pages() },
    Phase { name: "interface", what: "is web/'s client that of the server?", run: |_| interface() },
    Phase { name: "drawings", what: "other tools on every process", run: |_| drawings() },
    Phase { name: "ofd", what: "another reader of OFD on every sample", run: |_| ofd() },
    Phase { name: "storm", what: "kill the server while clients act, on both engines", run: storm },
    Phase { name: "browser", what: "the story, by clicking, in Chromium", run: |_| browser() },
];

/// Runs every phase, or the one that `--only` names.
pub(crate) fn test(arguments: &[String]) -> Result<(), String> {
    let flags = Flags::parse(arguments, &["--only", "--seed", "--storm-seconds"])?;
    flags.must_be_number("--seed")?;
    flags.must_be_number("--storm-seconds")?;
    let phases = chosen(flags.value("--only"))?;
    for (passed, phase) in phases.iter().enumerate() {
        println!("\n== {}: {}", phase.name, phase.what);
        let begun = now();
        (phase.run)(&flags).map_err(|message| {
            let repeat = repeat(phase, &flags);
            format!("{message}\n\n{passed} passed, 1 failed: {}\nto repeat: {repeat}", phase.name)
        })?;
        println!("== {}: passed in {} s", phase.name, begun.elapsed().as_secs());
    }
    println!("\n{} passed, 0 failed", phases.len());
    Ok(())
}

/// The command that runs this phase alone, with the same chance and length.
fn repeat(phase: &Phase, flags: &Flags) -> String {
    let mut words = format!("cargo xtask test --only {}", phase.name);
    for name in ["--seed", "--storm-seconds"] {
        if let Some(value) = flags.value(name) {
            words.push_str(&format!(" {name} {value}"));
        }
    }
    words
}

#[expect(clippy::disallowed_methods, reason = "whoever waits wants to know for what")]
fn now() -> Instant {
    Instant::now()
}

fn chosen(only: Option<&str>) -> Result<Vec<&'static Phase>, String> {
    let phases = PHASES.iter().filter(|phase| only.is_none_or(|name| name == phase.name));
    let phases: Vec<_> = phases.collect();
    if phases.is_empty() {
        let names: Vec<_> = PHASES.iter().map(|phase| phase.name).collect();
        return Err(format!("--only takes one of: {}", names.join(", ")));
    }
    Ok(phases)
}

fn format() -> Result<(), String> {
    must(program("cargo", ".").args(["fmt", "--all", "--check"]))
}

fn lint() -> Result<(), String> {
    let base = ["clippy", "--workspace", "--quiet"];
    must(program("cargo", ".").args(base).args(["--", "-D", "warnings"]))?;
    let mut tests = program("cargo", ".");
    tests.args(base).args(["--all-targets", "--", "-D", "warnings"]);
    for lint in IN_TESTS {
        tests.args(["-A", &format!("clippy::{lint}")]);
    }
    must(&mut tests)
}

fn rust(flags: &Flags) -> Result<(), String> {
    let cluster = Cluster::start(Fsync::Off)?;
    let prepared = |arguments: &[&str]| {
        let mut tests = program("cargo", ".");
        tests.args(arguments).env("LINGNAN_TEST_POSTGRES", &cluster.url);
        if let Some(seed) = flags.value("--seed") {
            tests.env("PROPTEST_RNG_SEED", seed);
        }
        tests
    };
    if !has("cargo-nextest") {
        return must(&mut prepared(&["test", "--workspace", "--no-fail-fast"]));
    }
    must(&mut prepared(&["nextest", "run", "--workspace", "--no-fail-fast"]))?;
    // nextest leaves out the examples in documentation.
    must(&mut prepared(&["test", "--workspace", "--doc", "--quiet"]))
}

fn pages() -> Result<(), String> {
    run::install_packages()?;
    for script in ["typecheck", "lint", "test", "build"] {
        must(program("npm", "web").args(["run", script]))?;
    }
    Ok(())
}

/// The committed API description and the client made from it are those of this code.
fn interface() -> Result<(), String> {
    let mut export = program("cargo", ".");
    export.args(["run", "--quiet", "--package", "lingnan-server", "--", "openapi"]);
    let output = export.output().map_err(|e| format!("openapi: {e}"))?;
    if !output.status.success() {
        return Err(format!("openapi: {}", String::from_utf8_lossy(&output.stderr)));
    }
    if output.stdout != read("web/openapi.json")? {
        return Err("web/openapi.json is stale: cargo run -p lingnan-server -- openapi > \
                    web/openapi.json && (cd web && npm run client)"
            .to_owned());
    }
    run::install_packages()?;
    let before = read("web/src/api/schema.ts")?;
    must(program("npm", "web").args(["run", "client"]))?;
    if before == read("web/src/api/schema.ts")? {
        return Ok(());
    }
    Err("web/src/api/schema.ts was stale and has been made again; commit it".to_owned())
}

/// Every process of the catalogue as a drawing that the tools of others take.
fn drawings() -> Result<(), String> {
    run::install_packages()?;
    run::build_server()?;
    let drawn = root().join("target/drawings");
    // A drawing of a process that is gone would be tried too.
    if let Err(error) = std::fs::remove_dir_all(&drawn)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        return Err(format!("{}: {error}", drawn.display()));
    }
    let mut export = Command::new(server()?);
    export.current_dir(root()).args(["flow", "export", "catalogue/processes", "-o"]);
    must(export.arg(&drawn))?;
    let mut tests = program("npm", "web");
    must(tests.args(["run", "drawings"]).env("LINGNAN_DRAWINGS", drawn))
}

/// What our reader and the Python package `ofdkit` say of the same files.
fn ofd() -> Result<(), String> {
    run::build_server()?;
    if !root().join("target/ofdkit/bin/python").exists() {
        must(program("python3", "target").args(["-m", "venv", "ofdkit"]))?;
    }
    let python = root().join("target/ofdkit/bin/python");
    let mut install = Command::new(&python);
    must(install.args(["-m", "pip", "install", "--quiet", "ofdkit==0.2.0"]))?;
    let mut compare = Command::new(&python);
    compare.current_dir(root()).arg("formats/ofd/tests/compare.py").arg(server()?);
    must(compare.arg("formats/ofd/tests/samples"))
}

fn read(path: &str) -> Result<Vec<u8>, String> {
    std::fs::read(root().join(path)).map_err(|e| format!("{path}: {e}"))
}

fn storm(flags: &Flags) -> Result<(), String> {
    run::build_server()?;
    let seconds = flags.value("--storm-seconds").and_then(|text| text.parse().ok());
    let seconds: u64 = seconds.unwrap_or(STORM_SECONDS);
    let rage = |database: &[&str]| {
        let mut storm = program("cargo", ".");
        storm.args(["run", "--quiet", "--package", "lingnan-testkit", "--bin", "storm", "--"]);
        storm.args(["--seconds", &seconds.div_ceil(2).to_string()]).args(database);
        if let Some(seed) = flags.value("--seed") {
            storm.args(["--seed", seed]);
        }
        must(&mut storm)
    };
    rage(&[])?;
    // What is answered must be on the disk.
    let cluster = Cluster::start(Fsync::On)?;
    rage(&["--database", &format!("{}/postgres", cluster.url)])
}

fn browser() -> Result<(), String> {
    run::build_pages()?;
    run::build_server()?;
    let mut tests = program("npm", "web");
    must(tests.args(["run", "e2e"]).env("LINGNAN_BIN", server()?))
}

/// The server lies beside this program, wherever cargo's target folder is.
fn server() -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|e| format!("own path: {e}"))?;
    Ok(own.with_file_name("lingnan"))
}
