//! A table of twelve rules with many rows, for measuring.

use super::{BulkTable, Column};
use crate::Error;
use crate::decimal::Decimal;
use crate::feel::{Context, Scope, Value};
use crate::model::{Inputs, Model};

/// Who signs for an amount of a kind, for rows made of a seed.
pub struct Sample {
    model: Model,
    table: BulkTable,
    amounts: Vec<i64>,
    levels: Vec<i64>,
}

const DECISION: &str = "谁批";

/// Rules of amount, level and who signs.
const RULES: [(&str, &str, &str); 12] = [
    ("&lt; 1000", "1", "11"),
    ("[1000..10000)", "1", "12"),
    ("[10000..100000)", "1", "13"),
    ("&gt;= 100000", "1", "14"),
    ("&lt; 1000", "2", "21"),
    ("[1000..10000)", "2", "22"),
    ("[10000..100000)", "2", "23"),
    ("&gt;= 100000", "2", "24"),
    ("&lt; 50000", "3, 4", "31"),
    ("[50000..500000)", "3, 4", "32"),
    ("&gt;= 500000", "3, 4", "33"),
    ("-", "&gt; 4", "50"),
];

fn text() -> String {
    let input = |name: &str| {
        format!("<inputData name=\"{name}\" id=\"{name}\"><variable name=\"{name}\"/></inputData>")
    };
    let needs = |name: &str| {
        let required = format!("<requiredInput href=\"#{name}\"/>");
        format!("<informationRequirement>{required}</informationRequirement>")
    };
    let asks = |name: &str| {
        format!("<input><inputExpression><text>{name}</text></inputExpression></input>")
    };
    let cell = |name: &str, text: &str| format!("<{name}><text>{text}</text></{name}>");
    let rule = |(amount, level, said): &(&str, &str, &str)| {
        let tests = cell("inputEntry", amount) + &cell("inputEntry", level);
        format!("<rule>{tests}{}</rule>", cell("outputEntry", said))
    };
    let rules: String = RULES.iter().map(rule).collect();
    let both = |part: &dyn Fn(&str) -> String| part("金额") + &part("层级");
    let table = format!("<decisionTable>{}<output/>{rules}</decisionTable>", both(&asks));
    let decision =
        format!("<decision name=\"{DECISION}\" id=\"d\">{}{table}</decision>", both(&needs));
    format!("<definitions namespace=\"n\" name=\"m\">{}{decision}</definitions>", both(&input))
}

impl Sample {
    /// So many rows, always the same for a seed.
    ///
    /// # Errors
    ///
    /// Never, as the model is fixed; but reading one may fail.
    pub fn new(rows: usize, seed: u64) -> Result<Self, Error> {
        let model = Model::parse(&text(), &[])?;
        let table = BulkTable::compile(&model, DECISION);
        let table = table.ok_or_else(|| Error::NoDecision(DECISION.to_owned()))?;
        let mut state = seed;
        let mut next = |below: u64| {
            // Knuth's multiplier: enough to spread rows over rules.
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((state >> 33) % below).unwrap_or_default()
        };
        let amounts = (0..rows).map(|_| next(1_000_000)).collect();
        let levels = (0..rows).map(|_| 1 + next(6)).collect();
        Ok(Self { model, table, amounts, levels })
    }

    /// The sum of the places of the rules that match all rows, by looking up.
    pub fn places(&self) -> u64 {
        let columns = [Column::Integers(&self.amounts), Column::Integers(&self.levels)];
        let found = self.table.first(&columns).unwrap_or_default();
        found.into_iter().flatten().map(u64::from).sum()
    }

    /// The sum of the results of all rows, at once.
    ///
    /// # Errors
    ///
    /// When the evaluation had to stop.
    pub fn bulk(&self, mut context: Context) -> Result<Decimal, Error> {
        let columns = [Column::Integers(&self.amounts), Column::Integers(&self.levels)];
        let results = self.table.decide(&columns, &Scope::default(), &mut context)?;
        Ok(sum(results.into_iter()))
    }

    /// The sum of the results of all rows, one decision after another.
    ///
    /// # Errors
    ///
    /// When an evaluation had to stop.
    pub fn single(&self) -> Result<Decimal, Error> {
        let mut total = Decimal::ZERO;
        for (amount, level) in self.amounts.iter().zip(&self.levels) {
            let inputs = Inputs::default()
                .with("金额", Value::from(*amount))
                .with("层级", Value::from(*level));
            let value = self.model.decide(DECISION, &inputs, &mut Context::default())?;
            total = total.plus(sum(std::iter::once(value))).unwrap_or(total);
        }
        Ok(total)
    }
}

fn sum(values: impl Iterator<Item = Value>) -> Decimal {
    values.fold(Decimal::ZERO, |total, value| match value {
        Value::Number(number) => total.plus(number).unwrap_or(total),
        _ => total,
    })
}
