//! What files of other engines hold that BPMN forbids, and what a run would have passed over.

use crate::engine::file;
use crate::visits_json;
use lingnan_bpmn::{Engine, NoRules, parse, run_auto, run_file};

const ENDS: &str = "<startEvent id='s'/><endEvent id='z'/>";

fn link(kind: &str, id: &str, name: &str) -> String {
    format!(
        "<intermediate{kind}Event id='{id}'><linkEventDefinition name='{name}'/>\
         </intermediate{kind}Event>"
    )
}

/// What is said of nodes and flows; it stops a run with people and one without.
fn refused(nodes: &str, flows: &str) -> String {
    let file = file(nodes, flows);
    let said = run_auto(&file, "p").expect_err("refused").to_string();
    let started = Engine::start(&file, "p", NoRules).map(|_| ()).expect_err("refused");
    assert_eq!(started.to_string(), said);
    said
}

fn check(nodes: &str, flows: &str, said: &str) {
    assert_eq!(refused(&format!("{ENDS}{nodes}"), flows), format!("第 1 行的 {said}"));
}

#[test]
fn a_link_leads_to_one_catch_of_its_name_beside_it() {
    let throw = link("Throw", "a", "甲");
    let nowhere = "intermediateThrowEvent（a）：链接 所指的“甲”不存在：\
        同一个流程或子流程中没有同名的捕获事件";
    check(&throw, "s>a", nowhere);
    check(&format!("{throw}{}", link("Catch", "b", "乙")), "s>a b>z", nowhere);
    let two = format!("{throw}{}{}", link("Catch", "b", "甲"), link("Catch", "c", "甲"));
    let said = "intermediateThrowEvent（a）：同名的链接捕获事件不止一个，不知转到哪一个";
    check(&two, "s>a b>z c>z", said);
    // A link does not lead into or out of a subprocess.
    let inner = format!(
        "<subProcess id='u'><startEvent id='i'/>{throw}\
         <sequenceFlow id='f' sourceRef='i' targetRef='a'/></subProcess>{}",
        link("Catch", "b", "甲")
    );
    check(&inner, "s>u b>z", nowhere);
    let nameless = "<intermediateThrowEvent id='a'><linkEventDefinition/></intermediateThrowEvent>";
    check(nameless, "s>a", "intermediateThrowEvent（a）：缺少属性 name");
    let end = "<endEvent id='a'><linkEventDefinition name='甲'/></endEvent>";
    check(end, "s>a", "endEvent（a）：链接只能是中间事件");
}

#[test]
fn a_link_may_be_named_by_its_event_alone_and_have_many_throws() {
    let nodes = format!(
        "{ENDS}<intermediateThrowEvent id='a' name='甲'><linkEventDefinition/>\
         </intermediateThrowEvent>{}{}",
        link("Throw", "b", "甲"),
        link("Catch", "c", "甲")
    );
    let run = run_auto(&file(&nodes, "s>a s>b c>z"), "p").expect("run");
    assert_eq!(run.visits.get("c"), Some(&2));
    assert_eq!(run.visits.get("z"), Some(&2));
}

#[test]
fn events_stand_where_they_mean_something() {
    let cancel = "<endEvent id='a'><cancelEventDefinition/></endEvent>";
    check(cancel, "s>a", "endEvent（a）：取消事件只能用在事务中");
    let task = "<task id='t'/><boundaryEvent id='b' attachedToRef='t'>";
    check(
        &format!("{task}<cancelEventDefinition/></boundaryEvent>"),
        "s>t t>z b>z",
        "boundaryEvent（b）：取消事件只能附在事务上",
    );
    check(
        &format!("{task}<compensateEventDefinition/></boundaryEvent>"),
        "s>t t>z",
        "boundaryEvent（b）：补偿事件没有用关联（association）连到标为补偿的活动",
    );
    check(
        &format!("{task}<timerEventDefinition/></boundaryEvent>"),
        "s>t t>b b>z",
        "boundaryEvent（b）：边界事件不能有流入的顺序流",
    );
    check("<task id='t'/>", "s>t t>z z>t", "endEvent（z）：结束事件不能有流出的顺序流");
    check(
        "<eventBasedGateway id='g'/><userTask id='t'/>",
        "s>g g>t t>z",
        "eventBasedGateway（g）：基于事件的网关之后只能是中间捕获事件或接收任务",
    );
    check(
        "<intermediateThrowEvent id='a'><compensateEventDefinition activityRef='x'/>\
         </intermediateThrowEvent>",
        "s>a a>z",
        "intermediateThrowEvent（a）：activityRef 所指的“x”不存在",
    );
}

#[test]
fn a_transaction_may_be_cancelled_from_a_subprocess_in_it() {
    let nodes = format!(
        "{ENDS}<transaction id='x'><startEvent id='i'/><subProcess id='u'><startEvent id='j'/>\
         <endEvent id='k'><cancelEventDefinition/></endEvent>\
         <sequenceFlow id='f' sourceRef='j' targetRef='k'/></subProcess>\
         <sequenceFlow id='g' sourceRef='i' targetRef='u'/></transaction>\
         <boundaryEvent id='b' attachedToRef='x'><cancelEventDefinition/></boundaryEvent>"
    );
    let run = run_auto(&file(&nodes, "s>x x>z b>z"), "p").expect("run");
    let once: Vec<&str> = run.visits.keys().map(String::as_str).collect();
    assert_eq!(once, ["b", "i", "j", "k", "s", "z"]);
}

#[test]
fn what_undoes_may_be_joined_from_outside_of_its_subprocess() {
    let nodes = format!(
        "{ENDS}<subProcess id='u'><startEvent id='i'/><task id='t'/>\
         <sequenceFlow id='f' sourceRef='i' targetRef='t'/>\
         <boundaryEvent id='b' attachedToRef='t'><compensateEventDefinition/></boundaryEvent>\
         <task id='h' isForCompensation='true'/></subProcess>\
         <association id='l' sourceRef='b' targetRef='h'/>\
         <textAnnotation id='note'/><association id='m' sourceRef='b' targetRef='note'/>\
         <intermediateThrowEvent id='c'><compensateEventDefinition/></intermediateThrowEvent>"
    );
    let run = run_auto(&file(&nodes, "s>u u>c c>z"), "p").expect("run");
    assert_eq!(run.visits.get("h"), Some(&1));
}

#[test]
fn a_called_process_is_looked_at_and_another_is_not() {
    let file = |called: &str| {
        format!(
            "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'>\
             <process id='p' isExecutable='true'><startEvent id='s'/>\
             <callActivity id='c' calledElement='{called}'/>\
             <sequenceFlow id='f' sourceRef='s' targetRef='c'/></process>\
             <process id='q'><startEvent id='i'/>{}\
             <sequenceFlow id='g' sourceRef='i' targetRef='a'/></process></definitions>",
            link("Throw", "a", "甲")
        )
    };
    assert_eq!(visits_json(&file("elsewhere")).expect("run"), "{\"c\":1,\"s\":1}");
    let said = visits_json(&file("q")).expect_err("refused");
    assert!(said.contains("intermediateThrowEvent（a）"), "{said}");
}

#[test]
fn a_number_of_copies_that_cannot_be_made_refuses_the_file() {
    let file = |many: &str| {
        format!(
            "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'>\
             <process id='p'><startEvent id='s'/><userTask id='t' name='会签'>\
             <multiInstanceLoopCharacteristics><loopCardinality>{many}</loopCardinality>\
             </multiInstanceLoopCharacteristics></userTask>\
             <sequenceFlow id='f' sourceRef='s' targetRef='t'/></process></definitions>"
        )
    };
    for many in ["-1", "1000000000000", "1001", "2.5", "${-3}", "1,000"] {
        let said = parse(&file(many)).expect_err("refused").to_string();
        let value = many.trim_matches(['$', '{', '}']);
        let expected = format!(
            "第 1 行的 userTask“会签”（t）：loopCardinality 的值“{value}”不是 0 到 1000 的整数"
        );
        assert_eq!(said, expected);
    }
    for many in ["0", "1000", " ${3} ", "=n", "nrOfSigners2", ""] {
        assert_eq!(visits_json(&file(many)).expect("run"), "{\"s\":1,\"t\":1}", "{many}");
    }
}

#[test]
fn a_handler_may_undo_what_was_done_in_its_subprocess() {
    let handler = |id: &str, task: &str, throw: &str| {
        format!(
            "<subProcess id='{id}' triggeredByEvent='true'><startEvent id='{id}s'>\
             <compensateEventDefinition/></startEvent><userTask id='{task}'/>{throw}\
             <sequenceFlow id='{id}f' sourceRef='{id}s' targetRef='{task}'/></subProcess>"
        )
    };
    let throw = "<intermediateThrowEvent id='again'><compensateEventDefinition/>\
        </intermediateThrowEvent><sequenceFlow id='f0' sourceRef='hotel' targetRef='again'/>";
    let outer = |throw: &str| {
        format!(
            "{ENDS}<subProcess id='out'><startEvent id='o'/><subProcess id='in'>\
             <startEvent id='i'/><userTask id='w'/>\
             <sequenceFlow id='f1' sourceRef='i' targetRef='w'/>{}</subProcess>\
             <sequenceFlow id='f2' sourceRef='o' targetRef='in'/>{}</subProcess>\
             <intermediateThrowEvent id='t'><compensateEventDefinition/></intermediateThrowEvent>\
             <intermediateThrowEvent id='v'><compensateEventDefinition/></intermediateThrowEvent>",
            handler("hi", "flight", ""),
            handler("ho", "hotel", throw)
        )
    };
    let visited = |throw: &str| {
        let run = run_auto(&file(&outer(throw), "s>out out>t t>v v>z"), "p").expect("run");
        (run.visits.get("hotel").copied(), run.visits.get("flight").copied())
    };
    // Only the handler says whether what is further in is undone, and nothing is undone twice.
    assert_eq!(visited(throw), (Some(1), Some(1)));
    assert_eq!(visited(""), (Some(1), None));
}

#[test]
fn what_has_no_handler_is_undone_by_the_one_around_it_when_it_is_named() {
    let nodes = |throw: &str, own: &str| {
        format!(
            "{ENDS}<subProcess id='u'><startEvent id='i'/><userTask id='t'/>\
             <endEvent id='e'><compensateEventDefinition{throw}/></endEvent>\
             <sequenceFlow id='f' sourceRef='i' targetRef='t'/>\
             <sequenceFlow id='g' sourceRef='t' targetRef='e'/>{own}\
             <subProcess id='h' triggeredByEvent='true'><startEvent id='j'>\
             <compensateEventDefinition/></startEvent></subProcess></subProcess>"
        )
    };
    let visits = |throw: &str, own: &str| {
        let run = run_auto(&file(&nodes(throw, own), "s>u u>z"), "p").expect("run");
        run.visits.keys().cloned().collect::<String>()
    };
    let own = "<boundaryEvent id='b' attachedToRef='t'><compensateEventDefinition/>\
        </boundaryEvent><task id='c' isForCompensation='true'/>\
        <association id='l' sourceRef='b' targetRef='c'/>";
    assert_eq!(visits(" activityRef='t'", ""), "ehijstuz");
    assert_eq!(visits(" activityRef='t'", own), "bceistuz");
    assert_eq!(visits("", ""), "eistuz");
}

#[test]
fn a_complex_join_refuses_a_run_that_would_not_come_to_it() {
    let nodes = "<task id='t'/><exclusiveGateway id='g' default='g.z'/>\
        <complexGateway id='j' name='三取二'/>";
    check(
        nodes,
        "s>t t>g g>z g>j?never t>j j>z",
        "complexGateway“三取二”（j）：汇聚处的复杂网关暂不支持运行",
    );
    // Where ways only part, all are gone that hold.
    let nodes = format!("{ENDS}<complexGateway id='g'/><task id='a'/><task id='b'/>");
    let run = run_auto(&file(&nodes, "s>g g>a g>b a>z b>z"), "p").expect("run");
    assert_eq!(run.visits.get("z"), Some(&2));
}

const HEAD: &str = "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' \
    xmlns:zeebe='http://camunda.org/schema/zeebe/1.0'>";

/// A process that does nothing but call.
fn caller(id: &str, call: &str) -> String {
    format!(
        "<process id='{id}' isExecutable='true'><startEvent id='{id}s'/>{call}\
         <sequenceFlow id='{id}f' sourceRef='{id}s' targetRef='{id}c'/></process>"
    )
}

#[test]
fn a_call_of_what_is_not_in_the_file_is_done_and_told() {
    let call = "<callActivity id='pc' name='采购' calledElement='elsewhere'/>";
    let text = format!("{HEAD}{}</definitions>", caller("p", call));
    let run = run_file(&text).expect("run");
    assert_eq!(run.visits.get("pc"), Some(&1));
    let note = "第 1 行的 callActivity“采购”（pc）：\
        所调用的流程“elsewhere”不在文件中，按办结一次计。";
    assert_eq!(run.notes.iter().collect::<Vec<_>>(), [note]);
    // With people, it waits for somebody to say that it is done.
    let file = parse(&text).expect("read");
    let engine = Engine::start(&file, "p", NoRules).expect("begun");
    assert_eq!(engine.waiting().expect("of this file").first().map(|w| w.node), Some("pc"));
}

#[test]
fn camunda_8_names_what_is_called_in_an_extension() {
    let call = |id: &str, called: &str| {
        let copies = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>\
            </multiInstanceLoopCharacteristics>";
        format!(
            "<callActivity id='{id}'><extensionElements><zeebe:calledElement \
             processId='{called}'/></extensionElements>{copies}</callActivity>"
        )
    };
    let text = format!(
        "{HEAD}{}{}</definitions>",
        caller("p", &call("pc", "q")),
        "<process id='q' isExecutable='true'><startEvent id='qs'/></process>"
    );
    assert_eq!(visits_json(&text).expect("run"), "{\"pc\":1,\"ps\":1,\"qs\":2}");
}

#[test]
fn what_two_processes_call_is_counted_for_both() {
    let call = |id: &str| format!("<callActivity id='{id}' calledElement='q'/>");
    let text = format!(
        "{HEAD}{}{}{}</definitions>",
        caller("o", &call("oc")),
        caller("p", &call("pc")),
        "<process id='q' isExecutable='true'><startEvent id='qs'/></process>"
    );
    let visits = "{\"oc\":1,\"os\":1,\"pc\":1,\"ps\":1,\"qs\":2}";
    assert_eq!(visits_json(&text).expect("run"), visits);
}
