//! The interpreter against the model: every step of 400 traces must come out the same.

use flate2::read::GzDecoder;
use lingnan_base::Timestamp;
use lingnan_flow::{
    Block, Definition, Fact, Holder, Instance, Node, Operation, Policy, Ratio, ReturnMode, Rules,
    Status, TicketId, Who, operate, start,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;

struct Fixed(BTreeMap<String, Vec<Holder>>);

impl Rules for Fixed {
    fn holders(&self, node: &Node, _: &[Holder]) -> Option<Vec<Holder>> {
        self.0.get(&node.id).cloned()
    }

    fn due(&self, _: &Node, _: Timestamp) -> Option<Timestamp> {
        None
    }
}

fn names(value: &Value) -> Vec<Holder> {
    value.as_array().unwrap().iter().map(|u| Holder::new(u.as_str().unwrap())).collect()
}

fn block(value: &Value, users: &mut BTreeMap<String, Vec<Holder>>) -> Block {
    let inner = |users: &mut _| {
        value["ch"].as_array().unwrap().iter().map(|child| block(child, users)).collect()
    };
    match value["k"].as_str().unwrap() {
        "seq" => Block::Seq(inner(users)),
        "par" => Block::Par(inner(users)),
        _ => {
            let id = value["id"].as_str().unwrap().to_owned();
            users.insert(id.clone(), names(&value["users"]));
            let policy = match &value["policy"] {
                Value::String(name) if name == "all" => Policy::All,
                Value::String(name) if name == "any" => Policy::Any,
                Value::String(name) if name == "seq" => Policy::Sequential,
                share if share[1].as_f64() == Some(0.5) => {
                    Policy::Ratio(Ratio { part: 1, whole: 2 })
                }
                _ => Policy::Ratio(Ratio { part: 2, whole: 3 }),
            };
            Block::Node(Node {
                name: id.clone(),
                id,
                who: Who::Starter,
                policy,
                limit_days: None,
                when: None,
                irreversible: false,
            })
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
        instance.node_of(definition, t).is_some_and(|n| n.id == step["node"].as_str().unwrap())
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
        format!("{}:{}", instance.node_of(definition, t).unwrap().id, t.holder.0)
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
    let mut steps = 0;
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let mut users = BTreeMap::new();
        let root = block(&case["definition"], &mut users);
        let definition = Definition::new(&root).unwrap();
        let rules = Fixed(users);
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
            steps += 1;
        }
        assert_eq!(replay(&facts), instance, "facts tell the whole story, seed {}", case["seed"]);
    }
    assert_eq!(steps, 14_044);
}
