//! Recorded cases against the interpreter: one line of JSON is a process, what is done to it, and
//! how it must stand after every step.

use crate::definition::{
    After, Block, Condition, Dedupe, Definition, Node, Policy, Process, Steps, Time, Who, Whom,
};
use crate::instance::{Fact, Group, Holder, Instance, Status, TicketId};
use crate::operate::{Operation, ReturnMode, operate, start};
use crate::{Rules, Ticket};
use lingnan_base::Timestamp;
use serde::Deserialize;
use std::fmt::{Display, Formatter};

/// How one case went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReplayReport {
    /// The case's number.
    pub seed: u64,
    /// Steps that were compared.
    pub steps: usize,
    /// What came out otherwise; empty when the case passes.
    pub differences: Vec<String>,
}

impl ReplayReport {
    /// Whether everything was equal.
    #[must_use]
    pub const fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

impl Display for ReplayReport {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.differences.iter().try_for_each(|told| writeln!(f, "seed {}: {told}", self.seed))
    }
}

/// Replays one line. A line that does not read is a difference.
#[must_use]
pub fn replay(line: &str) -> ReplayReport {
    let case: Case = match serde_json::from_str(line) {
        Ok(case) => case,
        Err(error) => return failed(0, format!("the case does not read: {error}")),
    };
    match run(&case) {
        Ok(report) => report,
        Err(told) => failed(case.seed, told),
    }
}

fn failed(seed: u64, told: String) -> ReplayReport {
    ReplayReport { seed, steps: 0, differences: vec![told] }
}

#[derive(Deserialize)]
struct Case {
    #[serde(default)]
    seed: u64,
    definition: Tree,
    start: Stands,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Tree {
    k: String,
    #[serde(default)]
    ch: Vec<Self>,
    #[serde(default)]
    id: String,
    #[serde(default)]
    policy: Option<Vote>,
    #[serde(default)]
    users: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Vote {
    Named(String),
    Share(String, f64),
}

#[derive(Deserialize, PartialEq, Eq, Debug)]
struct Stands {
    status: String,
    open: Vec<String>,
    waiting: Vec<String>,
}

#[derive(Deserialize)]
struct Step {
    op: String,
    node: String,
    actor: String,
    #[serde(default)]
    users: Vec<String>,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    target: Option<String>,
    #[serde(default)]
    mode: Option<String>,
    ok: bool,
    #[serde(flatten)]
    stands: Stands,
}

/// Every post is itself.
struct Posts;

impl Rules for Posts {
    fn posts(&self, whom: &Whom) -> Vec<Holder> {
        match whom {
            Whom::Post(id) => vec![Holder(id.clone())],
            _ => Vec::new(),
        }
    }

    fn holds(&self, _: &Condition) -> Result<bool, String> {
        Ok(true)
    }

    fn until(&self, _: &Time, _: Timestamp) -> Option<Timestamp> {
        None
    }
}

fn run(case: &Case) -> Result<ReplayReport, String> {
    let definition = definition(&case.definition)?;
    let started = start(&definition, &Posts, Timestamp(0));
    let (mut instance, fact) = started.map_err(|refusal| format!("start: {refusal:?}"))?;
    let mut report = ReplayReport { seed: case.seed, ..ReplayReport::default() };
    compare(&mut report, "start", &case.start, &instance);
    let mut facts = vec![fact];
    for (number, step) in case.steps.iter().enumerate() {
        let place = format!("step {number} {} {} {}", step.op, step.node, step.actor);
        let asked = operation(step).ok_or_else(|| format!("{place}: no such operation"))?;
        let mut copy = instance.clone();
        let ticket = meant(&instance, step).unwrap_or(TicketId(u32::MAX));
        let told = operate(&definition, &mut copy, &Posts, Timestamp(0), ticket, &asked);
        if told.is_ok() != step.ok {
            let differs = format!("{place}: ok must be {}, is {}", step.ok, told.is_ok());
            report.differences.push(differs);
        }
        if let Ok(fact) = told {
            instance = copy;
            facts.push(fact);
        }
        compare(&mut report, &place, &step.stands, &instance);
        report.steps = report.steps.saturating_add(1);
    }
    let mut folded = Instance::default();
    facts.iter().for_each(|fact: &Fact| folded.fold(fact));
    if folded != instance {
        report.differences.push("the facts do not give the instance again".to_owned());
    }
    Ok(report)
}

/// The ticket that node and holder name: a live one, else the newest.
fn meant(instance: &Instance, step: &Step) -> Option<TicketId> {
    let is_meant = |ticket: &Ticket| {
        instance.step_of(ticket).is_some_and(|at| *at.id == *step.node)
            && *ticket.holder.0 == *step.actor
    };
    let all = instance.tickets().filter(|(_, ticket)| is_meant(ticket));
    all.max_by_key(|(id, ticket)| (ticket.state.is_live(), *id)).map(|(id, _)| id)
}

fn compare(report: &mut ReplayReport, place: &str, expected: &Stands, instance: &Instance) {
    let name = |(_, ticket): (TicketId, &Ticket)| {
        let step = instance.step_of(ticket).map(|step| step.id.to_string());
        format!("{}:{}", step.unwrap_or_default(), ticket.holder.0)
    };
    let sorted = |mut all: Vec<String>| {
        all.sort();
        all
    };
    let status = match instance.status() {
        Status::Draft => "draft",
        Status::Running => "running",
        Status::Suspended => "suspended",
        Status::Completed => "completed",
        Status::Rejected => "rejected",
        Status::Terminated => "terminated",
    };
    let found = [
        ("status", vec![status.to_owned()]),
        ("open", sorted(instance.open_tickets().map(name).collect())),
        ("waiting", sorted(instance.waiting_tickets().map(name).collect())),
    ];
    let expected = [
        vec![expected.status.clone()],
        sorted(expected.open.clone()),
        sorted(expected.waiting.clone()),
    ];
    for ((key, found), expected) in found.into_iter().zip(expected) {
        if found != expected {
            report.differences.push(format!("{place}: {key} must be {expected:?}, is {found:?}"));
        }
    }
}

fn definition(tree: &Tree) -> Result<Definition, String> {
    let process = Process {
        code: "replay".into(),
        name: "replay".into(),
        version: 1,
        domain: "replay".into(),
        basis: Vec::new(),
        limit: None,
        calendar: Process::CALENDAR.into(),
        archive: None,
        dedupe: Dedupe::None,
        start: Who(vec![Whom::Anyone]),
        start_at: Vec::new(),
        root: steps(tree)?,
        comments: crate::Comments::new(),
    };
    Definition::new(&process).map_err(|error| error.to_string())
}

fn steps(tree: &Tree) -> Result<Steps, String> {
    if tree.k == "seq" { tree.ch.iter().map(block).collect() } else { Ok(vec![block(tree)?]) }
}

fn block(tree: &Tree) -> Result<Block, String> {
    match tree.k.as_str() {
        "par" => tree.ch.iter().map(steps).collect::<Result<_, _>>().map(Block::Par),
        "node" => {
            let who = Who::posts(tree.users.iter().map(String::as_str));
            let mut node = Node::new(&tree.id, &tree.id, who);
            node.policy = policy(tree.policy.as_ref())?;
            node.after = After::Fresh;
            Ok(Block::Node(Box::new(node)))
        }
        other => Err(format!("no such block: {other}")),
    }
}

fn policy(vote: Option<&Vote>) -> Result<Policy, String> {
    let named = match vote {
        Some(Vote::Named(name)) => name.as_str(),
        Some(Vote::Share(kind, share)) if kind == "ratio" => return ratio(*share),
        _ => return Err("a node without a policy".to_owned()),
    };
    match named {
        "all" => Ok(Policy::All),
        "any" => Ok(Policy::Any),
        "first" => Ok(Policy::First),
        "seq" => Ok(Policy::Sequential),
        other => Err(format!("no such policy: {other}")),
    }
}

/// The fraction of smallest parts that a decimal share means.
fn ratio(share: f64) -> Result<Policy, String> {
    for whole in 1..=100_u32 {
        for part in 1..=whole {
            if (f64::from(part) / f64::from(whole) - share).abs() < 1e-9 {
                return Ok(Policy::share(part, whole));
            }
        }
    }
    Err(format!("no such share: {share}"))
}

fn operation(step: &Step) -> Option<Operation> {
    let users = || step.users.iter().map(|user| Holder::new(user)).collect();
    let to = || step.to.as_deref().map(Holder::new);
    Some(match step.op.as_str() {
        "approve" => Operation::Approve,
        "reject" => Operation::Reject,
        "addsign.before" => Operation::AddBefore(users(), Group::All),
        "addsign.after" => Operation::AddAfter(users(), Group::All),
        "addsign.join" => Operation::Join(users()),
        "reduce" => Operation::Reduce,
        "transfer" => Operation::Transfer(to()?),
        "delegate" => Operation::Delegate(to()?),
        "advise" => Operation::Advise,
        "withdraw" => Operation::Withdraw,
        "read" => Operation::Read,
        "return" => Operation::Return {
            target: step.target.clone()?,
            mode: match step.mode.as_deref() {
                Some("direct") => ReturnMode::Direct,
                _ => ReturnMode::Redo,
            },
        },
        _ => return None,
    })
}
