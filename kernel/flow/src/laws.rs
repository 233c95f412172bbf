//! Laws of every instance, tried on random processes, random operations and changing conditions.

use crate::definition::{
    Auto, Awaited, Block, Branch, Call, Cc, Choose, Condition, Definition, Loop, Node, PlaceKind,
    Policy, Process, Step, Steps, Time, Wait, Who, Whom,
};
use crate::instance::{
    ActivationState, CallState, Fact, Group, Holder, Instance, NoticeState, Outcome, Status,
    TicketId,
};
use crate::operate::{Asked, Operation, Ran, ReturnMode, perform, start};
use crate::run::index;
use crate::{Demand, NodeStanding, Rules};
use lingnan_base::Timestamp;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Approvals that must be enough to end any process of these tests.
const APPROVALS_MAX: u32 = 3_000;
/// Wishes from this kind on are what the world around tells.
const AROUND: u8 = 26;

/// A process in small: the holders stand in a node's name, its condition is a bit.
fn block(depth: u32) -> BoxedStrategy<Block> {
    let policy = prop_oneof![
        Just(Policy::All),
        Just(Policy::Any),
        Just(Policy::First),
        Just(Policy::Sequential),
        Just(Policy::share(1, 2)),
        Just(Policy::share(2, 3)),
    ];
    let holders = prop::sample::subsequence(b"abcdef".to_vec(), 1..=4);
    let node = (policy, holders, prop::option::weighted(0.5, 0_u8..4)).prop_map(
        |(policy, holders, when)| {
            let names = String::from_utf8(holders).unwrap();
            let names: Vec<String> = names.chars().map(|c| c.to_string()).collect();
            let mut node = Node::new("", "名", Who::posts(names.iter().map(String::as_str)));
            node.policy = policy;
            node.when = when.map(|bit| Condition::new(&bit.to_string()));
            Block::Node(Box::new(node))
        },
    );
    if depth == 0 {
        return node.boxed();
    }
    let branch = prop::collection::vec(block(depth - 1), 1..3);
    let bit = || (0_u8..4).prop_map(|bit| Condition::new(&bit.to_string()));
    let choice = (bit(), branch.clone(), prop::option::of(branch.clone()));
    let choice = choice.prop_map(|(when, steps, otherwise)| {
        Block::Choose(Choose { branches: vec![Branch { when, steps }], otherwise })
    });
    let again = (branch.clone(), bit(), 1_u32..4);
    let again =
        again.prop_map(|(steps, until, rounds_max)| Block::Loop(Loop { steps, until, rounds_max }));
    let step = || Step::new("", "名");
    let auto = any::<bool>().prop_map(move |irreversible| {
        let (command, when) = ("a.b".into(), None);
        Block::Auto(Auto { step: step(), command, irreversible, when })
    });
    let par = prop::collection::vec(branch, 2..4).prop_map(Block::Par);
    prop_oneof![6 => node, 2 => par, 1 => choice, 1 => again, 1 => auto, 2 => around()].boxed()
}

/// What concerns the world around: somebody is told, a sub-process is called, something is awaited.
fn around() -> impl Strategy<Value = Block> {
    let step = || Step::new("", "名");
    let bit = prop::option::weighted(0.3, (0_u8..4).prop_map(|n| Condition::new(&n.to_string())));
    let cc = (any::<(bool, bool)>(), 0_usize..3, bit.clone());
    let cc = cc.prop_map(move |((receipt, gate), told, when)| {
        let who = Who::posts(["a", "b", "c"].into_iter().take(told));
        Block::Cc(Cc { step: step(), who, receipt, gate, when })
    });
    let call = (any::<(bool, bool)>(), bit).prop_map(move |((each, detached), when)| {
        let each = each.then(|| "项".into());
        Block::Call(Call { step: step(), process: "q".into(), each, detached, when })
    });
    let what = prop_oneof![
        Just(Awaited::Passing(Time::Field("时".into()))),
        Just(Awaited::Date("日".into())),
        Just(Awaited::Event("来文".into())),
    ];
    let pause = prop::option::of(prop::sample::select(&crate::StopReason::ALL[..]));
    let wait = (what, pause)
        .prop_map(move |(what, pause)| Block::Wait(Wait { step: step(), what, pause }));
    prop_oneof![cc, call, wait]
}

fn process() -> impl Strategy<Value = Definition> {
    prop::collection::vec(block(2), 2..5).prop_map(|mut root| {
        number(&mut root, &mut 0);
        let text = "process p \"名\" v1 in test\nbasis \"法\"\nstep a \"甲\" by starter\nend";
        let mut process = Process::parse(text).unwrap();
        process.root = root;
        Definition::new(&process).unwrap()
    })
}

fn number(steps: &mut Steps, next: &mut u32) {
    for block in steps {
        match block {
            Block::Par(inner) => inner.iter_mut().for_each(|steps| number(steps, next)),
            Block::Choose(choose) => {
                choose.branches.iter_mut().for_each(|branch| number(&mut branch.steps, next));
                choose.otherwise.iter_mut().for_each(|steps| number(steps, next));
            }
            Block::Loop(again) => number(&mut again.steps, next),
            Block::Node(node) => {
                *next += 1;
                node.step.id = format!("n{next}").into();
            }
            Block::Auto(Auto { step, .. })
            | Block::Cc(Cc { step, .. })
            | Block::Call(Call { step, .. })
            | Block::Wait(Wait { step, .. }) => {
                *next += 1;
                step.id = format!("n{next}").into();
            }
        }
    }
}

/// The bits say which conditions hold.
struct World(u8);

impl Rules for World {
    fn posts(&self, whom: &Whom) -> Vec<Holder> {
        match whom {
            Whom::Post(id) => vec![Holder(id.clone())],
            _ => Vec::new(),
        }
    }

    fn holds(&self, condition: &Condition) -> Result<bool, String> {
        let bit: u32 = condition.as_str().parse().unwrap();
        Ok(self.0 & (1 << bit) != 0)
    }

    fn until(&self, _: &Time, opened: Timestamp) -> Option<Timestamp> {
        Some(opened.plus_ms(1))
    }

    fn entries(&self, _: &str) -> Vec<Arc<str>> {
        (0..self.0 % 3).map(|entry| entry.to_string().into()).collect()
    }
}

/// One random wish: which operation, on which ticket, with whom, while which conditions hold.
type Wish = (u8, prop::sample::Index, prop::sample::Index, u8, u8);

fn wish(instance: &Instance, definition: &Definition, wish: &Wish) -> Asked {
    let (kind, ticket, choice, who, _) = wish;
    if *kind >= AROUND {
        let answers = answers(instance, definition);
        return Asked::whole(answers[choice.index(answers.len())].clone());
    }
    // Mostly tickets that are to be done: the others are refused, which one wish in eight tries.
    let any = *kind == 14 || *kind == 15 || who % 8 == 7;
    let pool = instance.tickets().filter(|(_, t)| any || t.state == crate::TicketState::Open);
    let pool: Vec<TicketId> = pool.map(|(id, _)| id).collect();
    let ticket = if pool.is_empty() { TicketId(0) } else { pool[ticket.index(pool.len())] };
    let holder = |shift: u8| Holder::new(&char::from(b'a' + (who + shift) % 6).to_string());
    let two = vec![holder(0), holder(1)];
    let targets = instance.return_targets(definition, ticket);
    let target =
        (!targets.is_empty()).then(|| targets[choice.index(targets.len())].id().to_owned());
    let target = target.unwrap_or_default();
    let operation = match kind {
        0..=8 => Operation::Approve,
        9 => Operation::Reject,
        10 | 11 => Operation::Return { target, mode: ReturnMode::Redo },
        12 | 13 => Operation::Return { target, mode: ReturnMode::Direct },
        14 | 15 => Operation::Withdraw,
        16 => Operation::Transfer(holder(0)),
        17 => Operation::Delegate(holder(0)),
        18 => Operation::Advise,
        19 => Operation::AddBefore(two, Group::All),
        20 => Operation::AddAfter(two, Group::All),
        21 => Operation::Join(two),
        22 => Operation::Reduce,
        23 => Operation::Read,
        _ => return Asked::whole(Operation::Terminate { reason: "终止".into() }),
    };
    Asked::on(ticket, operation)
}

/// All that the world around may tell, asked or unasked, in time or too late.
fn answers(instance: &Instance, definition: &Definition) -> Vec<Operation> {
    let mut all: Vec<Operation> = instance.demands(definition).iter().map(answer).collect();
    for (notice, held) in (0_u32..).zip(instance.notices()) {
        let state = if held.receipt { NoticeState::Receipted } else { NoticeState::Read };
        all.push(Operation::Notice { notice, state });
    }
    for (call, _) in (0_u32..).zip(instance.calls()) {
        all.push(Operation::ChildEnded { call, outcome: Outcome::Completed });
    }
    all.push(Operation::Tick);
    all
}

/// What the platform does about a demand.
fn answer(demand: &Demand) -> Operation {
    match demand {
        Demand::RunAuto { step, .. } => Operation::Ran { step: step.to_string(), ran: Ran::Done },
        Demand::SendNotice { notice, .. } => {
            Operation::Notice { notice: *notice, state: NoticeState::Delivered }
        }
        Demand::StartChild { call, .. } => {
            Operation::ChildStarted { call: *call, matter: format!("m{call}").into() }
        }
        Demand::CancelChild { call, .. } => {
            Operation::ChildEnded { call: *call, outcome: Outcome::Terminated }
        }
        Demand::Await { event } => Operation::Fire { event: event.to_string() },
    }
}

/// A sub-process's end is heard once; nothing waits for what nobody is asked for.
fn check_around(
    definition: &Definition,
    world: &World,
    instance: &Instance,
) -> Result<(), TestCaseError> {
    for (number, held) in (0_u32..).zip(&instance.activations) {
        if held.state != ActivationState::Active {
            continue;
        }
        let mut notices = instance.notices.iter().filter(|n| n.activation == number);
        let mut calls = instance.calls.iter().filter(|c| c.activation == number);
        match &definition.place(index(held.place)).unwrap().kind {
            PlaceKind::Cc(cc) => {
                prop_assert!(cc.gate, "a notice blocks");
                prop_assert!(notices.any(|notice| !notice.is_done()), "nobody must read it");
            }
            PlaceKind::Call(call) => {
                let open = |c: &CallState| matches!(c, CallState::Wanted | CallState::Started);
                prop_assert!(!call.detached && calls.any(|c| open(&c.state)), "nothing is called");
            }
            PlaceKind::Wait(wait) => {
                let event = matches!(wait.what, Awaited::Event(_));
                prop_assert!(event != held.until.is_some(), "it waits for nothing");
            }
            _ => {}
        }
    }
    for (call, held) in (0_u32..).zip(&instance.calls) {
        if let CallState::Ended(outcome) = held.state {
            let mut copy = instance.clone();
            let again = Asked::whole(Operation::ChildEnded { call, outcome });
            let told = perform(definition, &mut copy, world, Timestamp(0), &again);
            prop_assert_eq!(told.err(), Some(crate::Refusal::NoSuchCall), "heard twice");
        }
    }
    Ok(())
}

fn check(definition: &Definition, instance: &Instance) -> Result<(), TestCaseError> {
    let live = |t: &crate::Ticket| t.state.is_live();
    let active = |number: u32| {
        instance.activation(number).is_some_and(|a| a.state == ActivationState::Active)
    };
    if instance.status != Status::Running {
        prop_assert!(!instance.tickets.iter().any(live), "I0: a live ticket after the end");
        prop_assert!((0..1_000).all(|number| !active(number)), "I0: active after the end");
        return Ok(());
    }
    prop_assert!(active(0), "I1: the outermost block is active");
    for (number, held) in (0_u32..).zip(&instance.activations).filter(|(n, _)| active(*n)) {
        prop_assert!(held.parent.is_none_or(active), "I3: active under what is not");
        let inside = held.children.iter().filter(|child| active(**child)).count();
        let place = definition.place(index(held.place)).unwrap();
        match &place.kind {
            PlaceKind::Seq | PlaceKind::Choose(_) | PlaceKind::Loop { .. } => {
                prop_assert_eq!(inside, 1, "I2: a sequence stands on one child");
            }
            PlaceKind::Par => {
                prop_assert!(inside > 0, "I5: a parallel block waits for nobody");
                for branch in &place.children {
                    let mut all = held.children.iter().filter_map(|c| instance.activation(*c));
                    let latest = all.rfind(|a| index(a.place) == *branch);
                    let state = latest.map(|a| a.state);
                    let stands = state.is_some_and(|s| s != ActivationState::Cancelled);
                    prop_assert!(stands, "I2: branch {branch} of {number} is {state:?}");
                }
            }
            PlaceKind::Node(_) => check_node(instance, number)?,
            _ => {}
        }
    }
    let orphan = instance.tickets.iter().any(|t| live(t) && !active(t.activation));
    prop_assert!(!orphan, "I3: a live ticket where nothing is active");
    Ok(())
}

fn check_node(instance: &Instance, number: u32) -> Result<(), TestCaseError> {
    let own = || instance.tickets().filter(|(_, t)| t.activation == number && t.state.is_live());
    let open = own().any(|(_, t)| t.state == crate::TicketState::Open);
    prop_assert!(open, "I1: nobody can act at activation {number}");
    let mut people = BTreeSet::new();
    for (_, ticket) in own() {
        for person in std::iter::once(&ticket.holder).chain(&ticket.delegator) {
            prop_assert!(people.insert(person), "T3: {person:?} twice at activation {number}");
        }
    }
    Ok(())
}

/// How every step stands.
fn standings(instance: &Instance, definition: &Definition) -> Vec<(String, NodeStanding)> {
    let line = instance.state_line(definition);
    line.iter().map(|stage| (stage.node.id().to_owned(), stage.standing)).collect()
}

/// Approves whatever is open and answers whatever is asked until the end (I7).
fn finish(definition: &Definition, mut instance: Instance, world: &World) -> Option<Instance> {
    for round in 0..APPROVALS_MAX {
        let asked = next(definition, &instance)?;
        let Some(asked) = asked else { return Some(instance) };
        let now = Timestamp(i64::from(round) + 1_000_000);
        perform(definition, &mut instance, world, now, &asked).ok()?;
    }
    None
}

/// What is done next, if anything; none at all when the matter stands still for ever.
#[expect(clippy::option_option, reason = "the end is not the same as standing still")]
fn next(definition: &Definition, instance: &Instance) -> Option<Option<Asked>> {
    if let Some(demand) = instance.demands(definition).first() {
        return Some(Some(Asked::whole(answer(demand))));
    }
    if let Some((ticket, open)) = instance.open_tickets().next() {
        let advised = open.delegator.is_some();
        let operation = if advised { Operation::Advise } else { Operation::Approve };
        return Some(Some(Asked::on(ticket, operation)));
    }
    if instance.status != Status::Running {
        return Some(None);
    }
    let notice = (0_u32..).zip(&instance.notices).find(|(_, n)| !n.is_done());
    let call = (0_u32..).zip(&instance.calls).find(|(_, c)| c.state == CallState::Started);
    let waits = instance
        .activations
        .iter()
        .any(|a| a.state == ActivationState::Active && a.until.is_some());
    let operation = match (call, notice) {
        (Some((call, _)), _) => Operation::ChildEnded { call, outcome: Outcome::Completed },
        (None, _) if waits => Operation::Tick,
        (None, Some((notice, held))) => {
            let state = if held.receipt { NoticeState::Receipted } else { NoticeState::Read };
            Operation::Notice { notice, state }
        }
        (None, None) => return None,
    };
    Some(Some(Asked::whole(operation)))
}

/// So many cases, or more where `PROPTEST_CASES` asks for them.
fn cases(usual: u32) -> ProptestConfig {
    ProptestConfig::with_cases(ProptestConfig::default().cases.max(usual))
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn the_laws_hold_after_every_operation_and_approving_alone_ends_it(
        definition in process(),
        first in any::<u8>(),
        wishes in prop::collection::vec(
            (0_u8..AROUND + 8, any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_u8..48,
             any::<u8>()),
            0..60,
        ),
    ) {
        let mut world = World(first);
        let (mut instance, fact) = start(&definition, &world, Timestamp(0)).unwrap();
        let mut facts = vec![fact];
        check(&definition, &instance)?;
        check_around(&definition, &world, &instance)?;
        for (number, asked) in (1_i64..).zip(&wishes) {
            // Conditions change now and then, as fields of a matter do.
            if asked.4 % 3 == 0 {
                world = World(asked.4 >> 4);
            }
            let asked = wish(&instance, &definition, asked);
            let mut copy = instance.clone();
            let now = Timestamp(number);
            if let Ok(fact) = perform(&definition, &mut copy, &world, now, &asked) {
                instance = copy;
                facts.push(fact);
                check(&definition, &instance)?;
                check_around(&definition, &world, &instance)?;
            }
        }
        let text = serde_json::to_string(&facts).unwrap();
        let facts: Vec<Fact> = serde_json::from_str(&text).unwrap();
        let mut replayed = Instance::default();
        facts.iter().for_each(|fact| replayed.fold(fact));
        prop_assert_eq!(&replayed, &instance, "facts tell the whole story");
        let text = serde_json::to_string(&instance).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Instance>(&text).unwrap(), &instance);
        let ended = finish(&definition, instance, &world);
        let ended = ended.map(|instance| instance.status());
        prop_assert!(ended.is_some_and(|s| s != Status::Running), "I7: approving ends it");
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn going_over_to_the_same_text_changes_nothing_that_follows(
        definition in process(),
        first in any::<u8>(),
        wishes in prop::collection::vec(
            (prop_oneof![4 => 0_u8..14, 1 => Just(AROUND)], any::<prop::sample::Index>(),
             any::<prop::sample::Index>(), 0_u8..7,
             Just(1_u8)),
            0..40,
        ),
        at in 0_usize..40,
    ) {
        let world = World(first);
        let (instance, _) = start(&definition, &world, Timestamp(0)).unwrap();
        let (mut stays, mut moves) = (instance.clone(), instance);
        let mut new = definition.clone();
        new.version += 1;
        for (number, asked) in wishes.iter().enumerate() {
            if number == at && stays.status == Status::Running {
                let (fact, report) = crate::migrate(&definition, &new, &moves).unwrap();
                prop_assert_eq!((&report.obstacles, &report.lost), (&vec![], &vec![]));
                moves.fold(&fact);
                check(&new, &moves)?;
            }
            let asked = wish(&stays, &definition, asked);
            // What was decided before cannot be withdrawn after.
            let (mut one, mut other) = (stays.clone(), moves.clone());
            let now = Timestamp(2);
            let left = perform(&definition, &mut one, &world, now, &asked);
            let right = perform(&new, &mut other, &world, now, &asked);
            prop_assert_eq!(left.is_ok(), right.is_ok(), "{:?}", asked);
            if left.is_ok() {
                (stays, moves) = (one, other);
                prop_assert_eq!(&stays.tickets.len(), &moves.tickets.len());
                prop_assert_eq!(stays.status, moves.status);
                prop_assert_eq!(standings(&stays, &definition), standings(&moves, &new));
            }
        }
    }
}
