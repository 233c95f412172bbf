//! A small world: every post is itself, a condition holds unless it is named.

use lingnan_base::Timestamp;
use lingnan_flow::{Condition, Definition, Holder, Process, Rules, Steps, Time, Whom};
use std::collections::BTreeSet;

/// The conditions that do not hold; every other holds.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) absent: BTreeSet<&'static str>,
}

impl Rules for World {
    fn posts(&self, whom: &Whom) -> Vec<Holder> {
        match whom {
            Whom::Post(id) => vec![Holder(id.clone())],
            Whom::Starter => vec![Holder::new("starter")],
            _ => Vec::new(),
        }
    }

    fn holds(&self, condition: &Condition) -> Result<bool, String> {
        Ok(!self.absent.contains(condition.as_str()))
    }

    fn until(&self, _: &Time, _: Timestamp) -> Option<Timestamp> {
        None
    }
}

/// A process of these steps.
pub(crate) fn definition(root: Steps) -> Definition {
    let text =
        "process p \"名\" v1 in test\nbasis \"法\"\nstart by anyone\nstep a \"甲\" by starter\nend";
    let mut process = Process::parse(text).unwrap();
    process.root = root;
    Definition::new(&process).unwrap()
}
