//! Many rows at once must say what each row says by itself.

use super::models::model;
use lingnan_dmn::bulk::{BulkTable, Column, Sample};
use lingnan_dmn::feel::{Context, Expression, Names, Scope, Value};
use lingnan_dmn::model::{Inputs, Model};
use proptest::prelude::*;
use proptest::sample::select;

const POLICIES: [&str; 11] = [
    "UNIQUE",
    "ANY",
    "PRIORITY",
    "FIRST",
    "RULE ORDER",
    "OUTPUT ORDER",
    "COLLECT",
    "COLLECT\" aggregation=\"SUM",
    "COLLECT\" aggregation=\"COUNT",
    "COLLECT\" aggregation=\"MIN",
    "COLLECT\" aggregation=\"MAX",
];

const NUMBERS: [&str; 14] = [
    "-",
    "5",
    "< 5",
    ">= 2.5",
    "[1..5)",
    "(2..7]",
    "not(5)",
    "1, 3, 7",
    "not([2..4], 9)",
    "-3",
    "[1, 2, [4..6]]",
    "!= 3",
    "]1..7[",
    "not(< 4)",
];
const TEXTS: [&str; 8] =
    ["-", "\"甲\"", "\"甲\", \"乙\"", "not(\"乙\")", "< \"丙\"", "[\"a\"..\"b\"]", "\"\"", "\"a\""];
const DATES: [&str; 6] = [
    "-",
    "< date(\"2026-11-24\")",
    "[@\"2026-01-01\"..@\"2026-12-31\"]",
    "@\"2026-11-24\"",
    "not(@\"2026-11-24\")",
    "> @\"2027-01-01\"",
];
const TRUTHS: [&str; 4] = ["-", "true", "false", "not(true)"];

const VALUES: [&str; 22] = [
    "null",
    "5",
    "-3",
    "2.5",
    "2.4999",
    "4",
    "7",
    "9",
    "100",
    "1",
    "\"甲\"",
    "\"乙\"",
    "\"a\"",
    "\"ab\"",
    "\"\"",
    "true",
    "false",
    "@\"2026-11-24\"",
    "@\"2026-06-01\"",
    "@\"2028-01-01\"",
    "[5]",
    "[1, 2]",
];

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A table over inputs named `a`, `b`, …, with a rule for each list of cells and its output.
fn table(policy: &str, width: usize, rules: &[(Vec<&str>, u8)]) -> String {
    let names: Vec<&str> = ["a", "b", "c"].into_iter().take(width).collect();
    let mut inputs = String::new();
    let mut needs = String::new();
    let mut asked = String::new();
    for name in names {
        inputs += &format!("<inputData name=\"{name}\" id=\"{name}\"/>");
        let required = format!("<requiredInput href=\"#{name}\"/>");
        needs += &format!("<informationRequirement>{required}</informationRequirement>");
        asked += &format!("<input><inputExpression><text>{name}</text></inputExpression></input>");
    }
    let mut written = String::new();
    for (cells, said) in rules {
        written += "<rule>";
        for cell in cells {
            written += &format!("<inputEntry><text>{}</text></inputEntry>", escaped(cell));
        }
        written += &format!("<outputEntry><text>{said}</text></outputEntry></rule>");
    }
    model(&format!(
        "{inputs}<decision name=\"d\" id=\"d\">{needs}<decisionTable hitPolicy=\"{policy}\">{asked}\
         <output><outputValues><text>2, 0, 1, 3</text></outputValues></output>{written}\
         </decisionTable></decision>"
    ))
}

fn value(text: &str) -> Value {
    let expression = Expression::parse(text, &Names::default()).unwrap();
    expression.evaluate(&Scope::default(), &mut Context::default()).unwrap()
}

/// Cells of one column: all of one kind, so that it is columnar.
fn cells(rules: usize) -> impl Strategy<Value = Vec<&'static str>> {
    let of = move |cells: &'static [&'static str]| prop::collection::vec(select(cells), rules);
    prop_oneof![of(&NUMBERS), of(&TEXTS), of(&DATES), of(&TRUTHS)]
}

type Rules = Vec<(Vec<&'static str>, u8)>;

fn rules() -> impl Strategy<Value = (usize, Rules)> {
    // More than 64 rules need a second word.
    let counts = prop_oneof![4 => 1_usize..8, 1 => 63_usize..70];
    (1_usize..4, counts).prop_flat_map(|(width, count)| {
        let columns = prop::collection::vec(cells(count), width);
        let outputs = prop::collection::vec(0_u8..4, count);
        (columns, outputs).prop_map(move |(columns, outputs)| {
            let row = |n: usize| columns.iter().map(|column| column[n]).collect();
            (width, outputs.iter().enumerate().map(|(n, said)| (row(n), *said)).collect())
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn bulk_is_single(
        policy in select(&POLICIES[..]),
        (width, rules) in rules(),
        rows in prop::collection::vec(prop::collection::vec(select(&VALUES[..]), 3), 1..12),
    ) {
        let model = Model::parse(&table(policy, width, &rules), &[]).unwrap();
        prop_assert_eq!(model.problems(), Vec::<String>::new());
        let bulk = BulkTable::compile(&model, "d").unwrap();
        prop_assert!(bulk.is_columnar());
        let column = |n: usize| rows.iter().map(|row| value(row[n])).collect::<Vec<Value>>();
        let columns: Vec<Vec<Value>> = (0..width).map(column).collect();
        let given: Vec<Column<'_>> = columns.iter().map(|c| Column::Values(c)).collect();
        let scope = Scope::default();
        let found = bulk.decide(&given, &scope, &mut Context::default()).unwrap();
        for (row, found) in found.iter().enumerate() {
            let mut inputs = Inputs::default();
            for (name, column) in ["a", "b", "c"].iter().zip(&columns) {
                inputs = inputs.with(name, column[row].clone());
            }
            let single = model.decide("d", &inputs, &mut Context::default()).unwrap();
            prop_assert_eq!(found.to_string(), single.to_string(), "{:?} {:?}", rows[row], rules);
        }
    }
}

#[test]
fn integers_are_the_same_numbers() {
    let rules = [(vec!["< 5"], 1), (vec!["[5..7.5]"], 2), (vec!["> 7.5"], 3)];
    let model = Model::parse(&table("UNIQUE", 1, &rules), &[]).unwrap();
    let bulk = BulkTable::compile(&model, "d").unwrap();
    assert_eq!(bulk.inputs(), ["a"]);
    let columns = [Column::Integers(&[4, 5, 7, 8, i64::MIN, i64::MAX])];
    let found = bulk.decide(&columns, &Scope::default(), &mut Context::default()).unwrap();
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["1", "2", "2", "3", "1", "3"]);
    assert_eq!(bulk.first(&columns).unwrap()[..3], [Some(0), Some(1), Some(1)]);
}

#[test]
fn what_is_not_constant_takes_the_general_way() {
    for cells in [vec!["b - 1"], vec!["? > 3"], vec!["< b"]] {
        let rules = [(cells, 1), (vec!["5"], 2)];
        let model = Model::parse(&table("FIRST", 1, &rules), &[]).unwrap();
        let bulk = BulkTable::compile(&model, "d").unwrap();
        assert!(!bulk.is_columnar());
        let column = [value("5"), value("null")];
        let scope = Scope::default().with("b".into(), value("6"));
        let columns = [Column::Values(&column)];
        assert!(bulk.first(&columns).is_none());
        let found = bulk.decide(&columns, &scope, &mut Context::default()).unwrap();
        assert!(!found[0].is_null() && found[1].is_null(), "{found:?}");
    }
    let model = Model::parse(&model("<decision name=\"d\" id=\"d\"/>"), &[]).unwrap();
    assert!(BulkTable::compile(&model, "d").is_none());
}

#[test]
fn the_sample_sums_to_the_same_both_ways() {
    let sample = Sample::new(500, 7).unwrap();
    assert_eq!(sample.bulk(Context::default()).unwrap(), sample.single().unwrap());
    assert!(sample.places() > 0);
}
