//! Trees of blocks: what is drawn is read back to the same tree, and foreign graphs are folded.

use lingnan_bpmn::{
    Block, Branch, Chart, Copies, Exit, Fork, ForkKind, Guard, Loop, Order, Payload, Step,
    StepKind, TaskKind, TimerKind, Until, blocks, draw, parse, run_auto, write,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

const OURS: Payload<'_> = Payload { prefix: "gov", namespace: "urn:example:flow" };

/// Whatever XML can hold; the words that a drawing adds are taken away again.
fn text() -> impl Strategy<Value = String> {
    let odd = "[ -~\\t\\n\\r公文流转\u{85}\u{2028}😀&<>\"']{0,12}";
    prop_oneof![Just("核稿".to_owned()), "[甲-癸]{0,40}", odd]
}

fn guard() -> impl Strategy<Value = Guard> {
    prop_oneof![Just(Guard::Free), "[甲-癸<>&\"\n\t ]{0,9}[a-z]".prop_map(Guard::When)]
}

fn until() -> impl Strategy<Value = Until> {
    let timers = [TimerKind::Date, TimerKind::Duration, TimerKind::Cycle];
    let kind = proptest::sample::select(timers.to_vec());
    prop_oneof![
        (kind, text()).prop_map(|(kind, text)| Until::Timer(kind, text)),
        "[甲-癸a-z]{0,8}".prop_map(Until::Message),
        "[甲-癸a-z]{0,8}".prop_map(Until::Signal),
        text().prop_map(Until::Condition),
    ]
}

/// How many: a number that can be made, or a formula.
fn cardinality() -> impl Strategy<Value = String> {
    let number = (0..=1_000_u32).prop_map(|copies| copies.to_string());
    prop_oneof![number, text().prop_map(|formula| format!("{formula}数"))]
}

fn copies() -> impl Strategy<Value = Copies> {
    let order = proptest::sample::select(vec![Order::Together, Order::OneByOne]);
    (order, option::of(cardinality()), option::of(text()))
        .prop_map(|(order, cardinality, until)| Copies { order, cardinality, until })
}

fn step(kind: impl Strategy<Value = StepKind>) -> impl Strategy<Value = Block> {
    (text(), kind, option::of(copies()), option::of(text())).prop_map(
        |(name, kind, copies, payload)| {
            let copies = copies.filter(|_| !matches!(kind, StepKind::Wait(_)));
            Block::Step(Step { id: String::new(), name, kind, copies, payload })
        },
    )
}

fn block() -> impl Strategy<Value = Block> {
    let tasks = [TaskKind::Plain, TaskKind::User, TaskKind::Service, TaskKind::Send];
    let leaf = prop_oneof![
        4 => step(proptest::sample::select(tasks.to_vec()).prop_map(StepKind::Task)),
        1 => step("[a-z]{1,5}".prop_map(StepKind::Call)),
        1 => step(until().prop_map(StepKind::Wait)),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let several = vec(inner, 0..4);
        let branch = (text(), guard(), several.clone())
            .prop_map(|(name, guard, blocks)| Branch { name, guard, blocks })
            .boxed();
        let kinds = [ForkKind::Exclusive, ForkKind::Inclusive, ForkKind::Parallel];
        let kind = proptest::sample::select(kinds.to_vec());
        let fork = (text(), kind, vec(branch.clone(), 2..4), option::of(0..2_usize));
        let fork = fork.prop_map(|(name, kind, mut branches, otherwise)| {
            if let Some(at) = otherwise.filter(|_| kind != ForkKind::Parallel) {
                branches[at].guard = Guard::Otherwise;
            }
            Block::Fork(Fork { id: String::new(), name, kind, branches })
        });
        let way_back = (text(), several.clone(), text(), guard(), branch);
        let way_back = way_back.prop_map(|(name, body, exit, guard, again)| {
            let exit = Exit { name: exit, guard };
            Block::Loop(Loop { id: String::new(), name, body, exit, again })
        });
        prop_oneof![fork, way_back, step(several.prop_map(StepKind::Inner))]
    })
}

fn chart() -> impl Strategy<Value = Chart> {
    let parts = (text(), option::of(until()), option::of(text()), vec(block(), 0..5));
    parts.prop_map(|(name, begins, head, mut blocks)| {
        number(&mut blocks, &mut 0);
        Chart { id: "p".to_owned(), name, begins, head, blocks }
    })
}

/// A name that says no more than the condition is the same as none.
fn plain(branch: &mut Branch) {
    branch.name = plain_name(&branch.name, &branch.guard);
}

fn plain_name(name: &str, guard: &Guard) -> String {
    if *guard == Guard::When(name.to_owned()) { String::new() } else { name.to_owned() }
}

/// Gives every block an id of its own.
fn number(blocks: &mut [Block], next: &mut u32) {
    for block in blocks {
        *next += 1;
        let given = format!("n{next}");
        match block {
            Block::Step(step) => {
                step.id = given;
                if let StepKind::Inner(inner) = &mut step.kind {
                    number(inner, next);
                }
            }
            Block::Fork(fork) => {
                fork.id = given;
                fork.branches.iter_mut().for_each(plain);
                fork.branches.iter_mut().for_each(|branch| number(&mut branch.blocks, next));
            }
            Block::Loop(again) => {
                again.id = given;
                again.exit.name = plain_name(&again.exit.name, &again.exit.guard);
                plain(&mut again.again);
                number(&mut again.body, next);
                number(&mut again.again.blocks, next);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_drawn_tree_is_read_back_to_the_letter(chart in chart()) {
        let drawn = draw(&chart, &OURS).expect("drawn");
        let text = write(&drawn);
        let read = parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let back = blocks(&read, &read.processes[0], &OURS);
        prop_assert_eq!(back.unwrap_or_else(|not| panic!("{not}\n{text}")), chart);
        prop_assert_eq!(write(&read), text);
    }

    #[test]
    fn everything_of_a_drawn_tree_has_its_place(chart in chart()) {
        let drawn = draw(&chart, &OURS).expect("drawn");
        let text = write(&drawn);
        let count = |tag: &str| text.matches(tag).count();
        prop_assert_eq!(count("<bpmndi:BPMNEdge "), count("<bpmn:sequenceFlow "));
        for shape in &drawn.diagrams[0].shapes {
            let own = shape.bounds;
            prop_assert!(own.width > 0.0 && own.height > 0.0 && own.x >= 0.0 && own.y >= 0.0);
            for other in &drawn.diagrams[0].shapes {
                let b = other.bounds;
                let apart = own.x + own.width <= b.x || b.x + b.width <= own.x
                    || own.y + own.height <= b.y || b.y + b.height <= own.y;
                let around = |a: lingnan_bpmn::Bounds, b: lingnan_bpmn::Bounds| a.x <= b.x
                    && a.y <= b.y && b.x + b.width <= a.x + a.width
                    && b.y + b.height <= a.y + a.height;
                prop_assert!(apart || around(own, b) || around(b, own), "{:?} {:?}", shape, other);
            }
        }
    }
}

proptest! {
    // A loop that is not left takes all its steps.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_drawn_tree_runs_to_its_end(chart in chart()) {
        let drawn = draw(&chart, &OURS).expect("drawn");
        match run_auto(&drawn, "p") {
            Ok(run) => {
                prop_assert_eq!(run.visits.get("p_end"), Some(&1));
                prop_assert!(run.notes.iter().all(|note| note.contains("callActivity")));
            }
            // Defaults that lead back are followed for ever, and numbers may be too large.
            Err(error) => {
                let said = error.to_string();
                let known = ["仍未结束", "超过上限", "嵌套超过"];
                prop_assert!(known.iter().any(|known| said.contains(known)), "{}", said);
            }
        }
    }
}
