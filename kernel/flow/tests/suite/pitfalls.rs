//! Mistakes that other engines made in public, each told as a story that must end well here.

use crate::world::World;
use lingnan_base::Timestamp;
use lingnan_flow::{
    Block, Condition, Definition, Group, Holder, Instance, Node, Operation, Policy, Refusal,
    ReturnMode, Status, Who, operate, start,
};
use std::collections::BTreeSet;

/// A process, where it stands, and the nodes whose condition does not hold.
struct Story {
    definition: Definition,
    instance: Instance,
    world: World,
}

/// A node held by one person called as it is.
fn one(id: &str) -> Block {
    vote(id, Policy::All, id)
}

fn vote(id: &str, policy: Policy, holders: &str) -> Block {
    let mut node = Node::new(id, id, Who::posts(holders.split_whitespace()));
    node.policy = policy;
    node.irreversible = id == "number";
    node.when = Some(Condition::new(id));
    Block::Node(Box::new(node))
}

fn par(branches: Vec<Block>) -> Block {
    Block::Par(branches.into_iter().map(|branch| vec![branch]).collect())
}

fn story(steps: Vec<Block>) -> Story {
    let definition = crate::world::definition(steps);
    let world = World::default();
    let instance = start(&definition, &world, Timestamp(0)).unwrap().0;
    Story { definition, instance, world }
}

fn holders(names: &str) -> Vec<Holder> {
    names.split_whitespace().map(Holder::new).collect()
}

fn back(target: &str, mode: ReturnMode) -> Operation {
    Operation::Return { target: target.to_owned(), mode }
}

impl Story {
    /// Tries an operation on the newest ticket of `holder` at `node`, live ones first.
    fn tries(&mut self, at: &str, operation: &Operation) -> Result<(), Refusal> {
        let (node, holder) = at.split_once(':').unwrap_or((at, at));
        let is_meant = |t: &lingnan_flow::Ticket| {
            self.instance.node_of(&self.definition, t).is_some_and(|n| n.id() == node)
                && *t.holder.0 == *holder
        };
        let ticket = self.instance.tickets().filter(|(_, t)| is_meant(t));
        let ticket = ticket.max_by_key(|(id, t)| (t.state.is_live(), *id)).unwrap().0;
        let mut copy = self.instance.clone();
        let now = Timestamp(0);
        operate(&self.definition, &mut copy, &self.world, now, ticket, operation)?;
        self.instance = copy;
        Ok(())
    }

    fn does(&mut self, at: &str, operation: &Operation) {
        let told = self.tries(at, operation);
        assert_eq!(told, Ok(()), "{at} {operation:?}");
    }

    fn approve(&mut self, all: &str) {
        all.split_whitespace().for_each(|at| self.does(at, &Operation::Approve));
    }

    /// The open tickets, `node:holder`, or how it ended.
    #[track_caller]
    fn stands(&self, expected: &str) {
        let mut open: Vec<String> = self
            .instance
            .open_tickets()
            .map(|(_, t)| {
                let node = self.instance.node_of(&self.definition, t).unwrap();
                format!("{}:{}", node.id(), t.holder.0)
            })
            .collect();
        open.sort();
        if open.is_empty() {
            open.push(format!("{:?}", self.instance.status()).to_lowercase());
        }
        assert_eq!(open.join(" "), expected);
    }
}

#[test]
fn a_branch_redone_after_a_return_still_joins_the_other() {
    // Flowable 1641 and 3864: the join never fired, or fired twice.
    for mode in [ReturnMode::Redo, ReturnMode::Direct] {
        let mut story = story(vec![
            one("a"),
            Block::Par(vec![vec![one("b"), one("c")], vec![one("d")]]),
            one("e"),
        ]);
        story.approve("a b d");
        story.does("c", &back("b", mode));
        story.stands("b:b");
        story.approve("b c");
        story.stands("e:e");
        story.approve("e");
        story.stands("completed");
    }
}

#[test]
fn a_direct_return_out_of_a_parallel_block_keeps_the_finished_branch() {
    let mut story = story(vec![one("a"), par(vec![one("b"), one("c"), one("d")]), one("e")]);
    story.approve("a c");
    story.does("b", &back("a", ReturnMode::Direct));
    story.stands("a:a");
    story.approve("a");
    // c stays good; d was interrupted and enters again.
    story.stands("b:b d:d");
    story.approve("b d");
    story.stands("e:e");
}

#[test]
fn a_return_into_a_parallel_block_waits_only_for_that_branch() {
    // Activiti and Flowable wait for the sibling as well.
    let mut story = story(vec![par(vec![one("a"), one("b")]), one("c")]);
    story.approve("a b");
    story.does("c", &back("a", ReturnMode::Redo));
    story.stands("a:a");
    story.approve("a");
    story.stands("c:c");
}

#[test]
fn a_return_to_a_vote_opens_it_for_everyone_with_no_votes_counted() {
    // Flowable 3944 and yudao 668: no ticket was created where several hold one.
    let mut story = story(vec![vote("a", Policy::All, "x y z"), one("b")]);
    story.approve("a:x a:y a:z");
    story.does("b", &back("a", ReturnMode::Redo));
    story.stands("a:x a:y a:z");
    story.approve("a:x a:y");
    story.stands("a:z");
}

#[test]
fn a_sequential_vote_returned_to_begins_with_its_first() {
    let mut story = story(vec![vote("a", Policy::Sequential, "x y"), one("b")]);
    story.approve("a:x a:y");
    story.does("b", &back("a", ReturnMode::Direct));
    story.stands("a:x");
    story.approve("a:x a:y");
    story.stands("b:b");
}

#[test]
fn two_branches_that_return_at_once_open_the_target_once() {
    // Flowable 2259 and 4046: the target's task was there twice.
    let mut story = story(vec![one("a"), par(vec![one("b"), one("c")]), one("d")]);
    story.approve("a");
    story.does("b", &back("a", ReturnMode::Redo));
    let second = story.tries("c", &back("a", ReturnMode::Redo));
    assert_eq!(second, Err(Refusal::NotOpen));
    story.stands("a:a");
}

#[test]
fn a_sibling_branch_is_no_target_of_a_return() {
    let mut story = story(vec![one("a"), par(vec![one("b"), one("c")])]);
    story.approve("a b");
    assert_eq!(story.tries("c", &back("b", ReturnMode::Redo)), Err(Refusal::NotReturnable));
}

#[test]
fn ending_inside_a_parallel_block_leaves_nothing_open() {
    // yudao: an end in one branch left the other's tasks in the inbox.
    for (end, status) in [
        (Operation::Reject, Status::Rejected),
        (Operation::Terminate { reason: "终止".into() }, Status::Terminated),
    ] {
        let mut story = story(vec![par(vec![one("a"), vote("b", Policy::Any, "x y")]), one("c")]);
        story.does("a", &end);
        assert_eq!(story.instance.status(), status);
        assert!(!story.instance.tickets().any(|(_, t)| t.state.is_live()));
        assert_eq!(story.tries("b:x", &Operation::Approve), Err(Refusal::NotRunning));
    }
}

#[test]
fn an_early_vote_is_not_withdrawn_once_the_node_is_decided() {
    let mut story = story(vec![vote("a", Policy::All, "x y"), one("b")]);
    story.approve("a:x");
    story.does("a:x", &Operation::Withdraw);
    story.stands("a:x a:y");
    story.approve("a:x a:y");
    assert_eq!(story.tries("a:x", &Operation::Withdraw), Err(Refusal::MovedOn));
    story.does("a:y", &Operation::Withdraw);
    story.stands("a:y");
}

#[test]
fn what_the_next_has_read_is_not_withdrawn() {
    let mut story = story(vec![one("a"), one("b")]);
    story.approve("a");
    story.does("b", &Operation::Read);
    assert_eq!(story.tries("a", &Operation::Withdraw), Err(Refusal::SuccessorTouched));
}

#[test]
fn what_cannot_be_undone_is_not_withdrawn_nor_what_came_before() {
    let mut story = story(vec![one("sign"), one("number"), one("issue")]);
    story.approve("sign");
    story.does("sign", &Operation::Withdraw);
    story.approve("sign number");
    assert_eq!(story.tries("number", &Operation::Withdraw), Err(Refusal::Irreversible));
    assert_eq!(story.tries("sign", &Operation::Withdraw), Err(Refusal::MovedOn));
    assert!(!Refusal::Irreversible.sentence().is_empty());
}

#[test]
fn taking_away_the_last_after_signer_does_not_decide_for_the_host() {
    // yudao finished a host that had not decided yet.
    let mut story = story(vec![one("a"), one("b")]);
    story.does("a", &Operation::AddAfter(holders("x"), Group::All));
    story.does("a:x", &Operation::Reduce);
    story.stands("a:a");
    // A host that has decided and is held goes on.
    story.does("a", &Operation::AddAfter(holders("x"), Group::All));
    story.approve("a");
    story.stands("a:x");
    story.does("a:x", &Operation::Reduce);
    story.stands("b:b");
}

#[test]
fn a_before_signer_gives_the_ticket_back_and_does_not_decide() {
    let mut story = story(vec![one("a"), one("b")]);
    story.does("a", &Operation::AddBefore(holders("x"), Group::All));
    assert_eq!(story.tries("a", &Operation::Approve), Err(Refusal::NotOpen));
    story.does("a:x", &Operation::Reject);
    story.stands("a:a");
}

#[test]
fn an_after_signers_reject_counts_as_the_hosts() {
    let mut story = story(vec![one("a"), one("b")]);
    story.does("a", &Operation::AddAfter(holders("x"), Group::All));
    story.approve("a");
    story.does("a:x", &Operation::Reject);
    story.stands("rejected");
}

#[test]
fn the_second_of_two_submissions_is_told_so() {
    // warm-flow: two at once both moved the matter.
    let mut story = story(vec![vote("a", Policy::Any, "x y"), one("b")]);
    story.approve("a:x");
    assert_eq!(story.tries("a:x", &Operation::Approve), Err(Refusal::NotOpen));
    assert_eq!(story.tries("a:y", &Operation::Approve), Err(Refusal::NotOpen));
    story.stands("b:b");
}

#[test]
fn a_share_out_of_reach_rejects_at_once() {
    // yudao waits for every vote.
    let two_thirds = Policy::share(2, 3);
    let mut story = story(vec![vote("a", two_thirds, "x y z"), one("b")]);
    story.does("a:x", &Operation::Reject);
    story.stands("a:y a:z");
    story.does("a:y", &Operation::Reject);
    story.stands("rejected");
}

#[test]
fn a_delegate_only_advises() {
    let mut story = story(vec![one("a"), one("b")]);
    story.does("a", &Operation::Delegate(Holder::new("x")));
    assert_eq!(story.tries("a:x", &Operation::Approve), Err(Refusal::OnlyAdvise));
    let onwards = Operation::AddAfter(holders("y"), Group::All);
    assert_eq!(story.tries("a:x", &onwards), Err(Refusal::OnlyAdvise));
    story.does("a:x", &Operation::Advise);
    story.stands("a:a");
}

#[test]
fn nobody_gets_two_tickets_of_one_node() {
    let mut story = story(vec![vote("a", Policy::All, "x y x"), one("b")]);
    story.stands("a:x a:y");
    let to = Operation::Transfer(Holder::new("y"));
    assert_eq!(story.tries("a:x", &to), Err(Refusal::AlreadyHolders));
    let join = Operation::Join(holders("y x"));
    assert_eq!(story.tries("a:x", &join), Err(Refusal::AlreadyHolders));
}

#[test]
fn a_step_that_nobody_holds_refuses_the_one_before_it() {
    let mut story = story(vec![one("a"), vote("b", Policy::All, "")]);
    let refusal = story.tries("a", &Operation::Approve).unwrap_err();
    assert!(refusal.next().contains("岗位"), "{refusal:?}");
    story.stands("a:a");
}

#[test]
fn a_parallel_block_whose_conditions_all_fail_is_passed_over() {
    let mut story = story(vec![one("a"), par(vec![one("b"), one("c")]), one("d")]);
    story.world.absent = BTreeSet::from(["b", "c"]);
    story.approve("a");
    story.stands("d:d");
}

#[test]
fn a_return_to_a_branch_whose_condition_no_longer_holds_does_not_strand_the_join() {
    let mut story = story(vec![one("a"), par(vec![one("b"), one("c")]), one("d")]);
    story.approve("a b c");
    story.world.absent = BTreeSet::from(["b"]);
    story.does("d", &back("b", ReturnMode::Redo));
    story.stands("d:d");
}

#[test]
fn a_withdrawal_gives_up_what_the_approval_entered_past_skipped_steps() {
    let steps = vec![one("a"), Block::Par(vec![vec![one("b"), one("c")], vec![one("d")]])];
    let mut story = story(steps);
    story.world.absent = BTreeSet::from(["b"]);
    story.approve("a");
    story.stands("c:c d:d");
    story.does("a", &Operation::Withdraw);
    story.stands("a:a");
    story.approve("a c d");
    story.stands("completed");
}
