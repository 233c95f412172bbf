//! The interpreter against the model: every step of the recorded cases must come out the same.

use flate2::read::GzDecoder;
use lingnan_flow::replay;
use std::io::Read;

fn check(packed: &[u8]) -> (usize, usize) {
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    let mut counts = (0, 0);
    for line in text.lines() {
        let report = replay(line);
        assert!(report.passed(), "{report}");
        counts = (counts.0 + 1, counts.1 + report.steps);
    }
    counts
}

#[test]
fn all_400_traces_come_out_the_same_after_every_step() {
    assert_eq!(check(include_bytes!("../traces/traces.jsonl.gz")), (400, 14_044));
}

#[test]
fn so_do_400_traces_of_other_seeds() {
    let (cases, steps) = check(include_bytes!("../traces/fresh.jsonl.gz"));
    assert_eq!(cases, 400);
    assert!(steps > 10_000, "{steps}");
}

#[test]
fn a_trace_that_does_not_come_out_is_told() {
    let report = replay("{}");
    assert!(!report.passed() && report.to_string().contains("does not read"));
    let line = r#"{"seed":1,"definition":{"k":"node","id":"n","policy":"all","users":["a"]},
        "start":{"status":"running","open":["n:b"],"waiting":[]},"steps":[]}"#;
    let told = replay(&line.replace('\n', " ")).to_string();
    assert!(told.contains(r#"start: open must be ["n:b"], is ["n:a"]"#), "{told}");
}
