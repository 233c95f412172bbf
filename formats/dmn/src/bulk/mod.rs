//! Decision tables for many rows at once: each input column is cut where its tests change, each
//! piece has a bit for every rule that it passes, and a row is the conjunction of its pieces.

mod column;
mod sample;

pub use sample::Sample;

use crate::Error;
use crate::feel::{Context, Halt, Scope, Value};
use crate::model::hits::{decided, disallowed, for_values, said, unmatched};
use crate::model::{Model, Policy, Table};
use column::{Cut, Piece};

/// The values of one input, a value a row.
#[derive(Debug, Clone, Copy)]
pub enum Column<'a> {
    /// Of any kind.
    Values(&'a [Value]),
    /// Integers, which are looked up without decimals.
    Integers(&'a [i64]),
}

impl Column<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Values(values) => values.len(),
            Self::Integers(values) => values.len(),
        }
    }

    fn value(&self, row: usize) -> Value {
        let found = match self {
            Self::Values(values) => values.get(row).cloned(),
            Self::Integers(values) => values.get(row).map(|n| Value::from(*n)),
        };
        found.unwrap_or(Value::Null)
    }
}

/// A decision table, ready for many rows.
#[derive(Debug, Clone)]
pub struct BulkTable {
    model: Model,
    table: Table,
    columnar: Option<Columnar>,
}

/// A table all of whose tests and outputs are constants.
#[derive(Debug, Clone)]
struct Columnar {
    cuts: Vec<Cut>,
    /// Words of 64 rules a row.
    words: usize,
    /// What each rule says, output by output.
    outputs: Vec<Vec<Value>>,
    /// What each rule makes when it alone matches.
    alone: Vec<Value>,
    unmatched: Value,
}

/// Tables with more rules take the general way: their masks would be larger than what they save.
const RULES_MAX: usize = 4096;

impl BulkTable {
    /// Compiles the table that a decision consists of; none when it is not a table.
    ///
    /// A table whose cells are constants, comparisons, ranges and lists of numbers, texts, dates
    /// or booleans, and whose inputs have no types of the model's own, becomes columnar; any
    /// other is evaluated row by row.
    pub fn compile(model: &Model, decision: &str) -> Option<Self> {
        let table = model.table(decision)?.clone();
        let columnar = Columnar::compile(model, &table);
        Some(Self { model: model.clone(), table, columnar })
    }

    /// Whether rows are looked up and not evaluated.
    pub fn is_columnar(&self) -> bool {
        self.columnar.is_some()
    }

    /// The texts of the input expressions, in the order of the columns.
    pub fn inputs(&self) -> Vec<&str> {
        self.table.inputs.iter().map(|input| input.expression.text()).collect()
    }

    /// The result for every row, as [`Model::decide`] gives it, for the values that the input
    /// expressions have. `scope` has the other names that cells use, if any.
    ///
    /// # Errors
    ///
    /// When an evaluation had to stop.
    ///
    /// # Panics
    ///
    /// When there is not one column for each input, or they differ in length.
    pub fn decide(
        &self,
        columns: &[Column<'_>],
        scope: &Scope,
        context: &mut Context,
    ) -> Result<Vec<Value>, Error> {
        let rows = columns.first().map_or(0, Column::len);
        assert_eq!(columns.len(), self.table.inputs.len(), "one column for each input");
        assert!(columns.iter().all(|column| column.len() == rows), "columns of one length");
        let Some(columnar) = &self.columnar else {
            let row = |row| self.general(columns, row, scope, context);
            return Ok((0..rows).map(row).collect::<Result<_, Halt>>()?);
        };
        let (masks, strange) = columnar.masks(columns, rows);
        let mut results = Vec::with_capacity(rows);
        for ((row, mask), strange) in masks.chunks(columnar.words).enumerate().zip(strange) {
            results.push(if strange {
                self.general(columns, row, scope, context)?
            } else {
                columnar.result(mask, &self.table, context)?
            });
        }
        Ok(results)
    }

    /// The place of the first rule that matches each row, from 0; none when the table is not
    /// columnar. A row with a value of another kind than its column's has none.
    pub fn first(&self, columns: &[Column<'_>]) -> Option<Vec<Option<u32>>> {
        let columnar = self.columnar.as_ref()?;
        let rows = columns.first().map_or(0, Column::len);
        let (masks, _) = columnar.masks(columns, rows);
        Some(masks.chunks(columnar.words).map(lowest).collect())
    }

    fn general(
        &self,
        columns: &[Column<'_>],
        row: usize,
        scope: &Scope,
        context: &mut Context,
    ) -> Result<Value, Halt> {
        let items = self.model.items();
        let mut values = Vec::with_capacity(columns.len());
        for (column, input) in columns.iter().zip(&self.table.inputs) {
            let value = column.value(row);
            values.push(match &input.kind {
                Some(kind) => items.fit(kind, value, context)?.unwrap_or(Value::Null),
                None => value,
            });
        }
        if let Some(wrong) = disallowed(&self.table, &values, scope, context)? {
            return Ok(wrong);
        }
        for_values(&self.table, &values, items, scope, context)
    }
}

fn lowest(mask: &[u64]) -> Option<u32> {
    let (word, bits) = (0_u32..).zip(mask).find(|(_, bits)| **bits != 0)?;
    Some(word * 64 + bits.trailing_zeros())
}

/// The places of all rules of a mask.
fn places(mask: &[u64]) -> Vec<usize> {
    let bit =
        |place: &usize| mask.get(place / 64).is_some_and(|bits| bits >> (place % 64) & 1 == 1);
    (0..mask.len() * 64).filter(bit).collect()
}

impl Columnar {
    fn compile(model: &Model, table: &Table) -> Option<Self> {
        if table.rules.len() > RULES_MAX || table.inputs.is_empty() {
            return None;
        }
        let words = table.rules.len().div_ceil(64).max(1);
        let mut context = Context::default();
        let mut cuts = Vec::with_capacity(table.inputs.len());
        for (place, input) in table.inputs.iter().enumerate() {
            // What a type demands is decided by the general way.
            if input.values.is_some() || input.kind.as_ref().is_some_and(|k| !model.items().own(k))
            {
                return None;
            }
            let tests: Option<Vec<_>> = table.rules.iter().map(|r| r.tests.get(place)).collect();
            let kind = input.kind.as_ref().map(|kind| model.items().kind(kind));
            cuts.push(Cut::compile(&tests?, words, kind.as_ref(), &mut context)?);
        }
        let scope = Scope::default();
        let mut outputs = Vec::with_capacity(table.rules.len());
        let mut alone = Vec::with_capacity(table.rules.len());
        for rule in &table.rules {
            if !rule.outputs.iter().all(|output| column::is_constant(output.node())) {
                return None;
            }
            let values = said(rule, table, model.items(), &scope, &mut context).ok()?;
            alone.push(decided(table, vec![values.clone()], &mut context).ok()?);
            outputs.push(values);
        }
        let defaults = table.outputs.iter().filter_map(|output| output.default.as_ref());
        if !defaults.clone().all(|default| column::is_constant(default.node())) {
            return None;
        }
        let unmatched = unmatched(table, model.items(), &scope, &mut context).ok()?;
        Some(Self { cuts, words, outputs, alone, unmatched })
    }

    /// The rules that match each row, and which rows have values of another kind.
    fn masks(&self, columns: &[Column<'_>], rows: usize) -> (Vec<u64>, Vec<bool>) {
        let mut masks = vec![u64::MAX; rows * self.words];
        let mut strange = vec![false; rows];
        for (cut, column) in self.cuts.iter().zip(columns) {
            let rows = masks.chunks_mut(self.words).zip(&mut strange);
            match column {
                Column::Values(values) => {
                    for ((mask, strange), value) in rows.zip(*values) {
                        cut.narrow(cut.piece(value), mask, strange);
                    }
                }
                Column::Integers(values) => {
                    for ((mask, strange), value) in rows.zip(*values) {
                        cut.narrow(cut.piece_of(*value), mask, strange);
                    }
                }
            }
        }
        (masks, strange)
    }

    fn result(&self, mask: &[u64], table: &Table, context: &mut Context) -> Result<Value, Halt> {
        context.spend(1)?;
        let Some(first) = lowest(mask).and_then(|place| usize::try_from(place).ok()) else {
            return Ok(self.unmatched.clone());
        };
        let single = mask.iter().map(|bits| bits.count_ones()).sum::<u32>() == 1;
        if single || table.policy == Policy::First {
            return Ok(self.alone.get(first).cloned().unwrap_or(Value::Null));
        }
        let said = places(mask).into_iter().filter_map(|place| self.outputs.get(place).cloned());
        decided(table, said.collect(), context)
    }
}

impl Cut {
    fn narrow(&self, piece: Piece, mask: &mut [u64], strange: &mut bool) {
        match self.mask(piece) {
            Some(passed) => {
                for (bits, passed) in mask.iter_mut().zip(passed) {
                    *bits &= passed;
                }
            }
            None => {
                mask.fill(0);
                *strange = true;
            }
        }
    }
}
