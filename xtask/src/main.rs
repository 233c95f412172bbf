//! `cargo xtask run | test | bench | tidy`: everything that is done to the project, std only.

#![expect(clippy::print_stdout, reason = "a tool speaks on its standard output")]

mod bench;
mod flags;
mod fonts;
mod machine;
mod models;
mod postgres;
mod run;
mod shell;
mod test;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "cargo xtask run [--port N] [--data DIR] [--database URL]
cargo xtask test [--only PHASE] [--seed N] [--storm-seconds N]
cargo xtask bench [--quick] [--peers] [--only PART]
cargo xtask tidy";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (task, rest) = match arguments.split_first() {
        Some((task, rest)) => (task.as_str(), rest),
        None => ("", [].as_slice()),
    };
    let outcome = match task {
        "run" => run::run(rest),
        "test" => test::test(rest),
        "bench" => bench::bench(rest),
        "tidy" => tidy::report(),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("{message}");
            ExitCode::FAILURE
        }
    }
}
