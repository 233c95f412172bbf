//! From a foreign tree to a draft of a process: what the file does not say is assumed, and noted.

use crate::text::{Ids, is_condition, negated};
use lingnan_bpmn::{
    Block, Chart, Copies, Fork, ForkKind, Guard, Loop, Order, Step, StepKind, TaskKind, TimerKind,
    Until,
};
use lingnan_flow::Process;
use std::collections::BTreeSet;

/// Longest name of a step and longest id, in characters.
const NAME_MAX: usize = 40;
const ID_MAX: usize = 48;
/// Rounds of a loop that says nothing of them.
const ROUNDS: u32 = 10;

/// A draft and what is to be said of it; or why it is none.
pub(crate) fn process(chart: &Chart, others: usize) -> Result<(Process, Vec<String>), String> {
    let mut draft = Draft::default();
    if others > 0 {
        draft.note(format!("文件中另有 {others} 个流程，未导入。"));
    }
    if chart.begins.is_some() {
        draft.note("流程由事件发起，暂写为任何人可以发起（start by anyone）。".to_owned());
    }
    let body = draft.blocks(&chart.blocks);
    if body.is_empty() {
        return Err("没有要办的环节。".to_owned());
    }
    let code = id(&chart.id, "imported");
    let name = name(&chart.name, "导入的流程");
    draft.note("依据暂写为“内部管理制度”，保管期限未写。".to_owned());
    let lines = body.join("\n");
    let text = format!(
        "process {code} \"{name}\" v1 in imported\nbasis \"内部管理制度\"\nstart by anyone\n\
         {lines}\nend\n"
    );
    let process = Process::parse(&text).map_err(|mistakes| {
        let first = mistakes.0.first();
        let said =
            first.map_or_else(String::new, |m| format!("应为{}，实为{}", m.expected, m.found));
        format!("不能写成流程文本：{said}。")
    })?;
    Ok((process, draft.notes))
}

#[derive(Default)]
struct Draft {
    ids: Ids,
    notes: Vec<String>,
    noted: BTreeSet<String>,
}

impl Draft {
    fn note(&mut self, note: String) {
        if self.noted.insert(note.clone()) {
            self.notes.push(note);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) -> Vec<String> {
        let all = blocks.iter().flat_map(|block| match block {
            Block::Step(step) => self.step(step),
            Block::Fork(fork) if fork.kind == ForkKind::Exclusive => self.choose(fork),
            Block::Fork(fork) => self.par(fork),
            Block::Loop(again) => self.again(again),
        });
        all.collect()
    }

    fn step(&mut self, step: &Step) -> Vec<String> {
        if let StepKind::Inner(blocks) = &step.kind {
            if step.copies.is_some() {
                self.note(format!("子流程“{}”的多实例未导入，只办一次。", step.name));
            }
            return self.blocks(blocks);
        }
        let wanted = id(&step.id, "step");
        // A few words have a meaning of their own where steps are named.
        let reserved = matches!(wanted.as_str(), "none" | "end" | "next");
        let wanted = if reserved { format!("{wanted}_step") } else { wanted };
        let id = self.ids.unused(&wanted);
        let shown = if step.name.trim().is_empty() { &step.id } else { &step.name };
        let name = name(shown, "环节");
        vec![match &step.kind {
            StepKind::Task(TaskKind::Service | TaskKind::Script | TaskKind::Rule) => {
                self.note(format!("自动环节“{name}”暂写命令 imported.{id}。"));
                format!("auto {id} \"{name}\" do imported.{id}")
            }
            StepKind::Task(TaskKind::Send) => {
                self.note(format!("传阅“{name}”未写明对象，暂写 starter。"));
                format!("cc {id} \"{name}\" by starter")
            }
            StepKind::Task(TaskKind::Receive) => format!("wait {id} \"{name}\" event {id}"),
            StepKind::Task(TaskKind::Plain | TaskKind::User | TaskKind::Manual) => {
                self.note(format!("环节“{name}”未写明由谁办理，暂写 starter。"));
                format!("{} {id} \"{name}\" by starter", kind(step.copies.as_ref()))
            }
            StepKind::Call(called) => {
                let code = self::id(called, "imported");
                if code != *called {
                    self.note(format!("子流程“{name}”所调用的“{called}”改写为 {code}。"));
                }
                format!("call {id} \"{name}\" of {code}")
            }
            StepKind::Wait(until) => self.wait(&id, &name, until),
            StepKind::Inner(_) => String::new(),
        }]
    }

    fn wait(&mut self, id: &str, name: &str, until: &Until) -> String {
        let time = match until {
            Until::Timer(TimerKind::Duration, text) => duration(text),
            _ => None,
        };
        if let Some(time) = time {
            return format!("wait {id} \"{name}\" for {time}");
        }
        let event = match until {
            Until::Message(event) | Until::Signal(event) => {
                event.chars().filter(|c| c.is_alphanumeric() || *c == '_').take(NAME_MAX).collect()
            }
            Until::Timer(_, text) | Until::Condition(text) => {
                self.note(format!("等待“{name}”的“{text}”改写为等候事件 {id}。"));
                String::new()
            }
        };
        let event = if event.is_empty() { id } else { &event };
        format!("wait {id} \"{name}\" event {event}")
    }

    /// A condition of ours; what does not read as one never holds.
    fn condition(&mut self, text: &str) -> String {
        let bare = text.trim();
        let inner = bare.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        let bare = inner.or_else(|| bare.strip_prefix('=')).unwrap_or(bare).trim();
        if is_condition(bare) {
            return bare.to_owned();
        }
        self.note(format!("条件“{}”读不出来，暂写 false。", one_line(text)));
        "false".to_owned()
    }

    /// Each way with its condition; nothing for the one that is gone when no other is.
    fn guards(&mut self, fork: &Fork) -> Vec<Option<String>> {
        let last = fork.branches.len().saturating_sub(1);
        let has_default = fork.branches.iter().any(|branch| branch.guard == Guard::Otherwise);
        let ways = fork.branches.iter().enumerate();
        let guards = ways.map(|(number, branch)| match &branch.guard {
            Guard::Otherwise => None,
            Guard::When(text) => Some(self.condition(text)),
            Guard::Free if number == last && !has_default => None,
            Guard::Free => {
                let name = if fork.name.is_empty() { &fork.id } else { &fork.name };
                self.note(format!("网关“{}”有一支没有条件，暂写 false。", one_line(name)));
                Some("false".to_owned())
            }
        });
        guards.collect()
    }

    fn choose(&mut self, fork: &Fork) -> Vec<String> {
        let guards = self.guards(fork);
        let (mut lines, mut last) = (Vec::new(), Vec::new());
        // What an earlier way without steps takes away from those behind it.
        let mut passed: Vec<String> = Vec::new();
        for (branch, guard) in fork.branches.iter().zip(guards) {
            let body = self.blocks(&branch.blocks);
            match guard {
                None => last = body,
                Some(condition) if body.is_empty() => passed.push(negated(&condition)),
                Some(condition) => {
                    let own = if passed.is_empty() { condition } else { format!("({condition})") };
                    let all: Vec<&str> = passed.iter().chain([&own]).map(String::as_str).collect();
                    lines.push(format!("when {} {{", all.join(" and ")));
                    lines.extend(body);
                    lines.push("}".to_owned());
                }
            }
        }
        if !last.is_empty() {
            let opens = match passed.as_slice() {
                [] if lines.is_empty() => return last,
                [] => "else {".to_owned(),
                all => format!("when {} {{", all.join(" and ")),
            };
            lines.push(opens);
            lines.extend(last);
            lines.push("}".to_owned());
        }
        if lines.is_empty() { lines } else { braced("choose {", lines, "}") }
    }

    /// All ways at once; each asks for its own condition where they have some.
    fn par(&mut self, fork: &Fork) -> Vec<String> {
        let inclusive = fork.kind == ForkKind::Inclusive;
        let guards = if inclusive { self.guards(fork) } else { Vec::new() };
        let others: Vec<String> = guards.iter().flatten().map(|when| negated(when)).collect();
        let mut ways: Vec<Vec<String>> = Vec::new();
        for (number, branch) in fork.branches.iter().enumerate() {
            let body = self.blocks(&branch.blocks);
            if body.is_empty() {
                continue;
            }
            let guard = guards.get(number).cloned();
            let guard = guard.map(|own| own.unwrap_or_else(|| others.join(" and ")));
            ways.push(match guard {
                Some(guard) if !guard.is_empty() => {
                    let inner = braced(&format!("when {guard} {{"), body, "}");
                    braced("choose {", inner, "}")
                }
                _ => body,
            });
        }
        if ways.len() < 2 {
            return ways.into_iter().flatten().collect();
        }
        let mut lines = Vec::new();
        for (number, way) in ways.into_iter().enumerate() {
            lines.push(if number == 0 { "par {" } else { "} and {" }.to_owned());
            lines.extend(way);
        }
        lines.push("}".to_owned());
        lines
    }

    fn again(&mut self, again: &Loop) -> Vec<String> {
        let until = match (&again.exit.guard, &again.again.guard) {
            (Guard::When(text), _) => self.condition(text),
            (_, Guard::When(text)) => match self.condition(text).as_str() {
                "false" => "true".to_owned(),
                condition => negated(condition),
            },
            _ => {
                self.note(format!("回路“{}”没有条件，暂写只办一轮。", one_line(&again.id)));
                "true".to_owned()
            }
        };
        let (body, back) = (self.blocks(&again.body), self.blocks(&again.again.blocks));
        let closes = format!("}} until {until} max {ROUNDS}");
        let asks = format!("when {} {{", negated(&until));
        self.note(format!("回路最多轮数未写明，暂写 {ROUNDS}。"));
        match (body.is_empty(), back.is_empty()) {
            (true, true) => Vec::new(),
            (false, true) => braced("loop {", body, &closes),
            (true, false) => {
                braced("choose {", braced(&asks, braced("loop {", back, &closes), "}"), "}")
            }
            (false, false) => {
                let back = braced("choose {", braced(&asks, back, "}"), "}");
                braced("loop {", body.into_iter().chain(back).collect(), &closes)
            }
        }
    }
}

fn braced(opens: &str, lines: Vec<String>, closes: &str) -> Vec<String> {
    std::iter::once(opens.to_owned()).chain(lines).chain([closes.to_owned()]).collect()
}

fn kind(copies: Option<&Copies>) -> &'static str {
    if copies.is_some_and(|copies| copies.order == Order::OneByOne) { "seq" } else { "step" }
}

/// A duration of one unit.
fn duration(text: &str) -> Option<String> {
    let text = text.trim();
    let (rest, units): (&str, &[(char, &str)]) = match text.strip_prefix("PT") {
        Some(rest) => (rest, &[('H', "h"), ('M', "min")]),
        None => (text.strip_prefix('P')?, &[('D', "d"), ('M', "mo")]),
    };
    let (unit, word) = units.iter().find(|(unit, _)| rest.ends_with(*unit))?;
    let count: u32 = rest.strip_suffix(*unit)?.parse().ok()?;
    (count > 0).then(|| format!("{count}{word}"))
}

/// Small letters, digits and `_`, beginning with a letter.
fn id(text: &str, otherwise: &str) -> String {
    let mut id = String::new();
    for c in text.chars() {
        let c = if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
        let begins = id.is_empty() && !c.is_ascii_lowercase();
        if !begins && id.len() < ID_MAX && !(c == '_' && id.ends_with('_')) {
            id.push(c);
        }
    }
    let id = id.trim_end_matches('_');
    if id.is_empty() { otherwise.to_owned() } else { id.to_owned() }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(NAME_MAX).collect()
}

/// A name without what a text in quotes cannot hold.
fn name(text: &str, otherwise: &str) -> String {
    let name = one_line(&text.replace(['"', '\\'], ""));
    if name.is_empty() { otherwise.to_owned() } else { name }
}
