//! Votes by more than a share, with a quorum, and clocks that stand still for a third party.

use crate::story::{MINUTE, Story, story, story_with};
use lingnan_base::Timestamp;
use lingnan_flow::{Operation, StopReason};
use serde_json::json;

const FIVE: &str = "post:a+post:b+post:c+post:d+post:e";

fn vote(clause: &str) -> Story {
    story(&format!("vote v \"表决\" by {FIVE} {clause}\nstep z \"后\" by post:z"))
}

#[test]
fn more_than_half_is_not_half() {
    let four = "vote v \"表决\" by post:a+post:b+post:c+post:d over:1/2\nstep z \"后\" by post:z";
    let mut story = story(four);
    story.approve("v:a v:b");
    story.stands("v:c v:d");
    story.approve("v:c");
    story.stands("z:z");
    let mut story = crate::story::story(four);
    story.approve("v:a v:b");
    story.does("v:c", Operation::Reject);
    story.does("v:d", Operation::Reject);
    story.stands("rejected");
}

#[test]
fn nothing_is_decided_before_there_is_a_quorum() {
    // 2/3 of five is four.
    let mut story = vote("over:1/2 quorum:2/3");
    story.approve("v:a v:b v:c");
    story.stands("v:d v:e");
    story.does("v:d", Operation::Reject);
    story.stands("z:z");
    let mut story = vote("over:1/2 quorum:2/3 veto:a");
    story.does("v:a", Operation::Reject);
    story.stands("v:b v:c v:d v:e");
    story.approve("v:b v:c v:d");
    story.stands("rejected");
}

#[test]
fn a_quorum_counts_heads_and_a_share_counts_weight() {
    let mut story = vote("over:1/2 quorum:over:1/2 weight:a=9");
    story.approve("v:a v:b");
    story.stands("v:c v:d v:e");
    story.does("v:c", Operation::Reject);
    story.stands("z:z");
}

#[test]
fn everyone_can_always_decide_whatever_the_quorum() {
    let mut story = vote("1/5 quorum:all");
    story.approve("v:a v:b v:c v:d");
    story.stands("v:e");
    story.does("v:e", Operation::Reject);
    story.stands("z:z");
}

#[test]
fn the_matters_clock_stands_still_while_a_third_party_is_waited_for() {
    let body = "step a \"甲\" by post:a due 10min pause 检验\n\
                wait w \"鉴定\" event 鉴定完成 pause 鉴定\nstep b \"乙\" by post:b";
    let mut story = story_with("limit 60min\n", body, json!({}));
    let due = |story: &Story| story.instance.clock().due;
    story.now = Timestamp(MINUTE);
    story.does("a", Operation::Pause(StopReason::Inspection));
    // What stands still is not suspended twice.
    story.now = Timestamp(2 * MINUTE);
    story.whole(Operation::Suspend { reason: "待查".into() }).unwrap();
    story.now = Timestamp(4 * MINUTE);
    story.whole(Operation::Resume).unwrap();
    story.now = Timestamp(5 * MINUTE);
    // Deciding ends the pause as going on would.
    story.approve("a");
    let stopped = story.instance.clock().stopped.clone().unwrap();
    assert_eq!(stopped.reason, StopReason::Inspection, "the wait goes on where the step ends");
    story.now = Timestamp(9 * MINUTE);
    story.whole(Operation::Fire { event: "鉴定完成".to_owned() }).unwrap();
    assert_eq!(story.instance.clock().stopped, None);
    assert_eq!(due(&story), Some(Timestamp(68 * MINUTE)));
    story.approve("b");
    story.stands("completed");
}
