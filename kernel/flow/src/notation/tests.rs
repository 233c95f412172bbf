//! The notation: what it says, what it refuses, and that printing and reading are inverse.

use super::Process;
use crate::definition::{Block, Definition};
use proptest::prelude::*;
use serde_json::Value;

const OUTGOING: &str = r#"process gw01_outgoing "发文办理"
basis "《党政机关公文处理工作条例》第十九条至第二十二条、第二十五条"
step draft "拟稿" by starter
any edit_check "核稿" by duty:reviewer due 1wd
step countersign "会签" by form.countersign due 3wd when form.countersign
step sign_off "签发" by form.signer due 2wd
any number "复核编号" by duty:clerk due 1wd irreversible
any distribute "分发" by duty:clerk due 1wd irreversible
any conclude "办结" by duty:clerk due 5wd
end
"#;

const BRANCHES: &str = r#"process gw00_branches "并行"
basis "依据一"
basis "依据二"
first a "甲" by starter
par {
  seq b "乙" by form.b
  par {
    vote c "丙" by duty:c 2/3 due 250wd
  } and {
    step d "丁" by starter irreversible
  }
} and {
  step e "戊" by starter
} and {
  any f "己" by starter when form.f
}
end
"#;

fn root(json: &str) -> Block {
    let mut file: Value = serde_json::from_str(json).unwrap();
    serde_json::from_value(file["root"].take()).unwrap()
}

#[test]
fn the_catalogue_can_be_said_in_the_notation() {
    let outgoing =
        include_str!("../../../../catalogue/processes/official_documents/gw01-outgoing.json");
    assert_eq!(Process::parse(OUTGOING).unwrap().root, root(outgoing));
    let incoming =
        include_str!("../../../../catalogue/processes/official_documents/gw02-incoming.json");
    let (id, name) = ("gw02_incoming".to_owned(), "收文办理".to_owned());
    let basis = vec!["《党政机关公文处理工作条例》第二十四条".to_owned()];
    let process = Process { id, name, basis, root: root(incoming) };
    assert_eq!(Process::parse(&process.to_string()).unwrap(), process);
}

#[test]
fn the_canonical_text_prints_as_it_was_read() {
    for text in [OUTGOING, BRANCHES] {
        let process = Process::parse(text).unwrap();
        assert_eq!(process.to_string(), text);
        assert!(Definition::new(&process.root).is_ok());
        let loose = text.replace('\n', " \r\n\t");
        assert_eq!(Process::parse(&loose).unwrap(), process);
    }
}

#[test]
fn a_mistake_names_its_place_and_what_could_stand_there() {
    let lines = |body: &str| format!("process p \"名\"\nbasis \"法\"\n{body}\nend\n");
    let cases = [
        (String::new(), "第1行第1列：应为“process”，实为文件结尾。"),
        ("process p \"名\"\nend".to_owned(), "第2行第1列：应为“basis”，实为“end”。"),
        (lines(""), "第4行第1列：应为至少一个环节，实为“end”。"),
        (lines("stpe a \"甲\" by starter"), "第3行第1列：应为至少一个环节，实为“stpe”。"),
        (
            lines("step a \"甲\" by starter hurry"),
            "第3行第23列：应为环节（step、any、first、seq、vote）、par、“}”或 end，实为“hurry”。",
        ),
        (
            lines("step a \"甲\" by boss"),
            "第3行第15列：应为办理人（starter、duty:职责 或 form.字段），实为“boss”。",
        ),
        (
            lines("step a \"甲\" by starter due 0wd"),
            "第3行第27列：应为时限（1wd 至 250wd），实为“0wd”。",
        ),
        (lines("vote a \"甲\" by starter 3/2"), "第3行第23列：应为比例（如 2/3），实为“3/2”。"),
        (lines("step a \"甲 by starter"), "第3行第8列：应为成对的引号，实为未结束的引号。"),
        (lines("par { step a \"甲\" by starter }"), "第4行第1列：应为“and”，实为“end”。"),
        (
            lines("step a \"甲\" by starter }"),
            "第3行第23列：应为环节（step、any、first、seq、vote）、par、“}”或 end，实为“}”。",
        ),
    ];
    for (text, expected) in cases {
        let mistake = Process::parse(&text).unwrap_err().to_string();
        assert_eq!(mistake, expected, "{text}");
    }
}

#[test]
fn nesting_and_length_have_limits() {
    let deep = "par { ".repeat(40);
    let text = format!("process p \"名\" basis \"法\" {deep}");
    assert!(Process::parse(&text).unwrap_err().to_string().contains("更浅的嵌套"));
    assert!(Process::parse(&" ".repeat(70_000)).unwrap_err().to_string().contains("64KB"));
}

proptest! {
    #[test]
    fn what_reads_at_all_prints_and_reads_the_same(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "step", "any", "par", "{", "}", "and", "a", "\"甲\"", "by", "starter", "due", "2wd",
                "step a \"甲\" by starter", "par { any b \"乙\" by form.x } and {", "when", "form.y",
            ]),
            0..12,
        ),
    ) {
        let text = format!("process p \"名\" basis \"法\" {} end", words.join(" "));
        if let Ok(process) = Process::parse(&text) {
            let printed = process.to_string();
            prop_assert_eq!(Process::parse(&printed), Ok(process));
        }
    }
}
