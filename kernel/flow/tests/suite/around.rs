//! What the world around a matter answers: notices, sub-processes, automatic steps, time.

use crate::story::{MINUTE, Story, story, story_with};
use lingnan_base::Timestamp;
use lingnan_flow::{
    Asked, CallState, Demand, NoticeState, Operation, Outcome, Ran, Refusal, ReturnMode,
    StopReason, perform,
};
use serde_json::json;

#[test]
fn notices_outlive_the_matter_and_a_gate_waits_for_them() {
    let body = "cc a \"抄\" by post:x+post:y receipt gate\ncc b \"送\" by post:z\n\
                step c \"丙\" by post:c";
    let mut story = story(body);
    let go = |notice, state| Operation::Notice { notice, state };
    assert_eq!(story.whole(go(0, NoticeState::Read)), Ok(()));
    assert_eq!(story.whole(go(0, NoticeState::Receipted)), Ok(()));
    assert_eq!(story.instance.demands(&story.definition).len(), 1);
    assert_eq!(story.whole(go(1, NoticeState::Receipted)), Ok(()));
    story.stands("c:c");
    // Steedos 6985: a veto took the circulated copies away.
    story.does("c", Operation::Reject);
    assert_eq!(story.whole(go(2, NoticeState::Delivered)), Ok(()));
    assert_eq!(story.whole(go(2, NoticeState::Sent)), Err(Refusal::NoSuchNotice));
    assert_eq!(story.instance.notices().len(), 3);
}

#[test]
fn sub_processes_are_wanted_started_ended_and_cancelled_with_their_parent() {
    let body =
        "call a \"子\" of q each form.单位\ncall b \"旁\" of r async\nstep c \"丙\" by post:c";
    let mut story = story_with("", body, json!({ "单位": ["甲", "乙"] }));
    let start = |call| Operation::ChildStarted { call, matter: format!("m{call}").into() };
    let end = |call, outcome| Operation::ChildEnded { call, outcome };
    assert_eq!(story.instance.demands(&story.definition).len(), 2);
    assert_eq!(story.whole(end(0, Outcome::Completed)), Err(Refusal::NoSuchCall));
    for call in 0..2 {
        story.whole(start(call)).unwrap();
        assert_eq!(story.whole(start(call)), Err(Refusal::NoSuchCall));
    }
    story.whole(end(0, Outcome::Completed)).unwrap();
    let mut cancelled = story.instance.clone();
    let reason = Asked::whole(Operation::Terminate { reason: "撤项".into() });
    perform(&story.definition, &mut cancelled, &story.world, story.now, &reason).unwrap();
    let cancel = Demand::CancelChild { call: 1, matter: "m1".into() };
    assert_eq!(cancelled.demands(&story.definition), [cancel]);
    story.whole(end(1, Outcome::Completed)).unwrap();
    story.stands("c:c");
    assert_eq!(story.instance.calls()[2].state, CallState::Wanted);
    story.whole(start(2)).unwrap();
    story.whole(end(2, Outcome::Rejected)).unwrap();
    story.stands("c:c");
}

#[test]
fn a_sub_process_that_is_refused_refuses_its_parent_and_may_send_it_back() {
    let body = "step a \"甲\" by post:a\ncall b \"子\" of q\nstep c \"丙\" by post:c";
    for (outcome, stands) in [(None, "a:a"), (Some(Outcome::Rejected), "rejected")] {
        let mut story = story(body);
        story.approve("a");
        story.whole(Operation::ChildStarted { call: 0, matter: "m".into() }).unwrap();
        assert_eq!(story.tries("a", Operation::Withdraw), Err(Refusal::SuccessorTouched));
        let target = "a".to_owned();
        let end = match outcome {
            Some(outcome) => Operation::ChildEnded { call: 0, outcome },
            None => Operation::ChildReturned { call: 0, target },
        };
        story.whole(end).unwrap();
        story.stands(stands);
    }
}

#[test]
fn the_platform_runs_steps_and_what_failed_waits_for_a_retry() {
    let body = "step a \"甲\" by post:a\nauto n \"编号\" do book.number irreversible\n\
                step c \"丙\" by post:c";
    let mut story = story(body);
    story.approve("a");
    let ran = |ran| Operation::Ran { step: "n".to_owned(), ran };
    story.whole(ran(Ran::Failed("没有字号簿".into()))).unwrap();
    assert_eq!(story.instance.demands(&story.definition), []);
    story.whole(Operation::Retry { step: "n".to_owned() }).unwrap();
    assert_eq!(story.instance.demands(&story.definition).len(), 1);
    story.whole(ran(Ran::Done)).unwrap();
    assert_eq!(story.whole(ran(Ran::Done)), Err(Refusal::NotOpen));
    assert_eq!(story.tries("a", Operation::Withdraw), Err(Refusal::MovedOn));
    assert_eq!(story.whole(Operation::Revoke), Err(Refusal::Irreversible));
    let back = Operation::Return { target: "a".to_owned(), mode: ReturnMode::Redo };
    assert_eq!(story.tries("c", back), Err(Refusal::Irreversible));
}

#[test]
fn waits_end_by_time_by_a_field_and_by_an_event() {
    let body = "wait a \"等\" for 5min\nwait b \"到\" until form.日期\nwait c \"候\" event 到账";
    let mut story = story_with("", body, json!({}));
    story.now = Timestamp(4 * MINUTE);
    story.whole(Operation::Tick).unwrap();
    assert_eq!(
        story.instance.next_tick(&story.definition, &story.world),
        Some(Timestamp(5 * MINUTE))
    );
    story.now = Timestamp(5 * MINUTE);
    story.whole(Operation::Tick).unwrap();
    story.world.form = json!({ "日期": 6 * MINUTE });
    story.now = Timestamp(7 * MINUTE);
    story.whole(Operation::Tick).unwrap();
    let fire = |event: &str| Operation::Fire { event: event.to_owned() };
    assert_eq!(story.whole(fire("别的")), Err(Refusal::NothingWaits));
    story.whole(fire("到账")).unwrap();
    story.stands("completed");
}

#[test]
fn clocks_warn_turn_yellow_and_red_and_stand_still_for_a_reason() {
    let body =
        "step a \"甲\" by post:a due 10min warn 80% yellow 2min red 5min extend 10min pause 听证";
    let mut story = story_with("limit 60min\n", body, json!({}));
    let clock = |story: &Story| story.instance.tickets().next().unwrap().1.clock.clone();
    story.now = Timestamp(8 * MINUTE);
    story.whole(Operation::Tick).unwrap();
    assert_eq!(clock(&story).warned, Some(story.now));
    assert_eq!(story.tries("a", Operation::Pause(StopReason::Tender)), Err(Refusal::NoPauseHere));
    story.does("a", Operation::Pause(StopReason::Hearing));
    story.now = Timestamp(100 * MINUTE);
    story.whole(Operation::Tick).unwrap();
    assert_eq!(clock(&story).yellow, None);
    assert_eq!(story.instance.clock().yellow, None, "the whole stands still with it");
    story.does("a", Operation::Continue);
    assert_eq!(story.instance.clock().due, Some(Timestamp(152 * MINUTE)));
    assert_eq!(clock(&story).due, Some(Timestamp(102 * MINUTE)));
    story.does("a", Operation::AskExtension);
    story.does("a", Operation::AnswerExtension { granted: true });
    assert_eq!(clock(&story).due, Some(Timestamp(112 * MINUTE)));
    story.now = Timestamp(114 * MINUTE);
    story.whole(Operation::Tick).unwrap();
    assert_eq!((clock(&story).yellow, clock(&story).red), (Some(story.now), None));
    story.now = Timestamp(117 * MINUTE);
    story.whole(Operation::Tick).unwrap();
    assert_eq!(clock(&story).red, Some(story.now));
    assert_eq!(story.tries("a", Operation::AskExtension), Err(Refusal::NoExtension));
}

#[test]
fn a_suspended_matter_keeps_the_time_it_had_left() {
    let mut story = story("step a \"甲\" by post:a due 10min");
    story.now = Timestamp(4 * MINUTE);
    story.whole(Operation::Suspend { reason: "待查".into() }).unwrap();
    assert_eq!(story.tries("a", Operation::Approve), Err(Refusal::Suspended));
    story.does("a", Operation::Read);
    story.does("a", Operation::Urge);
    assert_eq!(story.tries("a", Operation::Urge), Err(Refusal::UrgedLately));
    story.now = Timestamp(50 * MINUTE);
    story.whole(Operation::Resume).unwrap();
    let due = story.instance.tickets().next().unwrap().1.due();
    assert_eq!(due, Some(Timestamp(56 * MINUTE)));
    story.approve("a");
    story.stands("completed");
}
