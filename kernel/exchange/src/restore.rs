//! From a drawing of our own back to the process: lines of steps, blocks as they are drawn.
//!
//! Whoever edits a drawing in a modeler may rename, move and remove steps, and change conditions;
//! what BPMN cannot say stands in the lines that the steps keep.

use crate::drawing::ROUNDS;
use crate::text::{block, negated};
use crate::{Error, text};
use lingnan_bpmn::{Block as Drawn, Branch, Chart, Fork, ForkKind, Guard, Loop, Step, StepKind};
use lingnan_flow::{Block, Process, ROUNDS_MAX};
use std::collections::BTreeMap;

/// Reads a process from its head and its drawing.
pub(crate) fn process(head: &str, chart: &Chart) -> Result<Process, Error> {
    let mut text = Text::default();
    let mut lines = Vec::new();
    for line in head.lines() {
        match remark(line) {
            Some((at, comment)) => text.comments.entry(at).or_default().push(comment.to_owned()),
            None => lines.push(line),
        }
    }
    lines.iter().for_each(|line| text.line(line));
    text.blocks(&chart.blocks)?;
    text.line("end");
    // Remarks whose line is gone stand at the end.
    for comment in std::mem::take(&mut text.comments).into_values().flatten() {
        text.out.push_str(&comment);
        text.out.push('\n');
    }
    Process::parse(&text.out).map_err(|mistakes| Error::Text(mistakes.to_string()))
}

/// The number of a line, and what is remarked above it.
fn remark(line: &str) -> Option<(u32, &str)> {
    let (number, comment) = line.split_once(' ')?;
    Some((number.parse().ok()?, comment))
}

#[derive(Default)]
struct Text {
    out: String,
    /// Lines that are no remarks.
    printed: u32,
    comments: BTreeMap<u32, Vec<String>>,
}

impl Text {
    fn line(&mut self, line: &str) {
        for comment in self.comments.remove(&self.printed).unwrap_or_default() {
            self.out.push_str(&comment);
            self.out.push('\n');
        }
        self.out.push_str(line);
        self.out.push('\n');
        self.printed = self.printed.saturating_add(1);
    }

    fn blocks(&mut self, blocks: &[Drawn]) -> Result<(), Error> {
        blocks.iter().try_for_each(|block| match block {
            Drawn::Step(step) => self.step(step, None),
            Drawn::Fork(fork) => self.fork(fork),
            Drawn::Loop(again) => self.again(again),
        })
    }

    fn step(&mut self, step: &Step, asks: Option<&str>) -> Result<(), Error> {
        let Some(payload) = &step.payload else {
            if let StepKind::Inner(blocks) = &step.kind {
                return self.blocks(blocks);
            }
            let Step { name, id, .. } = step;
            return Err(Error::Text(format!("环节“{name}”（{id}）没有流程文本（gov:def）")));
        };
        let (comments, line) = match payload.rsplit_once('\n') {
            Some((comments, line)) => (Some(comments), line),
            None => (None, payload.as_str()),
        };
        let said = |why| Error::Text(format!("环节“{}”：{why}", step.name));
        let (block, bare) = block(line).map_err(said)?;
        let bare = renamed(&block, &bare, &step.name);
        if let Some(comments) = comments {
            self.out.push_str(comments);
            self.out.push('\n');
        }
        match asks {
            Some(condition) => self.line(&format!("{bare} when {condition}")),
            None => self.line(&bare),
        }
        Ok(())
    }

    fn fork(&mut self, fork: &Fork) -> Result<(), Error> {
        match fork.kind {
            ForkKind::Parallel => {
                for (number, branch) in fork.branches.iter().enumerate() {
                    self.line(if number == 0 { "par {" } else { "} and {" });
                    self.blocks(&branch.blocks)?;
                }
                self.line("}");
                Ok(())
            }
            ForkKind::Exclusive => match asked(fork) {
                Some((condition, step)) => self.step(step, Some(condition)),
                None => self.choose(fork),
            },
            ForkKind::Inclusive => {
                let id = &fork.id;
                Err(Error::Text(format!("网关“{id}”可同时走几支，流程文本没有这种写法")))
            }
        }
    }

    fn choose(&mut self, fork: &Fork) -> Result<(), Error> {
        self.line("choose {");
        for branch in &fork.branches {
            match &branch.guard {
                Guard::When(condition) => self.line(&format!("when {condition} {{")),
                Guard::Otherwise if branch.blocks.is_empty() => continue,
                Guard::Otherwise => self.line("else {"),
                Guard::Free => {
                    let id = &fork.id;
                    return Err(Error::Text(format!("网关“{id}”有一支没有条件")));
                }
            }
            self.blocks(&branch.blocks)?;
            self.line("}");
        }
        self.line("}");
        Ok(())
    }

    fn again(&mut self, again: &Loop) -> Result<(), Error> {
        let until = match (&again.exit.guard, &again.again.guard) {
            (Guard::When(condition), _) => condition.clone(),
            (_, Guard::When(condition)) => negated(condition),
            _ => return Err(Error::Text(format!("网关“{}”没有写明何时不再重做", again.id))),
        };
        let rounds = again.name.strip_prefix(ROUNDS.0).and_then(|r| r.strip_suffix(ROUNDS.1));
        let rounds = rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS_MAX);
        self.line("loop {");
        self.blocks(&again.body)?;
        if !again.again.blocks.is_empty() {
            self.line("choose {");
            self.line(&format!("when {} {{", text::negated(&until)));
            self.blocks(&again.again.blocks)?;
            self.line("}");
            self.line("}");
        }
        self.line(&format!("}} until {until} max {rounds}"));
        Ok(())
    }
}

/// The line of a step whose name was changed on the drawing.
fn renamed(block: &Block, line: &str, name: &str) -> String {
    let step = match block {
        Block::Node(node) => &node.step,
        Block::Auto(auto) => &auto.step,
        Block::Cc(cc) => &cc.step,
        Block::Call(call) => &call.step,
        Block::Wait(wait) => &wait.step,
        Block::Par(_) | Block::Choose(_) | Block::Loop(_) => return line.to_owned(),
    };
    if *step.name == *name || name.contains(['"', '\n', '\r']) || name.is_empty() {
        return line.to_owned();
    }
    line.replacen(&format!("\"{}\"", step.name), &format!("\"{name}\""), 1)
}

/// A step that is passed over unless a condition holds: its line says so, and a pair of gateways
/// around it alone.
fn asked(fork: &Fork) -> Option<(&str, &Step)> {
    let [Branch { guard: Guard::When(condition), blocks, .. }, otherwise] =
        fork.branches.as_slice()
    else {
        return None;
    };
    let [Drawn::Step(step)] = blocks.as_slice() else { return None };
    let nothing_else = otherwise.guard == Guard::Otherwise && otherwise.blocks.is_empty();
    let line = step.payload.as_deref()?.rsplit('\n').next()?;
    let (_, bare) = block(line).ok()?;
    (nothing_else && bare.len() < line.len()).then_some((condition, step))
}
