//! The interpreter against the model: every step of 400 traces must come out the same.

use crate::world::World;
use flate2::read::GzDecoder;
use lingnan_base::Timestamp;
use lingnan_flow::{
    After, Block, Definition, Fact, Holder, Instance, Node, Operation, Policy, ReturnMode, Status,
    Steps, TicketId, Who, operate, start,
};
use serde_json::Value;
use std::io::Read;

fn names(value: &Value) -> Vec<Holder> {
    value.as_array().unwrap().iter().map(|u| Holder::new(u.as_str().unwrap())).collect()
}

fn steps(value: &Value) -> Steps {
    if value["k"] == "seq" { inner(value).collect() } else { vec![block(value)] }
}

fn inner(value: &Value) -> impl Iterator<Item = Block> {
    value["ch"].as_array().unwrap().iter().map(block)
}

fn block(value: &Value) -> Block {
    match value["k"].as_str().unwrap() {
        "par" => Block::Par(value["ch"].as_array().unwrap().iter().map(steps).collect()),
        _ => {
            let id = value["id"].as_str().unwrap();
            let users = value["users"].as_array().unwrap().iter().map(|u| u.as_str().unwrap());
            let mut node = Node::new(id, id, Who::posts(users));
            node.after = After::Fresh;
            node.policy = match &value["policy"] {
                Value::String(name) if name == "all" => Policy::All,
                Value::String(name) if name == "any" => Policy::Any,
                Value::String(name) if name == "seq" => Policy::Sequential,
                share if share[1].as_f64() == Some(0.5) => Policy::share(1, 2),
                _ => Policy::share(2, 3),
            };
            Block::Node(Box::new(node))
        }
    }
}

fn operation(step: &Value) -> Operation {
    let to = || Holder::new(step["to"].as_str().unwrap());
    match step["op"].as_str().unwrap() {
        "approve" => Operation::Approve,
        "reject" => Operation::Reject,
        "addsign.before" => Operation::AddBefore(names(&step["users"])),
        "addsign.after" => Operation::AddAfter(names(&step["users"])),
        "addsign.join" => Operation::Join(names(&step["users"])),
        "reduce" => Operation::Reduce,
        "transfer" => Operation::Transfer(to()),
        "delegate" => Operation::Delegate(to()),
        "advise" => Operation::Advise,
        "withdraw" => Operation::Withdraw,
        "read" => Operation::Read,
        "return" => Operation::Return {
            target: step["target"].as_str().unwrap().to_owned(),
            mode: if step["mode"] == "direct" { ReturnMode::Direct } else { ReturnMode::Redo },
        },
        other => unreachable!("{other}"),
    }
}

/// Tickets a step may mean, the likeliest first: live ones, then the newest.
fn candidates(definition: &Definition, instance: &Instance, step: &Value) -> Vec<TicketId> {
    let matches = |t: &lingnan_flow::Ticket| {
        instance.node_of(definition, t).is_some_and(|n| n.id() == step["node"].as_str().unwrap())
            && *t.holder.0 == *step["actor"].as_str().unwrap()
    };
    let mut all: Vec<_> = instance.tickets().filter(|(_, t)| matches(t)).collect();
    all.sort_by_key(|(id, t)| (!t.state.is_live(), std::cmp::Reverse(*id)));
    all.into_iter().map(|(id, _)| id).collect()
}

fn told(definition: &Definition, instance: &Instance) -> (String, Vec<String>, Vec<String>) {
    let status = match instance.status() {
        Status::Running => "running",
        Status::Completed => "completed",
        Status::Rejected => "rejected",
        Status::Terminated => "terminated",
    };
    let name = |(_, t): (TicketId, &lingnan_flow::Ticket)| {
        format!("{}:{}", instance.node_of(definition, t).unwrap().id(), t.holder.0)
    };
    let mut open: Vec<_> = instance.open_tickets().map(name).collect();
    let mut waiting: Vec<_> = instance.waiting_tickets().map(name).collect();
    open.sort();
    waiting.sort();
    (status.to_owned(), open, waiting)
}

fn expected(step: &Value) -> (String, Vec<String>, Vec<String>) {
    let list = |key: &str| {
        let mut all: Vec<String> =
            step[key].as_array().unwrap().iter().map(|t| t.as_str().unwrap().to_owned()).collect();
        all.sort();
        all
    };
    (step["status"].as_str().unwrap().to_owned(), list("open"), list("waiting"))
}

fn replay(facts: &[Fact]) -> Instance {
    let mut instance = Instance::default();
    facts.iter().for_each(|fact| instance.fold(fact));
    instance
}

#[test]
fn all_400_traces_come_out_the_same_after_every_step() {
    let packed = include_bytes!("../traces/traces.jsonl.gz");
    let mut text = String::new();
    GzDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
    let mut count = 0;
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let definition = crate::world::definition(steps(&case["definition"]));
        let rules = World::default();
        let (mut instance, fact) = start(&definition, &rules, Timestamp(0)).unwrap();
        let mut facts = vec![fact];
        assert_eq!(told(&definition, &instance), expected(&case["start"]));
        for (number, step) in case["steps"].as_array().unwrap().iter().enumerate() {
            let asked = operation(step);
            let mut done = None;
            for ticket in candidates(&definition, &instance, step).into_iter().take(1) {
                let mut copy = instance.clone();
                let now = Timestamp(0);
                if let Ok(fact) = operate(&definition, &mut copy, &rules, now, ticket, &asked) {
                    done = Some((copy, fact));
                    break;
                }
            }
            let place = format!("seed {} step {number}: {step}", case["seed"]);
            assert_eq!(done.is_some(), step["ok"].as_bool().unwrap(), "{place}");
            if let Some((after, fact)) = done {
                instance = after;
                facts.push(fact);
            }
            assert_eq!(told(&definition, &instance), expected(step), "{place}");
            count += 1;
        }
        assert_eq!(replay(&facts), instance, "facts tell the whole story, seed {}", case["seed"]);
    }
    assert_eq!(count, 14_044);
}
