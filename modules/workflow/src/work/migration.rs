//! 换版 of one matter: what it would do, told before it is done.

use super::model::Work;
use crate::library::model::Parsed;
use lingnan_flow::{Fact as FlowFact, MigrationReport, Step};
use lingnan_forms::{Known, Rights, Values};

/// What a 换版 would do to a matter, or why it cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// Where it stands now, and where in the new edition.
    pub stands: Vec<(Step, Option<Step>)>,
    /// Names of steps it has been through that are not in the new edition.
    pub lost: Vec<String>,
    /// Promised 直达 that are dropped.
    pub dropped_returns: usize,
    /// Fields that hold something and are not in the new form.
    pub removed: Vec<String>,
    /// Why it cannot be done, in Chinese; empty when it can.
    pub obstacles: Vec<String>,
}

/// Works out what a 换版 from `old` to `new` would do; the fact does it.
#[must_use]
pub fn preview(
    work: &Work,
    old: &Parsed,
    new: &Parsed,
    known: &dyn Known,
) -> (Option<FlowFact>, Preview) {
    let Some(flow) = &work.flow else {
        let obstacles = vec!["该事项还没有提交，按提交时的版本办理。".to_owned()];
        return (None, Preview { obstacles, ..Preview::default() });
    };
    let migrated = lingnan_flow::migrate(&old.definition, &new.definition, flow);
    let (fact, report) = match migrated {
        Ok((fact, report)) => (Some(fact), report),
        Err(report) => (None, report),
    };
    let told = told(work, old, new, report, known);
    (fact.filter(|_| told.obstacles.is_empty()), told)
}

fn told(
    work: &Work,
    old: &Parsed,
    new: &Parsed,
    report: MigrationReport,
    known: &dyn Known,
) -> Preview {
    let name = |id: &std::sync::Arc<str>| {
        let step = old.definition.steps().find(|step| step.id == *id);
        step.map_or_else(|| id.to_string(), |step| step.name.to_string())
    };
    let mut obstacles = report.obstacles;
    obstacles.extend(misfits(work, old, new, known));
    let in_new = |field: &String| new.form.field(field).is_some();
    Preview {
        stands: report.stands,
        lost: report.lost.iter().map(name).collect(),
        dropped_returns: report.dropped_returns,
        removed: work.values.0.keys().filter(|field| !in_new(field)).cloned().collect(),
        obstacles,
    }
}

/// What a field holds must be right by the new form where the two say otherwise of it: conditions
/// of the new edition look at it.
fn misfits(work: &Work, old: &Parsed, new: &Parsed, known: &dyn Known) -> Vec<String> {
    let differs = |name: &String| {
        let field = new.form.field(name);
        field.is_some() && field != old.form.field(name)
    };
    let held = work.values.0.iter().filter(|(name, _)| differs(name));
    let held = Values(held.map(|(name, value)| (name.clone(), value.clone())).collect());
    let rights = Rights::starter(&new.form);
    let filled = lingnan_forms::fill(&new.form, &rights, &Values::default(), &held, known);
    let problems = filled.err().unwrap_or_default();
    problems.iter().map(|problem| format!("已填内容不合新版表单：{}", problem.message)).collect()
}
