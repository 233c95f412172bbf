//! From a process to a tree that BPMN can draw. Each step keeps its line; the head keeps itself.

use crate::text::Ids;
use lingnan_bpmn::{
    Block as Drawn, Branch, Chart, Copies, Exit, Fork, ForkKind, Guard, Loop as Again, Order,
    Step as Task, StepKind, TaskKind, TimerKind, Until,
};
use lingnan_flow::{
    Awaited, Block, Comments, Condition, Node, Policy, Process, Step, Steps, Time, Who, WhoPlace,
    Whom,
};
use std::collections::BTreeSet;

/// The word before the number of rounds in the name of a loop's gateway, and the one after.
pub(crate) const ROUNDS: (&str, &str) = ("是否重做（最多", "轮）");

/// A process as a tree.
pub(crate) fn chart(process: &Process) -> Chart {
    let bare = Process { comments: Comments::new(), ..process.clone() };
    let lines: Vec<String> =
        bare.to_string().lines().map(|line| line.trim_start().to_owned()).collect();
    let head_lines = lines.iter().position(|line| line.starts_with("start by ")).unwrap_or(0) + 1;
    let mut ids = BTreeSet::new();
    collect(&process.root, &mut ids);
    let mut ids = Ids::of(ids);
    let id = ids.unused(&process.code);
    let mut drawing =
        Drawing { lines: &lines, comments: process.comments.clone(), at: head_lines, ids };
    let blocks = drawing.steps(&process.root);
    Chart {
        id,
        name: process.name.to_string(),
        begins: None,
        head: Some(head(&lines, head_lines, &drawing.comments)),
        blocks,
    }
}

/// The lines of the head, then what is remarked above lines that are no step's: the number of the
/// line before each remark.
fn head(lines: &[String], head_lines: usize, comments: &Comments) -> String {
    let mut text: Vec<String> = lines.iter().take(head_lines).cloned().collect();
    let all = comments.iter().flat_map(|(at, all)| all.iter().map(move |one| (at, one)));
    text.extend(all.map(|(at, comment)| format!("{at} {comment}")));
    text.join("\n")
}

fn collect(steps: &Steps, ids: &mut BTreeSet<String>) {
    for block in steps {
        match block {
            Block::Par(branches) => branches.iter().for_each(|steps| collect(steps, ids)),
            Block::Choose(choose) => {
                let branches = choose.branches.iter().map(|branch| &branch.steps);
                branches.chain(&choose.otherwise).for_each(|steps| collect(steps, ids));
            }
            Block::Loop(again) => collect(&again.steps, ids),
            Block::Node(node) => drop(ids.insert(node.id().to_owned())),
            Block::Auto(auto) => drop(ids.insert(auto.step.id.to_string())),
            Block::Cc(cc) => drop(ids.insert(cc.step.id.to_string())),
            Block::Call(call) => drop(ids.insert(call.step.id.to_string())),
            Block::Wait(wait) => drop(ids.insert(wait.step.id.to_string())),
        }
    }
}

/// Walks through a process as its text is printed.
struct Drawing<'a> {
    lines: &'a [String],
    /// What is remarked and was not given to a step yet.
    comments: Comments,
    at: usize,
    ids: Ids,
}

impl Drawing<'_> {
    fn steps(&mut self, steps: &Steps) -> Vec<Drawn> {
        steps.iter().map(|block| self.block(block)).collect()
    }

    fn pass(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn block(&mut self, block: &Block) -> Drawn {
        match block {
            Block::Par(branches) => {
                let id = self.ids.unused("par");
                let mut drawn = Vec::new();
                for steps in branches {
                    self.pass();
                    drawn.push(branch(Guard::Free, self.steps(steps)));
                }
                self.pass();
                fork(id, ForkKind::Parallel, drawn)
            }
            Block::Choose(choose) => {
                let id = self.ids.unused("choose");
                self.pass();
                let mut drawn = Vec::new();
                for way in &choose.branches {
                    self.pass();
                    drawn.push(branch(when(&way.when), self.steps(&way.steps)));
                    self.pass();
                }
                let mut otherwise = Vec::new();
                if let Some(steps) = &choose.otherwise {
                    self.pass();
                    otherwise = self.steps(steps);
                    self.pass();
                }
                self.pass();
                drawn.push(branch(Guard::Otherwise, otherwise));
                fork(id, ForkKind::Exclusive, drawn)
            }
            Block::Loop(again) => {
                let id = self.ids.unused("loop");
                self.pass();
                let body = self.steps(&again.steps);
                self.pass();
                let until = again.until.as_str();
                Drawn::Loop(Again {
                    id,
                    name: format!("{}{}{}", ROUNDS.0, again.rounds_max, ROUNDS.1),
                    body,
                    exit: Exit { name: String::new(), guard: Guard::Otherwise },
                    again: branch(Guard::When(format!("not({until})")), Vec::new()),
                })
            }
            Block::Node(node) => self.step(&node.step, user(), copies(node), node.when.as_ref()),
            Block::Auto(auto) => {
                self.step(&auto.step, task(TaskKind::Service), None, auto.when.as_ref())
            }
            Block::Cc(cc) => self.step(&cc.step, task(TaskKind::Send), None, cc.when.as_ref()),
            Block::Call(call) => {
                let each = call.each.as_ref().map(|field| format!("count(form.{field})"));
                let copies = each.map(|cardinality| Copies {
                    order: Order::Together,
                    cardinality: Some(cardinality),
                    until: None,
                });
                let kind = StepKind::Call(call.process.to_string());
                self.step(&call.step, kind, copies, call.when.as_ref())
            }
            Block::Wait(wait) => {
                self.step(&wait.step, StepKind::Wait(until(&wait.what)), None, None)
            }
        }
    }

    /// One line; around it, when it has a condition, the pair of gateways that asks for it.
    fn step(
        &mut self,
        step: &Step,
        kind: StepKind,
        copies: Option<Copies>,
        asks: Option<&Condition>,
    ) -> Drawn {
        let number = u32::try_from(self.at).unwrap_or(u32::MAX);
        let comments = self.comments.remove(&number).unwrap_or_default();
        let line = self.lines.get(self.at).cloned().unwrap_or_default();
        let payload: Vec<&str> =
            comments.iter().map(|comment| &**comment).chain([line.as_str()]).collect();
        self.pass();
        let (id, name) = (step.id.to_string(), step.name.to_string());
        let drawn = Drawn::Step(Task { id, name, kind, copies, payload: Some(payload.join("\n")) });
        let Some(condition) = asks else { return drawn };
        let id = self.ids.unused(&format!("{}_when", step.id));
        let branches =
            vec![branch(when(condition), vec![drawn]), branch(Guard::Otherwise, Vec::new())];
        fork(id, ForkKind::Exclusive, branches)
    }
}

const fn task(kind: TaskKind) -> StepKind {
    StepKind::Task(kind)
}

const fn user() -> StepKind {
    task(TaskKind::User)
}

fn when(condition: &Condition) -> Guard {
    Guard::When(condition.as_str().to_owned())
}

fn branch(guard: Guard, blocks: Vec<Drawn>) -> Branch {
    Branch { name: String::new(), guard, blocks }
}

fn fork(id: String, kind: ForkKind, branches: Vec<Branch>) -> Drawn {
    Drawn::Fork(Fork { id, name: String::new(), kind, branches })
}

/// How often a step is done at once: once for each who is named, until it is decided.
fn copies(node: &Node) -> Option<Copies> {
    let (order, until) = match &node.policy {
        Policy::Claim => return None,
        Policy::All if is_one(&node.who) => return None,
        Policy::All | Policy::Vote(_) => (Order::Together, None),
        Policy::Sequential => (Order::OneByOne, None),
        Policy::Any | Policy::First => (Order::Together, Some("nrOfCompletedInstances >= 1")),
    };
    Some(Copies { order, cardinality: None, until: until.map(ToOwned::to_owned) })
}

/// Whether there is one post that is meant, whatever the directory says.
fn is_one(who: &Who) -> bool {
    let one_place = |place: &WhoPlace| !matches!(place, WhoPlace::Below | WhoPlace::Field(_));
    match who.0.as_slice() {
        [Whom::Starter | Whom::Same(_) | Whom::Post(_)] => true,
        [Whom::Head(place)] => one_place(place),
        _ => false,
    }
}

/// What is waited for; ISO 8601 knows no working days, so that a drawing counts plain days.
fn until(what: &Awaited) -> Until {
    match what {
        Awaited::Event(name) => Until::Message(name.to_string()),
        Awaited::Date(field) => Until::Timer(TimerKind::Date, format!("form.{field}")),
        Awaited::Passing(Time::Field(field)) => {
            Until::Timer(TimerKind::Date, format!("form.{field}"))
        }
        Awaited::Passing(time) => Until::Timer(
            TimerKind::Duration,
            match time {
                Time::Minutes(count) => format!("PT{count}M"),
                Time::Hours(count) => format!("PT{count}H"),
                Time::Days(count) | Time::WorkingDays(count) => format!("P{count}D"),
                Time::Months(count) => format!("P{count}M"),
                Time::Today | Time::Field(_) => "P1D".to_owned(),
            },
        ),
    }
}
