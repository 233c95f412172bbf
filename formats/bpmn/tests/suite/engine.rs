//! Tokens: how often each node of a small process is visited, counted by hand.

use lingnan_bpmn::{
    Definitions, Engine, Expression, NoRules, Node, Rules, State, Trigger, Wait, parse, run_auto,
    run_file,
};

/// A file with one process `p`; `a>b` is a flow of that name, `a>b?c` one with a condition.
pub(crate) fn file(nodes: &str, flows: &str) -> Definitions {
    let flows: String = flows.split_whitespace().map(flow).collect();
    let head = "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'>\
        <signal id='sig' name='放行'/><message id='msg' name='来函'/>\
        <error id='err' errorCode='E1'/>";
    let text =
        format!("{head}<process id='p' isExecutable='true'>{nodes}{flows}</process></definitions>");
    parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn flow(word: &str) -> String {
    let (ends, condition) = word.split_once('?').unwrap_or((word, ""));
    let (from, to) = ends.split_once('>').expect("a flow");
    let condition = if condition.is_empty() {
        String::new()
    } else {
        format!("<conditionExpression>{condition}</conditionExpression>")
    };
    let ends = format!("sourceRef='{from}' targetRef='{to}'");
    format!("<sequenceFlow id='{from}.{to}' {ends}>{condition}</sequenceFlow>")
}

/// Visits as `a1 b2`, in order of ids.
fn auto(nodes: &str, flows: &str) -> String {
    said(run_auto(&file(nodes, flows), "p").map(|run| run.visits))
}

fn said(visits: Result<lingnan_bpmn::Visits, lingnan_bpmn::Error>) -> String {
    match visits {
        Ok(visits) => visits.iter().map(|(id, n)| format!("{id}{n}")).collect::<Vec<_>>().join(" "),
        Err(error) => error.to_string(),
    }
}

const ENDS: &str = "<startEvent id='s'/><endEvent id='z'/>";

#[test]
fn every_kind_of_task_is_done_once() {
    let tags = "task userTask manualTask serviceTask scriptTask businessRuleTask sendTask \
        receiveTask";
    for tag in tags.split_whitespace() {
        assert_eq!(auto(&format!("{ENDS}<{tag} id='t'/>"), "s>t t>z"), "s1 t1 z1", "{tag}");
    }
}

#[test]
fn gateways_part_and_meet() {
    let tasks = "<task id='a'/><task id='b'/>";
    let gates = |kind: &str| format!("{ENDS}{tasks}<{kind} id='g'/><{kind} id='j'/>");
    let flows = "s>g g>a?x g>b?y a>j b>j j>z";
    assert_eq!(auto(&gates("parallelGateway"), flows), "a1 b1 g1 j1 s1 z1");
    assert_eq!(auto(&gates("exclusiveGateway"), flows), "a1 g1 j1 s1 z1");
    assert_eq!(auto(&gates("inclusiveGateway"), flows), "a1 g1 j1 s1 z1");
    let both = "s>g g>a?true g>b?${true} a>j b>j j>z";
    assert_eq!(auto(&gates("inclusiveGateway"), both), "a1 b1 g1 j1 s1 z1");
    // The default is taken when nothing is known, and never when something holds.
    let nodes = gates("exclusiveGateway").replacen("id='g'", "id='g' default='g.b'", 1);
    assert_eq!(auto(&nodes, "s>g g>a?x g>b a>j b>j j>z"), "b1 g1 j1 s1 z1");
    assert_eq!(auto(&nodes, "s>g g>a?true g>b a>j b>j j>z"), "a1 g1 j1 s1 z1");
    // An exclusive join lets each token through.
    let nodes = format!("{ENDS}{tasks}<exclusiveGateway id='j'/>");
    assert_eq!(auto(&nodes, "s>a s>b a>j b>j j>z"), "a1 b1 j2 s1 z2");
    let nodes = gates("exclusiveGateway")
        .replace("<exclusiveGateway id='j'/>", "<parallelGateway id='j'/>");
    // Only one way comes to this join: it says so, and only a run without anybody goes on.
    let file = file(&nodes, flows);
    let run = run_auto(&file, "p").expect("run");
    let note = "第 1 行的 parallelGateway（j）：没有等到所有分支，已照样往下办。";
    assert_eq!(run.notes.iter().collect::<Vec<_>>(), [note]);
    assert_eq!(said(Ok(run.visits)), "a1 g1 j1 s1 z1");
    let mut engine = Engine::start(&file, "p", NoRules).expect("begun");
    let stuck = engine.complete("a").expect_err("stuck").to_string();
    assert_eq!(stuck, "第 1 行的 parallelGateway（j）：等不到其余分支的到达，流程停住");
}

#[test]
fn an_inclusive_join_waits_for_a_loop_and_not_for_what_cannot_come() {
    // b goes round once before it comes to the join.
    let nodes = format!(
        "{ENDS}<userTask id='a'/><userTask id='b'/><inclusiveGateway id='g'/>\
         <exclusiveGateway id='x'/><inclusiveGateway id='j'/>"
    );
    let flows = "s>g g>a?true g>b?true a>j b>x x>b?unknown x>j?unknown j>z";
    assert_eq!(auto(&nodes, flows), "a1 b2 g1 j1 s1 x2 z1");
}

#[test]
fn a_loop_that_cannot_be_left_ends_with_a_message() {
    let nodes = format!("{ENDS}<task id='t' name='转圈'/><exclusiveGateway id='g' default='g.t'/>");
    let said = auto(&nodes, "s>t t>g g>t g>z?never");
    assert!(said.starts_with("运行 100000 步仍未结束"), "{said}");
    let call = "<startEvent id='s'/><callActivity id='c' calledElement='p'/>";
    assert_eq!(
        auto(call, "s>c"),
        "第 1 行的 callActivity（c）：子流程和调用嵌套超过 50 层，可能是互相调用"
    );
}

#[test]
fn what_is_repeated_very_often_by_a_machine_needs_no_deep_stack() {
    let task = |repeat: &str| format!("{ENDS}<serviceTask id='t'>{repeat}</serviceTask>");
    let one_by_one = "<multiInstanceLoopCharacteristics isSequential='true'>\
        <loopCardinality>1000</loopCardinality></multiInstanceLoopCharacteristics>";
    assert_eq!(auto(&task(one_by_one), "s>t t>z"), "s1 t1 z1");
    let again = "<standardLoopCharacteristics loopMaximum='50000'/>";
    assert_eq!(auto(&task(again), "s>t t>z"), "s1 t1 z1");
}

#[test]
fn copies_count_once_and_what_is_in_them_each_time() {
    let many = |inside: &str| {
        format!("<multiInstanceLoopCharacteristics {inside}</multiInstanceLoopCharacteristics>")
    };
    let three = many("><loopCardinality>3</loopCardinality>");
    let inner =
        "<startEvent id='i'/><task id='t'/><sequenceFlow id='f' sourceRef='i' targetRef='t'/>";
    let sub = |repeat: &str| format!("{ENDS}<subProcess id='u'>{repeat}{inner}</subProcess>");
    assert_eq!(auto(&sub(&three), "s>u u>z"), "i3 s1 t3 u1 z1");
    let one_by_one = many("isSequential='true'><loopCardinality>${4}</loopCardinality>");
    assert_eq!(auto(&sub(&one_by_one), "s>u u>z"), "i4 s1 t4 u1 z1");
    assert_eq!(auto(&sub(&many(">")), "s>u u>z"), "i1 s1 t1 u1 z1");
    assert_eq!(auto(&sub(&many("><loopCardinality>0</loopCardinality>")), "s>u u>z"), "s1 u1 z1");
    let again = "<standardLoopCharacteristics loopMaximum='5'/>";
    assert_eq!(auto(&sub(again), "s>u u>z"), "i5 s1 t5 u1 z1");
    let again = "<standardLoopCharacteristics loopMaximum='5'><loopCondition>x</loopCondition>\
        </standardLoopCharacteristics>";
    assert_eq!(auto(&sub(again), "s>u u>z"), "i1 s1 t1 u1 z1");
}

#[test]
fn ends_end_what_they_should() {
    // Terminate ends the process at once; a sibling is not counted.
    let nodes = "<startEvent id='s'/><userTask id='a'/><userTask id='b'/>\
        <endEvent id='t'><terminateEventDefinition/></endEvent><endEvent id='z'/>";
    assert_eq!(auto(nodes, "s>a s>b a>t b>z"), "a1 s1 t1");
    // An error goes to the boundary, an escalation lets the inside go on.
    let inside = |end: &str| {
        format!(
            "{ENDS}<subProcess id='u'><startEvent id='i'/><endEvent id='e'>{end}</endEvent>\
             <sequenceFlow id='f' sourceRef='i' targetRef='e'/></subProcess>\
             <boundaryEvent id='b' attachedToRef='u' cancelActivity='CANCEL'>{end}</boundaryEvent>\
             <task id='h'/>"
        )
    };
    let error = inside("<errorEventDefinition errorRef='err'/>").replace("CANCEL", "true");
    assert_eq!(auto(&error, "s>u u>z b>h"), "b1 e1 h1 i1 s1");
    // Nobody catches an error of another code: the subprocess ends as if there were none.
    let other = error.replacen("errorRef='err'", "errorRef='E9'", 1);
    assert_eq!(auto(&other, "s>u u>z b>h"), "e1 i1 s1 u1 z1");
    let beside = "<startEvent id='s'/><userTask id='a'/><userTask id='b'/><endEvent id='z'/>\
        <endEvent id='t'><errorEventDefinition errorRef='err'/></endEvent>";
    assert_eq!(auto(beside, "s>a s>b a>t b>z"), "a1 b1 s1 t1 z1");
    let escalation = inside("<escalationEventDefinition/>").replace("CANCEL", "false");
    assert_eq!(auto(&escalation, "s>u u>z b>h"), "b1 e1 h1 i1 s1 u1 z1");
    let cancel = inside("<cancelEventDefinition/>").replace("CANCEL", "true");
    let cancel = cancel.replace("subProcess", "transaction");
    assert_eq!(auto(&cancel, "s>u u>z b>h"), "b1 e1 h1 i1 s1");
}

#[test]
fn an_error_is_caught_by_the_subprocess_for_it_and_thrown_on_from_there() {
    let thrown = "<endEvent id='e'><errorEventDefinition errorRef='err'/></endEvent>";
    let nodes = format!(
        "{ENDS}<subProcess id='u'><startEvent id='i'/>{thrown}\
         <sequenceFlow id='f' sourceRef='i' targetRef='e'/>\
         <subProcess id='v' triggeredByEvent='true'>\
         <startEvent id='w'><errorEventDefinition/></startEvent>\
         <endEvent id='x'><errorEventDefinition errorRef='err'/></endEvent>\
         <sequenceFlow id='k' sourceRef='w' targetRef='x'/></subProcess></subProcess>\
         <boundaryEvent id='b' attachedToRef='u'>\
         <errorEventDefinition errorRef='E1'/></boundaryEvent>"
    );
    assert_eq!(auto(&nodes, "s>u u>z b>z"), "b1 e1 i1 s1 w1 x1 z1");
}

#[test]
fn links_signals_and_undoing_go_their_ways() {
    let link = "<linkEventDefinition name='甲'/>";
    let nodes = format!(
        "{ENDS}<intermediateThrowEvent id='a'>{link}</intermediateThrowEvent>\
         <intermediateCatchEvent id='b'>{link}</intermediateCatchEvent>"
    );
    assert_eq!(auto(&nodes, "s>a b>z"), "a1 b1 s1 z1");
    let signal = "<signalEventDefinition signalRef='sig'/>";
    let nodes = format!(
        "{ENDS}<intermediateCatchEvent id='a'>{signal}</intermediateCatchEvent>\
         <intermediateThrowEvent id='b'>{signal}</intermediateThrowEvent>"
    );
    assert_eq!(auto(&nodes, "s>a s>b a>z b>z"), "a1 b1 s1 z2");
    let nodes = format!(
        "{ENDS}<task id='a'/><task id='h' isForCompensation='true'/>\
         <boundaryEvent id='b' attachedToRef='a'><compensateEventDefinition/></boundaryEvent>\
         <association id='l' sourceRef='b' targetRef='h'/>\
         <intermediateThrowEvent id='t'><compensateEventDefinition/></intermediateThrowEvent>"
    );
    assert_eq!(auto(&nodes, "s>a a>t t>z"), "a1 b1 h1 s1 t1 z1");
}

/// A subprocess `p2` with a task `a` whose boundary event `b` undoes it by `h`.
fn undoable(inside: &str) -> String {
    format!(
        "<subProcess id='p2'><startEvent id='s2'/><task id='a'/><endEvent id='z2'/>\
         <sequenceFlow id='f1' sourceRef='s2' targetRef='a'/>\
         <sequenceFlow id='f2' sourceRef='a' targetRef='z2'/>\
         <task id='h' isForCompensation='true'/>\
         <boundaryEvent id='b' attachedToRef='a'><compensateEventDefinition/></boundaryEvent>\
         <association id='l' sourceRef='b' targetRef='h'/>{inside}</subProcess>"
    )
}

#[test]
fn a_finished_subprocess_is_undone_by_its_handler_or_by_what_was_done_in_it() {
    let throw = |of: &str| {
        format!(
            "{ENDS}<intermediateThrowEvent id='t'><compensateEventDefinition{of}/>\
             </intermediateThrowEvent>"
        )
    };
    let all = "a1 b1 h1 p21 s1 s21 t1 z1 z21";
    for of in ["", " activityRef='p2'"] {
        let nodes = format!("{}{}", throw(of), undoable(""));
        assert_eq!(auto(&nodes, "s>p2 p2>t t>z"), all, "{of}");
    }
    let nodes = format!("{}{}", throw(" activityRef='s2'"), undoable(""));
    assert_eq!(auto(&nodes, "s>p2 p2>t t>z"), "a1 p21 s1 s21 t1 z1 z21");
    let handler = "<subProcess id='e' triggeredByEvent='true'><startEvent id='es'>\
                   <compensateEventDefinition/></startEvent><task id='et'/>\
                   <sequenceFlow id='f3' sourceRef='es' targetRef='et'/></subProcess>";
    let nodes = format!("{}{}", throw(""), undoable(handler));
    assert_eq!(auto(&nodes, "s>p2 p2>t t>z"), "a1 e1 es1 et1 p21 s1 s21 t1 z1 z21");
}

#[test]
fn an_event_subprocess_undoes_what_was_done_around_it() {
    let nodes = format!(
        "{ENDS}<task id='a'/><task id='h' isForCompensation='true'/>\
         <boundaryEvent id='b' attachedToRef='a'><compensateEventDefinition/></boundaryEvent>\
         <association id='l' sourceRef='b' targetRef='h'/>\
         <endEvent id='x'><errorEventDefinition errorRef='err'/></endEvent>\
         <subProcess id='e' triggeredByEvent='true'><startEvent id='es'>\
         <errorEventDefinition/></startEvent><endEvent id='ez'><compensateEventDefinition/>\
         </endEvent><sequenceFlow id='f1' sourceRef='es' targetRef='ez'/></subProcess>"
    );
    assert_eq!(auto(&nodes, "s>a a>x"), "a1 b1 e1 es1 ez1 h1 s1 x1");
}

#[test]
fn who_names_an_errors_code_catches_it_before_who_catches_all() {
    let error = |id: &str, of: &str| {
        format!(
            "<boundaryEvent id='{id}' attachedToRef='p2'><errorEventDefinition{of}/>\
             </boundaryEvent>"
        )
    };
    let nodes = format!(
        "{ENDS}<subProcess id='p2'><startEvent id='s2'/>\
         <endEvent id='z2'><errorEventDefinition errorRef='err'/></endEvent>\
         <sequenceFlow id='f1' sourceRef='s2' targetRef='z2'/></subProcess>{}{}",
        error("b", ""),
        error("c", " errorRef='err'")
    );
    assert_eq!(auto(&nodes, "s>p2 p2>z b>z c>z"), "c1 s1 s21 z1 z21");
}

#[test]
fn what_happens_beside_work_stops_it_or_not() {
    let nodes = format!(
        "{ENDS}<userTask id='a'/><task id='h'/>\
         <boundaryEvent id='b' attachedToRef='a' cancelActivity='false'>\
         <timerEventDefinition/></boundaryEvent>\
         <boundaryEvent id='c' attachedToRef='a'>\
         <messageEventDefinition messageRef='msg'/></boundaryEvent>"
    );
    let file = file(&nodes, "s>a a>z b>h c>z");
    let mut engine = Engine::start(&file, "p", NoRules).expect("begun");
    engine.trigger(&Trigger::At("b")).expect("fired");
    engine.trigger(&Trigger::At("b")).expect("fired again");
    engine.complete("h").expect("done");
    engine.trigger(&Trigger::Message("来函")).expect("arrived");
    assert!(!engine.is_over());
    assert!(engine.complete("a").is_err());
    // The state is kept and taken up again.
    let kept = serde_json::to_string(engine.state()).expect("kept");
    let state: State = serde_json::from_str(&kept).expect("read");
    assert_eq!(state, *engine.state());
    let mut engine = Engine::resume(&file, state, NoRules);
    let waiting = engine.waiting().expect("of this file");
    assert_eq!(waiting.iter().map(|w| (w.node, w.kind)).collect::<Vec<_>>(), [("h", Wait::Work)]);
    engine.complete("h").expect("done");
    assert!(engine.is_over());
    let visits: Vec<String> =
        engine.state().visits().iter().map(|(id, n)| format!("{id}{n}")).collect();
    assert_eq!(visits.join(" "), "b2 c1 h2 s1 z1");
}

#[test]
fn the_first_event_behind_an_event_based_gateway_ends_the_race() {
    let nodes = format!(
        "{ENDS}<eventBasedGateway id='g'/><receiveTask id='a' messageRef='msg'/>\
         <intermediateCatchEvent id='b'><timerEventDefinition/></intermediateCatchEvent>"
    );
    let flows = "s>g g>a g>b a>z b>z";
    assert_eq!(auto(&nodes, flows), "a1 g1 s1 z1");
    let file = file(&nodes, flows);
    let mut engine = Engine::start(&file, "p", NoRules).expect("begun");
    engine.trigger(&Trigger::At("b")).expect("fired");
    assert!(engine.is_over());
    let late = engine.trigger(&Trigger::Message("msg")).expect_err("too late").to_string();
    assert_eq!(late, "没有环节在等待“msg”");
}

/// Knows that `大额` holds and that there are two copies.
struct Knows;

impl Rules for Knows {
    fn holds(&mut self, condition: &Expression) -> Option<bool> {
        Some(condition.text == "大额")
    }

    fn copies(&mut self, _: &Node) -> Option<u32> {
        Some(2)
    }
}

#[test]
fn conditions_and_copies_are_asked_of_the_caller() {
    let nodes = format!(
        "{ENDS}<exclusiveGateway id='g' default='g.z'/>\
         <userTask id='a'><multiInstanceLoopCharacteristics/></userTask>"
    );
    let file = file(&nodes, "s>g g>z g>a?大额 a>z");
    let mut engine = Engine::start(&file, "p", Knows).expect("begun");
    engine.complete("a").expect("one copy");
    assert!(!engine.is_over());
    engine.complete("a").expect("the other copy");
    assert!(engine.is_over());
    assert_eq!(engine.state().taken().get("g.a"), Some(&1));
}

#[test]
fn a_failure_leaves_the_state_as_it_was() {
    let nodes = format!(
        "{ENDS}<userTask id='a'/><task id='b'/><exclusiveGateway id='g'/><parallelGateway id='j'/>"
    );
    let file = file(&nodes, "s>a a>g g>j?x g>b?y b>j j>z");
    let mut engine = Engine::start(&file, "p", NoRules).expect("begun");
    let before = engine.state().clone();
    engine.complete("a").expect_err("the join waits in vain");
    assert_eq!(*engine.state(), before);
}

#[test]
fn a_call_runs_the_process_of_the_file_and_its_visits_are_counted_together() {
    let text = "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:t='urn:t'>\
        <process id='q' isExecutable='true'><startEvent id='i'/></process>\
        <process id='p' isExecutable='true'><startEvent id='s'/>\
        <callActivity id='c' calledElement='t:q'/><callActivity id='d' calledElement='elsewhere'/>\
        <sequenceFlow id='f' sourceRef='s' targetRef='c'/>\
        <sequenceFlow id='g' sourceRef='c' targetRef='d'/></process></definitions>";
    let run = run_file(text).expect("run");
    let once = ["c", "d", "i", "s"].map(|id| (id.to_owned(), 1));
    assert_eq!(run.visits, once.into());
    let notes: Vec<_> = run.notes.iter().map(String::as_str).collect();
    assert_eq!(
        notes,
        ["第 1 行的 callActivity（d）：所调用的流程“elsewhere”不在文件中，按办结一次计。"]
    );
    let empty = "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'/>";
    assert_eq!(run_file(empty).expect_err("empty").to_string(), "文件中没有可以运行的流程");
}

#[test]
fn each_copy_of_an_activity_is_undone() {
    let undoable = |repeat: &str| {
        format!(
            "{ENDS}<task id='a'>{repeat}</task><task id='h' isForCompensation='true'/>\
             <boundaryEvent id='b' attachedToRef='a'><compensateEventDefinition/></boundaryEvent>\
             <association id='l' sourceRef='b' targetRef='h'/>\
             <intermediateThrowEvent id='t'><compensateEventDefinition activityRef='a'/>\
             </intermediateThrowEvent>"
        )
    };
    let copies = |order: &str, many: u32| {
        undoable(&format!(
            "<multiInstanceLoopCharacteristics isSequential='{order}'>\
             <loopCardinality>{many}</loopCardinality></multiInstanceLoopCharacteristics>"
        ))
    };
    let flows = "s>a a>t t>z";
    for order in ["true", "false"] {
        assert_eq!(auto(&copies(order, 3), flows), "a1 b3 h3 s1 t1 z1", "{order}");
        // What was not done is not undone.
        assert_eq!(auto(&copies(order, 0), flows), "a1 s1 t1 z1", "{order}");
    }
    let repeated = undoable("<standardLoopCharacteristics loopMaximum='2'/>");
    assert_eq!(auto(&repeated, flows), "a1 b2 h2 s1 t1 z1");
}

#[test]
fn each_copy_of_a_subprocess_is_undone_by_its_own_handler() {
    let nodes = format!(
        "{ENDS}<subProcess id='u'><multiInstanceLoopCharacteristics isSequential='true'>\
         <loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>\
         <startEvent id='i'/><task id='a'/><sequenceFlow id='f' sourceRef='i' targetRef='a'/>\
         <subProcess id='e' triggeredByEvent='true'><startEvent id='j'>\
         <compensateEventDefinition/></startEvent><task id='h'/>\
         <sequenceFlow id='g' sourceRef='j' targetRef='h'/></subProcess></subProcess>\
         <intermediateThrowEvent id='t'><compensateEventDefinition/></intermediateThrowEvent>"
    );
    assert_eq!(auto(&nodes, "s>u u>t t>z"), "a3 e3 h3 i3 j3 s1 t1 u1 z1");
}

#[test]
fn without_anybody_each_event_that_begins_a_process_happens_once() {
    let start = |id: &str, event: &str| {
        format!("<startEvent id='{id}'><{event}EventDefinition/></startEvent>")
    };
    let both = format!("{}{}<endEvent id='z'/>", start("s", "message"), start("t", "timer"));
    let merged = format!("{both}<task id='a'/>");
    assert_eq!(auto(&merged, "s>a t>a a>z"), "a2 s1 t1 z2");
    // Such a join waits for both.
    let joined = format!("{both}<parallelGateway id='j'/>");
    let run = run_auto(&file(&joined, "s>j t>j j>z"), "p").expect("run");
    assert!(run.notes.is_empty());
    assert_eq!(said(Ok(run.visits)), "j1 s1 t1 z1");
    // A start without an event is enough, and a run with people begins by one event.
    let none = format!("{merged}<startEvent id='n'/>");
    assert_eq!(auto(&none, "n>a s>a t>a a>z"), "a1 n1 z1");
    let file = file(&merged, "s>a t>a a>z");
    let mut engine = Engine::start(&file, "p", NoRules).expect("begun");
    engine.complete("a").expect("done");
    assert!(engine.is_over());
}

/// An event subprocess.
fn on_event(id: &str, start: &str, inside: &str) -> String {
    format!(
        "<subProcess id='{id}' triggeredByEvent='true'><startEvent id='{id}s' {start}</startEvent>\
         {inside}</subProcess>"
    )
}

#[test]
fn a_throw_whose_own_subprocess_is_interrupted_goes_no_further() {
    for event in ["signalEventDefinition signalRef='sig'", "escalationEventDefinition"] {
        let throw = format!("<intermediateThrowEvent id='t'><{event}/></intermediateThrowEvent>");
        let nodes = |effect: &str| {
            let start = format!("isInterrupting='{effect}'><{event}/>");
            format!("{ENDS}{throw}<task id='a'/>{}", on_event("e", &start, ""))
        };
        let flows = "s>t t>a a>z";
        assert_eq!(auto(&nodes("true"), flows), "e1 es1 s1 t1", "{event}");
        assert_eq!(auto(&nodes("false"), flows), "a1 e1 es1 s1 t1 z1", "{event}");
    }
}

#[test]
fn an_event_subprocess_is_heard_by_others_beside_it_unless_it_took_over() {
    let escalates = |id: &str, code: &str| {
        format!(
            "<endEvent id='{id}x'><escalationEventDefinition escalationRef='{code}'/></endEvent>\
             <sequenceFlow id='{id}f' sourceRef='{id}s' targetRef='{id}x'/>"
        )
    };
    let nodes = |effect: &str| {
        let start = |code: &str, effect: &str| {
            format!("isInterrupting='{effect}'><escalationEventDefinition escalationRef='{code}'/>")
        };
        let throw = "<intermediateThrowEvent id='t'><escalationEventDefinition \
            escalationRef='甲'/></intermediateThrowEvent>";
        let first = on_event("e", &start("甲", effect), &escalates("e", "乙"));
        let second = on_event("g", &start("乙", "false"), "");
        format!("{ENDS}{throw}{first}{second}")
    };
    assert_eq!(auto(&nodes("false"), "s>t t>z"), "e1 es1 ex1 g1 gs1 s1 t1 z1");
    assert_eq!(auto(&nodes("true"), "s>t t>z"), "e1 es1 ex1 s1 t1");
}
