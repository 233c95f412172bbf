//! Writing a process in its one canonical form.

use crate::definition::{
    After, Archive, Awaited, Back, BackWay, Block, Comments, Condition, Dedupe, Node, OnEmpty,
    OnReject, OnSelf, Policy, Process, Ratio, Retention, Share, Step, Steps, StopReason, Vote,
};
use std::fmt::{Formatter, Result, Write};
use std::sync::Arc;

pub(super) fn process(process: &Process, f: &mut Formatter<'_>) -> Result {
    let mut printer = Printer { out: f, comments: &process.comments, line: 0 };
    printer.head(process)?;
    printer.steps(&process.root, 0)?;
    printer.line(0, "end")?;
    printer.remarks(0)
}

struct Printer<'p, 'f> {
    out: &'p mut Formatter<'f>,
    comments: &'p Comments,
    line: u32,
}

impl Printer<'_, '_> {
    fn remarks(&mut self, depth: usize) -> Result {
        for comment in self.comments.get(&self.line).into_iter().flatten() {
            writeln!(self.out, "{}{comment}", "  ".repeat(depth))?;
        }
        self.line = self.line.saturating_add(1);
        Ok(())
    }

    fn line(&mut self, depth: usize, text: &str) -> Result {
        self.remarks(depth)?;
        writeln!(self.out, "{}{text}", "  ".repeat(depth))
    }

    fn head(&mut self, process: &Process) -> Result {
        let (code, name) = (&process.code, &process.name);
        let (version, domain) = (process.version, &process.domain);
        self.line(0, &format!("process {code} \"{name}\" v{version} in {domain}"))?;
        for basis in &process.basis {
            self.line(0, &format!("basis \"{basis}\""))?;
        }
        if let Some(limit) = &process.limit {
            let extend = limit.extend.as_ref().map(|time| format!(" extend {time}"));
            self.line(0, &format!("limit {}{}", limit.time, extend.unwrap_or_default()))?;
        }
        if *process.calendar != *Process::CALENDAR {
            self.line(0, &format!("calendar {}", process.calendar))?;
        }
        match &process.archive {
            Some(Archive::Kept(kept)) => self.line(0, &format!("retention {}", word(*kept)))?,
            Some(Archive::Nothing(why)) => self.line(0, &format!("no_archive \"{why}\""))?,
            None => {}
        }
        if process.dedupe != Dedupe::None {
            self.line(0, &format!("dedupe {}", dedupe(process.dedupe)))?;
        }
        let levels: Vec<&str> = process.start_at.iter().map(|level| level.name()).collect();
        let at =
            if levels.is_empty() { String::new() } else { format!(" at {}", levels.join(",")) };
        self.line(0, &format!("start by {}{at}", process.start))
    }

    fn steps(&mut self, steps: &Steps, depth: usize) -> Result {
        steps.iter().try_for_each(|step| self.block(step, depth))
    }

    fn block(&mut self, block: &Block, depth: usize) -> Result {
        let inner = depth.saturating_add(1);
        match block {
            Block::Par(branches) => {
                for (number, branch) in branches.iter().enumerate() {
                    self.line(depth, if number == 0 { "par {" } else { "} and {" })?;
                    self.steps(branch, inner)?;
                }
                self.line(depth, "}")
            }
            Block::Choose(choose) => {
                self.line(depth, "choose {")?;
                for branch in &choose.branches {
                    self.line(inner, &format!("when {} {{", branch.when.as_str()))?;
                    self.steps(&branch.steps, inner.saturating_add(1))?;
                    self.line(inner, "}")?;
                }
                if let Some(otherwise) = &choose.otherwise {
                    self.line(inner, "else {")?;
                    self.steps(otherwise, inner.saturating_add(1))?;
                    self.line(inner, "}")?;
                }
                self.line(depth, "}")
            }
            Block::Loop(again) => {
                self.line(depth, "loop {")?;
                self.steps(&again.steps, inner)?;
                let (until, max) = (again.until.as_str(), again.rounds_max);
                self.line(depth, &format!("}} until {until} max {max}"))
            }
            leaf => {
                let mut text = String::new();
                self::leaf(leaf, &mut text)?;
                self.line(depth, &text)
            }
        }
    }
}

fn leaf(block: &Block, out: &mut String) -> Result {
    match block {
        Block::Node(step) => node(step, out),
        Block::Auto(auto) => {
            named("auto", &auto.step, out)?;
            write!(out, " do {}", auto.command)?;
            flag("irreversible", auto.irreversible, out);
            when(auto.when.as_ref(), out)
        }
        Block::Cc(cc) => {
            named("cc", &cc.step, out)?;
            write!(out, " by {}", cc.who)?;
            flag("receipt", cc.receipt, out);
            flag("gate", cc.gate, out);
            when(cc.when.as_ref(), out)
        }
        Block::Call(call) => {
            named("call", &call.step, out)?;
            write!(out, " of {}", call.process)?;
            if let Some(field) = &call.each {
                write!(out, " each form.{field}")?;
            }
            flag("async", call.detached, out);
            when(call.when.as_ref(), out)
        }
        Block::Wait(wait) => {
            named("wait", &wait.step, out)?;
            match &wait.what {
                Awaited::Passing(time) => write!(out, " for {time}"),
                Awaited::Date(field) => write!(out, " until form.{field}"),
                Awaited::Event(name) => write!(out, " event {name}"),
            }?;
            wait.pause.map_or(Ok(()), |reason| write!(out, " pause {}", reason.name()))
        }
        Block::Par(_) | Block::Choose(_) | Block::Loop(_) => Ok(()),
    }
}

fn named(kind: &str, step: &Step, out: &mut String) -> Result {
    write!(out, "{kind} {} \"{}\"", step.id, step.name)
}

fn flag(name: &str, is_set: bool, out: &mut String) {
    if is_set {
        out.push(' ');
        out.push_str(name);
    }
}

fn when(condition: Option<&Condition>, out: &mut String) -> Result {
    condition.map_or(Ok(()), |condition| write!(out, " when {}", condition.as_str()))
}

fn node(node: &Node, out: &mut String) -> Result {
    let kind = match node.policy {
        Policy::All => "step",
        Policy::Vote(_) => "vote",
        Policy::Any => "any",
        Policy::First => "first",
        Policy::Sequential => "seq",
        Policy::Claim => "claim",
    };
    named(kind, &node.step, out)?;
    write!(out, " by {}", node.who)?;
    if let Policy::Vote(vote) = &node.policy {
        self::vote(vote, out)?;
    }
    if let Some(except) = &node.except {
        write!(out, " not {except}")?;
    }
    limit(node, out)?;
    if !node.pause.is_empty() {
        let reasons: Vec<&str> = node.pause.iter().map(|r| StopReason::name(*r)).collect();
        write!(out, " pause {}", reasons.join(","))?;
    }
    outcome(node, out)?;
    for (name, fields) in [
        ("write", &node.rights.write),
        ("require", &node.rights.require),
        ("hide", &node.rights.hide),
    ] {
        if !fields.is_empty() {
            write!(out, " {name} {}", fields.join(","))?;
        }
    }
    flag("noadd", node.no_adding, out);
    flag("noproxy", node.no_stand_in, out);
    flag("sign", node.sign, out);
    flag("mandatory", node.mandatory, out);
    flag("irreversible", node.irreversible, out);
    when(node.when.as_ref(), out)
}

fn vote(vote: &Vote, out: &mut String) -> Result {
    match vote.share {
        Share::All => out.push_str(" all"),
        share => write!(out, " {}", self::share(share))?,
    }
    if let Some(quorum) = vote.quorum {
        write!(out, " quorum:{}", share(quorum))?;
    }
    flag("collect", vote.collect, out);
    flag("fixed", vote.fixed, out);
    if let Some(duty) = &vote.veto {
        write!(out, " veto:{duty}")?;
    }
    vote.weights.iter().try_for_each(|(duty, weight)| write!(out, " weight:{duty}={weight}"))
}

fn share(share: Share) -> String {
    match share {
        Share::All => "all".to_owned(),
        Share::AtLeast(Ratio { part, whole }) => format!("{part}/{whole}"),
        Share::MoreThan(Ratio { part, whole }) => format!("over:{part}/{whole}"),
    }
}

fn limit(node: &Node, out: &mut String) -> Result {
    let Some(limit) = &node.limit else { return Ok(()) };
    write!(out, " due {}", limit.due)?;
    if let Some(percent) = limit.warn_percent {
        write!(out, " warn {percent}%")?;
    }
    let times = [("yellow", &limit.yellow), ("red", &limit.red), ("extend", &limit.extend)];
    for (name, time) in times {
        if let Some(time) = time {
            write!(out, " {name} {time}")?;
        }
    }
    Ok(())
}

/// What comes of it when it is not simply approved.
fn outcome(node: &Node, out: &mut String) -> Result {
    match &node.back {
        Back::AnyEarlier => {}
        Back::Nowhere => out.push_str(" back none"),
        Back::To(targets) => {
            let all: Vec<String> =
                targets.iter().map(|t| format!("{}{}", t.step, way(&t.way))).collect();
            write!(out, " back {}", all.join(","))?;
        }
    }
    match &node.on_reject {
        OnReject::End => {}
        OnReject::Next => out.push_str(" reject next"),
        OnReject::To(step) => write!(out, " reject {step}")?,
    }
    out.push_str(match node.on_self {
        OnSelf::Allowed => "",
        OnSelf::Skip => " self skip",
        OnSelf::Up => " self up",
        OnSelf::Head => " self head",
    });
    match &node.on_empty {
        OnEmpty::Refuse => {}
        OnEmpty::Up => out.push_str(" empty up"),
        OnEmpty::Administrator => out.push_str(" empty admin"),
        OnEmpty::Pass(basis) => write!(out, " empty pass \"{basis}\"")?,
    }
    if node.after == After::Fresh {
        out.push_str(" after fresh");
    }
    node.dedupe.map_or(Ok(()), |rule| write!(out, " dedupe {}", dedupe(rule)))
}

fn way(way: &BackWay) -> String {
    match way {
        BackWay::Either => String::new(),
        BackWay::Redo => "(redo)".to_owned(),
        BackWay::Direct(unless) if unless.is_empty() => "(direct)".to_owned(),
        BackWay::Direct(unless) => format!("(direct unless {})", join(unless)),
    }
}

fn join(fields: &[Arc<str>]) -> String {
    fields.join(",")
}

const fn dedupe(dedupe: Dedupe) -> &'static str {
    match dedupe {
        Dedupe::None => "none",
        Dedupe::Adjacent => "adjacent",
        Dedupe::Any => "any",
    }
}

const fn word(retention: Retention) -> &'static str {
    match retention {
        Retention::Permanent => "permanent",
        Retention::ThirtyYears => "30y",
        Retention::TenYears => "10y",
        Retention::ByType => "by_type",
    }
}
