//! Reading the clauses of a step, which stand in one order.

use super::body::when;
use super::head::{BASIS_MAX, dedupe};
use super::line::{Kind, Line};
use super::mistake::Mistake;
use super::who::{Asked, who};
use super::word::{ID, TIME, count, field_name, id, percent, ratio, step_id, time};
use crate::definition::{
    After, Back, BackTarget, BackWay, Limit, Node, OnEmpty, OnReject, OnSelf, Policy, Share, Step,
    StopReason, Vote, Who,
};
use std::sync::Arc;

/// The clauses in their order.
const ORDER: [&str; 18] = [
    "not",
    "due",
    "pause",
    "back",
    "reject",
    "self",
    "empty",
    "after",
    "dedupe",
    "write",
    "require",
    "hide",
    "noadd",
    "noproxy",
    "sign",
    "mandatory",
    "irreversible",
    "when",
];

/// Most entries of a list in a clause.
const LIST_MAX: usize = 100;

/// The policy that a keyword says; a vote says its share later.
pub(super) fn policy(word: &str) -> Option<Option<Policy>> {
    Some(match word {
        "step" => Some(Policy::All),
        "vote" => None,
        "any" => Some(Policy::Any),
        "first" => Some(Policy::First),
        "seq" => Some(Policy::Sequential),
        "claim" => Some(Policy::Claim),
        _ => return None,
    })
}

pub(super) fn node(
    line: &mut Line<'_>,
    step: Step,
    who: Who,
    policy: Option<Policy>,
) -> Result<Node, Mistake> {
    let mut node = Node::new("", "", who);
    node.step = step;
    node.policy = match policy {
        Some(policy) => policy,
        None => Policy::Vote(vote(line)?),
    };
    let mut rest = ORDER.as_slice();
    while let Some(kind) = line.peek() {
        let place = rest.iter().position(|clause| kind == Kind::Word(clause));
        let Some(place) = place else {
            return Err(line.mistake(&format!("子句（依次为 {}）或行尾", rest.join("、"))));
        };
        let (found, after) = rest.split_at(place.saturating_add(1));
        let name = found.last().copied().unwrap_or_default();
        if name == "when" {
            node.when = when(line, "when")?;
            break;
        }
        line.keyword(name)?;
        clause(line, name, &mut node)?;
        rest = after;
    }
    Ok(node)
}

fn clause(line: &mut Line<'_>, name: &str, node: &mut Node) -> Result<(), Mistake> {
    match name {
        "not" => node.except = Some(who(line, Asked::Handlers)?),
        "due" => node.limit = Some(limit(line)?),
        "pause" => node.pause = list(line, |line| line.word(&reasons(), reason))?,
        "back" => node.back = back(line)?,
        "reject" => node.on_reject = reject(line)?,
        "self" => node.on_self = on_self(line)?,
        "empty" => node.on_empty = empty(line)?,
        "after" => node.after = after(line)?,
        "dedupe" => node.dedupe = Some(dedupe(line)?),
        "write" => node.rights.write = fields(line)?,
        "require" => node.rights.require = fields(line)?,
        "hide" => node.rights.hide = fields(line)?,
        "noadd" => node.no_adding = true,
        "noproxy" => node.no_stand_in = true,
        "sign" => node.sign = true,
        "mandatory" => node.mandatory = true,
        _ => node.irreversible = true,
    }
    Ok(())
}

fn vote(line: &mut Line<'_>) -> Result<Vote, Mistake> {
    let share = line.word("all、比例（如 2/3）或超过的比例（如 over:1/2）", share)?;
    let quorum = prefixed(line, |word| self::share(word.strip_prefix("quorum:")?));
    let (collect, fixed) = (line.took("collect"), line.took("fixed"));
    let veto = prefixed(line, |word| id(word.strip_prefix("veto:")?));
    let mut weights = Vec::new();
    while let Some(weight) = prefixed(line, weight) {
        weights.push(weight);
    }
    Ok(Vote { share, quorum, collect, fixed, veto, weights })
}

/// `2/3`: at least; `over:1/2`: more than.
fn share(word: &str) -> Option<Share> {
    if word == "all" {
        return Some(Share::All);
    }
    let Some(over) = word.strip_prefix("over:") else { return ratio(word).map(Share::AtLeast) };
    ratio(over).filter(|ratio| ratio.part < ratio.whole).map(Share::MoreThan)
}

fn prefixed<T>(line: &mut Line<'_>, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    line.word("", read).ok()
}

fn weight(word: &str) -> Option<(Arc<str>, u32)> {
    let (duty, weight) = word.strip_prefix("weight:")?.split_once('=')?;
    Some((id(duty)?, count(weight)?))
}

fn limit(line: &mut Line<'_>) -> Result<Limit, Mistake> {
    let due = line.word(TIME, time)?;
    let warn_percent =
        if line.took("warn") { Some(line.word("1% 至 99%", percent)?) } else { None };
    let mut optional = |keyword| -> Result<_, Mistake> {
        if line.took(keyword) { line.word(TIME, time).map(Some) } else { Ok(None) }
    };
    let (yellow, red, extend) = (optional("yellow")?, optional("red")?, optional("extend")?);
    Ok(Limit { due, warn_percent, yellow, red, extend })
}

pub(super) fn reasons() -> String {
    StopReason::ALL.map(StopReason::name).join("、")
}

pub(super) fn reason(word: &str) -> Option<StopReason> {
    StopReason::ALL.into_iter().find(|reason| reason.name() == word)
}

pub(super) fn list<'a, T>(
    line: &mut Line<'a>,
    read: impl Fn(&mut Line<'a>) -> Result<T, Mistake>,
) -> Result<Vec<T>, Mistake> {
    let mut all = vec![read(line)?];
    while line.took_mark(',') {
        if all.len() == LIST_MAX {
            return Err(line.mistake(&format!("不超过{LIST_MAX}项")));
        }
        all.push(read(line)?);
    }
    Ok(all)
}

fn fields(line: &mut Line<'_>) -> Result<Vec<Arc<str>>, Mistake> {
    list(line, |line| line.word("字段名", field_name))
}

fn back(line: &mut Line<'_>) -> Result<Back, Mistake> {
    if line.took("none") {
        return Ok(Back::Nowhere);
    }
    list(line, |line| {
        let step = line.word("环节标识或 none", step_id)?;
        let way = if line.took_mark('(') { way(line)? } else { BackWay::Either };
        Ok(BackTarget { step, way })
    })
    .map(Back::To)
}

fn way(line: &mut Line<'_>) -> Result<BackWay, Mistake> {
    let way = if line.took("redo") {
        BackWay::Redo
    } else if line.took("direct") {
        BackWay::Direct(if line.took("unless") { fields(line)? } else { Vec::new() })
    } else {
        return Err(line.mistake("direct 或 redo"));
    };
    line.mark(')')?;
    Ok(way)
}

fn reject(line: &mut Line<'_>) -> Result<OnReject, Mistake> {
    if line.took("end") {
        return Ok(OnReject::End);
    }
    if line.took("next") {
        return Ok(OnReject::Next);
    }
    line.word(&format!("end、next 或{ID}"), step_id).map(OnReject::To)
}

fn on_self(line: &mut Line<'_>) -> Result<OnSelf, Mistake> {
    line.word("skip、up 或 head", |word| {
        Some(match word {
            "skip" => OnSelf::Skip,
            "up" => OnSelf::Up,
            "head" => OnSelf::Head,
            _ => return None,
        })
    })
}

fn empty(line: &mut Line<'_>) -> Result<OnEmpty, Mistake> {
    if line.took("up") {
        Ok(OnEmpty::Up)
    } else if line.took("admin") {
        Ok(OnEmpty::Administrator)
    } else if line.took("pass") {
        line.text("跳过的依据", BASIS_MAX).map(OnEmpty::Pass)
    } else {
        Err(line.mistake("up、admin 或 pass \"依据\""))
    }
}

fn after(line: &mut Line<'_>) -> Result<After, Mistake> {
    line.word("same 或 fresh", |word| match word {
        "same" => Some(After::Same),
        "fresh" => Some(After::Fresh),
        _ => None,
    })
}
