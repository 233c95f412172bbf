//! Decision tables, one decision at a time and a million rows at once, and the whole
//! compatibility kit.

use crate::{line, rate};
use lingnan_dmn::bulk::{BulkTable, Column};
use lingnan_dmn::feel::{Context, Scope, Value};
use lingnan_dmn::model::{Inputs, Model};
use lingnan_dmn::tck;
use std::io::Read;
use std::path::Path;
use std::time::Instant;

/// Rows of the bulk; decisions one at a time are a tenth.
const ROWS: u32 = 1_000_000;
/// Rules of the table.
const RULES: i64 = 12;

/// A grant by age and income: twelve rules, each with two ranges.
fn model() -> String {
    let input = |name: &str| {
        format!("<input><inputExpression><text>{name}</text></inputExpression></input>")
    };
    let rule = |n: i64| {
        format!(
            "<rule><inputEntry><text>[{}..{})</text></inputEntry><inputEntry>\
             <text>&lt; {}</text></inputEntry><outputEntry><text>{n}</text></outputEntry></rule>",
            n * 10,
            n * 10 + 10,
            (n + 1) * 1_000
        )
    };
    let rules: String = (0..RULES).map(rule).collect();
    let need = |name: &str| {
        format!(
            "<informationRequirement><requiredInput href=\"#{name}\"/></informationRequirement>"
        )
    };
    format!(
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" \
         namespace=\"n\"><inputData name=\"age\" id=\"age\"/><inputData name=\"income\" \
         id=\"income\"/><decision name=\"grant\" id=\"grant\">{}{}<decisionTable \
         hitPolicy=\"FIRST\">{}{}<output/>{rules}</decisionTable></decision></definitions>",
        need("age"),
        need("income"),
        input("age"),
        input("income")
    )
}

/// The same inputs for both ways: ages to 119, incomes to 11,999.
fn inputs(row: u32) -> (i64, i64) {
    let mixed = i64::from(row.wrapping_mul(2_654_435_761) >> 8);
    (mixed % 120, mixed % 11_999)
}

/// Decisions per second both ways; both must say the same.
pub(crate) fn single_and_bulk() -> Result<(), String> {
    let model = Model::parse(&model(), &[]).map_err(|error| error.to_string())?;
    let mut single: Vec<Value> = Vec::new();
    let begun = Instant::now();
    for row in 0..ROWS / 10 {
        let (age, income) = inputs(row);
        let inputs =
            Inputs::default().with("age", Value::from(age)).with("income", Value::from(income));
        let decided = model.decide("grant", &inputs, &mut Context::default());
        single.push(decided.map_err(|error| error.to_string())?);
    }
    line("decisions.single", rate(ROWS / 10, begun.elapsed()), "decisions/s", ">= 100000");
    let table = BulkTable::compile(&model, "grant").ok_or("the decision is a table")?;
    assert!(table.is_columnar(), "the table is looked up, not evaluated");
    let (ages, incomes): (Vec<i64>, Vec<i64>) = (0..ROWS).map(inputs).unzip();
    let columns = [Column::Integers(&ages), Column::Integers(&incomes)];
    let begun = Instant::now();
    let first = table.first(&columns).ok_or("the table is columnar")?;
    let bulk = rate(ROWS, begun.elapsed());
    let rules = f64::from(u32::try_from(RULES).unwrap_or(0));
    line("decisions.bulk", bulk, "decisions/s", "");
    line("decisions.bulk.rules", bulk * rules, "rows x rules/s", ">= 50000000");
    let begun = Instant::now();
    let results = table
        .decide(&columns, &Scope::default(), &mut Context::default().with_fuel(u64::MAX))
        .map_err(|error| error.to_string())?;
    line("decisions.bulk.results", rate(ROWS, begun.elapsed()), "decisions/s", "");
    for (bulk, single) in results.iter().zip(&single) {
        assert_eq!(bulk.to_string(), single.to_string(), "in bulk as one at a time");
    }
    for (said, place) in results.iter().zip(first) {
        let expected = place.map_or_else(|| "null".to_owned(), |place| place.to_string());
        assert_eq!(said.to_string(), expected, "the rule's number is what it says");
    }
    Ok(())
}

/// Seconds for both levels of the compatibility kit: read, built, evaluated and compared.
pub(crate) fn compatibility_kit() -> Result<(), String> {
    let mut files = Vec::new();
    for level in ["compliance-level-2", "compliance-level-3", "non-compliant"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../formats/dmn/tests/tck");
        let path = folder.join(level).with_extension("gz");
        let packed = std::fs::File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let mut all = String::new();
        let mut unpacked = flate2::read::GzDecoder::new(packed);
        unpacked.read_to_string(&mut all).map_err(|e| e.to_string())?;
        files.push(all);
    }
    let begun = Instant::now();
    let (mut cases, mut passed) = (0, 0);
    for level in &files {
        let report = tck::run(&unpack(level));
        cases += report.verdicts.len();
        passed += report.passed();
    }
    let seconds = begun.elapsed().as_secs_f64();
    let cases = f64::from(u32::try_from(cases).unwrap_or(0));
    let passed = f64::from(u32::try_from(passed).unwrap_or(0));
    line("dmn_tck.passed", passed, "of 3433 cases", ">= 3418");
    line("dmn_tck.cases_per_second", cases / seconds, "cases/s", "");
    line("dmn_tck.wall", seconds, "s", "");
    Ok(())
}

/// For each file a line with length and path, then its bytes.
fn unpack(mut rest: &str) -> Vec<tck::File<'_>> {
    let mut files = Vec::new();
    while let Some((line, after)) = rest.split_once('\n') {
        let Some((length, path)) = line.split_once(' ') else { break };
        let Some((text, next)) = length.parse().ok().and_then(|at| after.split_at_checked(at))
        else {
            break;
        };
        files.push(tck::File { path, text });
        rest = next;
    }
    files
}
