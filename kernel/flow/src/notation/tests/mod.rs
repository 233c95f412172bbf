//! The notation: what it says, what it refuses, and that printing and reading are inverse.

mod random;

use crate::definition::{Definition, Process};
use proptest::prelude::*;

const EVERYTHING: &str = include_str!("everything.flow");

#[test]
fn the_canonical_text_prints_as_it_was_read() {
    let process = Process::parse(EVERYTHING).unwrap();
    assert_eq!(process.to_string(), EVERYTHING);
    assert!(Definition::new(&process).is_ok());
    let loose = EVERYTHING.replace('\n', " \r\n\n\t");
    assert_eq!(Process::parse(&loose).unwrap(), process);
}

#[test]
fn what_is_as_when_absent_is_not_printed() {
    let text = "process p \"名\" v1 in d\nbasis \"法\"\n# 日历\ncalendar cn\ndedupe none\n\
                step a \"甲\" by starter\nend";
    let printed = Process::parse(text).unwrap().to_string();
    let expected = "process p \"名\" v1 in d\nbasis \"法\"\nstart by anyone\n# 日历\n\
                    step a \"甲\" by starter\nend\n";
    assert_eq!(printed, expected);
    assert_eq!(Process::parse(&printed).unwrap().to_string(), printed);
}

/// What is wrong with these lines between head and end.
fn mistakes(body: &str) -> String {
    let text = format!("process p \"名\" v1 in d\nbasis \"法\"\n{body}\nend\n");
    Process::parse(&text).unwrap_err().to_string()
}

#[test]
fn a_mistake_names_its_place_and_what_could_stand_there() {
    let whole = |text: &str| Process::parse(text).unwrap_err().to_string();
    assert_eq!(whole(""), "第1行第1列：应为“process”，实为文件结尾。");
    let told = whole("process p \"名\" v1 in d\nend");
    assert_eq!(told, "第2行第1列：应为“basis”，实为“end”。");
    assert!(whole("process p \"名\" v0 in d").contains("版本（如 v1），实为“v0”"));
    let cases = [
        ("", "第4行第1列：应为至少一个环节，实为“end”。"),
        ("step a \"甲\" by boss", "第3行第15列：应为办理人"),
        ("step a \"甲\" by anyone", "第3行第15列：应为办理人"),
        ("step a \"甲\" by starter due 0wd", "第3行第27列：应为时间"),
        ("step a \"甲\" by starter hurry", "第3行第23列：应为子句（依次为 not、due"),
        ("step a \"甲\" by starter back none due 1wd", "第3行第33列：应为子句（依次为 reject"),
        ("step a \"甲\" by starter pause 休假", "应为补正、听证"),
        (
            "vote a \"甲\" by starter 3/2",
            "第3行第23列：应为all、比例（如 2/3）或超过的比例（如 over:1/2），实为“3/2”。",
        ),
        ("vote a \"甲\" by starter over:2/2", "实为“over:2/2”。"),
        ("start by head at 省\nstep a \"甲\" by head", "应为province、city、county"),
        ("step a \"甲 by starter", "第3行第8列：应为成对的引号，实为未结束的引号。"),
        ("par {\nstep a \"甲\" by starter\n}", "第5行第2列：应为“and”，实为行尾。"),
        ("par { step a \"甲\" by starter }", "第3行第7列：应为行尾，实为“step”。"),
        ("step a \"甲\" by starter\n}", "第4行第1列：应为环节"),
        ("step a \"甲\" by starter\nstep a \"乙\" by starter", "实为已用过的“a”。"),
        ("loop {\nstep a \"甲\" by starter\n} until true max 101", "最多次数（1 至 100）"),
        ("choose {\nelse {\nstep a \"甲\" by starter\n}\n}", "应为“when”，实为“else”。"),
        ("limit 3wd", "应为至少一个环节"),
        ("calendar cn\nlimit 3wd", "第4行第1列：应为basis、limit"),
        ("step end \"甲\" by starter", "应为标识"),
        ("auto a \"甲\" do register", "应为模块.命令"),
        ("wait a \"甲\" 3wd", "应为“for”“until”或“event”"),
        ("step a \"甲\" by starter when", "应为条件"),
    ];
    for (body, expected) in cases {
        let told = mistakes(body);
        assert!(told.contains(expected), "{body}: {told}");
    }
}

#[test]
fn several_mistakes_are_told_at_once() {
    let told = mistakes("step a \"甲\" by boss\nstep b \"乙\" by starter\nauto c \"丙\" do x");
    assert_eq!(told.lines().count(), 2, "{told}");
    assert!(told.contains("第3行第15列") && told.contains("第5行第15列"), "{told}");
    let many = "step a \"甲\" by boss\n".repeat(1_000);
    assert_eq!(mistakes(&many).lines().count(), 20);
}

#[test]
fn nesting_length_and_number_have_limits() {
    assert!(mistakes(&"par {\n".repeat(5_000)).contains("层的嵌套"));
    assert!(mistakes(&"par {\n".repeat(1_000_000)).contains("128KB"));
    assert!(mistakes(&"(".repeat(100_000)).contains("环节"));
    let line = |n: usize| format!("step a{n} \"甲\" by starter\n");
    let many: String = (0..600).map(line).collect();
    assert!(mistakes(&many).contains("不超过500个环节"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_was_printed_reads_as_it_was(process in random::process()) {
        let text = process.to_string();
        let read = Process::parse(&text);
        prop_assert_eq!(read.as_ref(), Ok(&process), "{}", text);
        prop_assert_eq!(process.to_string(), text);
    }

    #[test]
    fn no_text_makes_the_reader_panic(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), "\\PC{0,3}"), 1..4),
    ) {
        let mut text: Vec<char> = EVERYTHING.chars().collect();
        for (at, with) in cuts {
            let at = at.index(text.len());
            text.splice(at..(at + 2).min(text.len()), with.chars());
        }
        let text: String = text.into_iter().collect();
        if let Ok(process) = Process::parse(&text) {
            let printed = process.to_string();
            prop_assert_eq!(Process::parse(&printed), Ok(process));
        }
    }
}
