//! What may be filled in at a step, and what the official is told when it may not.

use crate::{Few, spending, values};
use lingnan_forms::{Problem, Rights, Values, fill, missing, validate, visible};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A form that the starter has filled in.
fn filled() -> Values {
    values(json!({ "事由": "采购设备", "金额": 128_000, "类别": "会议" }))
}

fn problems(rights: &Rights, patch: Value) -> Vec<Problem> {
    validate(&spending(), rights, &filled(), &values(patch), &Few).err().unwrap_or_default()
}

/// The starter writes `patch`; the only problem is `code` at `pointer`, and its sentence holds
/// `said`.
fn wrong(patch: Value, pointer: &str, code: &str, said: &str) {
    let found = problems(&Rights::starter(&spending()), patch);
    assert_eq!(found.len(), 1, "{found:?}");
    let problem = &found[0];
    assert_eq!((problem.pointer.as_str(), problem.code), (pointer, code), "{problem:?}");
    assert!(problem.message.contains(said), "{problem:?}");
    assert!(problem.message.ends_with('。') && problem.message.contains('“'), "{problem:?}");
}

/// The starter writes `patch`, and `name` is kept as `kept`.
fn kept(patch: Value, name: &str, kept: Value) {
    let form = spending();
    let written = validate(&form, &Rights::starter(&form), &filled(), &values(patch), &Few);
    assert_eq!(written.unwrap().get(name), Some(&kept));
}

#[test]
fn a_wrong_value_is_named_with_its_field_and_what_to_do() {
    wrong(json!({ "事由": 5 }), "/事由", "type", "应为文字");
    wrong(json!({ "事由": "一二三四五六七八九十又" }), "/事由", "length", "有11个字，最多10个字");
    wrong(json!({ "事由": "两\n行" }), "/事由", "format", "一行");
    wrong(json!({ "说明": "有\u{0}字" }), "/说明", "format", "不可见");
    wrong(json!({ "金额": 0 }), "/金额", "range", "“金额”为0.00元，不能小于0.01元");
    wrong(json!({ "金额": 100_000_001 }), "/金额", "range", "不能大于1000000.00元");
    wrong(json!({ "金额": 12.5 }), "/金额", "type", "整数");
    wrong(json!({ "人数": "三" }), "/人数", "type", "整数");
    wrong(json!({ "面积": 0.25 }), "/面积", "range", "为0.25，不能小于0.5");
    wrong(json!({ "类别": "出国" }), "/类别", "choice", "会议、培训");
    wrong(json!({ "标签": ["急", "急"] }), "/标签", "twice", "重复");
    wrong(json!({ "标签": ["急", "密", "专"] }), "/标签", "count", "最多2项");
    wrong(json!({ "是否预算内": "是" }), "/是否预算内", "type", "是或否");
    wrong(json!({ "主办": "440000-99" }), "/主办", "no_such", "机构不存在");
    wrong(json!({ "协办": ["440000-11", "x"] }), "/协办", "no_such", "机构不存在");
    wrong(json!({ "附件": ["f2"] }), "/附件", "no_such", "附件不存在");
    wrong(
        json!({ "明细": [{ "项目": "桌", "费用": "多" }] }),
        "/明细/0/费用",
        "type",
        "“明细”第1行的“费用”应为整数",
    );
    wrong(
        json!({ "明细": [{ "项目": "桌" }, { "费用": 1 }] }),
        "/明细/1/项目",
        "missing",
        "没有填写",
    );
    wrong(json!({ "明细": [{ "项目": "桌", "价": 1 }] }), "/明细/0/价", "unknown", "不是本表的列");
    wrong(json!({ "预算": 1 }), "/预算", "unknown", "不是本表单的字段");
    wrong(json!({ "电话": "12345" }), "/电话", "format", "不是电话号码");
}

#[test]
fn a_day_that_is_not_in_the_calendar_is_refused() {
    for day in ["2026-02-29", "2026-13-01", "2026-9-3", "20260930", "2026年9月30日"] {
        wrong(json!({ "日期": day }), "/日期", "format", "不是一个日期");
    }
    kept(json!({ "日期": "2028-02-29" }), "日期", json!("2028-02-29"));
    for time in ["2026-09-30 17:00", "2026-02-29T17:00:00+08:00"] {
        wrong(json!({ "时间": time }), "/时间", "format", "不是一个时间");
    }
    kept(json!({ "时间": "2026-09-30T09:00:00Z" }), "时间", json!("2026-09-30T17:00:00+08:00"));
}

#[test]
fn a_number_of_identity_is_never_repeated_in_a_problem() {
    let found = problems(&Rights::starter(&spending()), json!({ "身份证": "11010519491231002A" }));
    assert!(!found[0].message.contains("1949"), "{found:?}");
}

#[test]
fn what_is_empty_is_not_kept_and_counts_as_missing() {
    let form = spending();
    for empty in [json!(null), json!("  "), json!([])] {
        wrong(json!({ "事由": empty }), "/事由", "missing", "“事由”没有填写");
    }
    let patch = values(json!({ "事由": null, "类别": "" }));
    let saved = fill(&form, &Rights::starter(&form), &filled(), &patch, &Few).unwrap();
    assert_eq!(saved, values(json!({ "金额": 128_000 })), "a draft may lack what is required");
    assert_eq!(missing(&form, &Rights::starter(&form), &saved).len(), 1);
    wrong(json!({ "附件": [] , "事由": "" }), "/事由", "missing", "事由");
    kept(json!({ "事由": "  采购  " }), "事由", json!("采购"));
}

#[test]
fn a_step_writes_only_what_it_may() {
    let rights = Rights::step(["类别"], ["审核意见"], []);
    let found = problems(&rights, json!({ "金额": 1, "审核意见": "票据齐全" }));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].pointer.as_str(), found[0].code), ("/金额", "not_yours"));
    let same = json!({ "金额": 128_000, "审核意见": "票据齐全", "类别": "培训" });
    assert_eq!(problems(&rights, same), [], "the same value is no change");
    let found = problems(&rights, json!({ "金额": "多", "审核意见": "齐" }));
    assert_eq!(found[0].code, "not_yours", "a wrong value tells nothing but that");
    let found = problems(&rights, json!({}));
    assert_eq!((found[0].pointer.as_str(), found[0].code), ("/审核意见", "missing"));
    assert_eq!(problems(&Rights::reader(), json!({})), []);
}

#[test]
fn a_hidden_value_is_not_shown_and_cannot_be_guessed() {
    let rights = Rights::step([], [], ["金额"]);
    assert_eq!(visible(&filled(), &rights).get("金额"), None);
    let told = |fen: i64| problems(&rights, json!({ "金额": fen }));
    assert_eq!(told(128_000), told(1), "the right guess is answered as a wrong one");
    assert_eq!(told(1)[0].code, "not_yours");
}

#[test]
fn the_names_of_a_step_must_be_in_the_form() {
    let rights = Rights::step(["类别", "价钱"], ["事由"], ["密级"]);
    assert_eq!(rights.unknown(&spending()), ["价钱", "密级"]);
}

#[test]
fn what_changed_is_known_by_name() {
    let later = values(json!({ "事由": "采购设备", "金额": 1, "说明": "新" }));
    assert_eq!(filled().changed(&later), ["类别", "金额", "说明"]);
}

/// Any JSON value, small.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec!["会议", "急", "440000-11", "f1", "2026-09-30"])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 12, 4, |inner| {
        let name = prop::sample::select(vec!["项目", "费用", "别"]).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name, inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn any_patch() -> impl Strategy<Value = Values> {
    let names: Vec<String> = spending().fields().iter().map(|f| f.name.clone()).collect();
    let name = prop::sample::select(names);
    prop::collection::btree_map(name, any_value(), 0..8)
        .prop_map(|map| Values(map.into_iter().collect()))
}

proptest! {
    #[test]
    fn whatever_is_kept_is_kept_again_unchanged(patch in any_patch()) {
        let form = spending();
        let rights = Rights::starter(&form);
        if let Ok(saved) = fill(&form, &rights, &Values::default(), &patch, &Few) {
            let again = fill(&form, &rights, &saved, &saved, &Few);
            prop_assert_eq!(again, Ok(saved));
        }
    }

    #[test]
    fn a_reader_changes_nothing(patch in any_patch()) {
        let form = spending();
        if let Ok(saved) = fill(&form, &Rights::reader(), &filled(), &patch, &Few) {
            prop_assert_eq!(saved, filled());
        }
    }
}
