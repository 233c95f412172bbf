//! What reads as a form, and what the mistake says when it does not.

use crate::SPENDING;
use lingnan_forms::{Form, Kind};
use proptest::prelude::*;

/// The form with one text replaced is refused at `pointer`, and says `what`.
fn refused(from: &str, to: &str, pointer: &str, what: &str) {
    assert!(SPENDING.contains(from), "the form does not say {from}");
    let mistake = Form::parse(&SPENDING.replacen(from, to, 1)).unwrap_err();
    assert_eq!(mistake.pointer, pointer, "{mistake}");
    assert!(mistake.message.contains(what), "{mistake}");
}

#[test]
fn the_canonical_text_reads_as_the_same_form_and_prints_the_same() {
    let form = Form::parse(SPENDING).unwrap();
    let printed = form.to_string();
    assert_eq!(Form::parse(&printed).unwrap(), form);
    assert_eq!(Form::parse(&printed).unwrap().to_string(), printed);
}

#[test]
fn the_canonical_text_has_one_field_a_line_in_the_order_of_the_layout() {
    let text = r#"{"type":"object","properties":{
        "乙":{"maxLength":5,"type":"string"},"甲":{"type":"boolean"}},
        "required":["乙"],"x-title":"乙",
        "x-layout":[{"section":"基本情况","rows":[["甲","乙"]]}]}"#;
    let expected = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "properties": {
    "甲": { "type": "boolean" },
    "乙": { "type": "string", "maxLength": 5 }
  },
  "required": ["乙"],
  "additionalProperties": false,
  "x-title": "乙",
  "x-layout": [
    { "section": "基本情况", "rows": [["甲", "乙"]] }
  ]
}
"#;
    assert_eq!(Form::parse(text).unwrap().to_string(), expected);
}

#[test]
fn fields_keep_the_order_of_the_text_when_there_is_no_layout() {
    let form = Form::parse(SPENDING).unwrap();
    let names: Vec<&str> = form.fields().iter().take(3).map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["金额", "事由", "类别"]);
    assert_eq!(form.layout().len(), 1);
    assert_eq!(form.layout()[0].rows.len(), form.fields().len());
    assert!(matches!(form.field("明细").unwrap().kind, Kind::Table(..)));
}

#[test]
fn what_the_subset_does_not_have_is_refused_where_it_stands() {
    refused(
        r#""maxLength": 10 "#,
        r#""pattern": "a", "maxLength": 10 "#,
        "/properties/事由/pattern",
        "pattern",
    );
    refused(
        r#""maxLength": 10 "#,
        r#""minimum": 1, "maxLength": 10 "#,
        "/properties/事由/minimum",
        "minimum",
    );
    refused(r#", "maxLength": 10"#, "", "/properties/事由", "maxLength");
    refused(r#""format": "unit" }"#, r#""format": "uuid" }"#, "/properties/主办/format", "uuid");
    refused(r#""type": "boolean""#, r#""type": "null""#, "/properties/是否预算内/type", "null");
    refused(r#""x-title": "事由""#, r#""x-title": "事由", "allOf": []"#, "/allOf", "allOf");
    refused(r#""title": "经费"#, r#""$defs": {}, "title": "经费"#, "/$defs", "$defs");
    refused("draft/2020-12", "draft/2019-09", "/$schema", "2020-12");
}

#[test]
fn names_must_fit_together() {
    refused(r#"["事由", "金额"]"#, r#"["事由", "价钱"]"#, "/required", "价钱");
    refused(r#""x-title": "事由""#, r#""x-title": "说明""#, "/x-title", "单行");
    refused(r#""x-title": "事由""#, r#""x-title": "审核意见""#, "/x-title", "必填");
    refused(r#","#, r#", "type": "object", "#, "", "type");
    refused(r#""人数""#, r#""人 数""#, "/properties/人 数", "字段名");
    refused(r#""人数""#, r#""1人""#, "/properties/1人", "字段名");
    let layout = r#""x-title": "事由", "x-layout": [{ "rows": [["事由"], ["事由"]] }]"#;
    refused(r#""x-title": "事由""#, layout, "/x-layout/0/rows/1", "事由");
    let layout = r#""x-title": "事由", "x-layout": [{ "rows": [["事由"]] }]"#;
    refused(r#""x-title": "事由""#, layout, "/x-layout", "没有排进来");
}

#[test]
fn bounds_and_sizes_are_limited() {
    refused(
        r#""minimum": 1, "maximum": 500"#,
        r#""minimum": 9, "maximum": 5"#,
        "/properties/人数",
        "对调",
    );
    refused(r#""maxLength": 10 "#, r#""maxLength": 10001 "#, "/properties/事由/maxLength", "10000");
    refused(
        r#""maximum": 500"#,
        r#""maximum": 9007199254740992"#,
        "/properties/人数/maximum",
        "9007199254740991",
    );
    let inner = r#""费用": { "type": "array", "items": { "type": "object" } }"#;
    refused(
        r#""费用": { "type": "integer", "format": "money" }"#,
        inner,
        "/properties/明细/items/properties/费用/items/type",
        "表格",
    );
    let long = format!("{}{}", SPENDING, " ".repeat(64 * 1024));
    assert!(Form::parse(&long).unwrap_err().message.contains("65536"));
    assert!(Form::parse(&"[".repeat(1_000)).unwrap_err().message.contains("JSON"));
}

proptest! {
    #[test]
    fn any_text_reads_or_is_refused(text in any::<String>()) {
        let _ = Form::parse(&text);
    }

    #[test]
    fn a_damaged_form_reads_to_the_same_canonical_text_or_is_refused(
        at in 0_usize..SPENDING.len(),
        cut in 1_usize..40,
    ) {
        let kept: Vec<char> = SPENDING.chars().collect();
        let from = at.min(kept.len());
        let to = (from + cut).min(kept.len());
        let damaged: String = kept[..from].iter().chain(&kept[to..]).collect();
        if let Ok(form) = Form::parse(&damaged) {
            let printed = form.to_string();
            prop_assert_eq!(Form::parse(&printed).unwrap(), form);
        }
    }
}
