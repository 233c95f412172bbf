//! What conditions see.

use crate::{spending, values};
use lingnan_forms::{Term, scope, yuan};
use serde_json::json;

fn seen(name: &str) -> Term {
    let filled = values(json!({
        "事由": "采购", "金额": 128_005, "标签": ["急"], "面积": 0.1, "是否预算内": true,
        "日期": "2026-09-30", "明细": [{ "项目": "桌", "费用": 7 }, { "项目": "椅" }],
    }));
    let Term::Record(fields) = scope(&spending(), &filled) else { panic!("no record") };
    fields.into_iter().find(|(field, _)| field == name).unwrap().1
}

#[test]
fn money_counts_in_yuan_and_exactly() {
    assert_eq!(seen("金额"), Term::Number("1280.05".to_owned()));
    assert_eq!(yuan(-5), "-0.05");
    assert_eq!(yuan(i64::MIN), "-92233720368547758.08");
    assert_eq!(seen("面积"), Term::Number("0.1".to_owned()));
}

#[test]
fn what_is_not_filled_is_null_also_in_a_row() {
    assert_eq!(seen("类别"), Term::Null);
    let row = |item: &str, cost: Term| {
        let item = Term::Text(item.to_owned());
        Term::Record(vec![("项目".to_owned(), item), ("费用".to_owned(), cost)])
    };
    let rows = vec![row("桌", Term::Number("0.07".to_owned())), row("椅", Term::Null)];
    assert_eq!(seen("明细"), Term::List(rows));
}

#[test]
fn dates_are_dates_and_texts_are_texts() {
    assert_eq!(seen("日期"), Term::Date("2026-09-30".to_owned()));
    assert_eq!(seen("标签"), Term::List(vec![Term::Text("急".to_owned())]));
    assert_eq!(seen("是否预算内"), Term::Bool(true));
}
