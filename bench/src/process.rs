//! flow7: start, A, B, P1 beside P2, C, D, E, end; seven completions an instance.

use crate::ledger::{Keys, actor, open};
use crate::{Extent, line, quantile, rate};
use lingnan_base::Timestamp;
use lingnan_flow::inbox::{Showing, TICKETS, ticket_rows};
use lingnan_flow::{
    Condition, Definition, Fact, Holder, Instance, Operation, Process, Rules, TicketId, Time, Whom,
    operate, start,
};
use lingnan_journal::{
    ActId, Answer, Command, Draft, Fault, Matter, MatterId, Registry, Row, Stamp, Stop,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Instances run in memory.
const IN_MEMORY: u32 = 50_000;
/// Instances at once when durable.
const AT_ONCE: u32 = 256;

const FLOW7: &str = r#"process flow7 "七步" v1 in bench
basis "测量"
start by anyone
step a "甲" by post:a
step b "乙" by post:b
par {
  step p1 "丙" by post:p1
} and {
  step p2 "丁" by post:p2
}
step c "戊" by post:c
step d "己" by post:d
step e "庚" by post:e
end
"#;

#[expect(clippy::expect_used, reason = "a process that does not read cannot be measured")]
fn flow7() -> &'static Definition {
    static FLOW: OnceLock<Definition> = OnceLock::new();
    FLOW.get_or_init(|| {
        let process = Process::parse(FLOW7).expect("flow7 reads");
        Definition::new(&process).expect("flow7 can be laid out")
    })
}

struct OneHolder;

impl Rules for OneHolder {
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

fn next(instance: &Instance) -> Option<TicketId> {
    instance.open_tickets().map(|(id, _)| id).next()
}

/// Instances per CPU-second, nothing stored, counted in wall time: on a busy machine it is less.
pub(crate) fn in_memory() -> f64 {
    let begun = Instant::now();
    let mut completions = 0_u32;
    for _ in 0..IN_MEMORY {
        let Ok((mut instance, _)) = start(flow7(), &OneHolder, Timestamp(0)) else { break };
        while let Some(ticket) = next(&instance) {
            let approve = &Operation::Approve;
            let told = operate(flow7(), &mut instance, &OneHolder, Timestamp(0), ticket, approve);
            completions += u32::from(told.is_ok());
        }
    }
    let whole = begun.elapsed();
    assert_eq!(completions, IN_MEMORY * 7, "every instance has seven completions");
    let rate = rate(IN_MEMORY, whole);
    line("flow7.memory", rate, "instances/CPU-s", ">= 20000");
    rate
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Running {
    flow: Instance,
}

impl Matter for Running {
    const KIND: &'static str = "flow7";
    const FOLD_VERSION: u32 = 1;
    type Fact = Fact;

    fn unwritten() -> Self {
        Self { flow: Instance::default() }
    }

    fn fold(&mut self, fact: &Fact, _: &Stamp) {
        self.flow.fold(fact);
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        let showing =
            Showing { title: "七步流程", unit: "省政府办公厅", urgency: "ordinary" };
        ticket_rows(id, &self.flow, showing)
    }
}

struct Step {
    key: String,
    number: u32,
}

impl Command for Step {
    fn name(&self) -> &'static str {
        "bench.step"
    }

    fn request(&self) -> Value {
        json!({ "key": self.key, "number": self.number })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = MatterId::new(Running::KIND, &self.key)
            .map_err(|e| Fault::corrupt(&self.key, 0, &e))?;
        let failed = |_| Fault::Engine("the process refused".to_owned());
        let fact = if self.number == 0 {
            start(flow7(), &OneHolder, draft.now()).map_err(failed)?.1
        } else {
            let mut flow = draft.read::<Running>(&id)?.flow.clone();
            let ticket = next(&flow).unwrap_or(TicketId(0));
            let now = draft.now();
            operate(flow7(), &mut flow, &OneHolder, now, ticket, &Operation::Approve)
                .map_err(failed)?
        };
        draft.record::<Running>(&id, &[fact])?;
        Ok(json!({}))
    }
}

/// Instances per second through the journal: eight durable acts each, the inbox in the same
/// commit.
pub(crate) async fn durable(extent: Extent) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let path = folder.path().join("flow.sqlite");
    let registry = Registry::new().with::<Running>(&[&TICKETS]);
    let store = open(&path.to_string_lossy(), registry)?;
    let each: u32 = if extent == Extent::Quick { 60 } else { 240 };
    let begun = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for runner in 0..AT_ONCE {
        let store = store.clone();
        running.spawn(async move {
            let mut times: Vec<Duration> = Vec::new();
            let mut keys = Keys::new(runner);
            for _ in 0..each {
                let key = keys.fresh();
                for number in 0..8 {
                    let sent = Instant::now();
                    let id = ActId::parse(&keys.fresh()).map_err(|e| e.to_string())?;
                    let key = key.clone();
                    let told = store.submit(id, actor(), Step { key, number }).await;
                    told.map_err(|stop| format!("{stop:?}"))?;
                    times.push(sent.elapsed());
                }
            }
            Ok::<_, String>(times)
        });
    }
    let mut times = Vec::new();
    while let Some(done) = running.join_next().await {
        times.extend(done.map_err(|e| e.to_string())??);
    }
    let whole = begun.elapsed();
    line("flow7.durable", rate(AT_ONCE * each, whole), "instances/s", ">= 3000");
    line("flow7.durable.p50", quantile(&mut times, 0.5), "ms", "");
    line("flow7.durable.p99", quantile(&mut times, 0.99), "ms", "<= 50");
    Ok(())
}
