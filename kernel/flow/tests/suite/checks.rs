//! What is wrong with a process although it reads.

use lingnan_flow::{Process, check, check_calls};

fn process(code: &str, body: &str) -> Process {
    let head = format!("process {code} \"名\" v1 in test\nbasis \"法\"\n");
    Process::parse(&format!("{head}{body}\nend\n")).unwrap_or_else(|told| panic!("{told}"))
}

fn told(body: &str) -> String {
    let all = check(&process("p", body));
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_kind_of_finding_is_found_and_nothing_else() {
    let a = "step a \"甲\" by starter\n";
    assert_eq!(told(&format!("{a}step b \"乙\" by same:a back a(direct) reject a")), "");
    let cases = [
        (format!("{a}step b \"乙\" by starter back c"), "b：退回的“c”不是人办的环节。"),
        (format!("{a}step b \"乙\" by starter back b"), "b：退回的“b”不在它之前，或在另一分支。"),
        (format!("step b \"乙\" by starter reject a\n{a}"), "b：不同意后退回的“a”不在它之前"),
        (format!("step b \"乙\" by pick:a\n{a}"), "b：“pick:a”不在它之前"),
        (format!("{a}cc b \"乙\" by same:c"), "b：“same:c”不是人办的环节。"),
        (format!("{a}step b \"乙\" by starter pause 听证"), "b：没有时限"),
        (format!("{a}call b \"乙\" of p"), "b：流程调用自己"),
        (
            format!("{a}auto n \"号\" do a.b irreversible\nstep b \"乙\" by starter back a"),
            "b：退回到“a”越过了不可逆的“n”。",
        ),
        (
            "par {\nstep a \"甲\" by starter\n} and {\nstep b \"乙\" by starter back a\n}"
                .to_owned(),
            "b：退回的“a”不在它之前，或在另一分支。",
        ),
        (
            format!("choose {{\nwhen true {{\n{a}}}\nelse {{\nstep b \"乙\" by starter\n}}\n}}"),
            "p：分支“else”永远走不到。",
        ),
    ];
    for (body, expected) in cases {
        let told = told(&body);
        assert!(told.starts_with(expected), "{body}: {told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[test]
fn sub_processes_that_call_each_other_in_a_circle_are_found() {
    let call = |code: &str, other: &str| process(code, &format!("call c \"丙\" of {other}"));
    let all = [call("p", "q"), call("q", "r"), call("r", "q"), call("s", "none")];
    let told: Vec<String> = check_calls(&all).iter().map(ToString::to_string).collect();
    let circle = "经子流程调用到自己，办不完。";
    let expected =
        [format!("q：{circle}"), format!("r：{circle}"), "s：调用的流程“none”不存在。".to_owned()];
    assert_eq!(told, expected);
}

#[test]
fn the_processes_of_official_documents_have_no_findings() {
    for text in [
        include_str!(
            "../../../../catalogue/processes/official_documents/gw01-outgoing-document.flow"
        ),
        include_str!(
            "../../../../catalogue/processes/official_documents/gw02-incoming-document.flow"
        ),
    ] {
        assert_eq!(check(&Process::parse(text).unwrap()), []);
    }
}
