//! The DMN Technology Compatibility Kit, as it was packed.

use lingnan_dmn::tck::{File, Report, run};
use std::io::Read;

/// The files of a level: for each a line with length and path, then its bytes.
fn files(level: &str) -> Vec<(String, String)> {
    let path = format!("{}/tests/tck/{level}.gz", env!("CARGO_MANIFEST_DIR"));
    let packed = std::fs::File::open(path).unwrap();
    let mut all = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut all).unwrap();
    let mut files = Vec::new();
    let mut rest = all.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap();
        let (length, path) = line.split_once(' ').unwrap();
        let (text, next) = after.split_at(length.parse().unwrap());
        files.push((path.to_owned(), text.to_owned()));
        rest = next;
    }
    files
}

fn report(level: &str) -> Report {
    let files = files(level);
    let files: Vec<File<'_>> = files.iter().map(|(path, text)| File { path, text }).collect();
    run(&files)
}

/// The ids of the cases that did not pass, which must be these.
fn check(level: &str, cases: usize, missed: &[&str]) {
    let report = report(level);
    let failed: Vec<_> = report.verdicts.iter().filter(|verdict| !verdict.passed()).collect();
    let ids: Vec<&str> = failed.iter().map(|verdict| verdict.id.as_str()).collect();
    assert_eq!(ids, missed, "{failed:#?}");
    assert_eq!(report.verdicts.len(), cases);
}

#[test]
fn level_two_passes_whole() {
    check("compliance-level-2", 116, &[]);
}

/// Why is in the README.
#[test]
fn level_three_passes_but_for_what_the_readme_lists() {
    let missed = [
        "range_010",
        "boxed_001",
        "literal_001",
        "literal_002",
        "literal_005",
        "literal_006",
        "literal_007",
        "literal_010",
        "literal_011",
        "literal_012",
        "varargs_001",
        "named_params_002",
        "named_params_003",
        "K2-MatchesFunc-17",
        "nested008",
    ];
    check("compliance-level-3", 3275, &missed);
}

#[test]
fn cases_outside_the_levels_pass_whole() {
    check("non-compliant", 42, &[]);
}

#[test]
fn a_report_has_a_line_a_case_and_the_totals() {
    let model = super::models::model(
        "<decision name=\"d\" id=\"d\"><literalExpression><text>1 + 1</text>\
         </literalExpression></decision>",
    );
    let case = |id: &str, expected: u8| {
        format!(
            "<testCase id=\"{id}\"><resultNode name=\"d\"><expected><value>{expected}</value>\
             </expected></resultNode></testCase>"
        )
    };
    let cases = case("good", 2) + &case("bad", 3);
    let text = format!("<testCases><modelName>m.dmn</modelName>{cases}</testCases>");
    let test = File { path: "a/t.xml", text: &text };
    let report = run(&[test, File { path: "a/m.dmn", text: &model }]);
    assert_eq!(
        report.to_string(),
        "通过 a/t.xml good\n未过 a/t.xml bad · d：应为3，得2（）\n通过1，共2"
    );
    let alone = run(&[test]);
    assert_eq!(alone.passed(), 0);
}
