//! Random processes with everything that the notation can say.

use crate::definition::{
    After, Archive, Auto, Awaited, Back, BackTarget, BackWay, Block, Branch, Call, Cc, Choose,
    Comments, Condition, Dedupe, Limit, Loop, Node, OnEmpty, OnReject, OnSelf, Policy, Process,
    Prolongable, Ratio, Retention, Rights, Share, StartLevel, Step, Steps, StopReason, Time, Vote,
    Wait, Who, WhoPlace, Whom,
};
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use std::sync::Arc;

fn id() -> BoxedStrategy<Arc<str>> {
    "[a-z][a-z0-9_]{0,5}"
        .prop_filter("no word of its own", |id| !matches!(id.as_str(), "none" | "end" | "next"))
        .prop_map(Arc::from)
        .boxed()
}

fn field() -> BoxedStrategy<Arc<str>> {
    "[金额事由类别甲乙a-z_]{1,6}".prop_map(Arc::from).boxed()
}

fn text() -> BoxedStrategy<Arc<str>> {
    "[甲乙《》 ,{}()+#%a-z]{0,9}丙".prop_map(Arc::from).boxed()
}

fn condition() -> BoxedStrategy<Condition> {
    let text = "form\\.[甲乙]{1,3} (>|=|!=) ([1-9]{1,4}|\"[ {}+a-z]{0,4}\"|null)";
    text.prop_map(|text| Condition::parse(&text).unwrap()).boxed()
}

fn time() -> BoxedStrategy<Time> {
    prop_oneof![
        (1_u32..90).prop_map(Time::Minutes),
        (1_u32..90).prop_map(Time::Hours),
        (1_u32..90).prop_map(Time::Days),
        (1_u32..90).prop_map(Time::WorkingDays),
        (1_u32..90).prop_map(Time::Months),
        Just(Time::Today),
        field().prop_map(Time::Field),
    ]
    .boxed()
}

fn place() -> BoxedStrategy<WhoPlace> {
    prop_oneof![
        Just(WhoPlace::Own),
        (1_u32..4).prop_map(WhoPlace::Above),
        (0_u32..4).prop_map(WhoPlace::Government),
        (0_u32..4).prop_map(WhoPlace::Office),
        field().prop_map(WhoPlace::Department),
        Just(WhoPlace::Below),
        (1_u32..4).prop_map(WhoPlace::System),
        field().prop_map(WhoPlace::Field),
        "[0-9]{6}-[0-9]{2}".prop_map(|id| WhoPlace::Unit(id.into())),
    ]
    .boxed()
}

fn whom() -> BoxedStrategy<Whom> {
    prop_oneof![
        Just(Whom::Starter),
        place().prop_map(Whom::Head),
        place().prop_map(Whom::Leader),
        (id(), place()).prop_map(|(duty, place)| Whom::Duty(duty, place)),
        (1_u32..9, place()).prop_map(|(rank, place)| Whom::Rank(rank, place)),
        (1_u32..4).prop_map(Whom::Chain),
        field().prop_map(Whom::Field),
        id().prop_map(Whom::Same),
        id().prop_map(Whom::Pick),
        "[0-9]{6}-[0-9]{2}\\.[a-z]{2}".prop_map(|id| Whom::Post(id.into())),
    ]
    .boxed()
}

fn who() -> BoxedStrategy<Who> {
    vec(whom(), 1..4).prop_map(Who).boxed()
}

fn policy() -> BoxedStrategy<Policy> {
    let share = prop_oneof![
        Just(Share::All),
        (1_u32..9, 0_u32..9)
            .prop_map(|(part, more)| Share::AtLeast(Ratio { part, whole: part + more })),
        (1_u32..9, 1_u32..9)
            .prop_map(|(part, more)| Share::MoreThan(Ratio { part, whole: part + more })),
    ];
    let quorum = of((1_u32..9).prop_map(|part| Share::MoreThan(Ratio { part, whole: part + 1 })));
    let share = (share, quorum);
    let vote = (share, any::<bool>(), any::<bool>(), of(id()), vec((id(), 1_u32..9), 0..3));
    prop_oneof![
        Just(Policy::All),
        Just(Policy::Any),
        Just(Policy::First),
        Just(Policy::Sequential),
        Just(Policy::Claim),
        vote.prop_map(|((share, quorum), collect, fixed, veto, weights)| {
            Policy::Vote(Vote { share, quorum, collect, fixed, veto, weights })
        }),
    ]
    .boxed()
}

fn limit() -> BoxedStrategy<Limit> {
    (time(), of(1_u32..100), of(time()), of(time()), of(time()))
        .prop_map(|(due, warn_percent, yellow, red, extend)| Limit {
            due,
            warn_percent,
            yellow,
            red,
            extend,
        })
        .boxed()
}

fn back() -> BoxedStrategy<Back> {
    let way = prop_oneof![
        Just(BackWay::Either),
        Just(BackWay::Redo),
        vec(field(), 0..3).prop_map(BackWay::Direct),
    ];
    let target = (id(), way).prop_map(|(step, way)| BackTarget { step, way });
    prop_oneof![Just(Back::AnyEarlier), Just(Back::Nowhere), vec(target, 1..4).prop_map(Back::To)]
        .boxed()
}

fn dedupe() -> BoxedStrategy<Dedupe> {
    prop_oneof![Just(Dedupe::None), Just(Dedupe::Adjacent), Just(Dedupe::Any)].boxed()
}

fn node() -> BoxedStrategy<Block> {
    let reject =
        prop_oneof![Just(OnReject::End), Just(OnReject::Next), id().prop_map(OnReject::To)];
    let on_self = prop_oneof![
        Just(OnSelf::Allowed),
        Just(OnSelf::Skip),
        Just(OnSelf::Up),
        Just(OnSelf::Head)
    ];
    let empty = prop_oneof![
        Just(OnEmpty::Refuse),
        Just(OnEmpty::Up),
        Just(OnEmpty::Administrator),
        text().prop_map(OnEmpty::Pass),
    ];
    let after = prop_oneof![Just(After::Same), Just(After::Fresh)];
    let rights = (vec(field(), 0..3), vec(field(), 0..3), vec(field(), 0..3))
        .prop_map(|(write, require, hide)| Rights { write, require, hide });
    let pause = prop::sample::subsequence(StopReason::ALL.to_vec(), 0..4);
    let first = (text(), policy(), who(), of(who()), of(limit()), pause, back(), reject);
    let second = (on_self, empty, after, of(dedupe()), rights, any::<u8>(), of(condition()));
    (first, second)
        .prop_map(|(first, second)| {
            let (name, policy, who, except, limit, pause, back, on_reject) = first;
            let (on_self, on_empty, after, dedupe, rights, bits, when) = second;
            Block::Node(Box::new(Node {
                step: Step::new("", &name),
                policy,
                who,
                except,
                limit,
                pause,
                back,
                on_reject,
                on_self,
                on_empty,
                after,
                dedupe,
                rights,
                no_adding: bits & 1 > 0,
                no_stand_in: bits & 2 > 0,
                sign: bits & 4 > 0,
                mandatory: bits & 8 > 0,
                irreversible: bits & 16 > 0,
                when,
            }))
        })
        .boxed()
}

fn leaf() -> BoxedStrategy<Block> {
    let step = || text().prop_map(|name| Step::new("", &name));
    let awaited = prop_oneof![
        time().prop_map(Awaited::Passing),
        field().prop_map(Awaited::Date),
        field().prop_map(Awaited::Event),
    ];
    let command = (id(), id()).prop_map(|(module, command)| format!("{module}.{command}").into());
    let reason = of(prop::sample::select(StopReason::ALL.to_vec()));
    prop_oneof![
        6 => node(),
        1 => (step(), command, any::<bool>(), of(condition())).prop_map(
            |(step, command, irreversible, when)| {
                Block::Auto(Auto { step, command, irreversible, when })
            },
        ),
        1 => (step(), who(), any::<bool>(), any::<bool>(), of(condition())).prop_map(
            |(step, who, receipt, gate, when)| Block::Cc(Cc { step, who, receipt, gate, when }),
        ),
        1 => (step(), id(), of(field()), any::<bool>(), of(condition())).prop_map(
            |(step, process, each, detached, when)| {
                Block::Call(Call { step, process, each, detached, when })
            },
        ),
        1 => (step(), awaited, reason).prop_map(|(step, what, pause)| {
            Block::Wait(Wait { step, what, pause })
        }),
    ]
    .boxed()
}

fn steps(depth: u32) -> BoxedStrategy<Steps> {
    if depth == 0 {
        return vec(leaf(), 1..4).boxed();
    }
    let inner = move || steps(depth - 1);
    let branch = (condition(), inner()).prop_map(|(when, steps)| Branch { when, steps });
    let block = prop_oneof![
        4 => leaf(),
        1 => vec(inner(), 2..4).prop_map(Block::Par),
        1 => (vec(branch, 1..3), of(inner())).prop_map(|(branches, otherwise)| {
            Block::Choose(Choose { branches, otherwise })
        }),
        1 => (inner(), condition(), 1_u32..10).prop_map(|(steps, until, rounds_max)| {
            Block::Loop(Loop { steps, until, rounds_max })
        }),
    ];
    vec(block, 1..4).boxed()
}

/// Gives every step an id of its own.
fn number(steps: &mut Steps, next: &mut u32) {
    for block in steps {
        let step = match block {
            Block::Par(branches) => {
                branches.iter_mut().for_each(|steps| number(steps, next));
                continue;
            }
            Block::Choose(choose) => {
                choose.branches.iter_mut().for_each(|branch| number(&mut branch.steps, next));
                choose.otherwise.iter_mut().for_each(|steps| number(steps, next));
                continue;
            }
            Block::Loop(again) => {
                number(&mut again.steps, next);
                continue;
            }
            Block::Node(node) => &mut node.step,
            Block::Auto(auto) => &mut auto.step,
            Block::Cc(cc) => &mut cc.step,
            Block::Call(call) => &mut call.step,
            Block::Wait(wait) => &mut wait.step,
        };
        *next += 1;
        step.id = format!("s{next}").into();
    }
}

/// A process of random head, steps and comments.
pub(super) fn process() -> impl Strategy<Value = Process> {
    let archive = prop_oneof![
        Just(Archive::Kept(Retention::Permanent)),
        Just(Archive::Kept(Retention::ThirtyYears)),
        Just(Archive::Kept(Retention::TenYears)),
        Just(Archive::Kept(Retention::ByType)),
        text().prop_map(Archive::Nothing),
    ];
    let prolongable = (time(), of(time())).prop_map(|(time, extend)| Prolongable { time, extend });
    let start = prop_oneof![who(), Just(Who(vec![Whom::Anyone]))];
    let remark = "#[ a-z甲乙#{}\"]{0,5}!".prop_map(Arc::from);
    let comments = btree_map(0_u32..6, vec(remark, 1..3), 0..4);
    let level = prop::sample::select(StartLevel::ALL.to_vec());
    let start = (start, vec(level, 0..3));
    let head = (id(), text(), 1_u32..99, id(), vec(text(), 1..3), of(prolongable), id());
    (head, of(archive), dedupe(), start, steps(2), comments).prop_map(
        |(head, archive, dedupe, (start, start_at), mut root, comments): (
            _,
            _,
            _,
            _,
            _,
            Comments,
        )| {
            let (code, name, version, domain, basis, limit, calendar) = head;
            number(&mut root, &mut 0);
            Process {
                code,
                name,
                version,
                domain,
                basis,
                limit,
                calendar,
                archive,
                dedupe,
                start,
                start_at,
                root,
                // The shortest text has five lines, and the end.
                comments: comments.into_iter().filter(|(line, _)| *line < 5).collect(),
            }
        },
    )
}
