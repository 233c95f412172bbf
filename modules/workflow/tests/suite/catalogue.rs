//! One gate for each process of the catalogue; all of them together.

use crate::province::setting;
use lingnan_flow::{Process, check_calls};
use lingnan_forms::Form;
use lingnan_workflow::catalogue::files;
use lingnan_workflow::library::decide::{Text, findings};
use lingnan_workflow::scenario::{Rehearsal, Scenario};
use std::path::Path;

fn told(problems: Vec<String>) {
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_process_of_the_list_is_there_reads_and_fits_its_form() {
    let mut problems = Vec::new();
    let mut processes = Vec::new();
    for file in files() {
        let stem = file.stem;
        match (Process::parse(file.flow), Form::parse(file.form)) {
            (Ok(process), Ok(form)) => {
                if process.to_string() != file.flow {
                    problems.push(format!("{stem}: not in its canonical form"));
                }
                if *process.code != *file.code() || *process.domain != *file.domain {
                    problems.push(format!("{stem}: another code or domain than its place"));
                }
                problems.extend(findings(&process, &form).iter().map(|f| format!("{stem}: {f}")));
                processes.push(process);
            }
            (process, form) => {
                problems.extend(process.err().map(|mistakes| format!("{stem}: {mistakes}")));
                problems.extend(form.err().map(|mistake| format!("{stem}: {mistake}")));
            }
        }
        if let Err(mistake) = Scenario::parse(file.scenario) {
            problems.push(format!("{stem}: scenario: {mistake}"));
        }
    }
    problems.extend(check_calls(&processes).iter().map(ToString::to_string));
    told(problems);
}

/// Set to `write` to keep what the scenarios now leave; the difference is for review.
const WRITE: &str = "LINGNAN_TRANSCRIPTS";

#[test]
fn every_process_runs_to_its_end_by_its_scenario_and_is_archived() {
    let mut rehearsal = Rehearsal::new(setting());
    let text = |file: &lingnan_workflow::catalogue::CatalogueFile| Text {
        flow: file.flow.into(),
        form: file.form.into(),
    };
    for file in files() {
        if let Err(refusal) = rehearsal.add(&text(file)) {
            println!("{}: {}", file.stem, refusal.message);
        }
    }
    let writes = std::env::var(WRITE).is_ok_and(|wish| wish == "write");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue/processes");
    let mut problems = Vec::new();
    for file in files() {
        let Ok(scenario) = Scenario::parse(file.scenario) else { continue };
        let transcript = rehearsal.play(&text(file), &scenario);
        if !transcript.passed {
            if std::env::var(WRITE).is_ok_and(|wish| wish == file.code()) {
                println!("{}", transcript.text);
            }
            let last = transcript.text.lines().last().unwrap_or_default();
            problems.push(format!("{}: {last}", file.stem));
        } else if writes {
            let path = folder.join(file.domain).join(format!("{}.transcript", file.stem));
            std::fs::write(path, &transcript.text).unwrap();
        } else if transcript.text != file.transcript {
            problems.push(format!("{}: leaves another transcript", file.stem));
        }
    }
    told(problems);
}
