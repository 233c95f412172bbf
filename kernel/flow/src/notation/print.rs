//! Writing a process in its one canonical form.

use super::Process;
use crate::definition::{Block, Node, Policy, Who};
use std::fmt::{Formatter, Result};

pub(super) fn process(process: &Process, f: &mut Formatter<'_>) -> Result {
    writeln!(f, "process {} \"{}\"", process.id, process.name)?;
    for basis in &process.basis {
        writeln!(f, "basis \"{basis}\"")?;
    }
    block(&process.root, 0, f)?;
    writeln!(f, "end")
}

fn block(found: &Block, depth: usize, f: &mut Formatter<'_>) -> Result {
    let indent = "  ".repeat(depth);
    match found {
        Block::Seq(steps) => steps.iter().try_for_each(|step| block(step, depth, f)),
        Block::Par(branches) => {
            write!(f, "{indent}par")?;
            for (number, branch) in branches.iter().enumerate() {
                let opening = if number == 0 { " {" } else { " and {" };
                writeln!(f, "{opening}")?;
                block(branch, depth.saturating_add(1), f)?;
                write!(f, "{indent}}}")?;
            }
            writeln!(f)
        }
        Block::Node(step) => {
            f.write_str(&indent)?;
            node(step, f)
        }
    }
}

fn node(node: &Node, f: &mut Formatter<'_>) -> Result {
    let head = match node.policy {
        Policy::All => "step",
        Policy::Any => "any",
        Policy::First => "first",
        Policy::Sequential => "seq",
        Policy::Ratio(_) => "vote",
    };
    write!(f, "{head} {} \"{}\" by ", node.id, node.name)?;
    match &node.who {
        Who::Starter => write!(f, "starter")?,
        Who::Duty(duty) => write!(f, "duty:{duty}")?,
        Who::Field(field) => write!(f, "form.{field}")?,
    }
    if let Policy::Ratio(ratio) = node.policy {
        write!(f, " {}/{}", ratio.part, ratio.whole)?;
    }
    if let Some(days) = node.limit_days {
        write!(f, " due {days}wd")?;
    }
    if let Some(field) = &node.when {
        write!(f, " when form.{field}")?;
    }
    if node.irreversible {
        write!(f, " irreversible")?;
    }
    writeln!(f)
}
