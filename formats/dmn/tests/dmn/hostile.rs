//! Texts that ask for more than there is: each has an answer, soon.

use super::expressions::value;
use lingnan_dmn::feel::{Context, Expression, Names, Scope, TEXT_MAX};
use proptest::prelude::*;

const FUEL: &str = "计算量超过上限，已停止";
const DEPTH: &str = "调用嵌套过深，已停止";

#[test]
fn deep_nesting_is_a_syntax_error() {
    for open in ["(", "[", "{a:", "-(", "not(", "if ", "f(", "1 in (", "a[", "function() "] {
        let count = 250_000 / open.len();
        let text = open.repeat(count);
        let error = value(&text);
        assert!(error.contains("嵌套") || error.contains("应为"), "{open}: {error}");
    }
    let long = "(".repeat(1_000_000);
    assert!(value(&long).contains("KB的表达式"));
    assert!(value(&"a.".repeat(TEXT_MAX / 2)).contains("应为"));
    assert!(value(&format!("{}1", "-".repeat(100_000))).contains("更短的一串"));
    assert!(value(&format!("金额{}", "[1]".repeat(50_000))).contains("更短的一串"));
    assert!(value(&format!("1{}", " = 1".repeat(50_000))).contains("更短的一串"));
}

#[test]
fn many_names_are_known_in_time() {
    let entries: String = (0..9000).map(|n| format!("a {n}: a {},", n.max(1) - 1)).collect();
    assert!(value(&format!("{{a 0: 1, {entries}}}")).contains("null"));
    let entries: String = (1..9000).map(|n| format!("a {n}: a {} + 1,", n - 1)).collect();
    assert_eq!(value(&format!("{{a 0: 1, {entries} z: 1}}.a 8999")), "9000");
    let words = "a ".repeat(60_000);
    assert!(value(&format!("{{{words}: 1}}")).contains("a a a"));
}

#[test]
fn long_sums_and_conjunctions_are_computed() {
    assert_eq!(value(&format!("1{}", " + 1".repeat(50_000))), "50001");
    assert_eq!(value(&format!("true{}", " and true".repeat(20_000))), "true");
    assert_eq!(value(&format!("count([1{}])", ", 1".repeat(50_000))), "50001");
}

#[test]
fn the_deepest_text_that_parses_evaluates_or_halts() {
    let parentheses = format!("{}1{}", "(".repeat(62), ")".repeat(62));
    assert_eq!(value(&parentheses), "1");
    let links = "[1]".repeat(400);
    let lists = format!("{}1{}{links}", "[".repeat(60), "]".repeat(60));
    assert_eq!(value(&lists), DEPTH);
    let calls = format!("{}0{}", "abs(-".repeat(30), ")".repeat(30));
    assert_eq!(value(&calls), "0");
}

#[test]
fn endless_work_runs_out_of_fuel() {
    for text in [
        "for i in 1..100000000000 return i",
        "some i in 1..100000000000 satisfies i < 0",
        "for a in 1..9999, b in 1..9999, c in 1..9999 return 1",
        "for i in 1..100000 return count(partial)",
        "for i in 1..60 return if i = 1 then \"0123456789\" else partial[-1] + partial[-1]",
        "(for i in [1..99999999999] return i)[1]",
        "sort(for i in 1..1000000 return -i)",
        "for i in 1..99999999 return 1.1 ** 0.5",
        "{l: for i in 1..9999 return i, r: for j in 1..99999 return l instance of list<number>}",
        "{l: for i in 1..9999 return i, r: for j in 1..99999 return some k in l satisfies true}",
        "{s: string join(for i in 1..9999 return \"abc\"), r: for j in 1..999999 return s < s}",
        "{s: string join(for i in 1..9999 return \"abc\"), r: for j in 1..999999 return number(s)}",
    ] {
        let halted = value(text);
        assert!(halted == FUEL || halted == "文字过长，已停止", "{text}: {halted}");
    }
}

#[test]
fn endless_recursion_and_towers_of_values_halt() {
    let omega = "{f: function(f) f(f), r: f(f)}";
    assert_eq!(value(omega), DEPTH);
    for step in [
        "sort([2, 1], function(a, b) f(f))",
        "(for i in [f] return i(i))[1]",
        "some i in [f] satisfies i(i)",
        "[f][item(item)]",
        "{a: {b: [f(f)]}}",
        "if f(f) then 1 else 2",
        "1 + (2 * (3 - f(f)))",
        "list replace([1], function(a, b) f(f), 1)",
        "f(f) in (f(f), < f(f))",
        "for i in 1..2, j in 1..2, k in [f] return k(k)",
    ] {
        let text = format!("{{f: function(f) {step}, r: f(f)}}");
        assert!(value(&text) == DEPTH || value(&text) == FUEL, "{text}");
    }
    let lists = "for i in 1..1000 return if i = 1 then 1 else [partial[-1]]";
    assert_eq!(value(lists), "数据嵌套过深，已停止");
    let functions = "for i in 1..1000 return function() partial";
    assert_eq!(value(functions), "数据嵌套过深，已停止");
}

#[test]
fn numbers_too_great_are_null_or_refused() {
    assert!(value("1e999999999").contains("6144"));
    assert!(value("1e99999999999999999999").contains("6144"));
    assert!(value(&"9".repeat(20_000)).contains("6144"));
    assert_eq!(value("10 ** 1000000000"), "null");
    assert_eq!(value("2 ** 0.5 ** 1e6000"), "null");
    assert_eq!(value("exp(1e6000)"), "null");
    assert_eq!(value("exp(-1e6000)"), "0");
    assert_eq!(value("decimal(1, 99999999999)"), "null");
    assert_eq!(value("@\"P999999999999999999Y\""), "null");
    assert_eq!(value("@\"2026-01-01\" + @\"P999999999999999999D\""), "null");
    assert_eq!(value("@\"PT1S\" * 1e40"), "null");
    assert_eq!(value("round up(1e6144, -6111)").len(), 6145);
}

#[test]
fn patterns_cannot_explode() {
    assert_eq!(value("matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"(a*)*b\")"), "false");
    assert_eq!(value("matches(\"a\", \"((a{1000}){1000}){1000}\")"), "null");
    let many = "{s: string join(for i in 1..2000 return \"ab\"), \
         r: for i in 1..1000 return matches(s, \"[ab]*a[ab]{400}c\")}";
    assert_eq!(value(many), FUEL);
    let nested = "(".repeat(1000) + &")".repeat(1000);
    assert_eq!(value(&format!("matches(\"a\", \"{nested}\")")), "null");
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "1",
        "2.5",
        "\"a\"",
        "true",
        "null",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        ":",
        ",",
        "..",
        ".",
        "+",
        "-",
        "*",
        "/",
        "**",
        "=",
        "<",
        ">=",
        "in",
        "between",
        "and",
        "or",
        "if",
        "then",
        "else",
        "for",
        "return",
        "some",
        "satisfies",
        "x",
        "item",
        "partial",
        "金额",
        "employees",
        "function",
        "count",
        "date",
        "@",
        "\"2026-11-24\"",
        "\"P1D\"",
        "not",
        "instance",
        "of",
        "list",
        "string join",
        "sort",
        "1..3",
        "?",
        "[1,2,3]",
        "{a: 1}",
        "external",
        "time offset",
    ]);
    prop::collection::vec(word, 0..25).prop_map(|words| words.join(" "))
}

fn run(text: &str) {
    let names = Names::new(["金额", "employees", "x"]).open();
    if let Ok(expression) = Expression::parse(text, &names) {
        let mut context = Context::default().with_fuel(20_000);
        let _ = expression.evaluate(&Scope::default(), &mut context);
    }
}

/// So many cases, or more where `PROPTEST_CASES` asks for them.
fn cases(usual: u32) -> ProptestConfig {
    ProptestConfig::with_cases(ProptestConfig::default().cases.max(usual))
}

/// Expressions within expressions, deeper than anybody writes.
fn nested() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "1",
        "2.5",
        "\"a\"",
        "true",
        "null",
        "x",
        "金额",
        "partial",
        "item",
        "[1..3]",
        "date(\"2026-11-24\")",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(24, 200, 3, |inner| {
        let shapes = prop::sample::select(vec![
            "(A)",
            "-(A)",
            "[A, B]",
            "{a: A, b: B}",
            "A + B",
            "A = B",
            "A and B",
            "A[B]",
            "A.a",
            "if A then B else A",
            "for i in A return B",
            "some i in A satisfies B",
            "A in (B, < B)",
            "{f: function(i) A, r: f(B)}.r",
            "A between B and A",
            "sort(A, function(a, b) B)",
            "A instance of list<number>",
            "count(A)",
            "string(A)",
            "A ** B",
        ]);
        (shapes, inner.clone(), inner).prop_map(|(shape, one, other)| {
            let parts = shape.split('A').map(|part| part.replace('B', &format!("({other})")));
            parts.collect::<Vec<_>>().join(&format!("({one})"))
        })
    })
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn no_words_panic(text in words()) {
        run(&text);
    }

    #[test]
    fn no_nesting_panics(text in nested()) {
        run(&text);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,60}") {
        run(&text);
    }
}
