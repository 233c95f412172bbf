//! The tools for process engineers, as they are called.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What a command said: its two outputs and its exit code.
struct Said {
    out: String,
    err: String,
    code: i32,
}

fn lingnan(arguments: &[&str]) -> Said {
    let ran = Command::new(env!("CARGO_BIN_EXE_lingnan")).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { out: text(ran.stdout), err: text(ran.stderr), code: ran.status.code().unwrap() }
}

fn catalogued(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalogue/processes").join(path)
}

/// A file of its own with this text.
fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

#[test]
fn a_process_of_the_catalogue_is_checked_printed_drawn_and_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = catalogued("data_sharing/sj09-api-application.flow");
    let (path, text) = (path.to_string_lossy(), std::fs::read_to_string(&path).unwrap());
    let said = lingnan(&["flow", "check", &path]);
    assert_eq!((said.out.as_str(), said.code), ("检查 1 个流程，没有发现问题。\n", 0));
    assert_eq!(lingnan(&["flow", "print", &path]).out, text);
    let drawn = folder.path().join("drawn.bpmn");
    let drawn = drawn.to_string_lossy();
    assert_eq!(lingnan(&["flow", "export", &path, "-o", &drawn]).code, 0);
    assert_eq!(lingnan(&["flow", "import", &drawn]).out, text);
    let visits = "{\"apply\":1,\"issue\":1,\"par\":1,\"par_join\":1,\"provider\":1,\"register\":1,\
                  \"security\":1,\"sj09_end\":1,\"sj09_start\":1,\"told\":1,\"unit_check\":1}\n";
    assert_eq!(lingnan(&["flow", "run", &drawn, "--auto"]).out, visits);
    let units: Vec<u16> = std::fs::read_to_string(&*drawn).unwrap().encode_utf16().collect();
    let wide = folder.path().join("wide.bpmn");
    let mark: fn(u16) -> [u8; 2] = u16::to_le_bytes;
    for (bytes, start) in [(mark, Some(0xfeff)), (u16::to_be_bytes, Some(0xfeff)), (mark, None)] {
        let all = start.into_iter().chain(units.iter().copied());
        std::fs::write(&wide, all.flat_map(bytes).collect::<Vec<u8>>()).unwrap();
        assert_eq!(lingnan(&["flow", "import", &wide.to_string_lossy()]).out, text);
    }
    std::fs::write(&wide, [0xb9, 0xab, 0xce, 0xc4]).unwrap();
    let said = lingnan(&["flow", "import", &wide.to_string_lossy()]);
    assert!(said.err.contains("不是 UTF-8 或 UTF-16 文本，请另存为 UTF-8"), "{}", said.err);
}

#[test]
fn a_folder_of_processes_is_drawn_at_once_and_what_cannot_be_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let text = "process a \"甲\" v1 in b\nbasis \"乙\"\nstart by anyone\n\
                step one \"一\" by starter\nend\n";
    std::fs::create_dir_all(folder.path().join("texts/inner")).unwrap();
    file(&folder, "texts/inner/good.flow", text);
    let texts = folder.path().join("texts");
    let (texts, drawn) = (texts.to_string_lossy(), folder.path().join("drawn"));
    let into = drawn.to_string_lossy();
    let said = lingnan(&["flow", "export", &texts, "-o", &into]);
    assert_eq!((said.out.as_str(), said.code), ("画了 1 个流程。\n", 0), "{}", said.err);
    let good = drawn.join("inner/good.bpmn");
    assert_eq!(lingnan(&["flow", "import", &good.to_string_lossy()]).out, text);
    file(&folder, "texts/broken.flow", "process a\n");
    let said = lingnan(&["flow", "export", &texts, "-o", &into]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("broken.flow：第1行"), "{}", said.out);
    assert!(said.out.ends_with("共 2 个流程，1 个没有画成。\n"), "{}", said.out);
    assert!(lingnan(&["flow", "export", &texts]).err.contains("须用 -o 指明"));
    assert!(lingnan(&["flow", "export", &into, "-o", &into]).err.contains("没有流程文本"));
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let broken = file(&folder, "broken.flow", "process a \"甲\" v1 on b\n");
    let said = lingnan(&["flow", "check", &broken]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("第1行第18列：应为“in”"), "{}", said.out);
    let text = "process a \"甲\" v1 in b\nbasis \"乙\"\nstart by anyone\n\
                step one \"一\" by starter back two\n\
                step two \"二\" by form.岗位 require 意见\nend\n";
    let wrong = file(&folder, "wrong.flow", text);
    let form = "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \
                \"title\": \"甲\", \"type\": \"object\", \"properties\": \
                {\"岗位\": {\"type\": \"string\", \"format\": \"post\"}, \
                \"事由\": {\"type\": \"string\", \"maxLength\": 10}}, \
                \"required\": [\"事由\"], \"additionalProperties\": false, \
                \"x-title\": \"事由\"}";
    file(&folder, "wrong.form.json", form);
    let said = lingnan(&["flow", "check", &wrong]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("第4行第6列：one：退回的“two”不在它之前"), "{}", said.out);
    assert!(said.out.contains("第5行第33列：表单中没有字段“意见”。"), "{}", said.out);
    assert!(said.out.ends_with("检查 1 个流程，1 个有问题。\n"), "{}", said.out);
    let said = lingnan(&["flow", "print", "nowhere.flow"]);
    let told = ("nowhere.flow：文件不存在。\n", 1);
    assert_eq!((said.err.as_str(), said.code), told);
    assert_eq!(lingnan(&["flow", "run", &wrong]).code, 2);
}

#[test]
fn a_foreign_drawing_is_drafted_or_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let body = |kind: &str| {
        format!(
            "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"p\" \
             name=\"请假\"><startEvent id=\"s\"/><parallelGateway id=\"g\"/><userTask id=\"a\" \
             name=\"申请\"/><task id=\"b\" name=\"备案\"/><{kind} id=\"j\"/><endEvent id=\"e\"/>\
             <sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"g\"/>\
             <sequenceFlow id=\"f2\" sourceRef=\"g\" targetRef=\"a\"/>\
             <sequenceFlow id=\"f3\" sourceRef=\"g\" targetRef=\"b\"/>\
             <sequenceFlow id=\"f4\" sourceRef=\"a\" targetRef=\"j\"/>\
             <sequenceFlow id=\"f5\" sourceRef=\"b\" targetRef=\"j\"/>\
             <sequenceFlow id=\"f6\" sourceRef=\"j\" targetRef=\"e\"/></process></definitions>"
        )
    };
    let tree = file(&folder, "tree.bpmn", &body("parallelGateway"));
    let said = lingnan(&["flow", "import", &tree]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("} and {\n  step b \"备案\" by starter\n}"), "{}", said.out);
    assert!(said.err.contains("环节“申请”未写明由谁办理，暂写 starter。"), "{}", said.err);
    let graph = file(&folder, "graph.bpmn", &body("exclusiveGateway"));
    let said = lingnan(&["flow", "import", &graph]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("（g）：分开的方式与汇合的方式不同"), "{}", said.err);
    let bomb = "<!DOCTYPE a [<!ENTITY b \"b\">]><definitions>&b;</definitions>";
    let said = lingnan(&["flow", "run", &file(&folder, "bomb.bpmn", bomb), "--auto"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("文档类型声明（DOCTYPE）"), "{}", said.err);
}

#[test]
fn cases_are_replayed_and_differences_told() {
    let folder = tempfile::tempdir().unwrap();
    let case = |open: &str| {
        format!(
            "{{\"seed\":7,\"definition\":{{\"k\":\"node\",\"id\":\"n\",\"policy\":\"any\",\
             \"users\":[\"u1\"]}},\"start\":{{\"status\":\"running\",\"open\":[\"n:u1\"],\
             \"waiting\":[]}},\"steps\":[{{\"op\":\"approve\",\"node\":\"n\",\"actor\":\"u1\",\
             \"ok\":true,\"status\":\"completed\",\"open\":[{open}],\"waiting\":[]}}]}}\n"
        )
    };
    let both = format!("{}{}", case(""), case("\"n:u1\""));
    let said = lingnan(&["flow", "replay", &file(&folder, "traces.jsonl", &both)]);
    let told = "seed 7: step 0 approve n u1: open must be [\"n:u1\"], is []\n1 passed, 1 failed\n";
    assert_eq!((said.out.as_str(), said.code), (told, 1));
    let said = lingnan(&["flow", "replay", &file(&folder, "good.jsonl", &case(""))]);
    assert_eq!((said.out.as_str(), said.code), ("1 passed, 0 failed\n", 0));
}

#[test]
fn decisions_are_computed_and_the_kit_is_run() {
    let folder = tempfile::tempdir().unwrap();
    let model = "<definitions namespace=\"n\" name=\"m\"><inputData name=\"金额\" id=\"i\">\
        <variable name=\"金额\" typeRef=\"number\"/></inputData><decision name=\"谁批\" id=\"d\">\
        <variable name=\"谁批\"/><informationRequirement><requiredInput href=\"#i\"/>\
        </informationRequirement><literalExpression><text>if 金额 &gt; 100000 then \"局长\" else \
        \"科长\"</text></literalExpression></decision></definitions>";
    let path = file(&folder, "m.dmn", model);
    let ask =
        |input: &str| lingnan(&["dmn", "eval", &path, "--decision", "谁批", "--input", input]);
    assert_eq!(ask("{\"金额\": 120000}").out, "\"局长\"\n");
    assert_eq!(ask("{\"金额\": 90000}").out, "\"科长\"\n");
    assert_eq!(ask("[1]").err, "输入应为一个 JSON 对象。\n");
    assert_eq!(ask("{\"金额\"").code, 1);
    let case = |id: &str, input: u32| {
        format!(
            "<testCase id=\"{id}\"><inputNode name=\"金额\"><value>{input}</value></inputNode>\
             <resultNode name=\"谁批\"><expected><value>局长</value></expected></resultNode>\
             </testCase>"
        )
    };
    let cases = format!(
        "<testCases><modelName>m.dmn</modelName>{}{}</testCases>",
        case("多", 200_000),
        case("少", 1)
    );
    file(&folder, "m-test.xml", &cases);
    let said = lingnan(&["dmn", "tck", &folder.path().to_string_lossy()]);
    let mut lines = said.out.lines();
    assert_eq!(lines.next(), Some("通过 m-test.xml 多"));
    assert!(lines.next().is_some_and(|line| line.starts_with("未过 m-test.xml 少")));
    assert_eq!((lines.next(), said.code), (Some("通过1，共2"), 1));
}

/// Elements of a document that needs every face but 楷体.
const ELEMENTS: &str = r#"{ "kind": "notice", "issuers": ["岭东市人民政府"],
    "number": "岭府〔2026〕12号", "title": "岭东市人民政府关于做好防汛工作的通知",
    "recipients": [["市政府各部门"]], "date": "2026-03-05",
    "body": [{ "heading": { "level": 1, "text": "一、总体要求" } },
             { "paragraph": { "spans": [{ "text": "压实责任，抓好落实。" }] } }] }"#;

#[test]
fn whoever_renders_is_told_which_faces_others_stand_in_for() {
    let folder = tempfile::tempdir().unwrap();
    let elements = file(&folder, "notice.json", ELEMENTS);
    let page = folder.path().join("notice.pdf");
    let page = page.to_string_lossy();
    let free = Path::new(env!("CARGO_BIN_EXE_lingnan")).ancestors().nth(2).unwrap().join("fonts");
    let free = free.to_string_lossy();
    let said = lingnan(&["gongwen", "render", &elements, "--fonts", &free, "-o", &page]);
    assert_eq!(said.code, 0, "{}", said.err);
    for told in
        ["仿宋的字体，以 FandolFang R", "黑体的字体，以 FandolHei", "小标宋的字体，以 FandolSong"]
    {
        assert!(said.out.contains(&format!("注意：没有{told} 代替")), "{}", said.out);
    }
    assert!(!said.out.contains("楷体"), "what the page does not use is not told: {}", said.out);
    let bare = folder.path().join("bare");
    let bare = bare.to_string_lossy();
    let said = lingnan(&["gongwen", "render", &elements, "--fonts", &bare, "-o", &page]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("没有仿宋可用的字体，不能排版"), "{}", said.err);
}
