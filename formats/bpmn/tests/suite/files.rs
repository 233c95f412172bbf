//! A folder of other people's files: each is read and run, or refused with a place.

use lingnan_bpmn::{parse, visits_json, write};
use std::path::{Path, PathBuf};

const FOLDER: &str = "LINGNAN_BPMN_FILES";

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("a folder");
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            below(&path, found);
        } else if path.extension().is_some_and(|e| e == "bpmn") || path.ends_with(".bpmn20.xml") {
            found.push(path);
        }
    }
}

#[test]
fn every_file_of_the_folder_is_read_or_refused_with_a_place() {
    let Ok(folder) = std::env::var(FOLDER) else {
        println!("{FOLDER} names no folder: other people's files were not read");
        return;
    };
    let mut paths = Vec::new();
    below(Path::new(&folder), &mut paths);
    paths.sort();
    for path in paths {
        let text = String::from_utf8_lossy(&std::fs::read(&path).expect("a file")).into_owned();
        match parse(&text) {
            Ok(definitions) => {
                let once = write(&definitions);
                let again =
                    parse(&once).unwrap_or_else(|e| panic!("{}: {e}\n{once}", path.display()));
                if let Err(error) = visits_json(&text) {
                    println!("{}: {error}", path.display());
                }
                assert!(write(&again) == once, "{}", path.display());
            }
            Err(error) => println!("{}: {error}", path.display()),
        }
    }
}
