//! Reading the steps of a process: one statement a line, blocks between braces.

use super::clause::{self, reason, reasons};
use super::head::{NAME_MAX, Printed, Reader};
use super::line::{Kind, Line};
use super::mistake::Mistake;
use super::who::{Asked, who};
use super::word::{ID, TIME, command, count, field, field_name, id, step_id, time};
use crate::definition::{
    Auto, Awaited, Block, Branch, Call, Cc, Choose, Condition, DEPTH_MAX, Loop, NODES_MAX,
    ROUNDS_MAX, Step, Steps, Wait,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Longest condition, in characters.
const CONDITION_MAX: usize = 500;

const STEP: &str = "环节（step、vote、any、first、seq、claim、auto、cc、call、wait）、\
                    par、choose、loop、“}”或 end";

pub(super) struct Body<'r, 'a> {
    pub(super) reader: &'r mut Reader<'a>,
    pub(super) nodes: usize,
    pub(super) ids: BTreeSet<Arc<str>>,
}

impl<'a> Body<'_, 'a> {
    /// The steps up to `end`, and `end`.
    pub(super) fn root(&mut self, before_first: &str) -> Result<Steps, Mistake> {
        let begins = matches!(self.line()?.peek(), Some(Kind::Word(word)) if is_head(word));
        if begins {
            return Err(self.line()?.mistake(before_first));
        }
        let steps = self.steps(0)?;
        let line = self.line()?;
        if !line.took("end") {
            return Err(line.mistake(STEP));
        }
        line.ends("行尾")?;
        self.reader.leave(Printed::Yes);
        let line = self.line()?;
        if !line.is_end_of_text() {
            return Err(line.mistake("文件结尾"));
        }
        self.reader.finish();
        Ok(steps)
    }

    fn line(&mut self) -> Result<&mut Line<'a>, Mistake> {
        self.reader.line()
    }

    /// Statements up to a line that closes a block, says `end` or is the last.
    fn steps(&mut self, depth: usize) -> Result<Steps, Mistake> {
        if depth > DEPTH_MAX {
            return Err(self.line()?.mistake(&format!("不超过{DEPTH_MAX}层的嵌套")));
        }
        let (mut steps, mut any) = (Steps::new(), false);
        loop {
            let line = self.line()?;
            let closes = match line.peek() {
                None => true,
                Some(kind) => kind == Kind::Mark('}') || kind == Kind::Word("end"),
            };
            if closes {
                break;
            }
            any = true;
            let opens = line.opens();
            match self.statement(depth) {
                Ok(block) => steps.push(block),
                // Where a block opens amiss, nothing after it can be read with sense.
                Err(mistake) if opens => return Err(mistake),
                Err(mistake) => {
                    self.reader.note(mistake)?;
                    self.reader.leave(Printed::Yes);
                }
            }
        }
        if any { Ok(steps) } else { Err(self.line()?.mistake("至少一个环节")) }
    }

    fn statement(&mut self, depth: usize) -> Result<Block, Mistake> {
        let line = self.line()?;
        let Some(Kind::Word(word)) = line.peek() else { return Err(line.mistake(STEP)) };
        match word {
            "par" => return self.par(depth),
            "choose" => return self.choose(depth),
            "loop" => return self.again(depth),
            _ => {}
        }
        let (block, step) = match word {
            "auto" | "cc" | "call" | "wait" => {
                line.keyword(word)?;
                let step = Self::step(line)?;
                let block = match word {
                    "auto" => Block::Auto(auto(line, step.clone())?),
                    "cc" => Block::Cc(cc(line, step.clone())?),
                    "call" => Block::Call(call(line, step.clone())?),
                    _ => Block::Wait(wait(line, step.clone())?),
                };
                (block, step)
            }
            _ => {
                let policy = line.word(STEP, clause::policy)?;
                let step = Self::step(line)?;
                line.keyword("by")?;
                let who = who(line, Asked::Handlers)?;
                let node = clause::node(line, step.clone(), who, policy)?;
                (Block::Node(Box::new(node)), step)
            }
        };
        self.nodes = self.nodes.saturating_add(1);
        let (number, nodes) = (self.line()?.number, self.nodes);
        if nodes > NODES_MAX {
            return Err(Mistake::new(number, 1, &format!("不超过{NODES_MAX}个环节"), "更多环节"));
        }
        if !self.ids.insert(step.id.clone()) {
            let found = format!("已用过的“{}”", step.id);
            return Err(Mistake::new(number, 1, "未用过的环节标识", &found));
        }
        self.reader.leave(Printed::Yes);
        Ok(block)
    }

    fn step(line: &mut Line<'_>) -> Result<Step, Mistake> {
        let id = line.word(ID, step_id)?;
        Ok(Step { id, name: line.text("环节名称", NAME_MAX)? })
    }

    fn open(&mut self) -> Result<(), Mistake> {
        let line = self.line()?;
        line.mark('{')?;
        line.ends("行尾")?;
        self.reader.leave(Printed::Yes);
        Ok(())
    }

    /// The closing brace, without leaving its line.
    fn close(&mut self) -> Result<&mut Line<'a>, Mistake> {
        let line = self.line()?;
        if line.took_mark('}') { Ok(line) } else { Err(line.mistake(STEP)) }
    }

    fn inside(&mut self, depth: usize) -> Result<Steps, Mistake> {
        self.open()?;
        self.steps(depth.saturating_add(1))
    }

    fn par(&mut self, depth: usize) -> Result<Block, Mistake> {
        self.line()?.keyword("par")?;
        let mut branches = vec![self.inside(depth)?];
        self.close()?.keyword("and")?;
        branches.push(self.inside(depth)?);
        while self.close()?.took("and") {
            branches.push(self.inside(depth)?);
        }
        self.line()?.ends("“and {”或行尾")?;
        self.reader.leave(Printed::Yes);
        Ok(Block::Par(branches))
    }

    fn choose(&mut self, depth: usize) -> Result<Block, Mistake> {
        self.line()?.keyword("choose")?;
        self.open()?;
        let (mut branches, mut otherwise) = (Vec::new(), None);
        loop {
            let line = self.line()?;
            if line.took("when") {
                let when = condition(line, 1)?;
                let steps = self.inside(depth)?;
                branches.push(Branch { when, steps });
            } else if !branches.is_empty() && line.took("else") {
                otherwise = Some(self.inside(depth)?);
            } else {
                let expected = if branches.is_empty() {
                    "“when”"
                } else {
                    "“when”“else”或“}”"
                };
                return Err(line.mistake(expected));
            }
            self.close()?.ends("行尾")?;
            self.reader.leave(Printed::Yes);
            let line = self.line()?;
            if line.peek() == Some(Kind::Mark('}')) {
                break;
            }
            if otherwise.is_some() {
                return Err(line.mistake("“}”（else 是最后一支）"));
            }
        }
        self.close()?.ends("行尾")?;
        self.reader.leave(Printed::Yes);
        Ok(Block::Choose(Choose { branches, otherwise }))
    }

    fn again(&mut self, depth: usize) -> Result<Block, Mistake> {
        self.line()?.keyword("loop")?;
        let steps = self.inside(depth)?;
        let line = self.close()?;
        line.keyword("until")?;
        let until = condition(line, 2)?;
        line.keyword("max")?;
        let rounds_max = line.word(&format!("最多次数（1 至 {ROUNDS_MAX}）"), |word| {
            count(word).filter(|count| *count <= ROUNDS_MAX)
        })?;
        self.reader.leave(Printed::Yes);
        Ok(Block::Loop(Loop { steps, until, rounds_max }))
    }
}

/// An expression up to the last `less` tokens of the line.
fn condition(line: &mut Line<'_>, less: usize) -> Result<Condition, Mistake> {
    let before = line.mistake(&format!("条件，不超过{CONDITION_MAX}字"));
    let (number, column) = (before.line, before.column);
    let found = line.rest(less).filter(|text| text.chars().count() <= CONDITION_MAX);
    Condition::parse(found.ok_or(before)?).map_err(|error| {
        let inside = usize::try_from(error.column).unwrap_or(usize::MAX);
        let column = column.saturating_add(inside).saturating_sub(1);
        let end = format!("“{}”", error.found);
        let found = if error.found.is_empty() { "条件结尾" } else { end.as_str() };
        Mistake::new(number, column, &error.expected, found)
    })
}

/// A condition to the end of the line, if there is one; else nothing more may stand there.
pub(super) fn when(line: &mut Line<'_>, expected: &str) -> Result<Option<Condition>, Mistake> {
    if line.took("when") {
        return condition(line, 0).map(Some);
    }
    line.ends(expected).map(|()| None)
}

fn auto(line: &mut Line<'_>, step: Step) -> Result<Auto, Mistake> {
    line.keyword("do")?;
    let command = line.word("模块.命令", command)?;
    let irreversible = line.took("irreversible");
    let when = when(line, "irreversible、when 或行尾")?;
    Ok(Auto { step, command, irreversible, when })
}

fn cc(line: &mut Line<'_>, step: Step) -> Result<Cc, Mistake> {
    line.keyword("by")?;
    let who = who(line, Asked::Handlers)?;
    let (receipt, gate) = (line.took("receipt"), line.took("gate"));
    let when = when(line, "receipt、gate、when（依此次序）或行尾")?;
    Ok(Cc { step, who, receipt, gate, when })
}

fn call(line: &mut Line<'_>, step: Step) -> Result<Call, Mistake> {
    line.keyword("of")?;
    let process = line.word(ID, id)?;
    let each = if line.took("each") { Some(line.word("form.字段", field)?) } else { None };
    let detached = line.took("async");
    let when = when(line, "each、async、when（依此次序）或行尾")?;
    Ok(Call { step, process, each, detached, when })
}

fn wait(line: &mut Line<'_>, step: Step) -> Result<Wait, Mistake> {
    let what = if line.took("for") {
        Awaited::Passing(line.word(TIME, time)?)
    } else if line.took("until") {
        Awaited::Date(line.word("form.字段", field)?)
    } else if line.took("event") {
        Awaited::Event(line.word("事件名称", field_name)?)
    } else {
        return Err(line.mistake("“for”“until”或“event”"));
    };
    let pause = if line.took("pause") { Some(line.word(&reasons(), reason)?) } else { None };
    line.ends("pause 事由或行尾")?;
    Ok(Wait { step, what, pause })
}

fn is_head(word: &str) -> bool {
    matches!(
        word,
        "process"
            | "basis"
            | "limit"
            | "calendar"
            | "retention"
            | "no_archive"
            | "dedupe"
            | "start"
    )
}
