//! Checking what was filled in: rights first, then each value, then what is missing.

use crate::form::{Counts, Field, Form, Kind, Reference};
use crate::read::ITEMS_MAX;
use crate::single::{Wrong, exists, is_choice, single};
use crate::{Rights, Values};
use serde::Serialize;
use serde_json::{Map, Value};

/// Most problems told at once: nobody reads more.
const PROBLEMS_MAX: usize = 50;

/// What exists outside the form.
pub trait Known {
    /// Whether `id` is a unit, post, person or attached file.
    fn is_known(&self, reference: Reference, id: &str) -> bool;
}

/// What is wrong with one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where, as a JSON pointer into the values: `/明细/1/金额`.
    pub pointer: String,
    /// Which rule: `unknown`, `not_yours`, `missing`, `type`, `length`, `range`, `choice`,
    /// `format`, `twice`, `no_such` or `count`.
    pub code: &'static str,
    /// The field, what is wrong with it, and what to do.
    pub message: String,
}

/// `old` with `patch`, when what is written is right and may be written; what is missing may still
/// be: for a draft that is saved.
///
/// # Errors
/// Everything that is wrong.
pub fn fill(
    form: &Form,
    rights: &Rights,
    old: &Values,
    patch: &Values,
    known: &dyn Known,
) -> Result<Values, Vec<Problem>> {
    let mut checker = Checker { known, problems: Vec::new() };
    let mut values = old.clone();
    for (name, value) in &patch.0 {
        let at = Spot::field(name);
        let Some(field) = form.field(name) else {
            checker.add(&at, "unknown", "不是本表单的字段，请刷新页面后重新填写。");
            continue;
        };
        // A hidden value is never compared: the answer would tell it.
        if rights.hides(name) {
            checker.add(&at, "not_yours", NOT_YOURS);
            continue;
        }
        let count = checker.problems.len();
        let read = checker.value(field, value, &at);
        let is_changed = read.as_ref() != old.get(name) || checker.problems.len() > count;
        if is_changed && !rights.may_write(name) {
            checker.problems.truncate(count);
            checker.add(&at, "not_yours", NOT_YOURS);
            continue;
        }
        match read {
            Some(read) => values.0.insert(name.clone(), read),
            None => values.0.remove(name),
        };
    }
    if checker.problems.is_empty() {
        return Ok(values);
    }
    checker.problems.truncate(PROBLEMS_MAX);
    Err(checker.problems)
}

const NOT_YOURS: &str = "在本环节不能修改，请恢复原值；确需修改的，请退回有权填写的环节。";

/// `old` with `patch`, when all is right and nothing is missing that this step must fill.
///
/// # Errors
/// Everything that is wrong or missing.
pub fn validate(
    form: &Form,
    rights: &Rights,
    old: &Values,
    patch: &Values,
    known: &dyn Known,
) -> Result<Values, Vec<Problem>> {
    let values = fill(form, rights, old, patch, known)?;
    let missing = missing(form, rights, &values);
    if missing.is_empty() { Ok(values) } else { Err(missing) }
}

/// What must be filled at this step and is not: what the step requires, what the form requires of
/// the fields the step may write, and the required columns of every row.
#[must_use]
pub fn missing(form: &Form, rights: &Rights, values: &Values) -> Vec<Problem> {
    let mut problems = Vec::new();
    for field in &form.fields {
        let is_mine = rights.may_write(&field.name);
        let is_asked = rights.require.contains(&field.name) || field.required;
        let at = Spot::field(&field.name);
        match values.get(&field.name) {
            None if is_mine && is_asked => problems.push(at.problem("missing", NOT_FILLED)),
            Some(value) if is_mine => problems.extend(missing_within(&field.kind, value, &at)),
            _ => {}
        }
    }
    problems.truncate(PROBLEMS_MAX);
    problems
}

const NOT_FILLED: &str = "没有填写，请填写后提交。";

fn missing_within(kind: &Kind, value: &Value, at: &Spot) -> Vec<Problem> {
    let entries = value.as_array().map_or(&[][..], Vec::as_slice);
    let mut problems = Vec::new();
    if let Kind::Choices(_, counts) | Kind::Several(_, counts) | Kind::Table(_, counts) = kind
        && let Some(fewest) = counts.minimum
        && entries.len() < usize::try_from(fewest).unwrap_or(usize::MAX)
    {
        problems.push(at.problem("count", &format!("至少要有{fewest}项，请补充。")));
    }
    let Kind::Table(columns, _) = kind else { return problems };
    for (number, row) in entries.iter().enumerate() {
        let needed = columns.iter().filter(|column| column.required);
        let empty = needed.filter(|column| row.get(&column.name).is_none());
        let cells = empty.map(|column| at.cell(number, &column.name));
        problems.extend(cells.map(|cell| cell.problem("missing", NOT_FILLED)));
    }
    problems
}

/// Where a value stands: for a program, and for a person.
struct Spot {
    pointer: String,
    said: String,
}

impl Spot {
    fn field(name: &str) -> Self {
        let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
        Self { pointer, said: format!("“{name}”") }
    }

    fn row(&self, number: usize) -> Self {
        Self {
            pointer: format!("{}/{number}", self.pointer),
            said: format!("{}第{}行", self.said, number.saturating_add(1)),
        }
    }

    fn cell(&self, number: usize, column: &str) -> Self {
        let (row, cell) = (self.row(number), Self::field(column));
        Self {
            pointer: format!("{}{}", row.pointer, cell.pointer),
            said: format!("{}的{}", row.said, cell.said),
        }
    }

    fn problem(&self, code: &'static str, what: &str) -> Problem {
        let message = format!("{}{what}", self.said);
        Problem { pointer: self.pointer.clone(), code, message }
    }
}

struct Checker<'a> {
    known: &'a dyn Known,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn add(&mut self, at: &Spot, code: &'static str, what: &str) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(at.problem(code, what));
        }
    }

    /// The value as it is kept; nothing when it is empty or wrong.
    fn value(&mut self, field: &Field, value: &Value, at: &Spot) -> Option<Value> {
        let is_empty = match value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(entries) => entries.is_empty(),
            _ => false,
        };
        if is_empty {
            return None;
        }
        match &field.kind {
            Kind::Choices(choices, counts) => {
                self.several(value, at, *counts, |one| is_choice(choices, one).map(|()| one.into()))
            }
            Kind::Several(reference, counts) => {
                let known = self.known;
                self.several(value, at, *counts, |one| exists(known, *reference, one))
            }
            Kind::Table(columns, counts) => self.rows(columns, value, at, *counts),
            kind => match single(kind, value, self.known) {
                Ok(value) => Some(value),
                Err(wrong) => {
                    self.add(at, wrong.code, &wrong.what);
                    None
                }
            },
        }
    }

    fn entries<'v>(
        &mut self,
        value: &'v Value,
        at: &Spot,
        counts: Counts,
    ) -> Option<&'v Vec<Value>> {
        let Some(entries) = value.as_array() else {
            self.add(at, "type", "应有若干项，请重新填写。");
            return None;
        };
        let most = counts.maximum.unwrap_or(ITEMS_MAX);
        if entries.len() > usize::try_from(most).unwrap_or(usize::MAX) {
            let what = format!("有{}项，最多{most}项，请删减。", entries.len());
            self.add(at, "count", &what);
            return None;
        }
        Some(entries)
    }

    fn several(
        &mut self,
        value: &Value,
        at: &Spot,
        counts: Counts,
        check: impl Fn(&str) -> Result<Value, Wrong>,
    ) -> Option<Value> {
        let mut kept: Vec<Value> = Vec::new();
        for entry in self.entries(value, at, counts)? {
            let one = entry.as_str().ok_or_else(|| Wrong::new("type", "应为文字，请重新选择。"));
            match one.and_then(&check) {
                Ok(one) if kept.contains(&one) => {
                    self.add(at, "twice", "有重复的项，请删去一个。");
                }
                Ok(one) => kept.push(one),
                Err(wrong) => self.add(at, wrong.code, &wrong.what),
            }
        }
        Some(Value::Array(kept))
    }

    fn rows(
        &mut self,
        columns: &[Field],
        value: &Value,
        at: &Spot,
        counts: Counts,
    ) -> Option<Value> {
        let mut kept = Vec::new();
        for (number, row) in self.entries(value, at, counts)?.iter().enumerate() {
            let Some(row) = row.as_object() else {
                self.add(&at.row(number), "type", "不是一行，请重新填写。");
                continue;
            };
            kept.push(self.row(columns, row, at, number));
        }
        Some(Value::Array(kept))
    }

    fn row(
        &mut self,
        columns: &[Field],
        row: &Map<String, Value>,
        at: &Spot,
        number: usize,
    ) -> Value {
        let mut kept = Map::new();
        for (name, value) in row {
            let cell = at.cell(number, name);
            let Some(column) = columns.iter().find(|column| column.name == *name) else {
                self.add(&cell, "unknown", "不是本表的列，请刷新页面后重新填写。");
                continue;
            };
            if let Some(value) = self.value(column, value, &cell) {
                kept.insert(name.clone(), value);
            }
        }
        Value::Object(kept)
    }
}
