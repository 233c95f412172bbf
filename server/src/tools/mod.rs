//! Tools for process engineers: they read files and write answers, and know no cell.

pub mod archive;
pub mod dmn;
mod fields;
mod files;
pub mod flow;
mod frames;
pub mod gongwen;
pub mod ocr;
pub mod ofd;

use std::io::Write;
use std::process::ExitCode;

/// Writes what a command found: its answer to standard output, what went wrong to the other.
pub(crate) struct Answer {
    /// Lines for standard output.
    pub(crate) lines: Vec<String>,
    /// Whether nothing was found amiss.
    pub(crate) well: bool,
}

impl Answer {
    fn well(lines: Vec<String>) -> Self {
        Self { lines, well: true }
    }
}

/// Tells the answer, or the sentence why there is none.
pub(crate) fn tell(answer: Result<Answer, String>) -> ExitCode {
    match answer {
        Ok(answer) => {
            write(&mut std::io::stdout().lock(), &answer.lines);
            if answer.well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(told) => {
            write(&mut std::io::stderr().lock(), &[told]);
            ExitCode::FAILURE
        }
    }
}

/// Whoever closed the other end wants no more of it.
fn write(out: &mut dyn Write, lines: &[String]) {
    for line in lines {
        if writeln!(out, "{line}").is_err() {
            return;
        }
    }
}
