//! Reading who handles a step.

use super::line::Line;
use super::mistake::Mistake;
use super::word::{count, directory_id, field, field_name, id, step_id};
use crate::definition::{Who, WhoPlace, Whom};

/// Most alternatives of one expression.
const ALTERNATIVES_MAX: usize = 16;

const WHO: &str = "办理人（starter、head、leader、duty:职责、rank:级别、chain:head+N、form.字段、\
                   same:环节、pick:环节、post:岗位，可加 @处所，几个之间用 + 连接）";

/// In `start by`, `anyone` is meant as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Handlers,
    Starters,
}

pub(super) fn who(line: &mut Line<'_>, asked: Asked) -> Result<Who, Mistake> {
    let mut all = vec![one(line, asked)?];
    while line.took_mark('+') {
        if all.len() == ALTERNATIVES_MAX {
            return Err(line.mistake(&format!("不超过{ALTERNATIVES_MAX}项的办理人")));
        }
        all.push(one(line, asked)?);
    }
    Ok(Who(all))
}

fn one(line: &mut Line<'_>, asked: Asked) -> Result<Whom, Mistake> {
    line.word(WHO, |word| {
        whom(word).filter(|whom| *whom != Whom::Anyone || asked == Asked::Starters)
    })
}

fn whom(word: &str) -> Option<Whom> {
    let (base, place) = match word.split_once('@') {
        Some((base, place)) => (base, Some(self::place(place)?)),
        None => (word, None),
    };
    if let Some(whom) = placed(base, place.clone().unwrap_or(WhoPlace::Own)) {
        return Some(whom);
    }
    if place.is_some() {
        return None;
    }
    let (kind, of) = base.split_once(':').unwrap_or((base, ""));
    match kind {
        "starter" if of.is_empty() => Some(Whom::Starter),
        "anyone" if of.is_empty() => Some(Whom::Anyone),
        "chain" => count(of.strip_prefix("head+")?).map(Whom::Chain),
        "same" => step_id(of).map(Whom::Same),
        "pick" => step_id(of).map(Whom::Pick),
        "post" => directory_id(of).map(Whom::Post),
        _ => field(base).map(Whom::Field),
    }
}

/// What may stand with a place.
fn placed(base: &str, place: WhoPlace) -> Option<Whom> {
    match base.split_once(':') {
        None if base == "head" => Some(Whom::Head(place)),
        None if base == "leader" => Some(Whom::Leader(place)),
        Some(("duty", duty)) => Some(Whom::Duty(id(duty)?, place)),
        Some(("rank", rank)) => Some(Whom::Rank(count(rank)?, place)),
        _ => None,
    }
}

fn place(word: &str) -> Option<WhoPlace> {
    if let Some(up) = word.strip_prefix('+') {
        return count(up).map(WhoPlace::Above);
    }
    let (base, levels) = match word.split_once('+') {
        Some((base, levels)) => (base, count(levels)?),
        None => (word, 0),
    };
    match base {
        "gov" => return Some(WhoPlace::Government(levels)),
        "office" => return Some(WhoPlace::Office(levels)),
        "system" if levels > 0 => return Some(WhoPlace::System(levels)),
        "below" if levels == 0 => return Some(WhoPlace::Below),
        _ => {}
    }
    if let Some(name) = word.strip_prefix("dept.") {
        return field_name(name).map(WhoPlace::Department);
    }
    if let Some(unit) = word.strip_prefix("unit.") {
        return directory_id(unit).map(WhoPlace::Unit);
    }
    field(word).map(WhoPlace::Field)
}
