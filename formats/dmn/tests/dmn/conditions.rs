//! Conditions over the fields of a form.

use lingnan_dmn::feel::{ConditionError, Context, Expression, Halt, Names, condition};
use serde_json::json;

#[test]
fn a_condition_over_a_form_is_met_or_not_or_refuses_to_say() {
    let names = Names::new(["form", "starter"]);
    let form = json!({"金额": 120_000, "部门": "财务科", "附件": ["a", "b"]});
    let starter = json!({"post": "clerk"});
    let judge = |text: &str| {
        let expression = Expression::parse(text, &names).unwrap();
        let values = [("form", &form), ("starter", &starter)];
        condition(&expression, values, &mut Context::default().with_fuel(50_000))
    };
    assert!(judge("form.金额 > 100000 and starter.post = \"clerk\"").unwrap().met);
    assert!(!judge("form.金额 > 200000").unwrap().met);
    assert!(judge("count(form.附件) = 2").unwrap().met);
    let missing = judge("form.数量 > 1").unwrap_err();
    assert_eq!(
        missing.to_string(),
        "条件的结果是空值，不是真假值：上下文没有“数量”；空值与数不可比较"
    );
    let endless = judge("(for i in 1..1000000000 return i)[1] > 0").unwrap_err();
    assert_eq!(endless, ConditionError::Halted(Halt::Fuel));
}

#[test]
fn an_expression_is_its_text() {
    let names = Names::new(["a"]);
    let one = Expression::parse("a > 1", &names).unwrap();
    assert_eq!(one.clone(), one);
    assert_eq!(format!("{one:?}"), "Expression(\"a > 1\")");
    assert_ne!(Expression::parse("a > 2", &names).unwrap(), one);
}
