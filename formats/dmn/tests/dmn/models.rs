//! Models: tables, requirements, JSON, and files that mean harm.

use lingnan_dmn::feel::Context;
use lingnan_dmn::{Error, Evaluation, evaluate_decision};
use serde_json::{Value, json};

const NAMESPACE: &str = "https://www.omg.org/spec/DMN/20230324/MODEL/";

/// A model of these elements.
pub(super) fn model(elements: &str) -> String {
    format!(
        "<definitions xmlns=\"{NAMESPACE}\" name=\"m\" namespace=\"n\">{elements}</definitions>"
    )
}

fn evaluate(elements: &str, decision: &str, input: &Value) -> Result<Evaluation, Error> {
    evaluate_decision(&model(elements), &[], decision, input, Context::default())
}

fn decision(name: &str, requires: &str, text: &str) -> String {
    let need = |id: &str| {
        format!(
            "<informationRequirement><requiredDecision href=\"#{id}\"/></informationRequirement>"
        )
    };
    let needs: String = requires.split_whitespace().map(need).collect();
    format!(
        "<decision name=\"{name}\" id=\"{name}\"><variable name=\"{name}\"/>{needs}\
         <literalExpression><text>{text}</text></literalExpression></decision>"
    )
}

/// A table with one input `x` and one output, of rows `test → output`.
fn table(policy: &str, values: &str, rules: &[(&str, &str)]) -> String {
    let rule = |(test, output): &(&str, &str)| {
        format!(
            "<rule><inputEntry><text><![CDATA[{test}]]></text></inputEntry>\
             <outputEntry><text>{output}</text></outputEntry></rule>"
        )
    };
    let rules: String = rules.iter().map(rule).collect();
    format!(
        "<inputData name=\"x\" id=\"x\"><variable name=\"x\"/></inputData>\
         <decision name=\"d\" id=\"d\"><variable name=\"d\"/>\
         <informationRequirement><requiredInput href=\"#x\"/></informationRequirement>\
         <decisionTable {policy}><input><inputExpression><text>x</text></inputExpression></input>\
         <output>{values}</output>{rules}</decisionTable></decision>"
    )
}

#[test]
fn every_hit_policy_says_what_it_should() {
    let values = "<outputValues><text>3, 1, 2</text></outputValues>";
    let collect =
        |aggregation: &str| format!("hitPolicy=\"COLLECT\" aggregation=\"{aggregation}\"");
    for (policy, expected) in [
        ("hitPolicy=\"UNIQUE\"".to_owned(), Value::Null),
        ("hitPolicy=\"ANY\"".to_owned(), Value::Null),
        ("hitPolicy=\"FIRST\"".to_owned(), json!(2)),
        ("hitPolicy=\"PRIORITY\"".to_owned(), json!(3)),
        ("hitPolicy=\"RULE ORDER\"".to_owned(), json!([2, 3, 1])),
        ("hitPolicy=\"OUTPUT ORDER\"".to_owned(), json!([3, 1, 2])),
        ("hitPolicy=\"COLLECT\"".to_owned(), json!([2, 3, 1])),
        (collect("SUM"), json!(6)),
        (collect("COUNT"), json!(3)),
        (collect("MIN"), json!(1)),
        (collect("MAX"), json!(3)),
    ] {
        let rules = [("> 1", "2"), ("[2..9]", "3"), ("not(1)", "1"), ("1", "2")];
        let found = evaluate(&table(&policy, values, &rules), "d", &json!({"x": 5})).unwrap();
        assert_eq!(found.result, expected, "{policy}");
    }
}

#[test]
fn no_rule_is_the_default_or_null_with_a_message() {
    let default = "<defaultOutputEntry><text>\"科长\"</text></defaultOutputEntry>";
    let with = table("", default, &[("> 10", "\"局长\"")]);
    assert_eq!(evaluate(&with, "d", &json!({"x": 5})).unwrap().result, json!("科长"));
    assert_eq!(evaluate(&with, "d", &json!({"x": 11})).unwrap().result, json!("局长"));
    let without = evaluate(&table("", "", &[("> 10", "1")]), "d", &json!({"x": 5})).unwrap();
    assert_eq!(without.result, Value::Null);
    assert_eq!(without.messages, ["没有规则命中"]);
}

#[test]
fn json_becomes_what_the_model_says_and_comes_back_plain() {
    let model = "<itemDefinition name=\"t\"><itemComponent name=\"到期\"><typeRef>date</typeRef>\
         </itemComponent><itemComponent name=\"备注\"><typeRef>string</typeRef></itemComponent>\
         </itemDefinition>\
         <inputData name=\"事\" id=\"i\"><variable name=\"事\" typeRef=\"t\"/></inputData>\
         <decision name=\"d\" id=\"d\"><variable name=\"d\"/>\
         <informationRequirement><requiredInput href=\"#i\"/></informationRequirement>\
         <literalExpression><text>{后天: 事.到期 + @\"P2D\", 无: 事.备注, 额: 0.1 + 0.2, \
         长: 1/3, 期: [1..2]}</text></literalExpression></decision>";
    let input = json!({"事": {"到期": "2026-11-24"}, "别": 1});
    let found = evaluate(model, "d", &input).unwrap();
    let third = "0.3333333333333333333333333333333333";
    let expected =
        json!({"后天": "2026-11-26", "无": null, "额": 0.3, "长": third, "期": "[1..2]"});
    assert_eq!(found.result, expected);
    assert_eq!(found.messages, ["模型没有名为“别”的输入"]);
}

#[test]
fn a_wrong_expression_spoils_its_decision_alone() {
    let two = decision("a", "", "1 +") + &decision("b", "", "2");
    let found = evaluate(&two, "b", &json!({})).unwrap();
    assert_eq!(found.result, json!(2));
    assert_eq!(found.messages, ["a：表达式有误：第1行第4列：应为表达式，却已结束"]);
    assert_eq!(evaluate(&two, "a", &json!({})).unwrap().result, Value::Null);
    let none = evaluate(&two, "c", &json!({})).unwrap_err();
    assert_eq!(none, Error::NoDecision("c".to_owned()));
}

#[test]
fn a_circle_of_decisions_is_refused_and_a_long_chain_halts() {
    let circle = decision("a", "b", "b") + &decision("b", "c", "c") + &decision("c", "a", "a");
    let refused = evaluate(&circle, "a", &json!({})).unwrap_err();
    assert_eq!(refused.to_string(), "决策互相依赖成环：a→b→c→a");
    let link = |n: u32| decision(&format!("d{n}"), &format!("d{}", n + 1), &format!("d{}", n + 1));
    let chain: String = (0..3_000).map(link).collect();
    let halted = evaluate(&chain, "d0", &json!({})).unwrap_err();
    assert_eq!(halted.to_string(), "调用嵌套过深，已停止");
}

#[test]
fn knowledge_that_calls_itself_without_end_halts() {
    let endless = "<businessKnowledgeModel name=\"f\" id=\"f\"><variable name=\"f\"/>\
         <encapsulatedLogic><formalParameter name=\"n\"/><literalExpression>\
         <text>f(n + 1)</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>\
         <decision name=\"d\" id=\"d\"><variable name=\"d\"/>\
         <knowledgeRequirement><requiredKnowledge href=\"#f\"/></knowledgeRequirement>\
         <literalExpression><text>f(1)</text></literalExpression></decision>";
    let halted = evaluate(endless, "d", &json!({})).unwrap_err();
    assert_eq!(halted.to_string(), "调用嵌套过深，已停止");
}

#[test]
fn types_that_mean_each_other_end() {
    let model = "<itemDefinition name=\"a\"><typeRef>b</typeRef></itemDefinition>\
         <itemDefinition name=\"b\"><typeRef>a</typeRef></itemDefinition>\
         <itemDefinition name=\"t\"><itemComponent name=\"next\"><typeRef>t</typeRef>\
         </itemComponent></itemDefinition>\
         <inputData name=\"x\" id=\"x\"><variable name=\"x\" typeRef=\"a\"/></inputData>\
         <inputData name=\"y\" id=\"y\"><variable name=\"y\" typeRef=\"t\"/></inputData>\
         <decision name=\"d\" id=\"d\"><variable name=\"d\"/>\
         <informationRequirement><requiredInput href=\"#x\"/></informationRequirement>\
         <informationRequirement><requiredInput href=\"#y\"/></informationRequirement>\
         <literalExpression><text>[x, y.next.next]</text></literalExpression></decision>";
    let input = json!({"x": 1, "y": {"next": {"next": null}}});
    let found = evaluate(model, "d", &input).unwrap();
    assert_eq!(found.result, json!([null, null]));
}

#[test]
fn files_that_mean_harm_are_refused() {
    let refuse = |text: &str| {
        evaluate_decision(text, &[], "d", &json!({}), Context::default()).unwrap_err().to_string()
    };
    let bomb = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\
         <definitions>&b;</definitions>";
    assert!(refuse(bomb).starts_with("决策模型不能读取：第 1 行有文档类型声明"));
    let external = "<!DOCTYPE d SYSTEM \"file:///etc/passwd\"><definitions/>";
    assert!(refuse(external).starts_with("决策模型不能读取：第 1 行有文档类型声明"));
    let undefined = refuse("<definitions>&undefined;</definitions>");
    assert!(undefined.ends_with("不合 XML 规则：实体“undefined”没有定义"), "{undefined}");
    assert_eq!(
        refuse(&"<a>".repeat(1_000_000)),
        "决策模型不能读取：文件的元素嵌套层数超过上限 200，不予处理"
    );
    let closed = "<a>".repeat(1_000_000) + &"</a>".repeat(1_000_000);
    assert_eq!(refuse(&closed), "决策模型不能读取：文件的元素嵌套层数超过上限 200，不予处理");
    assert_eq!(
        refuse(&" ".repeat(17 * 1024 * 1024)),
        "决策模型不能读取：文件的字节数超过上限 16777216，不予处理"
    );
    let crowded = (0..300).map(|n| format!(" a{n}='>'")).collect::<String>();
    assert_eq!(
        refuse(&format!("<a{crowded}/>")),
        "决策模型不能读取：文件的单个元素的属性数超过上限 256，不予处理"
    );
    let spaces = (0..65).map(|n| format!(" xmlns:a{n}='b'")).collect::<String>();
    assert_eq!(
        refuse(&format!("<a{spaces}/>")),
        "决策模型不能读取：文件的命名空间数超过上限 64，不予处理"
    );
    let quoted = "<a b='<>'><![CDATA[< <a> <]]><!-- < <a> -->".repeat(150) + &"</a>".repeat(150);
    assert!(refuse(&quoted).contains("XML"));
    let data = "<![CDATA[x < 5 <]]>".repeat(1000);
    assert_eq!(refuse(&format!("<a b='/>'>{data}</a>")), "文件不是决策模型：根元素应为definitions");
    assert_eq!(refuse("<html/>"), "文件不是决策模型：根元素应为definitions");
    assert!(refuse("").contains("XML"));
    let boxes = "<list>".repeat(150) + &"</list>".repeat(150);
    let deep = model(&format!("<decision name=\"d\" id=\"d\">{boxes}</decision>"));
    let found = evaluate_decision(&deep, &[], "d", &json!({}), Context::default()).unwrap();
    assert!(found.result.is_array());
}
