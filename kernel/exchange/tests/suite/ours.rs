//! Our own processes: what is drawn is read back to the letter.

use lingnan_exchange::{Imported, export, import};
use lingnan_flow::Process;
use std::path::{Path, PathBuf};

/// Every process text of the catalogue.
fn catalogue() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue/processes");
    let folders = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let files = folders
        .filter(|path| path.is_dir())
        .flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    files.filter(|path| path.extension().is_some_and(|end| end == "flow")).collect()
}

fn back(file: &str) -> Process {
    match import(file).unwrap() {
        Imported::Ours { process, notes } => {
            assert_eq!(notes, Vec::<String>::new());
            process
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_process_of_the_catalogue_is_read_back_to_the_letter() {
    let files = catalogue();
    assert!(files.len() > 200, "{}", files.len());
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let process = Process::parse(&text).unwrap();
        let file = export(&process).unwrap();
        let found = back(&file);
        assert_eq!(found.to_string(), process.to_string(), "{}", path.display());
        assert_eq!(found, process, "{}", path.display());
    }
}

#[test]
fn every_process_of_the_catalogue_runs_in_the_token_engine() {
    for path in catalogue() {
        let process = Process::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let run = lingnan_bpmn::run_file(&export(&process).unwrap());
        assert!(run.is_ok(), "{}: {run:?}", path.display());
    }
}

const ALL: &str = include_str!("all.flow");

#[test]
fn remarks_and_every_kind_of_line_come_back() {
    let process = Process::parse(ALL).unwrap();
    assert_eq!(process.to_string(), ALL);
    assert_eq!(back(&export(&process).unwrap()).to_string(), ALL);
}

/// All that the notation's own tests write.
const EVERYTHING: &str = include_str!("../../../flow/src/notation/tests/everything.flow");

#[test]
fn whatever_can_be_written_comes_back() {
    let process = Process::parse(EVERYTHING).unwrap();
    let found = back(&export(&process).unwrap());
    assert_eq!(found.to_string(), EVERYTHING);
    assert_eq!(found, process);
}

/// What is changed on the drawing is read as drawn.
#[test]
fn a_modelers_changes_are_read_as_drawn() {
    let file = export(&Process::parse(ALL).unwrap()).unwrap();
    let renamed = file.replace("name=\"核稿\"", "name=\"校核\"");
    assert!(back(&renamed).to_string().contains("step check \"校核\" by leader+duty:clerk"));
    let changed = file.replace("form.规范性文件</", "form.级别 = 1</");
    assert_ne!(changed, file);
    let text = back(&changed).to_string();
    assert!(text.contains("due 5wd when form.级别 = 1\n"), "{text}");
}

/// What a modeler adds beside the steps has no place in the notation, and is named.
#[test]
fn what_a_modeler_adds_beside_the_steps_is_named() {
    let file = export(&Process::parse(ALL).unwrap()).unwrap();
    let remark = "<bpmn:textAnnotation id=\"note\" /></bpmn:process>";
    let added = file.replace("</bpmn:process>", remark);
    match import(&added).unwrap() {
        Imported::Ours { notes, .. } => assert_eq!(notes, ["textAnnotation（note）未导入。"]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_that_does_not_read_is_named() {
    let file = export(&Process::parse(ALL).unwrap()).unwrap();
    let broken = file.replace("seq heads", "seqq heads");
    let told = import(&broken).unwrap_err().to_string();
    assert!(told.contains("环节“逐级审批”"), "{told}");
    let told = import("<a/>").unwrap_err().to_string();
    assert_eq!(told, "这不是 BPMN 2.0 文件：根元素是 a，应为 definitions");
}
