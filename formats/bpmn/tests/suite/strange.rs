//! Files that mean harm, and files that are broken.

use lingnan_bpmn::{limits, parse, write};
use std::fmt::Write as _;

const HEAD: &str = "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\">";

fn said(inside: &str) -> String {
    parse(&format!("{HEAD}\n{inside}\n</definitions>")).expect_err("refused").to_string()
}

#[test]
fn a_million_elements_within_each_other_are_refused_in_words() {
    let deep = "<a>".repeat(1_000_000);
    assert_eq!(said(&deep), "文件的元素嵌套层数超过上限 100，不予处理");
    let many = "<a/>".repeat(limits::ELEMENTS_MAX + 1);
    assert_eq!(said(&many), "文件的元素数超过上限 200000，不予处理");
    let long = " ".repeat(limits::BYTES_MAX);
    assert_eq!(said(&long), "文件的字节数超过上限 16777216，不予处理");
    let mut wide = "<a".to_owned();
    (0..100_000).for_each(|n| write!(wide, " a{n}=''").expect("a string"));
    assert_eq!(said(&wide), "文件的单个元素的属性数超过上限 256，不予处理");
    let mut named = "<a".to_owned();
    (0..100).for_each(|n| write!(named, " xmlns:a{n}='b'").expect("a string"));
    assert_eq!(said(&(named + "/>")), "文件的命名空间数超过上限 64，不予处理");
}

#[test]
fn document_types_and_entities_are_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>";
    let outside = "\n<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>";
    for text in [bomb, outside] {
        let said = parse(text).expect_err("refused").to_string();
        assert!(said.contains("文档类型声明"), "{said}");
    }
    assert!(said("<a>&secret;</a>").contains("实体“secret”没有定义"));
}

#[test]
fn what_is_not_bpmn_is_called_so() {
    for text in ["", "公文", "<a>", "<a/>", "{\"a\":1}", "<a xmlns='x'/>", "\u{feff}"] {
        let said = parse(text).expect_err("refused").to_string();
        assert!(said.contains("BPMN") || said.contains("XML"), "{said}");
    }
}

#[test]
fn a_broken_element_is_named_with_its_line() {
    let start = "<process id='p'>\n<startEvent id='s' name='收文'/>";
    for (rest, expected) in [
        ("<endEvent id='s'/>", "第 3 行的 endEvent（s）：编号与第 3 行的元素重复"),
        (
            "\n<sequenceFlow id='f' sourceRef='s'/>",
            "第 4 行的 sequenceFlow（f）：缺少属性 targetRef",
        ),
        ("<boundaryEvent id='b'/>", "第 3 行的 boundaryEvent（b）：缺少属性 attachedToRef"),
        (
            "<boundaryEvent id='b' attachedToRef='s'/>",
            "attachedToRef 所指的“s”不存在，或不是同一流程中的活动",
        ),
        (
            "<task id='t' name='核稿' default='x'/>",
            "task“核稿”（t）：default 所指的“x”不存在，或不是从这里出去的顺序流",
        ),
        (
            "<sequenceFlow id='f' sourceRef='s' targetRef='x'/>",
            "targetRef 所指的“x”不存在，或不在同一个流程或子流程中",
        ),
    ] {
        let said = said(&format!("{start}{rest}</process>"));
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn strangers_are_kept_and_written_back() {
    let text = "<b:definitions xmlns:b=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" \
        xmlns:q=\"urn:q\" targetNamespace=\"x\"><b:process id=\"p\" q:owner=\"甲&#10;乙\">\
        <b:extensionElements><q:a>1 &lt; 2<q:b/></q:a><c xmlns=\"urn:c\"/></b:extensionElements>\
        <b:dataObject id=\"d\"/><b:userTask id=\"u\"><b:potentialOwner><b:resourceRef>q:r\
        </b:resourceRef></b:potentialOwner></b:userTask></b:process></b:definitions>";
    let read = parse(text).expect("read");
    let process = &read.processes[0];
    assert_eq!(process.common.extension("urn:q", "a"), Some("1 < 2"));
    assert_eq!(process.common.attribute("owner"), Some("甲\n乙"));
    let written = write(&read);
    for kept in [
        "<q:a>1 &lt; 2<q:b/></q:a>",
        "<c xmlns=\"urn:c\"/>",
        "q:owner=\"甲&#10;乙\"",
        "<b:dataObject id=\"d\"/>",
        "<b:resourceRef>q:r",
        "<b:userTask id=\"u\">",
    ] {
        assert!(written.contains(kept), "{kept}\n{written}");
    }
    assert_eq!(write(&parse(&written).expect("read again")), written);
}

#[test]
fn what_other_engines_write_is_read_and_run() {
    // Flows without ids, a code for a reference, attributes and elements of vendors.
    let text = "<?xml version='1.0'?>\n<definitions id='definitions' \
        xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' \
        xmlns:activiti='http://activiti.org/bpmn' \
        xmlns:camunda='http://camunda.org/schema/1.0/bpmn' \
        xmlns:flowable='http://flowable.org/bpmn' targetNamespace='Examples'>\
        <process id='p'><startEvent id='s' flowable:formKey='a'/>\
        <sequenceFlow sourceRef='s' targetRef='t'/><userTask id='t' camunda:assignee='${x}'>\
        <extensionElements><camunda:taskListener event='create' class='X'/>\
        <activiti:formProperty id='s' name='与节点同名'/></extensionElements></userTask>\
        <sequenceFlow sourceRef='t' targetRef='u'/><subProcess id='u'><startEvent id='i'/>\
        <sequenceFlow sourceRef='i' targetRef='e'/><endEvent id='e'>\
        <errorEventDefinition errorRef='java.lang.Exception'/></endEvent></subProcess>\
        <boundaryEvent id='b' attachedToRef='u'>\
        <errorEventDefinition errorRef='java.lang.Exception'/></boundaryEvent>\
        <sequenceFlow sourceRef='b' targetRef='z'/><endEvent id='z'/></process></definitions>";
    let visits = crate::visits_json(text).expect("run");
    assert_eq!(visits, "{\"b\":1,\"e\":1,\"i\":1,\"s\":1,\"t\":1,\"z\":1}");
}
