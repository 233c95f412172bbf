//! Reading the head of a process, and the whole around its steps.

use super::body::Body;
use super::clause::list;
use super::line::{Line, lines};
use super::mistake::{MISTAKES_MAX, Mistake, Mistakes};
use super::who::{Asked, who};
use super::word::{ID, TIME, id, time, version};
use crate::definition::{
    Archive, Comments, Dedupe, Process, Prolongable, Retention, StartLevel, Who, Whom,
};
use std::sync::Arc;

/// Longest name, in characters.
pub(super) const NAME_MAX: usize = 40;
/// Longest basis or reason, in characters; a basis quotes articles.
pub(super) const BASIS_MAX: usize = 200;

const HEAD: &str = "basis、limit、calendar、retention、no_archive、dedupe、start（依此次序）或环节";

pub(super) fn process(text: &str) -> Result<Process, Mistakes> {
    let mut reader = Reader::new(lines(text)?);
    match reader.process() {
        Ok(mut process) if reader.mistakes.is_empty() => {
            process.comments = reader.comments;
            Ok(process)
        }
        Ok(_) => Err(Mistakes(reader.mistakes)),
        Err(mistake) => {
            reader.mistakes.push(mistake);
            reader.mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
            Err(Mistakes(reader.mistakes))
        }
    }
}

/// Goes through the lines and remembers comments and mistakes.
pub(super) struct Reader<'a> {
    lines: Vec<Line<'a>>,
    at: usize,
    printed: u32,
    pending: Vec<Arc<str>>,
    comments: Comments,
    mistakes: Vec<Mistake>,
}

/// Whether a line is there in the canonical text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Printed {
    Yes,
    No,
}

impl<'a> Reader<'a> {
    fn new(lines: Vec<Line<'a>>) -> Self {
        let (pending, mistakes) = (Vec::new(), Vec::new());
        Self { lines, at: 0, printed: 0, pending, comments: Comments::new(), mistakes }
    }

    /// The present line; the last is without words and is never left.
    pub(super) fn line(&mut self) -> Result<&mut Line<'a>, Mistake> {
        let none = || Mistake::new(1, 1, "流程", "文件结尾");
        self.lines.get_mut(self.at).ok_or_else(none)
    }

    /// Leaves the present line for the next.
    pub(super) fn leave(&mut self, printed: Printed) {
        let last = self.lines.len().saturating_sub(1);
        if let Some(line) = self.lines.get_mut(self.at) {
            self.pending.append(&mut line.comments);
        }
        if printed == Printed::Yes {
            let comments = std::mem::take(&mut self.pending);
            if !comments.is_empty() {
                self.comments.insert(self.printed, comments);
            }
            self.printed = self.printed.saturating_add(1);
        }
        self.at = self.at.saturating_add(1).min(last);
    }

    /// Notes a mistake; too many of them end the reading.
    pub(super) fn note(&mut self, mistake: Mistake) -> Result<(), Mistake> {
        if self.mistakes.len().saturating_add(1) >= MISTAKES_MAX {
            return Err(mistake);
        }
        self.mistakes.push(mistake);
        Ok(())
    }

    /// Reads a line of the head that begins with `keyword`, if this is one.
    fn took<T>(
        &mut self,
        keyword: &str,
        read: impl FnOnce(&mut Line<'a>) -> Result<T, Mistake>,
    ) -> Result<Option<T>, Mistake> {
        let line = self.line()?;
        if !line.took(keyword) {
            return Ok(None);
        }
        let found = read(line)?;
        line.ends("行尾")?;
        Ok(Some(found))
    }

    fn process(&mut self) -> Result<Process, Mistake> {
        let line = self.line()?;
        line.keyword("process")?;
        let (code, name) = (line.word(ID, id)?, line.text("流程名称", NAME_MAX)?);
        let version = line.word("版本（如 v1）", version)?;
        line.keyword("in")?;
        let domain = line.word(ID, id)?;
        line.ends("行尾")?;
        self.leave(Printed::Yes);
        let mut basis = Vec::new();
        while let Some(found) = self.took("basis", |line| line.text("依据", BASIS_MAX))? {
            basis.push(found);
            self.leave(Printed::Yes);
        }
        if basis.is_empty() {
            return Err(self.line()?.mistake("“basis”"));
        }
        let limit = self.took("limit", limit)?;
        self.leave_if(limit.as_ref(), |_| Printed::Yes);
        let calendar = self.took("calendar", |line| line.word(ID, id))?;
        self.leave_if(calendar.as_ref(), |calendar| printed(**calendar != *Process::CALENDAR));
        let archive = self.archive()?;
        let dedupe = self.took("dedupe", dedupe)?;
        self.leave_if(dedupe.as_ref(), |dedupe| printed(*dedupe != Dedupe::None));
        let start = self.took("start", |line| {
            line.keyword("by")?;
            let who = who(line, Asked::Starters)?;
            let at = if line.took("at") { list(line, start_level)? } else { Vec::new() };
            Ok((who, at))
        })?;
        let anyone = Who(vec![Whom::Anyone]);
        match start {
            Some(_) => self.leave(Printed::Yes),
            // The line is in the canonical text, without remarks of its own.
            None => self.printed = self.printed.saturating_add(1),
        }
        let (start, start_at) = start.unwrap_or((anyone, Vec::new()));
        let mut body = Body { reader: self, nodes: 0, ids: std::collections::BTreeSet::new() };
        let root = body.root(HEAD)?;
        Ok(Process {
            code,
            name,
            version,
            domain,
            basis,
            limit,
            calendar: calendar.unwrap_or_else(|| Process::CALENDAR.into()),
            archive,
            dedupe: dedupe.unwrap_or(Dedupe::None),
            start,
            start_at,
            root,
            comments: Comments::new(),
        })
    }

    fn leave_if<T>(&mut self, found: Option<&T>, is: impl FnOnce(&T) -> Printed) {
        if let Some(found) = found {
            self.leave(is(found));
        }
    }

    fn archive(&mut self) -> Result<Option<Archive>, Mistake> {
        let kept = self.took("retention", |line| {
            line.word("保管期限（permanent、30y、10y、by_type）", retention)
        })?;
        let found = match kept {
            Some(kept) => Some(Archive::Kept(kept)),
            None => self
                .took("no_archive", |line| line.text("不归档的理由", BASIS_MAX))?
                .map(Archive::Nothing),
        };
        self.leave_if(found.as_ref(), |_| Printed::Yes);
        Ok(found)
    }

    /// Comments that no line follows stay at the end.
    pub(super) fn finish(&mut self) {
        self.leave(Printed::Yes);
    }
}

fn start_level(line: &mut Line<'_>) -> Result<StartLevel, Mistake> {
    line.word("province、city、county、town 或 village", |word| {
        StartLevel::ALL.into_iter().find(|level| level.name() == word)
    })
}

const fn printed(differs: bool) -> Printed {
    if differs { Printed::Yes } else { Printed::No }
}

fn limit(line: &mut Line<'_>) -> Result<Prolongable, Mistake> {
    let time = line.word(TIME, self::time)?;
    let extend = if line.took("extend") { Some(line.word(TIME, self::time)?) } else { None };
    Ok(Prolongable { time, extend })
}

fn retention(word: &str) -> Option<Retention> {
    Some(match word {
        "permanent" => Retention::Permanent,
        "30y" => Retention::ThirtyYears,
        "10y" => Retention::TenYears,
        "by_type" => Retention::ByType,
        _ => return None,
    })
}

pub(super) fn dedupe(line: &mut Line<'_>) -> Result<Dedupe, Mistake> {
    line.word("none、adjacent 或 any", |word| {
        Some(match word {
            "none" => Dedupe::None,
            "adjacent" => Dedupe::Adjacent,
            "any" => Dedupe::Any,
            _ => return None,
        })
    })
}
