//! A drawing of everything, kept as a file so that other tools can be asked about it.

use lingnan_bpmn::{
    Block, Branch, Chart, Copies, Exit, Fork, ForkKind, Guard, Loop, Order, Payload, Step,
    StepKind, TaskKind, TimerKind, Until, blocks, draw, parse, run_auto, write,
};

const OURS: Payload<'_> = Payload { prefix: "gov", namespace: "urn:example:flow" };
const GOLDEN: &str = include_str!("../golden/fawen.bpmn");

fn step(id: &str, name: &str, kind: StepKind) -> Block {
    let payload = Some(format!("step {id} \"{name}\" by post:处室负责人 due 1wd\n  back nigao"));
    Block::Step(Step { id: id.to_owned(), name: name.to_owned(), kind, copies: None, payload })
}

fn user(id: &str, name: &str) -> Block {
    step(id, name, StepKind::Task(TaskKind::User))
}

fn vote(id: &str, name: &str, order: Order) -> Block {
    let Block::Step(mut step) = user(id, name) else { unreachable!("a step") };
    let cardinality = Some("会签单位数".to_owned());
    step.copies = Some(Copies { order, cardinality, until: Some("有一票否决".to_owned()) });
    Block::Step(step)
}

fn branch(name: &str, guard: Guard, blocks: Vec<Block>) -> Branch {
    Branch { name: name.to_owned(), guard, blocks }
}

fn fork(id: &str, name: &str, kind: ForkKind, branches: Vec<Branch>) -> Block {
    Block::Fork(Fork { id: id.to_owned(), name: name.to_owned(), kind, branches })
}

fn when(text: &str) -> Guard {
    Guard::When(text.to_owned())
}

fn countersign() -> Block {
    fork(
        "huiqian",
        "",
        ForkKind::Parallel,
        vec![
            branch("", Guard::Free, vec![vote("bumen", "部门会签", Order::Together)]),
            branch(
                "",
                Guard::Free,
                vec![fork(
                    "guifan",
                    "是规范性文件？",
                    ForkKind::Exclusive,
                    vec![
                        branch("是", when("form.规范性文件"), vec![user("hefa", "合法性审查")]),
                        branch("", Guard::Otherwise, vec![]),
                    ],
                )],
            ),
            branch(
                "",
                Guard::Free,
                vec![
                    step("dengji", "登记", StepKind::Task(TaskKind::Service)),
                    step("dengdai", "等待回函", StepKind::Wait(Until::Message("回函".to_owned()))),
                ],
            ),
        ],
    )
}

fn publish() -> StepKind {
    let print = Block::Loop(Loop {
        id: "jiaodui".to_owned(),
        name: String::new(),
        body: vec![user("yindui", "校对")],
        exit: Exit { name: String::new(), guard: Guard::Otherwise },
        again: branch("有错", when("form.有错"), vec![]),
    });
    let week = Until::Timer(TimerKind::Duration, "P7D".to_owned());
    StepKind::Inner(vec![
        print,
        step("yongyin", "用印", StepKind::Task(TaskKind::Manual)),
        step("gongshi", "公示七天", StepKind::Wait(week)),
        step("fenfa", "分发", StepKind::Task(TaskKind::Send)),
    ])
}

fn chart() -> Chart {
    let sign = fork(
        "jibie",
        "",
        ForkKind::Exclusive,
        vec![
            branch(
                "",
                when("form.级别 = \"党组\""),
                vec![vote("dangzu", "党组会审议", Order::OneByOne)],
            ),
            branch("", Guard::Otherwise, vec![user("qianfa", "领导签发")]),
        ],
    );
    let check = Block::Loop(Loop {
        id: "chonghe".to_owned(),
        name: "合格？".to_owned(),
        body: vec![user("fuhe", "复核")],
        exit: Exit { name: "合格".to_owned(), guard: Guard::Otherwise },
        again: branch(
            "不合格",
            when("form.不合格"),
            vec![user("xiugai", "修改后再报分管领导和办公室主任审阅并说明修改理由")],
        ),
    });
    Chart {
        id: "fawen".to_owned(),
        name: "发文办理".to_owned(),
        begins: None,
        head: Some("process fawen \"发文办理\" v3\nbasis \"中办发〔2012〕14号\"".to_owned()),
        blocks: vec![
            user("nigao", "拟稿"),
            user("hegao", "核稿"),
            countersign(),
            sign,
            check,
            step("yinfa", "印发", publish()),
            step("guidang", "归档", StepKind::Call("guidang_liucheng".to_owned())),
        ],
    }
}

#[test]
fn the_drawing_is_the_file_that_other_tools_are_asked_about() {
    let drawn = write(&draw(&chart(), &OURS).expect("drawn"));
    assert!(drawn == GOLDEN, "the drawing is now:\n{drawn}");
}

#[test]
fn the_file_is_the_tree_and_runs_to_its_end() {
    let read = parse(GOLDEN).expect("read");
    assert_eq!(blocks(&read, &read.processes[0], &OURS), Ok(chart()));
    let run = run_auto(&read, "fawen").expect("run");
    let notes: Vec<&String> = run.notes.iter().collect();
    assert!(matches!(notes.as_slice(), [note] if note.contains("“guidang_liucheng”")), "{notes:?}");
    let visits = run.visits;
    let once = ["nigao", "bumen", "huiqian_join", "qianfa", "fuhe", "yinfa", "fenfa", "fawen_end"];
    once.iter().for_each(|id| assert_eq!(visits.get(*id), Some(&1), "{id}"));
    assert_eq!(visits.get("hefa"), None);
    assert_eq!(visits.get("yindui"), Some(&1));
}
