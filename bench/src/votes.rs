//! 会签 by many: what each decision costs when hundreds or thousands are asked at one step.

use crate::{line, quantile};
use lingnan_base::Timestamp;
use lingnan_flow::{
    Condition, Definition, Holder, Operation, Process, Rules, TicketId, Time, Whom, operate, start,
};
use std::time::{Duration, Instant};

/// As many posts as asked, whoever is named.
struct Many(u32);

impl Rules for Many {
    fn posts(&self, _: &Whom) -> Vec<Holder> {
        (0..self.0).map(|number| Holder(format!("post-{number}").into())).collect()
    }

    fn holds(&self, _: &Condition) -> Result<bool, String> {
        Ok(true)
    }

    fn until(&self, _: &Time, _: Timestamp) -> Option<Timestamp> {
        None
    }
}

/// A whole countersignature of 200, and a whole vote of 10,000 that hears every opinion.
pub(crate) fn of_many() -> Result<(), String> {
    decided("countersign.200", 200, "step sign \"会签\" by post:a")?;
    decided("vote.10000", 10_000, "vote sign \"表决\" by post:a all collect")
}

/// Rounds of which the median is told: the first finds nothing warm.
const ROUNDS: usize = 21;

fn decided(name: &str, voters: u32, step: &str) -> Result<(), String> {
    let text = format!(
        "process many \"会签\" v1 in bench\nbasis \"测量\"\nstart by anyone\n{step}\nend\n"
    );
    let process = Process::parse(&text).map_err(|mistakes| mistakes.to_string())?;
    let definition = Definition::new(&process).map_err(|error| format!("{error:?}"))?;
    let (mut opening, mut whole, mut each) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        opening.push(round(&definition, voters, &mut each)?);
        whole.push(begun.elapsed());
    }
    line(&format!("{name}.open"), quantile(&mut opening, 0.5), "ms", "");
    line(&format!("{name}.whole"), quantile(&mut whole, 0.5), "ms", "");
    line(&format!("{name}.decision.p99"), quantile(&mut each, 0.99) * 1_000.0, "us", "");
    Ok(())
}

/// How long it took to ask all; `each` gets what every decision took.
fn round(
    definition: &Definition,
    voters: u32,
    each: &mut Vec<Duration>,
) -> Result<Duration, String> {
    let rules = Many(voters);
    let begun = Instant::now();
    let (mut instance, _) =
        start(definition, &rules, Timestamp(0)).map_err(|refusal| refusal.sentence())?;
    let opening = begun.elapsed();
    let open: Vec<TicketId> = instance.open_tickets().map(|(id, _)| id).collect();
    assert_eq!(u32::try_from(open.len()), Ok(voters), "everyone is asked");
    for ticket in open {
        let sent = Instant::now();
        operate(definition, &mut instance, &rules, Timestamp(0), ticket, &Operation::Approve)
            .map_err(|refusal| refusal.sentence())?;
        each.push(sent.elapsed());
    }
    assert!(instance.open_tickets().next().is_none(), "all have decided, and it is over");
    Ok(opening)
}
