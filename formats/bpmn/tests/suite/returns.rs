//! Going back on a graph: where it is safe, and where a token would be left behind.

use crate::engine::file;
use lingnan_bpmn::may_return;

fn back(nodes: &str, flows: &str, from: &str, to: &str) -> String {
    match may_return(&file(nodes, flows), from, to) {
        Ok(()) => "可以".to_owned(),
        Err(not) => not.to_string(),
    }
}

const TASKS: &str = "<startEvent id='s'/><endEvent id='z'/><userTask id='a'/><userTask id='b'/>\
    <userTask id='c'/><userTask id='d'/><parallelGateway id='g'/><parallelGateway id='j'/>";

#[test]
fn one_may_go_back_along_a_line_and_before_a_whole_fork() {
    assert_eq!(back(TASKS, "s>a a>b b>c c>d d>z", "c", "a"), "可以");
    let whole = "s>a a>g g>b g>c b>j c>j j>d d>z";
    assert_eq!(back(TASKS, whole, "d", "a"), "可以");
    let inside = "s>g g>a a>b b>j g>c c>j j>d d>z";
    assert_eq!(back(TASKS, inside, "b", "a"), "可以");
}

#[test]
fn one_may_not_go_back_where_a_token_would_be_left_or_come_in() {
    let fork = "s>a a>g g>b g>c b>j c>j j>d d>z";
    for (flows, from, to, expected) in [
        (fork, "b", "a", "parallelGateway（g）分出的其他分支还会继续办理"),
        (fork, "b", "c", "userTask（c）不在当前环节之前"),
        (fork, "d", "b", "userTask（b）不是到当前环节的必经环节"),
        (fork, "a", "d", "userTask（d）不在当前环节之前"),
        (fork, "a", "x", "与当前环节不在同一个流程或子流程中"),
        (fork, "x", "a", "流程中没有这个环节"),
    ] {
        let said = back(TASKS, flows, from, to);
        assert!(said.starts_with("不能退回") && said.ends_with(expected), "{said}");
    }
    // After an error beside it the way comes round a node that otherwise all pass.
    let beside = "<boundaryEvent id='e' attachedToRef='a' cancelActivity='false'>\
        <timerEventDefinition/></boundaryEvent>";
    let said = back(&format!("{TASKS}{beside}"), "s>a a>b b>z e>c c>z", "b", "a");
    assert!(said.ends_with("userTask（a）分出的其他分支还会继续办理"), "{said}");
}
