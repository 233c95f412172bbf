//! A folder of other people's files: each is read and run, or refused with a place.

use crate::visits_json;
use lingnan_bpmn::{Payload, blocks, draw, parse, write};
use std::path::{Path, PathBuf};

const FOLDER: &str = "LINGNAN_BPMN_FILES";

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("a folder");
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            below(&path, found);
        } else if path.extension().is_some_and(|e| e == "bpmn")
            || path.to_string_lossy().ends_with(".bpmn20.xml")
        {
            found.push(path);
        }
    }
}

/// The folder, or nothing when none is named.
fn folder() -> Option<PathBuf> {
    let named = std::env::var(FOLDER).ok().map(PathBuf::from);
    if named.is_none() {
        println!("{FOLDER} names no folder: other people's files were not read");
    }
    named
}

#[test]
fn every_file_of_the_folder_is_read_or_refused_with_a_place() {
    let Some(folder) = folder() else { return };
    let mut paths = Vec::new();
    below(&folder, &mut paths);
    paths.sort();
    for path in paths {
        let text = String::from_utf8_lossy(&std::fs::read(&path).expect("a file")).into_owned();
        let shown = path.display();
        if let Err(said) = visits_json(&text) {
            println!("{shown}: {said}");
        }
        let Ok(read) = parse(&text) else { continue };
        let once = write(&read);
        let again = parse(&once).unwrap_or_else(|e| panic!("{shown}: {e}\n{once}"));
        assert!(write(&again) == once, "{shown}");
        let payload = Payload { prefix: "gov", namespace: "urn:example:flow" };
        for process in &read.processes {
            let Ok(tree) = blocks(&read, process, &payload) else { continue };
            let Ok(drawn) = draw(&tree, &payload) else { continue };
            let back = blocks(&drawn, &drawn.processes[0], &payload);
            assert_eq!(back, Ok(tree), "{shown}");
        }
    }
}

#[test]
fn what_two_other_engines_agree_on_is_counted_the_same() {
    let Some(folder) = folder() else { return };
    let Ok(traces) = std::fs::read_to_string(folder.join("oracle_traces.jsonl")) else {
        println!("the folder has no oracle_traces.jsonl");
        return;
    };
    for line in traces.lines() {
        let trace: serde_json::Value = serde_json::from_str(line).expect("a trace");
        let path = folder.join(trace["path"].as_str().expect("a path"));
        let text = std::fs::read_to_string(&path).expect("a file");
        let visits = visits_json(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let visits: serde_json::Value = serde_json::from_str(&visits).expect("visits");
        assert_eq!(visits, trace["done"], "{}", path.display());
    }
}
