//! Expressions and the values they must have.

use lingnan_dmn::feel::{Context, Expression, Names, Scope, Tests, Value, from_json};
use lingnan_dmn::temporal::DateTime;
use serde_json::json;

fn scope() -> Scope {
    let values = json!({
        "金额": 120_000.5, "部门": "财务科", "金额（元）": 7, "order size": 12,
        "employees": [{"name": "王", "age": 30}, {"name": "李", "age": 45}],
    });
    let entries = values.as_object().unwrap();
    Scope::new(entries.iter().map(|(name, json)| (name.as_str().into(), from_json(json))).collect())
}

/// The value as text, with the messages when there are any.
pub(super) fn value(text: &str) -> String {
    let names = Names::new(["金额", "部门", "金额（元）", "order size", "employees"]);
    let now = DateTime::parse("2026-11-24T08:30:00+08:00").unwrap();
    let mut context = Context::default().at(now).with_fuel(400_000);
    let expression = match Expression::parse(text, &names) {
        Ok(expression) => expression,
        Err(error) => return error.to_string(),
    };
    match expression.evaluate(&scope(), &mut context) {
        Ok(value) => value.to_string(),
        Err(halt) => halt.to_string(),
    }
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(value(text), *expected, "{text}");
    }
}

#[test]
fn numbers_are_decimals_of_34_digits() {
    check(&[
        ("0.1 + 0.2", "0.3"),
        ("1 / 3", "0.3333333333333333333333333333333333"),
        ("2 / 3", "0.6666666666666666666666666666666667"),
        ("10 / 4", "2.5"),
        ("9999999999999999999999999999999999 + 1", "10000000000000000000000000000000000"),
        ("1e40 + 1e33 - 1e40", "1000000000000000000000000000000000"),
        ("1e40 + 1 - 1e40", "0"),
        ("-3 ** 2", "9"),
        ("2 ** 0.5", "1.414213562373095048801688724209698"),
        ("2 ** -2", "0.25"),
        ("sqrt(2)", "1.414213562373095048801688724209698"),
        ("exp(1)", "2.718281828459045235360287471352662"),
        ("exp(-1)", "0.3678794411714423215955237701614609"),
        ("exp(0)", "1"),
        ("log(10)", "2.302585092994045684017991454684364"),
        ("log(1.0000000000000000000001)", "0.000000000000000000000099999999999999999999995"),
        ("decimal(exp(log(123.456)), 28)", "123.456"),
        ("modulo(-12, 5)", "3"),
        ("modulo(10.1, 4.5)", "1.1"),
        ("decimal(2.5, 0)", "2"),
        ("round half up(-1.125, 2)", "-1.13"),
        ("floor(-1.5)", "-2"),
        ("decimal(1115, -2)", "1100"),
        ("stddev([2, 4, 7, 5])", "2.081665999466132735282297706979931"),
        ("1 / 0", "null"),
        ("1e6144 * 10", "null"),
        ("1e-6176 / 10", "0"),
    ]);
}

#[test]
fn names_may_be_several_words_and_chinese() {
    check(&[
        ("金额 > 100000", "true"),
        ("金额 between 1 and 120000.5", "true"),
        ("部门 in (\"财务科\", \"人事科\")", "true"),
        ("金额（元） * 2", "14"),
        ("order size - 2", "10"),
        ("if 金额 > 100000 and 部门 = \"财务科\" then \"局长\" else \"科长\"", "局长"),
        ("employees[age > 40].name", "[\"李\"]"),
        ("employees[item.age > 40][1].name", "李"),
        ("count(employees)", "2"),
        ("{实 发: 1}.实 发 + 1", "2"),
        ("{应 付: 金额 * 2, 结果: 应 付 + 1}.结果", "240002"),
        ("for 人 in employees return 人.age + 1", "[31, 46]"),
    ]);
}

#[test]
fn a_mistake_says_where_it_is_and_what_was_expected() {
    check(&[
        ("金额 >", "第1行第5列：应为表达式，却已结束"),
        ("金额 > 1 and\n 部们 = 2", "第2行第2列：应为已定义的名称，却是“部们”"),
        ("金额＞5", "第1行第1列：应为已定义的名称（运算符和括号用半角），却是“金额＞5”"),
        ("(1 + 2", "第1行第7列：应为“)”，却已结束"),
        ("if true then 1", "第1行第15列：应为“else”，却已结束"),
        ("\"部门", "第1行第1列：应为以引号结束的文字，却是“\"部门”"),
        ("1 # 2", "第1行第3列：应为名称、数、文字或运算符，却是“# 2”"),
        ("1 2", "第1行第3列：应为运算符或结束，却是“2”"),
    ]);
}

#[test]
fn dates_times_and_durations_compute() {
    check(&[
        ("date(\"2026-11-24\") + duration(\"P1M\")", "2026-12-24"),
        ("date(\"2024-01-31\") + @\"P1M\"", "2024-02-29"),
        ("@\"2026-11-24\" - @\"2026-11-20\"", "P4D"),
        ("@\"2026-11-24T08:30:00+08:00\" - @\"2026-11-24T00:30:00Z\"", "PT0S"),
        ("@\"2026-11-24T08:30:00@Asia/Shanghai\" = @\"2026-11-24T00:30:00Z\"", "true"),
        ("@\"2026-11-24T08:30:00@Asia/Shanghai\".time offset", "PT8H"),
        ("now()", "2026-11-24T08:30:00+08:00"),
        ("today() > @\"2026-11-23\"", "true"),
        ("day of week(today())", "Tuesday"),
        ("week of year(@\"2021-01-03\")", "53"),
        ("@\"P1DT36H\"", "P2DT12H"),
        ("years and months duration(@\"2011-12-22\", @\"2013-08-24\")", "P1Y8M"),
        ("date(\"2026-02-30\")", "null"),
        ("@\"999999999-12-31\" + @\"P1D\"", "null"),
        ("string(@\"-0001-01-01\")", "-0001-01-01"),
        ("@\"PT1H\" * 1.5", "PT1H30M"),
    ]);
}

#[test]
fn lists_ranges_and_functions_work() {
    check(&[
        ("[1, 2, 3][item >= 2]", "[2, 3]"),
        ("[1..10[.end included", "false"),
        ("5 in [1..10)", "true"),
        ("5 in (< 5, > 5)", "false"),
        ("for i in 1..4 return if i = 1 then 1 else i * partial[-1]", "[1, 2, 6, 24]"),
        ("for i in 3..1 return i", "[3, 2, 1]"),
        ("some x in [1, 2] satisfies x > 1", "true"),
        ("every x in [1, null] satisfies x > 0", "null"),
        ("sort([3, 1, 2], function(a, b) a > b)", "[3, 2, 1]"),
        ("(function(a: number, b: number) a + b)(b: 1, a: 2)", "3"),
        ("flatten([1, [2, [3]]])", "[1, 2, 3]"),
        ("string join([\"甲\", null, \"乙\"], \"、\")", "甲、乙"),
        ("substring(\"岭南政务\", -2)", "政务"),
        ("replace(\"0123\", \"(\\d)(\\d)\", \"$2$1\")", "1032"),
        ("split(\"a;b;;c\", \";\")", "[\"a\", \"b\", \"\", \"c\"]"),
        ("matches(\"x\", \"[a-z-[aeiou]]\")", "true"),
        ("context put({a: {b: 1}}, [\"a\", \"b\"], 2)", "{a: {b: 2}}"),
        ("get value({a: 1}, \"a\")", "1"),
        ("true and null", "null"),
        ("false and null", "false"),
        ("[1, 2] instance of list<number>", "true"),
        ("overlaps([1..5], (5..8])", "false"),
    ]);
}

#[test]
fn cells_test_a_value() {
    for (cell, value, passes) in [
        ("-", "1", true),
        ("< 5, > 10", "11", true),
        ("[1..3)", "3", false),
        ("not(1, 2)", "2", false),
        ("not(1, 2)", "3", true),
        ("\"甲\", \"乙\"", "\"乙\"", true),
        ("? * 2 > 5", "3", true),
        ("[1, 2, 3]", "2", true),
        ("null", "null", true),
        ("金额", "120000.5", true),
        ("true", "1", false),
    ] {
        let names = Names::new(["金额"]);
        let tests = Tests::parse(cell, &names).unwrap();
        let mut context = Context::default();
        let given = Expression::parse(value, &names).unwrap();
        let given: Value = given.evaluate(&scope(), &mut context).unwrap();
        assert_eq!(tests.pass(&given, &scope(), &mut context), Ok(passes), "{cell} {value}");
    }
}
