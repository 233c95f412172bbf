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

fn decided(name: &str, voters: u32, step: &str) -> Result<(), String> {
    let text = format!(
        "process many \"会签\" v1 in bench\nbasis \"测量\"\nstart by anyone\n{step}\nend\n"
    );
    let process = Process::parse(&text).map_err(|mistakes| mistakes.to_string())?;
    let definition = Definition::new(&process).map_err(|error| format!("{error:?}"))?;
    let rules = Many(voters);
    let begun = Instant::now();
    let (mut instance, _) =
        start(&definition, &rules, Timestamp(0)).map_err(|refusal| refusal.sentence())?;
    let opening = begun.elapsed();
    let open: Vec<TicketId> = instance.open_tickets().map(|(id, _)| id).collect();
    assert_eq!(u32::try_from(open.len()), Ok(voters), "everyone is asked");
    let mut times: Vec<Duration> = Vec::new();
    for ticket in open {
        let sent = Instant::now();
        operate(&definition, &mut instance, &rules, Timestamp(0), ticket, &Operation::Approve)
            .map_err(|refusal| refusal.sentence())?;
        times.push(sent.elapsed());
    }
    assert!(instance.open_tickets().next().is_none(), "all have decided, and it is over");
    line(&format!("{name}.open"), opening.as_secs_f64() * 1_000.0, "ms", "");
    line(&format!("{name}.whole"), begun.elapsed().as_secs_f64() * 1_000.0, "ms", "");
    line(&format!("{name}.decision.p99"), quantile(&mut times, 0.99) * 1_000.0, "us", "");
    Ok(())
}
