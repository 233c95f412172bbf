//! What people do with their tickets and what administrators do with a matter.

use crate::story::{Story, holders, story, story_with};
use lingnan_base::Timestamp;
use lingnan_flow::{
    Asked, Definition, Group, Holder, Operation, Process, Refusal, ReturnMode, Status, perform,
    start,
};
use serde_json::json;

#[test]
fn whoever_claims_the_work_has_it_and_may_give_it_back() {
    let mut story = story("claim a \"甲\" by post:x+post:y\nstep b \"乙\" by post:b");
    assert_eq!(story.tries("a:x", Operation::Approve), Err(Refusal::ClaimFirst));
    story.does("a:x", Operation::Claim);
    story.stands("a:x");
    assert_eq!(story.tries("a:y", Operation::Claim), Err(Refusal::NotOpen));
    story.does("a:x", Operation::Unclaim);
    story.stands("a:x a:y");
    story.does("a:y", Operation::Claim);
    story.approve("a:y");
    story.stands("b:b");
}

#[test]
fn weights_vetoes_fixed_bases_and_collected_opinions_decide_votes() {
    let mut weighed = story("vote a \"甲\" by post:x+post:y+post:z 1/2 weight:z=5");
    weighed.approve("a:z");
    weighed.stands("completed");
    let mut vetoed = story("vote a \"甲\" by post:x+post:y+post:z 1/3 veto:z");
    vetoed.does("a:z", Operation::Reject);
    vetoed.stands("rejected");
    let mut fixed = story("vote a \"甲\" by post:x+post:y 1/2 fixed");
    fixed.does("a:x", Operation::Join(holders("v w")));
    fixed.approve("a:x");
    fixed.stands("completed");
    let mut collected = story("vote a \"甲\" by post:x+post:y all collect");
    collected.does("a:x", Operation::Reject);
    collected.stands("a:y");
    collected.approve("a:y");
    collected.stands("rejected");
}

#[test]
fn a_rejection_does_what_the_step_says() {
    let body = "step a \"甲\" by post:a\nstep b \"乙\" by post:b reject a\n\
                step c \"丙\" by post:c reject next\nstep d \"丁\" by post:d";
    let mut story = story(body);
    story.approve("a");
    story.does("b", Operation::Reject);
    story.stands("a:a");
    story.approve("a b");
    story.does("c", Operation::Reject);
    story.stands("d:d");
    story.does("d", Operation::Reject);
    story.stands("rejected");
}

#[test]
fn the_first_branch_that_holds_is_taken_and_a_loop_ends() {
    let body = "choose {\nwhen form.n > 5 {\nstep a \"甲\" by post:a\n}\nelse {\n\
                step b \"乙\" by post:b\n}\n}\nloop {\n\
                step c \"丙\" by post:c\n} until form.ok max 3";
    let mut story = story_with("", body, json!({ "n": 3 }));
    story.stands("b:b");
    story.approve("b c c");
    story.stands("c:c");
    story.approve("c");
    story.stands("completed");
}

#[test]
fn a_way_that_was_not_taken_is_passed_by_and_not_ahead() {
    let body = "choose {\nwhen form.n > 5 {\nstep a \"甲\" by post:a\n}\nelse {\n\
                step b \"乙\" by post:b\n}\n}\nstep c \"丙\" by post:c\n\
                step d \"丁\" by post:d when form.n > 5";
    let mut story = story_with("", body, json!({ "n": 3 }));
    let course = |story: &Story| {
        let all = story.instance.course(&story.definition).into_iter();
        all.map(|(step, standing)| format!("{}:{standing:?}", step.id))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(course(&story), "a:NotTaken b:Active c:Ahead d:Ahead");
    story.approve("b");
    assert_eq!(course(&story), "a:NotTaken b:Done c:Active d:Ahead");
    let back = Operation::Return { target: "b".into(), mode: ReturnMode::Redo };
    story.does("c", back);
    assert_eq!(course(&story), "a:NotTaken b:Active c:Cancelled d:Ahead");
    story.approve("b c");
    assert_eq!(course(&story), "a:NotTaken b:Done c:Done d:Skipped");
}

#[test]
fn a_loop_in_which_nobody_acts_is_refused_and_not_run_for_ever() {
    let inner = "loop {\nstep c \"丙\" by post:c when false\n} until false max 100";
    let body = format!(
        "step a \"甲\" by post:a\nloop {{\nloop {{\n{inner}\n}} until false max 100\n}} \
         until false max 100"
    );
    let mut story = story(&body);
    assert_eq!(story.tries("a", Operation::Approve), Err(Refusal::Endless));
    story.stands("a:a");
}

#[test]
fn an_expression_that_never_ends_is_refused() {
    let long = "step a \"甲\" by post:a\nstep b \"乙\" by post:b when \
                count(for i in 1..100000000, j in 1..100000000 return i) > 1";
    let mut story = story(long);
    assert!(matches!(story.tries("a", Operation::Approve), Err(Refusal::Condition(_))));
}

#[test]
fn the_starter_takes_a_matter_back_and_submits_it_again() {
    let mut story = story("step a \"甲\" by post:a\nstep b \"乙\" by post:b");
    story.approve("a");
    story.whole(Operation::Revoke).unwrap();
    assert_eq!(story.instance.status(), Status::Draft);
    assert_eq!(story.tries("b", Operation::Approve), Err(Refusal::NotRunning));
    story.whole(Operation::Resubmit).unwrap();
    story.approve("a b");
    story.stands("completed");
}

#[test]
fn a_jump_passes_over_steps_but_never_a_mandatory_one() {
    let jump = |from: &str, target: &str| Operation::Jump {
        from: from.to_owned(),
        target: target.to_owned(),
        reason: "纠错".into(),
        confirmer: Holder::new("second"),
    };
    let body = "step a \"甲\" by post:a\npar {\nstep b \"乙\" by post:b\n} and {\n\
                step c \"丙\" by post:c\n}\nstep d \"丁\" by post:d mandatory\n\
                step e \"戊\" by post:e";
    let mut story = story(body);
    story.whole(jump("a", "d")).unwrap();
    story.stands("d:d");
    assert_eq!(story.whole(jump("d", "e")), Err(Refusal::Mandatory));
    story.whole(jump("d", "b")).unwrap();
    story.stands("b:b");
    story.approve("b d e");
    story.stands("completed");
    let last = story.facts.iter().find(|fact| fact.operation == "jump").unwrap();
    assert_eq!(last.confirmer, Some(Holder::new("second")));
}

#[test]
fn approvals_are_not_asked_for_twice_except_after_a_return() {
    let body = "step a \"甲\" by post:x\nstep b \"乙\" by post:x+post:y\nstep c \"丙\" by post:x\n\
                step d \"丁\" by post:x sign";
    let mut story = story_with("dedupe any\n", body, json!({}));
    story.approve("a:x");
    story.stands("b:y");
    story.approve("b:y");
    story.stands("d:x");
    // Steedos 2068: what was approved before the return counted after it.
    story.does("d:x", Operation::Return { target: "b".to_owned(), mode: ReturnMode::Redo });
    story.stands("b:x b:y");
}

#[test]
fn nobody_approves_his_own_matter_where_the_step_says_so() {
    for (rule, stands) in
        [("", "b:s"), ("self skip", "c:c"), ("self up", "b:mayor"), ("self head", "b:head")]
    {
        let body = format!(
            "step a \"甲\" by starter\nstep b \"乙\" by post:s {rule}\nstep c \"丙\" by post:c"
        );
        let mut story = story(&body);
        story.approve("a:s");
        story.stands(stands);
    }
}

#[test]
fn where_nobody_is_found_the_step_says_what_happens() {
    for (rule, stands) in
        [("empty up", "b:mayor"), ("empty admin", "b:admin"), ("empty pass \"制度\"", "c:c")]
    {
        let body = format!(
            "step a \"甲\" by post:a\nstep b \"乙\" by form.无 {rule}\nstep c \"丙\" by post:c"
        );
        let mut story = story(&body);
        story.approve("a");
        story.stands(stands);
    }
}

#[test]
fn a_return_after_the_person_left_goes_to_the_administrator() {
    let mut story = story("step a \"甲\" by post:a\nstep b \"乙\" by post:b");
    story.approve("a");
    story.world.left.insert("a");
    story.does("b", Operation::Return { target: "a".to_owned(), mode: ReturnMode::Direct });
    story.stands("a:admin");
    story.approve("a:admin");
    story.stands("b:b");
}

#[test]
fn a_direct_return_becomes_a_redo_when_what_counts_was_changed() {
    for (changed, stands) in [(false, "c:c"), (true, "b:b")] {
        let body = "step a \"甲\" by post:a\nstep b \"乙\" by post:b\n\
                    step c \"丙\" by post:c back a(direct unless 金额)";
        let mut story = story(body);
        story.approve("a b");
        let redo = Operation::Return { target: "a".to_owned(), mode: ReturnMode::Redo };
        assert_eq!(story.tries("c", redo), Err(Refusal::OnlyDirect));
        story.does("c", Operation::Return { target: "a".to_owned(), mode: ReturnMode::Direct });
        story.world.changed = changed;
        story.approve("a");
        story.stands(stands);
    }
}

#[test]
fn a_stand_in_acts_where_the_step_allows_it_and_never_twice() {
    let body = "step a \"甲\" by post:x+post:y\nstep b \"乙\" by post:x noproxy";
    let mut story = story(body);
    let on = |n| Asked::on(lingnan_flow::TicketId(n), Operation::Approve);
    assert_eq!(story.asks(&on(0).by(Holder::new("y"))), Err(Refusal::AlreadyHolders));
    story.asks(&on(0).by(Holder::new("z"))).unwrap();
    assert_eq!(story.facts.last().unwrap().stand_in, Some(Holder::new("z")));
    story.asks(&on(1)).unwrap();
    assert_eq!(story.asks(&on(2).by(Holder::new("z"))), Err(Refusal::NoStandIn));
}

#[test]
fn groups_of_added_signers_are_heard_in_their_way() {
    let mut any = story("step a \"甲\" by post:a");
    any.does("a", Operation::AddBefore(holders("x y"), Group::Any));
    any.approve("a:x");
    any.stands("a:a");
    let mut turn = story("step a \"甲\" by post:a\nstep b \"乙\" by post:b noadd");
    turn.does("a", Operation::AddAfter(holders("x y"), Group::Sequential));
    turn.approve("a");
    turn.stands("a:x");
    turn.approve("a:x");
    turn.stands("a:y");
    turn.approve("a:y");
    turn.stands("b:b");
    let add = Operation::AddBefore(holders("x"), Group::All);
    assert_eq!(turn.tries("b", add), Err(Refusal::NoAddingHere));
}

#[test]
fn a_leavers_tickets_go_to_another_and_a_picked_post_handles_what_it_was_picked_for() {
    let mut story = story("step a \"甲\" by post:a\nstep b \"乙\" by pick:a");
    story.does("a", Operation::ApprovePicking(holders("x y")));
    story.stands("b:x b:y");
    let over = |from: &str, to: &str| Operation::HandOver {
        from: Holder::new(from),
        to: Holder::new(to),
        reason: "调离".into(),
    };
    story.whole(over("x", "z")).unwrap();
    story.stands("b:y b:z");
    assert_eq!(story.whole(over("y", "z")), Err(Refusal::NothingToHandOver));
}

#[test]
fn a_vote_of_ten_thousand_is_counted_as_it_comes() {
    use lingnan_flow::{Block, Node, Policy, Who};
    let many: Vec<String> = (0..10_000).map(|n| format!("v{n}")).collect();
    let Story { world, .. } = story("step a \"甲\" by post:a");
    for policy in [Policy::All, Policy::Sequential, Policy::share(1, 1)] {
        let text = "process p \"名\" v1 in test\nbasis \"法\"\nstep a \"甲\" by starter\nend";
        let mut process = Process::parse(text).unwrap();
        let mut node = Node::new("a", "甲", Who::posts(many.iter().map(String::as_str)));
        node.policy = policy;
        process.root = vec![Block::Node(Box::new(node))];
        let definition = Definition::new(&process).unwrap();
        let mut instance = start(&definition, &world, Timestamp(0)).unwrap().0;
        loop {
            let Some(ticket) = instance.open_tickets().map(|(id, _)| id).next() else { break };
            let asked = Asked::on(ticket, Operation::Approve);
            perform(&definition, &mut instance, &world, Timestamp(0), &asked).unwrap();
        }
        assert_eq!(instance.status(), Status::Completed);
    }
}
