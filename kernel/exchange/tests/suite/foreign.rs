//! Foreign files: drafts with notes, or graphs with a reason.

use lingnan_exchange::{Imported, import};

fn file(body: &str) -> String {
    format!(
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" \
         targetNamespace=\"t\"><process id=\"Process_1\" name=\"请假\" isExecutable=\"true\">\
         {body}</process></definitions>"
    )
}

/// `from>to`, or `from>to?condition`.
fn flows(all: &[&str]) -> String {
    let flow = |(number, text): (usize, &&str)| {
        let (ends, condition) = text.split_once('?').unwrap_or((text, ""));
        let (from, to) = ends.split_once('>').unwrap();
        let asks = if condition.is_empty() {
            String::new()
        } else {
            format!("<conditionExpression>{condition}</conditionExpression>")
        };
        format!(
            "<sequenceFlow id=\"f{number}\" sourceRef=\"{from}\" targetRef=\"{to}\">{asks}\
             </sequenceFlow>"
        )
    };
    all.iter().enumerate().map(flow).collect()
}

fn draft(body: &str, ways: &[&str]) -> (String, Vec<String>) {
    match import(&file(&format!("{body}{}", flows(ways)))).unwrap() {
        Imported::Draft { process, notes } => (process.to_string(), notes),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_tree_becomes_a_draft_with_notes() {
    let nodes = "<startEvent id=\"s\"/><userTask id=\"Apply\" name=\"申请\"/>\
        <exclusiveGateway id=\"g\" default=\"f3\"/><userTask id=\"boss\" name=\"审批\"/>\
        <serviceTask id=\"book\" name=\"登记\"/><exclusiveGateway id=\"j\"/><endEvent id=\"e\"/>";
    let ways =
        ["s>Apply", "Apply>g", "g>boss?${form.天数 &gt; 3}", "g>book", "boss>j", "book>j", "j>e"];
    let (text, notes) = draft(nodes, &ways);
    let expected = "process process_1 \"请假\" v1 in imported\nbasis \"内部管理制度\"\n\
        start by anyone\nstep apply \"申请\" by starter\nchoose {\n  when form.天数 > 3 {\n    \
        step boss \"审批\" by starter\n  }\n  else {\n    auto book \"登记\" do imported.book\n  \
        }\n}\nend\n";
    assert_eq!(text, expected);
    assert!(notes.contains(&"环节“申请”未写明由谁办理，暂写 starter。".to_owned()), "{notes:?}");
    assert!(notes.contains(&"自动环节“登记”暂写命令 imported.book。".to_owned()), "{notes:?}");
}

#[test]
fn all_that_hold_become_branches_that_ask() {
    let nodes = "<startEvent id=\"s\"/><inclusiveGateway id=\"g\" default=\"f2\"/>\
        <task id=\"a\"/><task id=\"b\"/><inclusiveGateway id=\"j\"/><endEvent id=\"e\"/>";
    let ways = ["s>g", "g>a?form.a = 1", "g>b", "a>j", "b>j", "j>e"];
    let (text, _) = draft(nodes, &ways);
    assert!(text.contains("  choose {\n    when form.a = 1 {\n      step a \"a\""), "{text}");
    assert!(text.contains("  choose {\n    when not(form.a = 1) {\n      step b \"b\""), "{text}");
}

#[test]
fn a_way_without_steps_takes_its_cases_away() {
    let nodes = "<startEvent id=\"s\"/><exclusiveGateway id=\"g\" default=\"f2\"/>\
        <task id=\"a\"/><exclusiveGateway id=\"j\"/><endEvent id=\"e\"/>";
    let (text, _) = draft(nodes, &["s>g", "g>j?form.a = 1", "g>a", "a>j", "j>e"]);
    assert!(text.contains("choose {\n  when not(form.a = 1) {\n    step a"), "{text}");
}

#[test]
fn a_graph_stays_one_and_says_where() {
    let nodes = "<startEvent id=\"s\"/><parallelGateway id=\"g\"/><task id=\"a\"/>\
        <task id=\"b\"/><exclusiveGateway id=\"j\"/><endEvent id=\"e\"/>";
    let ways = ["s>g", "g>a", "g>b", "a>j", "b>j", "j>e"];
    match import(&file(&format!("{nodes}{}", flows(&ways)))).unwrap() {
        Imported::Graph { reason, .. } => {
            assert!(reason.contains("（g）：分开的方式与汇合的方式不同"), "{reason}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_a_draft_cannot_carry_is_named_with_its_element() {
    let nodes = "<laneSet id=\"ls\"><lane id=\"l1\" name=\"财务处\"><flowNodeRef>a</flowNodeRef>\
        </lane></laneSet><startEvent id=\"s\"/><userTask id=\"a\" name=\"审批\" \
        xmlns:c=\"urn:other\" c:assignee=\"张三\"><documentation>细则</documentation>\
        <extensionElements><c:input>x</c:input></extensionElements></userTask>\
        <endEvent id=\"e\"/><textAnnotation id=\"t\"><text>说明</text></textAnnotation>";
    let (text, notes) = draft(nodes, &["s>a", "a>e"]);
    assert!(text.contains("step a \"审批\" by starter"), "{text}");
    let told = notes.join("\n");
    for wanted in [
        "lane“财务处”（l1）：泳道未导入",
        "userTask“审批”（a）：附加属性 assignee（张三）未导入",
        "userTask“审批”（a）：说明文字未导入",
        "userTask“审批”（a）：附加内容 input 未导入",
        "textAnnotation（t）未导入",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
}

#[test]
fn a_report_ends() {
    let remarks: String = (0..500).map(|n| format!("<textAnnotation id=\"t{n}\"/>")).collect();
    let nodes = format!("<startEvent id=\"s\"/><task id=\"a\"/><endEvent id=\"e\"/>{remarks}");
    let (_, notes) = draft(&nodes, &["s>a", "a>e"]);
    assert!(notes.len() < 220, "{}", notes.len());
    assert!(notes.last().unwrap().starts_with("另有"), "{notes:?}");
}

#[test]
fn ids_that_we_cannot_write_are_numbered() {
    let nodes = "<startEvent id=\"s\"/><userTask id=\"甲\"/><userTask id=\"乙\"/>\
        <userTask id=\"step_2\"/><userTask id=\"丙\"/><endEvent id=\"z\"/>";
    let (text, _) = draft(nodes, &["s>甲", "甲>乙", "乙>step_2", "step_2>丙", "丙>z"]);
    let ids = text.lines().filter_map(|line| line.strip_prefix("step ")?.split(' ').next());
    assert_eq!(ids.collect::<Vec<_>>(), ["step", "step_2", "step_2_2", "step_3"]);
}

#[test]
fn ten_thousand_steps_are_read_as_fast_as_they_are_many() {
    let ids: Vec<String> = (0..10_000).map(|number| format!("环节{number}")).collect();
    let nodes: String = ids.iter().map(|id| format!("<userTask id=\"{id}\"/>")).collect();
    let ways: Vec<String> = ids.windows(2).map(|pair| format!("{}>{}", pair[0], pair[1])).collect();
    let ends = [format!("s>{}", ids[0]), format!("{}>z", ids[9_999])];
    let all: Vec<&str> = ways.iter().chain(&ends).map(String::as_str).collect();
    let body = format!("<startEvent id=\"s\"/>{nodes}<endEvent id=\"z\"/>{}", flows(&all));
    let Imported::Graph { reason, .. } = import(&file(&body)).unwrap() else { panic!("a draft") };
    assert!(reason.contains("128KB"), "{reason}");
}

#[test]
fn a_process_without_steps_is_named() {
    let body = format!("<startEvent id=\"s\"/><endEvent id=\"z\"/>{}", flows(&["s>z"]));
    let Imported::Graph { reason, .. } = import(&file(&body)).unwrap() else { panic!("a draft") };
    assert!(reason.contains("process") && reason.ends_with("：没有要办的环节。"), "{reason}");
}
