//! Runs the test cases of the DMN Technology Compatibility Kit on texts.

mod compare;
mod read;

use crate::Error;
use crate::feel::{Context, Value};
use crate::model::{Inputs, Model};
use crate::temporal::DateTime;
use read::{Case, Kind, Suite};
use std::fmt;
use std::sync::Arc;

/// A file of the kit: its path and its text.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// Its path; what stands before the last `/` says which files belong together.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// How one test case went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The path of the file that has it.
    pub path: String,
    /// Its id there.
    pub id: String,
    /// What went wrong; nothing when it passed.
    pub wrong: Vec<String>,
}

impl Verdict {
    /// Whether everything was as expected.
    pub fn passed(&self) -> bool {
        self.wrong.is_empty()
    }
}

impl fmt::Display for Verdict {
    /// One line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.passed() { "通过" } else { "未过" };
        write!(f, "{mark} {} {}", self.path, self.id)?;
        self.wrong.iter().try_for_each(|wrong| write!(f, " · {wrong}"))
    }
}

/// How all test cases went.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// In the order of the files.
    pub verdicts: Vec<Verdict>,
}

impl Report {
    /// How many passed.
    pub fn passed(&self) -> usize {
        self.verdicts.iter().filter(|verdict| verdict.passed()).count()
    }
}

impl fmt::Display for Report {
    /// A line for every case, and the totals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.verdicts.iter().try_for_each(|verdict| writeln!(f, "{verdict}"))?;
        write!(f, "通过{}，共{}", self.passed(), self.verdicts.len())
    }
}

/// Runs every test file (`.xml`) with the models (`.dmn`) of its folder.
pub fn run(files: &[File<'_>]) -> Report {
    let mut report = Report::default();
    for test in files.iter().filter(|file| file.path.ends_with(".xml")) {
        let folder = folder(test.path);
        let beside =
            |file: &&File<'_>| file.path.ends_with(".dmn") && self::folder(file.path) == folder;
        let models: Vec<File<'_>> = files.iter().filter(beside).copied().collect();
        report.verdicts.extend(run_file(test, &models));
    }
    report
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn run_file(test: &File<'_>, models: &[File<'_>]) -> Vec<Verdict> {
    let verdict = |id: &str, wrong: Vec<String>| Verdict {
        path: test.path.to_owned(),
        id: id.to_owned(),
        wrong,
    };
    let suite = match Suite::read(test.text) {
        Ok(suite) => suite,
        Err(error) => return vec![verdict("", vec![error.to_string()])],
    };
    let model = match model(&suite, models) {
        Ok(model) => model,
        Err(error) => {
            let failed = |case: &Case| verdict(&case.id, vec![error.to_string()]);
            return suite.cases.iter().map(failed).collect();
        }
    };
    suite.cases.iter().map(|case| verdict(&case.id, run_case(case, &model))).collect()
}

/// The model of a test file, and every other of its folder as one that it may import.
fn model(suite: &Suite, models: &[File<'_>]) -> Result<Model, Error> {
    let name = |file: &File<'_>| file.path.rsplit('/').next().unwrap_or_default() == suite.model;
    let main = models.iter().find(|file| name(file)).or(models.first());
    let Some(main) = main else { return Err(Error::NotAModel) };
    let others: Vec<&str> =
        models.iter().filter(|file| file.path != main.path).map(|file| file.text).collect();
    Model::parse(main.text, &others)
}

/// What `now()` tells: any moment is as good as another.
fn moment() -> Option<DateTime> {
    DateTime::parse("2026-01-01T00:00:00Z")
}

fn run_case(case: &Case, model: &Model) -> Vec<String> {
    let mut wrong = Vec::new();
    for result in &case.results {
        let mut context = Context::default();
        if let Some(now) = moment() {
            context = context.at(now);
        }
        let found = match value(case, &result.name, model, &mut context) {
            Ok(found) => found,
            Err(Error::Halted(_)) => Value::Null,
            Err(error) => {
                wrong.push(error.to_string());
                continue;
            }
        };
        let expected = if result.is_error { &Value::Null } else { &result.expected };
        if !compare::same(expected, &found) {
            let messages = context.messages().join("；");
            wrong.push(format!("{}：应为{expected}，得{found}（{messages}）", result.name));
        }
    }
    wrong
}

fn value(case: &Case, result: &str, model: &Model, context: &mut Context) -> Result<Value, Error> {
    let Kind::Invocable(name) = &case.kind else {
        let mut inputs = Inputs::default();
        for input in &case.inputs {
            let value = input.value.clone();
            inputs = match &input.namespace {
                Some(namespace) => inputs.with_in(namespace, &input.name, value),
                None => inputs.with(&input.name, value),
            };
        }
        return model.decide(result, &inputs, context);
    };
    let argument = |input: &read::Input| (Arc::from(input.name.as_str()), input.value.clone());
    let arguments = case.inputs.iter().map(argument).collect();
    let value = model.invoke(name, arguments, context)?;
    // A service with several outputs answers with a context of them.
    match &value {
        Value::Context(entries) => Ok(entries.get(result).cloned().unwrap_or(value)),
        _ => Ok(value),
    }
}
