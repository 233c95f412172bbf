//! Tables that lie on their side, and tables that are the whole text.

use crate::support::{cell, notice, print, wide_table, with};
use lingnan_gongwen::check::{Glyph, Sheet, Verdict, check};
use lingnan_typeset::sheets;
use serde_json::{Value, json};
use std::sync::OnceLock;

/// A notice with a table on an even and on an odd page, measured in both files.
fn sound() -> [Vec<Sheet>; 2] {
    static SHEETS: OnceLock<[Vec<Sheet>; 2]> = OnceLock::new();
    let made = SHEETS.get_or_init(|| {
        let printed = print("sideways", &with(notice(), wide_table(24, 45)));
        [sheets(&printed.pdf).unwrap(), sheets(&printed.ofd).unwrap()]
    });
    made.clone()
}

/// The rows of chapter 8 with what they say, and every other row that fails.
fn told(sheets: &[Sheet]) -> Vec<String> {
    let rows = check(sheets).into_iter();
    let told = rows.filter(|row| row.clause == "8" || row.verdict == Verdict::Fails);
    told.map(|row| format!("{} {}: {}", row.verdict.name(), row.element, row.measured)).collect()
}

fn is_turned(glyph: &Glyph) -> bool {
    glyph.turn.abs() > 45.0
}

#[test]
fn a_table_on_its_side_meets_chapter_8() {
    for sheets in sound() {
        let turned = |sheet: &&Sheet| sheet.glyphs.iter().filter(|g| is_turned(g)).count() > 100;
        assert!(sheets.iter().filter(turned).count() >= 2, "an even and an odd page");
        let rows = told(&sheets);
        assert_eq!(rows[0], "符合 横排表格表头: 第2面在切口一边");
        assert!(rows[1].starts_with("符合 横排表格页码: "), "{rows:?}");
        assert_eq!(rows.len(), 2, "{rows:?}");
    }
}

#[test]
fn a_table_with_its_head_on_the_wrong_side_is_caught() {
    for mut sheets in sound() {
        let (width, height) = (210.0, 297.0);
        for glyph in sheets[2].glyphs.iter_mut().filter(|glyph| is_turned(glyph)) {
            (glyph.x, glyph.y) = (width - glyph.x, height - glyph.y);
            glyph.turn += 180.0;
        }
        assert_eq!(told(&sheets)[0], "不符合 横排表格表头: 第3面在切口一边");
    }
}

#[test]
fn a_page_number_that_lies_with_the_table_or_is_missing_is_caught() {
    let is_number = |glyph: &Glyph| !is_turned(glyph) && glyph.y > 262.0;
    for mut sheets in sound() {
        for glyph in sheets[1].glyphs.iter_mut().filter(|glyph| is_number(glyph)) {
            glyph.y -= 200.0;
            glyph.x += 160.0;
        }
        assert!(told(&sheets).contains(&"不符合 横排表格页码: 第2面无页码".to_owned()));
        sheets[1].glyphs.retain(is_turned);
        assert!(told(&sheets).contains(&"不符合 横排表格页码: 第2面无页码".to_owned()));
    }
    for mut sheets in sound() {
        for glyph in sheets[2].glyphs.iter_mut().filter(|glyph| is_number(glyph)) {
            glyph.x -= 60.0;
        }
        let rows = told(&sheets);
        assert!(rows.contains(&"不符合 横排表格页码: 第3面偏60.00 mm".to_owned()), "{rows:?}");
        assert!(rows.iter().any(|row| row.contains("单页码居右空一字")), "{rows:?}");
    }
}

#[test]
fn a_page_laid_across_is_measured_as_it_is_bound() {
    for mut sheets in sound() {
        let before = told(&sheets);
        // As a word processor makes it: the paper wide, the table upright on it.
        let sheet = &mut sheets[1];
        (sheet.width, sheet.height) = (sheet.height, sheet.width);
        for glyph in &mut sheet.glyphs {
            (glyph.x, glyph.y) = (297.0 - glyph.y, glyph.x);
            glyph.turn += 90.0;
            glyph.ink = None;
        }
        for stroke in &mut sheet.strokes {
            stroke.from = (297.0 - stroke.from.1, stroke.from.0);
            stroke.to = (297.0 - stroke.to.1, stroke.to.0);
        }
        assert_eq!(told(&sheets)[0], before[0]);
        // Its number on the lower edge of the wide paper is not where the others are.
        let sheet = &mut sheets[1];
        for glyph in sheet.glyphs.iter_mut().filter(|glyph| glyph.turn.abs() > 45.0) {
            (glyph.x, glyph.y) = (glyph.y, 205.0);
            glyph.turn = 0.0;
        }
        assert!(told(&sheets).contains(&"不符合 横排表格页码: 第2面无页码".to_owned()));
    }
}

/// A letter with this text and nothing else.
fn letter(body: &Value) -> Value {
    json!({
        "kind": "letter", "issuers": ["岭东市人民政府办公室"], "number": "岭府办函〔2026〕8号",
        "title": "岭东市人民政府办公室关于地质灾害险情有关问题的函",
        "recipients": [["岭下县人民政府"]], "date": "2026-03-05", "body": body,
        "note": "此件公开发布",
    })
}

/// The failing rows of a letter, what its drafter is told, and how many pages it has.
fn judged(name: &str, body: &Value) -> (Vec<String>, Vec<String>, usize) {
    let printed = print(name, &letter(body));
    let mut failed = Vec::new();
    for file in [&printed.pdf, &printed.ofd] {
        let rows = check(&sheets(file).unwrap()).into_iter();
        let fails = rows.filter(|row| row.verdict == Verdict::Fails);
        failed.extend(fails.map(|row| format!("{}: {}", row.element, row.measured)));
    }
    (failed, printed.report.remarks, printed.report.pages)
}

fn table(rows: usize) -> Value {
    let row = |n: usize| {
        let cells = [cell(&n.to_string()), cell("地质灾害隐患点巡查"), cell("市自然资源局")];
        json!({ "cells": cells })
    };
    let head = json!({ "cells": [cell("序号"), cell("任务"), cell("牵头单位")] });
    let rows: Vec<Value> = std::iter::once(head).chain((1..=rows).map(row)).collect();
    json!({ "table": { "head": 1, "rows": rows } })
}

#[test]
fn a_table_that_is_the_whole_text_is_divided_when_its_signature_goes_over() {
    let mut pages = Vec::new();
    for rows in [1, 10, 12, 13, 14, 15] {
        let (failed, remarks, count) = judged(&format!("table-{rows}"), &json!([table(rows)]));
        assert!(failed.is_empty() && remarks.is_empty(), "{rows}: {failed:?} {remarks:?}");
        pages.push(count);
    }
    assert_eq!((pages[0], pages.last()), (1, Some(&2)), "a signature went over: {pages:?}");
}

#[test]
fn a_heading_with_its_text_is_divided_when_its_signature_goes_over() {
    let said = "请加强地质灾害监测，掌握其长期动态变化及与水库水位变化的关系，并据此确定防治措施。";
    let mut pages = Vec::new();
    for repeats in 1..=8 {
        let then = json!([{ "text": said.repeat(repeats) }]);
        let body = json!([{ "heading": { "level": 2, "text": "（一）压实责任。", "then": then } }]);
        let (failed, remarks, count) = judged(&format!("heading-{repeats}"), &body);
        assert!(failed.is_empty() && remarks.is_empty(), "{repeats}: {failed:?} {remarks:?}");
        pages.push(count);
    }
    assert_eq!((pages[0], pages.last()), (1, Some(&2)), "a signature went over: {pages:?}");
}

#[test]
fn a_paragraph_of_one_line_goes_over_and_leaves_its_heading() {
    let long = "请加强监测。".repeat(50);
    for lines in 0..4 {
        let mut body = vec![json!({ "paragraph": { "spans": [{ "text": long }] } })];
        body.extend(vec![json!({ "paragraph": { "spans": [{ "text": "请办理。" }] } }); lines]);
        body.push(json!({ "heading": { "level": 1, "text": "一、总体要求" } }));
        body.push(json!({ "paragraph": { "spans": [{ "text": "特此函告。" }] } }));
        let (failed, remarks, _) = judged(&format!("one-line-{lines}"), &json!(body));
        assert!(failed.is_empty() && remarks.is_empty(), "{lines}: {failed:?} {remarks:?}");
    }
}

#[test]
fn a_table_on_its_side_before_the_signature_is_told_and_fails_its_row() {
    let table = wide_table(24, 5)["body"][1].clone();
    let body = json!([{ "paragraph": { "spans": [{ "text": "情况如下表。" }] } }, table]);
    let (failed, remarks, _) = judged("sideways-last", &body);
    assert_eq!(failed, ["成文日期所在页: 无正文", "成文日期所在页: 无正文"]);
    assert!(remarks[0].contains("横排表格之后请加一段正文"), "{remarks:?}");
}
