//! What is wrong with a process although it reads: each finding names a step and says why.

use crate::definition::{
    Back, Block, Definition, Node, OnReject, Place, PlaceKind, Policy, Process, Steps, Who, Whom,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Display, Formatter};
use std::sync::Arc;

/// Something that must be mended before a process is released.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The step, or the process where none is meant.
    pub step: Arc<str>,
    /// A Chinese sentence.
    pub told: String,
}

impl Display for Finding {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}：{}", self.step, self.told)
    }
}

/// What is wrong with one process.
#[must_use]
pub fn check(process: &Process) -> Vec<Finding> {
    let definition = match Definition::new(process) {
        Ok(definition) => definition,
        Err(error) => {
            let (step, told) = (process.code.clone(), format!("不能排布：{error}。"));
            return vec![Finding { step, told }];
        }
    };
    let mut checker = Checker { process, definition: &definition, findings: Vec::new() };
    for (place, held) in definition.places.iter().enumerate() {
        checker.place(place, held);
    }
    checker.branches(&process.root);
    checker.start();
    checker.calendar();
    checker.findings
}

/// Processes that call themselves, by way of others or directly, or call what is not there.
#[must_use]
pub fn check_calls<'a>(processes: impl IntoIterator<Item = &'a Process>) -> Vec<Finding> {
    let mut calls: BTreeMap<&str, (&Process, BTreeSet<Arc<str>>)> = BTreeMap::new();
    for process in processes {
        let mut called = BTreeSet::new();
        collect_calls(&process.root, &mut called);
        calls.insert(&process.code, (process, called));
    }
    let mut findings = Vec::new();
    for (code, (process, called)) in &calls {
        for other in called.iter().filter(|other| !calls.contains_key(&***other)) {
            let told = format!("调用的流程“{other}”不存在。");
            findings.push(Finding { step: process.code.clone(), told });
        }
        let (mut seen, mut ahead) = (BTreeSet::new(), called.iter().collect::<Vec<_>>());
        while let Some(next) = ahead.pop() {
            if **next == **code {
                let told = "经子流程调用到自己，办不完。".to_owned();
                findings.push(Finding { step: process.code.clone(), told });
                break;
            }
            if seen.insert(next) {
                ahead.extend(calls.get(&**next).iter().flat_map(|(_, called)| called));
            }
        }
    }
    findings
}

fn collect_calls(steps: &Steps, called: &mut BTreeSet<Arc<str>>) {
    for block in steps {
        match block {
            Block::Call(call) => {
                called.insert(call.process.clone());
            }
            Block::Par(branches) => branches.iter().for_each(|s| collect_calls(s, called)),
            Block::Choose(choose) => {
                choose.branches.iter().for_each(|b| collect_calls(&b.steps, called));
                choose.otherwise.iter().for_each(|s| collect_calls(s, called));
            }
            Block::Loop(again) => collect_calls(&again.steps, called),
            _ => {}
        }
    }
}

struct Checker<'a> {
    process: &'a Process,
    definition: &'a Definition,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn tell(&mut self, step: &Arc<str>, told: String) {
        self.findings.push(Finding { step: step.clone(), told });
    }

    fn place(&mut self, place: usize, held: &Place) {
        match &held.kind {
            PlaceKind::Node(node) => self.node(place, node),
            PlaceKind::Cc(cc) => self.named(place, &cc.step.id, &cc.who),
            PlaceKind::Wait(wait) if wait.pause.is_some() && self.process.limit.is_none() => {
                self.tell(&wait.step.id, "全程没有时限，不能写 pause。".to_owned());
            }
            PlaceKind::Call(call) if *call.process == *self.process.code => {
                self.tell(&call.step.id, "流程调用自己，办不完。".to_owned());
            }
            _ => {}
        }
    }

    fn node(&mut self, place: usize, node: &Node) {
        let id = &node.step.id;
        self.named(place, id, &node.who);
        if let Some(except) = &node.except {
            self.named(place, id, except);
        }
        if let Back::To(targets) = &node.back {
            for target in targets {
                self.target(place, id, &target.step, "退回");
            }
        }
        if let OnReject::To(step) = &node.on_reject {
            self.target(place, id, step, "不同意后退回");
        }
        if !node.pause.is_empty() && node.limit.is_none() {
            self.tell(id, "没有时限，不能写 pause。".to_owned());
        }
        if let Policy::Vote(vote) = &node.policy
            && vote.weights.iter().map(|(duty, _)| duty).collect::<BTreeSet<_>>().len()
                < vote.weights.len()
        {
            self.tell(id, "同一职责写了两个权重。".to_owned());
        }
    }

    /// R1: a target is a step that people do, earlier in the same sequence of blocks; and what
    /// cannot be undone comes after the last of them.
    fn target(&mut self, place: usize, id: &Arc<str>, target: &Arc<str>, what: &str) {
        let number = self.definition.number_of(target);
        let Some(number) = number.filter(|_| self.definition.node(target).is_some()) else {
            return self.tell(id, format!("{what}的“{target}”不是人办的环节。"));
        };
        if !self.is_before(number, place) {
            return self.tell(id, format!("{what}的“{target}”不在它之前，或在另一分支。"));
        }
        let between = self.definition.places.iter().enumerate();
        let mut between = between.skip(number).take(place.saturating_sub(number));
        let crossed = between
            .find(|(other, held)| held.is_irreversible() && !self.is_another_choice(*other, place));
        if let Some(step) = crossed.and_then(|(_, held)| held.step()).cloned() {
            self.tell(id, format!("{what}到“{target}”越过了不可逆的“{}”。", step.id));
        }
    }

    /// Whether two places stand in branches of which only one is taken.
    fn is_another_choice(&self, one: usize, other: usize) -> bool {
        let common = self.definition.common(one, other);
        let common = common.and_then(|common| self.definition.place(common));
        common.is_some_and(|held| matches!(held.kind, PlaceKind::Choose(_)))
    }

    fn is_before(&self, target: usize, place: usize) -> bool {
        let Some(common) = self.definition.common(target, place) else { return false };
        let is_seq = self.definition.place(common).is_some_and(|held| held.kind == PlaceKind::Seq);
        is_seq
            && self.definition.child_holding(common, target)
                < self.definition.child_holding(common, place)
    }

    /// `same:` and `pick:` name steps that people did before.
    fn named(&mut self, place: usize, id: &Arc<str>, who: &Who) {
        for whom in &who.0 {
            let (Whom::Same(step) | Whom::Pick(step)) = whom else { continue };
            let number = self.definition.number_of(step);
            let number = number.filter(|_| self.definition.node(step).is_some());
            match number {
                None => self.tell(id, format!("“{whom}”不是人办的环节。")),
                Some(number) if !self.is_before(number, place) => {
                    self.tell(id, format!("“{whom}”不在它之前，或在另一分支。"));
                }
                Some(_) => {}
            }
        }
    }

    /// A branch whose condition stands before it already is never taken.
    fn branches(&mut self, steps: &Steps) {
        for block in steps {
            match block {
                Block::Par(branches) => branches.iter().for_each(|steps| self.branches(steps)),
                Block::Loop(again) => self.branches(&again.steps),
                Block::Choose(choose) => {
                    let mut seen: BTreeSet<&str> = BTreeSet::new();
                    for branch in &choose.branches {
                        let when = branch.when.as_str();
                        let taken_before = seen.contains("true") || !seen.insert(when);
                        if taken_before || when == "false" {
                            self.dead(when);
                        }
                        self.branches(&branch.steps);
                    }
                    if seen.contains("true") && choose.otherwise.is_some() {
                        self.dead("else");
                    }
                    if let Some(otherwise) = &choose.otherwise {
                        self.branches(otherwise);
                    }
                }
                _ => {}
            }
        }
    }

    fn dead(&mut self, when: &str) {
        let code = self.process.code.clone();
        self.tell(&code, format!("分支“{when}”永远走不到。"));
    }

    fn start(&mut self) {
        let levels: BTreeSet<_> = self.process.start_at.iter().collect();
        if levels.len() < self.process.start_at.len() {
            let code = self.process.code.clone();
            self.tell(&code, "start by 的同一级写了两次。".to_owned());
        }
    }

    fn calendar(&mut self) {
        if self.process.calendar.is_empty() {
            let code = self.process.code.clone();
            self.tell(&code, "有时限而没有工作日历。".to_owned());
        }
    }
}
